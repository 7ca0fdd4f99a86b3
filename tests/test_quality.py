"""The quality of the whole on what we wrote ourselves: a change that costs some of it fails here.

Beside the tests of single fields, which say what is wrong, this says how much: the figures of
`python -m benchmarks`, with floors. They only ever go up.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import cleaner
from benchmarks.corpora import Case
from benchmarks.metrics import FIGURES, PageResult, Prediction, judge

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
FLOORS = {
    "pages": {
        "f1": 0.99, "precision": 0.99, "recall": 0.99, "exact": 0.9, "headline": 1.0, "day": 1.0,
    },
    "dumps": {
        "f1": 0.999, "precision": 0.999, "recall": 0.999, "exact": 1.0, "headline": 1.0, "day": 1.0,
    },
}  # fmt: skip


@cache
def results(door: str) -> list[PageResult]:
    found = []
    for path in sorted((GOLD / "fixtures" / door).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = cleaner.clean_file(ROOT / "fixtures" / gold["fixture"])
        case = Case(path.stem, b"", None, gold.get("headline"), gold.get("date"), gold.get("body"))
        found.append(judge(case, Prediction(article.headline, article.date, article.body)))
    return found


@pytest.mark.parametrize(("door", "figure"), [(d, f) for d in FLOORS for f in FLOORS[d]])
def test_no_figure_is_below_its_floor(door: str, figure: str) -> None:
    value = FIGURES[figure](results(door))
    assert value is not None
    assert value >= FLOORS[door][figure]


def test_the_set_is_not_empty() -> None:
    assert len(results("pages")) >= 20
    assert len(results("dumps")) >= 20
