"""Golden files: what cleaning each input gave when someone last looked, pinned.

The golden of `page.html` is `page.html.golden.json` beside it: the article with its audit trail,
without `confidence`, which may move by a hair whenever the model is retrained.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.batch.sources import find_inputs
from cleaner.pipeline import clean_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Case", "cases"]

SUFFIX = ".golden.json"
_VOLATILE = ("confidence",)


@dataclass(frozen=True, slots=True)
class Case:
    """One input and its golden file; either may be missing."""

    source: Path
    golden: Path

    def problem(self) -> str:
        """Return what is wrong: a golden missing, orphaned, broken or different; "" if nothing.

        Raises InputError for an input that cannot be cleaned.
        """
        if not self.source.exists():
            return f"{self.golden}: orphaned, there is no {self.source.name}"
        if not self.golden.exists():
            return f"{self.source}: no golden file {self.golden.name}"
        try:
            expected = json.loads(self.golden.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            return f"{self.golden}: {error}"
        return difference(expected, result(self.source))

    def update(self) -> str:
        """Write the golden anew, or delete an orphan; return what changed, "" for nothing."""
        problem = self.problem()
        if not self.source.exists():
            self.golden.unlink()
        elif problem:
            text = json.dumps(result(self.source), ensure_ascii=False, indent=2)
            self.golden.write_text(text + "\n", encoding="utf-8")
        return problem


def cases(folder: Path) -> Iterator[Case]:
    """Yield every input below `folder` with its golden, then the goldens that have no input.

    Raises InputError for an input that cannot be read.
    """
    expected: set[Path] = set()
    for item in find_inputs([folder]):
        if item.error is not None:
            raise item.error
        golden = item.path.with_name(item.path.name + SUFFIX)
        expected.add(golden)
        yield Case(item.path, golden)
    for golden in sorted(folder.rglob("*" + SUFFIX)):
        if golden not in expected:
            yield Case(golden.with_name(golden.name.removesuffix(SUFFIX)), golden)


def result(source: Path) -> dict[str, Any]:
    """Return what cleaning `source` gives, in the form that is pinned."""
    data = clean_file(source).to_dict(explain=True)
    return {name: value for name, value in data.items() if name not in _VOLATILE}


def difference(expected: Any, actual: dict[str, Any]) -> str:
    """Return how two results differ, field by field, long ones line by line; "" for not at all."""
    if expected == actual:
        return ""
    if not isinstance(expected, dict):
        return f"expected {expected!r}"
    report = []
    for name in dict.fromkeys((*expected, *actual)):
        before, after = (_lines(side.get(name, "(missing)")) for side in (expected, actual))
        if before != after:
            report.append(f"{name}:")
            report += [f"  {line}" for line in difflib.ndiff(before, after) if line[:2] != "? "]
    return "\n".join(report)


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split("\n\n")
    if isinstance(value, list):
        return [json.dumps(item, ensure_ascii=False) for item in value]
    return [json.dumps(value, ensure_ascii=False)]
