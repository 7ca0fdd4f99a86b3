"""The five dumps that cleaner was made for, against what a reader made of them by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleaner

ROOT = Path(__file__).resolve().parent.parent
GOLD = sorted((ROOT / "tests" / "gold" / "seeds").glob("*.json"))
FIELDS = ("headline", "date", "date_not_before", "standfirst", "authors", "credits", "body")


def test_every_seed_has_its_gold() -> None:
    seeds = {path.stem for path in (ROOT / "seeds").glob("*.txt")}
    assert len(seeds) == 5
    assert {path.stem for path in GOLD} == seeds


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:3])
def test_seed(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    article = cleaner.clean_file(ROOT / "seeds" / gold["seed"]).to_dict(explain=True)
    assert {name: article[name] for name in FIELDS} == {name: gold[name] for name in FIELDS}
    removed = [(row["line"], row["reason"], row["text"]) for row in article["removed"]]
    assert removed == [(row["line"], row["reason"], row["text"]) for row in gold["removed"]]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:3])
def test_every_line_is_accounted_for(path: Path) -> None:
    """Nothing is lost: each line is in the body, removed, or became a field."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    source = (ROOT / "seeds" / gold["seed"]).read_text(encoding="utf-8")
    article = cleaner.clean(source)
    accounted = [
        *article.body.split("\n\n"), *(row.text for row in article.removed),
        article.headline, article.standfirst,
    ]  # fmt: skip
    for line in source.splitlines():
        if line.strip():
            assert " ".join(line.split()) in accounted
