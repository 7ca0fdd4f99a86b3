"""Where what was fetched goes: a folder for each host, files named after their addresses."""

from __future__ import annotations

import errno
import re
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from cleaner.errors import OutputError
from cleaner.whole import written_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.article import Article

__all__ = ["NameRefused", "Output", "Written", "name_of", "write_whole"]

Written = dict[str, bytes]  # paths below the output folder, and what is in the files

_UNSAFE = re.compile(r"[^\w.-]+|^[.-]+|[.-]+$")
_LONGEST = 80  # characters of an address in a name
_MOST_BYTES = 120  # of these: with digest and suffix a name has 143 on an encrypted file system
# What is wrong with one name, where others may well be written.
_OF_THE_NAME = (errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL, errno.EISDIR)
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)


class NameRefused(OutputError):  # noqa: N818  (a kind of OutputError)
    """A file that cannot be written because of its name: no others need fail."""


class Output:
    """A folder of articles: `to_json` renders them, `save_html` keeps each page beside its own.

    Raises OutputError where the folder cannot be made or written to.
    """

    def __init__(self, root: Path, to_json: Callable[[Article], str], save_html: bool = False):
        self.root = root
        self._to_json = to_json
        self._save_html = save_html
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{root}: {error.strerror or error}") from error

    def files(self, url: str, page: bytes, article: Article) -> Written:
        """Return what is to be written for an article, the page first."""
        name = name_of(url)
        pages = {f"{name}.html": page} if self._save_html else {}
        text = self._to_json(article) + "\n"
        return {**pages, f"{name}.json": text.encode("utf-8", "backslashreplace")}

    def write(self, files: Written) -> None:
        """Write files, each whole or not at all; again, if need be."""
        for name, data in files.items():
            write_whole(self.root / name, data)


def name_of(url: str) -> str:
    """Return a file name for an address: readable, and different for different addresses."""
    parts = urlsplit(url)
    segments = [s for s in unquote(parts.path, errors="replace").split("/") if s]
    slug = _safe(_SUFFIX.sub("", segments[-1]) if segments else "") or "index"
    host = _safe(parts.netloc.lower()) or "host"
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{host}/{slug}-{digest}"


def _safe(text: str) -> str:
    """Return what a file may be called, short enough in bytes and cut between characters."""
    name = _UNSAFE.sub("-", text).strip("-.")[:_LONGEST]
    return name.encode()[:_MOST_BYTES].decode(errors="ignore")


def write_whole(target: Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises NameRefused, OutputError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(target) as part:
            part.write_bytes(data)
    except OSError as error:
        kind = NameRefused if error.errno in _OF_THE_NAME else OutputError
        raise kind(f"{target}: {error.strerror or error}") from error
