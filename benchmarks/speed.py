"""What an article costs, against parsing its page and against trafilatura.

    python -m benchmarks.speed CORPUS

CORPUS is a folder with `pages/*.html.gz`. Every page goes through each contestant before the next
page does, so that a noisy machine hits all alike; what counts is the ratios.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from lxml import etree

import cleaner

if TYPE_CHECKING:
    from collections.abc import Callable

_STARTUP = """
import sys, time
start = time.perf_counter()
import cleaner
cleaner.clean(open(sys.argv[1], "rb").read(), kind="html")
print(time.perf_counter() - start)
"""


def parse(data: bytes) -> None:
    """The floor: parse the page and read its text."""
    tree = etree.fromstring(data, etree.HTMLParser(huge_tree=True))
    etree.tostring(tree, method="text", encoding="unicode")


def clean(data: bytes) -> None:
    cleaner.clean(data, kind="html")


def trafilatura(data: bytes) -> None:
    from trafilatura import bare_extraction  # noqa: PLC0415  (heavy)

    bare_extraction(data, with_metadata=True)


@click.command()
@click.argument("corpus", type=click.Path(exists=True, path_type=Path))
@click.option("--pages", default=200, show_default=True, help="How many pages at most.")
@click.option("--rounds", default=3, show_default=True)
def main(corpus: Path, pages: int, rounds: int) -> None:
    """Time the contestants on the pages of CORPUS, interleaved page by page."""
    paths = sorted((corpus / "pages").glob("*.html.gz"))[:pages]
    documents = [gzip.decompress(path.read_bytes()) for path in paths]
    contestants: tuple[Callable[[bytes], None], ...] = (parse, clean, trafilatura)
    for contestant in contestants:  # what is loaded at the first use is timed apart
        contestant(documents[0])
    seconds: dict[str, list[float]] = {contestant.__name__: [] for contestant in contestants}
    for document in documents:
        for contestant in contestants:
            best = min(_timed(contestant, document) for _ in range(rounds))
            seconds[contestant.__name__].append(best)
    floor = statistics.mean(seconds["parse"])
    click.echo(f"{len(documents)} pages, best of {rounds} rounds each")
    click.echo("                mean ms   median ms   times parsing")
    for name, times in seconds.items():
        mean, median = statistics.mean(times), statistics.median(times)
        click.echo(f"{name:14} {1000 * mean:8.2f} {1000 * median:11.2f} {mean / floor:15.1f}")
    ratio = statistics.mean(seconds["trafilatura"]) / statistics.mean(seconds["clean"])
    click.echo(f"trafilatura takes {ratio:.1f} times as long as cleaner")
    click.echo(f"import and first page: {_startup(documents[0]):.2f} s")


def _timed(function: Callable[[bytes], None], document: bytes) -> float:
    start = time.perf_counter()
    function(document)
    return time.perf_counter() - start


def _startup(document: bytes) -> float:
    """Return the seconds that a new process needs for import and first page, best of five."""
    page = Path("/tmp") / "cleaner-benchmark-page.html"
    page.write_bytes(document)
    command = [sys.executable, "-c", _STARTUP, str(page)]
    runs = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(5)]
    page.unlink()
    return min(map(float, runs))


if __name__ == "__main__":
    main()
