"""The pipeline: read, label, assemble."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.assemble import assemble
from cleaner.errors import CleanerError
from cleaner.files import LARGEST, read_file
from cleaner.labels import label
from cleaner.readers import Door, read
from cleaner.rules import Rules, builtin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.article import Article
    from cleaner.page import Page

__all__ = ["clean", "clean_file", "clean_measured", "labelled", "read_document"]


def clean(  # noqa: PLR0913  (all that may be known of a document)
    data: bytes | str,
    url: str | None = None,
    kind: Door = "auto",
    *,
    rules: Rules | None = None,
    captured: dt.date | None = None,
    encoding: str | None = None,
) -> Article:
    """Turn one document into an article.

    `data` is an HTML page or a text dump, as bytes of any encoding or as text; `kind` says which,
    "auto" finds out. `url` is where it was published, if known. `rules` replaces the built-in
    noise rules. `captured` is the day it was fetched, if known: dates after it are not believed.
    `encoding` is what the server called that of the bytes, believed where they don't tell. A
    document without an article gives an empty body and the warning `empty-body`.

    Pure: no network, no clock, no state; safe in threads and processes.
    Raises BinaryInput for bytes that are no text and ValueError for an unknown `kind`.
    """
    return _clean(data, url, kind, rules, captured, "", encoding)


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
    data, suffix = read_document(path)
    with _named(path):
        return _clean(data, url, kind, rules, captured, suffix)


def clean_measured(
    path: str | Path, rules: Rules | None, most: int, url: str | None = None, kind: Door = "auto"
) -> tuple[Article, int]:
    """Turn the document in a file into an article; return it and the document's size in bytes.

    Errors as for `clean_file`, where it has more than `most` bytes, decompressed.
    """
    data, suffix = read_document(path, most)
    with _named(path):
        return _clean(data, url, kind, rules, None, suffix), len(data)


@contextmanager
def _named(path: str | Path) -> Iterator[None]:
    """Put the name of the file in front of what is wrong with it."""
    try:
        yield
    except CleanerError as error:
        raise type(error)(f"{path}: {error}") from error


def read_document(path: str | Path, most: int = LARGEST) -> tuple[bytes, str]:
    """Return what a file holds, decompressed, and the suffix that tells its kind.

    Raises InputError, naming the file, where it cannot be read, is empty or holds more than `most`
    bytes.
    """
    path = Path(path)
    data = read_file(path, most)
    suffixes = [s.lower() for s in path.suffixes]
    suffix = next((s for s in reversed(suffixes) if s != ".gz"), "")
    return data, suffix


def labelled(  # noqa: PLR0913  (as for clean)
    data: bytes | str,
    url: str | None = None,
    kind: Door = "auto",
    *,
    rules: Rules | None = None,
    suffix: str = "",
    encoding: str | None = None,
) -> Page:
    """Return the page that an article is assembled from: every block with its role and reason.

    Parameters and errors as for `clean`; `suffix` of the file's name helps to tell its kind.
    """
    page = read(data, kind, suffix, encoding)
    label(page, builtin() if rules is None else rules, url)
    return page


def _clean(  # noqa: PLR0913, PLR0917  (all that the two public functions take)
    data: bytes | str,
    url: str | None,
    kind: Door,
    rules: Rules | None,
    captured: dt.date | None,
    suffix: str,
    encoding: str | None = None,
) -> Article:
    if isinstance(captured, dt.datetime):  # which is a date, but not to be compared with one
        captured = captured.date()
    page = labelled(data, url, kind, rules=rules, suffix=suffix, encoding=encoding)
    return assemble(page, url, captured)
