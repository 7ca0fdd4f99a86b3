"""The boxes of a page as arrays: subtree sums, distances, membership, without walking a tree.

Boxes are numbered in document order, so the subtree of box i is the interval [i, end[i]), and any
sum over a subtree is the difference of two running totals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["ANCESTORS", "Layout"]

# Elements whose presence above a block tells something.
ANCESTORS = (
    "article", "main", "aside", "nav", "footer", "header", "figure", "form", "section", "ul", "ol",
    "table", "blockquote", "dl", "figcaption", "details", "address", "li",
)  # fmt: skip
_BIT = {tag: 1 << i for i, tag in enumerate(ANCESTORS)}
# Elements that hold one run of text; what contains the runs is the box above.
_LEAVES = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote pre figcaption td th dt dd caption summary".split()
)
_GOOD_LENGTH = 80
_GOOD_LINKED = 0.35
_WIDE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")  # one letter says what three do elsewhere
_WIDE_FACTOR = 2.5
_SAMPLE = 40  # blocks looked at to tell the script


class Layout:
    """Arrays over the n blocks and the m boxes of an HTML page.

    Over blocks: `length` and `linked` (in characters of an alphabetic script), `box` and
    `container` (box numbers: the block's own, and the one its run of text stands in), `good`
    (whether it is long text and not mostly links). Over boxes: `parent`, `depth`, `end`, `hidden`,
    `flags` (ANCESTORS as bits, the box itself included), `articles` (how many <article> around).
    """

    def __init__(self, page: Page):
        blocks, boxes = page.blocks, page.boxes
        self.n, m = len(blocks), len(boxes)
        self.m = m
        scale = _WIDE_FACTOR if _is_wide(page) else 1.0
        self.length: Floats = np.array([len(b.text) for b in blocks]) * scale
        linked = np.array([b.markup.linked for b in blocks if b.markup]) * scale
        self.linked: Floats = np.minimum(linked, self.length)
        self.box: Ints = np.array([b.markup.box.index for b in blocks if b.markup])
        parent, flags, articles, depth = [0] * m, [0] * m, [0] * m, [0] * m
        for i, box in enumerate(boxes):
            tag = box.tag
            above = box.parent
            if above is None:
                flags[i] = _BIT.get(tag, 0)
                continue
            up = parent[i] = above.index
            flags[i] = flags[up] | _BIT[tag] if tag in _BIT else flags[up]
            depth[i] = depth[up] + 1
            articles[i] = articles[up] + (tag == "article")
        size = [1] * m
        for i in range(m - 1, 0, -1):
            size[parent[i]] += size[i]
        self._parents = parent
        self.parent: Ints = np.array(parent)
        self.flags: Ints = np.array(flags)
        self.articles: Ints = np.array(articles)
        self.end: Ints = np.arange(m) + np.array(size)
        self.depth: Ints = np.array(depth)
        self.hidden: Flags = np.array([box.hidden for box in boxes])
        leaf: Flags = np.array([box.tag in _LEAVES for box in boxes])
        self.container: Ints = np.where(leaf[self.box], self.parent[self.box], self.box)
        self.good: Flags = (
            (self.length > _GOOD_LENGTH)
            & (self.linked < _GOOD_LINKED * self.length)
            & ~self.hidden[self.box]
        )

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


def _is_wide(page: Page) -> bool:
    blocks = page.blocks
    step = max(1, len(blocks) // _SAMPLE)
    sample = "".join(block.text[:200] for block in blocks[::step])
    if sample.isascii():
        return False
    return len(_WIDE.findall(sample)) > 0.3 * len(sample)
