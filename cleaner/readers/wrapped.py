"""Lines that a tool broke at a width, as terminal browsers, mails and PDFs are: whole again.

Tools fill a line with words until the next one would not fit (first-fit filling). So a dump is
wrapped where nearly every line that is no finished sentence is full in this sense, and a line goes
on below where it is full. Titles of one length, verses and lists are no such text: sentences end
within its lines, and lines begin within its sentences.
"""

from __future__ import annotations

import re
from itertools import compress, pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from cleaner.shape import is_long_title
from cleaner.torn import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LINE_END", "unwrapped"]

_NARROWEST, _WIDEST = 25, 100  # columns
_ALL_BUT, _MORE = 0.95, 5  # of the lines that go on are no longer than the width, give or take few
_MOST_BEYOND = 0.15  # of the text stands in lines beyond it, as what is above columns
_FEWEST, _FULL = 5, 0.85  # lines that go on, and the share of them that are full
# Of the width, by columns; where letters are not of one width, by less, and with more lines.
_FILLED = ((1.0, _FEWEST), (0.86, 10))
_LONG = 0.6  # of the width: a shorter line says nothing of where lines break
_WITHIN = 0.35  # of the full lines go on in lower case
_FEWEST_ENDS, _ENDS = 2, 0.12  # sentences that end within lines, for each full one
_SLACK = 2  # columns: what must not begin a line goes with the last
_BULLET = re.compile(r"(?:[-*+•·▪◦–—>#|]|\d{1,3}[.)])\s")
_FIELD = re.compile(r"[A-Z][\w-]{1,20}: ")  # as in the header of a mail
_END_WITHIN = re.compile(r"[.!?…][\"'”’»)]*\s+[\"'“‘«(]*[^\W\d_a-zß-öø-ÿ]|[。！？][^」』）\s]")
LINE_END = frozenset(
    '.!?…:"”’»“)]。！？」』'
)  # of lines that may be finished: quotes close or open
_COMPOUND = re.compile(r"(?<![\w-])\w++(?:-\w++)+")
_PUNCTUATION = ".,;:!?)”"
_SOFT_HYPHEN = "\u00ad"
_HYPHENATED = 0.03  # of the full lines end in a hyphen where words are hyphenated
_FEWEST_HYPHENS = 3
# Behind these words the rest of a compound follows: "Bus-" and "und Bahnverkehr".
_JOINTS = frozenset(
    "und oder bzw bzw. sowie bis wie en of och eller og and or to e ed o y u ja tai i a lub".split()
)


