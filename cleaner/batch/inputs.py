"""Everything that documents come in: files, JSON lines, web archives, Parquet, standard input."""

from __future__ import annotations

import io
import json
import os
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, cast

from cleaner.batch.pool import Failure, Ready
from cleaner.batch.sources import Input, find_inputs, is_document
from cleaner.batch.streams import Peeked, lines, unpacked
from cleaner.batch.tasks import File, Line, Page, Row, Tag, digest
from cleaner.batch.warc import Problem, Skipped, read_warc
from cleaner.errors import CleanerError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.records import Fields

__all__ = ["STDIN", "Container", "Extent", "Inputs", "container", "looks_like_lines", "open_stdin"]

Container = Literal["jsonl", "warc", "parquet"]
Item = tuple[Tag, Any]

STDIN = Path("-")
_CONTAINERS: dict[Container, tuple[str, ...]] = {
    "jsonl": tuple(name + codec for name in (".jsonl", ".ndjson") for codec in ("", ".gz", ".zst")),
    "warc": (".warc", ".warc.gz"),
    "parquet": (".parquet",),
}
_CONTAINER_ENDS = tuple(end for ends in _CONTAINERS.values() for end in ends)
_ERRORS = ".errors.jsonl"
_BATCH = 64  # rows of Parquet read at once


def container(name: str) -> Container | None:
    """Tell from a file's name what documents are in it, None for a document itself."""
    name = name.lower()
    if not name.endswith(_CONTAINER_ENDS):
        return None
    return next((kind for kind, ends in _CONTAINERS.items() if name.endswith(ends)), None)


class Extent(NamedTuple):
    """How much there is to go through: files that are documents, files of many, bytes of all."""

    documents: int
    containers: int
    bytes: int


