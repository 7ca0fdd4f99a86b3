"""Names of people, by their shape."""

from __future__ import annotations

import re

__all__ = ["NAME", "is_name", "split_people"]

# A capitalised word: "Murray", "O'Brien", "McDonald-Smith", "J.", "Ñíguez".
_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯҐЄІЇ"
_WORD = rf"(?:[{_UPPER}](?:[\w'’-]*\w)?\.?|[dDlL]['’][{_UPPER}]\w+|al-[{_UPPER}]\w+)"
_PARTICLE = r"(?:de|da|do|dos|das|del|della|di|du|des|la|le|van|von|der|den|ter|ten|zu|bin|ibn|el|al|y|e|af)"
# Two to five words, the first and the last capitalised.
NAME = rf"{_WORD}(?:[ ]{_PARTICLE}){{0,2}}[ ]{_WORD}(?:(?:[ ]{_PARTICLE}){{0,2}}[ ]{_WORD}){{0,2}}"
_IS_NAME = re.compile(rf"{NAME}\Z")
# Words that capitalised phrases contain and names do not.
_NO_NAME = frozenset(
    "the and of for in on at to with from by staff news press report reporter reporters editor"
    " editors agency agencies team desk service services media newspaper magazine times post daily"
    " network digital online video photo photos images writer correspondent columnist contributor"
    " editorial board redaktion rédaction redazione redacción redação redactie newsroom wire local"
    " breaking sports business politics opinion world national review january february march april"
    " june july august september october november december monday tuesday wednesday thursday friday"
    " saturday sunday".split()
)
_JOINT = re.compile(r"\s*(?:[,;|/·•]|\s(?:and|und|et|y|e|en|&|with)\s)\s*")
_MOST_WORDS = 5


def is_name(text: str) -> bool:
    """Whether `text` has the shape of one person's name, such as "Ursula von der Leyen"."""
    if len(text) > 60 or text.count(" ") >= _MOST_WORDS:
        return False
    if _NO_NAME.intersection(text.lower().split()):
        return False
    return _IS_NAME.match(text) is not None


def split_people(text: str) -> list[str]:
    """Split "Jane Doe, John Roe and Reuters" into its parts, not yet judged."""
    return [part.strip(" .,;:-–—") for part in _JOINT.split(text) if part.strip(" .,;:-–—")]
