"""The kept blocks of a page → the paragraphs of the body.

A block is a paragraph, with two exceptions: the short cells of a table's row are one, and so are
the lines of a dump that its extractor broke at a link or at another element inside a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.page import Kind
from cleaner.torn import (
    CLOSING,
    LONE_QUOTE,
    Tears,
    goes_on,
    is_elided,
    is_half_a_sentence,
    is_large_initial,
    is_shifted,
    is_suffix,
    is_unspaced,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Block, Box, Page

__all__ = ["paragraphs"]

_LONGEST_CELL = 120  # characters: a longer one is a paragraph of a page laid out in tables
_BETWEEN_CELLS = " | "
_NO_SPACE_BEFORE = CLOSING - frozenset("…")
_NO_SPACE_AFTER = frozenset("([«„‘")
_INNER_SPACES = ("« ", " »")  # as in French


def paragraphs(page: Page) -> Iterator[str]:
    """Yield the paragraphs of the body in order."""
    yield from _rejoined(page) if page.document == "text" else _rows(page)


def _rows(page: Page) -> Iterator[str]:
    row: list[str] = []
    around: Box | None = None
    cell: Box | None = None
    for block in page.kept():
        before, cell = cell, _cell(block)
        above = None if cell is None or len(block.text) > _LONGEST_CELL else cell.parent
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


def _cell(block: Block) -> Box | None:
    """Return the cell of a table that holds the block and nothing else, None for none."""
    if block.markup is None:
        return None
    box = block.markup.box
    if block.kind is Kind.CELL:
        return box
    outer = box.parent
    if outer is None or outer.tag not in ("td", "th"):
        return None
    return outer if (outer.index, outer.end) == (box.index - 1, box.end) else None


def _rejoined(page: Page) -> Iterator[str]:
    blocks = page.blocks
    tears = Tears(blocks)
    inner = tears.torn and any(sign in b.text for b in blocks if b.kept for sign in _INNER_SPACES)
    parts: list[str] = []
    above = 0  # the kept line above
    for index, block in enumerate(blocks):
        if not block.kept:
            continue
        text = block.text
        if parts and (tears.is_piece(index) or (tears.torn and _resumes(blocks, above, index))):
            parts += [" ", text] if _is_spaced(parts[-1], text, inner) else [text]
        else:
            if parts:
                yield "".join(parts)
            parts = [text]
        above = index
    if parts:
        yield "".join(parts)


def _resumes(blocks: list[Block], above: int, index: int) -> bool:
    """Whether a line goes on with a sentence that an advertisement has cut in two."""
    line, following = blocks[above].text, blocks[index].text
    between = blocks[above + 1 : index]
    if not between or any(block.reason is not Reason.AD_MARKER for block in between):
        return False
    return is_half_a_sentence(line) and following[0].islower() and goes_on(following)


def _is_spaced(line: str, following: str, inner: bool) -> bool:
    """Whether a space belongs between two pieces; `inner`: inside of « and » as well."""
    if inner and (following[0] == "»" or line[-1] == "«"):
        return True
    if following[0] in _NO_SPACE_BEFORE or line[-1] in _NO_SPACE_AFTER:
        return False
    if line == LONE_QUOTE or line.endswith(f" {LONE_QUOTE}"):
        return False
    if is_unspaced(line[-1]) or is_unspaced(following[0]) or is_elided(line):
        return False
    joined = is_suffix(following) or is_large_initial(line, following)
    return not (joined or is_shifted(line, following))
