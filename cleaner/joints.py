"""Where a line breaks off: what it ends with tells that its sentence goes on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

__all__ = ["breaks_off"]

_ENDING = frozenset('.!?…:"”’»“')  # what a sentence, or what introduces one, ends with


def breaks_off(text: str) -> bool:
    """Whether `text` ends in a word that no finished line ends with ("…, led by")."""
    before, _, last = text.rpartition(" ")
    within, begin = _joints()
    return last in within or (last in begin and (not before or before[-1] in _ENDING))


@cache
def _joints() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that nothing ends with, and those with which a sentence has just begun."""
    file = resources.files("cleaner") / "joints.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    words = [word for line in tables["words"].values() for word in line.split()]
    begin = [word.capitalize() for word in words if len(word) > 1]
    begin += [word for line in tables["begin"].values() for word in line.split()]
    return frozenset([*words, *tables["people"].split()]), frozenset(begin)
