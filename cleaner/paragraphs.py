"""The kept blocks of a page → the paragraphs of the body.

A block is a paragraph, with two exceptions: the short cells of a table's row are one, and so are
the lines of a dump that its extractor broke at a link or at another element inside a sentence.
Whether it did that at all, the dump as a whole tells: items of lists begin in lower case too.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.joints import breaks_off
from cleaner.page import Kind
from cleaner.shape import WIDE_FACTOR, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Block, Box, Page

__all__ = ["paragraphs"]

_LONGEST_CELL = 120  # characters: a longer one is a paragraph of a page laid out in tables
_BETWEEN_CELLS = " | "
_CLOSING_WIDE = frozenset("、。，！？；：）」』】》")
_CLOSING = frozenset(",.;:!?)]»”’…%") | _CLOSING_WIDE  # what no paragraph begins with
_OPENING = frozenset(",([«„‘、，（「『【《")  # what no paragraph ends with
_NO_SPACE_BEFORE = _CLOSING - frozenset("…")
_NO_SPACE_AFTER = frozenset("([«„‘")
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")  # scripts without spaces
_ENDS_WIDE = frozenset("をのがは的和与與是在")  # what no title or sentence of theirs ends with
# A particle with the word it belongs to on the line above; before more of its kind it is a word.
_BEGINS_WIDE = re.compile(
    "を|[のがはへにでともや][^\u3041-\u309f]|から[^\u3041-\u309f]|まで[^\u3041-\u309f]|的"
)
_LONGEST_LINK = 60  # characters
_LEAST_BEFORE_LINK = 40  # a shorter line may be a subhead
_LEAST_TORN, _SURELY_TORN = 40, 3  # characters, lines: shorter and fewer ones may be of a list
_BEFORE_ITEMS = (":", ";")
_FEW = 4  # lines for a torn one
_AFTER_CLOSING = frozenset(("", " ", '"', "'", "”", "’", "»"))
_QUOTES = frozenset("»”’…")  # some languages open with what others close with
_DASHES = ("– ", "— ", "― ", "- ")
_QUOTING = frozenset("\"'“«")
_PARTING = frozenset(",;:")
_LONGEST_LABEL = 50  # characters
_NUMBER = re.compile(r"\d{1,3}[.)]\Z")


def paragraphs(page: Page) -> Iterator[str]:
    """Yield the paragraphs of the body in order."""
    yield from _rejoined(page) if page.document == "text" else _rows(page)


def _rows(page: Page) -> Iterator[str]:
    row: list[str] = []
    around: Box | None = None
    cell: Box | None = None
    for block in page.kept():
        markup = block.markup
        short = block.kind is Kind.CELL and len(block.text) <= _LONGEST_CELL
        above = markup.box.parent if short and markup is not None else None
        before, cell = cell, None if markup is None else markup.box
        if cell is before:  # paragraphs of a page laid out in tables
            above = None
        if above is None or above is not around:
            if row:
                yield _BETWEEN_CELLS.join(row)
            row, around = [], above
        if above is None:
            yield block.text
        else:
            row.append(block.text)
    if row:
        yield _BETWEEN_CELLS.join(row)


def _rejoined(page: Page) -> Iterator[str]:
    blocks = page.blocks
    torn = _is_torn(blocks)
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if not block.kept:
            continue
        text = block.text
        if parts and _is_piece(blocks, index, torn):
            parts += [" ", text] if _is_spaced(parts[-1], text) else [text]
            continue
        if parts:
            yield "".join(parts)
        parts = [text]
    if parts:
        yield "".join(parts)


def _is_piece(blocks: list[Block], index: int, torn: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    line, block = blocks[index - 1], blocks[index]
    if block.gap or not line.kept:
        return False
    if _is_torn_apart(line.text, block.text):
        return True
    if not torn:
        return False
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    goes_with = after is not None and after.kept and not after.gap
    return _belongs(line.text, block.text, after.text if after and goes_with else "")


def _is_spaced(line: str, following: str) -> bool:
    """Whether a space belongs between two pieces of a paragraph."""
    if following[0] in _NO_SPACE_BEFORE or line[-1] in _NO_SPACE_AFTER:
        return False
    if _UNSPACED.match(line[-1]) is not None or _UNSPACED.match(following) is not None:
        return False
    return not _is_large_initial(line, following)


def _is_torn(blocks: list[Block]) -> bool:
    """Whether a dump's extractor broke lines inside sentences.

    A line that begins with what closes or parts words says so by itself; several have to go on in
    lower case, or a good part of the few that there are.
    """
    torn = 0
    for line, following in pairwise(blocks):
        if following.gap or not (line.kept and following.kept):
            continue
        first, second = following.text[0], following.text[1:2]
        if first in _CLOSING and (first in _CLOSING_WIDE or second in _AFTER_CLOSING):
            return True
        if len(following.text) >= _LEAST_TORN and _is_torn_apart(line.text, following.text):
            return True
        torn += _ends_open(line.text) or (
            following.text[0].islower() and _is_half_a_sentence(line.text)
        )
    return torn >= _SURELY_TORN or 0 < sum(block.kept for block in blocks) <= _FEW * torn


def _ends_open(text: str) -> bool:
    """Whether a line ends in a sign or a word that nothing ends with."""
    return text[-1] in _OPENING or text[-1] in _ENDS_WIDE or breaks_off(text)


def _is_half_a_sentence(text: str) -> bool:
    """Whether a line is too long for an item of a list, and no finished sentence."""
    return len(text) >= _LEAST_TORN and text[-1] not in _BEFORE_ITEMS and not ends_sentence(text)


def _is_torn_apart(line: str, following: str) -> bool:
    """Whether two lines are pieces of one sentence whatever the dump is like.

    They are where the second finishes in lower case what the first has begun: items of lists end
    alike.
    """
    if _is_large_initial(line, following):
        return True
    begun = line[-1] not in _PARTING and not ends_sentence(line)
    return begun and _goes_on(following) and ends_sentence(following)


def _is_large_initial(line: str, following: str) -> bool:
    """Whether a line is the large first letter of a text, set apart from its word."""
    return len(line) == 1 and line.isupper() and following[0].islower()


def _belongs(line: str, following: str, after: str) -> bool:
    """Whether two lines of a torn dump are pieces of one paragraph; `after` is the next, if any.

    They are where the second goes on with a sentence, or the first breaks off in one; and where
    the second is the text of a link, after which the line behind it goes on.
    """
    if _goes_on(following) and not line.endswith(_BEFORE_ITEMS):
        return following[0] not in _QUOTES or not ends_sentence(line)
    if _introduces(line, after):
        return True
    if line.endswith(":") or ends_sentence(line):
        return False
    if _ends_open(line) or following.startswith(_DASHES):
        return True
    if following[0] == "(" and following[-1] != ")":  # else it may be initials, a credit
        return True
    scale = WIDE_FACTOR if _UNSPACED.match(line[-1]) is not None else 1
    is_link = scale * len(line) > _LEAST_BEFORE_LINK and scale * len(following) < _LONGEST_LINK
    return (is_link or following[0] in _QUOTING) and after != "" and _goes_on(after)


def _introduces(line: str, after: str) -> bool:
    """Whether a line is a number, or one of several labels, set apart from what it belongs to."""
    if line.endswith(":"):  # "Light:", "Full sun.", "Water:", "Twice a week."
        return len(line) <= _LONGEST_LABEL and after.endswith(":") and len(after) <= _LONGEST_LABEL
    return _NUMBER.match(line) is not None


def _goes_on(text: str) -> bool:
    if text[0].islower():
        return not text[1:2].isupper()
    return text[0] in _CLOSING or _BEGINS_WIDE.match(text) is not None
