"""`cleaner crawl`: sites, feeds and sitemaps in, article JSON out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.inputs import load_rules
from cleaner.cli.terminal import on_one_line
from cleaner.cli.web import SOME_FAILED, STOPPED, open_output, report, web_options
from cleaner.errors import FetchError, OutputError

if TYPE_CHECKING:
    from cleaner.article import Schema
    from cleaner.web.crawl import Outcome

__all__ = ["crawl"]


@click.command()
@click.argument("seeds", metavar="SITE|FEED|SITEMAP...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the JSON files, and for the state of the crawl.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Pages to ask for in one round, 0 for no limit.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="How many links deep to look for articles from the front of a site.",
)
@web_options
def crawl(  # noqa: PLR0913, PLR0917  (one argument for each option)
    seeds: tuple[str, ...],
    output: Path,
    limit: int,
    depth: int,
    save_html: bool,
    explain: bool,
    schema: Schema,
    rules_files: tuple[Path, ...],
    user_agent: str,
    delay: float,
    retries: int,
    timeout: float,
    max_size: int,
    allow_private: bool,
    ignore_robots: bool,
) -> None:
    """Crawl news sites into one JSON an article, OUT/<host>/<name>.json.

    What a feed or a sitemap lists is fetched; from the front of a site, its feeds, its sitemaps
    and the links that stay on it. Stopped or killed, the same command goes on where it was; after
    the end, it looks for what is new. Exits with 0 when all were cleaned, 1 when some failed (each
    is named on standard error), 2 for wrong usage, 130 when stopped.
    """
    try:
        from cleaner.web.crawl import Politeness  # noqa: PLC0415  (an optional extra)
        from cleaner.web.crawl import crawl as run  # noqa: PLC0415
        from cleaner.web.fetch import Limits  # noqa: PLC0415
    except ImportError as error:
        raise click.ClickException("this needs more: pip install 'news-cleaner[crawl]'") from error
    rules = load_rules(rules_files)
    try:
        outcome = run(
            seeds,
            open_output(output, explain, schema, save_html),
            report,
            Politeness(
                user_agent,
                delay=delay,
                obey_robots=not ignore_robots,
                allow_private=allow_private,
            ),
            limits=Limits(size=max_size, seconds=timeout, retries=retries),
            pages=limit,
            depth=depth,
            rules=rules,
        )
    except (FetchError, OutputError) as error:
        raise click.UsageError(on_one_line(str(error))) from error
    click.echo(_summary(outcome), err=True)
    if outcome.problem is not None:
        raise click.ClickException(on_one_line(outcome.problem))
    if not outcome.finished:
        click.echo("stopped; the same command goes on from here", err=True)
        sys.exit(STOPPED)
    if outcome.tally["failed"]:
        sys.exit(SOME_FAILED)


def _summary(outcome: Outcome) -> str:
    tally = outcome.tally
    plural = "" if tally["article"] == 1 else "s"
    return (
        f"{'gone on: ' if outcome.resumed else ''}{tally['article']} article{plural}"
        f" ({tally['empty']} empty), {tally['duplicate']} duplicates,"
        f" {tally['without an article']} pages without an article,"
        f" {tally['forbidden']} forbidden by robots.txt, {tally['failed']} failed;"
        f" {outcome.waiting} addresses waiting"
    )
