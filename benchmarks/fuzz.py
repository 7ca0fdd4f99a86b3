"""Fuzzing by mutation: our fixtures and the hostile kinds, cut, crossed, repeated and bent.

    python -m benchmarks.fuzz [--minutes 10] [--seed 0] [--keep FOLDER]

Every mutant goes through both doors. What must hold: an article or a CleanerError; the same result
twice; JSON that can be written as UTF-8; no more than `_SLOWEST` of processor time a character.
Mutants that break this are kept in FOLDER, and the exit code is 1. The same seed makes the same
mutants.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

import cleaner
from benchmarks.hostile import KINDS, sized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.readers import Door

__all__ = ["corpus", "mutants", "problem"]

_ROOT = Path(__file__).resolve().parent.parent
_LONGEST = 60_000  # bytes of a mutant
_SLOWEST = 5e-5  # seconds a byte, above a second
_TOKENS = (
    b"<", b">", b"</", b"<!--", b"-->", b"<p>", b"</p>", b"<div>", b"<table>", b"<svg>",
    b"<script>", b"<title>", b"<plaintext>", b"<select>",
    b'"', b"'", b"=", b"&#", b"&amp;", b"&#xD800;", b"\0",
    b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b"\xcc\x81", b"{", b"}", b"[", b"]", b",", b":", b"\\u0000", b"\n", b"\n\n", b"\r", b"\t", b" ",
    b"|", b"\xe2\x80\x94", b"2020-01-07", b"99999", b"By ", b"READ MORE: ", b"Advertisement",
    b"Just Posted\n", b"0:35\n", b"(Reuters)", b'"@type":"NewsArticle"', b"datePublished",
)  # fmt: skip


def corpus() -> list[bytes]:
    """Return what is mutated: seeds, fixtures, and a short document of each hostile kind."""
    found: list[bytes] = []
    for folder in ("seeds", "fixtures"):
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in (".txt", ".html", ".gz"):
                data = path.read_bytes()
                found.append(gzip.decompress(data) if path.suffix == ".gz" else data)
    for make in KINDS.values():
        document = sized(make, 2000)
        data = document if isinstance(document, bytes) else document.encode("utf-8", "replace")
        found.append(data)
    return found


def mutants(seed: int) -> Iterator[bytes]:
    """Yield mutants without end."""
    chance = random.Random(seed)
    documents = corpus()
    while True:
        data = chance.choice(documents)
        for _ in range(chance.choice((1, 2, 4, 16))):
            data = _mutated(data, documents, chance)
        yield data[:_LONGEST]


def _mutated(data: bytes, documents: list[bytes], chance: random.Random) -> bytes:
    start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    end = min(end, start + chance.choice((1, 10, 100, 1000, 10_000)))
    piece = data[start:end]
    way = chance.randrange(7)
    if way == 0:  # cut out
        piece = b""
    elif way == 1:  # repeat
        piece *= chance.choice((2, 10, 100))
    elif way == 2:  # a token in front
        piece = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 50)) + piece
    elif way == 3:  # a piece of another document
        other = chance.choice(documents)
        at = chance.randrange(len(other) + 1)
        piece = other[at : at + chance.choice((10, 100, 1000))]
    elif way == 4:  # bytes bent
        piece = bytes(byte ^ (chance.random() < 0.1) << chance.randrange(8) for byte in piece)
    elif way == 5:  # turned round
        piece = piece[::-1]
    else:  # all that follows is lost
        return data[:start] + piece
    return (data[:start] + piece + data[end:])[: 4 * _LONGEST]


def problem(data: bytes, kind: Door) -> str | None:
    """Return what is wrong with how a document is cleaned, None for nothing."""
    start = time.process_time()
    try:
        first = cleaner.clean(data, kind=kind).to_json(explain=True)
        taken = time.process_time() - start
        first.encode("utf-8")
        if cleaner.clean(data, kind=kind).to_json(explain=True) != first:
            return "another result the second time"
    except cleaner.CleanerError:
        return None
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"{taken:.1f} s" if taken > 1 + _SLOWEST * len(data) else None


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--keep", type=click.Path(path_type=Path), default=Path("fuzz-found"), show_default=True
)
def main(minutes: float, seed: int, keep: Path) -> None:
    """Clean mutants of the fixtures and of hostile input until the time is up."""
    end = time.monotonic() + 60 * minutes
    count = found = 0
    for data in mutants(seed):
        if time.monotonic() > end:
            break
        count += 1
        doors: tuple[Door, ...] = ("auto", "html", "text")
        for kind in doors:
            wrong = problem(data, kind)
            if wrong is not None:
                found += 1
                keep.mkdir(parents=True, exist_ok=True)
                path = keep / f"{seed}-{count}-{kind}"
                path.write_bytes(data)
                click.echo(f"{path}: {wrong}")
    click.echo(f"{count} mutants, {found} broke a promise")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
