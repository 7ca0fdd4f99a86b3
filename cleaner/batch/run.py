"""Running over many documents: each is cleaned, written or reported, whatever the others do."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from cleaner.batch.duplicates import Duplicates
from cleaner.batch.failures import Failures
from cleaner.batch.ledger import Entry
from cleaner.batch.pool import Direct, Failure, Feed, Limits, Live, Pool, Ready
from cleaner.batch.sinks import BrokenOutput, ResumeError, add_field
from cleaner.batch.tally import Tally
from cleaner.batch.tasks import Result, Settings, Tag, identity_of, worker
from cleaner.errors import CleanerError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.batch.inputs import Inputs
    from cleaner.batch.output import Output

__all__ = ["Options", "Stopped", "Watch", "run"]

_COMMIT = 1.0  # seconds that a kill may cost, and
_COMMIT_DOCUMENTS = 2000  # documents
_STOPS = "stops"  # the fact that holds the fingerprints of failures which stopped a run
_ORIGIN = 8  # bytes of a fingerprint that tell which document it is

_Place = tuple[int, Tag]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about its documents.

    `live` says that the inputs may have to be waited for. `strict` stops at the first failure.
    `dedupe` marks duplicates, `drop` leaves them out.
    """

    jobs: int
    limits: Limits = field(default_factory=Limits)
    ordered: bool = True
    live: bool = False
    strict: bool = False
    dedupe: bool = False
    drop: bool = False


class Watch(Protocol):
    """Who is told how it goes."""

    def update(self, tally: Tally) -> None:
        """Be told the counts, after every document and now and then."""

    def failed(self, origin: str, message: str) -> None:
        """Be told of a document that failed."""


class Stopped(CleanerError):  # noqa: N818  (asked for, not an error)
    """A run ended before its end, as --strict asks for."""


def run(
    inputs: Callable[[], Inputs], output: Output, settings: Settings, options: Options, watch: Watch
) -> Tally:
    """Clean all of `inputs` into `output`; return what became of them.

    `inputs` is called anew to look at them once more. Raises OutputError where the output cannot
    be written, and Stopped. However it ends, a later run can go on from the last commit.
    """
    start = time.monotonic()
    if output.resumed and not options.live:
        tally = _unchanged(inputs(), output) if output.in_place else None
        if tally is not None:
            return tally
        if not options.ordered and output.form == "line":
            _refuse_changes(inputs(), output)
    output.open_sink()
    tally = _Run(inputs(), output, settings, options, watch).go()
    tally.seconds = time.monotonic() - start
    return tally


def _unchanged(inputs: Inputs, output: Output) -> Tally | None:
    """Return the counts of a finished run, None if anything has changed since."""
    tally = Tally()
    n = 0
    for n, (tag, _) in enumerate(inputs, 1):
        entry = output.ledger.entry(n - 1)
        if entry is None or entry.fingerprint != tag.fingerprint:
            return None
        _count_earlier(tally, entry)
    if output.ledger.entry(n) is not None:
        return None
    _count_others(tally, inputs)
    failures = Failures(output.errors)  # may have been deleted
    for line in output.ledger.errors():
        failures.write(line)
    failures.close()
    return tally


def _refuse_changes(inputs: Inputs, output: Output) -> None:
    """Raise ResumeError for what changed, before anything that was finished is touched."""
    count = 0
    for n, (tag, _) in enumerate(inputs):
        entry = output.ledger.entry(n)
        if entry is not None and entry.fingerprint != tag.fingerprint:
            raise _changed(f"{tag.origin}: changed")
        count = n + 1
    _refuse_shorter(output, count)


def _refuse_shorter(output: Output, count: int) -> None:
    """Raise ResumeError where an earlier run did more documents than there are."""
    last = output.ledger.last()
    if last is not None and last >= count:
        raise _changed(f"{output.target}: the input lost documents")


def _changed(what: str) -> ResumeError:
    message = f"{what} since, and out of order nothing can be taken back (--overwrite begins anew)"
    return ResumeError(message)


