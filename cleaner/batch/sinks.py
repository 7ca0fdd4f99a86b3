"""Where articles go: one JSON file each, never half written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from cleaner.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Folder"]


class Folder:
    """A folder of JSON files, each at its document's relative path with ".json" behind.

    Raises OutputError, here where the folder cannot be made, and for two documents of one name.
    """

    def __init__(self, root: Path):
        self.root = root
        self._written: set[Path] = set()
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{root}: {error.strerror or error}") from error

    def write(self, name: str, text: str) -> Path:
        """Write `text` for the document called `name`, whole or not at all; return the path."""
        target = self.root / f"{name}.json"
        if target in self._written:
            raise OutputError(f"{target}: another document of this run was written there")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_atomically(target, text)
        except OSError as error:
            raise OutputError(f"{target}: {error.strerror or error}") from error
        self._written.add(target)
        return target


def _write_atomically(target: Path, text: str) -> None:
    """Write beside the target, then rename: a reader sees the old file or the new one."""
    temporary = target.parent / f".{uuid4().hex}.part"
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
