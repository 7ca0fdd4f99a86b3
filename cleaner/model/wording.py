"""The words of a dump's lines, and what they are worth.

A word weighs differently by where it stands, hence by level: anywhere in a short line or in a long
one, first, last, beside the next, or as all that a line says.
"""

from __future__ import annotations

from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.model.words import Words

    Floats = NDArray[np.float64]

__all__ = ["LEVELS", "WordingScores", "wordings"]

LEVELS = ("short", "long", "first", "last", "pair", "whole")
_SINGLE = 4  # so many of them are those of single words
_PAIR, _WHOLE = 4, 5

_SHORT = 12  # words
_READ = 20  # words of a long line
_MOST_OF_WHOLE = 4  # words


def wordings(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield (level, wording) for the words of a line, each once."""
    if not words:
        return
    short = len(words) <= _SHORT
    level = 0 if short else 1
    for word in dict.fromkeys(words[:_READ]):
        yield level, word
    yield 2, words[0]
    yield 3, words[-1]
    if short:
        for pair in dict.fromkeys(pairwise(words)):
            yield _PAIR, f"{pair[0]} {pair[1]}"
        if len(words) <= _MOST_OF_WHOLE:
            yield _WHOLE, " ".join(words)


class WordingScores:
    """Sums of learned weights of a line's wordings, one sum a level."""

    def __init__(self, weights: Mapping[tuple[int, str], float]):
        self._pairs = {wording: w for (level, wording), w in weights.items() if level == _PAIR}
        self._wholes = {wording: w for (level, wording), w in weights.items() if level == _WHOLE}
        # Which words can be in a pair, and begin a whole line: few are.
        ends = [{wording.rpartition(" ")[2] for wording in self._pairs}]
        ends += [
            {wording.partition(" ")[0] for wording in of} for of in (self._pairs, self._wholes)
        ]
        known = [wording for level, wording in weights if level < _SINGLE]
        self._row = {word: n for n, word in enumerate(dict.fromkeys([*known, *chain(*ends)]), 1)}
        self._single = np.zeros((len(self._row) + 1, _SINGLE))  # row 0: the unknown
        for (level, wording), weight in weights.items():
            if level < _SINGLE:
                self._single[self._row[wording], level] = weight
        self._may = np.zeros((len(self._row) + 1, len(ends)), np.bool_)
        for column, words in enumerate(ends):
            self._may[[self._row[word] for word in words], column] = True

    def of(self, words: Words) -> Floats:
        """Return the sums of the words of n lines: n × len(LEVELS)."""
        distinct = words.distinct
        row = np.array(list(map(self._row.get, distinct, repeat(0))), np.intp)
        weights, row = self._single[row], row[words.word]
        scores = np.zeros((len(words.sizes), len(LEVELS)))
        once = weights[words.word_once, :2]
        once[words.place_once >= _READ] = 0.0
        is_short = words.sizes <= _SHORT
        scores[is_short, 0] = words.per_line_once(once[:, 0])[is_short]
        scores[~is_short, 1] = words.per_line_once(once[:, 1])[~is_short]
        some = np.flatnonzero(words.sizes)
        starts = words.start[some]
        scores[some, 2] = weights[words.word[starts], 2]
        scores[some, 3] = weights[words.word[starts + words.sizes[some] - 1], 3]
        self._add_pairs(scores, words, row, is_short)
        whole = some[(words.sizes[some] <= _MOST_OF_WHOLE) & self._may[row[starts], 2]]
        for line, typed in zip(whole.tolist(), words.of_lines(whole), strict=True):
            weight = self._wholes.get(" ".join(typed))
            if weight is not None:
                scores[line, _WHOLE] = weight
        return scores

    def _add_pairs(
        self, scores: Floats, words: Words, row: NDArray[np.intp], is_short: NDArray[np.bool_]
    ) -> None:
        may = self._may[row[:-1], 1] & self._may[row[1:], 0] & is_short[words.line[1:]]
        may &= words.line[1:] == words.line[:-1]
        at = np.flatnonzero(may)
        pairs = (words.line[at].tolist(), words.word[at].tolist(), words.word[at + 1].tolist())
        for line, one, other in dict.fromkeys(zip(*pairs, strict=True)):
            weight = self._pairs.get(f"{words.distinct[one]} {words.distinct[other]}")
            if weight is not None:
                scores[line, _PAIR] += weight
