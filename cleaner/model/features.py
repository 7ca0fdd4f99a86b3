"""What the model sees of an HTML page: one row of numbers a block.

Text says little by itself (a teaser reads like a lede); what tells the body from the rest is
where the page's prose stands, in which container, under which ancestors, among what look-alikes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.model.arrays import flags, floats, integers
from cleaner.model.characters import ENDINGS
from cleaner.model.layout import ANCESTORS, Layout, ancestors
from cleaner.normalize import normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Block, Box, Page

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Columns = NDArray[Any]  # k numbers or flags, or several such rows

__all__ = ["NAMES", "Features", "features"]

_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "div", "pre", "figcaption", "td")
_TAG_NUMBERS = {tag: number for number, tag in enumerate(_TAGS)}
_WORD = re.compile(r"\w+")
# What is no word in ASCII becomes a space.
_APART = bytes(code if _WORD.match(chr(code)) else 32 for code in range(128)).ljust(256)
_TITLE_WITHIN = 200  # longer blocks are no title
_NEAR = 20  # blocks; further distances say the same
_MOST_LEVELS = 12
# Rows of flags by number, the last one, -1, with none set.
_TAG_FLAGS = np.eye(len(_TAGS) + 1)[:, :-1]
_ENDING_FLAGS = np.eye(7)[:, :5]
_LINK = frozenset(("a", "a "))  # how the first inline element of a block begins
_ARTICLE = ANCESTORS.index("article")
_MOST_STATED = 100_000  # characters
_LINK_ROW = 120  # characters

NAMES: tuple[str, ...] = (
    "length", "link-density", "links", "bold", "italic", "broken",
    "ends-full-stop", "ends-question", "ends-quote", "ends-colon", "ends-ellipsis",
    "sentences", "copies-before", "copies", "in-description", "in-stated-body",
    "is-title",
    *(f"tag-{tag}" for tag in _TAGS), "starts-with-link", "starts-bold", "hidden",
    *(f"in-{tag}" for tag in ANCESTORS), "articles", "depth",
    "position", "text-position", "prose-position",
    "from-title", "after-title", "from-title-log", "title-up", "title-down",
    "top-share", "top-up", "top-down", "from-top-first", "from-top-last", "in-top",
    *(f"{kind}-{share}" for share in (50, 75, 90) for kind in ("inside", "up")),
    *(f"{kind}-{level}" for level in range(4) for kind in ("prose", "links", "share")),
    "page-prose", "good", "good-share", "good-in-container", "blocks-in-container",
    "container-prose",
    "look-alikes", "look-alike-length", "look-alike-mean", "look-alike-links",
    "look-alike-share", "look-alike-prose",
)  # fmt: skip


class Features:
    """The rows of a page's candidates: `rows` (k × len(NAMES)), `candidates` (k block numbers).

    Blocks that are not candidates are short and all link: navigation without asking.
    """

    def __init__(self, layout: Layout, candidates: Ints, rows: Floats):
        self.layout = layout
        self.candidates = candidates
        self.rows = rows


def features(page: Page) -> Features:
    """Return the features of an HTML page with at least one block."""
    layout = Layout(page)
    asked = (layout.length >= _LINK_ROW) | (layout.linked < 0.9 * layout.length)
    asked &= ~layout.consent
    candidates = asked.nonzero()[0]
    if not len(candidates):
        return Features(layout, candidates, np.empty((0, len(NAMES))))
    blocks = [page.blocks[i] for i in candidates.tolist()]
    title = _title_overlap(page, blocks)
    columns = [
        *_text_columns(page, layout, candidates, blocks),
        title,
        *_tag_columns(layout, candidates, blocks),
        *_place_columns(layout, candidates, _title_block(title, candidates, blocks)),
        *_look_alike_columns(layout, candidates),
    ]
    rows = np.concatenate([column.ravel() for column in columns], dtype=np.float64)
    return Features(layout, candidates, rows.reshape(len(NAMES), len(candidates)).T)


def _text_columns(
    page: Page, layout: Layout, candidates: Ints, blocks: list[Block]
) -> list[Columns]:
    length, size = layout.length[candidates], layout.size[candidates]
    texts = [block.text for block in blocks]
    markups = [block.markup for block in blocks if block.markup is not None]
    marks = (
        [m.links for m in markups] + [m.broken for m in markups]
        + [m.bold for m in markups] + [m.italic for m in markups]
    )  # fmt: skip
    counts = integers(marks).reshape(4, -1)
    endings = integers([ENDINGS.get(text[-1], -1) for text in texts])
    stops = [text.count(". ") for text in texts]
    if "。" in "".join(texts):  # one look, not one at each
        stops = [stop + text.count("。") for stop, text in zip(stops, texts, strict=True)]
    return [
        np.log1p(length),
        layout.linked[candidates] / np.maximum(1.0, length),
        np.log1p(counts[0]),
        np.minimum(1.0, counts[2:] / size),
        counts[1],
        _ENDING_FLAGS[endings].T,
        np.log1p(integers(stops)),
        np.minimum(3, _copies(texts)),
        *_stated_columns(page, texts),
    ]


def _copies(texts: list[str]) -> Ints:
    """Return how many of the texts are the same as each, before it and in all: two rows."""
    if len(set(texts)) == len(texts):
        return np.zeros((2, len(texts)), np.int64)
    seen: dict[str, int] = {}
    before: list[int] = []
    for text in texts:
        count = seen.get(text, 0)
        before.append(count)
        seen[text] = count + 1
    return integers(before + [seen[text] - 1 for text in texts]).reshape(2, -1)


def _stated_columns(page: Page, texts: list[str]) -> list[Columns]:
    """Which blocks are in what the page states to be its description, and its body."""
    # Every block is searched for in these.
    description = " ".join([fact.value for fact in page.stated("description")])[:_MOST_STATED]
    body = " ".join([normal(fact.value) for fact in page.stated("body")])[:_MOST_STATED]
    described: Columns = np.zeros(len(texts))
    stated: Columns = described
    if description:
        described = flags([len(text) > 20 and text[:60] in description for text in texts])
    if body:  # evidence for both sides: 1 in it, -1 not in it
        within = [len(text) > 15 and text[:40] in body for text in texts]
        stated = np.where(flags(within), 1.0, -1.0)
    return [described, stated]


def _title_overlap(page: Page, blocks: list[Block]) -> Floats:
    """Return each block's Jaccard similarity of words with the first stated headline."""
    stated = page.stated("headline")
    title = set(_WORD.findall(stated[0].value.lower())) if stated else set()
    if not title:
        return np.zeros(len(blocks))
    overlap: list[float] = []
    for block in blocks:
        text = block.text
        words = _words(text) if len(text) < _TITLE_WITHIN else []
        shared = len(title.intersection(words))
        overlap.append(shared / (len(title) + len(set(words)) - shared) if shared else 0.0)
    return floats(overlap)


