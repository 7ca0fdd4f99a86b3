"""The rules files that ship with cleaner, read beforehand.

To read their phrases takes longer than to clean a dozen pages. What is found out of each file is
kept beside it when the package is built (`setup.py`), as catalogues of translations are: its
tables, and what its phrases are looked up by. A file that changed since is read itself, so that a
catalogue is never out of date, only of no use.
"""

from __future__ import annotations

import json
import tomllib
import zlib
from typing import TYPE_CHECKING, Any

from cleaner.rules.phrase import Keys, Phrase

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["build_catalogue", "read_shipped"]

_FORMAT = 2  # of catalogues: another one for another content


def read_shipped(folder: Traversable, code: str) -> tuple[dict[str, Any], dict[str, Phrase]]:
    """Return the tables of a language's rules file, and those of its phrases that are known."""
    source = (folder / f"{code}.toml").read_bytes()
    try:
        content = json.loads((folder / f"{code}.json").read_bytes())
    except (FileNotFoundError, ValueError):  # not built, or not to its end
        content = {}
    if content.get("of") != _mark(source):
        return tomllib.loads(source.decode()), {}
    phrases = {text: Phrase(text, Keys(*keys)) for text, keys in content["phrases"].items()}
    return content["tables"], phrases


def build_catalogue(file: Path, folder: Path) -> None:
    """Write the catalogue of a rules file that the tests have checked into a folder."""
    source = file.read_bytes()
    tables = tomllib.loads(source.decode())
    owners = [*tables.get("rule", ()), *tables.get("signal", ())]
    phrases = {text: Phrase(text).keys for owner in owners for text in owner["phrases"]}
    content = {
        "of": _mark(source),
        "tables": tables,
        "phrases": phrases,
    }
    catalogue = json.dumps(content, default=sorted, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{file.stem}.json").write_text(catalogue, encoding="utf-8")


def _mark(source: bytes) -> list[int]:
    """Return what another version of a file, or of catalogues, would not have."""
    return [_FORMAT, len(source), zlib.crc32(source)]
