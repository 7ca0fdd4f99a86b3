"""What one document of a corpus teaches: rows of its blocks, with labels and weights."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.training.align import BODY, IGNORED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Example", "part_of", "stacked", "weights_of"]

_CHARACTERS_A_WORD = 5.0
_LONGEST_COUNTED = 120.0  # words: a longer block weighs no more
_NEGATIVES = 3.0  # times the gold: what a page's other blocks weigh at most together


@dataclass(slots=True)
class Example:
    """One document: k rows with what is known of them, and the gold to score against."""

    id: str
    corpus: str  # what its figures are reported under
    site: str
    gold: str
    optional: str
    read: Callable[[], Page]  # the document afresh
    rows: Floats  # (k, features)
    labels: Ints  # (k,), 1 for body
    weights: Floats  # (k,), 0 for rows that count neither way
    lengths: Floats  # (k,)
    words: list[list[tuple[int, str]]]  # (level, word) of each row


def part_of(site: str, parts: int, salt: str = "") -> int:
    """Return which of so many parts a site belongs to, the same on every machine."""
    return int(hashlib.md5((salt + site).encode()).hexdigest(), 16) % parts


def weights_of(labels: Ints, lengths: Floats) -> Floats:
    """Weigh blocks by their words relative to the gold, so that long pages do not rule."""
    weights: Floats = np.minimum(lengths / _CHARACTERS_A_WORD, _LONGEST_COUNTED) + 1.0
    weights /= float(weights[labels == BODY].sum()) or 1.0
    others = labels != BODY
    amount = float(weights[others].sum())
    if amount > _NEGATIVES:
        weights[others] *= _NEGATIVES / amount
    weights[labels == IGNORED] = 0.0
    return weights


def stacked(examples: Iterable[Example]) -> tuple[Floats, Ints, Floats]:
    """Return rows, labels and weights of all examples together."""
    used = [example for example in examples if len(example.labels)]
    return (
        np.concatenate([example.rows for example in used]),
        np.concatenate([example.labels for example in used]),
        np.concatenate([example.weights for example in used]),
    )
