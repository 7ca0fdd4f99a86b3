"""Words in class and id attributes, and what they are worth.

Publishers name their boxes: "article-body__content", "related-links", "newsletterSignup". A word
weighs differently by where it stands, hence by level: on the first inline element of a block, on
its own box, on the box above, or anywhere further up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.page import up_to_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.page import Block, Box

__all__ = ["LEVELS", "WordScores", "block_words", "split_names"]

LEVELS = ("inline", "own", "parent", "ancestors")

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LOWER = re.compile(r"[a-z]{2,}")  # the same where nothing is a capital, as in most names
_MOST_WORDS = 40
_COMPOUND_OF = 4  # parts of a name that are kept together as one more word
_LONGEST = 400  # characters of attributes read: utility classes go on for ever


@lru_cache(maxsize=20_000)  # a pure function; pages of one site repeat their names
def split_names(names: str) -> tuple[str, ...]:
    """Split class and id names into lower-case words, each compound name once more as a whole."""
    found: list[str] = []
    for name in names[:_LONGEST].split():
        if name.islower():
            parts = _LOWER.findall(name)
        else:
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


# What the names of one box weigh at each level; above a block, word by word: each counts once on
# a path. Plain enough for the garbage collector to stop looking at it.
_Worth = tuple[float, float, float, dict[str, float]]


class WordScores:
    """Sums of learned word weights around blocks, one sum a level.

    `weights` gives each (level, word) its weight. What names weigh is remembered: pages of one
    site repeat them.
    """

    def __init__(self, weights: Mapping[tuple[int, str], float]):
        self._weights = weights
        levels = range(len(LEVELS))
        self._by_word = {
            word: tuple([weights.get((level, word), 0.0) for level in levels])
            for _, word in weights
        }
        self._worth = lru_cache(maxsize=20_000)(self._weigh)

    def __reduce__(self) -> tuple[type[WordScores], tuple[Mapping[tuple[int, str], float]]]:
        return WordScores, (self._weights,)  # what is remembered stays behind

    def of(self, blocks: Iterable[Block]) -> list[tuple[float, float, float, float]]:
        """Return the four sums for each of the blocks, all of one page."""
        worth = self._worth
        known: dict[Box | None, dict[str, float]] = {None: {}}
        above: dict[Box | None, float] = {}  # of a parent: paragraphs have one together
        rows = []
        for block in blocks:
            markup = block.markup
            assert markup is not None
            box, inline = markup.box, markup.inline
            parent = box.parent
            if parent not in above:
                outer = parent.parent if parent is not None else None
                above[parent] = sum(self._words_above(outer, known).values())
            rows.append(
                (
                    worth(inline)[0] if inline else 0.0,
                    worth(box.attributes)[1] if box.attributes else 0.0,
                    worth(parent.attributes)[2] if parent and parent.attributes else 0.0,
                    above[parent],
                )
            )
        return rows

    def _words_above(
        self, box: Box | None, known: dict[Box | None, dict[str, float]]
    ) -> dict[str, float]:
        """Return the words of `box` and the boxes above it; `known` remembers those of a page."""
        path, last = up_to_known(box, known)
        words = known[last]
        for below in reversed(path):
            own = self._worth(below.attributes)[3] if below.attributes else None
            if own:
                words = words | own
            known[below] = words
        return words

    def _weigh(self, names: str) -> _Worth:
        inline = own = parent = 0.0
        above: dict[str, float] = {}
        for word in split_names(names):
            if word in self._by_word:
                at_start, on_box, on_parent, on_ancestors = self._by_word[word]
                inline += at_start
                own += on_box
                parent += on_parent
                if on_ancestors:
                    above[word] = on_ancestors
        return inline, own, parent, above
