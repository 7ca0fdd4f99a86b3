"""Titles: what a page's title says once the site's name, markup and remains of encodings are off.

A title such as "Storm hits coast - Weather | The Daily Post" has parts. Which of them is the
headline is told by what else is known: the site's names, and other statements of the headline.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from cleaner.normalize import normal

__all__ = ["Sites", "is_cut_short", "plain_title", "title_key", "variants", "without_site"]

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SEPARATOR = re.compile(
    r"\s+[|\-–—·•:»«/>~›⋆*]+\s+|\s*[|｜│ㅣ]\s*|--|__|(?<=[^\x00-\x7f])[_-](?=[^\x00-\x7f])"
)
_BAR = re.compile("[|｜│ㅣ]")
_SITE_JOINT = "-–—|:：_（(＿ "
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\Z")
_WORD = re.compile(r"\w+")
_LEAST_OF_NAME = 4  # characters: shorter words are contained in others by chance
_LEAST_INITIALS, _MOST_INITIALS = 3, 5
_MOST_PARTS = 8
_LONGEST = 1000  # characters of a title that are compared
_LONGEST_NAME = 40
_LEAST_WORDS = 3
_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob in".split())
_PAYWALL = re.compile(r"\A\((?:[A-Z]?\+|Plus|Abo|Premium)\)\s+")  # "(S+) What comes next"
_SOURCE = re.compile(r"（[^（）]{2,20}）\Z")


def plain_title(text: str) -> str:
    """Return `text` without markup and entities, even doubly escaped, and the mark of a paywall."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    text = normal(text)
    return _PAYWALL.sub("", text) if text.startswith("(") else text


@lru_cache(maxsize=512)
def title_key(text: str) -> str:
    """Return what of a title counts when two are compared: its words."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text[:_LONGEST]).lower()))


def is_cut_short(text: str) -> bool:
    """Whether a title trails off ("Storm hits coast and …")."""
    return _ELLIPSIS.search(text) is not None


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text.lower())).replace("_", "")


class Sites:
    """The names that a site goes by: those it states, and those in its host."""

    def __init__(self, names: list[str], host: str = ""):
        self._names = {key for name in names for key in _name_keys(name)}
        labels = host.lower().removeprefix("www.").split(".")
        if len(labels) > 1:
            self._names |= {_squeezed(host.removeprefix("www.")), _squeezed(".".join(labels[-2:]))}
            del labels[-1]
        while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            del labels[-1]
        self._host = {_squeezed(label) for label in labels[-1:] if label}
        self._names |= self._host
        self._names.discard("")
        # A short name ("CBC") counts as a word of its own, in "CBC News".
        self._words = {name for name in self._names if 2 < len(name) < _LEAST_OF_NAME}
        self._long = tuple(name for name in self._names if len(name) > _LEAST_OF_NAME)

    def named_by(self, text: str) -> bool:
        """Whether `text`, part of a title or a statement of an author, names the site itself."""
        key = _squeezed(text)
        if key in self._names or not self._words.isdisjoint(text.lower().split()):
            return True
        if len(key) < _LEAST_OF_NAME:
            return False
        return any(
            len(name) >= _LEAST_OF_NAME and (name in key or key in name) for name in self._names
        )

    def begins(self, text: str) -> bool:
        """Whether `text` begins with one of the site's longer names."""
        return _squeezed(text).startswith(self._long)

    def abbreviated_by(self, text: str) -> bool:
        """Whether `text` is capitals that stand in this order in one of the site's names."""
        few = _LEAST_INITIALS <= len(text) <= _MOST_INITIALS
        if not (few and text.isupper() and text.isalpha()):
            return False
        letters = text.lower()
        return any(name[0] == letters[0] and _in_order(letters, name) for name in self._names)

    def is_exactly(self, text: str) -> bool:
        """Whether `text` is one of the site's names and nothing else."""
        return _squeezed(text) in self._names


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)


def _name_keys(name: str) -> set[str]:
    """Return the keys of a site's name, and of its first part ("The Post | News you trust")."""
    first = _SEPARATOR.split(name, maxsplit=1)[0]
    return {_squeezed(name), _squeezed(first)}


def _spans(title: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SEPARATOR.finditer(title):
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < len(title):
        spans.append((start, len(title)))
    return spans


def without_site(title: str, sites: Sites) -> str:
    """Return `title` without the site's name at its ends, "" where it is nothing else.

    A part that merely contains the name counts as the name only if more text is left than cut.
    """
    title = _without_glued_site(title, sites)
    spans = _spans(title)
    if not spans:
        return ""
    if len(spans) == 1:
        return "" if sites.is_exactly(title) else title
    first, last = 0, len(spans) - 1
    while last > first and _is_name(title, spans, last, first, sites):
        last -= 1
    while first < last and _is_name(title, spans, first, last, sites):
        first += 1
    rest = _before_bars(title[spans[first][0] : spans[last][1]])
    return "" if first == last and sites.is_exactly(rest) else rest


def _before_bars(title: str) -> str:
    """Return what stands before the first bar, if that is most of it: sections stand behind."""
    parts = _BAR.split(title)
    first = parts[0].strip()
    if len(parts) == 1 or any(len(part) > len(first) for part in parts[1:]):
        return title
    return first if len(first.split()) >= _LEAST_WORDS or not first.isascii() else title


def _without_glued_site(title: str, sites: Sites) -> str:
    """Cut the site's name off the end where only a colon or a hyphen sets it apart."""
    for at in range(len(title) - 2, max(0, len(title) - _LONGEST_NAME), -1):
        if title[at] in "-–—:：_＿ㅣ" and sites.is_exactly(title[at + 1 :]):
            return title[:at].rstrip(_SITE_JOINT)
    return title


def _is_name(title: str, spans: list[tuple[int, int]], at: int, to: int, sites: Sites) -> bool:
    """Whether the outer part `at` is the site's name rather than part of the headline."""
    part = title[spans[at][0] : spans[at][1]]
    if sites.is_exactly(part):
        return True
    low, high = (at + 1, to) if at < to else (to, at - 1)
    if at > to and len(part) <= _LONGEST_NAME and sites.begins(part):
        return True
    rest = spans[high][1] - spans[low][0]
    return len(part) < rest and sites.named_by(part)


def variants(title: str) -> list[str]:
    """Return every run of the title's parts but the whole, longest first.

    A Japanese portal puts the source of a report behind its title in brackets: a part as well.
    """
    spans = _spans(title)[:_MOST_PARTS]
    count = len(spans)
    source = _SOURCE.search(title)
    sourceless = [] if source is None else [title[: source.start()]]
    return sourceless + [
        title[spans[i][0] : spans[i + length - 1][1]]
        for length in range(count - 1, 0, -1)
        for i in range(count - length + 1)
    ]
