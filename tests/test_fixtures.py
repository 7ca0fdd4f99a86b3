"""The pages and dumps of fixtures/ against what their author knows to be true of them.

The gold is written by hand, not recorded: where it and the program differ, the program is wrong
until a reader of the page says otherwise.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.batch.sources import find_inputs

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
GOLD = ROOT / "tests" / "gold" / "fixtures"
# What gold may state of an article; what a gold file leaves out is not judged there.
FIELDS = (
    "headline", "date", "date_modified", "date_not_before", "standfirst", "authors", "credits",
    "language", "site", "url", "body",
)  # fmt: skip


def gold_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return data


@cache
def article_of(name: str) -> dict[str, Any]:
    return cleaner.clean_file(FIXTURES / name).to_dict(explain=True)


NAMES = sorted(p.relative_to(GOLD).as_posix().removesuffix(".json") for p in GOLD.rglob("*.json"))
CASES = [(name, field) for name in NAMES for field in FIELDS if field in gold_of(name)]
PAGES = [name for name in NAMES if "removed_contains" in gold_of(name)]
DUMPS = [name for name in NAMES if "removed" in gold_of(name)]


def test_every_fixture_has_its_gold() -> None:
    fixtures = {item.path.relative_to(FIXTURES).as_posix() for item in find_inputs([FIXTURES])}
    assert fixtures == set(NAMES)
    assert sorted((*PAGES, *DUMPS)) == NAMES
    assert all(gold_of(name)["fixture"] == name for name in NAMES)


@pytest.mark.parametrize(("name", "field"), CASES, ids=lambda value: value)
def test_field(name: str, field: str) -> None:
    expected, actual = gold_of(name)[field], article_of(name)[field]
    if field == "body":  # as lists: the difference is shown by paragraph
        expected, actual = expected.split("\n\n"), actual.split("\n\n")
    assert actual == expected


@pytest.mark.parametrize("name", DUMPS)
def test_removed_lines(name: str) -> None:
    """Exactly these lines go, each for its reason."""
    removed = [(r["line"], r["reason"], r["text"]) for r in article_of(name)["removed"]]
    assert removed == [(r["line"], r["reason"], r["text"]) for r in gold_of(name)["removed"]]


@pytest.mark.parametrize("name", PAGES)
def test_removed_blocks(name: str) -> None:
    """These blocks are among the removed, each for the reason that a reader would give."""
    reasons: dict[str, set[str]] = {}
    for row in article_of(name)["removed"]:
        reasons.setdefault(row["text"], set()).add(row["reason"])
    wrong = [
        (row["text"], row["reason"], reasons.get(row["text"], "kept, or no such block"))
        for row in gold_of(name)["removed_contains"]
        if row["reason"] not in reasons.get(row["text"], ())
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_warnings(name: str) -> None:
    assert set(gold_of(name)["warnings"]) <= set(article_of(name)["warnings"])
