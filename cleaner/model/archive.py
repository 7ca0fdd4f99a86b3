"""Weights files: what a model was trained to, as one compressed archive in half precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Layer = tuple[Singles, Singles]  # weights (inputs, outputs), bias (outputs,)

__all__ = ["Weights", "read_weights", "write_weights"]

_KINDS = ("weights", "bias")
_FORMAT = 1  # of the file; the model's own version is in it


@dataclass(frozen=True, slots=True)
class Weights:
    """What a model consists of.

    `mean` and `spread` standardise its inputs, `confidence` are the coefficients of its estimate
    of its own quality, `words` the weights of (level, word), `layers` those of its networks by
    the part of the network that they are.
    """

    version: str
    mean: Floats
    spread: Floats
    confidence: Floats
    words: dict[tuple[int, str], float]
    layers: dict[str, list[Layer]]


def write_weights(path: str, weights: Weights, columns: Sequence[str]) -> None:
    """Write a weights file for a model whose inputs are `columns`."""
    arrays: dict[str, Any] = {
        "format": np.array(_FORMAT),
        "version": np.array(weights.version),
        "columns": np.array("\n".join(columns)),
        "mean": weights.mean.astype(np.float32),
        "spread": weights.spread.astype(np.float32),
        "confidence": weights.confidence.astype(np.float32),
        "levels": np.array([level for level, _ in weights.words], np.uint8),
        "words": np.array("\n".join(word for _, word in weights.words)),
        "word_weights": np.array(list(weights.words.values()), np.float16),
    }
    for part, layers in weights.layers.items():
        for depth, (matrix, bias) in enumerate(layers):
            arrays[f"{part}_{depth}_weights"] = matrix.astype(np.float16)
            arrays[f"{part}_{depth}_bias"] = bias.astype(np.float16)
    with open(path, "wb") as file:
        np.savez_compressed(file, **arrays)


def read_weights(path: str, columns: Sequence[str]) -> Weights:
    """Read a weights file. Raises ValueError for one that is not for these inputs."""
    with np.load(path, allow_pickle=False) as data:
        if int(data["format"]) != _FORMAT or str(data["columns"]) != "\n".join(columns):
            raise ValueError(f"{path}: these weights belong to other features: train again")
        words = zip(data["levels"].tolist(), str(data["words"]).split("\n"), strict=True)
        return Weights(
            str(data["version"]),
            data["mean"].astype(np.float64),
            data["spread"].astype(np.float64),
            data["confidence"].astype(np.float64),
            dict(zip(words, data["word_weights"].astype(float).tolist(), strict=True)),
            _layers(data),
        )


def _layers(data: Mapping[str, Any]) -> dict[str, list[Layer]]:
    layers: dict[str, list[Layer]] = {}
    for name in data:  # in the order written
        if name.startswith("net") and name.endswith("_weights"):
            layer = name.removesuffix("_weights")
            both = (data[f"{layer}_{kind}"].astype(np.float32) for kind in _KINDS)
            matrix, bias = both
            layers.setdefault(layer.rpartition("_")[0], []).append((matrix, bias))
    return layers
