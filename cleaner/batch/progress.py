"""How a run is going, on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tqdm import tqdm

    from cleaner.batch.inputs import Extent
    from cleaner.batch.tally import Tally

__all__ = ["Bar", "Plain", "Quiet"]

_EVERY = 10.0  # seconds between two lines
_SHOWN = 20  # failures that are shown; the file of errors has them all


class Quiet:
    """Says nothing."""

    def update(self, tally: Tally) -> None:
        """Say nothing."""

    def failed(self, origin: str, message: str) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Say nothing."""


class Plain:
    """Says each failure, up to a number, and every so often how far it is.

    `say` prints a line; `limit` is how many failures are shown where `errors`, the file of errors,
    has them all; without one, all are.
    """

    def __init__(self, say: Callable[[str], object], errors: Path | None, limit: int = _SHOWN):
        self._say = say
        self._errors = errors
        self._limit = limit
        self._failures = 0
        self._start = self._last = time.monotonic()

    def update(self, tally: Tally) -> None:
        """Say the counts if they were not said for a while."""
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            rate = (tally.documents - tally.earlier) / (now - self._start)
            self._say(f"{tally.documents:,} documents, {tally.failed:,} failed, {rate:,.1f}/s")

    def failed(self, origin: str, message: str) -> None:
        """Say a failure."""
        self._failures += 1
        if self._errors is None or self._failures <= self._limit:
            self._say(f"{origin}: {message}")
        elif self._failures == self._limit + 1:
            self._say(f"more failures: see {self._errors}")

    def close(self) -> None:
        """Say nothing more."""


class Bar(Plain):
    """A bar with rate, failures and time left, and above it the failures.

    `extent` is asked in a thread how much there is, None where that cannot be known beforehand.
    How many documents there are in files of many is estimated from the bytes gone through.
    """

    def __init__(
        self,
        say: Callable[[str], object],
        errors: Path | None,
        extent: Callable[[], Extent] | None,
    ):
        from tqdm import tqdm  # noqa: PLC0415  (for terminals only)

        self._bar: tqdm[Any] = tqdm(unit=" documents", file=sys.stderr, dynamic_ncols=True)
        super().__init__(self._above(say), errors)
        self._bytes: int | None = None  # of all the input, where documents cannot be counted
        if extent is not None:
            threading.Thread(target=self._look, args=(extent,), daemon=True).start()

    def _above(self, say: Callable[[str], object]) -> Callable[[str], None]:
        def above(line: str) -> None:
            self._bar.clear()
            say(line)
            self._bar.refresh()

        return above

    def _look(self, extent: Callable[[], Extent]) -> None:
        found = extent()
        if found.containers:
            self._bytes = found.bytes
        else:
            self._bar.total = found.documents

    def update(self, tally: Tally) -> None:
        """Move the bar; what was done before does not count for its rate."""
        self._bar.initial = tally.earlier
        if self._bytes is not None and tally.gone:
            self._bar.total = round(tally.read * max(1.0, self._bytes / tally.gone))
        if tally.failed:
            self._bar.set_postfix(failed=tally.failed, refresh=False)
        self._bar.update(tally.documents - self._bar.n)

    def close(self) -> None:
        """Leave the bar where it is."""
        self._bar.close()
