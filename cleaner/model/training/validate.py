"""How good a kind of model is on sites that it has not seen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import click
import numpy as np

from cleaner.labels import label
from cleaner.model.network import logistic
from cleaner.model.training.confidence import fit_confidence
from cleaner.model.training.examples import Example, part_of
from cleaner.model.training.score import Score, page_score, summary
from cleaner.rules import builtin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cleaner.model.judgement import Judgement
    from cleaner.page import Page

    Floats = NDArray[np.float64]

__all__ = ["Method", "train"]


class Trained(Protocol):
    """A model whose confidence estimate can be put in later."""

    confidence: Floats

    def judge(self, page: Page) -> Judgement:
        """Judge the blocks of a page."""
        ...


Model = TypeVar("Model", bound=Trained)


@dataclass(frozen=True, slots=True)
class Method(Generic[Model]):
    """How one kind of model is made and asked."""

    fit: Callable[[Sequence[Example], str], Model]  # of examples and a version
    judge: Callable[[Model, Example], Floats]  # the probability of each row of an example
    evidence: Callable[[Floats, Floats, Floats], Floats]  # of rows, probabilities and lengths


def train(method: Method[Model], examples: list[Example], reported: set[str], folds: int) -> Model:
    """Print a cross-validation by site over the `reported` corpora, and train on everything.

    Below the figures of each corpus are those of its documents as they are, with all their noise.
    """
    found, scores = _cross_validate(method, examples, reported, folds)
    for corpus in sorted(reported):
        chosen = [(e, s) for e, s in zip(examples, scores, strict=True) if e.corpus == corpus and s]
        click.echo(f"{corpus:10} {_figures([score for _, score in chosen])}")
        click.echo(f"{'  as it is':10} {_figures([_untouched(example) for example, _ in chosen])}")
    model = method.fit(examples, _version(examples))
    evidence, quality = [], []
    for example, probabilities, score in zip(examples, found, scores, strict=True):
        if score is not None and probabilities.any():
            evidence.append(method.evidence(example.rows, probabilities, example.lengths))
            quality.append(score.f1)
    model.confidence = fit_confidence(evidence, quality)
    _print_reliability(np.array(evidence) @ model.confidence, np.array(quality))
    return model


def _cross_validate(
    method: Method[Model], examples: list[Example], reported: set[str], folds: int
) -> tuple[list[Floats], list[Score | None]]:
    """Return each document's probabilities and score by a model that has not seen its site."""
    part = [part_of(example.site, folds) for example in examples]
    found: list[Floats] = [np.zeros(0)] * len(examples)
    scores: list[Score | None] = [None] * len(examples)
    for held_out in range(folds):
        model = method.fit([e for e, p in zip(examples, part, strict=True) if p != held_out], "")
        for i, example in enumerate(examples):
            if part[i] == held_out and example.corpus in reported:
                found[i] = method.judge(model, example)
                scores[i] = page_score(_body(example, model), example.gold, example.optional)
        click.echo(f"part {held_out + 1} of {folds} done", err=True)
    return found, scores


def _body(example: Example, model: Trained) -> str:
    """Return the body that the whole pipeline gives with `model`: rules and all."""
    page = example.read()
    label(page, builtin(), model=model)
    return "\n\n".join(block.text for block in page.kept())


def _untouched(example: Example) -> Score:
    """Score a document that nobody has cleaned."""
    text = "\n\n".join(block.text for block in example.read().blocks)
    return page_score(text, example.gold, example.optional)


def _figures(scores: Sequence[Score]) -> str:
    return " ".join(f"{name} {value:.4g}" for name, value in summary(scores).items())


def _print_reliability(odds: Floats, f1: Floats) -> None:
    """Print how confidence and quality go together, document by document."""
    sure = logistic(odds)
    click.echo("confidence   pages   mean confidence   mean F1   pages under .8")
    for low, high in pairwise((0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            click.echo(
                f"{low:.2f}-{min(high, 1):.2f}    {inside.sum():6}   {sure[inside].mean():15.3f}"
                f"   {f1[inside].mean():7.3f}   {(f1[inside] < 0.8).sum():6}"
            )


def _version(examples: Sequence[Example]) -> str:
    """Name the weights by what they were made of."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.id}\0{example.gold}\0".encode())
        digest.update(np.ascontiguousarray(example.rows, np.float32).tobytes())
    return digest.hexdigest()[:12]
