"""What the model sees of an HTML page: one row of numbers a block.

Text says little by itself (a teaser reads like a lede); what tells the body from the rest is
where the page's prose stands, in which container, under which ancestors, among what look-alikes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.model.characters import ENDINGS
from cleaner.model.layout import ANCESTORS, Layout
from cleaner.normalize import normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Block, Page

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Column = NDArray[Any] | float  # k numbers or flags, k × several, or one number for all

__all__ = ["NAMES", "Features", "features"]

_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "div", "pre", "figcaption", "td")
_TAG_NUMBERS = {tag: number for number, tag in enumerate(_TAGS)}
_WORD = re.compile(r"\w+")
_TITLE_WITHIN = 200  # longer blocks are no title
_NEAR = 20  # blocks; further distances say the same
_MOST_LEVELS = 12
_TAGS_IN_ORDER = np.arange(len(_TAGS))
_FIVE = np.arange(5)  # kinds of endings
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
    link_row = (layout.length < _LINK_ROW) & (layout.linked >= 0.9 * layout.length)
    candidates = np.flatnonzero(~link_row)
    if not len(candidates):
        return Features(layout, candidates, np.empty((0, len(NAMES))))
    blocks = [page.blocks[i] for i in candidates.tolist()]
    title = _title_overlap(page, blocks)
    columns = [
        *_text_columns(page, layout, candidates, blocks),
        title,
        *_tag_columns(layout, candidates, blocks),
        *_place_columns(layout, candidates, _title_block(title, candidates, blocks)),
        *_look_alike_columns(layout, candidates, page.blocks),
    ]
    return Features(layout, candidates, _stacked(columns, len(candidates)))


def _stacked(columns: list[Column], count: int) -> Floats:
    rows = np.empty((count, len(NAMES)))
    at = 0
    for column in columns:
        if isinstance(column, np.ndarray) and column.ndim > 1:
            rows[:, at : at + column.shape[1]] = column
            at += column.shape[1]
        else:
            rows[:, at] = column
            at += 1
    assert at == len(NAMES)
    return rows


def _text_columns(
    page: Page, layout: Layout, candidates: Ints, blocks: list[Block]
) -> list[Column]:
    length = layout.length[candidates]
    texts = [block.text for block in blocks]
    markups = [block.markup for block in blocks if block.markup is not None]
    marks = np.array([(m.links, m.bold, m.italic, m.broken) for m in markups], np.float64)
    size = np.array([len(text) for text in texts], np.float64)
    endings = np.array([ENDINGS.get(text[-1], -1) for text in texts])
    seen: dict[str, int] = {}
    before: list[int] = []
    for text in texts:
        count = seen.get(text, 0)
        before.append(count)
        seen[text] = count + 1
    copies = [seen[text] - 1 for text in texts]
    # Every block is searched for in these.
    description = " ".join([fact.value for fact in page.stated("description")])[:_MOST_STATED]
    body = " ".join([normal(fact.value) for fact in page.stated("body")])[:_MOST_STATED]
    return [
        np.log1p(length),
        layout.linked[candidates] / np.maximum(1.0, length),
        np.log1p(marks[:, 0]),
        np.minimum(1.0, marks[:, 1:3] / size[:, None]),
        marks[:, 3],
        endings[:, None] == _FIVE,
        np.log1p([text.count(". ") + text.count("。") for text in texts]),
        np.minimum(3.0, before),
        np.minimum(3.0, copies),
        np.array([_in(text, description, 20, 60) for text in texts]) if description else 0.0,
        # What a page says of its own body is evidence for both sides: 1 in it, -1 not in it.
        np.array([1.0 if _in(text, body, 15, 40) else -1.0 for text in texts]) if body else 0.0,
    ]


def _in(text: str, longer: str, least: int, compared: int) -> bool:
    return len(text) > least and text[:compared] in longer


def _title_overlap(page: Page, blocks: list[Block]) -> Floats:
    """Return each block's Jaccard similarity of words with the first stated headline."""
    stated = page.stated("headline")
    title = set(_WORD.findall(stated[0].value.lower())) if stated else set()
    if not title:
        return np.zeros(len(blocks))
    overlap: list[float] = []
    for block in blocks:
        text = block.text
        words = set(_WORD.findall(text.lower())) if len(text) < _TITLE_WITHIN else set()
        shared = len(title.intersection(words))
        overlap.append(shared / (len(title) + len(words) - shared) if shared else 0.0)
    return np.array(overlap)


