"""The inputs of a collection and their golden files.

The golden of `page.html` is `page.html.golden.json`, beside it or at the same place of a parallel
folder: the article with what was removed, as JSON, without what is volatile (see `compare`).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from cleaner.batch.sources import find_inputs, is_document
from cleaner.errors import CleanerError, InputError, OutputError
from cleaner.golden.compare import Difference, compare, pinned
from cleaner.pipeline import clean_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.rules import Rules

__all__ = [
    "SUFFIX",
    "Case",
    "Result",
    "State",
    "check",
    "find_cases",
    "read_golden",
    "record",
    "result",
    "update",
]

SUFFIX = ".golden.json"


class State(StrEnum):
    """How an input and its golden file stand to each other."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"  # the golden
    ORPHANED = "orphaned"  # the golden, its input is gone
    FAILED = "failed"  # the input cannot be cleaned


@dataclass(frozen=True, slots=True)
class Case:
    """One input and its golden file; either may be missing.

    `name` is the input's path below the collection, `error` says why it cannot be read at all.
    """

    name: str
    source: Path
    golden: Path
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case: its state, why in lines of text, and how the body differs."""

    state: State
    report: str = ""
    difference: Difference | None = None


def find_cases(
    folder: Path, goldens: Path | None = None, only: Sequence[str] = ()
) -> Iterator[Case]:
    """Yield every input below `folder` with its golden, then the goldens that have no input.

    `goldens` is the parallel folder, if there is one. `only` are patterns as of a shell that the
    name of the input or its last part must match, one of them.
    """
    root = folder if goldens is None else goldens
    expected: set[str] = set()
    for item in find_inputs([folder]):
        expected.add(item.name)
        if _wanted(item.name, only):
            yield Case(item.name, item.path, root / (item.name + SUFFIX), item.error)
    for name, golden in _goldens(root):
        # What was given a golden by hand though it is no document is no concern of ours.
        if name not in expected and is_document(name) and _wanted(name, only):
            yield Case(name, folder / name, golden)


def _goldens(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield whose golden files are below `root`, found through links as inputs are, and these."""
    if not root.is_dir():
        return
    for item in find_inputs([root], lambda name: name.endswith(SUFFIX)):
        if item.name.endswith(SUFFIX):
            yield item.name.removesuffix(SUFFIX), item.path


def check(case: Case, rules: Rules | None = None) -> Result:
    """Clean the input and compare. Raises nothing for what is wrong with either file."""
    return _check(case, rules)[0]


def record(case: Case, rules: Rules | None = None) -> Result:
    """Write the golden of an input that has none; leave one that is there as it is.

    Raises OutputError where it cannot be written.
    """
    if os.path.exists(case.golden):
        return Result(State.SAME)
    return update(case, rules)


def update(case: Case, rules: Rules | None = None) -> Result:
    """Write the golden anew where something changed, delete an orphan; return what it was.

    Raises OutputError where it cannot be written.
    """
    before, fresh = _check(case, rules)
    try:
        if before.state is State.ORPHANED:
            case.golden.unlink()
        elif before.state in (State.CHANGED, State.MISSING):
            case.golden.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(fresh, ensure_ascii=False, indent=2) + "\n"
            case.golden.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{case.golden}: {error.strerror or error}") from error
    return before


def result(source: Path, rules: Rules | None = None) -> dict[str, Any]:
    """Return what cleaning `source` gives, whole. Raises InputError where it cannot be cleaned."""
    return clean_file(source, rules=rules).to_dict(explain=True)


def read_golden(path: Path) -> dict[str, Any]:
    """Return what a golden file states. Raises InputError, naming it, where that is nothing."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: not a JSON object")
    return data


def _check(case: Case, rules: Rules | None) -> tuple[Result, dict[str, Any]]:
    """Return how the case stands, and what its golden would be."""
    if case.error is None and not os.path.lexists(case.source):
        message = f"{case.golden}: orphaned, there is no {case.source.name}"
        return Result(State.ORPHANED, message), {}
    try:
        if case.error is not None:
            raise case.error
        actual = result(case.source, rules)
    except CleanerError as error:
        return Result(State.FAILED, str(error)), {}
    fresh = pinned(actual)
    if not os.path.exists(case.golden):  # unlike Path, it knows of names that are too long
        return Result(State.MISSING, f"{case.source}: no golden file {case.golden.name}"), fresh
    try:
        difference = compare(read_golden(case.golden), actual)
    except InputError as error:
        return Result(State.CHANGED, str(error)), fresh
    state = State.CHANGED if difference else State.SAME
    return Result(state, "\n".join(difference.report), difference), fresh


def _wanted(name: str, only: Sequence[str]) -> bool:
    last = name.rsplit("/", 1)[-1]
    return not only or any(fnmatch(name, p) or fnmatch(last, p) for p in only)
