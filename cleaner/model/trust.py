"""How far a page's judgement can be trusted: what its probabilities and kept blocks look like.

A body that the model is sure of, that stands in one box, in few runs of finished sentences, and
that makes up most of the page's prose is nearly always right; one that is scattered, linked, or
cut out of much other prose is often not.
"""

from __future__ import annotations

from math import exp, log1p
from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.arrays import floats
from cleaner.model.features import NAMES
from cleaner.model.judgement import best_threshold, count_runs
from cleaner.model.network import logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["EVIDENCE", "evidence", "trust"]

# Features of the kept blocks that are averaged by their length.
_AVERAGED = (
    "top-share", "in-top", "inside-75", "container-prose", "link-density", "copies",
    "look-alike-share", "hidden", "in-aside", "in-footer", "in-nav", "ends-full-stop", "ends-quote",
)  # fmt: skip
EVIDENCE = (
    "constant", "expected-f1", "amount", "unsure", "undecided", "surest", "share-of-text",
    "share-of-prose", "runs", "title-found", "short-blocks", "prose-of-page", *_AVERAGED,
)  # fmt: skip

_COLUMN = {name: number for number, name in enumerate(NAMES)}
_AVERAGED_COLUMNS = np.array([_COLUMN[name] for name in _AVERAGED])
_SHORT = 60  # characters


def evidence(
    rows: Floats,
    probabilities: Floats,
    lengths: Floats,
    cut: tuple[float, float] | None = None,
) -> Floats:
    """Return what speaks for and against a judgement, shape (len(EVIDENCE),).

    `rows` are the features of k candidates, at least one; `cut` is their `best_threshold`, where
    that is known already.
    """
    threshold, expected = cut or best_threshold(probabilities, lengths)
    kept = probabilities > threshold
    weights = lengths * kept
    amount = float(weights.sum()) + 1.0
    unsure = float((np.minimum(probabilities, 1.0 - probabilities) * lengths).sum())
    undecided = float(lengths[(probabilities > 0.2) & (probabilities < 0.8)].sum())
    prose = float(rows[0, _COLUMN["page-prose"]])
    count = float(kept.sum()) + 1.0
    return floats(
        [
            1.0,
            expected,
            log1p(amount) / 8.0,
            min(3.0, unsure / amount),
            min(3.0, undecided / amount),
            probabilities.max(),
            amount / (lengths.sum() + 1.0),
            min(3.0, amount / (exp(prose) + 1.0)),
            log1p(count_runs(kept)) / 3.0,
            rows[:, _COLUMN["is-title"]].max(),
            np.count_nonzero(lengths[kept] < _SHORT) / count,
            prose / 10.0,
            *(rows.T[_AVERAGED_COLUMNS] @ weights / amount).tolist(),
        ]
    )


def trust(
    coefficients: Floats,
    rows: Floats,
    probabilities: Floats,
    lengths: Floats,
    cut: tuple[float, float] | None = None,
) -> float:
    """Return the confidence, 0 to 1, that the judgement is right, from what `evidence` asks for."""
    return float(logistic(evidence(rows, probabilities, lengths, cut) @ coefficients))
