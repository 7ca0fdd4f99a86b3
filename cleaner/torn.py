"""Lines that an extractor tore apart: which of them are pieces of one paragraph.

Extractors break lines at links and other elements inside a sentence. Whether one did that at all,
its dump as a whole tells: items of lists begin in lower case too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.joints import breaks_off, may_break_off
from cleaner.shape import WIDE_FACTOR, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.page import Block

__all__ = [
    "CLOSING", "LONE_QUOTE", "Tears", "goes_on", "is_elided", "is_half_a_sentence",
    "is_large_initial", "is_shifted", "is_suffix", "is_unspaced", "paragraph_at", "runs",
]  # fmt: skip

_CLOSING_WIDE = frozenset("、。，！？；：）」』】》")
CLOSING = frozenset(",.;:!?)]»”’…%") | _CLOSING_WIDE  # what no paragraph begins with
_OPENING = frozenset(",([«„‘、，（「『【《—–")  # what no paragraph ends with
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")  # scripts without spaces
_ENDS_WIDE = frozenset("をのがは的和与與是在")  # what no title or sentence of theirs ends with
_OPEN_END = _OPENING | _ENDS_WIDE
# A particle with the word it belongs to on the line above; before more of its kind it is a word.
_BEGINS_WIDE = re.compile(
    "を|[のがはへにでともや][^\u3041-\u309f]|から[^\u3041-\u309f]|まで[^\u3041-\u309f]|的"
)
# An article or a preposition that has lost its vowel to the word behind it: "selon l’".
_LONGEST_ELIDED = 10  # characters
_ELIDED = re.compile(
    r"(?:\A|[\s(«“])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|(?:d|n|s|qu)ell|all|dall|sull|un"
    r"|quest)['’]\Z",
    re.IGNORECASE,
)
_LONGEST_LINK = 60  # characters
_MOST_SPACES = 5  # of a link that begins with a capital
_LEAST_BEFORE_LINK = 40  # a shorter line may be a subhead,
_LEAST_WITHIN = 25  # or an item
_LEAST_TORN, _SURELY_TORN = 40, 3  # characters, lines: shorter and fewer ones may be of a list
_BEFORE_ITEMS = (":", ";")
_FEW = 4  # lines for a torn one
_FEWEST_GAPS, _MOSTLY = 3, 0.8  # blank lines, and their share below finished lines
_EVERYWHERE = 0.95  # of the lines have a blank one above them
_MARKS = frozenset(",.;:!?)")
_AFTER_CLOSING = frozenset(("", " ", '"', "'", "”", "’", "»"))
_QUOTES = frozenset("»”’…")  # some languages open with what others close with
_AFTER_QUOTE = frozenset((" ", ",", "."))  # where it closes: "” he said"
_TYPED_QUOTE = ",,"  # for „, as typed
LONE_QUOTE = "“"  # as a line: it opens in most languages, and what it closes stands above it
_FULL_STOPS = frozenset(".!?")
_DASHES = ("– ", "— ", "― ", "- ")
_QUOTING = frozenset("\"'“«")
_PARTING = frozenset(",;:")
_PARTING_WITHIN = frozenset(",;.»”)")
_LONGEST_LABEL = 50  # characters
_LEAD = re.compile(r"\d{1,2}[.)] \S.{0,58}[.!?:]\Z")  # "3. Put your feet on something."
_NUMBER = re.compile(r"\d{1,3}[.)]\Z")
_LONGEST_NUMBER = 4
_SHIFTED = frozenset("23₂²³")
_BEFORE_SHIFTED = re.compile(r"(?:\d\s?[ckdm]?m|\bCO)\Z")
_LONGEST_UNIT = 5  # characters


class Tears:
    """Where the kept lines of a dump are torn; `torn` is whether its extractor tore any."""

    def __init__(self, blocks: Sequence[Block]):
        self._blocks = blocks
        self._gaps = [block.gap for block in blocks]
        if _are_everywhere(self._gaps) and _goes_on_often(blocks):
            self._gaps = [False] * len(blocks)  # they part pieces as well, and tell nothing
        self._edged = _are_edges_telling(blocks)
        self.torn = self._edged or _is_torn(blocks, self._gaps)
        self._parted = self.torn and _is_parted(blocks, self._gaps)
        self._speakers = _speakers(blocks) if self.torn else frozenset()
        self._run = range(0)  # the lines to the next gap, as last looked at

    def is_piece(self, index: int) -> bool:
        """Whether a line goes on with the paragraph of the line above it."""
        blocks = self._blocks
        line, block = blocks[index - 1], blocks[index]
        if self._gaps[index] or not line.kept:
            return False
        more, ended = goes_on(block.text), ends_sentence(line.text)
        if _is_torn_apart(line.text, block.text, more, ended):
            return True
        if not self.torn or self._is_led(index) or line.text in self._speakers:
            return self.torn
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        goes_with = after is not None and after.kept and not self._gaps[index + 1]
        following = after.text if after and goes_with else ""
        edge = self._edged and block.edge and not ended
        if edge or _belongs(line.text, block.text, more, ended, following):
            return True
        if self._parted and ended:  # a link may begin the next sentence of a paragraph
            return following[:1] in _MARKS and len(block.text) < _LONGEST_LINK
        return self._parted and self._is_of_run(index)

    def _is_led(self, index: int) -> bool:
        """Whether a line is an item, its lead above it, which blank lines part from the others."""
        lead, item = self._blocks[index - 1].text, self._blocks[index].text
        led = self._gaps[index - 1] and _LEAD.match(lead) is not None
        return led and len(item) >= _LEAST_TORN and _LEAD.match(item) is None

    def _is_of_run(self, index: int) -> bool:
        """Whether the lines to the next gap end in a sentence that the line above may begin.

        Items of a list are no such run: they end alike.
        """
        blocks = self._blocks
        if blocks[index - 1].text.endswith(_BEFORE_ITEMS):
            return False
        if index not in self._run:
            end = index + 1
            while end < len(blocks) and not self._gaps[end]:
                end += 1
            self._run = range(index, end)
        last = blocks[self._run[-1]]
        return last.kept and ends_sentence(last.text)


def runs(blocks: Sequence[Block]) -> list[range]:
    """Return the paragraphs of a dump: where its extractor tore kept lines, several are one."""
    tears = Tears(blocks)
    if not tears.torn:
        return [range(index, index + 1) for index in range(len(blocks))]
    begins = [i for i, b in enumerate(blocks) if not (i and b.kept and tears.is_piece(i))]
    return [range(begin, end) for begin, end in pairwise([*begins, len(blocks)])]


def paragraph_at(blocks: Sequence[Block], run: range) -> Block:
    """Return the lines of a run as one block; spaces between them are as good as exact."""
    first = blocks[run.start]
    if len(run) == 1:
        return first
    return replace(first, text=" ".join([block.text for block in blocks[run.start : run.stop]]))


def _speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the names in capitals that several times introduce what is said: "JANE DOE:"."""
    counted = Counter(
        block.text
        for block in blocks
        if block.kept and block.text.endswith(":") and len(block.text) <= _LONGEST_LABEL
    )
    return frozenset(
        text for text, times in counted.items() if times > 1 and text.isupper() and " " in text
    )


