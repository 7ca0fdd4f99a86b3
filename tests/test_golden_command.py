"""`cleaner golden`: what it writes and prints, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from cleaner.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = (
    "date 2020-01-08 A headline\n\nThe bridge was closed on Monday, she said.\n\n"
    "Nobody could say when it would be open to traffic again.\n"
)


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["golden", *(str(a) for a in arguments)])
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "deep/b.txt"):
        (tmp_path / name).write_text(ARTICLE)
    assert run("record", tmp_path).stderr == "2 recorded, 0 there already, 0 failed\n"
    return tmp_path


def test_record_leaves_what_is_there(suite: Path) -> None:
    golden = suite / "a.txt.golden.json"
    golden.write_text("{}")
    (suite / "c.txt").write_text(ARTICLE)
    (suite / "d.txt").write_bytes(b"")
    result = run("record", suite)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"cleaner: {suite}/d.txt: the file is empty",
        "1 recorded, 2 there already, 1 failed",
    ]
    assert golden.read_text() == "{}"


def test_check_of_the_same(suite: Path) -> None:
    result = run("check", suite)
    assert result.exit_code == 0
    assert result.stdout == ("2 documents: 2 same, 0 changed, 0 missing, 0 orphaned, 0 failed\n")


def test_check_of_everything_that_can_be_wrong(suite: Path) -> None:
    (suite / "a.txt").write_text(
        ARTICLE.replace("Monday", "Friday") + "\nThe mayor said that it was safe.\n"
    )
    (suite / "c.txt").write_text(ARTICLE)
    (suite / "d.txt").write_bytes(b"")
    (suite / "deep" / "b.txt").unlink()
    result = run("check", suite)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.txt: changed",
        "  body:",
        "    inserted  The mayor said that it was safe.",
        "    changed   The bridge was closed on [-Monday,-] {+Friday,+} she said.",
        "c.txt: missing",
        f"  {suite}/c.txt: no golden file c.txt.golden.json",
        "d.txt: failed",
        f"  {suite}/d.txt: the file is empty",
        "deep/b.txt: orphaned",
        f"  {suite}/deep/b.txt.golden.json: orphaned, there is no b.txt",
        "4 documents: 0 same, 1 changed, 1 missing, 1 orphaned, 1 failed",
        "paragraphs of bodies: 0 lost, 1 inserted, 1 changed",
    ]
    assert run("check", suite, "--only", "*.nothing").exit_code == 2
    assert run("check", suite, "--only", "c.txt").stdout.splitlines()[-1].startswith("1 document:")


def test_update(suite: Path) -> None:
    (suite / "a.txt").write_text(ARTICLE.replace("Monday", "Friday"))
    (suite / "c.txt").write_text(ARTICLE)
    (suite / "deep" / "b.txt").unlink()
    result = run("check", suite, "--update")
    assert result.exit_code == 0
    assert "[-Monday,-] {+Friday,+}" in result.stdout
    assert result.stdout.endswith("golden files updated\n")
    names = sorted(p.relative_to(suite).as_posix() for p in suite.rglob("*.golden.json"))
    assert names == ["a.txt.golden.json", "c.txt.golden.json"]
    assert run("check", suite).exit_code == 0


def test_update_of_what_cannot_be_cleaned(suite: Path) -> None:
    (suite / "a.txt").write_bytes(b"")
    assert run("check", suite, "--update").exit_code == 1


def test_a_golden_that_cannot_be_written(suite: Path) -> None:
    (suite / "c.txt").write_text(ARTICLE)
    (suite / "c.txt.golden.json").mkdir()
    result = run("check", suite, "--update")
    assert result.exit_code == 1
    assert "c.txt.golden.json: Is a directory" in result.stdout


def test_goldens_in_a_folder_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_text(ARTICLE)
    options = (tmp_path / "in", "--goldens", tmp_path / "golden")
    assert run("check", *options).exit_code == 1
    assert run("record", *options).exit_code == 0
    assert (tmp_path / "golden" / "deep" / "a.txt.golden.json").is_file()
    assert run("check", *options).exit_code == 0
    assert json.loads(run("score", *options, "--json").stdout)["f1"] == 1.0


def test_score(suite: Path) -> None:
    golden = suite / "a.txt.golden.json"
    golden.write_text('{"headline": "Another", "body": "The bridge was closed on Monday."}')
    result = run("score", suite)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "documents  2",
        "precision  0.5938",
        "recall     1.0000",
        "f1         0.7451",
        "exact      0.5000",
        "headline   0.5000",
        "date       1.0000",
        "0.3158  precision 0.1875  recall 1.0000  a.txt",
    ]
    assert run("score", suite, "--worst", "0").stdout.count("\n") == 7
    assert json.loads(run("score", suite, "--json").stdout)["precision"] == 0.59375
    assert run("score", suite, "--fail-under", "0.74").exit_code == 0
    assert run("score", suite, "--fail-under", "0.75").exit_code == 1


def test_score_of_what_states_no_body(suite: Path) -> None:
    (suite / "a.txt.golden.json").write_text('{"headline": "A headline"}')
    lines = run("score", suite, "--only", "a.txt").stdout.splitlines()
    assert lines == [
        "documents  1", "precision  –", "recall     –", "f1         –", "exact      –",
        "headline   1.0000", "date       –",
    ]  # fmt: skip
    assert run("score", suite, "--only", "a.txt", "--fail-under", "0.5").exit_code == 1


def test_score_with_a_broken_golden(suite: Path) -> None:
    (suite / "a.txt.golden.json").write_text("[")
    result = run("score", suite)
    assert result.exit_code == 1
    assert "a.txt.golden.json: " in result.stderr
    assert result.stdout.startswith("documents  1\n")


@pytest.mark.parametrize("verb", ["record", "check", "score"])
def test_nothing_to_do_is_wrong_usage(tmp_path: Path, verb: str) -> None:
    result = run(verb, tmp_path)
    assert result.exit_code == 2
    assert f"no documents in {tmp_path}" in result.stderr
    assert run(verb, tmp_path / "gone").exit_code == 2


def test_score_without_goldens_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    result = run("score", tmp_path)
    assert result.exit_code == 2
    assert "see cleaner golden record" in result.stderr


def test_own_rules(suite: Path) -> None:
    own = suite / "own.toml"
    own.write_text('[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["the bridge was …"]\n')
    assert run("check", suite, "--rules", own).exit_code == 1
    assert run("check", suite, "--rules", own, "--update").exit_code == 0
    assert run("check", suite, "--rules", own).exit_code == 0
    assert run("check", suite).exit_code == 1


def test_nothing_in_a_file_commands_the_terminal(suite: Path) -> None:
    (suite / "a.txt.golden.json").write_text(json.dumps({"headline": "x\x1b]0;y\x07\n\u202ez"}))
    (suite / "b\x1b[31m.txt").write_text(ARTICLE)
    output = run("check", suite).stdout
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "- x\\x1b]0;y\\x07\\n\\u202ez" in output
    assert "b\\x1b[31m.txt: missing" in output


@pytest.mark.parametrize("beside", [True, False])
def test_a_folder_without_documents_deletes_no_golden(suite: Path, beside: bool) -> None:
    """It is more likely the wrong folder."""
    goldens = sorted(suite.rglob("*.golden.json"))
    (suite / "empty").mkdir()
    if beside:
        for name in ("a.txt", "deep/b.txt"):
            (suite / name).unlink()
    folder = [suite] if beside else [suite / "empty", "--goldens", suite]
    result = run("check", *folder, "--update")
    assert result.exit_code == 2
    assert "no golden file is deleted for that" in result.stderr
    assert sorted(suite.rglob("*.golden.json")) == goldens
    assert run("check", *folder).exit_code == 1


def test_orphans_are_found_through_links(
    suite: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "c.txt").write_text(ARTICLE)
    (suite / "linked").symlink_to(elsewhere)
    (suite / "deep" / "up").symlink_to(suite)
    (suite / "gone.golden.json").symlink_to("nowhere")
    assert run("record", suite).exit_code == 1  # for the circle
    (elsewhere / "c.txt").unlink()
    result = run("check", suite)
    assert "linked/c.txt: orphaned\n" in result.stdout
    assert "1 orphaned" in result.stdout
    run("check", suite, "--update")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("verb", ["record", "check", "score"])
def test_a_name_that_leaves_no_room_for_a_golden(suite: Path, verb: str) -> None:
    (suite / ("x" * 246 + ".txt")).write_text(ARTICLE)
    result = run(verb, suite)
    assert result.exit_code == (0 if verb == "score" else 1)
    if verb == "record":
        assert result.stderr.endswith("0 recorded, 2 there already, 1 failed\n")
        assert "File name too long" in result.stderr
