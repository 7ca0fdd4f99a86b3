"""`cleaner explain`: one document in the terminal, with what was removed and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.inputs import load_rules, read_stdin, rules_option
from cleaner.cli.terminal import on_one_line, print_json, print_text
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from cleaner.readers import Door
    from cleaner.review.trace import Trace
    from cleaner.rules import Rules

__all__ = ["explain"]


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
@click.option("--facts", is_flag=True, help="Add all that the document says of itself.")
@click.option(
    "--kind",
    type=click.Choice(["auto", "html", "text"]),
    default="auto",
    show_default=True,
    help="What the document is.",
)
@click.option("--url", help="Where it was published.")
@rules_option
def explain(  # noqa: PLR0913, PLR0917  (one argument for each option)
    path: Path,
    as_json: bool,
    facts: bool,
    kind: Door,
    url: str | None,
    rules_files: tuple[Path, ...],
) -> None:
    """Show a document in its own order: what was kept, what was removed, and why.

    Removed text is struck out, with reason and rule in the margin. - reads standard input.
    Colours follow the terminal and NO_COLOR; the width follows COLUMNS.
    """
    trace = _trace(path, url, kind, load_rules(rules_files))
    if as_json:
        print_json(json.dumps(trace.to_dict(), ensure_ascii=False, indent=2))
        return
    from cleaner.review.explain import explain as show  # noqa: PLC0415  (not for the JSON)

    name = "standard input" if path == Path("-") else str(path)
    print_text(show(trace, name, sys.stdout, statements=facts))


def _trace(path: Path, url: str | None, kind: Door, rules: Rules | None) -> Trace:
    from cleaner.review.trace import trace, trace_file  # noqa: PLC0415  (named like the function)

    try:
        if path == Path("-"):
            return trace(read_stdin(), url, kind, rules=rules)
        return trace_file(path, url, kind, rules=rules)
    except CleanerError as error:
        message = f"standard input: {error}" if path == Path("-") else str(error)
        raise click.ClickException(on_one_line(message)) from error
