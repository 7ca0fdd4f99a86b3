"""What a report is made of: documents still to be cleaned, and articles of a finished batch."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs import container
from cleaner.batch.sources import find_inputs, is_document
from cleaner.batch.streams import lines, unpacked
from cleaner.batch.warc import Problem, Response, read_response, read_warc
from cleaner.errors import CleanerError, EmptyInput, InputError
from cleaner.files import LARGEST, check_size
from cleaner.review.trace import trace, trace_file, trace_of_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from cleaner.batch.sources import Input
    from cleaner.review.trace import Trace
    from cleaner.rules import Rules

__all__ = ["Entry", "gather"]

_RECORD = ".json"
_ROWS = 64  # of Parquet, read at once


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its trace, or the error that kept it from being cleaned or read."""

    name: str
    trace: Trace | None = None
    error: str = ""


def gather(
    paths: Iterable[Path], rules: Rules | None = None, own: Path | None = None
) -> Iterator[Entry]:
    """Yield the documents at `paths`, one at a time, but for `own`: the report of a former run.

    Files, folders and web archives are cleaned as `cleaner clean` would. A .json, .jsonl or
    .parquet file, or a folder without documents but with .json files, is a finished batch made
    with --explain.
    """
    for path in paths:
        many = None if path.is_dir() else container(path.name)
        if many == "jsonl":
            yield from _guarded(path, _lines(path))
        elif many == "parquet":
            yield from _guarded(path, _rows(path))
        elif path.suffix.lower() == _RECORD and not path.is_dir():
            yield _record(path, path.name.removesuffix(_RECORD))
        else:
            yield from _documents_or_batch(path, rules, own)


def _documents_or_batch(path: Path, rules: Rules | None, own: Path | None) -> Iterator[Entry]:
    place = None if own is None else os.path.realpath(own)
    found = find_inputs([path], lambda name: is_document(name) or container(name) == "warc")
    inputs = (item for item in found if os.path.realpath(item.path) != place)
    first = next(inputs, None)
    if first is not None:
        for item in chain([first], inputs):
            if item.error is None and container(item.path.name) == "warc":
                yield from _guarded(item.path, _pages(item, rules))
            else:
                yield _cleaned(item, rules)
        return
    yield from _batch(path)


def _batch(folder: Path) -> Iterator[Entry]:
    found = False
    for file in sorted(folder.rglob("*" + _RECORD)):
        if not any(part.startswith(".") for part in file.relative_to(folder).parts):
            found = True
            yield _record(file, file.relative_to(folder).as_posix().removesuffix(_RECORD))
    if not found:
        yield Entry(str(folder), error=f"{folder}: no documents in it")


def _guarded(path: Path, entries: Iterator[Entry]) -> Iterator[Entry]:
    """Turn what breaks in the middle of a file into one more failure at its end."""
    try:
        yield from entries
    except Exception as error:  # each of the libraries that read has errors of its own
        cause = str(getattr(error, "strerror", None) or error).removeprefix(f"{path}: ")
        yield Entry(path.name, error=f"{path}: {cause}")


def _cleaned(item: Input, rules: Rules | None) -> Entry:
    if item.error is not None:
        return Entry(item.name, error=str(item.error))
    return _entry(item.name, str(item.path), partial(trace_file, item.path, rules=rules))


def _pages(item: Input, rules: Rules | None) -> Iterator[Entry]:
    """Yield the pages of a web archive, and what is broken in it."""
    for found in read_warc(item.path, LARGEST):
        name, place = f"{item.name}@{found.offset}", f"{item.path}@{found.offset}"
        if isinstance(found, Problem):
            yield Entry(name, error=f"{place}: {found.message}")
        elif isinstance(found, Response):
            yield _entry(found.identity or name, place, partial(_page, found.data, rules))


def _page(record: bytes, rules: Rules | None) -> Trace:
    page = read_response(record, LARGEST)
    if not page.data or page.data.isspace():
        raise EmptyInput("the page is empty")
    check_size(page.data)
    return trace(
        page.data, page.url, page.kind, rules=rules, captured=page.captured, encoding=page.encoding
    )


def _entry(name: str, place: str, clean: Callable[[], Trace]) -> Entry:
    """Return what `clean` makes of a document at `place`, or what went wrong."""
    try:
        return Entry(name, clean())
    except CleanerError as error:
        cause = str(error).removeprefix(f"{place}: ")
    except Exception as error:  # a mistake of ours must not cost the documents that follow
        cause = f"{type(error).__name__}: {error} (please report this)"
    return Entry(name, error=f"{place}: {cause}")


def _record(file: Path, name: str) -> Entry:
    try:
        return Entry(name, trace_of_record(json.loads(file.read_bytes())))
    except OSError as error:
        return Entry(name, error=f"{file}: {error.strerror or error}")
    except (CleanerError, ValueError, RecursionError) as error:
        return Entry(name, error=f"{file}: {error}")


def _lines(path: Path) -> Iterator[Entry]:
    """Yield the records of a .jsonl file; a broken line costs only itself."""
    with path.open("rb") as file, unpacked(file, path) as stream:
        for number, line in lines(stream, LARGEST):
            name, place = f"{path.name}:{number}", f"{path}: line {number}"
            if line is None:
                yield Entry(name, error=f"{place}: longer than {LARGEST >> 20} MB")
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Entry(name, error=f"{place}: {error}")
            else:
                yield _of_record(record, place, name)


def _rows(path: Path) -> Iterator[Entry]:
    """Yield the records of a Parquet file."""
    from cleaner.arrow import table_records  # noqa: PLC0415  (an extra)

    for number, record in enumerate(table_records(path, _ROWS), start=1):
        yield _of_record(record, f"{path}: row {number}", f"{path.name}:{number}")


def _of_record(record: Any, place: str, name: str) -> Entry:
    if isinstance(record, dict):
        name = str(record.get("id") or name)
        if record.get("error"):  # in a table, a document without an article says why
            return Entry(name, error=f"{place}: {record['error']}")
    try:
        return Entry(name, trace_of_record(record))
    except InputError as error:
        return Entry(name, error=f"{place}: {error}")
