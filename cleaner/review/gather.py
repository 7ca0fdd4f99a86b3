"""What a report is made of: documents still to be cleaned, and articles of a finished batch."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from cleaner.batch.sources import find_inputs
from cleaner.errors import CleanerError, InputError
from cleaner.review.trace import trace_file, trace_of_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cleaner.batch.sources import Input
    from cleaner.review.trace import Trace
    from cleaner.rules import Rules

__all__ = ["Entry", "gather"]

_RECORD = ".json"
_RECORDS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


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

    Files and folders are cleaned as `cleaner clean` would. A .json or .jsonl file, or a folder
    without documents but with .json files, is a finished batch made with --explain.
    """
    for path in paths:
        if path.name.lower().endswith(_RECORDS):
            yield from _lines(path)
        elif path.suffix.lower() == _RECORD and not path.is_dir():
            yield _record(path, path.name.removesuffix(_RECORD))
        else:
            yield from _documents_or_batch(path, rules, own)


def _documents_or_batch(path: Path, rules: Rules | None, own: Path | None) -> Iterator[Entry]:
    own = None if own is None else own.resolve()
    inputs = (item for item in find_inputs([path]) if own is None or item.path.resolve() != own)
    first = next(inputs, None)
    if first is not None:
        for item in chain([first], inputs):
            yield _cleaned(item, rules)
        return
    found = False
    for file in sorted(path.rglob("*" + _RECORD)):
        if not any(part.startswith(".") for part in file.relative_to(path).parts):
            found = True
            yield _record(file, file.relative_to(path).as_posix().removesuffix(_RECORD))
    if not found:
        yield Entry(str(path), error=f"{path}: no documents in it")


def _cleaned(item: Input, rules: Rules | None) -> Entry:
    try:
        if item.error is not None:
            raise item.error
        return Entry(item.name, trace_file(item.path, rules=rules))
    except CleanerError as error:
        return Entry(item.name, error=str(error))
    except Exception as error:  # a mistake of ours must not cost the documents that follow
        message = f"{item.path}: {type(error).__name__}: {error} (please report this)"
        return Entry(item.name, error=message)


def _record(file: Path, name: str) -> Entry:
    try:
        return Entry(name, trace_of_record(json.loads(file.read_bytes())))
    except OSError as error:
        return Entry(name, error=f"{file}: {error.strerror or error}")
    except (CleanerError, ValueError, RecursionError) as error:
        return Entry(name, error=f"{file}: {error}")


def _lines(path: Path) -> Iterator[Entry]:
    """Yield the records of a .jsonl file; a broken line costs only itself."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else open(path, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _line(line, f"{path}: line {number}", f"{path.name}:{number}")
    except (OSError, EOFError, zlib.error) as error:
        cause = getattr(error, "strerror", None) or error
        yield Entry(path.name, error=f"{path}: {cause}")


def _line(line: bytes, place: str, name: str) -> Entry:
    try:
        record = json.loads(line)
        if isinstance(record, dict):
            name = str(record.get("id") or name)
        return Entry(name, trace_of_record(record))
    except (InputError, ValueError, RecursionError) as error:
        return Entry(name, error=f"{place}: {error}")
