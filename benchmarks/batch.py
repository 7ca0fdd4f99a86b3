"""What a batch costs, and that nothing is lost: workers, the peer's command, memory, kills.

    python -m benchmarks.batch jobs CORPUS     two workers against one, and what the machine gives
    python -m benchmarks.batch peer CORPUS     trafilatura's command line on the same folder
    python -m benchmarks.batch memory CORPUS   peak memory at 5,000 and at 50,000 documents
    python -m benchmarks.batch kill CORPUS     runs killed at random and resumed, byte for byte

CORPUS is a folder with `pages/*.html.gz`. All is measured in one run, on copies in a temporary
folder, and what counts is the ratios.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

CLEANER = (sys.executable, "-m", "cleaner", "clean")
OUTPUTS = ("out", "out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet")

_corpus = click.argument("corpus", type=click.Path(exists=True, path_type=Path))


@click.group(help=__doc__)
def main() -> None:
    """Hold the commands."""


@main.command()
@_corpus
@click.option("--pages", default=2000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def jobs(corpus: Path, pages: int, rounds: int) -> None:
    """Time two workers against one, in turns, in seconds for all documents.

    Beside them: two commands that know nothing of each other, each with half of the documents,
    which is what two processors do at once on this machine.
    """
    with _folder(corpus, pages) as folder, _halves(folder) as halves:
        best = dict.fromkeys(("one", "two", "apart"), float("inf"))
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as out:
                commands = {
                    "one": [_command(folder, f"{out}/one.jsonl", 1)],
                    "two": [_command(folder, f"{out}/two.jsonl", 2)],
                    "apart": [_command(half, f"{out}/{half.name}.jsonl", 1) for half in halves],
                }
                for name, together in commands.items():
                    best[name] = min(best[name], _timed(*together))
        one, two, apart = best.values()
        click.echo(f"{pages} pages, best of {rounds}: 1 worker {one:.2f} s, 2 workers {two:.2f} s")
        click.echo(f"two workers are {one / two:.2f} times as fast as one")
        click.echo(f"two commands with half each are {one / apart:.2f} times as fast")


@main.command()
@_corpus
@click.option("--pages", default=2000, show_default=True)
@click.option("--processes", default=2, show_default=True)
def peer(corpus: Path, pages: int, processes: int) -> None:
    """Time trafilatura's command on the same folder with the same number of processes."""
    with _folder(corpus, pages) as folder, tempfile.TemporaryDirectory() as out:
        ours = _timed(_command(folder, f"{out}/ours", processes))
        command = [str(Path(sys.executable).parent / "trafilatura"), "--json", "--with-metadata"]
        command += ["--input-dir", str(folder), "--output-dir", f"{out}/theirs"]
        theirs = _timed([*command, "--parallel", str(processes)])
        counts = [sum(path.is_file() for path in Path(out, n).rglob("*.json")) for n in _SIDES]
        click.echo(f"{pages} pages, {processes} processes each")
        click.echo(f"cleaner      {ours:8.1f} s, {counts[0]} articles")
        click.echo(f"trafilatura  {theirs:8.1f} s, {counts[1]} articles")
        click.echo(f"trafilatura takes {theirs / ours:.1f} times as long as cleaner")


_SIDES = ("ours", "theirs")


@main.command()
@_corpus
@click.option("--small", default=5_000, show_default=True)
@click.option("--large", default=50_000, show_default=True)
def memory(corpus: Path, small: int, large: int) -> None:
    """Compare the peak memory of all processes together, in MB, at two sizes of input."""
    pages = [gzip.decompress(path.read_bytes()) for path in _pages(corpus)[:40]]
    pages = sorted(pages, key=len)[:20]  # small ones: what is measured is their number
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (small, large):
            source = Path(folder, f"{count}.jsonl")
            with source.open("w", encoding="utf-8") as file:
                for i, page in enumerate(itertools.islice(itertools.cycle(pages), count)):
                    html = page.decode("utf-8", "replace")
                    file.write(json.dumps({"id": f"page-{i}", "html": html}) + "\n")
            command = [*CLEANER, str(source), "-o", f"{folder}/{count}.out.jsonl", "-q", "-j", "2"]
            peaks.append(_peak(command))
            click.echo(f"{count} documents: peak {peaks[-1]:.0f} MB")
    click.echo(f"ratio {peaks[1] / peaks[0]:.3f}")


