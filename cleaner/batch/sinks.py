"""Where articles go: a folder of JSON files, one file of JSON lines, Parquet, standard output.

A file is written under a name of its own and takes its place when it is whole: who sees the
output sees all of it.
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import json
import os
import zlib
from hashlib import blake2b
from itertools import islice
from typing import IO, TYPE_CHECKING, NoReturn, Protocol
from urllib.parse import quote

from cleaner.errors import OutputError
from cleaner.whole import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cleaner.batch.tasks import Form, Tag

__all__ = [
    "BrokenOutput",
    "Folder",
    "Lines",
    "PackedLines",
    "ParquetFile",
    "ResumeError",
    "Sink",
    "Stream",
    "add_field",
    "named",
]

_PACK = 1 << 20  # bytes of JSON lines in one gzip member or Zstandard frame
_ROWS = 2048  # rows of one row group of Parquet
_NAME = 200  # bytes of a file name made from an id
_LEVEL = {".gz": 6, ".zst": 3}
_BROKEN = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)  # no file can be written


class BrokenOutput(OutputError):  # noqa: N818  (a kind of OutputError)
    """The output as a whole cannot be written: the disk is full, or worse."""


class ResumeError(OutputError):
    """A run cannot be gone on with: what it read or wrote is not as it was left."""


class Sink(Protocol):
    """What takes the articles of a run, one by one."""

    form: Form
    cuttable: bool  # whether what was written after some document can be taken back

    def name(self, tag: Tag, identity: str) -> str:
        """Return what no two documents may share: an id, or a file made from it."""

    def write(self, name: str, data: bytes) -> bytes:
        """Write an article; return what tells later whether it is still there."""

    def holds(self, written: bytes) -> bool:
        """Whether what `write` returned this for is still there."""

    def name_of(self, written: bytes) -> str:
        """Return the name of what `write` returned this for, "" where it is not known."""

    def remove(self, name: str) -> None:
        """Remove the article that an earlier run wrote under a name, if it can be told."""

    def end(self) -> int | None:
        """Return the length of the output if all that was written is in it, else None."""

    def sync(self) -> None:
        """Put it on the disk."""

    def cut(self, length: int, keep: int) -> None:
        """Take back what was written after the first `length` bytes, but for `keep` articles."""

    def complete(self) -> None:
        """Write what is still held back and put all on the disk."""

    def place(self) -> None:
        """Put the complete output in its place."""

    def close(self) -> None:
        """Let go of it as it is."""


def add_field(data: bytes, name: str, value: str | None) -> bytes:
    """Add a field at the end of a JSON object, in one line or indented."""
    body, end = (data[:-3], b"\n}\n") if data.endswith(b"\n}\n") else (data[:-2], b"}\n")
    separator = b",\n  " if end[:1] == b"\n" else b", "
    field = f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
    return body + separator + field.encode("utf-8", "backslashreplace") + end


class Folder:
    """A folder of JSON files: a document's path with ".json" behind, or its id as a file name.

    Raises OutputError where the folder cannot be made.
    """

    form: Form = "file"
    cuttable = False

    def __init__(self, root: Path, overwrite: bool = False):
        self.root = root
        self._overwrite = overwrite
        self._part = root / ".cleaner.part"
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._part.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{root}: {error.strerror or error}") from error

    def name(self, tag: Tag, identity: str) -> str:
        return f"{identity if tag.is_file else _file_name(identity)}.json"

    def write(self, name: str, data: bytes) -> bytes:
        """Write a file, whole or not at all.

        Raises OutputError where it cannot be written or something else is there.
        """
        target = self.root / name
        if not self._overwrite and os.path.lexists(target) and not _is_ours(target):
            raise OutputError(f"{target}: exists and is none of ours (--overwrite replaces it)")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with written_whole(target, self._part) as part:
                part.write_bytes(data)
        except OSError as error:
            kind = BrokenOutput if error.errno in _BROKEN else OutputError
            raise kind(f"{target}: {error.strerror or error}") from error
        return b"%08x" % zlib.crc32(data) + os.fsencode(name)

    def holds(self, written: bytes) -> bool:
        path = os.path.join(os.fsencode(self.root), written[8:])
        try:
            with open(path, "rb") as file:
                return b"%08x" % zlib.crc32(file.read()) == written[:8]
        except OSError:
            return False

    def name_of(self, written: bytes) -> str:
        return os.fsdecode(written[8:])

    def remove(self, name: str) -> None:
        target = self.root / name
        if os.path.isfile(target) and _is_ours(target):
            with named(target):
                target.unlink()

    def end(self) -> int | None:
        return None

    def sync(self) -> None:
        """Do nothing: a file that a power failure took is missed by its checksum."""

    def cut(self, length: int, keep: int) -> None:
        """Do nothing: each file is replaced when its document is cleaned again."""

    def complete(self) -> None:
        """Do nothing: each file is whole."""

    def place(self) -> None:
        """Do nothing: each file is in its place."""

    def close(self) -> None:
        """Do nothing: no file is open."""


def _file_name(identity: str) -> str:
    """Return an id as the name of a file, a very long one cut and told apart by a digest."""
    name = quote(identity, safe=" :@+,;=()~!", errors="surrogatepass")
    if len(name) > _NAME:
        digest = blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        name = f"{name[:_NAME]}-{digest}"
    return name


def _is_ours(path: Path) -> bool:
    """Whether a file is one that we write, in either form."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError:
        return True  # what it is will come to light when it is written
    return start.startswith((b'{\n  "headline": ', b'{\n  "@context": "https://schema.org"'))