def _are_everywhere(gaps: Sequence[bool]) -> bool:
    """Whether a blank line stands between nearly all lines."""
    return len(gaps) > _FEWEST_GAPS and sum(gaps) >= _EVERYWHERE * len(gaps)


def _goes_on_often(blocks: Sequence[Block]) -> bool:
    """Whether several lines only go on, one at least with a mark, as no paragraphs of a text do."""
    marked = others = 0
    for line, following in pairwise(blocks):
        if not following.kept:
            continue
        text = following.text
        if text[0] in _MARKS and text[1:2] in _AFTER_CLOSING:
            marked += 1
        elif text[0].islower() and is_half_a_sentence(line.text):
            others += 1
    return marked > 0 and marked + others >= _SURELY_TORN


def _are_edges_telling(blocks: Sequence[Block]) -> bool:
    """Whether blanks at line breaks are those of sentences that an extractor broke at elements.

    Most stand inside sentences then, and several before what only goes on.
    """
    edges = [
        (line.text, following.text)
        for line, following in pairwise(blocks)
        if following.edge and not following.gap and line.kept and following.kept
    ]
    inside = [following for line, following in edges if not ends_sentence(line)]
    more = sum(map(goes_on, inside))
    return more >= _SURELY_TORN and len(inside) >= _MOSTLY * len(edges)


def _is_torn(blocks: Sequence[Block], gaps: Sequence[bool]) -> bool:
    """Whether a dump's extractor broke lines inside sentences.

    A line that begins with what closes or parts words says so by itself; several have to go on in
    lower case, or a good part of the few that there are. Verses break off, too, but are short and
    begin with a capital.
    """
    torn = verses = 0  # lines
    for (line, following), gap in zip(pairwise(blocks), gaps[1:], strict=True):
        if gap or not (line.kept and following.kept):
            continue
        first, second = following.text[0], following.text[1:2]
        if first in CLOSING and (first in _CLOSING_WIDE or second in _AFTER_CLOSING):
            return True
        if len(following.text) >= _LEAST_TORN and _is_torn_apart(
            line.text, following.text, goes_on(following.text), ends_sentence(line.text)
        ):
            return True
        if _may_be_verse(line.text, following.text):
            verses += 1
            continue
        torn += _ends_open(line.text) or (
            following.text[0].islower() and is_half_a_sentence(line.text)
        )
        if torn == _SURELY_TORN:
            return True
    return 0 < sum(block.kept for block in blocks) <= _FEW * (torn + min(verses, 1))


def _may_be_verse(line: str, following: str) -> bool:
    return line[-1] == "," and len(line) < _LEAST_TORN and following[0].isupper()


def _is_parted(blocks: Sequence[Block], gaps: Sequence[bool]) -> bool:
    """Whether blank lines part the paragraphs of a torn dump: they stand below finished ones."""
    lines = zip(blocks, gaps[1:], strict=False)
    below = [gap for line, gap in lines if line.kept and ends_sentence(line.text)]
    return sum(below) >= max(_FEWEST_GAPS, _MOSTLY * len(below))


