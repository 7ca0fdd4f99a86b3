"""`cleaner report`: many documents in one HTML file, to look at what was removed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cleaner.cli.inputs import load_rules, rules_option
from cleaner.cli.terminal import on_one_line
from cleaner.errors import OutputError
from cleaner.review.gather import gather
from cleaner.review.report import write_report

__all__ = ["report"]

_SOME_FAILED = 1


@click.command()
@click.argument(
    "paths", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The HTML file to write.",
)
@click.option("--title", default="Cleaning report", show_default=True, help="Its title.")
@rules_option
def report(
    paths: tuple[Path, ...], output: Path, title: str, rules_files: tuple[Path, ...]
) -> None:
    """Write a review report: an overview, and each document beside what became of it.

    INPUT is a file, a folder or a web archive of documents, cleaned now; or what `cleaner clean
    --explain` made of them: .json, .jsonl[.gz|.zst], .parquet, or a folder of .json. The report
    is one HTML file that needs no network. Exits with 1 where some documents could not be read;
    the report lists them.
    """
    try:
        tally = write_report(gather(paths, load_rules(rules_files), output), output, title)
    except OutputError as error:
        raise click.UsageError(on_one_line(str(error))) from error
    for message in tally.errors:
        click.echo(f"cleaner: {on_one_line(message)}", err=True)
    plural = "" if tally.documents == 1 else "s"
    click.echo(f"{tally.documents} document{plural}, {len(tally.errors)} failed", err=True)
    if tally.errors:
        sys.exit(_SOME_FAILED)