@main.command()
@_corpus
@click.option("--runs", default=20, show_default=True)
@click.option("--pages", default=300, show_default=True)
@click.option("--seed", default=0, show_default=True)
def kill(corpus: Path, runs: int, pages: int, seed: int) -> None:
    """Kill the main process, then a worker, at random moments; compare the resumed outputs."""
    choose = random.Random(seed)
    differences = 0
    with _folder(corpus, pages) as source, tempfile.TemporaryDirectory() as work:
        (source / "empty.html").write_bytes(b"")  # for the file of errors
        for name, victim in itertools.product(OUTPUTS, ("main", "worker")):
            expected, seconds = _undisturbed(source, Path(work, f"{name}-{victim}", name))
            killed = 0
            for run in range(runs):
                target = Path(work, f"{victim}-{run}", name)
                target.parent.mkdir()
                killed += _disturbed(source, target, victim, choose.uniform(0, seconds))
                same = contents(target.parent) == expected
                differences += not same
                if not same:
                    click.echo(f"{name}: run {run} ({victim} killed) differs: {target.parent}")
                shutil.rmtree(target.parent)
            click.echo(f"{name:14} {victim:7} killed in {killed} of {runs} runs")
    click.echo(f"{differences} differences")
    sys.exit(1 if differences else 0)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but the account of the run, which holds times of commits."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".ledger")
    }


def _undisturbed(source: Path, target: Path) -> tuple[dict[str, bytes], float]:
    target.parent.mkdir()
    seconds = _timed([*CLEANER, str(source), "-o", str(target), "-q"], check=False)
    return contents(target.parent), seconds


def _disturbed(source: Path, target: Path, victim: str, after: float) -> bool:
    """Start a run, kill, resume if need be until it is done; return whether anything was killed."""
    command = [*CLEANER, str(source), "-o", str(target), "-q"]
    with subprocess.Popen(command) as process:
        time.sleep(after)
        killed = _kill(process, victim)
        process.wait()
    if victim == "main":
        subprocess.run([*command, "--resume"], check=False)
    return killed


def _kill(process: subprocess.Popen[bytes], victim: str) -> bool:
    try:
        if process.poll() is not None:
            return False
        if victim == "main":
            process.kill()
            return True
        workers = [
            child
            for child in psutil.Process(process.pid).children()
            if "spawn_main" in " ".join(child.cmdline())
        ]
        if workers:
            os.kill(random.choice(workers).pid, signal.SIGKILL)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return False
    return bool(workers)


def _pages(corpus: Path) -> list[Path]:
    return sorted((corpus / "pages").glob("*.html.gz"))


@contextmanager
def _folder(corpus: Path, pages: int) -> Iterator[Path]:
    """Make a folder of so many pages, the corpus over and over."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i, path in enumerate(itertools.islice(itertools.cycle(_pages(corpus)), pages)):
            (folder / f"{i:05}.html").write_bytes(gzip.decompress(path.read_bytes()))
        yield folder


@contextmanager
def _halves(folder: Path) -> Iterator[list[Path]]:
    """Make two folders of links to every other page."""
    with tempfile.TemporaryDirectory() as name:
        halves = [Path(name, "even"), Path(name, "odd")]
        for half in halves:
            half.mkdir()
        for i, path in enumerate(sorted(folder.iterdir())):
            (halves[i % 2] / path.name).symlink_to(path)
        yield halves


def _command(folder: Path, output: str, workers: int) -> list[str]:
    return [*CLEANER, str(folder), "-o", output, "-q", "-j", str(workers)]


def _timed(*commands: list[str], check: bool = True) -> float:
    """Return how many seconds commands take that run at once; with `check`, all must succeed."""
    start = time.perf_counter()
    processes = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    failed = [process.args for process in processes if process.wait()]
    if check and failed:
        raise click.ClickException(f"failed: {failed}")
    return time.perf_counter() - start


def _peak(command: list[str]) -> float:
    """Return the greatest sum of the memory of a command's processes, in MB of their own."""
    peak = 0
    with psutil.Popen(command) as process:
        while process.poll() is None:
            total = 0
            for member in (process, *process.children(recursive=True)):
                try:
                    total += member.memory_full_info().uss
                except psutil.Error:  # it has just ended
                    continue
            peak = max(peak, total)
            time.sleep(0.1)
    return peak / 1e6


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
