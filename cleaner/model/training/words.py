"""Fitting the weights of words: a logistic regression on what stands where."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cleaner.model.training.examples import Example, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Words", "fit_words", "unbiased_scores", "word_scores"]

Words = dict[tuple[int, str], float]

_LEAST_WEIGHT = 0.02
_PENALTY = 0.3  # inverse strength of the L2 penalty
_INNER_PARTS = 5


def fit_words(examples: Sequence[Example], least_sites: int) -> Words:
    """Return the weight of each (level, word) that was seen at so many sites."""
    sites: dict[tuple[int, str], set[str]] = defaultdict(set)
    for example in examples:
        for words in example.words:
            for word in words:
                sites[word].add(example.site)
    vocabulary = sorted(word for word, seen in sites.items() if len(seen) >= least_sites)
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
    model = LogisticRegression(C=_PENALTY, max_iter=300)
    model.fit(presence, labels, sample_weight=weights)
    found = zip(vocabulary, model.coef_[0].tolist(), strict=True)
    return {word: weight for word, weight in found if abs(weight) >= _LEAST_WEIGHT}


def unbiased_scores(examples: Sequence[Example], levels: int, least_sites: int) -> Floats:
    """Score each example by words weighed without its own site, as unseen pages will be."""
    part = [part_of(example.site, _INNER_PARTS, "words:") for example in examples]
    scores: list[Floats] = [np.zeros((0, levels))] * len(examples)
    for held_out in range(_INNER_PARTS):
        kept = [e for e, p in zip(examples, part, strict=True) if p != held_out]
        if held_out not in part or not kept:
            continue
        words = fit_words(kept, least_sites)
        for i, example in enumerate(examples):
            if part[i] == held_out:
                scores[i] = word_scores(example, words, levels)
    return np.concatenate(scores)


def word_scores(example: Example, words: Words, levels: int) -> Floats:
    """Return the sums of weights of each row of an example: k × levels."""
    scores = np.zeros((len(example.words), levels))
    for row, around in enumerate(example.words):
        for level, word in around:
            scores[row, level] += words.get((level, word), 0.0)
    return scores
