"""The words of a dump's lines as numbers.

What is asked of thousands of words is asked of arrays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import count
from operator import ne
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.intp]
    Flags = NDArray[np.bool_]

__all__ = ["Words"]

# A word, or a line end that a blank follows. One class, not two alternatives, and in it the letters
# that most texts are made of first: a search takes a fifth less.
_TOKEN = re.compile(r"[\nA-Za-z0-9_\w][A-Za-z0-9_\w]*")
_LINE_END = "\n "


class Words:
    """The words of n lines, which hold no line ends.

    `distinct` are the words in lower case, in the order in which they first appear; everything
    else counts in indexes of it and of the lines. For each word of the text: its `line`, its
    `word`, its `place` in the line and whether it has a `capital`. For each line: its `sizes` and
    where its words `start`. For each word of a line, once: `line_once`, `word_once` and the place
    where it stands first, `place_once`.
    """

    def __init__(self, lines: Sequence[str]):
        tokens = _TOKEN.findall(_LINE_END.join(lines))
        # Each distinct token once, then each distinct word in lower case: numbers for both.
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        typed = np.array(list(map(numbers.__getitem__, tokens)), np.intp)
        lower: defaultdict[str, int] = defaultdict(count().__next__)
        lowered = list(map(str.lower, numbers))
        word = np.array(list(map(lower.__getitem__, lowered)), np.intp)
        capital = np.array(list(map(ne, numbers, lowered)), np.bool_)
        is_word = typed != numbers.get("\n", -1)
        self.distinct = list(lower)
        self.line: Integers = np.cumsum(~is_word)[is_word]
        typed = typed[is_word]
        self.word: Integers = word[typed]
        self.capital: Flags = capital[typed]
        self.sizes: Integers = np.bincount(self.line, minlength=len(lines))
        self.start: Integers = np.cumsum(self.sizes) - self.sizes
        self.place: Integers = np.arange(len(self.line)) - self.start[self.line]
        _, first = np.unique(self.line * len(lower) + self.word, return_index=True)
        self.line_once: Integers = self.line[first]
        self.word_once: Integers = self.word[first]
        self.place_once: Integers = self.place[first]

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the words of each line."""
        return self.of_lines(np.arange(len(self.sizes)))

    def of_lines(self, lines: Integers) -> Iterator[list[str]]:
        """Yield the words of each of some lines."""
        starts, sizes = self.start[lines].tolist(), self.sizes[lines].tolist()
        for start, size in zip(starts, sizes, strict=True):
            yield [self.distinct[word] for word in self.word[start : start + size].tolist()]

    def per_line(self, of_words: NDArray[Any]) -> NDArray[Any]:
        """Return sums over the words of each line; `of_words` has a number a word."""
        return np.bincount(self.line, of_words, len(self.sizes))

    def per_line_once(self, of_words: NDArray[Any]) -> NDArray[Any]:
        """Return sums over the words of each line, each counted once a line."""
        return np.bincount(self.line_once, of_words, len(self.sizes))
