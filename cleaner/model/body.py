"""The body model at run time: loading its weights, asking it, explaining it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.archive import Weights, read_weights, write_weights
from cleaner.model.arrays import floats
from cleaner.model.features import NAMES, Features, features
from cleaner.model.judgement import Judgement, best_threshold
from cleaner.model.network import Network
from cleaner.model.tokens import LEVELS, WordScores
from cleaner.model.trust import trust

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float64]

__all__ = ["COLUMNS", "BodyModel", "builtin_model", "load", "save"]

COLUMNS = (*NAMES, *(f"words-{level}" for level in LEVELS))


class BodyModel:
    """Weights of words, of the networks, and of the confidence estimate (see `trust`)."""

    def __init__(
        self,
        version: str,
        words: dict[tuple[int, str], float],
        network: Network,
        confidence: Floats,
    ):
        self.version = version
        self.words = words
        self._scores = WordScores(words)
        self.network = network
        self.confidence = confidence

    def judge(self, page: Page) -> Judgement:
        """Judge the blocks of an HTML page."""
        probabilities = np.zeros(len(page.blocks))
        if not page.blocks:
            return Judgement(probabilities, 0.5, 0.0)
        seen = features(page)
        if not len(seen.candidates):
            return Judgement(probabilities, 0.5, 0.0)
        found = self.network.probabilities(self._rows(page, seen))
        probabilities[seen.candidates] = found
        lengths = seen.layout.length[seen.candidates]
        cut = best_threshold(found, lengths)
        confidence = trust(self.confidence, seen.rows, found, lengths, cut)
        return Judgement(probabilities, cut[0], confidence)

    def explain(self, page: Page, block: int, most: int = 8) -> list[tuple[str, float, float]]:
        """Return a block's strongest features: (name, value, effect on the log-odds).

        The effect of a feature is what replacing it by its mean takes away. A debugging aid: it
        runs the networks once a feature. Empty for a block the model was not asked about.
        """
        seen = features(page)
        at = np.flatnonzero(seen.candidates == block)
        if not len(at):
            return []
        row = self._rows(page, seen)[at[0]]
        variants = np.tile(row, (len(COLUMNS) + 1, 1))
        for column in range(len(COLUMNS)):
            variants[column, column] = self.network.mean[column]
        odds = _log_odds(self.network.probabilities(variants))
        effects = odds[-1] - odds[:-1]
        order = np.argsort(-np.abs(effects), kind="stable")[:most]
        return [(COLUMNS[i], float(row[i]), float(effects[i])) for i in order]

    def _rows(self, page: Page, seen: Features) -> Floats:
        words = self._scores.of([page.blocks[i] for i in seen.candidates.tolist()])
        by_level = floats([score for scores in words for score in scores]).reshape(-1, len(LEVELS))
        return np.concatenate((seen.rows.T, by_level.T)).T


def _log_odds(probabilities: Floats) -> Floats:
    bounded = np.clip(probabilities, 1e-6, 1.0 - 1e-6)
    odds: Floats = np.log(bounded / (1.0 - bounded))
    return odds


def save(model: BodyModel, path: str) -> None:
    """Write the weights of a model."""
    network = model.network
    layers = {f"net{n}": layers for n, layers in enumerate(network.nets)}
    weights = Weights(
        model.version, network.mean, network.spread, model.confidence, model.words, layers
    )
    write_weights(path, weights, COLUMNS)


def load(path: str) -> BodyModel:
    """Read a weights file. Raises ValueError for one that does not fit this code."""
    read = read_weights(path, COLUMNS)
    network = Network(read.mean, read.spread, list(read.layers.values()))
    return BodyModel(read.version, read.words, network, read.confidence)


@cache
def builtin_model() -> BodyModel:
    """Return the model that ships with cleaner, loaded at its first use."""
    with resources.as_file(resources.files("cleaner.model") / "weights" / "html.npz") as path:
        return load(str(path))