def _ends_open(text: str) -> bool:
    """Whether a line ends in a sign or a word that nothing ends with."""
    last = text[-1]
    if last in _OPEN_END:
        return True
    if last in "'’":
        return is_elided(text)
    if last == LONE_QUOTE:  # alone, or behind a space with no „ before it, it opens
        return len(text) == 1 or (text[-2] == " " and "„" not in text)
    return breaks_off(text)


def is_elided(text: str) -> bool:
    """Whether a line ends in a word that has lost its vowel to the next one: "selon l’"."""
    return text[-1] in "'’" and _ELIDED.search(text[-_LONGEST_ELIDED:]) is not None


def is_half_a_sentence(text: str) -> bool:
    """Whether a line is too long for an item of a list, and no finished sentence."""
    return len(text) >= _LEAST_TORN and text[-1] not in _BEFORE_ITEMS and not ends_sentence(text)


def _is_torn_apart(line: str, following: str, more: bool, ended: bool) -> bool:
    """Whether two lines are pieces of one sentence whatever the dump is like.

    They are where the second finishes in lower case what the first has begun: items of lists end
    alike. `more` is whether the second `goes_on`, `ended` whether the first is a finished sentence.
    """
    if more and not ended and line[-1] not in _PARTING and ends_sentence(following):
        return True
    return is_large_initial(line, following)


def is_large_initial(line: str, following: str) -> bool:
    """Whether a line is the large first letter of a text, set apart from its word."""
    return len(line) == 1 and line.isupper() and following[0].islower()


def _belongs(line: str, following: str, more: bool, ended: bool, after: str) -> bool:
    """Whether two lines of a torn dump are pieces of one paragraph; `after` is the next, if any.

    They are where the second goes on (`more`) with a sentence, or the first breaks off in one
    (`ended` says that it does not); and where the second is the text of a link, after which the
    line behind it goes on.
    """
    if more and not line.endswith(_BEFORE_ITEMS):
        if ended and following[0] in _QUOTES:
            return following[1:2] in _AFTER_QUOTE
        return True
    if _introduces(line, after) or _ends_open(line) or is_shifted(line, following):
        return True
    if ended or line[-1] == ":":
        return False
    # What a bracket holds as a whole may be initials, a credit.
    if following.startswith(_DASHES) or (following[0] == "(" and following[-1] != ")"):
        return True
    return after != "" and goes_on(after) and _goes_between(line, following, after)


def _goes_between(line: str, following: str, after: str) -> bool:
    """Whether a line stands inside a sentence, with one before it and one that goes on behind."""
    # A link that is a whole paragraph has no full stop outside of it.
    if after[0] in _FULL_STOPS and after[1:2] not in _FULL_STOPS and " " in line:
        return True
    return may_break_off(line) or _is_link(line, following, after)


def _is_link(line: str, following: str, after: str) -> bool:
    """Whether a line is as short as a link inside a sentence, and stands in one."""
    if following[0] in _QUOTING:
        return True
    scale = WIDE_FACTOR if is_unspaced(line[-1]) else 1
    if scale * len(following) >= _LONGEST_LINK:
        return False
    if following[0].isupper() and following.count(" ") > _MOST_SPACES:  # a sentence of its own
        return False
    if line[0] in _PARTING_WITHIN and after[0] != ":":  # "», said", "Jane Doe", ", who"
        return True
    if line[0].islower() and after[0] in _MARKS:  # "and her friend", "Jane Doe", ", who"
        return True
    # What goes on with a sentence is no subhead, and a number begins no paragraph.
    within = line[0].islower() or following[0].isdigit()
    return scale * len(line) > (_LEAST_WITHIN if within else _LEAST_BEFORE_LINK)


def is_suffix(text: str) -> bool:
    """Whether a line is what an apostrophe parts from a name: "'yı geçti", "'s house"."""
    return text[0] in "'’" and text[1:2].islower() and "'" not in text[1:_LONGEST_LINK]


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script that has no spaces."""
    return _UNSPACED.match(character) is not None


def is_shifted(line: str, following: str) -> bool:
    """Whether a line is a number that stands higher or lower than what it belongs to: "30 m²"."""
    return following in _SHIFTED and _BEFORE_SHIFTED.search(line[-_LONGEST_UNIT:]) is not None


def _introduces(line: str, after: str) -> bool:
    """Whether a line is a number, or one of several labels, set apart from what it belongs to."""
    if line.endswith(":"):  # "Light:", "Full sun.", "Water:", "Twice a week."
        return len(line) <= _LONGEST_LABEL and after.endswith(":") and len(after) <= _LONGEST_LABEL
    return len(line) <= _LONGEST_NUMBER and _NUMBER.match(line) is not None


def goes_on(text: str) -> bool:
    """Whether a line begins as none does: in lower case, with what closes or parts words."""
    first = text[0]
    if first.islower():
        return not text[1:2].isupper()
    if first in CLOSING:
        return not text.startswith(_TYPED_QUOTE)
    return is_suffix(text) if first.isascii() else _BEGINS_WIDE.match(text) is not None