def _words(text: str) -> list[str]:
    lower = text.lower()
    if lower.isascii():  # to split is several times faster than to search
        return lower.encode().translate(_APART).decode().split()
    return _WORD.findall(lower)


def _tag_columns(layout: Layout, candidates: Ints, blocks: list[Block]) -> list[Columns]:
    boxes = [layout.boxes[i] for i in candidates.tolist()]
    inline = [block.markup.inline for block in blocks if block.markup is not None]
    around = ancestors(boxes).T
    return [
        _TAG_FLAGS[integers([_TAG_NUMBERS.get(box.tag, -1) for box in boxes])].T,
        flags([name[:2] in _LINK for name in inline]),
        flags([name[:1] == "b" or name[:6] == "strong" for name in inline]),
        flags([box.hidden for box in boxes]),
        around > 0,
        np.minimum(3, around[_ARTICLE]),
        np.minimum(40.0, layout.depth[layout.box[candidates]]) / 20.0,
    ]


def _place_columns(layout: Layout, candidates: Ints, title: int) -> list[Columns]:
    """Where a block stands: on the page, from the title, from the containers of its prose."""
    n, prose = layout.n, layout.prose
    subtrees = layout.subtrees(prose, layout.length, layout.linked)
    total = max(1.0, float(subtrees[0, 0]))
    box, container = layout.box[candidates], layout.container[candidates]
    in_containers = layout.in_containers(prose)
    top = int(in_containers.argmax())
    in_top = ((layout.container == top) & layout.good).nonzero()[0]
    first, last = (int(in_top[0]), int(in_top[-1])) if len(in_top) else (0, n - 1)
    distance = candidates - integers((title, first, last))[:, None]
    from_title, from_first, from_last = _near(distance)
    smallest = layout.smallest(subtrees[0], (0.5, 0.75, 0.9))
    inside = layout.inside((top, *smallest), box)
    title_up, title_down = _bounded_levels(layout, int(layout.box[title]), box)
    levels = {to: _bounded_levels(layout, to, container) for to in {top, *smallest}}
    columns: list[Columns] = [
        candidates / max(1, n - 1),
        (layout.length.cumsum() / max(1.0, float(layout.length.sum())))[candidates],
        (prose.cumsum() / total)[candidates],
        from_title,
        distance[0] > 0,
        np.sign(distance[0]) * np.log1p(np.abs(distance[0])),
        title_up,
        title_down,
        np.full(len(candidates), in_containers[top] / total),
        *levels[top],
        from_first,
        from_last,
        inside[0],
    ]
    for number, to in enumerate(smallest, 1):
        columns += [inside[number], levels[to][0]]
    good = np.bincount(layout.container[layout.good], minlength=layout.m)
    everything = np.bincount(layout.container, minlength=layout.m)
    columns += [
        _shares(subtrees, _upwards(layout, candidates), total),
        np.full(len(candidates), np.log1p(total)),
        layout.good[candidates],
        prose[candidates] / total,
        np.log1p(good[container]),
        np.log1p(everything[container]),
        in_containers[container] / total,
    ]
    return columns


