"""`cleaner fetch`: addresses in, article JSON out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.inputs import load_rules
from cleaner.cli.terminal import on_one_line, print_json
from cleaner.cli.web import open_output, report, web_options
from cleaner.errors import CleanerError
from cleaner.pipeline import clean as clean_data

if TYPE_CHECKING:
    from cleaner.article import Article, Schema
    from cleaner.rules import Rules
    from cleaner.web.fetch import Fetched, Fetcher
    from cleaner.web.output import Output

__all__ = ["fetch"]

_SOME_FAILED = 1


@click.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the JSON files.")
@web_options
def fetch(  # noqa: PLR0913, PLR0917  (one argument for each option)
    urls: tuple[str, ...],
    output: Path | None,
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
    """Fetch pages and clean them into one JSON each, OUT/<host>/<name>.json.

    Without -o, the article of a single page is printed; - reads addresses from standard input,
    one a line. Exits with 0 when all were cleaned, 1 when some failed (each is named on standard
    error), 2 for wrong usage.
    """
    try:
        from cleaner.web.fetch import Fetcher, Limits  # noqa: PLC0415  (an optional extra)
    except ImportError as error:
        raise click.ClickException("this needs more: pip install 'news-cleaner[web]'") from error
    fetcher = Fetcher(
        user_agent,
        limits=Limits(size=max_size, seconds=timeout, retries=retries),
        delay=delay,
        allow_private=allow_private,
        obey_robots=not ignore_robots,
    )
    rules = load_rules(rules_files)
    if output is None:
        if len(urls) != 1 or urls == ("-",) or save_html:
            raise click.UsageError("files need a folder to go to: add -o FOLDER")
        try:
            article = _clean(fetcher.fetch(urls[0]), rules)
        except CleanerError as error:
            raise click.ClickException(on_one_line(str(error))) from error
        print_json(article.to_json(explain=explain, schema=schema))
        return
    folder = open_output(output, explain, schema, save_html)
    if _fetch_all(urls, fetcher, folder, rules):
        sys.exit(_SOME_FAILED)


def _fetch_all(urls: tuple[str, ...], fetcher: Fetcher, folder: Output, rules: Rules | None) -> int:
    """Fetch, clean and write each page; return how many failed."""
    pages = empty = failed = 0
    for url in _addresses(urls):
        pages += 1
        try:
            page = fetcher.fetch(url)
            article = _clean(page, rules)
            folder.write(folder.files(page.url, page.data, article))
            empty += not article.body
        except CleanerError as error:
            failed += 1
            report(str(error))
    plural = "" if pages == 1 else "s"
    click.echo(
        f"{pages} page{plural}: {pages - failed} cleaned ({empty} without an article),"
        f" {failed} failed",
        err=True,
    )
    return failed


def _addresses(urls: tuple[str, ...]) -> list[str]:
    """Return each address once, those on standard input for -."""
    given = (line.strip() for url in urls for line in (sys.stdin if url == "-" else [url]))
    return list(dict.fromkeys(address for address in given if address))


def _clean(page: Fetched, rules: Rules | None) -> Article:
    try:
        return clean_data(
            page.data, page.url, rules=rules, captured=page.captured, encoding=page.encoding
        )
    except CleanerError as error:
        raise type(error)(f"{page.url}: {error}") from error