def _tag_columns(layout: Layout, candidates: Ints, blocks: list[Block]) -> list[Column]:
    markups = [block.markup for block in blocks if block.markup is not None]
    tags = np.array([_TAG_NUMBERS.get(markup.box.tag, -1) for markup in markups])
    inline = [markup.inline for markup in markups]
    box = layout.box[candidates]
    around = layout.around[:, box].T
    return [
        tags[:, None] == _TAGS_IN_ORDER,
        np.array([name == "a" or name.startswith("a ") for name in inline]),
        np.array([name.startswith(("b", "strong")) for name in inline]),
        layout.hidden[candidates],
        around > 0,
        np.minimum(3.0, around[:, _ARTICLE]),
        np.minimum(40.0, layout.depth[box]) / 20.0,
    ]


def _place_columns(layout: Layout, candidates: Ints, title: int) -> list[Column]:
    """Where a block stands: on the page, from the title, from the containers of its prose."""
    n = layout.n
    length = layout.length
    good = np.where(layout.good, length, 0.0)
    prose, text, links = layout.subtree(good), layout.subtree(length), layout.subtree(layout.linked)
    total = max(1.0, float(prose[0]))
    box, container = layout.box[candidates], layout.container[candidates]
    distance = (candidates - title).astype(np.float64)
    up, down = layout.levels(int(layout.box[title]))
    columns: list[Column] = [
        candidates / max(1, n - 1),
        (np.cumsum(length) / max(1.0, float(length.sum())))[candidates],
        (np.cumsum(good) / total)[candidates],
        _near(distance),
        distance > 0,
        np.sign(distance) * np.log1p(np.abs(distance)),
        np.minimum(_MOST_LEVELS, up[box]),
        np.minimum(_MOST_LEVELS, down[box]),
    ]
    direct = layout.in_containers(good)
    top = int(np.argmax(direct))
    in_top = np.flatnonzero((layout.container == top) & layout.good)
    first, last = (int(in_top[0]), int(in_top[-1])) if len(in_top) else (0, n - 1)
    up, down = layout.levels(top)
    columns += [
        float(direct[top] / total),
        np.minimum(_MOST_LEVELS, up[container]),
        np.minimum(_MOST_LEVELS, down[container]),
        _near(candidates - first),
        _near(candidates - last),
        layout.inside(top)[candidates],
    ]
    for share in (0.5, 0.75, 0.9):
        smallest = layout.smallest(prose, share)
        up, _ = layout.levels(smallest)
        columns += [
            layout.inside(smallest)[candidates],
            np.minimum(_MOST_LEVELS, up[container]),
        ]
    above = container
    for _ in range(4):
        size = np.maximum(1.0, text[above])
        inside = prose[above]
        columns += [inside / total, links[above] / size, inside / size]
        above = layout.parent[above]
    counts = layout.in_containers(layout.good.astype(np.float64))
    everything = layout.in_containers(np.ones(n))
    columns += [
        float(np.log1p(total)),
        layout.good[candidates],
        good[candidates] / total,
        np.log1p(counts[container]),
        np.log1p(everything[container]),
        direct[container] / total,
    ]
    return columns


def _near(distance: NDArray[Any]) -> Floats:
    bounded: Floats = np.maximum(-_NEAR, np.minimum(_NEAR, distance)) / _NEAR
    return bounded


def _title_block(overlap: Floats, candidates: Ints, blocks: list[Block]) -> int:
    """Return the block that is most like the stated headline; an h1 counts for something."""
    bonus = np.array([0.2 * (b.level == 1) for b in blocks])
    return int(candidates[np.argmax(overlap + bonus)])


def _look_alike_columns(layout: Layout, candidates: Ints, blocks: list[Block]) -> list[Column]:
    """Totals of the blocks with the same tags and names on their two innermost boxes."""
    numbers: dict[tuple[str, str, str, str], int] = {}
    alike: list[int] = []
    for block in blocks:
        assert block.markup is not None
        box = block.markup.box
        above = box.parent or box
        signature = (box.tag, box.attributes, above.tag, above.attributes)
        alike.append(numbers.setdefault(signature, len(numbers)))
    own = np.array(alike)
    count = np.bincount(own)
    length = np.bincount(own, weights=layout.length)
    linked = np.bincount(own, weights=layout.linked)
    good = np.bincount(own, weights=np.where(layout.good, layout.length, 0.0))
    own = own[candidates]
    return [
        np.log1p(count[own]),
        np.log1p(length[own]),
        np.log1p(length[own] / count[own]),
        linked[own] / np.maximum(1.0, length[own]),
        length[own] / max(1.0, float(layout.length.sum())),
        good[own] / max(1.0, float(good.sum())),
    ]
