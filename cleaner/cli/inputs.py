"""What commands that clean have in common: options, and a document from standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.terminal import on_one_line
from cleaner.errors import EmptyInput, RulesError
from cleaner.files import LARGEST, read_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.files import Readable
    from cleaner.rules import Rules

__all__ = [
    "explain_option", "load_rules", "options", "read_stdin", "rules_option", "schema_option",
]  # fmt: skip

explain_option = click.option("--explain", is_flag=True, help="Add what was removed, and why.")
schema_option = click.option(
    "--schema",
    type=click.Choice(["cleaner", "schema.org"]),
    default="cleaner",
    show_default=True,
    help="Form of the JSON.",
)
rules_option = click.option(
    "--rules",
    "rules_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rules file of your own, before the built-in ones; may be repeated.",
)


def options(*several: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what adds several options to a command, the first first in its help."""

    def add(command: Any) -> Any:
        for option in reversed(several):
            command = option(command)
        return command

    return add


def load_rules(files: Iterable[Path]) -> Rules | None:
    """Return the rules of `files` and the built-in ones, None for the built-in ones alone.

    A broken file is wrong usage.
    """
    paths = tuple(files)
    if not paths:
        return None
    from cleaner.rules import ruleset  # noqa: PLC0415  (seldom asked for)

    try:
        return ruleset.Rules.load(*paths)
    except RulesError as error:
        raise click.UsageError(on_one_line(str(error))) from error


def read_stdin(begun: Readable | None = None, most: int = LARGEST) -> bytes:
    """Return what standard input holds, or the rest of it where it is `begun`.

    Raises EmptyInput where that is nothing and InputError where it is more than `most` bytes.
    """
    if begun is None and sys.stdin is None:
        raise click.ClickException("standard input: closed")
    data = read_stream(sys.stdin.buffer if begun is None else begun, most)
    if not data.strip():
        raise EmptyInput("nothing to read")
    return data
