"""Where a line breaks off: what it ends with tells that its sentence goes on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["breaks_off", "may_break_off"]

_ENDING = frozenset('.!?…:"”’»“')  # what a sentence, or what introduces one, ends with


def breaks_off(text: str) -> bool:
    """Whether `text` ends in a word that no finished line ends with ("…, led by")."""
    before, _, last = text.rpartition(" ")
    within, begin = _joints()
    return last in within or (last in begin and (not before or before[-1] in _ENDING))


def may_break_off(text: str) -> bool:
    """Whether `text` ends in a word that few finished lines end with ("Some side streets in")."""
    before, _, last = text.rpartition(" ")
    return last in _torn_joints() and " " in before


@cache
def _torn_joints() -> frozenset[str]:
    return frozenset(word for line in _tables()["torn"].values() for word in line.split())


@cache
def _joints() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that nothing ends with, and those with which a sentence has just begun."""
    tables = _tables()
    words = [word for line in tables["words"].values() for word in line.split()]
    begin = [word.capitalize() for word in words if len(word) > 1]
    begin += [word for line in tables["begin"].values() for word in line.split()]
    return frozenset([*words, *tables["people"].split()]), frozenset(begin)


@cache
def _tables() -> dict[str, Any]:
    file = resources.files("cleaner") / "joints.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
