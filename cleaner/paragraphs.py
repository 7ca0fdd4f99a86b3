"""The kept blocks of a page → the paragraphs of the body.

A block is a paragraph, with two exceptions: the short cells of a table's row are one, and so are
the lines of a dump that its extractor broke at a link or at another element inside a sentence.
Whether it did that at all, the dump as a whole tells: items of lists begin in lower case too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.joints import breaks_off
from cleaner.page import Kind
from cleaner.shape import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Block, Box, Page

__all__ = ["paragraphs"]

_LONGEST_CELL = 120  # characters: a longer one is a paragraph of a page laid out in tables
_BETWEEN_CELLS = " | "
_CLOSING = frozenset(",.;:!?)]»”’…%")  # what no paragraph begins with
_OPENING = frozenset(",([«„‘")  # what no paragraph ends with
_NO_SPACE_BEFORE = _CLOSING - frozenset("…")
_NO_SPACE_AFTER = frozenset("([«„‘")
_LONGEST_LINK = 60  # characters
_LEAST_BEFORE_LINK = 40  # a shorter line may be a subhead
_LEAST_TORN, _SURELY_TORN = 40, 3  # characters, lines: shorter and fewer ones may be of a list
_BEFORE_ITEMS = (":", ";")
_FEW = 4  # lines for a torn one
_AFTER_CLOSING = frozenset(("", " ", '"', "'", "”", "’", "»"))
_QUOTES = frozenset("»”’…")  # some languages open with what others close with
_DASHES = ("– ", "— ")


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
    broken = _is_torn(blocks)
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if not block.kept:
            continue
        text = block.text
        if parts and broken and _belongs(blocks[index - 1], block, blocks[index + 1 : index + 2]):
            apart = text[0] not in _NO_SPACE_BEFORE and parts[-1][-1] not in _NO_SPACE_AFTER
            parts += [" ", text] if apart else [text]
            continue
        if parts:
            yield "".join(parts)
        parts = [text]
    if parts:
        yield "".join(parts)


def _is_torn(blocks: list[Block]) -> bool:
    """Whether a dump's extractor broke lines inside sentences.

    A line that begins with what closes or parts words says so by itself; several have to go on in
    lower case, or a good part of the few that there are.
    """
    torn = 0
    for line, following in pairwise(blocks):
        if following.gap or not (line.kept and following.kept):
            continue
        if following.text[0] in _CLOSING and following.text[1:2] in _AFTER_CLOSING:
            return True
        torn += _ends_open(line.text) or (
            following.text[0].islower() and _is_half_a_sentence(line.text)
        )
    return torn >= _SURELY_TORN or 0 < sum(block.kept for block in blocks) <= _FEW * torn


def _ends_open(text: str) -> bool:
    """Whether a line ends in a sign or a word that nothing ends with."""
    return text[-1] in _OPENING or breaks_off(text)


def _is_half_a_sentence(text: str) -> bool:
    """Whether a line is too long for an item of a list, and no finished sentence."""
    return len(text) >= _LEAST_TORN and text[-1] not in _BEFORE_ITEMS and not ends_sentence(text)


def _belongs(line: Block, following: Block, after: list[Block]) -> bool:
    """Whether two lines of a torn dump are pieces of one paragraph.

    They are where the second goes on with a sentence, or the first breaks off in one; and where
    the second is the text of a link, after which the line behind it goes on.
    """
    if following.gap or not line.kept:
        return False
    if _goes_on(following.text) and not line.text.endswith(_BEFORE_ITEMS):
        return following.text[0] not in _QUOTES or not ends_sentence(line.text)
    if ends_sentence(line.text):
        return False
    if _ends_open(line.text) or following.text.startswith(_DASHES):
        return True
    link = len(line.text) > _LEAST_BEFORE_LINK and len(following.text) < _LONGEST_LINK
    return (
        link
        and line.text[-1] != ":"
        and any(b.kept and not b.gap and _goes_on(b.text) for b in after)
    )


def _goes_on(text: str) -> bool:
    return (text[0].islower() and not text[1:2].isupper()) or text[0] in _CLOSING