def unwrapped(numbered: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return lines, each with its number; those that a tool broke are one again."""
    lines = [line for _, line in numbered]
    width = _width(lines)
    if width is None:
        return list(numbered)
    full = [_goes_on(line, following, width) for line, following in pairwise(lines)]
    # Words that have a hyphen within a line, where words are hyphenated at the ends of lines.
    hyphenated = _is_hyphenated(list(compress(lines, full)))
    compounds = _COMPOUND.findall("\n".join(lines)) if hyphenated else None
    own = None if compounds is None else frozenset(compounds)
    whole: list[tuple[int, list[str]]] = [(number, [line]) for number, line in numbered[:1]]
    begun = False  # whether a text has: titles stand above it
    for goes_on, line, (number, following) in zip(full, lines, numbered[1:], strict=False):
        pieces = whole[-1][1]
        if goes_on:
            begun = True
        elif begun or not _is_of_title(line, following):
            whole.append((number, [following]))
            continue
        pieces[-1], joint = _joint(pieces[-1].rstrip(), following.strip(), own)
        pieces += [joint, following.strip()]
    return [(number, "".join(pieces)) for number, pieces in whole]


class _Width(NamedTuple):
    """How many columns a line has at most, and how many of them make it full."""

    most: int
    full: float


def _width(lines: Sequence[str]) -> _Width | None:
    """Return the columns that a dump is wrapped at, None for one that is not."""
    said = [line for line in lines if "://" not in line]  # addresses are never broken
    if len(said) < _FEWEST or _beyond(_WIDEST, list(map(len, said))) > _MOST_BEYOND:
        return None
    going_on = [(line, after) for line, after in pairwise(lines) if _may_go_on(line, after)]
    if len(going_on) < _FEWEST:
        return None
    columns = sorted(_columns(line) for line, _ in going_on)
    most = columns[int(_ALL_BUT * (len(columns) - 1))] + _MORE
    widest = max(n for n in columns if n <= most)
    if widest < _NARROWEST or _beyond(widest, list(map(_columns, said))) > _MOST_BEYOND:
        return None
    long = [(line, after) for line, after in going_on if _columns(line) >= _LONG * widest]
    ends = sum(_END_WITHIN.search(line.strip()) is not None for line in said)
    for share, fewest in _FILLED:
        full = [(line, after) for line, after in long if _is_full(line, after, share * widest)]
        enough = len(full) >= max(fewest, _FULL * len(long))
        if enough and ends >= max(_FEWEST_ENDS, _ENDS * len(full)) and _goes_on_within(full):
            return _Width(widest, share * widest)
    return None


def _goes_on_within(full: Sequence[tuple[str, str]]) -> bool:
    """Whether the lines below full ones begin within sentences: those of a list begin alike."""
    begun = [after.lstrip()[0] for _, after in full]
    within = sum(first.isalpha() and not first.isupper() for first in begun)  # or has no capital
    return within >= _WITHIN * len(full)


def _beyond(width: int, lengths: Sequence[int]) -> float:
    """Return the share of the text that stands in lines longer than a width."""
    return sum([n for n in lengths if n > width]) / max(1, sum(lengths))


def _may_go_on(line: str, after: str) -> bool:
    """Whether a line is no finished sentence, and the next neither blank nor an item of a list."""
    line = line.rstrip()
    if not line or line[-1] in LINE_END or "://" in line:
        return False
    return bool(after) and not after.isspace() and not _is_item(line, after)


def _goes_on(line: str, after: str, width: _Width) -> bool:
    if _is_item(line, after) or not (_has_words(line) and _has_words(after)):
        return False
    if _is_address(line) or _is_address(after) or _FIELD.match(after) is not None:
        return False
    return _columns(line) <= width.most and _is_full(line, after, width.full)


def _is_item(line: str, after: str) -> bool:
    """Whether an item of a list begins below a line; in a sentence, a number is none."""
    bullet = _BULLET.match(after.lstrip())
    if bullet is None or not bullet[0][0].isdigit():
        return bullet is not None
    finished = not line.strip() or line.rstrip()[-1] in LINE_END
    return finished or _BULLET.match(line.lstrip()) is not None


def _is_of_title(line: str, after: str) -> bool:
    """Whether a title goes on in lower case, whose larger letters fill a line sooner."""
    line, after = line.strip(), after.strip()
    return is_long_title(line) and line[-1].isalpha() and after[:1].islower() and len(after) > 1


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
    if is_unspaced(line[-1]) and is_unspaced(after[0]):  # a letter is a word
        return _columns(line) + 2 > width - _SLACK
    return _columns(line) + 1 + _columns(after.split(None, 1)[0]) > width


def _columns(text: str) -> int:
    """Return how wide a text is: letters of East Asia take two columns."""
    text = text.rstrip()
    return len(text) if text.isascii() else len(text) + sum(map(_is_wide, text))


def _is_wide(char: str) -> bool:
    return char >= "\u1100" and east_asian_width(char) in "WF"


def _is_hyphenated(full: Sequence[str]) -> bool:
    """Whether words are hyphenated at the ends of full lines, not only broken at own hyphens."""
    ends = sum(line.rstrip().endswith("-") and line.rstrip()[-2:-1].islower() for line in full)
    return ends >= max(_FEWEST_HYPHENS, _HYPHENATED * len(full))


def _joint(line: str, following: str, own: frozenset[str] | None) -> tuple[str, str]:
    """Return a line as it is joined to the next, and what comes between.

    `own` are the words that have a hyphen of their own, None for all.
    """
    if line.endswith(_SOFT_HYPHEN):
        return line[:-1], ""
    if line.endswith("-") and line[-2:-1].isalpha() and following[0].isalpha():
        if following.partition(" ")[0] in _JOINTS:
            return line, " "
        word = line.rpartition(" ")[2] + following.partition(" ")[0].rstrip(_PUNCTUATION)
        broken = line[-2].islower() and following[0].islower()
        kept = own is None or not broken or word in own
        return (line if kept else line[:-1]), ""
    return line, "" if is_unspaced(line[-1:]) and is_unspaced(following[0]) else " "
