"""Fitting: weights of words, networks, the confidence estimate.

Everything is seeded and runs on one thread, so that the same data gives the same weights.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from cleaner.model.body import BodyModel
from cleaner.model.network import Network, standardized
from cleaner.model.tokens import LEVELS
from cleaner.model.training.dataset import Example, part_of, stacked
from cleaner.model.trust import EVIDENCE, evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fit", "fit_confidence", "probabilities"]

Words = dict[tuple[int, str], float]

_LEAST_SITES = 4  # a word seen at fewer sites says more about the site than about news
_LEAST_WEIGHT = 0.02
_WORD_PENALTY = 0.3  # inverse strength of the L2 penalty
_INNER_PARTS = 5
_HIDDEN = (96, 32)
_NETS = 3
_EPOCHS = 14
_BATCH = 512
_DECAY = 0.03
_LEARNING_RATE = 0.002
_HEAVIEST = 10.0  # times the mean weight of a row
_CORPUS_WEIGHTS = {"news": 2.0}  # what the model is for counts more


def fit(examples: Sequence[Example], version: str = "", nets: int = _NETS) -> BodyModel:
    """Return a model of `examples`, its confidence estimate still empty."""
    used = [example for example in examples if len(example.labels)]
    with threadpool_limits(1):
        words = _fit_words(used)
        scores = _unbiased_scores(used)
        rows, labels, weights = stacked(used)
        rows = np.hstack([rows, scores])
        corpus = [_CORPUS_WEIGHTS.get(e.corpus, 1.0) for e in used for _ in e.labels]
        weights = weights * np.array(corpus)
        return BodyModel(
            version, words, _fit_network(rows, labels, weights, nets), np.zeros(len(EVIDENCE))
        )


def probabilities(model: BodyModel, example: Example) -> Floats:
    """Return the model's probability for each candidate of an example."""
    if not len(example.labels):
        return np.zeros(0)
    return model.network.probabilities(np.hstack([example.rows, _scores(example, model.words)]))


def fit_confidence(
    examples: Sequence[Example], found: Sequence[Floats], quality: Sequence[float]
) -> Floats:
    """Return the coefficients that predict the quality of pages (F1) from their judgements.

    A logistic regression on fractional outcomes: each page counts once as a success, weighed by
    its F1, and once as a failure, weighed by what it lacks.
    """
    judged = [n for n, p in enumerate(found) if len(p)]
    rows = np.array([evidence(examples[n].rows, found[n], examples[n].lengths) for n in judged])
    f1 = np.array([quality[n] for n in judged])
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


def _fit_words(examples: Sequence[Example]) -> Words:
    sites: dict[tuple[int, str], set[str]] = defaultdict(set)
    for example in examples:
        for words in example.words:
            for word in words:
                sites[word].add(example.site)
    vocabulary = sorted(word for word, seen in sites.items() if len(seen) >= _LEAST_SITES)
    column = {word: i for i, word in enumerate(vocabulary)}
    starts, columns = [0], []
    for example in examples:
        for words in example.words:
            columns += sorted({column[word] for word in words if word in column})
            starts.append(len(columns))
    shape = (len(starts) - 1, len(vocabulary))
    presence = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)
    labels = np.concatenate([example.labels for example in examples])
    weights = np.concatenate([example.weights for example in examples])
    model = LogisticRegression(C=_WORD_PENALTY, max_iter=300)
    model.fit(presence, labels, sample_weight=weights)
    found = zip(vocabulary, model.coef_[0].tolist(), strict=True)
    return {word: weight for word, weight in found if abs(weight) >= _LEAST_WEIGHT}


def _unbiased_scores(examples: Sequence[Example]) -> Floats:
    """Score each example by words weighed without its own site, as unseen pages will be."""
    part = [part_of(example.site, _INNER_PARTS, "words:") for example in examples]
    scores: list[Floats] = [np.zeros((0, len(LEVELS)))] * len(examples)
    for held_out in range(_INNER_PARTS):
        kept = [e for e, p in zip(examples, part, strict=True) if p != held_out]
        if held_out not in part or not kept:
            continue
        words = _fit_words(kept)
        for i, example in enumerate(examples):
            if part[i] == held_out:
                scores[i] = _scores(example, words)
    return np.concatenate(scores)


def _scores(example: Example, words: Words) -> Floats:
    scores = np.zeros((len(example.words), len(LEVELS)))
    for row, around in enumerate(example.words):
        for level, word in around:
            scores[row, level] += words.get((level, word), 0.0)
    return scores


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
