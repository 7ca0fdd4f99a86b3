"""How long something takes, for the tests that it grows with its input and no faster."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.labels import Draft

__all__ = ["least", "seconds"]


def least(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least CPU time of so many runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def seconds(label_pass: Callable[[Draft], None], prepared: Callable[[], Draft], runs: int) -> float:
    """Return the least CPU time of a pass over a draft made anew for each of so many runs."""
    best = float("inf")
    for _ in range(runs):
        draft = prepared()
        start = time.process_time()
        label_pass(draft)
        best = min(best, time.process_time() - start)
    return best
