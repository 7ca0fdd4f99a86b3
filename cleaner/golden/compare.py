"""Comparing an article with its golden, for people to read.

What a golden does not state is not compared: one written by hand may hold just a headline and a
body. `confidence` is volatile, it moves whenever the model is retrained: it is not recorded, and
where a golden states it all the same it may differ by `TOLERANCE`. The warning `low-confidence`
follows from it and is left out of the comparison.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from cleaner.article import Caution
from cleaner.golden.score import words
from cleaner.normalize import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["TOLERANCE", "Difference", "compare", "pinned"]

TOLERANCE = 0.05
_ALIKE = 0.5  # share of words that two versions of a paragraph have in common
_AROUND = 8  # words shown around a change
_LONGEST = 600  # characters shown of a paragraph
_MANY = 2000  # words


@dataclass(slots=True)
class Difference:
    """How an article differs from its golden: lines to read, and the body's paragraphs counted.

    `lost` are paragraphs that the body should have, `inserted` those that it should not, `changed`
    those that are there in other words. Empty, and then false, where nothing differs.
    """

    report: list[str] = field(default_factory=list)
    lost: int = 0
    inserted: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.report)


def pinned(article: Mapping[str, Any]) -> dict[str, Any]:
    """Return an article in the form that is recorded: without what is volatile."""
    data = {name: value for name, value in article.items() if name != "confidence"}
    data["warnings"] = [w for w in data["warnings"] if w != Caution.LOW_CONFIDENCE]
    return data


def compare(golden: Mapping[str, Any], article: Mapping[str, Any]) -> Difference:
    """Compare what `golden` states with `article`, which is `Article.to_dict(explain=True)`."""
    difference = Difference()
    if not golden.keys() & article.keys():
        difference.report.append("the golden file states nothing of an article")
    for name, expected in golden.items():
        if name not in article:
            difference.report += [f"{name}:", "  the golden states it, but no article has it"]
            continue
        lines = _field(name, expected, article[name], golden, article, difference)
        if lines:
            difference.report += [f"{name}:", *(f"  {line}" for line in lines)]
    return difference


def _field(  # noqa: PLR0913, PLR0917  (both sides, whole and in part)
    name: str,
    expected: Any,
    actual: Any,
    golden: Mapping[str, Any],
    article: Mapping[str, Any],
    difference: Difference,
) -> list[str]:
    """Return the lines that tell how one field differs, none where it does not."""
    if name == "confidence":
        near = isinstance(expected, int | float) and abs(expected - actual) <= TOLERANCE
        return [] if near else _before_and_after(expected, actual)
    if name == "warnings" and isinstance(expected, list):
        expected, actual = (_sure(warnings) for warnings in (expected, actual))
    if expected == actual:
        return []
    if name == "body" and isinstance(expected, str):
        return list(_body(expected, actual, golden, article, difference))
    if name == "removed" and _are_rows(expected):
        return list(_removed(expected, actual, _moved_by_body(golden, article)))
    if name == "source" and isinstance(expected, dict):
        return [
            line
            for key, value in expected.items()
            if value != actual.get(key, "(no such key)")
            for line in (f"{key}:", *_indented(_before_and_after(value, actual.get(key))))
        ]
    return _before_and_after(expected, actual)


def _sure(warnings: list[str]) -> list[str]:
    return [warning for warning in warnings if warning != Caution.LOW_CONFIDENCE]


def _before_and_after(expected: Any, actual: Any) -> list[str]:
    return [f"- {_shown(expected)}", f"+ {_shown(actual)}"]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = printable(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … ({len(text)} characters)"


# --- the body -------------------------------------------------------------------------------------


def _body(
    expected: str,
    actual: str,
    golden: Mapping[str, Any],
    article: Mapping[str, Any],
    difference: Difference,
) -> Iterator[str]:
    """Yield what was lost, what was inserted and what was changed, and where it went or was."""
    gone, come, changed = _paragraphs(expected, actual)
    moved = Counter(gone) & Counter(come)
    went, was = _reasons(article.get("removed")), _reasons(golden.get("removed"))
    for text in _without(gone, moved):
        difference.lost += 1
        yield f"lost      {_shown(text)}"
        if text in went:
            yield f"          (now removed: {went[text]})"
    for text in _without(come, moved):
        difference.inserted += 1
        yield f"inserted  {_shown(text)}"
        if text in was:
            yield f"          (was removed: {was[text]})"
    for before, after in changed:
        difference.changed += 1
        yield f"changed   {_shown(_marked(before, after))}"
    for text in moved.elements():
        yield f"moved     {_shown(text)}"
    if not (gone or come or changed):
        yield "the same paragraphs, parted otherwise"


def _paragraphs(expected: str, actual: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Return the paragraphs that are gone, that came, and that became another."""
    before, after = ([p for p in text.split("\n\n") if p] for text in (expected, actual))
    gone, come, changed = [], [], []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        waiting = list(after[c:d])
        for paragraph in before[a:b]:
            heir = next((p for p in waiting if _alike(paragraph, p)), None)
            if heir is None:
                gone.append(paragraph)
            else:
                waiting.remove(heir)
                changed.append((paragraph, heir))
        come += waiting
    return gone, come, changed


