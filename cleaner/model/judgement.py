"""What a model says of a page, and where it draws the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float64]

__all__ = ["Judgement", "Model", "best_threshold", "count_runs"]

_LEAST_THRESHOLD = 0.2


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model says of a page.

    `probabilities` of being body, one a block (0 for blocks it was not asked about); the page's
    own `threshold`; `confidence` that the blocks above it are the body, 0 to 1.
    """

    probabilities: Floats
    threshold: float
    confidence: float


class Model(Protocol):
    """What can judge a page: the body model of one of the two doors."""

    def judge(self, page: Page) -> Judgement:
        """Judge the blocks of a page."""
        ...


def count_runs(kept: NDArray[np.bool_]) -> int:
    """Return how many runs of kept ones there are among at least one."""
    return int(np.count_nonzero(kept[1:] & ~kept[:-1])) + int(kept[0])


def best_threshold(probabilities: Floats, lengths: Floats) -> tuple[float, float]:
    """Return the threshold that promises the highest F1 of kept text, and that F1.

    With calibrated probabilities the best threshold is half the best expected F1 (Lipton, Elkan,
    Naryanaswamy: Thresholding Classifiers to Maximize F1 Score, 2014), so a page on which the
    model is unsure of everything is cut lower than one with a clear body.
    """
    mass = probabilities * lengths
    if not mass.any():
        return 0.5, 0.0
    order = (-probabilities).argsort(kind="stable")
    expected = 2.0 * mass[order].cumsum() / (lengths[order].cumsum() + mass.sum())
    best = float(expected.max())
    return min(0.5, max(_LEAST_THRESHOLD, best / 2.0)), best
