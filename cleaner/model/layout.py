"""The boxes of a page as arrays: subtree sums, distances, membership, without walking a tree.

Boxes are numbered in document order, so the subtree of box i is the interval [i, end[i]), and any
sum over a subtree is the difference of two running totals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.arrays import floats, integers
from cleaner.model.characters import WIDE_FACTOR, is_wide
from cleaner.page import up_to_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.page import Box, Page

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Counts = NDArray[np.uint32]

__all__ = ["ANCESTORS", "Layout", "ancestors"]

# Elements whose presence above a block tells something.
ANCESTORS = (
    "article", "main", "aside", "nav", "footer", "header", "figure", "form", "section", "ul", "ol",
    "table", "blockquote", "dl", "figcaption", "details", "address", "li",
)  # fmt: skip
# How many there are of each is counted in 32 bits of one number: no page nests more of them.
_ONE = {tag: 1 << 32 * place for place, tag in enumerate(ANCESTORS)}
_ROW_SIZE = 4 * len(ANCESTORS)
# Elements that hold one run of text; what contains the runs is the box above.
_LEAVES = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote pre figcaption td th dt dd caption summary".split()
)
_GOOD_LENGTH = 80
_GOOD_LINKED = 0.35
_DIALOG_DEPTH = 3  # of the boxes around a dialog, at most, the root being 0
# What it is called, and what makes it.
_CONSENT = re.compile(
    r"(?<![a-z])(?:didomi|onetrust|usercentrics|(?:cybot)?cookiebot|qc-cmp|cmp|sp_message|truste"
    r"|fc-consent|vendor-?list|privacy-?(?:gate|manager|wall|center)|cookies?|consent|gdpr)(?![a-z])",
    re.IGNORECASE,
)
_HEAD = 200  # characters of a block that tell its script


class Layout:
    """Arrays over the n blocks and the m boxes of an HTML page.

    Over blocks: `size` in characters; `length` and `linked` in characters of an alphabetic script;
    `box` and `container`, the numbers of their own boxes and of those their runs of text stand in;
    `consent`, whether they stand in a dialog that asks for it; `good`, whether they are long text,
    shown, not mostly links, and not of such a dialog; `prose`, the length of those that are good,
    0 for others. Over boxes: `end` and `depth`. The boxes themselves of the blocks
    are `boxes`, `parents` (the root is its own) and `containers`.
    """

    def __init__(self, page: Page):
        blocks = page.blocks
        self.n, self.m = len(blocks), len(page.boxes)
        texts = [block.text for block in blocks]
        markups = [block.markup for block in blocks if block.markup is not None]
        self.boxes = [markup.box for markup in markups]
        self.parents = [box.parent or box for box in self.boxes]
        self.containers = [
            parent if box.tag in _LEAVES else box
            for box, parent in zip(self.boxes, self.parents, strict=True)
        ]
        scale = WIDE_FACTOR if is_wide(texts, _HEAD) else 1.0
        self.size: Ints = integers([len(text) for text in texts])
        self.length: Floats = self.size * np.float64(scale)
        linked = integers([markup.linked for markup in markups]) * scale
        self.linked: Floats = np.minimum(linked, self.length)
        self.box: Ints = integers([box.index for box in self.boxes])
        self.container: Ints = integers([box.index for box in self.containers])
        self.end: Ints = integers([box.end for box in page.boxes])
        ended = np.bincount(self.end, minlength=self.m + 1)[:-1].cumsum()
        self.depth: Ints = np.arange(self.m) - ended
        self.good: Flags = self._good()
        self.consent = self._in_consent(page.boxes)
        self.good &= ~self.consent
        self.prose: Floats = self.length * self.good

    def _good(self) -> Flags:
        good: Flags = (self.length > _GOOD_LENGTH) & (self.linked < _GOOD_LINKED * self.length)
        for i in good.nonzero()[0].tolist():
            good[i] = not self.boxes[i].hidden
        return good

    def _in_consent(self, boxes: Sequence[Box]) -> Flags:
        """Which blocks stand in a dialog that asks for consent: it reads like an article.

        Such dialogs stand beside the page, not in it; what holds most of its prose is the page.
        """
        shallow = (self.depth <= _DIALOG_DEPTH).nonzero()[0].tolist()
        named = [i for i in shallow if _CONSENT.search(boxes[i].attributes) is not None]
        found: Flags = np.zeros(self.n, np.bool_)
        prose = self.length * self.good
        for inside in self.inside(named, self.box) if named else ():
            if 2 * float(prose[inside].sum()) <= float(prose.sum()):
                found |= inside
        return found

    def subtrees(self, *amounts: Floats) -> Floats:
        """Sum each of `amounts`, one a block, over the subtree of every box: a row for each."""
        running = np.zeros((len(amounts), self.m + 1))
        for row, amount in zip(running, amounts, strict=True):
            np.bincount(self.box, weights=amount, minlength=self.m).cumsum(out=row[1:])
        sums: Floats = running.take(self.end, axis=1)
        sums -= running[:, :-1]
        return sums

    def in_containers(self, amounts: Floats) -> Floats:
        """Sum `amounts`, one a block, by the box that is their container."""
        sums = np.bincount(self.container, weights=amounts, minlength=self.m)
        return np.asarray(sums, np.float64)

    def smallest(self, totals: Floats, shares: Sequence[float]) -> list[int]:
        """Return the deepest boxes whose subtree totals are at least such shares of the page's."""
        least = floats([share * float(totals[0]) - 1e-9 for share in shares])
        enough = (totals >= least.min()).nonzero()[0]
        deepest = enough[(-self.depth[enough]).argsort(kind="stable")]
        first = (totals[deepest] >= least[:, None]).argmax(axis=1)
        found: list[int] = deepest[first].tolist()
        return found

    def inside(self, boxes: Sequence[int], others: Ints) -> Flags:
        """Tell for each of other boxes whether it is in the subtrees of `boxes`: a row for each."""
        begins = integers(boxes)
        inside: Flags = (others >= begins[:, None]) & (others < self.end[begins][:, None])
        return inside

    def levels(self, box: int, others: Ints) -> tuple[Ints, Ints]:
        """Return how many levels up the paths of others meet that of `box`, and down again to it.

        The boxes on the path of `box` hold one another. Those which begin before another box are
        the first so many from the root, as are those which do not end before it; the paths meet
        in the last one that is both.
        """
        begins = (self.end[: box + 1] > box).nonzero()[0]
        ends = self.end[begins][::-1]
        begun = begins.searchsorted(others, side="right")
        open_ = len(ends) - ends.searchsorted(others, side="right")
        meeting = np.minimum(begun, open_) - 1
        return self.depth[others] - meeting, len(begins) - 1 - meeting


def ancestors(boxes: Sequence[Box]) -> Counts:
    """Count the `ANCESTORS` of each kind above k boxes, themselves included: k rows."""
    known: dict[Box | None, int] = {None: 0}
    rows: list[bytes] = []
    for own in boxes:
        path, last = up_to_known(own.parent, known)
        counts = known[last]
        for below in reversed(path):
            known[below] = counts = counts + _ONE.get(below.tag, 0)
        rows.append((counts + _ONE.get(own.tag, 0)).to_bytes(_ROW_SIZE, "little"))
    return np.frombuffer(b"".join(rows), "<u4").reshape(len(boxes), len(ANCESTORS))
