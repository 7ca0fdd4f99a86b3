"""Running extractors over cases: how good, how long, how much memory, how many errors.

Every page goes through each extractor before the next page does, so that a busy machine hits all
alike. Memory is measured apart, each extractor in a process of its own.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import logging
import resource
import statistics
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.environment import ROOT
from benchmarks.metrics import PageResult, Prediction, judge
from benchmarks.peers import PEERS, Source
from cleaner.readers.charset import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.corpora import Case
    from benchmarks.peers import Extractor

__all__ = ["Run", "extractors", "memory", "peak", "peak_memory", "run", "startup"]


@dataclass(slots=True)
class Run:
    """What one extractor did: one entry a case, in the order of the cases."""

    pages: list[PageResult] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def milliseconds(self) -> dict[str, float]:
        """Return mean, median and 99th percentile of the time a page."""
        times = sorted(1000 * s for s in self.seconds)
        return {
            "mean": statistics.fmean(times),
            "median": statistics.median(times),
            "p99": times[min(len(times) - 1, len(times) * 99 // 100)],
        }


def extractors(names: Sequence[str], report: Callable[[str], object]) -> dict[str, Extractor]:
    """Return the extractors by name; one that cannot be loaded is reported and left out."""
    found: dict[str, Extractor] = {}
    for name in names:
        try:
            with _quiet():
                found[name] = PEERS[name].make()
        except Exception as error:  # whatever a peer does when it is imported
            report(f"{name}: left out: {type(error).__name__}: {error}")
    return found


def source_of(case: Case) -> Source:
    """Return a case as extractors take it; decoding is nobody's time."""
    return Source(case.data, decode(case.data)[0], case.url)


def run(functions: dict[str, Extractor], cases: Sequence[Case], rounds: int = 1) -> dict[str, Run]:
    """Run every extractor on every case, page by page; the time is the best of the rounds."""
    runs = {name: Run() for name in functions}
    with _quiet():
        for function in functions.values():  # what is loaded at the first use is no page's time
            with contextlib.suppress(Exception):
                function(source_of(cases[0]))
        for case in cases:
            source = source_of(case)
            for name, function in functions.items():
                prediction, seconds = _timed(function, source, rounds)
                runs[name].seconds.append(seconds)
                runs[name].errors += prediction is None
                runs[name].pages.append(judge(case, prediction or Prediction()))
    return runs


def _timed(function: Extractor, source: Source, rounds: int) -> tuple[Prediction | None, float]:
    """Return the prediction, None for an error, and the best time."""
    prediction: Prediction | None = None
    best = float("inf")
    for _ in range(rounds):
        gc.collect(0)
        start = time.perf_counter()
        try:
            prediction = function(source)
        except Exception:  # counted
            prediction = None
        best = min(best, time.perf_counter() - start)
    return prediction, best


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what peers print and log out of the table."""
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def peak(name: str, cases: Sequence[Case]) -> int:
    """Run one extractor over the cases in this process.

    Returns the most memory, in bytes, that it takes above the cases themselves, its code included.
    """
    before = _forget_peak()
    function = extractors([name], sys.stderr.write)[name]
    with _quiet():
        for case in cases:
            with contextlib.suppress(Exception):
                function(source_of(case))
    return peak_memory() - before


def _forget_peak() -> int:
    """Let the peak begin anew, where the system can (proc(5)); return what is held now."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
        return peak_memory()
    return 0


def peak_memory() -> int:
    """Return the most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # Linux' ru_maxrss is at least what the parent held when it forked
        line = next(li for li in status.read_text().splitlines() if li.startswith("VmHWM"))
        return 1024 * int(line.split()[1])
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def memory(names: Sequence[str], corpora: Sequence[Path], pages: int) -> dict[str, int]:
    """Return what memory each extractor takes over the corpora at most, in bytes."""
    found: dict[str, int] = {}
    for name in names:
        command = [sys.executable, "-m", "benchmarks", "--peak", name, "--pages", str(pages)]
        command += [part for corpus in corpora for part in ("--corpus", str(corpus.resolve()))]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        if not done.returncode:
            found[name] = json.loads(done.stdout)
    return found


_STARTUP = """
import sys, time
start = time.perf_counter()
import cleaner
cleaner.clean(sys.stdin.buffer.read())
print(time.perf_counter() - start)
"""


def startup(document: bytes) -> float:
    """Return the seconds that a new process needs for import and first page, best of five."""
    command = [sys.executable, "-c", _STARTUP]
    runs = (
        subprocess.run(command, input=document, capture_output=True, check=True, cwd=ROOT).stdout
        for _ in range(5)
    )
    return min(map(float, runs))
