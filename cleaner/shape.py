"""What a line looks like: a sentence, prose, a title."""

from __future__ import annotations

import re

__all__ = [
    "MAIL_ADDRESS", "WIDE_FACTOR", "ends_sentence", "is_long_title", "is_prose", "is_title_like",
]  # fmt: skip

MAIL_ADDRESS = r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}"  # part of longer patterns
# A sentence's end, with the quotes and brackets that may close after it, in most scripts.
_ENDS = ".!?。！？｡؟۔।॥።…"
_CLOSING = "\"'”’»«“‘)]）」』›‹"
_MAY_END = frozenset(_ENDS + _CLOSING)
_ENDING = frozenset(_ENDS)
_TRAILING_OFF = re.compile(r"(?:…|\.\.\.)[\"'”’»)\] ]*\Z")
_MOST_CLOSING = 5
_CLOSED = _CLOSING + " "  # as in French: "il a dit. »"
_PROSE_LENGTH = 80
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WIDE_FACTOR = 3  # one letter of such scripts says what three do elsewhere
_TITLE_LENGTH = 250
_LONG, _LONG_WORDS, _LONG_WIDE = 24, 4, 10  # characters, words, characters of wide scripts


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a finished sentence does; trailing off ("…") is not finished."""
    if text[-1:] not in _MAY_END:  # most lines, dismissed without a search
        return False
    tail = text[-1 - _MOST_CLOSING :]
    bare = tail.rstrip(_CLOSED)
    if bare.endswith(("...", "…")):
        return _TRAILING_OFF.search(tail) is None
    return bare[-1:] in _ENDING


def is_prose(text: str) -> bool:
    """Whether `text` is long enough for a paragraph and ends as one."""
    if len(text) >= _PROSE_LENGTH:
        return ends_sentence(text)
    if len(text) * WIDE_FACTOR < _PROSE_LENGTH or text.isascii() or not ends_sentence(text):
        return False
    return len(_WIDE.findall(text)) * WIDE_FACTOR >= _PROSE_LENGTH


def is_title_like(text: str) -> bool:
    """Whether `text` could be a title: short, and not ending in a full stop."""
    return len(text) <= _TITLE_LENGTH and not text.endswith((".", ",", ";", ":", "…", "。"))


def is_long_title(text: str) -> bool:
    """Whether a title says so much that it is no label of a section or a button."""
    if len(text) >= _LONG and sum(not word[0].isdigit() for word in text.split()) >= _LONG_WORDS:
        return True
    return not text.isascii() and sum(char >= "\u2e80" for char in text) >= _LONG_WIDE
