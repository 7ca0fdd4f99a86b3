"""Where a line breaks off: what it ends with tells that its sentence goes on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

__all__ = ["breaks_off"]


def breaks_off(text: str) -> bool:
    """Whether `text` ends in a word that no finished line ends with ("…, led by")."""
    return text.rpartition(" ")[2] in _joints()


@cache
def _joints() -> frozenset[str]:
    file = resources.files("cleaner") / "joints.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(word for line in words.values() for word in line.split())
