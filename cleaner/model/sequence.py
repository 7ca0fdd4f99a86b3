"""The arithmetic of the dump model: small convolutional networks over lines, averaged.

What a line is to the article shows in the lines around it. Each layer looks at a line and at one
on either side, the next at lines twice as far (dilated convolutions with residual connections, as
in van den Oord and others: WaveNet, 2016), so that a few layers see thirty lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.network import averaged, rectified, stacked, standardized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Layer = tuple[Singles, Singles]  # weights (inputs, outputs), bias (outputs,)

__all__ = ["Net", "SequenceNetwork"]


@dataclass(frozen=True, slots=True)
class Net:
    """The layers of one network: into its width, around each line, and out to one number.

    The weights of a layer around a line take three rows at once: before, own, after.
    """

    into: Layer
    around: Sequence[Layer]
    out: Sequence[Layer]


class SequenceNetwork:
    """Averaged networks; `mean` and `spread` standardise the inputs."""

    def __init__(self, mean: Floats, spread: Floats, nets: Sequence[Net]):
        self.mean, self.spread = mean, spread
        self.nets = nets
        # All nets are asked in one go: by layer, weights of shape (nets, inputs, outputs).
        self._into, *rest = map(stacked, zip(*map(_layers, nets), strict=True))
        self._around, self._out = rest[: len(nets[0].around)], rest[len(nets[0].around) :]

    def probabilities(self, rows: Floats) -> Floats:
        """Return for each of n consecutive lines the probability, shape (n,)."""
        inputs = standardized(rows, self.mean, self.spread).astype(np.float32)
        values = rectified(inputs, self._into)
        for depth, layer in enumerate(self._around):
            values += rectified(_with_neighbours(values, 2**depth), layer)
        for layer in self._out[:-1]:
            values = rectified(values, layer)
        return averaged(values, self._out[-1])


def _layers(net: Net) -> Sequence[Layer]:
    return [net.into, *net.around, *net.out]


def _with_neighbours(values: Singles, distance: int) -> Singles:
    """Return each net's rows between those `distance` before and after, zeros beyond the ends."""
    nets, count, width = values.shape
    rows = np.empty((nets, count, 3 * width), np.float32)
    before, own, after = rows[..., :width], rows[..., width : 2 * width], rows[..., 2 * width :]
    before[:, :distance] = 0.0
    before[:, distance:] = values[:, :-distance]
    own[:] = values
    after[:, :-distance] = values[:, distance:]
    after[:, -distance:] = 0.0
    return rows
