"""Golden suites: which files belong together, how they differ, what is recorded, how it scores."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import InputError, OutputError, Rules
from cleaner.golden import Score, State, check, compare, find_cases, record, score, update
from cleaner.golden.cases import Case, read_golden, result
from cleaner.golden.compare import pinned
from cleaner.golden.score import summary

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = (
    "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n\n"
    "Advertisement\n\nNobody could say when it would be open to traffic again.\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """An input with the golden file that it should have."""
    source = tmp_path / "a.txt"
    source.write_text(ARTICLE)
    found = Case("a.txt", source, tmp_path / "a.txt.golden.json")
    record(found)
    return found


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(ARTICLE)


# --- cases ---------------------------------------------------------------------------------------


def test_what_is_pinned(case: Case) -> None:
    pinned_data = json.loads(case.golden.read_text(encoding="utf-8"))
    assert pinned_data == pinned(result(case.source))
    assert pinned_data["headline"] == "A headline of the day"
    assert [row["reason"] for row in pinned_data["removed"]] == ["ad-marker"]
    assert "confidence" not in pinned_data
    assert "low-confidence" not in pinned_data["warnings"]
    assert case.golden.read_text(encoding="utf-8").endswith("}\n")


def test_the_same(case: Case) -> None:
    assert check(case).state is State.SAME
    assert update(case).state is State.SAME
    assert check(case).report == ""


def test_a_difference_is_shown_and_accepted(case: Case) -> None:
    case.source.write_text(ARTICLE.replace("Monday", "Friday"))
    for found in (check(case), update(case)):
        assert found.state is State.CHANGED
        assert found.report.splitlines() == [
            "body:",
            "  changed   The bridge was closed on [-Monday,-] {+Friday,+} she said.",
        ]
    assert check(case).state is State.SAME


def test_a_missing_golden(case: Case) -> None:
    case.golden.unlink()
    assert check(case).state is State.MISSING
    assert check(case).report == f"{case.source}: no golden file a.txt.golden.json"
    assert record(case).state is State.MISSING
    assert check(case).state is State.SAME


def test_a_golden_that_is_there_is_not_recorded_anew(case: Case) -> None:
    case.golden.write_text('{"headline": "Corrected by hand"}')
    assert record(case).state is State.SAME
    assert case.golden.read_text() == '{"headline": "Corrected by hand"}'


def test_an_orphaned_golden(case: Case) -> None:
    case.source.unlink()
    assert check(case).state is State.ORPHANED
    assert check(case).report == f"{case.golden}: orphaned, there is no a.txt"
    assert update(case).state is State.ORPHANED
    assert not case.golden.exists()


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"nonsense", b"[]", b"null", b"[" * 100_000])
def test_a_golden_that_is_no_article(case: Case, data: bytes) -> None:
    case.golden.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.txt\.golden\.json: "):
        read_golden(case.golden)
    found = check(case)
    assert found.state is State.CHANGED
    assert found.report.startswith(f"{case.golden}: ")
    update(case)
    assert check(case).state is State.SAME


def test_an_input_that_cannot_be_cleaned(case: Case) -> None:
    pinned_text = case.golden.read_bytes()
    case.source.write_bytes(b"")
    for act in (check, update):
        assert act(case).state is State.FAILED
        assert act(case).report == f"{case.source}: the file is empty"
    assert case.golden.read_bytes() == pinned_text


def test_a_golden_that_cannot_be_written(case: Case) -> None:
    case.golden.unlink()
    case.golden.mkdir()
    with pytest.raises(OutputError, match=r"a\.txt\.golden\.json: "):
        update(case)


def test_own_rules(case: Case) -> None:
    own = case.source.with_name("own.toml")
    own.write_text('[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["nobody could say …"]\n')
    found = check(case, Rules.load(own))
    assert found.report.splitlines() == [
        "body:",
        "  lost      Nobody could say when it would be open to traffic again.",
        "            (now removed: legal, x)",
    ]


def test_all_cases_of_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "b/c.html", "a.txt", "notes.pdf", "gone.txt.golden.json", "b/c.html.golden.json")
    make(tmp_path, "notes.pdf.golden.json")  # by hand: no document
    assert list(find_cases(tmp_path)) == [
        Case(name, tmp_path / name, tmp_path / f"{name}.golden.json")
        for name in ("a.txt", "b/c.html", "gone.txt")
    ]


def test_goldens_in_a_folder_of_their_own(tmp_path: Path) -> None:
    make(tmp_path, "in/b/c.txt", "golden/d.txt.golden.json")
    cases = list(find_cases(tmp_path / "in", tmp_path / "golden"))
    assert [(c.source, c.golden) for c in cases] == [
        (tmp_path / "in" / name, tmp_path / "golden" / f"{name}.golden.json")
        for name in ("b/c.txt", "d.txt")
    ]
    assert [record(cases[0]).state, check(cases[0]).state] == [State.MISSING, State.SAME]
    assert check(cases[1]).state is State.ORPHANED


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (["*.html"], ["b/c.html"]),
        (["c.*"], ["b/c.html", "b/c.txt"]),
        (["b/*"], ["b/c.html", "b/c.txt"]),
        (["a.txt", "gone*"], ["a.txt", "gone.txt"]),
        (["x"], []),
    ],
)
def test_only_some(tmp_path: Path, only: list[str], expected: list[str]) -> None:
    make(tmp_path, "b/c.html", "b/c.txt", "a.txt", "gone.txt.golden.json")
    assert [case.name for case in find_cases(tmp_path, only=only)] == expected


def test_an_input_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("gone")
    (case,) = find_cases(tmp_path)
    assert check(case).state is State.FAILED
    assert "a.txt: a broken link" in check(case).report


# --- differences ---------------------------------------------------------------------------------


def article(body: str = "", **fields: Any) -> dict[str, Any]:
    return {
        "headline": "H", "date": "2020-01-08", "body": body, "authors": [], "confidence": 0.9,
        "warnings": [], "source": {"document": "text", "date": "meta"}, "removed": [], **fields,
    }  # fmt: skip


def row(text: str, reason: str = "ad-marker", rule: str = "ad", line: int | None = 1) -> Any:
    return {"text": text, "reason": reason, "rule": rule, "line": line}


A, B, C, D = (
    f"The {river} bridge was closed by {n} engineers on Monday."
    for n, river in enumerate("Elbe Oder Rhine Seine".split())
)
NEWS, OTHER = "A first thing happened here.", "Quite unlike words stand there now."


@pytest.mark.parametrize(
    ("golden", "actual", "report"),
    [
        ({"headline": "H"}, article(), []),
        ({"headline": "G"}, article(), ["headline:", "  - G", "  + H"]),
        ({"date": None}, article(), ["date:", "  - null", "  + 2020-01-08"]),
        ({"authors": ["é"]}, article(), ["authors:", '  - ["é"]', "  + []"]),
        ({"headlin": "H", "date": "2020-01-08"}, article(),
         ["headlin:", "  the golden states it, but no article has it"]),
        ({}, article(), ["the golden file states nothing of an article"]),
        ({"source": {"date": "meta"}}, article(), []),
        ({"source": {"date": "url"}}, article(), ["source:", "  date:", "    - url", "    + meta"]),
        ({"source": {"day": "url"}}, article(), ["source:", "  day:", "    - url", "    + null"]),
        ({"body": 3}, article("x"), ["body:", "  - 3", "  + x"]),
        ({"removed": 3}, article(), ["removed:", "  - 3", "  + []"]),
        ({"headline": "a\x1b[31m"}, article(), ["headline:", "  - a\\x1b[31m", "  + H"]),
    ],
)  # fmt: skip
def test_fields(golden: dict[str, Any], actual: dict[str, Any], report: list[str]) -> None:
    assert compare(golden, actual).report == report


@pytest.mark.parametrize(
    ("golden", "warnings", "same"),
    [
        ({"confidence": 0.9}, [], True),
        ({"confidence": 0.86}, [], True),
        ({"confidence": 0.84}, [], False),
        ({"confidence": "high"}, [], False),
        ({"warnings": ["low-confidence"]}, [], True),
        ({"warnings": []}, ["low-confidence"], True),
        ({"warnings": ["no-date"]}, ["no-date", "low-confidence"], True),
        ({"warnings": ["low-confidence"]}, ["no-date"], False),
    ],
)
def test_volatile_fields(golden: dict[str, Any], warnings: list[str], same: bool) -> None:
    assert bool(compare(golden, article(warnings=warnings))) is not same


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("before", "after", "report", "counts"),
    [
        ([A, NEWS, B], [A, B], [f"lost      {NEWS}"], (1, 0, 0)),
        ([A, B], [A, NEWS, B], [f"inserted  {NEWS}"], (0, 1, 0)),
        ([NEWS], [OTHER], [f"lost      {NEWS}", f"inserted  {OTHER}"], (1, 1, 0)),
        ([NEWS], [NEWS.replace("first", "second")],
         ["changed   A [-first-] {+second+} thing happened here."], (0, 0, 1)),
        ([NEWS, A, B], [A, B, NEWS], [f"moved     {NEWS}"], (0, 0, 0)),
        ([A, "", B], [A, B], ["the same paragraphs, parted otherwise"], (0, 0, 0)),
        ([NEWS.replace(" ", "  ")], [NEWS], [f"changed   {NEWS} (in white space)"], (0, 0, 1)),
        ([NEWS, NEWS], [NEWS], [f"lost      {NEWS}"], (1, 0, 0)),
    ],
)  # fmt: skip
def test_lost_and_inserted_are_told_apart(
    before: list[str], after: list[str], report: list[str], counts: tuple[int, int, int]
) -> None:
    difference = compare({"body": body(*before)}, article(body(*after)))
    lines = [line[2:] for line in difference.report if line != "body:"]
    assert lines == report
    assert (difference.lost, difference.inserted, difference.changed) == counts


def test_long_paragraphs_are_cut_around_the_change() -> None:
    words = [f"w{i}" for i in range(100)]
    changed = [*words[:50], "new", *words[51:]]
    (_, line) = compare({"body": " ".join(words)}, article(" ".join(changed))).report
    assert line == (
        "  changed   … w42 w43 w44 w45 w46 w47 w48 w49 [-w50-] {+new+}"
        " w51 w52 w53 w54 w55 w56 w57 w58 …"
    )


def test_a_text_without_paragraphs_is_compared_in_time() -> None:
    words = ("the and of a to in it is".split() * 20_000)[:100_000]
    changed = [*words[:50_000], "new", *words[50_000:]]
    (_, line) = compare({"body": " ".join(words)}, article(" ".join(changed))).report
    assert line.startswith("  changed   … the and of")
    assert line.endswith(" characters)")


def test_where_a_paragraph_went_is_said_once() -> None:
    golden = article(body(A, NEWS), removed=[row("More", "related-link", "more")])
    actual = article(body(A, "More"), removed=[row(NEWS, "sponsored", "paid")])
    assert compare(golden, actual).report == [
        "body:",
        f"  lost      {NEWS}",
        "            (now removed: sponsored, paid)",
        "  inserted  More",
        "            (was removed: related-link, more)",
    ]


@pytest.mark.parametrize(
    ("before", "after", "report"),
    [
        ([row("x")], [], ["no longer  x (ad-marker, ad)"]),
        ([], [row("x")], ["also       x (ad-marker, ad)"]),
        ([row("x")], [row("x", "legal", "c", 2)],
         ["otherwise  x (ad-marker, ad, line 1 → legal, c, line 2)"]),
        ([row("x"), row("x")], [row("x")], ["no longer  x (ad-marker, ad)"]),
        ([row("x"), row("y")], [row("y"), row("x")], ["the same passages in another order"]),
        ([{"text": "x"}], [row("x")], []),
        ([{"text": "x", "reason": "legal"}], [row("x")],
         ["otherwise  x (legal → ad-marker, ad, line 1)"]),
    ],
)  # fmt: skip
def test_removed(before: list[Any], after: list[Any], report: list[str]) -> None:
    found = compare({"removed": before}, article(removed=after)).report
    assert found == (["removed:", *(f"  {line}" for line in report)] if report else [])


# --- score ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("golden", "actual", "expected"),
    [
        ({"body": "a b c d e"}, article("a b c d e"), Score(1.0, 1.0, True)),
        ({"body": "a b c d e"}, article("a b c d x"), Score(0.5, 0.5, False)),
        ({"body": "a b c d e"}, article("a b c d"), Score(1.0, 0.5, False)),
        ({"body": "a, b. c d"}, article("a b “c” d"), Score(1.0, 1.0, True)),
        ({"body": "a b"}, article("a b"), Score(1.0, 1.0, True)),
        ({"body": "a b c d"}, article(""), Score(None, 0.0, False)),
        ({"body": ""}, article("a b c d"), Score(0.0, None, False)),
        ({"body": ""}, article(""), Score(None, None, True)),
        ({"body": "鐘が再び鳴った"}, article("鐘が再び鳴る"), Score(2 / 3, 0.5, False)),
        ({"headline": "h!"}, article(), Score(headline=True)),
        ({"headline": None}, article(), Score(headline=False)),
        ({"headline": None}, article(headline=None), Score(headline=True)),
        ({"date": "2020-01-08T10:00:00Z"}, article(), Score(date=True)),
        ({"date": None}, article(), Score(date=False)),
        ({}, article("a b"), Score()),
    ],
)  # fmt: skip
def test_score(golden: dict[str, Any], actual: dict[str, Any], expected: Score) -> None:
    assert score(golden, actual) == expected


def test_summary() -> None:
    scores = [
        Score(1.0, 0.5, False, True, None),
        Score(None, 0.0, False, False, None),
        Score(None, None, True, None, None),
    ]
    assert summary(scores) == {
        "documents": 3, "precision": 1.0, "recall": 0.25, "f1": 0.4, "exact": 1 / 3,
        "headline": 0.5, "date": None,
    }  # fmt: skip
    assert [one.f1 for one in scores] == [2 / 3, 0.0, 1.0]
    assert Score().f1 is None


def test_the_body_is_measured_as_the_training_does() -> None:
    from cleaner.model.training.score import page_score

    gold = f"{A}\n\n{B}\n\n{NEWS}"
    for found in (f"{A}\n\n{B}", f"{A}\n\n{NEWS}\n\n{OTHER}", gold, OTHER):
        ours, theirs = score({"body": gold}, article(found)), page_score(found, gold)
        assert (ours.precision, ours.recall) == (theirs.precision, theirs.recall)
        assert (ours.exact, ours.f1) == (theirs.exact, pytest.approx(theirs.f1))
