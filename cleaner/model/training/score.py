"""Scoring bodies against gold: 4-word shingles, as the public benchmarks count.

A word is what has no space or mark in it: in Chinese and Japanese a whole clause, so that figures
of such pages are coarse. `golden.score` parts those for collections of one's own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Score", "page_score", "summary"]

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_WHOLE = 0.99  # recall of a body that has lost nothing


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and exactness of one body; precision is None where nothing was given."""

    precision: float | None
    recall: float
    exact: bool

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where either is missing."""
        if not self.precision or not self.recall:
            return 0.0
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def page_score(body: str, gold: str, optional: str = "") -> Score:
    """Score one body. Shingles that only `optional` has count neither way."""
    found, wanted = _shingles(body), _shingles(gold)
    if optional:
        found -= _shingles(optional) - wanted
    common = sum((found & wanted).values())
    return Score(
        common / sum(found.values()) if found else None,
        common / sum(wanted.values()) if wanted else 0.0,
        _WORD.findall(body) == _WORD.findall(gold),
    )


def summary(scores: Sequence[Score]) -> dict[str, float]:
    """Average precision and recall over pages, then combine them.

    "exact", "whole" and "bad" are the shares of pages that are right to the word, have lost
    nothing, and have an F1 below .8.
    """
    precision = mean([s.precision for s in scores if s.precision is not None] or [0.0])
    recall = mean(s.recall for s in scores)
    return {
        "pages": len(scores),
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "precision": precision,
        "recall": recall,
        "exact": mean(s.exact for s in scores),
        "whole": mean(s.recall >= _WHOLE for s in scores),
        "bad": mean(s.f1 < 0.8 for s in scores),
    }


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    count = max(1, len(words) - _SHINGLE + 1)
    return Counter(tuple(words[i : i + _SHINGLE]) for i in range(count) if words)
