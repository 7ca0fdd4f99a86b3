"""The pytest plugin: a document is a test; what does not use it does not notice it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.batch.sources import find_inputs
from cleaner.golden import find_cases, record

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "date 2020-01-08 A headline\n\nThe bridge was closed on Monday, she said.\n"
SETTINGS = '[tool.pytest.ini_options]\naddopts = "--strict-config"\n'
# Hypothesis is imported anew in every run of the same process, and not needed.
QUICK = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Path:
    """A collection of two documents with goldens, in a project that names it."""
    folder = pytester.mkdir("pages")
    (folder / "deep").mkdir()
    for name in ("a.txt", "deep/b.txt"):
        (folder / name).write_text(ARTICLE)
    (folder / "notes.rst").write_text("no document")
    for case in find_cases(folder):
        record(case)
    pytester.makepyprojecttoml(SETTINGS + 'cleaner_golden = ["pages"]\ntestpaths = ["tests"]\n')
    (pytester.mkdir("tests") / "test_one.py").write_text("def test_one(): pass\n")
    return folder


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*QUICK, "-v", *arguments)


def test_one_line_of_configuration(pytester: pytest.Pytester, suite: Path) -> None:
    result = run(pytester)
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines_random(
        ["pages/a.txt::golden PASSED*", "pages/deep/b.txt::golden PASSED*", "*test_one PASSED*"]
    )


def test_the_option_does_the_same(pytester: pytest.Pytester, suite: Path) -> None:
    pytester.makepyprojecttoml(SETTINGS)
    run(pytester, "tests").assert_outcomes(passed=1)
    run(pytester, "tests", "--cleaner-golden", "pages").assert_outcomes(passed=3)
    run(pytester, "--cleaner-golden", "pages").assert_outcomes(passed=3)  # and never twice
    run(pytester, "--cleaner-golden=pages/deep", "--cleaner-golden=pages").assert_outcomes(passed=4)


def test_a_run_of_something_else_is_left_alone(pytester: pytest.Pytester, suite: Path) -> None:
    (suite / "a.txt").unlink()
    run(pytester, "tests").assert_outcomes(passed=1)
    run(pytester, "tests/test_one.py::test_one").assert_outcomes(passed=1)


def test_documents_can_be_chosen(pytester: pytest.Pytester, suite: Path) -> None:
    run(pytester, "pages/deep").assert_outcomes(passed=1)
    run(pytester, "pages/a.txt").assert_outcomes(passed=1)
    run(pytester, "pages/a.txt::golden").assert_outcomes(passed=1)
    run(pytester, "-k", "b.txt").assert_outcomes(passed=1, deselected=2)


def test_settings_are_for_runs_of_the_whole(
    pytester: pytest.Pytester, suite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(suite.parent / "tests")
    run(pytester).assert_outcomes(passed=1)
    run(pytester, "../pages").assert_outcomes(passed=2)
    run(pytester, "--cleaner-golden", "../pages").assert_outcomes(passed=3)


def test_a_project_behind_a_link(
    pytester: pytest.Pytester,
    suite: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = tmp_path_factory.mktemp("links") / "project"
    link.symlink_to(suite.parent)
    monkeypatch.chdir(link)
    run(pytester).assert_outcomes(passed=3)
    run(pytester, f"{link}/pages/a.txt").assert_outcomes(passed=1)


def test_a_difference_fails_with_the_difference(pytester: pytest.Pytester, suite: Path) -> None:
    (suite / "a.txt").write_text(ARTICLE.replace("Monday", "Friday"))
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "a.txt: changed",
            "body:",
            "  changed   The bridge was closed on [[]-Monday,-[]] {+Friday,+} she said.",
            "(--cleaner-golden-update accepts it)",
        ]
    )
    result.stdout.no_fnmatch_line("*pytest_cleaner.py*")


def test_missing_orphaned_and_broken(pytester: pytest.Pytester, suite: Path) -> None:
    (suite / "a.txt").unlink()
    (suite / "c.txt").write_text(ARTICLE)
    (suite / "d.txt").write_bytes(b"")
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines_random(
        [
            "*a.txt.golden.json: orphaned, there is no a.txt",
            "*c.txt: no golden file c.txt.golden.json",
            "*d.txt: the file is empty",
        ]
    )


def test_update(pytester: pytest.Pytester, suite: Path) -> None:
    (suite / "a.txt").unlink()
    (suite / "c.txt").write_text(ARTICLE)
    (suite / "d.txt").write_bytes(b"")
    (suite / "deep" / "b.txt").write_text(ARTICLE.replace("Monday", "Friday"))
    result = run(pytester, "--cleaner-golden-update")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["updated pages/deep/b.txt::golden", "*+Friday,+*"])
    names = sorted(p.relative_to(suite).as_posix() for p in suite.rglob("*.golden.json"))
    assert names == ["c.txt.golden.json", "deep/b.txt.golden.json"]
    (suite / "d.txt").unlink()
    run(pytester).assert_outcomes(passed=3)


def test_goldens_in_a_folder_of_their_own(pytester: pytest.Pytester, suite: Path) -> None:
    goldens = pytester.path / "goldens"
    for golden in suite.rglob("*.golden.json"):
        target = goldens / golden.relative_to(suite)
        target.parent.mkdir(parents=True, exist_ok=True)
        golden.rename(target)
    pytester.makepyprojecttoml(SETTINGS + 'cleaner_golden = ["pages=goldens"]\n')
    run(pytester, "pages").assert_outcomes(passed=2)
    (suite / "a.txt").unlink()
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["goldens/a.txt.golden.json::golden FAILED*"])


def test_own_rules(pytester: pytest.Pytester, suite: Path) -> None:
    settings = SETTINGS + 'cleaner_golden = ["pages"]\ncleaner_golden_rules = ["own.toml"]\n'
    pytester.makepyprojecttoml(settings)
    own = pytester.path / "own.toml"
    own.write_text('[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["the bridge was …"]\n')
    result = run(pytester, "pages/a.txt")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*(now removed: legal, x)"])
    own.write_text("[[rule")
    run(pytester, "pages/a.txt").stdout.fnmatch_lines(["*own.toml: *"])


def test_a_folder_that_is_not_there(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--cleaner-golden", "nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*golden files: *nowhere is no folder"])


@pytest.mark.usefixtures("suite")
def test_rules_that_are_not_there(pytester: pytest.Pytester) -> None:
    settings = SETTINGS + 'cleaner_golden = ["pages"]\ncleaner_golden_rules = ["nowhere.toml"]\n'
    pytester.makepyprojecttoml(settings)
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*golden rules: *nowhere.toml is no file"])


def test_workers_share_the_documents(pytester: pytest.Pytester, suite: Path) -> None:
    pytest.importorskip("xdist")
    (suite / "a.txt").write_text(ARTICLE.replace("Monday", "Friday"))
    result = pytester.runpytest_subprocess(*QUICK, "-n", "2")
    result.assert_outcomes(passed=2, failed=1)
    update = ("-n", "2", "--cleaner-golden-update")
    pytester.runpytest_subprocess(*QUICK, *update).assert_outcomes(passed=3)


PROBE = """
import sys
def test_nothing_of_cleaner_is_loaded():
    loaded = {name for name in sys.modules if name.split(".")[0] in ("cleaner", "rich", "click")}
    assert "pytest_cleaner" in sys.modules
    assert loaded == set()
"""


@pytest.mark.parametrize("configured", [False, True])
def test_a_run_that_does_not_use_it_loads_nothing(
    pytester: pytest.Pytester, suite: Path, configured: bool
) -> None:
    if not configured:
        pytester.makepyprojecttoml(SETTINGS)
    (pytester.path / "tests" / "test_one.py").write_text(PROBE)
    pytester.runpytest_subprocess(*QUICK, "tests").assert_outcomes(passed=1)


def test_our_own_collections_run_through_it() -> None:
    """fixtures/ and seeds/ are golden suites of this project's own settings, all of them."""
    command = [sys.executable, "-m", "pytest", *QUICK, "-q", "--collect-only"]
    result = subprocess.run(
        [*command, "fixtures", "seeds"], cwd=ROOT, capture_output=True, text=True, check=True,
        timeout=60,
    )  # fmt: skip
    collected = {
        line.removesuffix("::golden") for line in result.stdout.splitlines() if "::" in line
    }
    inputs = [item for name in ("fixtures", "seeds") for item in find_inputs([ROOT / name])]
    assert collected == {item.path.relative_to(ROOT).as_posix() for item in inputs}
    assert len([name for name in collected if name.startswith("seeds/")]) == 5
