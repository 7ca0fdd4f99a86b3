"""The words of a dump's lines, and what they are worth.

A word weighs differently by where it stands, hence by level: anywhere in a short line or in a long
one, first, last, beside the next, or as all that a line says.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["LEVELS", "WordingScores", "wordings"]

LEVELS = ("short", "long", "first", "last", "pair", "whole")

_SHORT = 12  # words
_READ = 20  # words of a long line
_WHOLE = 4  # words


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
            yield 4, f"{pair[0]} {pair[1]}"
        if len(words) <= _WHOLE:
            yield 5, " ".join(words)


class WordingScores:
    """Sums of learned weights of a line's wordings, one sum a level."""

    def __init__(self, weights: Mapping[tuple[int, str], float]):
        self._levels: tuple[dict[str, float], ...] = tuple({} for _ in LEVELS)
        for (level, wording), weight in weights.items():
            self._levels[level][wording] = weight

    def of(self, lines: Sequence[Sequence[str]]) -> Floats:
        """Return the sums of n lines of words: n × len(LEVELS)."""
        short, long, first, last, pairs, whole = (level.get for level in self._levels)
        nothing = (0.0,) * len(LEVELS)
        rows = []
        for words in lines:
            if not words:
                rows.append(nothing)
                continue
            begins, ends = first(words[0], 0.0), last(words[-1], 0.0)
            if len(words) > _SHORT:
                total = sum([long(word, 0.0) for word in dict.fromkeys(words[:_READ])])
                rows.append((0.0, total, begins, ends, 0.0, 0.0))
                continue
            total = sum([short(word, 0.0) for word in dict.fromkeys(words)])
            together = 0.0
            if len(words) > 1:
                beside = dict.fromkeys(map(" ".join, pairwise(words)))
                together = sum([pairs(pair, 0.0) for pair in beside])
            alone = whole(" ".join(words), 0.0) if len(words) <= _WHOLE else 0.0
            rows.append((total, 0.0, begins, ends, together, alone))
        return np.array(rows)
