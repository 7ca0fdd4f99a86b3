"""Golden suites: what cleaning a collection gave when someone last looked, pinned and compared."""

from cleaner.golden.cases import SUFFIX, Case, State, check, find_cases, record, update
from cleaner.golden.compare import Difference, compare
from cleaner.golden.score import Score, score

__all__ = [
    "SUFFIX",
    "Case",
    "Difference",
    "Score",
    "State",
    "check",
    "compare",
    "find_cases",
    "record",
    "score",
    "update",
]
