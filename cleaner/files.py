"""Reading a document's bytes, never more of them than a document has.

A few kilobytes of gzip may unpack to gigabytes, and a device or a pipe may never end: what is read
stops at a limit.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Protocol

from cleaner.errors import EmptyInput, InputError

__all__ = ["LARGEST", "Readable", "check_size", "read_file", "read_stream"]

LARGEST = 64 * 2**20  # bytes of one document, decompressed; news pages have a hundredth of it
_AT_ONCE = 2**20  # bytes: making room for the largest takes longer than reading most documents


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """Read `size` bytes, or what is left."""
        ...


def read_file(path: str | Path, most: int = LARGEST) -> bytes:
    """Return the bytes of the file at `path`; one whose name ends in .gz is decompressed.

    Raises InputError, naming the file, where it cannot be read or holds more than `most` bytes,
    and EmptyInput where it holds nothing.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            packed = path.suffix.lower() == ".gz"
            data = read_stream(gzip.GzipFile(fileobj=file) if packed else file, most)
    except InputError as error:
        raise type(error)(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:  # a path with a zero byte
        raise InputError(f"{path}: {error}") from error
    if not data or data.isspace():
        raise EmptyInput(f"{path}: the file is empty")
    return data


def read_stream(stream: Readable, most: int = LARGEST) -> bytes:
    """Return all that is left in `stream`.

    Raises InputError where that is more than `most` bytes, or broken gzip data.
    """
    try:
        data = stream.read(min(most + 1, _AT_ONCE))
        if len(data) == _AT_ONCE:
            data += stream.read(most + 1 - _AT_ONCE)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"broken gzip data: {error}") from error
    check_size(data, most)
    return data


def check_size(data: bytes | str, most: int = LARGEST) -> None:
    """Raise InputError where a document has more than `most` bytes or characters."""
    if len(data) > most:
        raise InputError(f"more than {most >> 20} MiB, too large for a document")
