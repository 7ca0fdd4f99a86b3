"""`cleaner golden`: pin what cleaning a collection gives, compare with it, measure against it."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.batch.sources import find_inputs
from cleaner.cli.inputs import load_rules, rules_option
from cleaner.cli.terminal import on_one_line, print_json, standard_output
from cleaner.errors import CleanerError, OutputError
from cleaner.golden import cases
from cleaner.golden.cases import Case, Result, State
from cleaner.golden.score import Score, score, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.rules import Rules

__all__ = ["golden"]

_DIFFERENT = 1

folder_argument = click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
goldens_option = click.option(
    "--goldens",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the golden files; without it they are beside their inputs.",
)
only_option = click.option(
    "--only",
    metavar="PATTERN",
    multiple=True,
    help="Only inputs whose path below DIR, or name, matches, as 'pages/*'; may be repeated.",
)


@click.group()
def golden() -> None:
    """Pin what cleaning a collection gives, and see what changes.

    The golden file of DIR/page.html is DIR/page.html.golden.json.
    """


@golden.command(name="record")
@folder_argument
@goldens_option
@only_option
@rules_option
def record_goldens(
    folder: Path, goldens: Path | None, only: tuple[str, ...], rules_files: tuple[Path, ...]
) -> None:
    """Write a golden file for each input in DIR that has none.

    Those that are there stay as they are: see `cleaner golden check --update`.
    """
    rules = load_rules(rules_files)
    counts: Counter[State] = Counter()
    for case in _cases(folder, goldens, only):
        if not os.path.exists(case.source) and case.error is None:
            continue  # an orphan: `check` tells of it
        outcome = _done(cases.record, case, rules)
        counts[outcome.state] += 1
        if outcome.state is State.FAILED:
            click.echo(f"cleaner: {on_one_line(outcome.report)}", err=True)
    recorded, there, failed = (counts[s] for s in (State.MISSING, State.SAME, State.FAILED))
    click.echo(f"{recorded} recorded, {there} there already, {failed} failed", err=True)
    if failed:
        sys.exit(_DIFFERENT)


@golden.command(name="check")
@folder_argument
@goldens_option
@only_option
@click.option(
    "--update",
    is_flag=True,
    help="Accept what is shown: write changed and missing goldens, delete orphaned ones.",
)
@rules_option
def check_goldens(
    folder: Path,
    goldens: Path | None,
    only: tuple[str, ...],
    update: bool,
    rules_files: tuple[Path, ...],
) -> None:
    """Clean DIR again and show how it differs from its golden files.

    Exits with 0 where all is the same, 1 where something is changed, missing or orphaned or cannot
    be cleaned, 2 for wrong usage; with --update, 1 only for what cannot be cleaned.
    """
    rules = load_rules(rules_files)
    if update:
        _refuse_empty(folder)
    act = cases.update if update else cases.check
    counts: Counter[str] = Counter()
    for case in _cases(folder, goldens, only):
        outcome = _done(act, case, rules)
        counts[outcome.state] += 1
        with standard_output():
            _show(case, outcome)
        if outcome.difference is not None:
            counts["lost"] += outcome.difference.lost
            counts["inserted"] += outcome.difference.inserted
            counts["reworded"] += outcome.difference.changed
    with standard_output():
        click.echo(_summary(counts, update))
    different = sum(counts[state] for state in State if state is not State.SAME)
    if counts[State.FAILED] or (different and not update):
        sys.exit(_DIFFERENT)


@golden.command(name="score")
@folder_argument
@goldens_option
@only_option
@click.option(
    "--worst",
    metavar="N",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="How many of the worst documents to name.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--fail-under",
    metavar="F1",
    type=click.FloatRange(0, 1),
    help="Exit with 1 where F1 is lower.",
)
@rules_option
def score_goldens(  # noqa: PLR0913, PLR0917  (one argument for each option)
    folder: Path,
    goldens: Path | None,
    only: tuple[str, ...],
    worst: int,
    as_json: bool,
    fail_under: float | None,
    rules_files: tuple[Path, ...],
) -> None:
    """Measure cleaning against golden files that were corrected by hand.

    Precision, recall and F1 of the body in shingles of four words, the share of bodies that are
    exact, of headlines and of days that are right. What a golden does not state is not measured.
    """
    rules = load_rules(rules_files)
    scores: dict[str, Score] = {}
    failed = 0
    for case in _cases(folder, goldens, only):
        try:
            if case.error is not None:
                raise case.error
            if os.path.exists(case.golden) and os.path.exists(case.source):
                expected = cases.read_golden(case.golden)
                scores[case.name] = score(expected, cases.result(case.source, rules))
        except CleanerError as error:
            failed += 1
            click.echo(f"cleaner: {on_one_line(str(error))}", err=True)
    if not scores:
        raise click.UsageError(f"no golden files for {folder}: see cleaner golden record")
    figures = summary(list(scores.values()))
    if as_json:
        print_json(json.dumps(figures, indent=2))
    else:
        with standard_output():
            _print_figures(figures, scores, worst)
    low = fail_under is not None and (figures["f1"] or 0.0) < fail_under
    if failed or low:
        sys.exit(_DIFFERENT)


def _cases(folder: Path, goldens: Path | None, only: tuple[str, ...]) -> Iterator[Case]:
    """Yield the cases; to find none is wrong usage, lest a check of nothing should pass."""
    found = False
    for case in cases.find_cases(folder, goldens, only):
        found = True
        yield case
    if not found:
        what = f" that match {', '.join(only)}" if only else ""
        raise click.UsageError(f"no documents in {folder}{what}")


def _refuse_empty(folder: Path) -> None:
    """Raise UsageError for a folder without a document: every golden would be an orphan."""
    if next(find_inputs([folder]), None) is None:
        raise click.UsageError(f"no documents in {folder}: no golden file is deleted for that")


def _done(act: Callable[[Case, Rules | None], Result], case: Case, rules: Rules | None) -> Result:
    try:
        return act(case, rules)
    except OutputError as error:
        return Result(State.FAILED, str(error))


def _show(case: Case, outcome: Result) -> None:
    if outcome.state is State.SAME:
        return
    click.secho(f"{on_one_line(case.name)}: {outcome.state}", bold=True)
    for line in outcome.report.splitlines():
        click.echo(f"  {click.style(on_one_line(line), fg=_colour(line.strip()))}")


def _colour(line: str) -> str | None:
    if line.startswith(("lost", "- ", "no longer")):
        return "red"
    return "green" if line.startswith(("inserted", "+ ", "also")) else None


def _summary(counts: Counter[str], update: bool) -> str:
    total = sum(counts[state] for state in State)
    states = ", ".join(f"{counts[state]} {state}" for state in State)
    text = f"{total} document{'' if total == 1 else 's'}: {states}"
    if counts["lost"] or counts["inserted"] or counts["reworded"]:
        text += (
            f"\nparagraphs of bodies: {counts['lost']} lost, {counts['inserted']} inserted,"
            f" {counts['reworded']} changed"
        )
    return text + ("\ngolden files updated" if update else "")


def _print_figures(
    figures: dict[str, float | int | None], scores: dict[str, Score], worst: int
) -> None:
    for name, value in figures.items():
        text = "–" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
        click.echo(f"{name:<10} {text}")
    ranked = sorted(
        (one.f1, name) for name, one in scores.items() if one.f1 is not None and one.f1 < 1
    )
    for f1, name in ranked[:worst]:
        one = scores[name]
        numbers = (f"{part or 0.0:.4f}" for part in (f1, one.precision, one.recall))
        click.echo("{}  precision {}  recall {}  {}".format(*numbers, on_one_line(name)))
