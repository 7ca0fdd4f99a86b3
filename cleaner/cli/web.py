"""What the commands that go to the web have in common: their options, and articles as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cleaner import __version__
from cleaner.cli.inputs import explain_option, options, rules_option, schema_option
from cleaner.cli.terminal import on_one_line
from cleaner.errors import OutputError
from cleaner.web.output import Output

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.article import Article, Schema

__all__ = ["SOME_FAILED", "STOPPED", "USER_AGENT", "open_output", "report", "web_options"]

SOME_FAILED, STOPPED = 1, 130  # exit codes
USER_AGENT = f"cleaner/{__version__} (news-cleaner)"


def _checked_agent(_: click.Context, __: click.Parameter, value: str) -> str:
    """Refuse what not every server would read as it is written; HTTP knows no encoding."""
    if not (value.isascii() and value.isprintable() and value.strip()):
        raise click.BadParameter(f"{value!r} is not made of printable ASCII characters")
    return value


# What fetching and crawling share.
web_options = options(
    click.option("--save-html", is_flag=True, help="Keep each page beside its article."),
    explain_option,
    schema_option,
    rules_option,
    click.option(
        "--user-agent",
        default=USER_AGENT,
        show_default=True,
        callback=_checked_agent,
        help="Who you are; a way to reach you belongs in it.",
    ),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        default=1.0,
        show_default=True,
        help="Seconds between two requests to one host, at least.",
    ),
    click.option(
        "--retries",
        type=click.IntRange(min=0),
        default=3,
        show_default=True,
        help="Further tries after a failure that may pass.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=60.0,
        show_default=True,
        help="Seconds for one request.",
    ),
    click.option(
        "--max-size",
        type=click.IntRange(min=1),
        default=10 * 2**20,
        show_default=True,
        help="Bytes of a page, as sent and as decompressed.",
    ),
    click.option(
        "--allow-private", is_flag=True, help="Also ask hosts that are not of the public internet."
    ),
    click.option("--ignore-robots", is_flag=True, help="Also ask for what robots.txt forbids."),
)


def open_output(root: Path, explain: bool, schema: Schema, save_html: bool) -> Output:
    """Return the folder that articles go to."""

    def to_json(article: Article) -> str:
        return article.to_json(explain=explain, schema=schema)

    try:
        return Output(root, to_json, save_html)
    except OutputError as error:
        raise click.UsageError(on_one_line(str(error))) from error


def report(message: str) -> None:
    """Say on standard error what became of something."""
    click.echo(f"cleaner: {on_one_line(message)}", err=True)
