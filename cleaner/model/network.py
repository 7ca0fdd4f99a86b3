"""The model's arithmetic: a few small multilayer perceptrons, averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Layer = tuple[Singles, Singles]  # weights (inputs, outputs), bias (outputs,)
    Layers = Sequence[tuple[NDArray[np.floating], NDArray[np.floating]]]

__all__ = [
    "Network", "averaged", "logistic", "product", "rectified", "stacked", "standardized",
]  # fmt: skip

_AT_ONCE = 2048  # rows
_CLIP = 4.0  # standard deviations
_MOST_ODDS = 30.0
_SINGLE_THREADED = 250_000  # multiplications; OpenBLAS starts threads above 262,144


class Network:
    """Averaged perceptrons with rectified hidden layers and one logistic output.

    `mean` and `spread` standardise the inputs; each net is a list of (weights, bias) by layer,
    weights of shape (inputs, outputs). Single precision is plenty here, and half the work.
    """

    def __init__(self, mean: Floats, spread: Floats, nets: Sequence[Layers]):
        self.mean, self.spread = mean, spread
        self.nets: list[list[tuple[Singles, Singles]]] = [
            [(weights.astype(np.float32), bias.astype(np.float32)) for weights, bias in layers]
            for layers in nets
        ]
        # All nets are asked in one go: by layer, weights of shape (nets, inputs, outputs).
        self._layers = list(map(stacked, zip(*self.nets, strict=True)))

    def probabilities(self, rows: Floats) -> Floats:
        """Return for each of k rows the probability, shape (k,)."""
        if len(rows) > _AT_ONCE:  # what lies between the layers takes more than the rows
            parts = (rows[i : i + _AT_ONCE] for i in range(0, len(rows), _AT_ONCE))
            return np.concatenate([self.probabilities(part) for part in parts])
        values = standardized(rows, self.mean, self.spread).astype(np.float32)
        for layer in self._layers[:-1]:
            values = rectified(values, layer)
        return averaged(values, self._layers[-1])


def stacked(layers: Sequence[Layer]) -> Layer:
    """Return the same layer of all nets as one: weights of shape (nets, inputs, outputs)."""
    return np.stack([weights for weights, _ in layers]), np.stack([[bias] for _, bias in layers])


def rectified(values: Singles, layer: Layer) -> Singles:
    """Return what a stacked layer makes of k rows, or of k rows a net: nothing below zero."""
    weights, bias = layer
    result = product(values, weights)
    result += bias
    np.maximum(result, 0.0, out=result)
    return result


def averaged(values: Singles, last: Layer) -> Floats:
    """Return the nets' mean probability for each of k rows, shape (k,), by their last layer."""
    weights, bias = last
    odds = product(values, weights) + bias
    total: Floats = logistic(odds[:, :, 0]).sum(axis=0, dtype=np.float64)
    return total / len(weights)


def product(rows: Singles, weights: Singles) -> Singles:
    """Multiply matrices, or stacks of them, in pieces too small for threads.

    Waking threads of the linear algebra library for one page costs more than the product, many
    times more where other processes keep the cores busy; and a sum must not depend on how many
    threads there are.
    """
    count, (inputs, outputs) = rows.shape[-2], weights.shape[-2:]
    step = max(1, _SINGLE_THREADED // (inputs * outputs))
    if count <= step:
        product: Singles = rows @ weights
        return product
    product = np.empty((*weights.shape[:-2], count, outputs), np.float32)
    for i in range(0, count, step):
        np.matmul(rows[..., i : i + step, :], weights, out=product[..., i : i + step, :])
    return product


def logistic(odds: NDArray[Any]) -> NDArray[Any]:
    """Return the probabilities of log-odds."""
    bounded = np.maximum(-_MOST_ODDS, np.minimum(_MOST_ODDS, odds))
    probabilities: NDArray[Any] = 1.0 / (1.0 + np.exp(-bounded))
    return probabilities


def standardized(rows: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return rows in standard deviations from the mean, outliers clipped."""
    values: Floats = rows - mean
    values /= spread
    np.minimum(values, _CLIP, out=values)
    np.maximum(values, -_CLIP, out=values)
    return values
