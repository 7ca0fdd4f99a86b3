"""The file of errors: a line for each document that failed."""

from __future__ import annotations

import os
import re
import stat
from typing import IO, TYPE_CHECKING

from cleaner.batch.sinks import named
from cleaner.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Failures", "refuse_foreign"]

_LINE = re.compile(rb'\{"id": "(?:[^"\\]|\\.)*", "source": "')  # how each begins
_START = 1 << 16  # bytes of a file that tell whose it is


def refuse_foreign(path: Path, overwrite: bool, ours: re.Pattern[bytes] = _LINE) -> None:
    """Raise OutputError where nothing can be written at `path`, or it holds what is not ours.

    What begins with `ours` is ours, usually a file of errors.

    Pipes and terminals hold nothing that could be lost; to write to a disk would cost all on it.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise OutputError(f"{path}: Is a directory")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
            raise OutputError(f"{path}: neither a file nor a pipe, it cannot be written to")
        if overwrite or not stat.S_ISREG(mode):
            return
        with path.open("rb") as file:
            start = file.read(_START)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    if start and not ours.match(start):
        raise OutputError(f"{path}: exists and is none of ours (--overwrite replaces it)")


class Failures:
    """Takes the line of each failure; nothing is written where there is no path.

    A file of an earlier run goes, a new one is made with the first failure. Anything else that is
    there, a device or a pipe, is never replaced: it is opened at once, so that who waits at the
    other end of a pipe sees its end. Raises BrokenOutput where it cannot be written.
    """

    def __init__(self, path: Path | None):
        self._path = path
        self._file: IO[bytes] | None = None
        if path is not None:
            with named(path):
                if not path.is_symlink() and path.is_file():
                    path.unlink()
                elif path.exists():
                    self._file = path.open("wb", buffering=0)

    def write(self, line: bytes) -> None:
        """Write a line; it is out at once."""
        if self._path is None:
            return
        with named(self._path):
            if self._file is None:
                self._file = self._path.open("wb", buffering=0)
            self._file.write(line)

    def close(self) -> None:
        """Put it on the disk, where it is on one."""
        if self._file is None or self._path is None:
            return
        with named(self._path), self._file as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                os.fsync(file.fileno())