def _bounded_levels(layout: Layout, to: int, others: Ints) -> tuple[Ints, Ints]:
    up, down = layout.levels(to, others)
    return np.minimum(_MOST_LEVELS, up), np.minimum(_MOST_LEVELS, down)


def _upwards(layout: Layout, candidates: Ints) -> Ints:
    """Return the containers of k blocks and the boxes above these: four levels × k."""
    level: list[Box] = [layout.containers[i] for i in candidates.tolist()]
    numbers = [box.index for box in level]
    for _ in range(3):
        level = [box.parent or box for box in level]
        numbers += [box.index for box in level]
    return integers(numbers).reshape(4, len(candidates))


def _shares(subtrees: Floats, boxes: Ints, total: float) -> Floats:
    """What the prose, links and text in `boxes` are of the page and of each other."""
    prose, text, linked = subtrees[:, boxes]
    text = np.maximum(1.0, text)
    return np.array((prose / total, linked / text, prose / text)).transpose(1, 0, 2)


def _near(distance: Ints) -> Floats:
    bounded: Floats = np.maximum(-_NEAR, np.minimum(_NEAR, distance)) / _NEAR
    return bounded


def _title_block(overlap: Floats, candidates: Ints, blocks: list[Block]) -> int:
    """Return the block that is most like the stated headline; an h1 counts for something."""
    bonus = flags([block.level == 1 for block in blocks]) * 0.2
    return int(candidates[(overlap + bonus).argmax()])


def _look_alike_columns(layout: Layout, candidates: Ints) -> list[Columns]:
    """Totals of the blocks with the same tags and names on their two innermost boxes."""
    numbers: defaultdict[tuple[str, str, str, str], int] = defaultdict(count().__next__)
    alike = [
        numbers[box.tag, box.attributes, above.tag, above.attributes]
        for box, above in zip(layout.boxes, layout.parents, strict=True)
    ]
    kinds = integers(alike)
    of = kinds[candidates]
    blocks = np.bincount(kinds)[of]
    length = np.bincount(kinds, weights=layout.length)[of]
    linked = np.bincount(kinds, weights=layout.linked)[of]
    prose = np.bincount(kinds, weights=layout.prose)[of]
    return [
        np.log1p(blocks),
        np.log1p(length),
        np.log1p(length / blocks),
        linked / np.maximum(1.0, length),
        length / max(1.0, float(layout.length.sum())),
        prose / max(1.0, float(layout.prose.sum())),
    ]
