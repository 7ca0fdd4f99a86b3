"""The review report: one HTML file that needs nothing else, for thousands of documents.

Everything that documents say is compressed and written in base 64, which has no character that
markup knows; the script unpacks it and makes text of it, never markup. A content security policy
names the one script and the one style sheet by their hashes and forbids all else. The texts go into
parts that are unpacked when looked at; only a short row a document is unpacked at once.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections import Counter
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from cleaner import __version__
from cleaner.confidence import LOW
from cleaner.errors import OutputError
from cleaner.normalize import printable
from cleaner.review.trace import trace_of_record
from cleaner.whole import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

    from cleaner.review.gather import Entry
    from cleaner.review.trace import Passage, Trace

__all__ = ["Tally", "write_report"]

_PART = 256_000  # characters of text that are packed together
_LONGEST = 1_000_000  # characters of one document that are shown
_PARAGRAPH = "\n\n"
_BETWEEN = (_PARAGRAPH, " | ", " ", "")  # cells of a table's row; pieces of a torn line
_SEPARATORS = (",", ":")
_PLACE = re.compile(r"\{\{(\w+)\}\}")


class Tally:
    """How many documents a report has, and what became of those that could not be read."""

    def __init__(self) -> None:
        self.documents = 0
        self.errors: list[str] = []


def write_report(entries: Iterable[Entry], target: Path, title: str) -> Tally:
    """Write the report of `entries` to `target`, whole or not at all, one document at a time.

    Raises OutputError where it cannot be written.
    """
    try:
        with written_whole(target) as part, part.open("x", encoding="utf-8", newline="\n") as file:
            tally = _write(entries, file, title)
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror or error}") from error
    return tally


def _write(entries: Iterable[Entry], file: IO[str], title: str) -> Tally:
    style, script = _asset("report.css"), _asset("report.js")
    values = {
        "policy": _policy(style, script),
        "title": html.escape(printable(title)),
        "version": html.escape(__version__),
        "style": style,
        "script": script,
    }
    tally = Tally()
    # Every second piece is the name of a place to fill.
    for number, piece in enumerate(_PLACE.split(_asset("report.html"))):
        if number % 2 == 0:
            file.write(piece)
        elif piece == "data":
            _write_data(entries, file, tally)
        else:
            file.write(values[piece])
    return tally


def _write_data(entries: Iterable[Entry], file: IO[str], tally: Tally) -> None:
    index: list[dict[str, Any]] = []
    parts = _Parts(file)
    for entry in entries:
        tally.documents += 1
        if entry.trace is None:
            tally.errors.append(entry.error)
            index.append({"name": printable(entry.name), "error": printable(entry.error)})
            continue
        row = _row(entry.name, entry.trace)
        row["at"] = parts.add(_document(entry.trace))
        index.append(row)
    parts.flush()
    _write_packed(file, "index", {"documents": index, "low": LOW})


def _asset(name: str) -> str:
    return (resources.files("cleaner.review") / "assets" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    style_hash, script_hash = (
        base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        for code in (style, script)
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}';"
        " base-uri 'none'; form-action 'none'"
    )


class _Parts:
    """Documents packed together, written as soon as a part is full."""

    def __init__(self, file: IO[str]):
        self._file = file
        self._number = 0
        self._waiting: list[dict[str, Any]] = []
        self._size = 0

    def add(self, document: dict[str, Any]) -> tuple[int, int]:
        """Return where the document will be found: part, place in it."""
        at = (self._number, len(self._waiting))
        self._waiting.append(document)
        self._size += sum(len(row[0]) for row in document["blocks"])
        if self._size >= _PART:
            self.flush()
        return at

    def flush(self) -> None:
        if self._waiting:
            _write_packed(self._file, f"part-{self._number}", self._waiting)
            self._number += 1
            self._waiting, self._size = [], 0


def _write_packed(file: IO[str], name: str, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=_SEPARATORS)
    packed = base64.b64encode(zlib.compress(text.encode("utf-8", "replace"))).decode()
    file.write(f'<script type="application/octet-stream" id="{name}">{packed}</script>\n')


def _row(name: str, trace: Trace) -> dict[str, Any]:
    """Return what the list and the overview know of a document."""
    article = trace.article
    removed = [p for p in trace.passages if p.reason is not None]
    rules = Counter((p.reason or "", p.rule or "") for p in removed)
    total = sum(len(p.text) for p in trace.passages)
    gone = sum(len(p.text) for p in removed)
    return {
        "name": printable(name),
        "headline": article["headline"],
        "date": article["date"],
        "site": article.get("site"),
        "confidence": round(float(article["confidence"]), 3),
        "warnings": list(article["warnings"]),
        "rules": [[*key, count] for key, count in sorted(rules.items())],
        "kept": total - gone,
        "total": total,
    }


def _document(trace: Trace) -> dict[str, Any]:
    """Return what is shown of a document: its facts, and its blocks in rows.

    A row is text, role, kind, line, reason, rule, and what stands between the block and the one
    before if both are of one paragraph of the body, None if they are not.
    """
    article = trace.article
    joined = _joined(trace)
    if joined is None:
        trace, joined = trace_of_record(article), {}
    shown = list(_within(trace.passages, _LONGEST))
    size, left = (sum(len(p.text) for p in some) for some in (trace.passages, shown))
    facts = {
        name: article.get(name)
        for name in (
            "standfirst", "authors", "credits", "language", "url", "date_modified",
            "date_not_before", "source",
        )
    }  # fmt: skip
    return {
        **facts,
        "ordered": trace.ordered,
        "left_out": size - left,
        "blocks": [
            [p.text, p.role, p.kind, p.line, p.reason, p.rule, joined.get(i)]
            for i, p in enumerate(shown)
        ],
    }


def _joined(trace: Trace) -> dict[int, str] | None:
    """Return which blocks follow another in one paragraph of the body, and behind what.

    None where the body is not just the kept blocks one after the other: then what is shown beside
    the source would not be the article.
    """
    body: str = trace.article["body"]
    at = 0
    joined: dict[int, str] = {}
    for index, passage in enumerate(trace.passages):
        if passage.role != "body":
            continue
        if at:
            between = next((b for b in _BETWEEN if body.startswith(b + passage.text, at)), None)
            if between is None:
                return None
            at += len(between)
            if between != _PARAGRAPH:
                joined[index] = between
        elif not body.startswith(passage.text):
            return None
        at += len(passage.text)
    return joined if at == len(body) else None


def _within(passages: Iterable[Passage], room: int) -> Iterator[Passage]:
    """Yield the passages, and the beginning of one, that have `room` characters."""
    for passage in passages:
        if len(passage.text) > room:
            if room:
                yield replace(passage, text=passage.text[:room])
            return
        room -= len(passage.text)
        yield passage