def _alike(one: str, other: str) -> bool:
    a, b = Counter(words(one)), Counter(words(other))
    return (a & b).total() > _ALIKE * max(a.total(), b.total())


def _without(texts: list[str], some: Counter[str]) -> Iterator[str]:
    left = Counter(some)
    for text in texts:
        if left[text]:
            left[text] -= 1
        else:
            yield text


def _marked(before: str, after: str) -> str:
    """Return one line with what was cut out in [-…-] and what was put in in {+…+}."""
    old, new = before.split(), after.split()
    if old == new:
        return f"{after} (in white space)"
    parts: list[str] = []
    # Words are compared with all alike: too many pairs in a text without paragraphs.
    opcodes = SequenceMatcher(None, old, new, autojunk=len(new) > _MANY).get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(opcodes):
        if tag == "equal":
            head = old[a:b][: _AROUND if number else 0]
            tail = old[a:b][-_AROUND:] if number < len(opcodes) - 1 else []
            whole = len(head) + len(tail) >= b - a
            parts += old[a:b] if whole else [*head, "…", *tail]
            continue
        if b > a:
            parts.append(f"[-{' '.join(old[a:b])}-]")
        if d > c:
            parts.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(parts)


# --- what was removed -----------------------------------------------------------------------------


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict) and isinstance(row.get("text"), str) for row in value
    )


def _reasons(removed: Any) -> dict[str, str]:
    return {row["text"]: _why(row) for row in removed} if _are_rows(removed) else {}


def _why(row: Mapping[str, Any]) -> str:
    return printable(", ".join(str(row[key]) for key in ("reason", "rule") if row.get(key)))


def _moved_by_body(golden: Mapping[str, Any], article: Mapping[str, Any]) -> set[str]:
    """Return the texts that the body's difference tells of: they went in or out of it."""
    expected, actual = golden.get("body"), article["body"]
    if not isinstance(expected, str):
        return set()
    return set(expected.split("\n\n")) ^ set(actual.split("\n\n"))


def _removed(
    expected: list[dict[str, Any]], actual: list[dict[str, Any]], told: set[str]
) -> Iterator[str]:
    """Yield the rows that differ, but for those of `told`; a row of both for another reason once.

    A golden's row may leave out all but the text.
    """
    before = []
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in actual:
        by_text.setdefault(row["text"], []).append(row)
    for row in expected:
        same = next((r for r in by_text.get(row["text"], ()) if _agree(row, r)), None)
        if same is None:
            before.append(row)
        else:
            by_text[row["text"]].remove(same)
    after = [row for rows in by_text.values() for row in rows]
    for row in before:
        if row["text"] in told:
            continue
        other = next((r for r in after if r["text"] == row["text"]), None)
        if other is None:
            yield f"no longer  {_shown(row['text'])} ({_why(row)})"
        else:
            after.remove(other)
            yield f"otherwise  {_shown(row['text'])} ({_row(row)} → {_row(other)})"
    for row in after:
        if row["text"] not in told:
            yield f"also       {_shown(row['text'])} ({_why(row)})"
    if not before and not after and _texts(expected) != _texts(actual):
        yield "the same passages in another order"


def _texts(rows: list[dict[str, Any]]) -> list[str]:
    return [row["text"] for row in rows]


def _agree(golden: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return all(row.get(key) == value for key, value in golden.items())


def _row(row: Mapping[str, Any]) -> str:
    line = f", line {row['line']}" if row.get("line") else ""
    return _why(row) + line
