"""Lines that a tool broke at a width, as lynx, w3m, mail programs and e-papers do: whole again.

Tools fill a line with words until the next one would not fit (first-fit filling). So a dump is
wrapped where nearly every line that is no finished sentence is full in this sense, and a line goes
on below where it is full.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unwrapped"]

_NARROWEST, _WIDEST = 25, 100  # columns
_ALL_BUT, _MORE = 0.95, 5  # of the lines that go on are no longer than the width, give or take few
_MOST_BEYOND = 0.15  # of the text stands in lines beyond it, as what is above columns
_FEWEST, _FULL = 5, 0.85  # lines that go on, and the share of them that are full
_FILLED = (1.0, 0.86)  # of the width, by columns; where letters are not of one width, by less
_LONG = 0.6  # of the width: a shorter line says nothing of where lines break
_WITHIN = 0.35  # of the full lines go on in lower case: those of a list begin alike
_BULLET = re.compile(r"(?:[-*+•·▪◦–—>#|]|\d{1,3}[.)])\s")
_SENTENCE_END = frozenset('.!?…:"”’»“)]。！？」』')
_COMPOUND = re.compile(r"(?<![\w-])\w++(?:-\w++)+")
_PUNCTUATION = ".,;:!?)”"
_SOFT_HYPHEN = "\u00ad"
_HYPHENATED = 0.03  # of the full lines end in a hyphen where words are hyphenated
_FEWEST_HYPHENS = 3


def unwrapped(numbered: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return lines, each with its number; those that a tool broke are one again."""
    lines = [line for _, line in numbered]
    width = _width(lines)
    if width is None:
        return list(numbered)
    # Words that have a hyphen within a line, where words are hyphenated at the ends of lines.
    compounds = _COMPOUND.findall("\n".join(lines)) if _is_hyphenated(lines, width) else None
    own = None if compounds is None else frozenset(compounds)
    whole = list(numbered[:1])
    for (_, line), (number, following) in pairwise(numbered):
        if _goes_on(line, following, width):
            first, text = whole[-1]
            whole[-1] = first, _joined(text, following.strip(), own)
        else:
            whole.append((number, following))
    return whole


class _Width(NamedTuple):
    """How many columns a line has at most, and how many of them make it full."""

    most: int
    full: float


def _width(lines: Sequence[str]) -> _Width | None:
    """Return the columns that a dump is wrapped at, None for one that is not."""
    lengths = [len(line) for line in lines if "://" not in line]  # addresses are never broken
    if len(lengths) < _FEWEST or _beyond(_WIDEST, lengths) > _MOST_BEYOND:
        return None
    going_on = [(line, after) for line, after in pairwise(lines) if _may_go_on(line, after)]
    if len(going_on) < _FEWEST:
        return None
    columns = sorted(_columns(line) for line, _ in going_on)
    most = columns[int(_ALL_BUT * (len(columns) - 1))] + _MORE
    widest = max(n for n in columns if n <= most)
    if widest < _NARROWEST or _beyond(widest, lengths) > _MOST_BEYOND:
        return None
    long = [(line, after) for line, after in going_on if _columns(line) >= _LONG * widest]
    for share in _FILLED:
        full = [after.lstrip() for line, after in long if _is_full(line, after, share * widest)]
        within = sum(after[0].islower() or _is_wide(after[0]) for after in full)
        if len(full) >= max(_FEWEST, _FULL * len(long)) and within >= _WITHIN * len(full):
            return _Width(widest, share * widest)
    return None


def _beyond(width: int, lengths: Sequence[int]) -> float:
    """Return the share of the text that stands in lines longer than a width."""
    return sum([n for n in lengths if n > width]) / max(1, sum(lengths))


def _may_go_on(line: str, after: str) -> bool:
    """Whether a line is no finished sentence, and the next neither blank nor an item of a list."""
    line = line.rstrip()
    if not line or line[-1] in _SENTENCE_END or "://" in line:
        return False
    return bool(after) and not after.isspace() and not _is_item(line, after)


def _goes_on(line: str, after: str, width: _Width) -> bool:
    if _is_item(line, after) or not (_has_words(line) and _has_words(after)):
        return False
    if _is_address(line) or _is_address(after) or _columns(line) > width.most:
        return False
    return _is_full(line, after, width.full) or _is_of_title(line, after)


def _is_item(line: str, after: str) -> bool:
    """Whether an item of a list begins below a line; in a sentence, a number is none."""
    bullet = _BULLET.match(after.lstrip())
    if bullet is None or not bullet[0][0].isdigit():
        return bullet is not None
    finished = not line.strip() or line.rstrip()[-1] in _SENTENCE_END
    return finished or _BULLET.match(line.lstrip()) is not None


def _is_of_title(line: str, after: str) -> bool:
    """Whether a line goes on in lower case with a title, whose larger letters fill lines sooner."""
    begun = line.rstrip()[-1].isalpha() and len(line.split()) > 1
    return begun and after.lstrip()[0].islower() and after.rstrip()[-1].isalnum()


def _has_words(line: str) -> bool:
    return any(map(str.isalnum, line))


def _is_address(line: str) -> bool:
    """Whether a line is no more than an address, of the web or of mail."""
    alone = " " not in line.strip() and "](" not in line
    return alone and ("@" in line or "://" in line)


def _is_full(line: str, after: str, width: float) -> bool:
    """Whether the first word of the next line would not fit on a line of so many columns."""
    line = line.rstrip()
    after = after.lstrip()
    if not line or not after:
        return False
    if _is_wide(line[-1]) and _is_wide(after[0]):  # no spaces: a letter is a word
        return _columns(line) + 2 > width - 2  # what must not begin a line goes with the last
    return _columns(line) + 1 + _columns(after.split(None, 1)[0]) > width


def _columns(text: str) -> int:
    """Return how wide a text is: letters of East Asia take two columns."""
    text = text.rstrip()
    return len(text) if text.isascii() else len(text) + sum(map(_is_wide, text))


def _is_wide(char: str) -> bool:
    return char >= "\u1100" and east_asian_width(char) in "WF"


def _is_hyphenated(lines: Sequence[str], width: _Width) -> bool:
    """Whether words are hyphenated at the ends of lines, not only broken at hyphens they have."""
    full = [line for line, after in pairwise(lines) if _goes_on(line, after, width)]
    ends = sum(line.rstrip().endswith("-") and line.rstrip()[-2:-1].islower() for line in full)
    return ends >= max(_FEWEST_HYPHENS, _HYPHENATED * len(full))


def _joined(line: str, following: str, own: frozenset[str] | None) -> str:
    """Join two lines; `own` are the words that have a hyphen of their own, None for all."""
    line = line.rstrip()
    if line.endswith(_SOFT_HYPHEN):
        return line[:-1] + following
    if line.endswith("-") and line[-2:-1].isalpha() and following[0].isalpha():
        word = line.rpartition(" ")[2] + following.partition(" ")[0].rstrip(_PUNCTUATION)
        broken = line[-2].islower() and following[0].islower()
        kept = own is None or not broken or word in own
        return (line if kept else line[:-1]) + following
    wide = line[-1:] and _is_wide(line[-1]) and _is_wide(following[0])
    return f"{line}{'' if wide else ' '}{following}"
