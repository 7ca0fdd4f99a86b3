"""The pipeline: read, label, assemble."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.assemble import assemble
from cleaner.errors import CleanerError
from cleaner.files import read_file
from cleaner.labels import label
from cleaner.readers import Door, read
from cleaner.rules import Rules, builtin

if TYPE_CHECKING:
    import datetime as dt

    from cleaner.article import Article

__all__ = ["clean", "clean_file"]


def clean(
    data: bytes | str,
    url: str | None = None,
    kind: Door = "auto",
    *,
    rules: Rules | None = None,
    captured: dt.date | None = None,
) -> Article:
    """Turn one document into an article.

    `data` is an HTML page or a text dump, as bytes of any encoding or as text; `kind` says which,
    "auto" finds out. `url` is where it was published, if known. `rules` replaces the built-in
    noise rules. `captured` is the day it was fetched, if known: dates after it are not believed. A
    document without an article gives an empty body and the warning `empty-body`.

    Pure: no network, no clock, no state; safe in threads and processes.
    Raises BinaryInput for bytes that are no text and ValueError for an unknown `kind`.
    """
    return _clean(data, url, kind, rules, captured, "")


def clean_file(
    path: str | Path,
    url: str | None = None,
    kind: Door = "auto",
    *,
    rules: Rules | None = None,
    captured: dt.date | None = None,
) -> Article:
    """Turn the document in a file into an article; a name ending in .gz is decompressed.

    Raises InputError, naming the file, where it cannot be read, is empty, is no text or has more
    than 64 MiB, decompressed.
    """
    path = Path(path)
    data = read_file(path)
    suffixes = [s.lower() for s in path.suffixes]
    suffix = next((s for s in reversed(suffixes) if s != ".gz"), "")
    try:
        return _clean(data, url, kind, rules, captured, suffix)
    except CleanerError as error:
        raise type(error)(f"{path}: {error}") from error


def _clean(  # noqa: PLR0913, PLR0917  (all that the two public functions take)
    data: bytes | str,
    url: str | None,
    kind: Door,
    rules: Rules | None,
    captured: dt.date | None,
    suffix: str,
) -> Article:
    page = read(data, kind, suffix)
    label(page, builtin() if rules is None else rules, url)
    return assemble(page, url, captured)
