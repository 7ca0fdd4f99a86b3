"""Fixtures of the whole suite."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # for `benchmarks`; last, so that the installed package is tested


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let what the test starts be stopped by Ctrl-C: background jobs of a shell ignore the signal.

    What they start ignores it as well, unless it is told otherwise.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
