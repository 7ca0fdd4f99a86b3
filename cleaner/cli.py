"""The command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.article import Article, Schema
    from cleaner.batch.run import Tally
    from cleaner.readers import Door
    from cleaner.rules import Rules

__all__ = ["main"]

_SOME_FAILED = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cleaner")
def main() -> None:
    """Turn news pages and text dumps into clean article JSON."""


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
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
def clean(
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
        if len(paths) != 1 or paths[0].is_dir():
            raise click.UsageError("several documents need a folder to go to: add -o FOLDER")
        click.echo(to_json(_clean_one(paths[0], url, kind, rules)))
        return
    if Path("-") in paths or url is not None or kind != "auto":
        raise click.UsageError("-, --url and --kind are for a single document printed without -o")
    tally = _clean_all(paths, output, to_json, rules)
    click.echo(
        f"{tally.documents} documents: {tally.documents - tally.failed} cleaned"
        f" ({tally.empty} without an article), {tally.failed} failed",
        err=True,
    )
    if tally.failed:
        sys.exit(_SOME_FAILED)


@main.command()
def schema() -> None:
    """Print the JSON Schema of an article."""
    from cleaner.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


def _load_rules(files: tuple[Path, ...]) -> Rules | None:
    if not files:
        return None
    from cleaner.errors import RulesError
    from cleaner.rules import Rules

    try:
        return Rules.load(*files)
    except RulesError as error:
        raise click.UsageError(str(error)) from error


def _clean_one(path: Path, url: str | None, kind: Door, rules: Rules | None) -> Article:
    from cleaner.errors import CleanerError
    from cleaner.pipeline import clean as clean_data
    from cleaner.pipeline import clean_file

    try:
        if path == Path("-"):
            data = sys.stdin.buffer.read()
            return clean_data(data, url, kind, rules=rules)
        return clean_file(path, url, kind, rules=rules)
    except CleanerError as error:
        message = f"standard input: {error}" if path == Path("-") else str(error)
        raise click.ClickException(message) from error


def _clean_all(
    paths: tuple[Path, ...], output: Path, to_json: Callable[[Article], str], rules: Rules | None
) -> Tally:
    from cleaner.batch.run import run
    from cleaner.batch.sinks import Folder
    from cleaner.batch.sources import find_inputs
    from cleaner.errors import OutputError

    try:
        folder = Folder(output)
    except OutputError as error:
        raise click.UsageError(str(error)) from error
    return run(
        find_inputs(paths),
        write=lambda name, article: folder.write(name, to_json(article) + "\n"),
        report=lambda message: click.echo(f"cleaner: {message}", err=True),
        rules=rules,
    )