class Lines:
    """A file of JSON lines. `resume` takes up what is there, otherwise it is begun anew.

    Raises BrokenOutput wherever it cannot be written.
    """

    form: Form = "line"
    cuttable = True

    def __init__(self, target: Path, part: Path, resume: bool = False):
        self.target = target
        self._part = part
        with named(target):
            if resume and not part.exists() and target.exists():
                target.replace(part)
            self._file: IO[bytes] = part.open("r+b" if resume and part.exists() else "w+b")
            self._length = self._file.seek(0, os.SEEK_END)

    def name(self, tag: Tag, identity: str) -> str:  # noqa: ARG002  (an id is an id)
        return identity

    def write(self, name: str, data: bytes) -> bytes:  # noqa: ARG002  (it is in the data)
        with named(self.target):
            self._length += self._file.write(data)
        return b""

    def holds(self, written: bytes) -> bool:  # noqa: ARG002
        return True  # one file: all of it or nothing

    def name_of(self, written: bytes) -> str:  # noqa: ARG002
        return ""

    def remove(self, name: str) -> None:
        """Do nothing: what is not to be there is cut off."""

    def end(self) -> int | None:
        return self._length

    def sync(self) -> None:
        with named(self.target):
            self._file.flush()
            os.fsync(self._file.fileno())

    def cut(self, length: int, keep: int) -> None:  # noqa: ARG002  (every line is an end)
        with named(self.target):
            if self._file.seek(0, os.SEEK_END) < length:
                self._refuse_short()
            self._length = self._file.seek(length)
            self._file.truncate()

    def _refuse_short(self) -> NoReturn:
        message = f"{self.target}: shorter than when it was left (--overwrite begins anew)"
        raise ResumeError(message)

    def complete(self) -> None:
        self.sync()

    def place(self) -> None:
        with named(self.target):
            self._part.replace(self.target)
            _sync_folder(self.target.parent)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()


class PackedLines(Lines):
    """A compressed file of JSON lines, in gzip members or Zstandard frames of about a megabyte.

    Where one ends depends on the lines alone, so the file is the same however often the run was
    interrupted, and can be cut at each end.
    """

    def __init__(self, target: Path, part: Path, resume: bool = False):
        self._codec = target.suffix.lower()
        self._buffer = bytearray()
        if self._codec == ".zst":
            _require_zstandard()
        super().__init__(target, part, resume)

    def write(self, name: str, data: bytes) -> bytes:
        self._buffer += data
        if len(self._buffer) >= _PACK:
            self._pack()
        return super().write(name, b"")

    def _pack(self) -> None:
        data = _compress(bytes(self._buffer), self._codec)
        self._buffer.clear()
        super().write("", data)

    def end(self) -> int | None:
        return None if self._buffer else super().end()

    def cut(self, length: int, keep: int) -> None:
        self._buffer.clear()
        if keep:
            self._buffer += b"".join(self._lines_after(length, keep))
        super().cut(length, 0)

    def _lines_after(self, length: int, count: int) -> list[bytes]:
        with named(self.target):
            self._file.seek(length)
            try:
                lines = list(islice(_unpacked(self._file, self._codec), count))
            except _damages(self._codec) as error:
                message = f"{self.target}: damaged ({error}) (--overwrite begins anew)"
                raise ResumeError(message) from error
        if len(lines) < count or not lines[-1].endswith(b"\n"):
            self._refuse_short()
        return lines

    def complete(self) -> None:
        if self._buffer or not self._length:
            self._pack()
        super().complete()


