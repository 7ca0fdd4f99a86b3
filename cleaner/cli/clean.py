"""`cleaner clean`: documents in, article JSON out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.batch.run import Tally, run
from cleaner.batch.sinks import Folder
from cleaner.batch.sources import find_inputs
from cleaner.cli.terminal import on_one_line, print_json
from cleaner.errors import CleanerError, EmptyInput, OutputError, RulesError
from cleaner.files import read_stream
from cleaner.pipeline import clean as clean_data
from cleaner.pipeline import clean_file
from cleaner.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.article import Article, Schema
    from cleaner.readers import Door

__all__ = ["clean"]

_SOME_FAILED = 1


@click.command()
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the JSON files.")
@click.option("--explain", is_flag=True, help="Add what was removed, and why.")
@click.option(
    "--schema",
    type=click.Choice(["cleaner", "schema.org"]),
    default="cleaner",
    show_default=True,
    help="Form of the JSON.",
)
@click.option(
    "--kind",
    type=click.Choice(["auto", "html", "text"]),
    default="auto",
    show_default=True,
    help="What standard input holds.",
)
@click.option("--url", help="Where the one document was published.")
@click.option(
    "--rules",
    "rules_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rules file of your own, before the built-in ones; may be repeated.",
)
def clean(  # noqa: PLR0913, PLR0917  (one argument for each option)
    paths: tuple[Path, ...],
    output: Path | None,
    explain: bool,
    schema: Schema,
    kind: Door,
    url: str | None,
    rules_files: tuple[Path, ...],
) -> None:
    """Clean files and folders (.txt .html .htm, also .gz) into one JSON each.

    Without -o, the article of a single file is printed; - reads standard input. Exits with 0 when
    all documents were cleaned, 1 when some failed (each is named on standard error), 2 for wrong
    usage.
    """
    rules = _load_rules(rules_files)

    def to_json(article: Article) -> str:
        return article.to_json(explain=explain, schema=schema)

    if output is None:
        if len(paths) != 1 or os.path.isdir(paths[0]):
            raise click.UsageError("several documents need a folder to go to: add -o FOLDER")
        print_json(to_json(_clean_one(paths[0], url, kind, rules)))
        return
    if Path("-") in paths or url is not None or kind != "auto":
        raise click.UsageError("-, --url and --kind are for a single document printed without -o")
    tally = _clean_all(paths, output, to_json, rules)
    plural = "" if tally.documents == 1 else "s"
    click.echo(
        f"{tally.documents} document{plural}: {tally.documents - tally.failed} cleaned"
        f" ({tally.empty} without an article), {tally.failed} failed",
        err=True,
    )
    if tally.failed:
        sys.exit(_SOME_FAILED)


def _load_rules(files: tuple[Path, ...]) -> Rules | None:
    if not files:
        return None
    try:
        return Rules.load(*files)
    except RulesError as error:
        raise click.UsageError(on_one_line(str(error))) from error


def _clean_one(path: Path, url: str | None, kind: Door, rules: Rules | None) -> Article:
    try:
        if path == Path("-"):
            return clean_data(_read_stdin(), url, kind, rules=rules)
        return clean_file(path, url, kind, rules=rules)
    except CleanerError as error:
        message = f"standard input: {error}" if path == Path("-") else str(error)
        raise click.ClickException(on_one_line(message)) from error


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise click.ClickException("standard input: closed")
    data = read_stream(sys.stdin.buffer)
    if not data.strip():
        raise EmptyInput("nothing to read")
    return data


def _clean_all(
    paths: tuple[Path, ...], output: Path, to_json: Callable[[Article], str], rules: Rules | None
) -> Tally:
    try:
        folder = Folder(output)
    except OutputError as error:
        raise click.UsageError(on_one_line(str(error))) from error
    return run(
        find_inputs(paths),
        write=lambda name, article: folder.write(name, to_json(article) + "\n"),
        report=lambda message: click.echo(f"cleaner: {on_one_line(message)}", err=True),
        rules=rules,
    )
