"""Writing a file whole or not at all: a reader sees the old one or the new one, never a half."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(target: Path, part: Path | None = None) -> Iterator[Path]:
    """Yield the path to write to; what is there at the end takes the place of `target`.

    It is beside `target`, or at `part` on the same file system. Nothing is left of it where the
    block raises. A device or a pipe at `target` is left alone: to take its place would take it away
    from the system. Raises OSError.
    """
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise FileExistsError(errno.EEXIST, "exists and is no regular file")
    part = part or target.parent / f".{uuid4().hex}.part"
    try:
        yield part
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
