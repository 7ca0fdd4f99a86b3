"""An output and what lies beside it: the lock, the account of the run, the part in the making."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.batch.failures import refuse_foreign
from cleaner.batch.ledger import Ledger, Lock
from cleaner.batch.sinks import Folder, Lines, PackedLines, ParquetFile, Sink, Stream
from cleaner.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.batch.tasks import Form

__all__ = ["STDOUT", "Output", "beside"]

STDOUT = Path("-")
_FILES: dict[str, type[Lines]] = {
    ".jsonl": Lines, ".jsonl.gz": PackedLines, ".jsonl.zst": PackedLines,
    ".ndjson": Lines, ".ndjson.gz": PackedLines, ".ndjson.zst": PackedLines,
    ".parquet": ParquetFile,
}  # fmt: skip
# Suffixes of files that people ask for and that we do not write.
_NOT_OURS = (
    ".json", ".csv", ".tsv", ".txt", ".html", ".xml", ".xlsx", ".md", ".db", ".sqlite", ".arrow",
    ".feather", ".warc", ".zip", ".gz", ".zst", ".bz2", ".xz", ".tar",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Beside:
    """The paths of what belongs to an output."""

    part: Path
    ledger: Path
    lock: Path
    errors: Path

    def all(self) -> list[Path]:
        return [self.part, self.ledger, self.lock, self.errors]


def beside(target: Path) -> _Beside:
    """Return the paths of what belongs to an output: hidden, and in it where it is a folder."""
    base = Path(os.path.abspath(target))
    start = base.parent / f".{base.name}" if _file_sink(target) else base / ".cleaner"
    errors = Path(f"{base}.errors.jsonl")
    part, ledger, lock = (Path(f"{start}.{name}") for name in ("part", "ledger", "lock"))
    return _Beside(part, ledger, lock, errors)


def _file_sink(target: Path) -> type[Lines] | None:
    """Return what writes a file of this name, None for a folder."""
    if target.is_dir():
        return None
    name = target.name.lower()
    return next((sink for end, sink in _FILES.items() if name.endswith(end)), None)


class Output:
    """An output, opened for one run alone.

    `resume` goes on with what an earlier run left, if there was one; `overwrite` begins anew
    whatever is there. `options` are those that the output depends on, `errors` names another file
    of errors. Raises OutputError where it
    cannot be opened, belongs to something else or to a run that is still at it, or was left
    unfinished and neither is said.
    """

    sink: Sink
    ledger: Ledger

    def __init__(
        self,
        target: Path,
        options: Mapping[str, Any],
        resume: bool = False,
        overwrite: bool = False,
        errors: Path | None = None,
    ):
        self.target = target
        self._lock: Lock | None = None
        self.errors = errors
        self.resumed = False
        self.finished = False  # by an earlier run
        self._overwrite = overwrite
        if target == STDOUT:
            if sys.stdout is None:
                raise OutputError("standard output: closed")
            if errors is not None:
                refuse_foreign(errors, overwrite)
            self.sink = Stream(sys.stdout.buffer)
            self.ledger = Ledger(None)
            return
        self._refuse_suffix(str(target))
        self._beside = beside(target)
        self.errors = self._beside.errors if errors is None else errors
        self._make_folder()
        refuse_foreign(self.errors, overwrite)
        self._lock = Lock(self._beside.lock, target)
        try:
            self._open_ledger(dict(options), resume)
        except BaseException:
            self._lock.release()
            raise

    def _refuse_suffix(self, name: str) -> None:
        if name.endswith(os.sep) or self.target.is_dir() or _file_sink(self.target):
            return
        if name.lower().endswith(_NOT_OURS):
            raise OutputError(
                f"{name}: unknown suffix (files: {' '.join(_FILES)}; for a folder of that name,"
                f" {name}{os.sep})"
            )

    def _make_folder(self) -> None:
        folder = self._beside.ledger.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self.target}: {error.strerror or error}") from error

    def _open_ledger(self, options: dict[str, Any], resume: bool) -> None:
        known = self._beside.ledger.exists() and not self._overwrite  # then it may be broken
        if known:
            self.ledger = Ledger(self._beside.ledger)
            self.finished = bool(self.ledger.fact("finished")) and not self._is_apart()
        if resume and known:
            self._refuse_other_options(options)
            self._refuse_touched()
            self.resumed = True
            return
        if not self._overwrite:
            self._refuse_foreign(known)
        if known:
            self.ledger.close()
        self._beside.part.unlink(missing_ok=True)
        self._beside.ledger.unlink(missing_ok=True)
        self.finished = False
        self.ledger = Ledger(self._beside.ledger)
        self.ledger.set_fact("options", options)
        self.ledger.commit()

    def _is_apart(self) -> bool:
        """Whether there is a part that did not get to its place, whatever the account says."""
        return _file_sink(self.target) is not None and self._beside.part.exists()

    def _refuse_foreign(self, known: bool) -> None:
        """Refuse what is not a finished output of ours."""
        if known and not self.finished and self.ledger.last() is not None:
            self.ledger.close()
            raise OutputError(
                f"{self.target}: left unfinished by an earlier run"
                " (--resume goes on with it, --overwrite begins anew)"
            )
        if _file_sink(self.target) and os.path.lexists(self.target):
            ours = known and self.finished and self._size() == self.ledger.fact("size")
            if not ours:
                message = f"{self.target}: exists and is none of ours (--overwrite replaces it)"
                raise OutputError(message)

    def _refuse_other_options(self, options: dict[str, Any]) -> None:
        before = self.ledger.fact("options") or {}
        changed = [name for name in options if options[name] != before.get(name)]
        if changed:
            self.ledger.close()
            raise OutputError(
                f"{self.target}: begun with a different setting of {', '.join(changed)}"
                " (--overwrite begins anew)"
            )

    def _refuse_touched(self) -> None:
        """Refuse a finished file that was cut or written to since, before it is taken up again."""
        size = self.ledger.fact("size")  # not known where the run ended before it was noted
        if self.in_place and size is not None and self._size() != size:
            self.ledger.close()
            raise OutputError(f"{self.target}: not as it was left (--overwrite begins anew)")

    def _size(self) -> int:
        return self.target.stat().st_size

    @property
    def form(self) -> Form:
        """What the sink takes: whole files or lines."""
        return "line" if self.target == STDOUT or _file_sink(self.target) else "file"

    @property
    def in_place(self) -> bool:
        """Whether it is a file that an earlier run finished and that is where it should be."""
        return self.finished and _file_sink(self.target) is not None and self.target.exists()

    def open_sink(self) -> None:
        """Open what takes the articles; from here on the output is unfinished."""
        if self.target == STDOUT:
            return
        kind = _file_sink(self.target)
        if kind is None:
            self.sink = Folder(self.target, self._overwrite)
        else:
            if kind is ParquetFile and self.finished:  # it cannot be gone on with
                self.ledger.forget(0)
                self._unfinish()
            there = self.finished or self._beside.part.exists()
            self.sink = kind(self.target, self._beside.part, self.resumed and there)
        self._unfinish()

    def _unfinish(self) -> None:
        self.ledger.set_fact("finished", False)
        self.ledger.set_fact("size", None)
        self.ledger.commit()

    def finish(self) -> None:
        """Put the output in its place."""
        self.sink.complete()
        if self.target == STDOUT:
            return
        self.ledger.set_fact("finished", True)
        self.ledger.commit()
        self.sink.place()
        if _file_sink(self.target):
            self.ledger.set_fact("size", self._size())
            self.ledger.commit()

    def close(self) -> None:
        """Let go of the output, whole or not."""
        if hasattr(self, "sink"):
            self.sink.close()
        self.ledger.close()
        if self._lock is not None:
            self._lock.release()
