"""Golden files: what is missing, orphaned or different, and what an update writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner import InputError
from cleaner.golden import Case, cases, difference, result

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """An input with the golden file that it should have."""
    source = tmp_path / "a.txt"
    source.write_text(ARTICLE)
    found = Case(source, tmp_path / "a.txt.golden.json")
    found.update()
    return found


def test_what_is_pinned(case: Case) -> None:
    pinned = json.loads(case.golden.read_text(encoding="utf-8"))
    assert pinned == result(case.source)
    assert pinned["headline"] == "A headline of the day"
    assert pinned["removed"] == []
    assert "confidence" not in pinned
    assert case.golden.read_text(encoding="utf-8").endswith("}\n")


def test_no_problem(case: Case) -> None:
    assert case.problem() == ""
    assert case.update() == ""


def test_a_difference_is_shown_and_accepted(case: Case) -> None:
    case.source.write_text(ARTICLE.replace("Monday", "Friday"))
    for report in (case.problem(), case.update()):
        assert report.splitlines() == [
            "body:",
            "  - The bridge was closed on Monday, she said.",
            "  + The bridge was closed on Friday, she said.",
        ]
    assert case.problem() == ""


def test_a_missing_golden(case: Case) -> None:
    case.golden.unlink()
    assert case.problem() == f"{case.source}: no golden file a.txt.golden.json"
    assert case.update() == f"{case.source}: no golden file a.txt.golden.json"
    assert case.problem() == ""


def test_an_orphaned_golden(case: Case) -> None:
    case.source.unlink()
    assert case.problem() == f"{case.golden}: orphaned, there is no a.txt"
    assert case.update() != ""
    assert not case.golden.exists()


@pytest.mark.parametrize("data", [b"[]", b"null", b"3"])
def test_a_golden_that_is_no_article(case: Case, data: bytes) -> None:
    case.golden.write_bytes(data)
    assert case.problem().startswith("expected ")
    case.update()
    assert case.problem() == ""


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"nonsense"])
def test_a_golden_that_is_no_json(case: Case, data: bytes) -> None:
    case.golden.write_bytes(data)
    assert case.problem().startswith(f"{case.golden}: ")
    assert case.update().startswith(f"{case.golden}: ")
    assert case.problem() == ""


@pytest.mark.parametrize(
    ("before", "after", "report"),
    [
        ({"a": 1}, {"a": 1}, ""),
        ({"a": 1}, {"a": 2}, "a:\n  - 1\n  + 2"),
        ({"a": None}, {"a": "x"}, "a:\n  - null\n  + x"),
        ({}, {"a": "x"}, "a:\n  - (missing)\n  + x"),
        ({"a": "x"}, {}, "a:\n  - x\n  + (missing)"),
        ({"a": "1\n\n2"}, {"a": "1\n\n3"}, "a:\n    1\n  - 2\n  + 3"),
        ({"a": [{"b": "é"}]}, {"a": []}, 'a:\n  - {"b": "é"}'),
    ],
)
def test_difference(before: dict[str, object], after: dict[str, object], report: str) -> None:
    assert difference(before, after) == report


def test_all_cases_of_a_folder(tmp_path: Path) -> None:
    for name in ("b/c.html", "a.txt", "notes.md", "gone.txt.golden.json", "b/c.html.golden.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE)
    assert list(cases(tmp_path)) == [
        Case(tmp_path / name, tmp_path / f"{name}.golden.json")
        for name in ("a.txt", "b/c.html", "gone.txt")
    ]


def test_an_input_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("gone")
    with pytest.raises(InputError, match=r"a.txt: a broken link"):
        list(cases(tmp_path))
