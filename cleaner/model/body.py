"""The body model at run time: loading its weights, asking it, explaining it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.model.features import NAMES, Features, features
from cleaner.model.network import Network, best_threshold
from cleaner.model.tokens import LEVELS, WordScores
from cleaner.model.trust import trust

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float64]

__all__ = ["COLUMNS", "FORMAT", "BodyModel", "Judgement", "builtin_model", "load", "save"]

FORMAT = 1  # of the weights file; the model's own version is in it
COLUMNS = (*NAMES, *(f"words-{level}" for level in LEVELS))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of a page.

    `probabilities` of being body, one a block (0 for blocks it was not asked about); the page's
    own `threshold`; `confidence` that the blocks above it are the body, 0 to 1.
    """

    probabilities: Floats
    threshold: float
    confidence: float


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
        threshold, _ = best_threshold(found, lengths)
        confidence = trust(self.confidence, seen.rows, found, lengths)
        return Judgement(probabilities, threshold, confidence)

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
        words = self._scores.of(page.blocks[i] for i in seen.candidates.tolist())
        return np.hstack([seen.rows, np.array(words)])


def _log_odds(probabilities: Floats) -> Floats:
    bounded = np.clip(probabilities, 1e-6, 1.0 - 1e-6)
    odds: Floats = np.log(bounded / (1.0 - bounded))
    return odds


def save(model: BodyModel, path: str) -> None:
    """Write the weights: a compressed archive of arrays in half precision."""
    arrays: dict[str, Any] = {
        "format": np.array(FORMAT),
        "version": np.array(model.version),
        "columns": np.array("\n".join(COLUMNS)),
        "mean": model.network.mean.astype(np.float32),
        "spread": model.network.spread.astype(np.float32),
        "confidence": model.confidence.astype(np.float32),
        "levels": np.array([level for level, _ in model.words], np.uint8),
        "words": np.array("\n".join(word for _, word in model.words)),
        "word_weights": np.array(list(model.words.values()), np.float16),
    }
    for n, layers in enumerate(model.network.nets):
        for depth, (weights, bias) in enumerate(layers):
            arrays[f"net{n}_{depth}_weights"] = weights.astype(np.float16)
            arrays[f"net{n}_{depth}_bias"] = bias.astype(np.float16)
    with open(path, "wb") as file:
        np.savez_compressed(file, **arrays)


def load(path: str) -> BodyModel:
    """Read a weights file. Raises ValueError for one that does not fit this code."""
    with np.load(path, allow_pickle=False) as data:
        if int(data["format"]) != FORMAT or str(data["columns"]) != "\n".join(COLUMNS):
            raise ValueError(f"{path}: these weights belong to other features: train again")
        nets: list[list[tuple[NDArray[np.float32], NDArray[np.float32]]]] = []
        while f"net{len(nets)}_0_weights" in data:
            name = f"net{len(nets)}_"
            depth = sum(key.startswith(name) and key.endswith("_bias") for key in data.files)
            nets.append(
                [
                    (
                        data[f"{name}{i}_weights"].astype(np.float32),
                        data[f"{name}{i}_bias"].astype(np.float32),
                    )
                    for i in range(depth)
                ]
            )
        words = zip(data["levels"].tolist(), str(data["words"]).split("\n"), strict=True)
        weights = dict(zip(words, data["word_weights"].astype(float).tolist(), strict=True))
        network = Network(data["mean"].astype(np.float64), data["spread"].astype(np.float64), nets)
        return BodyModel(
            str(data["version"]), weights, network, data["confidence"].astype(np.float64)
        )


@cache
def builtin_model() -> BodyModel:
    """Return the model that ships with cleaner, loaded at its first use."""
    with resources.as_file(resources.files("cleaner.model") / "weights" / "html.npz") as path:
        return load(str(path))
