"""The pipeline: read, label, assemble."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.assemble import assemble
from cleaner.errors import CleanerError, EmptyInput, InputError
from cleaner.labels import label
from cleaner.readers import Door, read
from cleaner.rules import Rules, builtin

if TYPE_CHECKING:
    import datetime as dt

    from cleaner.article import Article

__all__ = ["clean", "clean_file"]


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

    Raises InputError, naming the file, where it cannot be read, is empty or is no text.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        if path.suffix.lower() == ".gz":
            data = gzip.decompress(data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: broken gzip data: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:  # a path with a zero byte
        raise InputError(f"{path}: {error}") from error
    if not data.strip():
        raise EmptyInput(f"{path}: the file is empty")
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
    encoding: str | None = None,
) -> Article:
    page = read(data, kind, suffix, encoding)
    label(page, builtin() if rules is None else rules, url)
    return assemble(page, url, captured)
