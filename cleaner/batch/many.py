"""Many documents from a program: cleaned in parallel, handed back in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import cleaner.errors
from cleaner.batch.pool import Direct, Failure, Limits, Pool, Ready, available_cores
from cleaner.batch.tasks import Bare, Result, Settings, worker
from cleaner.errors import CleanerError, DocumentError, InputError
from cleaner.records import Content, Fields, read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.article import Article
    from cleaner.rules import Rules

__all__ = ["clean_many"]

Document: TypeAlias = "bytes | str | Mapping[str, Any]"


def clean_many(  # noqa: PLR0913  (a document, and how it is cleaned)
    documents: Iterable[Document],
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    max_memory: int | None = None,
    rules: Rules | None = None,
    fields: Fields | None = None,
) -> Iterator[Article | CleanerError]:
    """Yield the article of each document, in order, or the error that it has none for.

    A document is what `cleaner.clean` takes, bytes or text, or a mapping with the fields `html`
    or `text` and perhaps `url` and `captured` (`fields` gives them other names). They are taken
    as they are needed and cleaned by `jobs` processes, as many as there are cores by default. One
    that takes longer than `timeout` seconds, needs more than `max_memory` bytes or kills its
    process gives a DocumentError and costs no other; errors are yielded, never raised. What
    `documents` itself raises is raised after the results of all that came before it. While it is
    waited for a document, no result is yielded: a slow source needs a thread of its own.

    The processes import the main module of a program, so a script needs the usual
    `if __name__ == "__main__":` around what it does.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs: {jobs} is less than 1")
    settings = Settings(rules=rules)
    tasks = ((None, _task(document, fields or Fields())) for document in documents)
    limits = Limits(timeout, max_memory)
    return _clean_many(tasks, settings, jobs or available_cores(), limits)


def _clean_many(
    tasks: Iterator[tuple[None, Any]], settings: Settings, jobs: int, limits: Limits
) -> Iterator[Article | CleanerError]:
    broken: list[Exception] = []
    with Pool[None](worker, (settings,), jobs, limits) as pool:
        for done in pool.map(Direct(_until_broken(tasks, broken))):
            if done is not None:
                yield _value(done[1])
    if broken:
        raise broken[0]


def _until_broken(
    tasks: Iterator[tuple[None, Any]], broken: list[Exception]
) -> Iterator[tuple[None, Any]]:
    """Yield tasks; put what ends them into `broken`, so that it costs none of those before it."""
    try:
        yield from tasks
    except Exception as error:  # whatever it is, it belongs to the caller
        broken.append(error)


def _task(document: Document, fields: Fields) -> Bare | Ready:
    try:
        if isinstance(document, bytes | str):
            return Bare(Content(document, "auto"))
        if not hasattr(document, "get"):
            raise InputError(f"{type(document).__name__}: no bytes, text or mapping")
        return Bare(read_record(document, fields))
    except CleanerError as error:
        return Ready(error)


def _value(outcome: Result | Failure | CleanerError) -> Article | CleanerError:
    if isinstance(outcome, Result):
        article: Article = outcome.data
        return article
    if isinstance(outcome, CleanerError):
        return outcome
    kind = getattr(cleaner.errors, outcome.error, None)
    if isinstance(kind, type) and issubclass(kind, CleanerError):
        return kind(outcome.message)
    return DocumentError(f"{outcome.error}: {outcome.message}")
