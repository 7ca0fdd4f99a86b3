"""What a run found, as data that can be reproduced and as a table for the terminal."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cleaner
from benchmarks.metrics import FIGURES, figures
from benchmarks.peers import PEERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpora import Case
    from benchmarks.measure import Run

__all__ = ["as_data", "environment", "table"]

_PARTS = {"headline": "headline", "day": "date"}  # all other figures are of bodies


def environment(seed: int) -> dict[str, Any]:
    """Return what a figure depends on beside the corpus: versions, machine, seed."""
    packages = sorted({peer.requirement.partition("==")[0] for peer in PEERS.values()} | {"lxml"})
    versions = {"cleaner": cleaner.__version__}
    for package in packages:
        try:
            versions[package] = metadata.version(package)
        except (metadata.PackageNotFoundError, ValueError):
            continue
    return {
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "seed": seed,
        "versions": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")


def as_data(name: str, cases: Sequence[Case], runs: dict[str, Run], seed: int) -> dict[str, Any]:
    """Return what was found on one corpus, page by page and in sum."""
    found: dict[str, Any] = {"corpus": name, "pages": len(cases), "ids": [c.id for c in cases]}
    extractors: dict[str, Any] = {}
    for extractor, run in runs.items():
        peer = PEERS[extractor]
        told = {
            key: {"value": figure.value, "low": figure.low, "high": figure.high}
            for key, figure in figures(run.pages, seed).items()
            if _PARTS.get(key, "body") in peer.gives
        }
        extractors[extractor] = {
            "figures": told,
            "milliseconds": run.milliseconds(),
            "errors": run.errors,
            "f1_by_page": [page.f1 for page in run.pages],
        }
    return {**found, "extractors": extractors}


def table(found: dict[str, Any], memory: dict[str, int]) -> str:
    """Return the table of one corpus: figures in percent ± half the width of their intervals."""
    shown = [
        name
        for name in FIGURES
        if any(name in row["figures"] for row in found["extractors"].values())
    ]
    head = "".join(f"{name:>11}" for name in shown)
    lines = [
        f"{found['corpus']}: {found['pages']} documents",
        f"{'':22}{head}{'ms mean':>10}{'median':>8}{'p99':>8}{'MB':>6}{'errors':>8}",
    ]
    for name, row in found["extractors"].items():
        cells = ""
        for key in shown:
            figure = row["figures"].get(key)
            if figure is None:
                cells += f"{'-':>11}"
            else:
                half = (figure["high"] - figure["low"]) / 2
                cells += f"{100 * figure['value']:6.1f}±{100 * half:.1f}".rjust(11)
        times = row["milliseconds"]
        size = f"{memory[name] / 1e6:.0f}" if name in memory else "-"
        lines.append(
            f"{name:22}{cells}{times['mean']:10.1f}{times['median']:8.1f}{times['p99']:8.1f}"
            f"{size:>6}{row['errors']:8}"
        )
    return "\n".join(lines)
