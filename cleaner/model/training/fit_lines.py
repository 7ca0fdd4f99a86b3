"""Fitting the model of dumps: wordings, then convolutional networks.

Everything is seeded and runs on one thread, so that the same data gives the same weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch import nn

from cleaner.model.dump import EVIDENCE, KEPT, DumpModel
from cleaner.model.network import standardized
from cleaner.model.sequence import Net, SequenceNetwork
from cleaner.model.training.examples import Example, stacked
from cleaner.model.training.words import fit_words, unbiased_scores, word_scores
from cleaner.model.wording import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]

__all__ = ["fit_lines", "judge_lines"]

_LEAST_SITES = 6  # wordings are many, and most say more about a site than about news
_NETS = 2  # narrow ones, averaged, lose less of an article by chance than a wide one, at its cost
_WIDTH = 32
_DEPTH = 5  # the layers around a line look 1, 2, 4, 8 and 16 lines far
_LAST = 24  # width of the layer before the output
_DROPOUT, _INPUT_DROPOUT = 0.15, 0.1
_EPOCHS = 5  # each page is seen in nine dumps: more would be learning it by heart
_BATCH = 6000  # lines
_LONGEST = 800  # lines of a dump that are learned from
_LEARNING_RATE = 0.004
_DECAY = 0.001
_STEEPEST = 2.0  # norm of a gradient


def fit_lines(examples: Sequence[Example], version: str = "") -> DumpModel:
    """Return a model of `examples`, its confidence estimate still empty."""
    with threadpool_limits(1):
        torch.set_num_threads(1)
        torch.use_deterministic_algorithms(True)
        words = fit_words(examples, _LEAST_SITES)
        scores = unbiased_scores(examples, len(LEVELS), _LEAST_SITES)
        rows, labels, weights = stacked(examples)
        rows = np.hstack([rows, scores])
        mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        inputs = standardized(rows, mean, spread).astype(np.float32)
        ends = np.cumsum([len(example.labels) for example in examples])[:-1]
        dumps = list(
            zip(
                np.split(inputs, ends),
                np.split(labels.astype(np.float32), ends),
                np.split(weights.astype(np.float32), ends),
                strict=True,
            )
        )
        nets = [_fit_net(dumps, seed) for seed in range(_NETS)]
    network = SequenceNetwork(mean, spread, nets)
    return DumpModel(version, words, network, np.zeros(len(EVIDENCE)))


def judge_lines(model: DumpModel, example: Example) -> Floats:
    """Return the model's probability for each line of an example, 0 for those the rules removed."""
    scores = word_scores(example, model.wordings, len(LEVELS))
    found = model.network.probabilities(np.hstack([example.rows, scores]))
    found[example.rows[:, KEPT] == 0.0] = 0.0
    return found


Dump = tuple["Singles", "Singles", "Singles"]  # inputs, labels and weights of its lines


class _Module(nn.Module):
    """The network of `cleaner.model.sequence`, as it is trained."""

    def __init__(self, inputs: int):
        super().__init__()
        self.into = nn.Linear(inputs, _WIDTH)
        self.around = nn.ModuleList(
            nn.Conv1d(_WIDTH, _WIDTH, 3, padding=2**depth, dilation=2**depth)
            for depth in range(_DEPTH)
        )
        self.last = nn.Linear(_WIDTH, _LAST)
        self.out = nn.Linear(_LAST, 1)
        self.dropout = nn.Dropout(_DROPOUT)
        self.input_dropout = nn.Dropout(_INPUT_DROPOUT)

    def forward(self, inputs: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Return the log-odds of each line; `real` is 0 for the padding behind short dumps."""
        values = (torch.relu(self.into(self.input_dropout(inputs))) * real).transpose(1, 2)
        for layer in self.around:
            values = values + torch.relu(layer(self.dropout(values))) * real.transpose(1, 2)
        last = torch.relu(self.last(self.dropout(values.transpose(1, 2))))
        odds: torch.Tensor = self.out(last).squeeze(-1)
        return odds

    def net(self) -> Net:
        """Return the trained weights."""
        around = []
        for layer in self.around:
            assert isinstance(layer, nn.Conv1d)
            taps = layer.weight.detach().numpy().transpose(2, 1, 0)  # tap, input, output
            around.append((taps.reshape(3 * _WIDTH, _WIDTH).copy(), _array(layer.bias)))
        return Net(_dense(self.into), around, [_dense(self.last), _dense(self.out)])


def _array(tensor: torch.Tensor | None) -> Singles:
    assert tensor is not None
    array: Singles = tensor.detach().numpy().copy()
    return array


def _dense(layer: nn.Linear) -> tuple[Singles, Singles]:
    return _array(layer.weight.T), _array(layer.bias)


def _fit_net(dumps: Sequence[Dump], seed: int) -> Net:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    module = _Module(dumps[0][0].shape[1])
    optimizer = torch.optim.AdamW(module.parameters(), weight_decay=_DECAY)
    epochs = [list(_batches(dumps, order)) for _ in range(_EPOCHS)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, _LEARNING_RATE, total_steps=sum(map(len, epochs)) + 1
    )
    module.train()
    for batch in (batch for epoch in epochs for batch in epoch):
        inputs, real, labels, weights = _padded([dumps[i] for i in batch])
        losses = nn.functional.binary_cross_entropy_with_logits(
            module(inputs, real), labels, weight=weights, reduction="sum"
        )
        optimizer.zero_grad()
        (losses * (50.0 / len(batch))).backward()
        nn.utils.clip_grad_norm_(module.parameters(), _STEEPEST)
        optimizer.step()
        schedule.step()
    module.eval()
    return module.net()


def _batches(dumps: Sequence[Dump], order: np.random.Generator) -> Iterator[list[int]]:
    """Yield the numbers of dumps of about one length, so that little is padding."""
    lengths = np.array([min(_LONGEST, len(labels)) for _, labels, _ in dumps])
    batches: list[list[int]] = [[]]
    for i in np.argsort(lengths + 20.0 * order.random(len(dumps))).tolist():
        if batches[-1] and lengths[i] * (len(batches[-1]) + 1) > _BATCH:
            batches.append([])
        batches[-1].append(i)
    for i in order.permutation(len(batches)).tolist():
        yield batches[i]


def _padded(
    dumps: Sequence[Dump],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return inputs, which lines are real, labels and weights, dumps padded to one length."""
    longest = min(_LONGEST, max(len(labels) for _, labels, _ in dumps))
    inputs = np.zeros((len(dumps), longest, dumps[0][0].shape[1]), np.float32)
    real = np.zeros((len(dumps), longest, 1), np.float32)
    labels = np.zeros((len(dumps), longest), np.float32)
    weights = np.zeros((len(dumps), longest), np.float32)
    for row, (own, wanted, weight) in enumerate(dumps):
        n = min(longest, len(wanted))
        inputs[row, :n], real[row, :n] = own[:n], 1.0
        labels[row, :n], weights[row, :n] = wanted[:n], weight[:n]
    inputs_, real_, labels_, weights_ = map(torch.from_numpy, (inputs, real, labels, weights))
    return inputs_, real_, labels_, weights_