class ParquetFile(Lines):
    """A Parquet file, made at the end from JSON lines: before its end it cannot be read at all."""

    def __init__(self, target: Path, part: Path, resume: bool = False):
        _require_pyarrow()
        super().__init__(target, part, resume and part.exists())
        self._table = part.with_suffix(".table")  # no suffix of an input

    def complete(self) -> None:
        super().complete()
        try:
            with named(self.target):
                self._convert()
        except BaseException:
            with contextlib.suppress(OSError):
                self._table.unlink()
            raise

    def _convert(self) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415  (an extra)

        from cleaner.arrow import SCHEMA, to_batch  # noqa: PLC0415  (an extra)

        self._file.seek(0)
        with pq.ParquetWriter(self._table, SCHEMA, compression="zstd") as writer:
            while rows := [json.loads(line) for line in islice(self._file, _ROWS)]:
                writer.write_batch(to_batch(rows), row_group_size=_ROWS)
        with self._table.open("rb") as file:
            os.fsync(file.fileno())

    def place(self) -> None:
        with named(self.target):
            self._table.replace(self.target)
            self._part.unlink()
            _sync_folder(self.target.parent)


class Stream:
    """Standard output, line by line."""

    form: Form = "line"
    cuttable = False

    def __init__(self, file: IO[bytes]):
        self._file = file

    def name(self, tag: Tag, identity: str) -> str:  # noqa: ARG002  (an id is an id)
        return identity

    def write(self, name: str, data: bytes) -> bytes:  # noqa: ARG002  (it is in the data)
        self._file.write(data)
        self._file.flush()
        return b""

    def holds(self, written: bytes) -> bool:  # noqa: ARG002
        return True

    def name_of(self, written: bytes) -> str:  # noqa: ARG002
        return ""

    def remove(self, name: str) -> None:
        """Do nothing: what is out is out."""

    def end(self) -> int | None:
        return None

    def sync(self) -> None:
        """Do nothing: each line is out."""

    def cut(self, length: int, keep: int) -> None:
        raise NotImplementedError("what is out is out")

    def complete(self) -> None:
        """Do nothing: each line is out."""

    def place(self) -> None:
        """Do nothing: each line is out."""

    def close(self) -> None:
        """Do nothing: it is not ours."""


@contextlib.contextmanager
def named(target: Path) -> Iterator[None]:
    """Name the output in what goes wrong with it: raise BrokenOutput for an OSError."""
    try:
        yield
    except OSError as error:
        raise BrokenOutput(f"{target}: {error.strerror or error}") from error


def _compress(data: bytes, codec: str) -> bytes:
    if codec == ".gz":
        return gzip.compress(data, _LEVEL[codec], mtime=0)
    import zstandard  # noqa: PLC0415  (an extra)

    return zstandard.ZstdCompressor(level=_LEVEL[codec]).compress(data)


def _unpacked(file: IO[bytes], codec: str) -> Iterable[bytes]:
    if codec == ".gz":
        return gzip.GzipFile(fileobj=file)
    import zstandard  # noqa: PLC0415  (an extra)

    reader = zstandard.ZstdDecompressor().stream_reader(
        file, read_across_frames=True, closefd=False
    )
    return io.BufferedReader(reader)


def _damages(codec: str) -> tuple[type[Exception], ...]:
    """Return what reading a compressed file raises where it is damaged."""
    if codec == ".gz":
        return (EOFError, zlib.error, gzip.BadGzipFile)
    import zstandard  # noqa: PLC0415  (an extra)

    return (zstandard.ZstdError,)


def _require_zstandard() -> None:
    try:
        import zstandard  # noqa: F401, PLC0415
    except ImportError as error:
        message = ".zst needs zstandard: pip install 'news-cleaner[zstd]'"
        raise OutputError(message) from error


def _require_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401, PLC0415
    except ImportError as error:
        message = ".parquet needs pyarrow: pip install 'news-cleaner[arrow]'"
        raise OutputError(message) from error


def _sync_folder(folder: Path) -> None:
    """Put a new name on the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
