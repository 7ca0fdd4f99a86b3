"""Python's numbers as arrays, packed: numpy would first ask each one in a list for its type."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["flags", "floats", "integers"]


def integers(values: Sequence[int]) -> NDArray[np.int64]:
    """Return whole numbers as a read-only array."""
    return np.frombuffer(struct.pack(f"{len(values)}q", *values), np.int64)


def floats(values: Sequence[float]) -> NDArray[np.float64]:
    """Return numbers as a read-only array."""
    return np.frombuffer(struct.pack(f"{len(values)}d", *values), np.float64)


def flags(values: Sequence[bool]) -> NDArray[np.bool_]:
    """Return truth values as a read-only array."""
    return np.frombuffer(bytes(values), np.bool_)
