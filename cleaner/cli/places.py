"""Where a batch writes: kept apart from what it reads, and each place from the others."""

from __future__ import annotations

import json
import os
import re
from itertools import combinations
from typing import TYPE_CHECKING

import click

from cleaner.batch.failures import refuse_foreign
from cleaner.batch.output import STDOUT, beside
from cleaner.cli.terminal import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cleaner.batch.tally import Tally

__all__ = ["own_files", "refuse_clashes", "refuse_foreign_summary", "write_summary"]

_SUMMARY = re.compile(rb'\{\n  "documents": \d')  # how each begins


def own_files(output: Path, errors: Path | None, summary: Path | None) -> frozenset[str]:
    """Return the files that a run writes, each by its one real path."""
    own = [] if output == STDOUT else [output, *beside(output).all()]
    own += [path for path in (errors, summary) if path is not None]
    return frozenset(map(os.path.realpath, own))


def refuse_clashes(
    inputs: Iterable[Path], output: Path, errors: Path | None, summary: Path | None
) -> None:
    """Raise UsageError where a run would write over what it reads, or twice to one place.

    Folders may be both input and output, and any number of things may go to one pipe or terminal.
    What an earlier run of the output left there may be named among others: a pattern of the shell
    finds it, too, when the same command is given again.
    """
    places = {"the output": output, "--errors": errors, "--summary": summary}
    if output != STDOUT and errors is None:
        places["the file of errors"] = beside(output).errors
    written = [(what, path) for what, path in places.items() if path not in (None, STDOUT)]
    for (one, path), (other, there) in combinations(written, 2):
        if _is_same(path, there):
            raise click.UsageError(on_one_line(f"{path}: both {one} and {other}"))
    named = list(inputs)
    clashes = [(path, what) for path in named for what, place in written if _is_same(path, place)]
    foreign = [(path, what) for path, what in clashes if not _is_left_by(path, output)]
    for path, what in foreign or (clashes if len(clashes) == len(named) else ()):
        raise click.UsageError(on_one_line(f"{path}: both an input and {what}"))


def _is_left_by(path: Path, output: Path) -> bool:
    """Whether a file is what an earlier run into an output made of it, or its file of errors."""
    if output == STDOUT or not beside(output).ledger.exists():
        return False
    return any(_is_same(path, own) for own in (output, beside(output).errors))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, or will be."""
    try:
        return os.path.samefile(one, other) and os.path.isfile(one)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def refuse_foreign_summary(path: Path, overwrite: bool) -> None:
    """Raise OutputError where a summary cannot be written, or would replace another's file."""
    refuse_foreign(path, overwrite, _SUMMARY)


def write_summary(tally: Tally, path: Path) -> None:
    """Write all counts as JSON."""
    text = json.dumps(tally.to_dict(), ensure_ascii=False, indent=2) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
