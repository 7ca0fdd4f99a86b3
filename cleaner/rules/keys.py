"""What a line is compared and looked up by."""

from __future__ import annotations

import re

__all__ = ["BULLETS", "TAIL", "beginning", "ending", "first_word", "key"]

_TOKEN = re.compile(r"\w+|©")  # what a line is looked up by
_TAIL_LOOKED_AT = 60
# A number is a word of its own even where letters touch it: "3h", "3時間前", "約3分".
_BEGINNING = re.compile(r"[^\w©]*([^\W\d]+|\d+|©)[ ]*([^\W\d]+|\d+|[^\w\s])?")
# Bullets, and the pictures that stand for them.
_HEAD = " *-←‹•·・>|►▶▷→▸»▪●○■□◆◇▲△▼▽★☆※☞◀+✅✔☑📲👉➡📧🔔🎧🎥📺📷📸🔴🟢⚡💬📰📩📱🔗👇📌\ufe0f"
TAIL = " .。:!…>|→›▸►"
BULLETS = _HEAD.replace("|", "")  # in a phrase | means something


def key(folded: str) -> str:
    """Return what of a folded line is compared: no bullet in front, no punctuation behind."""
    if folded[:1].isalnum() and folded[-1].isalnum():  # nothing to take off, as in most titles
        return folded
    return folded.strip(_HEAD).rstrip(TAIL)


def beginning(folded: str, start: int = 0) -> tuple[str, str]:
    """Return what a line is looked up by: its first word, and the word or mark that follows.

    Either is "" where there is none. "#" stands for a number: there may be no space beside it.
    """
    match = _BEGINNING.match(folded, start)
    if match is None:
        return "", ""
    return _look_up(match[1]), _look_up(match[2] or "")


def first_word(key: str) -> str:
    """Return the first word alone of what a line is looked up by."""
    word = key.partition(" ")[0]
    return word if word.isalpha() else beginning(key)[0]


def ending(key: str) -> str:
    """Return what a line is looked up by from its end: its last word, "" for none."""
    word = key.rpartition(" ")[2][-_TAIL_LOOKED_AT:]
    if word.isalnum():
        return "#" if word.isdigit() else word
    words = _TOKEN.findall(word)
    if not words:  # a dash or a bullet behind the last one
        words = _TOKEN.findall(key[-_TAIL_LOOKED_AT:])
    return _look_up(words[-1]) if words else ""


def _look_up(word: str) -> str:
    return "#" if word.isdigit() else word
