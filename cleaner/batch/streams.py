"""Reading files that may be compressed, without ever holding more than was agreed."""

from __future__ import annotations

import gzip
import io
from typing import IO, TYPE_CHECKING, Any, cast

from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Peeked", "lines", "listed", "unpacked"]

_BLOCK = 1 << 16
_PACKED_BLOCK = 1 << 11  # so little that, however well it is packed, it fits into memory
_LONGEST_FIRST = 64 << 20


def unpacked(file: IO[bytes], path: Path) -> IO[bytes]:
    """Return what an open file at `path`, plain, .gz or .zst, holds.

    Raises InputError where what reads it is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(file))
    if suffix == ".zst":
        try:
            import zstandard  # noqa: F401, PLC0415  (an extra)
        except ImportError as error:
            message = f"{path}: this needs zstandard: pip install 'news-cleaner[zstd]'"
            raise InputError(message) from error
        return io.BufferedReader(_Zstandard(file))
    return file


class _Zstandard(io.RawIOBase):
    """The content of a Zstandard file; unlike the library's reader it misses a missing end."""

    def __init__(self, file: IO[bytes]):
        from zstandard import ZstdDecompressor  # noqa: PLC0415  (an extra)

        self._file = file
        self._new_frame = ZstdDecompressor().decompressobj
        self._frame = self._new_frame()
        self._begun = False
        self._input = b""
        self._output = memoryview(b"")  # of which nothing is copied but what is asked for

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._output:
            if not self._input:
                self._input = self._file.read(_PACKED_BLOCK)
            if not self._input:
                if self._begun:
                    raise EOFError("the file ends in a Zstandard frame")
                return 0
            self._output = memoryview(self._frame.decompress(self._input))
            self._input, self._begun = b"", True
            if self._frame.eof:
                self._input, self._begun = self._frame.unused_data, False
                self._frame = self._new_frame()
        count = min(len(buffer), len(self._output))
        buffer[:count], self._output = self._output[:count], self._output[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class Peeked:
    """A stream whose first line may be looked at before it is read."""

    def __init__(self, stream: IO[bytes]):
        self._stream = stream
        self._first: bytes | None = None

    @property
    def first_line(self) -> bytes:
        """The first line, or the beginning of a very long one."""
        if self._first is None:
            self._first = self._stream.readline(_LONGEST_FIRST)
        return self._first

    def readline(self, size: int) -> bytes:
        """Read a line, or `size` bytes of it."""
        first, self._first = self.first_line[:size], self.first_line[size:]
        if first and not first.endswith(b"\n"):
            return first + self._stream.readline(size - len(first))
        return first or self._stream.readline(size)

    def read(self, size: int) -> bytes:
        """Read all of it, or `size` bytes."""
        first, self._first = self.first_line[:size], self.first_line[size:]
        return first + self._stream.read(size - len(first))


def lines(stream: IO[bytes] | Peeked, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and content of the lines that are not blank, None for one longer than `most`.

    The line end is not included.
    """
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            while (rest := stream.readline(_BLOCK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def listed(stream: io.BufferedIOBase) -> Iterator[bytes]:
    """Yield the names in a list, as soon as they are there.

    Each is on a line of its own, or ended by a zero byte as `find -print0` does: then it may hold
    line ends. The first block tells.
    """
    block = stream.read1(_BLOCK)
    end = b"\0" if b"\0" in block else b"\n"
    rest = b""
    while block:
        *whole, rest = (rest + block.replace(b"\0", end)).split(end)
        yield from filter(None, (_without_return(name, end) for name in whole))
        block = stream.read1(_BLOCK)
    yield from filter(None, [_without_return(rest, end)])


def _without_return(name: bytes, end: bytes) -> bytes:
    """Take off what is left of a line end of Windows."""
    return name.rstrip(b"\r") if end == b"\n" else name