@dataclass(slots=True)
class Inputs:
    """The documents at `paths`, each with its tag; what cannot be read is there as a Failure.

    `kind` says what named files without a known suffix and standard input hold. `stdin` is
    standard input, if it was opened before. `listed` are further paths, from a list: such a
    document is named by its whole path. `own` are the real paths of the files that this run
    writes, which it must not read. `ignored` counts the files in folders that are no documents,
    `skipped` what an archive holds besides pages, `read` the documents so far and `gone` the bytes
    of their files, as stored.
    """

    paths: Iterable[Path]
    fields: Fields
    size: int
    kind: Container | None = None
    stdin: Peeked | None = None
    listed: Iterable[Path] = ()
    own: frozenset[str] = frozenset()
    ignored: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    read: int = 0
    gone: int = 0

    def __iter__(self) -> Iterator[Item]:
        for item in self._items():
            self.read += 1
            yield item

    def _items(self) -> Iterator[Item]:
        for path in self.paths:
            if path == STDIN:
                stdin = self.stdin or open_stdin()
                yield from self._guarded(path, "-", self._lines(stdin, path, "-"))
                continue
            for item in self._files(path):
                yield from self._documents(item, named=item.path == path)
        for path in self.listed:
            for item in self._files(path):
                yield from self._documents(_with_whole_path(item), named=item.path == path)

    def extent(self) -> Extent:
        """Look at the files at `paths`, without opening any, for how much there is."""
        counts = Counter[bool]()
        size = 0
        for path in self.paths:
            for item in self._files(path):
                counts[self._kind(item.path, named=item.path == path) is not None] += 1
                size += _size(item.path)
        return Extent(counts[False], counts[True], size)

    def _files(self, path: Path) -> Iterator[Input]:
        names = {os.path.basename(own) for own in self.own}
        for item in find_inputs([path], self._wanted):
            if item.path.name not in names or os.path.realpath(item.path) not in self.own:
                yield item

    def _kind(self, path: Path, named: bool) -> Container | None:
        return container(path.name) or (self.kind if named and not is_document(path.name) else None)

    def _wanted(self, name: str) -> bool:
        wanted = is_document(name) or (container(name) is not None and not name.endswith(_ERRORS))
        self.ignored += not wanted
        return wanted

    def _documents(self, item: Input, named: bool) -> Iterator[Item]:
        path, name = item.path, item.name
        if item.error is not None:
            yield _failed(path, name, item.error, is_file=True)
            return
        kind = self._kind(path, named)
        if kind is not None:
            before = self.gone
            reader = {"jsonl": self._file_lines, "warc": self._warc, "parquet": self._parquet}
            yield from self._guarded(path, name, reader[kind](path, name))
            self.gone = before + _size(path)
        elif named and not is_document(path.name) and _suffix(path.name):
            known = "txt html htm md (.gz), jsonl ndjson (.gz .zst), warc (.gz), parquet"
            message = f"unknown suffix {_suffix(path.name)!r} (known: {known})"
            yield _failed(path, name, InputError(message), is_file=True)
            self.gone += _size(path)
        else:
            yield self._file(path, name)

    def _guarded(self, path: Path, name: str, items: Iterator[Item]) -> Iterator[Item]:
        """Turn what breaks in the middle of a file into one more failure at its end."""
        try:
            yield from items
        except CleanerError as error:
            yield _failed(path, name, error)
        except (EOFError, zlib.error) as error:
            yield _failed(
                path, name, InputError(f"broken compressed data, the rest is lost: {error}")
            )
        except Exception as error:
            if not isinstance(error, _foreign_errors()):
                raise
            reason = getattr(error, "strerror", None) or error
            yield _failed(path, name, InputError(f"the rest is lost: {reason}"))

    def _file(self, path: Path, name: str) -> Item:
        task = File(str(path), name)
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            return _failed(path, name, InputError(f"{path}: {reason}"), is_file=True)
        self.gone += status.st_size
        return task.tag(status), task

    def _file_lines(self, path: Path, name: str) -> Iterator[Item]:
        before = self.gone
        with path.open("rb") as file, unpacked(file, path) as stream:
            place = file.tell if file.seekable() else lambda: 0  # a pipe has no places
            for item in self._lines(stream, path, name):
                self.gone = before + place()
                yield item

    def _lines(self, stream: IO[bytes] | Peeked, path: Path, name: str) -> Iterator[Item]:
        for number, line in lines(stream, self.size):
            origin = f"{path}:{number}"
            if line is None:
                error = InputError(f"a line longer than {self.size >> 20} MB")
                yield _failed(Path(origin), f"{name}:{number}", error)
            else:
                task = Line(line, f"{name}:{number}")
                yield task.tag(origin), task

    def _warc(self, path: Path, name: str) -> Iterator[Item]:
        before = self.gone
        for found in read_warc(path, self.size):
            self.gone = before + found.offset
            place = f"{path}@{found.offset}"
            if isinstance(found, Skipped):
                self.skipped[found.reason] += 1
            elif isinstance(found, Problem):
                error = InputError(f"at offset {found.offset}: {found.message}")
                yield _failed(Path(place), f"{name}@{found.offset}", error)
            else:
                task = Page(found.data, found.identity or f"{name}@{found.offset}")
                yield task.tag(place), task

    def _parquet(self, path: Path, name: str) -> Iterator[Item]:
        try:
            import pyarrow.parquet as pq  # noqa: PLC0415  (an extra)
        except ImportError as error:
            raise InputError("this needs pyarrow: pip install 'news-cleaner[arrow]'") from error
        from cleaner.arrow import records  # noqa: PLC0415  (an extra)

        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            contents = [name for name, _ in self.fields.contents()]
            if not set(contents) & set(names):
                looked = ", ".join(contents)
                raise InputError(f"no column holds pages (looked for {looked}; has {names})")
            number, before, size = 0, self.gone, _size(path)
            batches = file.iter_batches(
                _BATCH, columns=self.fields.wanted(names), use_threads=False
            )
            for batch in batches:
                self.gone = before + size * number // file.metadata.num_rows
                for record in records(batch, batch.schema.names):
                    number += 1
                    task = Row(record, f"{name}:{number}")
                    yield task.tag(f"{path}:{number}"), task


def open_stdin() -> io.BufferedReader:
    """Return standard input, in a way that a thread may wait for it when the process ends.

    Raises InputError where it is closed.
    """
    if sys.stdin is None:
        raise InputError("standard input: closed")
    try:
        return open(os.dup(sys.stdin.fileno()), "rb")
    except io.UnsupportedOperation:  # not a real one
        return cast("io.BufferedReader", sys.stdin.buffer)


def looks_like_lines(start: bytes) -> bool:
    """Whether data that begins with this line is JSON lines: the line is a whole object."""
    try:
        return isinstance(json.loads(start), dict)
    except (ValueError, RecursionError):
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _failed(path: Path, name: str, error: CleanerError, is_file: bool = False) -> Item:
    message = str(error).removeprefix(f"{path}: ")
    tag = Tag(str(path), name, digest(name, message), is_file)
    return tag, Ready(Failure(type(error).__name__, message))


def _with_whole_path(item: Input) -> Input:
    """Name a document by its path, without what would lead out of a folder."""
    parts = [part for part in item.path.parts if part not in ("..", item.path.anchor)]
    return Input(item.path, "/".join(parts), item.error)


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def _foreign_errors() -> tuple[type[Exception], ...]:
    """Return what reading raises, with the errors of those libraries that are in use."""
    errors: list[type[Exception]] = [OSError, ValueError]
    for module, name in (("zstandard", "ZstdError"), ("pyarrow", "ArrowException")):
        if module in sys.modules:
            errors.append(getattr(sys.modules[module], name))
    return tuple(errors)