class _Run:
    """One run; the parts of it that go on from document to document."""

    def __init__(
        self, inputs: Inputs, output: Output, settings: Settings, options: Options, watch: Watch
    ):
        self._inputs = inputs
        self._settings = settings
        self._output = output
        self._sink = output.sink
        self._ledger = output.ledger
        self._options = options
        self._watch = watch
        self._tally = Tally()
        self._failures = Failures(output.errors)
        self._duplicates = Duplicates(output.ledger.database) if options.dedupe else None
        self._committed = time.monotonic()
        self._uncommitted = 0
        self._was_whole = True  # what was written could be cut at its end

    def go(self) -> Tally:
        options = self._options
        feed: Feed[Tag] = Live(self._inputs) if options.live else Direct(self._inputs)
        numbered = _Earlier(feed, self) if self._output.resumed else _Numbered(feed)
        try:
            with Pool[_Place](worker, (self._settings,), options.jobs, options.limits) as pool:
                for done in pool.map(numbered, options.ordered):
                    if done is not None:
                        (n, tag), outcome = done
                        self._settle(n, tag, outcome)
                    self._commit_now_and_then()
                    self._tally.read, self._tally.gone = self._inputs.read, self._inputs.gone
                    self._watch.update(self._tally)
            self._output.finish()
        finally:
            self._failures.close()
        _count_others(self._tally, self._inputs)
        return self._tally

    # --- what an earlier run did ------------------------------------------------------------------

    def earlier(self, n: int, tag: Tag) -> Entry | None:
        """Return what an earlier run made of a document, None if it has to be cleaned again."""
        entry = self._ledger.entry(n)
        if (
            entry is not None
            and entry.fingerprint == tag.fingerprint
            and (entry.written is None or self._sink.holds(entry.written))
        ):
            return entry
        if entry is not None and not self._options.ordered and self._sink.cuttable:
            raise _changed(f"{tag.origin}: changed")
        return None

    def alone(self, n: int, tag: Tag, task: Any) -> bool:
        """Whether a document can be cleaned again without those that follow it."""
        if not self._options.ordered and self._sink.cuttable:
            return True
        entry = self._ledger.entry(n)
        if entry is None or self._sink.cuttable or self._options.dedupe:
            return False
        if entry.fingerprint[:_ORIGIN] != tag.fingerprint[:_ORIGIN]:
            return False
        if not (tag.is_file or self._keeps_name(entry, tag, task)):
            return False
        self._ledger.release(n)
        return True

    def _keeps_name(self, entry: Entry, tag: Tag, task: Any) -> bool:
        """Whether a record takes no name from one that follows it and was done before."""
        identity = identity_of(task, self._settings)
        if identity is None:  # it will fail
            return True
        name = self._sink.name(tag, identity)
        return entry.written is not None and self._sink.name_of(entry.written) == name

    def go_on_from(self, n: int) -> None:
        """Take back all that an earlier run did from document `n` on."""
        if self._sink.cuttable and not self._options.ordered:
            _refuse_shorter(self._output, n)
        elif self._sink.cuttable:
            start, length = self._ledger.last_end(n)
            self._sink.cut(length, self._ledger.articles(start, n))
        self._ledger.forget(n)
        if self._duplicates is not None:
            self._duplicates.forget(n)

    def begin_out_of_order(self) -> None:
        """Take back what an earlier run wrote and did not note."""
        if self._sink.cuttable and not self._options.ordered:
            self._sink.cut(self._ledger.length(), 0)

    # --- what this run does -----------------------------------------------------------------------

    def _settle(self, n: int, tag: Tag, outcome: Entry | Result | Failure) -> None:
        if isinstance(outcome, Entry):
            entry = outcome
        elif isinstance(outcome, Failure):
            identity = outcome.identity or identity_of(outcome.task, self._settings)
            self._take_away(n, tag, identity)
            entry = self._fail(tag, replace(outcome, identity=identity))
        else:
            self._tally.bytes += outcome.size
            entry = self._write(n, tag, outcome)
        (_count_earlier if entry is outcome else _count)(self._tally, entry)
        if entry.error is not None:
            self._failures.write(entry.error)
        if entry is outcome:
            return
        self._ledger.add(n, entry)
        self._uncommitted += 1
        if entry.error is not None and self._options.strict:
            self._stop(tag)

    def _stop(self, tag: Tag) -> None:
        """Stop at a failure, unless an earlier run did: this one is to get past it.

        Where the output cannot be cut here, what is not noted of it will be done again, and the
        failure with it.
        """
        stops = self._ledger.fact(_STOPS) or []
        if tag.fingerprint.hex() in stops:
            return
        self._commit()
        self._ledger.roll_back()
        self._ledger.set_fact(_STOPS, [*stops, tag.fingerprint.hex()])
        self._ledger.commit()
        raise Stopped("stopped at the first failure (--strict)")

    def _write(self, n: int, tag: Tag, result: Result) -> Entry:
        identity = result.identity or tag.name
        name = self._sink.name(tag, identity)
        if not self._ledger.claim(name, n):
            message = (
                f"{self._output.target / name}: another document of this run was written there"
                if self._sink.form == "file"
                else f"another document of this run has the id {identity!r}"
            )
            return self._fail(tag, Failure("DuplicateId", message, identity))
        data, duplicate = result.data, False
        if self._duplicates is not None and result.sketch is not None:
            original = self._duplicates.original(n, identity, result.sketch)
            duplicate = original is not None
            data = add_field(data, "duplicate_of", original)
        written = None
        if not (duplicate and self._options.drop):
            try:
                written = self._sink.write(name, data)
            except BaseException as error:
                self._ledger.release(n)
                if self._duplicates is not None:  # what is not there has no duplicates
                    self._duplicates.forget(n)
                if isinstance(error, BrokenOutput) or not isinstance(error, OutputError):
                    raise
                return self._fail(tag, Failure(type(error).__name__, str(error), identity))
        else:
            self._sink.remove(name)
        return Entry(
            tag.fingerprint, self._sink.end(), result.size, result.empty, result.warnings, written,
            None, duplicate,
        )  # fmt: skip

    def _take_away(self, n: int, tag: Tag, identity: str | None) -> None:
        """Remove the article that an earlier run made of a document which has none now."""
        if self._sink.form != "file":
            return
        names = {self._sink.name(tag, identity or tag.name)}
        before = self._ledger.entry(n)
        if before is not None and before.written is not None:
            names.add(self._sink.name_of(before.written))
        for name in names:
            if self._ledger.claim(name, n):  # else another document of this run is there
                self._sink.remove(name)
        self._ledger.release(n)

    def _fail(self, tag: Tag, failure: Failure) -> Entry:
        message = failure.message.removeprefix(f"{tag.origin}: ")
        self._watch.failed(tag.origin, message)
        record = {
            "id": tag.name if failure.identity is None else failure.identity,
            "source": tag.origin,
            "error": failure.error,
            "message": message,
        }
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        return Entry(tag.fingerprint, self._sink.end(), 0, False, (), None, line, False)

    def _commit_now_and_then(self) -> None:
        late = time.monotonic() - self._committed > _COMMIT
        many = self._uncommitted >= _COMMIT_DOCUMENTS
        whole = not self._sink.cuttable or self._sink.end() is not None
        if self._uncommitted and whole and (late or many or not self._was_whole):
            self._commit()
        self._was_whole = whole

    def _commit(self) -> None:
        """Note what was done, once it is on the disk, where the output can be cut."""
        if self._sink.cuttable and self._sink.end() is None:
            return
        self._sink.sync()
        self._ledger.commit()
        self._committed = time.monotonic()
        self._uncommitted = 0


