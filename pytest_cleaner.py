"""pytest plugin: each document of a golden suite is a test.

It stands outside the package so that a run of pytest that does not use it imports nothing of
cleaner: the entry point loads this module into every run.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.golden.cases import Case, Result
    from cleaner.rules import Rules

__all__: list[str] = []

_BETWEEN = "="  # DIR=GOLDENS


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the settings of the same meaning."""
    group = parser.getgroup("cleaner", "golden files of cleaned documents")
    group.addoption(
        "--cleaner-golden",
        action="append",
        default=[],
        metavar="DIR",
        help="compare what cleaning the documents in DIR gives with their golden files, as"
        " 'cleaner golden check' does; DIR=GOLDENS where these are in a folder of their own",
    )
    group.addoption(
        "--cleaner-golden-update",
        action="store_true",
        help="write changed and missing golden files, delete orphaned ones, show what changed",
    )
    parser.addini(
        "cleaner_golden", "folders with golden files, as --cleaner-golden", "linelist", []
    )
    parser.addini("cleaner_golden_rules", "rules files to clean them with", "linelist", [])


@dataclass(frozen=True, slots=True)
class _Suite:
    folder: Path
    goldens: Path | None


_SUITES = pytest.StashKey[list[_Suite]]()
_CASES = pytest.StashKey["dict[Path, list[Case]]"]()
_RULES = pytest.StashKey["Rules | None"]()


def pytest_configure(config: pytest.Config) -> None:
    """Note the suites, and have their folders collected.

    Those of --cleaner-golden always; those of the settings, as `testpaths`, in runs from the
    project's folder that name nothing to run.
    """
    base = config.inipath.parent if config.inipath is not None else config.rootpath
    here = config.invocation_params.dir
    settled = [_suite(entry, base) for entry in config.getini("cleaner_golden")]
    asked = [_suite(entry, here) for entry in config.getoption("cleaner_golden")]
    if not settled and not asked:
        return
    for file in _rules_files(config):
        if not file.is_file():
            raise pytest.UsageError(f"cleaner golden rules: {file} is no file")
    config.stash[_SUITES] = list(dict.fromkeys((*settled, *asked)))
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    joining = asked if named or here != base else [*settled, *asked]
    for suite in joining:
        for folder in filter(None, (suite.folder, suite.goldens)):
            if not folder.is_dir():
                raise pytest.UsageError(f"cleaner golden files: {folder} is no folder")
            if not _covered(folder, config.args, here):
                config.args.append(str(folder))


def _suite(entry: str, base: Path) -> _Suite:
    folder, _, goldens = entry.partition(_BETWEEN)
    return _Suite(_absolute(base, folder), _absolute(base, goldens) if goldens else None)


def _absolute(base: Path, path: str) -> Path:
    """Return the path without dots; links stay, as they do in the paths that pytest collects."""
    return Path(os.path.abspath(base / path))


def _covered(folder: Path, arguments: list[str], here: Path) -> bool:
    """Whether the folder will be collected already: twice would be two tests of one document."""
    named = [_absolute(here, argument.partition("::")[0]) for argument in arguments]
    return any(folder.is_relative_to(path) for path in named if path.is_dir())


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take inputs of the suites, and golden files that have no input."""
    suites = parent.config.stash.get(_SUITES, [])
    roots = [root for suite in suites for root in (suite.folder, suite.goldens) if root]
    if not any(file_path.is_relative_to(root) for root in roots):
        return None
    cases = _cases(parent.config, suites).get(file_path, [])
    return GoldenFile.from_parent(parent, path=file_path, cases=cases) if cases else None


def _cases(config: pytest.Config, suites: list[_Suite]) -> dict[Path, list[Case]]:
    """Return the cases of all suites by the file that stands for each, found once a run."""
    if _CASES not in config.stash:
        from cleaner.golden.cases import find_cases

        found: dict[Path, list[Case]] = {}
        for suite in suites:
            for case in find_cases(suite.folder, suite.goldens):
                place = case.source if case.source.exists() else case.golden
                found.setdefault(place, []).append(case)
        config.stash[_CASES] = found
    return config.stash[_CASES]


def _rules_files(config: pytest.Config) -> list[Path]:
    base = config.inipath.parent if config.inipath is not None else config.rootpath
    return [base / name for name in config.getini("cleaner_golden_rules")]


def _rules(config: pytest.Config) -> Rules | None:
    if _RULES not in config.stash:
        from cleaner.errors import RulesError
        from cleaner.rules import Rules

        files = _rules_files(config)
        try:
            config.stash[_RULES] = Rules.load(*files) if files else None
        except RulesError as error:
            raise pytest.UsageError(str(error)) from error
    return config.stash[_RULES]


class GoldenFile(pytest.File):
    """A document, or a golden file without one."""

    def __init__(self, *, cases: list[Case], **kwargs: object):
        super().__init__(**kwargs)  # type: ignore[arg-type]  # what pytest hands through
        self.cases = cases

    def collect(self) -> Iterator[pytest.Item]:
        """Yield its one test, or one for each suite that it is in."""
        for number, case in enumerate(self.cases):
            name = f"golden-{number + 1}" if number else "golden"
            yield GoldenItem.from_parent(self, name=name, case=case)


class GoldenMismatch(Exception):  # noqa: N818  (no error of a program)
    """A document is not cleaned as its golden file says."""


class GoldenItem(pytest.Item):
    """The test of one document."""

    def __init__(self, *, case: Case, **kwargs: object):
        super().__init__(**kwargs)  # type: ignore[arg-type]  # what pytest hands through
        self.case = case

    def runtest(self) -> None:
        """Compare, or update."""
        from cleaner.golden import cases

        updating = self.config.getoption("cleaner_golden_update")
        outcome: Result = (cases.update if updating else cases.check)(
            self.case, _rules(self.config)
        )
        if outcome.state is cases.State.SAME:
            return
        if updating and outcome.state is not cases.State.FAILED:
            self.add_report_section("call", "cleaner", f"{outcome.state}\n{outcome.report}")
            self.user_properties.append(("cleaner-golden-updated", str(outcome.state)))
            return
        raise GoldenMismatch(f"{outcome.state}\n{outcome.report}")

    def repr_failure(  # type: ignore[override]  # wider upstream than it ever is
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: None = None,
    ) -> str:
        """Return the difference alone, without a trace through this module."""
        if isinstance(excinfo.value, GoldenMismatch):
            return f"{self.case.name}: {excinfo.value}\n(--cleaner-golden-update accepts it)"
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where it is and what it is called."""
        return self.path, None, f"cleaner golden: {self.case.name}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what an update wrote: the tests passed, and yet something changed."""
    for report in terminalreporter.getreports("passed"):
        if any(name == "cleaner-golden-updated" for name, _ in report.user_properties):
            terminalreporter.write_line(f"updated {report.nodeid}", bold=True)
            for title, text in report.sections:
                if title == "Captured cleaner call":
                    terminalreporter.write_line(text)
