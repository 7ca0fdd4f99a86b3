"""Words in class and id attributes, and what they are worth.

Publishers name their boxes: "article-body__content", "related-links", "newsletterSignup". A word
weighs differently by where it stands, hence by level: on the first inline element of a block, on
its own box, on the box above, or anywhere further up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.page import Block, Box

__all__ = ["LEVELS", "TokenScores", "block_words", "split_names"]

LEVELS = ("inline", "own", "parent", "ancestors")

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MOST_WORDS = 40
_COMPOUND_OF = 4  # parts of a name that are kept together as one more word
_LONGEST = 400  # characters of attributes read: utility classes go on for ever


@lru_cache(maxsize=20_000)  # a pure function; pages of one site repeat their names
def split_names(names: str) -> tuple[str, ...]:
    """Split class and id names into lower-case words, each compound name once more as a whole."""
    found: list[str] = []
    for name in names[:_LONGEST].split():
        parts = [part.lower() for part in _PART.findall(name) if len(part) > 1]
        found += parts
        if len(parts) > 1:
            found.append("-".join(parts[:_COMPOUND_OF]))
    return tuple(dict.fromkeys(found))[:_MOST_WORDS]


def block_words(block: Block) -> Iterator[tuple[int, str]]:
    """Yield (level, word) for all names around a block, each once."""
    assert block.markup is not None
    box = block.markup.box
    above: Box | None = box.parent
    for level, names in enumerate((block.markup.inline, box.attributes)):
        for word in split_names(names):
            yield level, word
    if above is None:
        return
    for word in split_names(above.attributes):
        yield 2, word
    words: dict[str, None] = {}
    above = above.parent
    while above is not None:
        words.update(dict.fromkeys(split_names(above.attributes)))
        above = above.parent
    for word in words:
        yield 3, word


class TokenScores:
    """Sums of learned word weights around a block, one sum a level.

    `weights` gives each (level, word) its weight. Sums over ancestors are kept for the boxes of
    one page, so use a new object for each page.
    """

    def __init__(self, weights: Mapping[tuple[int, str], float]):
        self._weights = weights
        self._sums: dict[tuple[int, str], float] = {}
        self._above: dict[int, tuple[frozenset[str], float]] = {}

    def of(self, block: Block) -> tuple[float, float, float, float]:
        """Return the four sums for a block."""
        markup = block.markup
        assert markup is not None
        box = markup.box
        above = box.parent
        return (
            self._sum(0, markup.inline),
            self._sum(1, box.attributes),
            self._sum(2, above.attributes) if above is not None else 0.0,
            self._ancestors(above.parent)[1] if above is not None else 0.0,
        )

    def _sum(self, level: int, names: str) -> float:
        if not names:
            return 0.0
        known = self._sums.get((level, names))
        if known is None:
            get = self._weights.get
            known = sum(get((level, word), 0.0) for word in split_names(names))
            self._sums[level, names] = known
        return known

    def _ancestors(self, box: Box | None) -> tuple[frozenset[str], float]:
        """Return the distinct words of `box` and everything above, and their sum."""
        path: list[Box] = []
        while box is not None and box.index not in self._above:
            path.append(box)
            box = box.parent
        words, total = self._above[box.index] if box is not None else (frozenset[str](), 0.0)
        for below in reversed(path):
            if below.attributes:
                new = [word for word in split_names(below.attributes) if word not in words]
                if new:
                    words = words.union(new)
                    total += sum(self._weights.get((3, word), 0.0) for word in new)
            self._above[below.index] = words, total
        return words, total
