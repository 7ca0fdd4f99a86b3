"""Fitting the body model of pages: words, then networks.

Everything is seeded and runs on one thread, so that the same data gives the same weights.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from cleaner.model.body import BodyModel
from cleaner.model.network import Network, standardized
from cleaner.model.tokens import LEVELS
from cleaner.model.training.examples import Example, stacked
from cleaner.model.training.words import fit_words, unbiased_scores, word_scores
from cleaner.model.trust import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fit_pages", "judge_page"]

_LEAST_SITES = 4  # a word seen at fewer sites says more about the site than about news
_HIDDEN = (96, 32)
_NETS = 4
_EPOCHS = 14
_BATCH = 512
_DECAY = 0.03
_LEARNING_RATE = 0.002
_HEAVIEST = 10.0  # times the mean weight of a row
_CORPUS_WEIGHTS = {"news": 2.0}  # what the model is for counts more


def fit_pages(examples: Sequence[Example], version: str = "") -> BodyModel:
    """Return a model of `examples`, its confidence estimate still empty."""
    used = [example for example in examples if len(example.labels)]
    with threadpool_limits(1):
        words = fit_words(used, _LEAST_SITES)
        scores = unbiased_scores(used, len(LEVELS), _LEAST_SITES)
        rows, labels, weights = stacked(used)
        rows = np.hstack([rows, scores])
        corpus = [_CORPUS_WEIGHTS.get(e.corpus, 1.0) for e in used for _ in e.labels]
        weights = weights * np.array(corpus)
        network = _fit_network(rows, labels, weights, _NETS)
        return BodyModel(version, words, network, np.zeros(len(EVIDENCE)))


def judge_page(model: BodyModel, example: Example) -> Floats:
    """Return the model's probability for each row of an example."""
    if not len(example.labels):
        return np.zeros(0)
    scores = word_scores(example, model.words, len(LEVELS))
    return model.network.probabilities(np.hstack([example.rows, scores]))


def _fit_network(rows: Floats, labels: NDArray[np.int64], weights: Floats, nets: int) -> Network:
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    inputs = standardized(rows, mean, spread)
    weights = np.minimum(weights / weights[weights > 0].mean(), _HEAVIEST)
    counted = weights > 0
    layers = []
    for seed in range(nets):
        net = MLPClassifier(
            _HIDDEN, alpha=_DECAY, learning_rate_init=_LEARNING_RATE,
            batch_size=min(_BATCH, int(counted.sum())),
            max_iter=_EPOCHS, n_iter_no_change=_EPOCHS, random_state=seed,
        )  # fmt: skip
        with warnings.catch_warnings():  # stopping early is meant: it keeps the net general
            warnings.simplefilter("ignore", ConvergenceWarning)
            net.fit(inputs[counted], labels[counted], sample_weight=weights[counted])
        layers.append(list(zip(net.coefs_, net.intercepts_, strict=True)))
    return Network(mean, spread, layers)
