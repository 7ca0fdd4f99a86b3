"""The trace of a document: its article, and its blocks in their own order with what became of them.

An article lists what was removed apart from the body; only the labelled page knows how the two
stood among each other. Where a trace is made of a finished batch, that order is not known.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cleaner.assemble import assemble
from cleaner.errors import CleanerError, InputError
from cleaner.page import Role
from cleaner.pipeline import labelled, read_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from cleaner.page import Block, Page
    from cleaner.readers import Door
    from cleaner.rules import Rules

__all__ = ["Passage", "Statement", "Trace", "trace", "trace_file", "trace_of_record"]

# What an article of a finished batch must have to be shown, and what else it may have.
_TEXT = str | None
_NEEDED: dict[str, Any] = {
    "headline": _TEXT, "date": _TEXT, "body": str, "confidence": int | float, "warnings": list,
    "source": dict, "removed": list,
}  # fmt: skip
_ALLOWED: dict[str, Any] = {
    "standfirst": _TEXT, "authors": list, "credits": list, "language": _TEXT, "url": _TEXT,
    "site": _TEXT, "date_modified": _TEXT, "date_not_before": _TEXT,
}  # fmt: skip
_ROW: dict[str, Any] = {"text": str, "reason": str, "rule": str, "line": int | None}


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the document: `role` is "body", "headline", "standfirst" or "removed".

    `reason` and `rule` say why it was removed; `kind` is what it is by its markup, `line` its
    1-based line in a dump.
    """

    text: str
    role: str
    kind: str = "paragraph"
    line: int | None = None
    reason: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the document says of itself, whether it was believed or not."""

    name: str
    value: str
    source: str
    detail: str


@dataclass(frozen=True, slots=True)
class Trace:
    """`article` is `Article.to_dict(explain=True)`.

    Where `ordered`, `passages` are in document order; else the body's come first, then the removed.
    """

    article: Mapping[str, Any]
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...] = ()
    ordered: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "article": dict(self.article),
            "blocks": [asdict(passage) for passage in self.passages],
            "statements": [asdict(statement) for statement in self.statements],
        }


def trace(  # noqa: PLR0913  (as for clean)
    data: bytes | str,
    url: str | None = None,
    kind: Door = "auto",
    *,
    rules: Rules | None = None,
    captured: dt.date | None = None,
    encoding: str | None = None,
    suffix: str = "",
) -> Trace:
    """Clean a document and keep the account of it; parameters and errors as for `clean`."""
    page = labelled(data, url, kind, rules=rules, suffix=suffix, encoding=encoding)
    return Trace(
        assemble(page, url, captured).to_dict(explain=True),
        tuple(map(_passage, page.blocks)),
        tuple(_statements(page)),
    )


def trace_file(
    path: str | Path, url: str | None = None, kind: Door = "auto", *, rules: Rules | None = None
) -> Trace:
    """Return the trace of the document in a file; parameters and errors as for `clean_file`."""
    data, suffix = read_document(path)
    try:
        return trace(data, url, kind, rules=rules, suffix=suffix)
    except CleanerError as error:
        raise type(error)(f"{path}: {error}") from error


def trace_of_record(record: object) -> Trace:
    """Return the trace that an article made with `explain` still tells, its order unknown.

    Raises InputError for anything else.
    """
    if not isinstance(record, dict):
        raise InputError("no article: not a JSON object")
    if record.get("body") is not None and record.get("removed") is None:
        raise InputError("it does not tell what was removed: clean with --explain")
    _require(record, _NEEDED)
    _require({**dict.fromkeys(_ALLOWED), "authors": [], "credits": [], **record}, _ALLOWED)
    for row in record["removed"]:
        if not isinstance(row, dict):
            raise InputError("no article: a row of removed is no JSON object")
        _require(row, _ROW)
    names = [*record["warnings"], *record.get("authors", ()), *record.get("credits", ())]
    if not all(isinstance(name, str) for name in names):
        raise InputError("no article: warnings, authors and credits are lists of text")
    if not all(isinstance(value, _TEXT) for value in record["source"].values()):
        raise InputError("no article: source is of another kind")
    if not 0 <= record["confidence"] <= 1:
        raise InputError("no article: confidence is not from 0 to 1")
    kept = [Passage(text, "body") for text in record["body"].split("\n\n") if text]
    removed = [
        Passage(row["text"], "removed", line=row["line"], reason=row["reason"], rule=row["rule"])
        for row in record["removed"]
    ]
    return Trace(record, (*kept, *removed), ordered=False)


def _require(data: dict[str, Any], kinds: Mapping[str, Any]) -> None:
    missing = [name for name in kinds if name not in data]
    if missing:
        raise InputError(f"no article: {', '.join(missing)} missing")
    wrong = [name for name, kind in kinds.items() if not isinstance(data[name], kind)]
    if wrong:
        raise InputError(f"no article: {', '.join(wrong)} of another kind")


def _passage(block: Block) -> Passage:
    gone = block.role is Role.REMOVED
    return Passage(
        block.source or block.text if gone else block.text,
        str(block.role),
        str(block.kind),
        block.line,
        str(block.reason) if gone else None,
        block.rule if gone else None,
    )


def _statements(page: Page) -> list[Statement]:
    return [
        Statement(fact.name, fact.value, fact.source, fact.detail)
        for fact in page.facts
        if fact.name != "body"  # it is among the passages
    ]
