"""Which languages a document may be in, by its letters: those whose rules are loaded on demand.

The rules of languages that half the web is in are always in force: pages mix them (an English
player in a French text). The others are written with letters that tell, so that a process which
never meets one of them need not load it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LETTERS", "languages_by_letters"]

# By language: letters of its own, and the least share of a text that they are. A name from
# elsewhere has one of them; German has the Finnish ones, but fewer.
LETTERS = {
    "ar": ("ةأإى", 0.01),
    "bg": ("ъ", 0.006),
    "cs": ("ěřů", 0.01),
    "da": ("æø", 0.004),
    "el": ("α-ωά-ώ", 0.05),
    "fa": ("پچژگ", 0.005),
    "fi": ("äö", 0.02),
    "he": ("א-ת", 0.05),
    "hi": ("ऀ-ॿ", 0.05),
    "hr": ("ćљњђћџ", 0.003),
    "hu": ("őű", 0.004),
    "ja": ("ぁ-ヺ", 0.03),
    "ko": ("가-힣", 0.05),
    "no": ("æø", 0.004),
    "pl": ("ąęłśżź", 0.01),
    "ro": ("ășțţ", 0.02),
    "ru": ("ыэё", 0.004),
    "sv": ("å", 0.004),
    "th": ("ก-๛", 0.05),
    "tr": ("ğış", 0.01),
    "uk": ("іїє", 0.01),
    "vi": ("ạ-ỹơư", 0.02),
    "zh": ("一-鿿", 0.05),
}
_PATTERNS = {code: (re.compile(f"[{own}]"), least) for code, (own, least) in LETTERS.items()}
_LEAST = min(least for _, least in LETTERS.values())
_ASCII = re.compile(r"[\x00-\x7f]+")
_BLOCKS, _HEAD = 100, 80  # how many of a document's blocks are looked at, and characters of each


def languages_by_letters(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the codes, sorted, of the languages in LETTERS that a document's blocks may be in."""
    step = max(1, len(texts) // _BLOCKS)
    sample = " ".join([text[:_HEAD] for text in texts[::step]])
    if sample.isascii():
        return ()
    rest = _ASCII.sub("", sample.lower())
    if len(rest) < _LEAST * len(sample):
        return ()
    return tuple(
        code
        for code, (pattern, least) in _PATTERNS.items()
        if len(pattern.findall(rest)) >= least * len(sample)
    )
