"""The dump model at run time: loading its weights, asking it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.archive import Weights, read_weights, write_weights
from cleaner.model.judgement import Judgement, best_threshold, count_runs
from cleaner.model.lines import NAMES, Lines, lines
from cleaner.model.network import logistic
from cleaner.model.sequence import Net, SequenceNetwork
from cleaner.model.wording import LEVELS, WordingScores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.model.archive import Layer
    from cleaner.page import Page

    Floats = NDArray[np.float64]

__all__ = [
    "COLUMNS",
    "EVIDENCE",
    "KEPT",
    "DumpModel",
    "builtin_dump_model",
    "evidence",
    "load",
    "save",
    "trust",
]

COLUMNS = (*NAMES, *(f"wording-{level}" for level in LEVELS))
EVIDENCE = (
    "constant", "expected-f1", "amount", "unsure", "undecided", "share-of-text", "runs",
    "ends-sentence", "prose", "segment-share",
)  # fmt: skip
_COLUMN = {name: number for number, name in enumerate(NAMES)}
KEPT = _COLUMN["kept"]
_AT_ONCE = 20_000  # lines: more than any article, and rows take far more memory than lines


class DumpModel:
    """Weights of wordings, of the networks, and of the confidence estimate."""

    def __init__(
        self,
        version: str,
        wordings: dict[tuple[int, str], float],
        network: SequenceNetwork,
        confidence: Floats,
    ):
        self.version = version
        self.wordings = wordings
        self.network = network
        self.confidence = confidence
        self._scores = WordingScores(wordings)

    def judge(self, page: Page) -> Judgement:
        """Judge the lines of a dump that the rules have left in the body.

        More than _AT_ONCE lines are judged in pieces, as if each were a dump of its own.
        """
        blocks = page.blocks
        probabilities, lengths = np.zeros(len(blocks)), np.zeros(len(blocks))
        total = amount = 0.0
        for start in range(0, len(blocks), _AT_ONCE):
            piece = blocks[start : start + _AT_ONCE]
            if not any(block.kept for block in piece):
                continue
            seen = lines(piece)
            found = self.network.probabilities(self.rows(seen))
            found[seen.rows[:, KEPT] == 0.0] = 0.0
            probabilities[start : start + _AT_ONCE] = found
            lengths[start : start + _AT_ONCE] = seen.length
            share = float((found * seen.length).sum()) + 1e-6
            amount += share
            total += share * trust(self.confidence, seen.rows, found, seen.length)
        asked = probabilities > 0.0
        threshold, _ = best_threshold(probabilities[asked], lengths[asked])
        nothing = not (probabilities > threshold).any()  # found, and so nothing to be sure of
        return Judgement(probabilities, threshold, 0.0 if nothing else total / amount)

    def rows(self, seen: Lines) -> Floats:
        """Return the networks' inputs for the lines of a dump: n × len(COLUMNS)."""
        return np.hstack([seen.rows, self._scores.of(seen.words)])


def trust(coefficients: Floats, rows: Floats, probabilities: Floats, lengths: Floats) -> float:
    """Return the confidence, 0 to 1, that the judgement of a dump is right."""
    return float(logistic(evidence(rows, probabilities, lengths) @ coefficients))


def evidence(rows: Floats, probabilities: Floats, lengths: Floats) -> Floats:
    """Return what speaks for and against a judgement, shape (len(EVIDENCE),).

    `rows` are the features of n lines, of which the rules have left at least one in the body.
    """
    kept = rows[:, KEPT] > 0
    length, found = lengths[kept], probabilities[kept]
    threshold, expected = best_threshold(found, length)
    above = found > threshold
    amount = float(length[above].sum()) + 1.0
    ended, prose = (rows[kept, _COLUMN[name]] for name in ("ends-sentence", "prose"))
    return np.array(
        [
            1.0,
            expected,
            np.log1p(amount) / 8.0,
            min(3.0, float((np.minimum(found, 1.0 - found) * length).sum()) / amount),
            min(3.0, float(length[(found > 0.2) & (found < 0.8)].sum()) / amount),
            amount / (float(lengths.sum()) + 1.0),
            np.log1p(count_runs(above)) / 3.0,
            float((length * above * ended).sum()) / amount,
            float((length * above * prose).sum()) / amount,
            float(rows[0, _COLUMN["segment-share"]]),
        ]
    )


def save(model: DumpModel, path: str) -> None:
    """Write the weights of a model."""
    network = model.network
    layers: dict[str, list[Layer]] = {}
    for n, net in enumerate(network.nets):
        layers |= {f"net{n}_into": [net.into], f"net{n}_around": list(net.around)}
        layers[f"net{n}_out"] = list(net.out)
    weights = Weights(
        model.version, network.mean, network.spread, model.confidence, model.wordings, layers
    )
    write_weights(path, weights, COLUMNS)


def load(path: str) -> DumpModel:
    """Read a weights file. Raises ValueError for one that does not fit this code."""
    read = read_weights(path, COLUMNS)
    parts = iter(read.layers.values())
    triples = zip(parts, parts, parts, strict=True)
    nets = [Net(into[0], around, out) for into, around, out in triples]
    network = SequenceNetwork(read.mean, read.spread, nets)
    return DumpModel(read.version, read.words, network, read.confidence)


@cache
def builtin_dump_model() -> DumpModel:
    """Return the model that ships with cleaner, loaded at its first use."""
    with resources.as_file(resources.files("cleaner.model") / "weights" / "text.npz") as path:
        return load(str(path))
