"""Where documents come from: files, and folders of files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["SUFFIXES", "Input", "find_inputs"]

SUFFIXES = (".txt", ".html", ".htm", ".md")


@dataclass(frozen=True, slots=True)
class Input:
    """One document to clean: `name` is its path below the folder it was found in.

    `error` says why it cannot be read at all; such an input is counted, not skipped.
    """

    path: Path
    name: str
    error: InputError | None = None


def is_document(name: str) -> bool:
    """Whether a file of this name is cleaned: a known suffix, compressed with gzip or not."""
    return name.lower().removesuffix(".gz").endswith(SUFFIXES)


def find_inputs(
    paths: Iterable[Path], wanted: Callable[[str], bool] = is_document
) -> Iterator[Input]:
    """Yield the documents at `paths`, folders searched through in order of name.

    A file named directly is taken whatever its suffix; in folders, files whose name is not
    `wanted` are left alone.
    """
    for path in paths:
        # os.path, unlike Path, takes a name that no file can have for one that is not there.
        if os.path.isdir(path):
            yield from _walk(path, "", (), wanted)
        elif not os.path.exists(path):
            yield Input(path, path.name, InputError(f"{path}: {_missing(path)}"))
        else:
            yield Input(path, path.name)


def _walk(
    folder: Path, name: str, above: tuple[tuple[int, int], ...], wanted: Callable[[str], bool]
) -> Iterator[Input]:
    """Yield the documents below `folder`, following links but never in circles.

    `name` is its path below the folder that was named, "" for that one itself.
    """
    try:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            raise InputError(f"{folder}: a link that leads back to a folder above it")
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder, name or ".", InputError(f"{folder}: {error.strerror or error}"))
        return
    except InputError as error:
        yield Input(folder, name or ".", error)
        return
    for entry in entries:
        below = f"{name}/{entry.name}" if name else entry.name
        if _is_folder(entry):
            yield from _walk(folder / entry.name, below, (*above, identity), wanted)
        elif wanted(entry.name) or _is_broken_link(entry):
            path = folder / entry.name
            yield Input(path, below, None if _is_file(entry) else _problem(path))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _is_broken_link(entry: os.DirEntry[str]) -> bool:
    """Whether a link leads nowhere: it might have been a folder of documents."""
    return entry.is_symlink() and not os.path.exists(entry.path)


def _problem(path: Path) -> InputError | None:
    """Say what keeps a file in a folder from being read; a pipe would block for ever."""
    if not os.path.exists(path):
        return InputError(f"{path}: {_missing(path)}")
    return None if os.path.isfile(path) else InputError(f"{path}: not a regular file")


def _missing(path: Path) -> str:
    """Say why a path does not exist: links may lead nowhere or in a circle."""
    try:
        path.stat()
    except OSError as error:
        reason = error.strerror or str(error)
        return f"a broken link ({reason})" if os.path.islink(path) else reason
    return "cannot be read"
