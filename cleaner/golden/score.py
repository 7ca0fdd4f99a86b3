"""How near articles come to goldens that were corrected by hand: a collection's quality in figures.

The body is measured in shingles of four words, as the public benchmarks do; Chinese and Japanese,
which do not part words, in shingles of four characters. Precision and recall are averaged over the
documents, F1 is of the two averages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Score", "score", "summary", "words"]

_SHINGLE = 4
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_CJK}]|[^\\W{_CJK}]+")
_DAY = 10  # characters of an ISO 8601 day


@dataclass(frozen=True, slots=True)
class Score:
    """One article against its golden; None where the golden states nothing to measure by.

    `precision` and `recall` of the body are 0 to 1: `precision` is None too where the article has
    no body, `recall` where the golden has none. `headline` and `date` (its day) are right or not;
    a golden that states null is right only with null.
    """

    precision: float | None = None
    recall: float | None = None
    exact: bool | None = None
    headline: bool | None = None
    date: bool | None = None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, None where no body is stated."""
        if self.exact is None:
            return None
        return _harmonic(self.precision, self.recall) if not self.exact else 1.0


def score(golden: Mapping[str, Any], article: Mapping[str, Any]) -> Score:
    """Measure an article, both as `Article.to_dict`, against what `golden` states."""
    precision = recall = exact = headline = date = None
    if isinstance(golden.get("body"), str):
        wanted, found = words(golden["body"]), words(article["body"])
        exact = wanted == found
        precision, recall = _precision_recall(wanted, found)
    if "headline" in golden:
        stated, given = golden["headline"], article["headline"]
        headline = _folded(stated) == _folded(given)
    if "date" in golden:
        date = str(golden["date"])[:_DAY] == str(article["date"])[:_DAY]
    return Score(precision, recall, exact, headline, date)


def summary(scores: Sequence[Score]) -> dict[str, float | int | None]:
    """Average the scores of a collection: None for what no golden states."""
    precision = _mean([s.precision for s in scores])
    recall = _mean([s.recall for s in scores])
    return {
        "documents": len(scores),
        "precision": precision,
        "recall": recall,
        "f1": None if precision is None or recall is None else _harmonic(precision, recall),
        "exact": _mean([s.exact for s in scores]),
        "headline": _mean([s.headline for s in scores]),
        "date": _mean([s.date for s in scores]),
    }


def words(text: str) -> list[str]:
    """Return the words of a text as they are counted here."""
    return _WORD.findall(text)


def _precision_recall(wanted: list[str], found: list[str]) -> tuple[float | None, float | None]:
    expected, actual = _shingles(wanted), _shingles(found)
    common = (expected & actual).total()
    return (
        common / actual.total() if actual else None,
        common / expected.total() if expected else None,
    )


def _shingles(text: list[str]) -> Counter[tuple[str, ...]]:
    count = max(1, len(text) - _SHINGLE + 1)
    return Counter(tuple(text[i : i + _SHINGLE]) for i in range(count) if text)


def _folded(headline: str | None) -> list[str] | None:
    return None if headline is None else words(str(headline).casefold())


def _harmonic(precision: float | None, recall: float | None) -> float:
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(mean(known)) if known else None
