"""Clauses that tell who said what stands before them: "Email me at midnight, the note said."

What a page asks of its readers is worded like what people ask of each other. Only the article adds
who it was that asked.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

__all__ = ["is_reported"]

_CLAUSE = re.compile(r"(?P<mark>[,?!])[\"'”’»]* *(?P<clause>[^,?!]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WITHIN = 5  # words of the clause: "the guard at the gate told"


def is_reported(text: str) -> bool:
    """Whether a text has a clause that tells who said it, behind a comma or a mark and small."""
    for match in _CLAUSE.finditer(text):
        clause = match["clause"]
        if (match["mark"] == "," or clause[0].islower()) and _tells_who(clause):
            return True
    return False


def _tells_who(clause: str) -> bool:
    words = _WORD.findall(clause.lower())[:_WITHIN]
    return not _verbs().isdisjoint(words)


@cache
def _verbs() -> frozenset[str]:
    file = resources.files("cleaner") / "reported.toml"
    languages = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(verb for verbs in languages.values() for verb in verbs.split())
