"""The boxes of a page as arrays: subtree sums, distances, membership, without walking a tree.

Boxes are numbered in document order, so the subtree of box i is the interval [i, end[i]), and any
sum over a subtree is the difference of two running totals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.characters import WIDE_FACTOR, is_wide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Box, Page

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["ANCESTORS", "Layout"]

# Elements whose presence above a block tells something.
ANCESTORS = (
    "article", "main", "aside", "nav", "footer", "header", "figure", "form", "section", "ul", "ol",
    "table", "blockquote", "dl", "figcaption", "details", "address", "li",
)  # fmt: skip
_ROW = {tag: row for row, tag in enumerate(ANCESTORS)}
# Elements that hold one run of text; what contains the runs is the box above.
_LEAVES = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote pre figcaption td th dt dd caption summary".split()
)
_GOOD_LENGTH = 80
_GOOD_LINKED = 0.35
_HEAD = 200  # characters of a block that tell its script


class Layout:
    """Arrays over the n blocks and the m boxes of an HTML page.

    Over blocks: `length` and `linked` (in characters of an alphabetic script), `box` and
    `container` (box numbers: the block's own, and the one its run of text stands in), `hidden`,
    `good` (whether it is long text and not mostly links). Over boxes: `parent`, `depth`, `end`,
    and `around` (len(ANCESTORS) × m: how many of each there are above, the box itself included).
    """

    def __init__(self, page: Page):
        blocks, boxes = page.blocks, page.boxes
        self.n, self.m = len(blocks), len(boxes)
        markups = [block.markup for block in blocks if block.markup is not None]
        own = [markup.box for markup in markups]
        scale = WIDE_FACTOR if is_wide([block.text for block in blocks], _HEAD) else 1.0
        self.length: Floats = np.array([len(block.text) for block in blocks]) * scale
        linked = np.array([markup.linked for markup in markups]) * scale
        self.linked: Floats = np.minimum(linked, self.length)
        self.box: Ints = np.array([box.index for box in own])
        self.hidden: Flags = np.array([box.hidden for box in own])
        self._parents = [0, *[box.parent.index for box in boxes if box.parent is not None]]
        self.parent: Ints = np.array(self._parents)
        self.end: Ints = np.array([box.end for box in boxes])
        self.depth: Ints = np.arange(self.m) - np.cumsum(
            np.bincount(self.end, minlength=self.m + 1)[:-1]
        )
        leaf: Flags = np.array([box.tag in _LEAVES for box in own])
        self.container: Ints = np.where(leaf, self.parent[self.box], self.box)
        self.good: Flags = (
            (self.length > _GOOD_LENGTH) & (self.linked < _GOOD_LINKED * self.length) & ~self.hidden
        )
        self.around: Ints = self._around(boxes)
        self._levels: dict[int, tuple[Ints, Ints]] = {}

    def _around(self, boxes: list[Box]) -> Ints:
        """Count, for every box, those of each kind of ancestor that have begun and not ended."""
        telling = [box for box in boxes if box.tag in _ROW]
        width = self.m + 1
        rows = np.array([_ROW[box.tag] * width for box in telling], np.int64)
        starts = rows + np.array([box.index for box in telling], np.int64)
        ends = rows + np.array([box.end for box in telling], np.int64)
        cells = len(ANCESTORS) * width
        changes = np.bincount(starts, minlength=cells) - np.bincount(ends, minlength=cells)
        around: Ints = np.cumsum(changes.reshape(len(ANCESTORS), width), axis=1)
        return around

    def subtree(self, amounts: Floats) -> Floats:
        """Sum `amounts`, one a block, over the subtree of every box."""
        running = np.zeros(self.m + 1)
        np.cumsum(np.bincount(self.box, weights=amounts, minlength=self.m), out=running[1:])
        return running[self.end] - running[:-1]

    def in_containers(self, amounts: Floats) -> Floats:
        """Sum `amounts`, one a block, by the box that is their container."""
        return np.bincount(self.container, weights=amounts, minlength=self.m).astype(np.float64)

    def smallest(self, totals: Floats, share: float) -> int:
        """Return the deepest box whose subtree total is at least `share` of the page's."""
        enough = np.flatnonzero(totals >= share * totals[0] - 1e-9)
        return int(enough[np.argmax(self.depth[enough])])

    def inside(self, box: int) -> Flags:
        """Tell for every block whether it is in the subtree of `box`."""
        inside: Flags = (self.box >= box) & (self.box < self.end[box])
        return inside

    def levels(self, box: int) -> tuple[Ints, Ints]:
        """Return, for every box, how many levels up its path meets that of `box`, and down again.

        The meeting point of i is the deepest ancestor of `box` whose interval holds i.
        """
        if box not in self._levels:  # several containers of a page often are one
            self._levels[box] = self._steps(box)
        return self._levels[box]

    def _steps(self, box: int) -> tuple[Ints, Ints]:
        meeting = np.zeros(self.m, np.int64)
        start = end = box
        ancestor = box
        while True:  # from the box up, each ancestor filling what its interval adds
            stop = int(self.end[ancestor])
            meeting[ancestor:start] = meeting[end:stop] = self.depth[ancestor]
            start, end = ancestor, stop
            if not ancestor:
                break
            ancestor = self._parents[ancestor]
        return self.depth - meeting, self.depth[box] - meeting