class _Numbered:
    """A feed whose tags carry their place."""

    def __init__(self, feed: Feed[Tag]):
        self._feed = feed
        self._n = 0

    def take(self) -> tuple[_Place, Any] | None:
        item = self._feed.take()
        if item is None:
            return None
        self._n += 1
        return self._number(self._n - 1, *item)

    def waiting(self) -> list[Any]:
        return self._feed.waiting()

    def _number(self, n: int, tag: Tag, task: Any) -> tuple[_Place, Any]:
        return (n, tag), task


class _Earlier(_Numbered):
    """A feed in which the documents that an earlier run did are done."""

    def __init__(self, feed: Feed[Tag], run: _Run):
        super().__init__(feed)
        self._run = run
        self._looking = True
        run.begin_out_of_order()

    def take(self) -> tuple[_Place, Any] | None:
        try:
            return super().take()
        except StopIteration:
            if self._looking:
                self._run.go_on_from(self._n)
            self._looking = False
            raise

    def _number(self, n: int, tag: Tag, task: Any) -> tuple[_Place, Any]:
        if self._looking:
            entry = self._run.earlier(n, tag)
            if entry is not None:
                return (n, tag), Ready(entry)
            if not self._run.alone(n, tag, task):
                self._looking = False
                self._run.go_on_from(n)
        return (n, tag), task


def _count(tally: Tally, entry: Entry) -> None:
    tally.documents += 1
    tally.failed += entry.error is not None
    tally.empty += entry.empty
    tally.duplicates += entry.duplicate
    tally.dropped += entry.duplicate and entry.written is None
    tally.warnings.update(entry.warnings)


def _count_earlier(tally: Tally, entry: Entry) -> None:
    _count(tally, entry)
    tally.earlier += 1
    tally.failed_earlier += entry.error is not None


def _count_others(tally: Tally, inputs: Inputs) -> None:
    tally.ignored = inputs.ignored
    tally.skipped = inputs.skipped
