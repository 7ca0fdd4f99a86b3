"""The kept blocks of a page → the paragraphs of the body.

A block is a paragraph, with two exceptions: the short cells of a table's row are one, and so are
the lines of a dump that an extractor broke at a link or at another element inside a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def paragraphs(page: Page) -> Iterator[str]:
    """Yield the paragraphs of the body in order."""
    yield from _rejoined(page) if page.document == "text" else _rows(page)


def _rows(page: Page) -> Iterator[str]:
    row: list[str] = []
    around: Box | None = None
    for block in page.kept():
        markup = block.markup
        short = block.kind is Kind.CELL and len(block.text) <= _LONGEST_CELL
        above = markup.box.parent if short and markup is not None else None
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
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if not block.kept:
            continue
        text = block.text
        if index and parts and _is_broken(blocks[index - 1], block, blocks[index + 1 : index + 2]):
            apart = text[0] not in _NO_SPACE_BEFORE and parts[-1][-1] not in _NO_SPACE_AFTER
            parts += [" ", text] if apart else [text]
            continue
        if parts:
            yield "".join(parts)
        parts = [text]
    if parts:
        yield "".join(parts)


def _is_broken(line: Block, following: Block, after: list[Block]) -> bool:
    """Whether two lines of a dump are pieces of one paragraph.

    They are where the first is no finished sentence and the second goes on with it; and where the
    second is the text of a link, after which the line behind it goes on.
    """
    if following.gap or not line.kept or ends_sentence(line.text):
        return False
    if line.text[-1] in _OPENING or _goes_on(following.text):
        return True
    link = len(line.text) > _LEAST_BEFORE_LINK and len(following.text) < _LONGEST_LINK
    return (
        link
        and line.text[-1] != ":"
        and any(b.kept and not b.gap and _goes_on(b.text) for b in after)
    )


def _goes_on(text: str) -> bool:
    return text[0].islower() or text[0] in _CLOSING
