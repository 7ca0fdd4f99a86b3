"""`cleaner fetch`: addresses in, article JSON out."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cleaner.cli.inputs import load_rules
from cleaner.cli.terminal import on_one_line, print_json
from cleaner.cli.web import SOME_FAILED, STOPPED, open_output, report, web_options
from cleaner.errors import CleanerError
from cleaner.pipeline import clean as clean_data

if TYPE_CHECKING:
    from cleaner.article import Article, Schema
    from cleaner.rules import Rules
    from cleaner.web.fetch import Fetched, Fetcher
    from cleaner.web.output import Output

__all__ = ["fetch"]

_Fate = Literal["cleaned", "empty", "failed"]


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
    error), 2 for wrong usage, 130 when stopped.
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
    try:
        if output is None:
            if len(urls) != 1 or urls == ("-",) or save_html:
                raise click.UsageError("files need a folder to go to: add -o FOLDER")
            article = _fetch_one(urls[0], fetcher, rules)
            print_json(article.to_json(explain=explain, schema=schema))
        elif _fetch_all(urls, fetcher, open_output(output, explain, schema, save_html), rules):
            sys.exit(SOME_FAILED)
    except KeyboardInterrupt:
        report("stopped")
        sys.exit(STOPPED)


def _fetch_one(url: str, fetcher: Fetcher, rules: Rules | None) -> Article:
    try:
        return _clean(fetcher.fetch(url), rules)
    except CleanerError as error:
        raise click.ClickException(on_one_line(str(error))) from error


def _fetch_all(urls: tuple[str, ...], fetcher: Fetcher, folder: Output, rules: Rules | None) -> int:
    """Fetch, clean and write each page, and say how many; return how many failed."""
    tally: Counter[_Fate] = Counter()
    try:
        for url in _addresses(urls):
            tally[_fetch_into(folder, url, fetcher, rules)] += 1
    finally:
        click.echo(_summary(tally), err=True)
    return tally["failed"]


def _fetch_into(folder: Output, url: str, fetcher: Fetcher, rules: Rules | None) -> _Fate:
    """Fetch, clean and write a page; return what became of it."""
    try:
        page = fetcher.fetch(url)
        article = _clean(page, rules)
        folder.write(folder.files(page.url, page.data, article))
    except CleanerError as error:
        report(str(error))
    except Exception as error:  # a mistake of ours must not cost the pages that follow
        report(f"{url}: {type(error).__name__}: {error} (please report this)")
    else:
        return "cleaned" if article.body else "empty"
    return "failed"


def _summary(tally: Counter[_Fate]) -> str:
    pages = tally.total()
    return (
        f"{pages} page{'' if pages == 1 else 's'}: {pages - tally['failed']} cleaned"
        f" ({tally['empty']} without an article), {tally['failed']} failed"
    )


def _addresses(urls: tuple[str, ...]) -> list[str]:
    """Return each address once, those on standard input for -."""
    given = (line.strip() for url in urls for line in (_listed() if url == "-" else [url]))
    return list(dict.fromkeys(address for address in given if address))


def _listed() -> list[str]:
    """Return the lines of standard input; some editors put a byte order mark before the first."""
    if sys.stdin is None:
        raise click.ClickException("standard input: closed")
    return sys.stdin.read().removeprefix("\ufeff").splitlines()


def _clean(page: Fetched, rules: Rules | None) -> Article:
    try:
        return clean_data(
            page.data, page.url, rules=rules, captured=page.captured, encoding=page.encoding
        )
    except CleanerError as error:
        raise type(error)(f"{page.url}: {error}") from error
