"""Blocks that the model is in doubt about, by what stands around them in their box.

A subhead, a quotation, a list or a table says little by itself; between paragraphs of the article
it is a part of it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.page import Kind, up_to_known
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from cleaner.page import Block, Box

__all__ = ["keep_neighbours"]

# A block between two kept ones of its own box is one of them, unless the model is sure it is not.
_NOT_AT_ALL = 0.05
_MOST_BETWEEN = 4
_MOST_LINKED = 0.5
_LIKELY = 0.25  # enough for a block of the same kind right below the last one
_LIKELY_BETWEEN = 0.15  # enough where something else stands beside it,
_LIKELY_QUOTE = 0.1  # and for a quotation
_BESIDE = 6  # blocks: so near is what stands in the box of one of them, with another in between
_LEAST_LED_TO = 0.1  # of an item in a list that the line above leads to
# Parts of a text that are boxes of their own, with what they hold.
_WITHIN_TEXT = frozenset(
    "ul ol li dl dt dd blockquote figure details summary table thead tbody tr td th".split()
)
# A page may nest them without end, and every block is asked.
_MOST_PARTS, _MOST_WRAPPERS = 20, 5
_LEAST_OF_TABLE = 0.3  # of its cells
_HEADED = 4  # boxes: what stands below a heading is, at most, so deep beside it
_TABLE_WITHIN = 5  # boxes: a cell stands in a row, the row perhaps in a body


def keep_neighbours(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Keep more of the n blocks of an HTML page than those that are `kept` already.

    `probabilities` of being body are the model's, n of them, 0 for blocks that it was not asked
    about.
    """
    _keep_between(blocks, probabilities, kept)
    _keep_beside(blocks, probabilities, kept)
    _keep_on(blocks, probabilities, kept)
    _keep_lists(blocks, probabilities, kept)
    _keep_tables(blocks, kept)
    _keep_headings(blocks, probabilities, kept)


