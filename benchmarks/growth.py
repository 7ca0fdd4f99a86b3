"""How time and memory grow with hostile input.

    python -m benchmarks.growth [--characters 4000000] [KIND...]

Every kind of `benchmarks.hostile` (or those whose name contains a KIND) is cleaned in a process of
its own at an eighth of the size and at full size. Printed are the processor time, by how much it
grows when the input doubles (the third root of the ratio), and the memory that cleaning took
above the input's own, as a multiple of the input's size in UTF-8. Exits with 1 where a kind
grows more than `MOST_GROWTH`, takes more than `MOST_MEMORY` times its size, or ends in anything but
an article or a CleanerError.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import click

import cleaner
from benchmarks.hostile import KINDS, sized
from benchmarks.measure import peak_memory

if TYPE_CHECKING:
    from benchmarks.hostile import Document

__all__ = ["DOUBLINGS", "MOST_GROWTH", "MOST_MEMORY", "grows_by", "seconds"]

MOST_GROWTH = 2.3  # times the time, for twice the input
DOUBLINGS = 3
MOST_MEMORY = 500  # times the input, above a fixed part for the parser, the model and Python
FIXED_MEMORY = 150 * 2**20  # bytes
_LEAST, _MOST = 16_000, 128_000  # characters, before doubling
_LONG_ENOUGH = 0.02  # seconds
_SHORT = 0.004  # seconds: anything shorter is taken for so much, below it is mostly noise


def seconds(document: Document, runs: int = 2) -> float:
    """Return the processor time that cleaning a document takes, the best of some runs.

    Python's collector of cycles is off meanwhile: when it runs depends on what ran before.
    """
    best = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            start = time.process_time()
            clean(document)
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return max(best, _SHORT)


def clean(document: Document) -> None:
    """Clean a document; refusing it is an answer too."""
    with suppress(cleaner.CleanerError):
        cleaner.clean(document)


def grows_by(kind: str, runs: int = 2, times: int = 1) -> float:
    """Return how many times the time doubling the input takes.

    Measured from a size upwards that takes long enough for the rest to be no noise, or from so
    many `times` that size: where a document outgrows the processor's cache there is a step, once.
    """
    make = KINDS[kind]
    clean(sized(make, 2000))  # loads what is loaded at the first use
    characters = _LEAST
    small = seconds(sized(make, characters), runs)
    while small < _LONG_ENOUGH and characters < _MOST:
        characters *= 2
        small = seconds(sized(make, characters), runs)
    if times > 1:
        characters *= times
        small = seconds(sized(make, characters), runs)
    large = seconds(sized(make, characters << DOUBLINGS), runs)
    return float((large / small) ** (1 / DOUBLINGS))


def size_of(document: Document) -> int:
    """Return the size of a document in bytes of UTF-8."""
    return len(document if isinstance(document, bytes) else document.encode("utf-8", "replace"))


def measure(kind: str, characters: int) -> dict[str, float]:
    """Measure one kind in this process, which must not have cleaned anything large before."""
    clean(sized(KINDS[kind], 2000))  # loads what is loaded at the first use
    small = seconds(sized(KINDS[kind], characters >> DOUBLINGS), runs=3)
    document = sized(KINDS[kind], characters)
    before = peak_memory()
    large = seconds(document, runs=1)
    taken = peak_memory() - before
    return {
        "size": size_of(document),
        "seconds": large,
        "growth": (large / small) ** (1 / DOUBLINGS),
        "memory": taken,
    }


def _apart(kind: str, characters: int, timeout: float) -> dict[str, float] | str:
    """Measure one kind in a process of its own; return what went wrong as text."""
    command = [sys.executable, "-m", "benchmarks.growth", "--only", "--characters", str(characters)]
    try:
        done = subprocess.run([*command, kind], capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return f"more than {timeout:.0f} seconds"
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"ended by signal {-done.returncode}"
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _verdict(found: dict[str, float]) -> str:
    if found["growth"] > MOST_GROWTH:
        return "NOT LINEAR"
    if found["memory"] > FIXED_MEMORY + MOST_MEMORY * found["size"]:
        return "TOO MUCH MEMORY"
    return ""


@click.command()
@click.argument("kinds", nargs=-1)
@click.option("--characters", default=4_000_000, show_default=True, help="Size of the documents.")
@click.option("--timeout", default=600.0, show_default=True, help="Seconds for one kind.")
@click.option("--only", is_flag=True, hidden=True, help="Measure the one kind, print JSON.")
def main(kinds: tuple[str, ...], characters: int, timeout: float, only: bool) -> None:
    """Measure how time and memory grow with hostile input."""
    if only:
        click.echo(json.dumps(measure(kinds[0], characters)))
        return
    chosen = [name for name in KINDS if not kinds or any(word in name for word in kinds)]
    click.echo(f"{'':40}       MB  seconds   growth   memory")
    bad = 0
    for kind in chosen:
        found = _apart(kind, characters, timeout)
        if isinstance(found, str):
            bad += 1
            click.echo(f"{kind:40} {found}")
            continue
        verdict = _verdict(found)
        bad += bool(verdict)
        click.echo(
            f"{kind:40} {found['size'] / 1e6:8.2f} {found['seconds']:8.2f} {found['growth']:8.2f}"
            f" {found['memory'] / found['size']:8.0f} {verdict}"
        )
    click.echo(f"{len(chosen)} kinds, {bad} broke a promise")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
