"""How good and how fast, side by side with the peers, in one run and one table.

    python -m benchmarks --corpus FOLDER [--corpus FOLDER ...] --peers all

Sets up an environment that has the peers (once; in the cache folder), runs every page through each
extractor before the next, and prints a table for each corpus. What forms of corpora are known: the
top of `benchmarks/corpora.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.corpora import Case, CorpusError, load
from benchmarks.environment import ROOT, python_with
from benchmarks.peers import PEERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE = "CLEANER_BENCHMARKS_INSIDE"  # set in the environment of the peers


def _say(message: str) -> None:
    click.echo(message, err=True)


def _chosen(peers: str) -> list[str]:
    """Return the names of the extractors asked for, in the order of the table."""
    if peers == "all":
        return list(PEERS)
    wanted = {name.strip() for name in peers.split(",") if name.strip()} - {"none"}
    unknown = sorted(wanted - PEERS.keys())
    if unknown:
        raise click.UsageError(f"unknown peer {unknown[0]!r}: one of {', '.join(PEERS)}, all, none")
    return [name for name in PEERS if name in wanted | {"parse", "as it is", "cleaner"}]


def _corpora(folders: tuple[Path, ...], pages: int) -> Iterator[tuple[str, list[Case]]]:
    """Yield what is measured together: the pages of a corpus, or its dumps of one kind."""
    for folder in folders:
        try:
            cases = load(folder)
        except CorpusError as error:
            raise click.UsageError(str(error)) from error
        by_kind = sorted(cases, key=lambda case: case.kind)
        for kind, group in groupby(by_kind, key=lambda case: case.kind):
            name = folder.resolve().name
            yield (name if kind == "html" else f"{name}, {kind}"), list(group)[:pages]


@click.command()
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    required=True,
    help="A folder; may be repeated.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--peers", default="none", show_default=True, help="all, none, or names with commas.")
@click.option("--pages", default=1_000_000, help="How many of each corpus at most.")
@click.option("--rounds", default=1, show_default=True, help="Times each page is timed.")
@click.option("--seed", default=0, show_default=True, help="Of the bootstrap.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write all figures.")
@click.option("--pictures", type=click.Path(path_type=Path), help="Write SVG files to a folder.")
@click.option("--here", is_flag=True, help="Use the peers of this environment.")
@click.option("--peak", hidden=True, help="Print the peak memory of one extractor.")
def main(  # noqa: PLR0913, PLR0917  (one argument for each option)
    corpora: tuple[Path, ...],
    peers: str,
    pages: int,
    rounds: int,
    seed: int,
    json_file: Path | None,
    pictures: Path | None,
    here: bool,
    peak: str | None,
) -> None:
    """Measure cleaner and its peers on corpora, side by side."""
    names = _chosen(peers)
    if (
        peak is None
        and not here
        and _INSIDE not in os.environ
        and any(PEERS[name].requirement for name in names)
    ):
        sys.exit(_run_inside(python_with(names, _say), sys.argv[1:]))
    groups = list(_corpora(corpora, pages))
    if peak is not None:
        from benchmarks.measure import peak as peak_of  # noqa: PLC0415  (needs cleaner)

        fitting = [cases for _, cases in groups if _fits(peak, cases)]
        click.echo(peak_of(peak, [case for cases in fitting for case in cases]))
        return
    _measure(groups, names, corpora, pages, rounds, seed, json_file, pictures)


def _run_inside(python: Path, arguments: list[str]) -> int:
    """Run the same command where the peers are."""
    variables = {**os.environ, _INSIDE: "1", "PYTHONPATH": str(ROOT)}
    command = [str(python), "-m", "benchmarks", *arguments]
    return subprocess.run(command, env=variables, check=False).returncode


def _measure(  # noqa: PLR0913, PLR0917  (what the options say)
    groups: list[tuple[str, list[Case]]],
    names: list[str],
    corpora: tuple[Path, ...],
    pages: int,
    rounds: int,
    seed: int,
    json_file: Path | None,
    pictures: Path | None,
) -> None:
    from benchmarks import measure, report  # noqa: PLC0415  (need cleaner and its packages)
    from benchmarks.pictures import against_time, differences  # noqa: PLC0415

    functions = measure.extractors(names, _say)
    memory = measure.memory(list(functions), corpora, pages)
    results = []
    for name, cases in groups:
        fitting = {n: f for n, f in functions.items() if _fits(n, cases)}
        found = report.as_data(name, cases, measure.run(fitting, cases, rounds), seed)
        results.append(found)
        click.echo(report.table(found, memory) + "\n")
    started = measure.startup(groups[0][1][0].data)
    click.echo(f"cleaner, import and first document: {started:.2f} s")
    if json_file is not None:
        data = {
            "environment": report.environment(seed),
            "corpora": results,
            "memory": memory,
            "startup": started,
        }
        json_file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        for found in results:
            stem = found["corpus"].replace(", ", "-").replace(" ", "-")
            (pictures / f"{stem}-time.svg").write_text(against_time(found), encoding="utf-8")
            (pictures / f"{stem}-pages.svg").write_text(differences(found), encoding="utf-8")


def _fits(name: str, cases: list[Case]) -> bool:
    """Whether an extractor takes documents of this kind, and gives anything the gold has."""
    peer = PEERS[name]
    if name == "as it is" or cases[0].is_dump:
        return peer.dumps and cases[0].is_dump
    golds = {"body": any(c.body for c in cases), "date": any(c.date for c in cases)}
    return any(there and part in peer.gives for part, there in golds.items())


if __name__ == "__main__":
    main()
