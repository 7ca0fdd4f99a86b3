"""What a line looks like: a sentence, prose, a title."""

from __future__ import annotations

import re

__all__ = ["ends_sentence", "is_prose", "is_title_like"]

# A sentence's end, with the quotes and brackets that may close after it, in most scripts.
_SENTENCE_END = re.compile(r"[.!?。！？｡؟۔।॥።…][\"'”’»“‘)\]）」』›]*\Z")
_TRAILING_OFF = re.compile(r"(?:…|\.\.\.)[\"'”’»)\]]*\Z")
_PROSE_LENGTH = 80
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # one letter says what three do
_TITLE_LENGTH = 250


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a finished sentence does; trailing off ("…") is not finished."""
    tail = text[-6:]
    if tail[-1:].isalnum():  # most headings and links, dismissed without a search
        return False
    return _SENTENCE_END.search(tail) is not None and _TRAILING_OFF.search(tail) is None


def is_prose(text: str) -> bool:
    """Whether `text` is long enough for a paragraph and ends as one."""
    if not ends_sentence(text):
        return False
    return len(text) >= _PROSE_LENGTH or len(_WIDE.findall(text)) * 3 >= _PROSE_LENGTH


def is_title_like(text: str) -> bool:
    """Whether `text` could be a title: short, and not ending in a full stop."""
    return len(text) <= _TITLE_LENGTH and not text.endswith((".", ",", ";", ":", "…", "。"))
