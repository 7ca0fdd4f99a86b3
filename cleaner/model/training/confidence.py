"""Fitting the confidence estimate: from what a judgement looks like to how good it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fit_confidence"]


def fit_confidence(evidence: Sequence[Floats], quality: Sequence[float]) -> Floats:
    """Return the coefficients that predict the quality of documents (F1) from their judgements.

    A logistic regression on fractional outcomes: each document counts once as a success, weighed
    by its F1, and once as a failure, weighed by what it lacks. The first column is constant.
    """
    rows, f1 = np.array(evidence), np.array(quality)
    # Inputs are standardised for a fair penalty; the result is in raw units again.
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    mean[0], spread[0] = 0.0, 1.0
    inputs = (rows - mean) / spread
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000)
    outcomes = np.concatenate([np.ones(len(f1)), np.zeros(len(f1))])
    model.fit(np.vstack([inputs, inputs]), outcomes, sample_weight=np.concatenate([f1, 1.0 - f1]))
    coefficients: Floats = model.coef_[0] / spread
    coefficients[0] -= float(coefficients[1:] @ mean[1:])
    return coefficients
