"""Whether a line of a dump is about what the text below it is about: the words they share."""

from __future__ import annotations

import re
from bisect import bisect
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.shape import is_prose
from cleaner.titles import title_key

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["Topic", "telling_words"]

_PROSE_READ = 8  # paragraphs below a line in which its words are looked for
_LEAST_OF_TEXT = 60  # characters
_STEM, _LEAST_TELLING = 5, 4  # letters
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


class Topic:
    """The telling words of a dump's lines: a headline shares some with the text below it."""

    def __init__(self, draft: Draft):
        self._blocks = draft.blocks
        self.prose = [i for i, block in enumerate(draft.blocks) if is_prose(block.text)]
        self._of_prose: dict[int, frozenset[str]] = {}

    @cached_property
    def _long(self) -> list[int]:
        """The longer lines: where they are torn at links, few are whole paragraphs."""
        return [i for i, block in enumerate(self._blocks) if len(block.text) >= _LEAST_OF_TEXT]

    def shared(self, index: int, torn: bool = False) -> float:
        """Return how many of a line's words stand in the paragraphs below it, 0 to 1.

        `torn`: in all longer lines, whether or not they are whole paragraphs.
        One word among several is there by chance.
        """
        own = telling_words(self._blocks[index].text)
        lines = self._long if torn else self.prose
        start = bisect(lines, index)
        below: set[str] = set()
        for at in lines[start : start + _PROSE_READ]:
            if at not in self._of_prose:
                self._of_prose[at] = telling_words(self._blocks[at].text)
            below |= self._of_prose[at]
        common = len(own & below)
        return common / len(own) if common > 1 or common == len(own) > 0 else 0.0

    def shared_at_all(self, index: int) -> float:
        """Return the share as for `shared`, in whole paragraphs or in all longer lines."""
        return max(self.shared(index), self.shared(index, torn=True))

    def follows(self, index: int, lines: int) -> bool:
        """Whether a longer line stands within so many lines below a line."""
        at = bisect(self._long, index)
        return at < len(self._long) and self._long[at] <= index + lines

    def is_above(self, index: int, lines: int) -> bool:
        """Whether a paragraph stands within so many kept lines below a line."""
        start = bisect(self.prose, index)
        if start == len(self.prose):
            return not self.prose  # nothing in the dump is long enough to tell
        return sum(b.kept for b in self._blocks[index + 1 : self.prose[start]]) < lines


def telling_words(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words, pairs of characters where words have no ends."""
    key = title_key(text)
    if _WIDE.search(key) is not None:
        return frozenset(a + b for a, b in pairwise(key) if " " not in (a, b))
    return frozenset(word[:_STEM] for word in key.split() if len(word) >= _LEAST_TELLING)