def _keep_between(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Keep doubtful blocks between kept ones of the same box: subheads, quotations, one-liners.

    Blocks the model was not asked about (probability 0) are passed over.
    """
    between: list[int] = []
    before: Block | None = None
    last: Block | None = None
    for index, block in enumerate(blocks):
        if kept[index]:
            near = before if len(between) <= _MOST_BETWEEN else None
            if last is not None:
                for i in between:
                    above = last if probabilities[i] >= _LIKELY_BETWEEN else near
                    kept[i] = _is_between(blocks[i], above, block) or _is_cell_between(
                        blocks[i], last, block
                    )
            last = block
            before = block
            between = []
        elif probabilities[index] > 0:
            markup = block.markup
            assert markup is not None
            if probabilities[index] < _NOT_AT_ALL or markup.box.hidden or _is_link(block):
                before = None
            between.append(index)


def _keep_beside(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Keep likely blocks with kept ones of their box on both sides, whatever else is in between.

    The box is that around the list, the quotation or the table that a block is part of.
    """
    for index, block in enumerate(blocks):
        least = _LIKELY_QUOTE if block.kind is Kind.QUOTE else _LIKELY_BETWEEN
        if kept[index] or probabilities[index] < least or _is_link(block):
            continue
        assert block.markup is not None
        if block.markup.box.hidden:
            continue
        above = range(max(0, index - _BESIDE), index)
        below = range(index + 1, min(len(blocks), index + 1 + _BESIDE))
        kept[index] = all(
            any(kept[i] and _are_beside(block, blocks[i]) for i in side) for side in (above, below)
        )


def _are_beside(one: Block, other: Block) -> bool:
    """Whether two blocks, or the parts of a text that they are in, stand in one box.

    Each may be wrapped in as many boxes of its own as the other.
    """
    return _place(one) is _place(other) or _unwrapped(one) == _unwrapped(other)


def _place(block: Block) -> Box | None:
    """Return the box in which a block stands, or the list, quotation or table it is part of.

    A box that holds nothing else than such a part is none to stand in.
    """
    box = _part(block)
    for _ in range(_MOST_WRAPPERS):
        if box.tag not in _WITHIN_TEXT or box.parent is None or not _is_wrapped(box):
            break
        box = _outermost(box.parent)
    return box.parent


def _unwrapped(block: Block) -> tuple[Box | None, int]:
    """Return the box in which the boxes stand that hold nothing else, and how many there are."""
    box, wrappers = _part(block), 0
    while wrappers < _MOST_WRAPPERS and box.parent is not None and _is_wrapped(box):
        box = box.parent
        wrappers += 1
    return box.parent, wrappers


def _part(block: Block) -> Box:
    assert block.markup is not None
    return _outermost(block.markup.box)


def _outermost(box: Box) -> Box:
    """Return the outermost of the lists, quotations and tables right around a box, or itself."""
    for _ in range(_MOST_PARTS):
        if box.parent is None or box.parent.tag not in _WITHIN_TEXT:
            break
        box = box.parent
    return box


def _is_wrapped(box: Box) -> bool:
    above = box.parent
    return above is not None and above.index + 1 == box.index and above.end == box.end


def _keep_on(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Keep what goes on with the last kept block in its box: a closing line, a note."""
    at = next((i for i in range(len(kept) - 1, -1, -1) if kept[i]), len(kept))
    for i in range(at + 1, len(kept)):
        if probabilities[i] < _LIKELY or not _is_more_of(blocks[i], blocks[i - 1]):
            return
        kept[i] = True


def _keep_lists(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Keep the lists that a kept line right above them leads to: "The winners are:", a subhead."""
    for index in range(len(blocks) - 1):
        if not kept[index] or kept[index + 1] or blocks[index + 1].kind is not Kind.ITEM:
            continue
        least = _least_led_to(blocks[index])
        for i in range(index + 1, len(blocks)):
            item = blocks[i]
            if item.kind is not Kind.ITEM or _is_link(item) or not _are_beside(blocks[index], item):
                break
            kept[i] = kept[i] or probabilities[i] >= least


def _least_led_to(block: Block) -> float:
    """Return how likely items must be below a block: lists of sources have headings, too."""
    if block.kind is Kind.ITEM or block.text.endswith((":", "：")):
        return _LEAST_LED_TO
    return _LIKELY_BETWEEN if block.kind is Kind.HEADING else 1.0


def _keep_tables(blocks: list[Block], kept: list[bool]) -> None:
    """Keep whole the tables that are kept in good part, and are no layout with prose in it."""
    tables: defaultdict[Box | None, list[int]] = defaultdict(list)
    around_prose: set[Box | None] = {None}
    for index, block in enumerate(blocks):
        if block.kind is Kind.CELL:
            tables[_table(block)].append(index)
        elif is_prose(block.text):
            assert block.markup is not None
            around_prose.update(up_to_known(block.markup.box, around_prose)[0])
    for table, cells in tables.items():
        good = sum(kept[i] for i in cells) >= _LEAST_OF_TABLE * len(cells)
        prose = sum(is_prose(blocks[i].text) for i in cells)
        if good and table not in around_prose and 2 * prose < len(cells):
            for i in cells:
                kept[i] = True


def _keep_headings(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Keep the subheads right above kept blocks that stand in their box: what they head is kept."""
    first = next((i for i, keep in enumerate(kept) if keep), len(kept))
    for i in range(len(blocks) - 2, first, -1):
        if kept[i + 1] and not kept[i] and probabilities[i] >= _NOT_AT_ALL:
            kept[i] = _heads(blocks[i], blocks[i + 1])


def _heads(block: Block, below: Block) -> bool:
    assert block.markup is not None
    assert below.markup is not None
    if block.kind is not Kind.HEADING or block.markup.box.hidden or _is_link(block):
        return False
    return any(box is block.markup.box.parent for box in islice(below.markup.box.path(), _HEADED))


def _is_more_of(block: Block, above: Block) -> bool:
    """Whether a block is an element like the one above it, in the same box, and not a link."""
    assert block.markup is not None
    assert above.markup is not None
    alike = block.markup.box.tag == above.markup.box.tag
    return alike and _is_sibling(block, above) and not _is_link(block)


def _is_cell_between(cell: Block, before: Block, after: Block) -> bool:
    """Whether a cell is of a table that holds two blocks around it or stands beside them."""
    assert cell.markup is not None
    if cell.kind is not Kind.CELL or cell.markup.links or cell.markup.box.hidden:
        return False
    in_table = _table(cell) is not None
    return in_table and _are_beside(cell, before) and _are_beside(cell, after)


def _table(block: Block) -> Box | None:
    """Return the table that a block stands in, None for none."""
    assert block.markup is not None
    around = islice(block.markup.box.path(), _TABLE_WITHIN)
    return next((box for box in around if box.tag == "table"), None)


def _is_between(block: Block, before: Block | None, after: Block) -> bool:
    """Whether a block, or the list or quotation around it, stands in one box with two others."""
    if before is None or _is_link(block):
        return False
    return _are_beside(block, before) and _are_beside(block, after)


def _is_link(block: Block) -> bool:
    assert block.markup is not None
    return block.markup.linked > _MOST_LINKED * len(block.text)


def _is_sibling(one: Block, other: Block) -> bool:
    assert one.markup is not None
    assert other.markup is not None
    return one.markup.box.parent is other.markup.box.parent
