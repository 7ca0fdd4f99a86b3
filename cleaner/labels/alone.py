"""A line alone in a box whose other lines are out: the heading of a newsletter box, of a promotion.

The model sees a heading as text among text; that nothing it heads was kept is known only now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.page import Kind
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.labels.draft import Draft
    from cleaner.page import Block, Box

__all__ = ["label_alone"]

_RULE = "alone-in-box"
# What a box of something else holds; captions and credits stand under headings of the article too.
_OF_BOXES = frozenset(
    (Reason.OUTSIDE_ARTICLE, Reason.CALL_TO_ACTION, Reason.TEASER_LIST, Reason.RELATED_LINK,
     Reason.AUTHOR_BIO, Reason.COMMENTS)
)  # fmt: skip
_LONGER = 2  # times as much text as the line itself is out around it
_LEAST_SPACES = 2  # shorter lines that are no headings are figures, names, cells of a layout


def label_alone(draft: Draft) -> None:
    """Remove the short lines of an HTML page that are all that was kept of their box."""
    if draft.page.document != "html":
        return
    found: list[tuple[int, Reason]] = []
    others = 0
    for index, block in draft.kept():
        reason = _reason_around(draft.blocks, index) if _may_be_alone(block) else None
        if reason is None:
            others += 1
        else:
            found.append((index, reason))
    for index, reason in found if others else ():
        draft.remove(index, reason, _RULE)


def _may_be_alone(block: Block) -> bool:
    text = block.text
    if is_prose(text):  # as most are
        return False
    if block.kind is Kind.PARAGRAPH:
        return text.count(" ") >= _LEAST_SPACES and not any(map(str.isdigit, text))
    return block.kind is Kind.HEADING


def _reason_around(blocks: Sequence[Block], index: int) -> Reason | None:
    """Return the reason of most text in the smallest box around a block and others, all out.

    None where one of them was kept, or they say little.
    """
    beside = (*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2])
    if all(block.kept for block in beside):  # one of them is in that box
        return None
    start, end = index, index + 1
    markup = blocks[index].markup
    assert markup is not None
    for box in markup.box.path():
        while start > 0 and _is_inside(blocks[start - 1], box):
            start -= 1
            if blocks[start].kept:
                return None
        while end < len(blocks) and _is_inside(blocks[end], box):
            if blocks[end].kept:
                return None
            end += 1
        if end - start > 1:
            break
    if box.tag == "header" and blocks[index].kind is Kind.HEADING and _is_kept(blocks, end):
        return None  # it heads what follows, above a line about it
    around = [b for b in blocks[start:end] if b.reason in _OF_BOXES]
    if sum(len(b.text) for b in around) <= _LONGER * len(blocks[index].text):
        return None
    return max(around, key=lambda block: len(block.text)).reason


def _is_kept(blocks: Sequence[Block], index: int) -> bool:
    return index < len(blocks) and blocks[index].kept


def _is_inside(block: Block, box: Box) -> bool:
    assert block.markup is not None
    return box.index <= block.markup.box.index < box.end
