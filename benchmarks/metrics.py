"""What is measured of an extraction, and how sure the figure is.

Bodies are compared by 4-word shingles, precision and recall averaged over pages and then combined:
the measure of the public article-extraction-benchmark. `words` is the mean F1 over bags of words,
the measure of WCXB. Intervals are percentiles of a bootstrap over pages (Efron 1979).
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from cleaner.model.training.score import page_score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.corpora import Case

__all__ = ["FIGURES", "Figure", "PageResult", "Prediction", "figures", "judge"]

_WORD = re.compile(r"\w+")
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Prediction:
    """What an extractor makes of a page."""

    headline: str | None = None
    date: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class PageResult:
    """How good one prediction is; None for what the gold does not say.

    The precision of an empty body is None too.
    """

    precision: float | None = None
    recall: float | None = None
    exact: bool | None = None
    words: float | None = None
    headline: bool | None = None
    day: bool | None = None

    @property
    def f1(self) -> float | None:
        """F1 of this page's body, None where the gold has none."""
        if self.recall is None:
            return None
        return _f1(self.precision or 0.0, self.recall)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over pages with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def judge(case: Case, prediction: Prediction) -> PageResult:
    """Compare a prediction with the gold of its case."""
    precision = recall = exact = words = None
    if case.body:
        score = page_score(prediction.body or "", case.body, case.optional)
        precision, recall, exact = score.precision, score.recall, score.exact
        words = _words_f1(case.body, prediction.body or "")
    return PageResult(
        precision, recall, exact, words,
        _plain(case.headline) == _plain(prediction.headline or "") if case.headline else None,
        case.date[:10] == (prediction.date or "")[:10] if case.date else None,
    )  # fmt: skip


def _f1(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _words_f1(gold: str, found: str) -> float:
    wanted, given = Counter(_WORD.findall(gold.lower())), Counter(_WORD.findall(found.lower()))
    return 2 * (wanted & given).total() / max(1, wanted.total() + given.total())


def _plain(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _shingle_f1(pages: Sequence[PageResult]) -> float | None:
    precision, recall = _mean([p.precision for p in pages]), _mean([p.recall for p in pages])
    return None if recall is None else _f1(precision or 0.0, recall)


FIGURES: dict[str, Callable[[Sequence[PageResult]], float | None]] = {
    "f1": _shingle_f1,
    "precision": lambda pages: _mean([page.precision for page in pages]),
    "recall": lambda pages: _mean([page.recall for page in pages]),
    "exact": lambda pages: _mean([page.exact for page in pages]),
    "words": lambda pages: _mean([page.words for page in pages]),
    "headline": lambda pages: _mean([page.headline for page in pages]),
    "day": lambda pages: _mean([page.day for page in pages]),
}


def figures(pages: Sequence[PageResult], seed: int = 0) -> dict[str, Figure]:
    """Return the figures over pages that can be told, with their intervals."""
    chance = random.Random(seed)
    samples = [chance.choices(pages, k=len(pages)) for _ in range(_RESAMPLES)] if pages else []
    found: dict[str, Figure] = {}
    for name, figure in FIGURES.items():
        value = figure(pages)
        if value is None:
            continue
        drawn = sorted(v for sample in samples if (v := figure(sample)) is not None)
        low, high = drawn[len(drawn) * 25 // 1000], drawn[len(drawn) * 975 // 1000 - 1]
        found[name] = Figure(value, low, high)
    return found
