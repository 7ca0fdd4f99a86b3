"""Fixtures of the whole suite."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # for `benchmarks`; last, so that the installed package is tested


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
