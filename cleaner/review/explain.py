"""A document in the terminal: what was kept plain, what was removed struck out, and why.

Nothing that a document says reaches the terminal as a command: what is not printable is escaped.
Without colours the margin alone tells.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from cleaner.confidence import LOW
from cleaner.normalize import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from rich.console import RenderableType

    from cleaner.review.trace import Passage, Trace

__all__ = ["explain"]

_NARROW = 70  # columns: below, the reason stands above its text
_WIDE = 100  # columns: from here on, reason and rule stand in one line
_MARGIN, _WIDE_MARGIN = 17, 30  # columns
_METER = 20
_ROWS = 200  # of one table: it is laid out as a whole
_SHOWN = 300  # characters of a statement

_REMOVED = "dim strike"
_LABEL = "bold"
_HUES = {  # one for what belongs together; the words tell the rest
    "ad-marker": "red",
    "sponsored": "red",
    "media-caption": "magenta",
    "related-link": "blue",
    "teaser-list": "blue",
    "call-to-action": "yellow",
    "author-bio": "green",
    "byline": "green",
    "credit": "green",
}
_OTHER_HUE = "cyan"


def explain(trace: Trace, name: str, file: IO[str], *, statements: bool = False) -> str:
    """Return `trace` as it is shown in the terminal behind `file`, or as plain text elsewhere.

    `statements` adds all that the document says of itself. Colours and width are those of `file`
    and of the environment (NO_COLOR, FORCE_COLOR, COLUMNS).
    """
    paper = _Paper(file)
    console = Console(file=paper, highlight=False, markup=False, emoji=False, soft_wrap=False)
    unicode = console.encoding.lower().startswith("utf")
    console.print(Text(printable(name), style="bold"))
    console.print(Padding(_facts(trace, unicode), (1, 0, 1, 2)))
    if statements:
        console.print(Text("  stated by the document", style="bold"))
        console.print(Padding(_statements(trace), (0, 0, 1, 2)))
    console.print(Rule(characters="─" if unicode else "-", style="dim"))
    if console.width < _NARROW:
        parts = _narrow(trace, unicode)
    else:
        margin = _MARGIN if console.width < _WIDE else _WIDE_MARGIN
        parts = _wide(trace, unicode, margin)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in paper.getvalue().splitlines()) + "\n"


class _Paper(io.StringIO):
    """Takes what is for a terminal, and answers as that would; nothing is written there."""

    def __init__(self, file: IO[str]):
        super().__init__()
        self._file = file

    @property
    def encoding(self) -> str:  # type: ignore[override]  # upstream a plain attribute
        return getattr(self._file, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        return self._file.isatty()


def _facts(trace: Trace, unicode: bool) -> Table:
    """Lay out what the article is, and where each of it came from."""
    article, source = trace.article, trace.article["source"]
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    for field in ("headline", "date", "date_modified", "date_not_before", "authors"):
        value = article.get(field)
        if field in ("headline", "date") or value:
            from_ = source.get(field)
            text = ", ".join(value) if isinstance(value, list) else value
            table.add_row(
                field.replace("_", " "),
                Text(printable(text), style="bold" if field == "headline" else "")
                if text
                else Text("none stated", style="dim italic"),
                f"from {printable(from_)}" if from_ else "",
            )
    for field in ("standfirst", "credits", "site", "url", "language"):
        value = article.get(field)
        if value:
            text = ", ".join(value) if isinstance(value, list) else value
            table.add_row(field, Text(printable(text)), "")
    table.add_row("confidence", _confidence(float(article["confidence"]), unicode), "")
    if article["warnings"]:
        table.add_row(
            "warnings", Text(printable(", ".join(article["warnings"])), style="bold yellow"), ""
        )
    table.add_row("kept", _kept(trace), "")
    reasons = Counter(p.reason for p in trace.passages if p.reason is not None)
    if reasons:
        counts = Text("  ").join(
            Text.assemble((printable(reason), _hue(reason)), f" {count}")
            for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        )
        table.add_row("removed", counts, "")
    return table


def _confidence(value: float, unicode: bool) -> Text:
    full = round(value * _METER)
    on, off = ("━", "─") if unicode else ("#", ".")
    style = "green" if value >= LOW else "yellow"
    return Text.assemble(
        f"{value:.3f}  ", (on * full, style), (off * (_METER - full), "dim"), style="bold"
    )


def _kept(trace: Trace) -> Text:
    kept = [p for p in trace.passages if p.role != "removed"]
    total = sum(len(p.text) for p in trace.passages)
    share = sum(len(p.text) for p in kept) / total if total else 0.0
    return Text(f"{len(kept)} of {len(trace.passages)} blocks, {share:.0%} of the text")


def _statements(trace: Trace) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    for statement in trace.statements:
        value = statement.value
        value = value if len(value) <= _SHOWN else value[:_SHOWN] + " …"
        origin = " ".join(filter(None, (statement.source, statement.detail)))
        table.add_row(statement.name, Text(printable(value)), printable(origin))
    return table


def _wide(trace: Trace, unicode: bool, margin: int) -> Iterator[RenderableType]:
    """Yield the document with the reasons in the margin."""
    numbered = any(p.line is not None for p in trace.passages)
    for start in range(0, len(trace.passages), _ROWS):
        table = Table.grid(padding=(0, 1))
        table.add_column(width=margin, justify="right", overflow="fold")
        if numbered:
            table.add_column(width=5, justify="right", style="dim")
        table.add_column(width=1)
        table.add_column(ratio=1, overflow="fold")
        table.expand = True
        for at in range(start, min(start + _ROWS, len(trace.passages))):
            passage, following = trace.passages[at], trace.passages[at + 1 : at + 2]
            number = ["" if passage.line is None else str(passage.line)] if numbered else []
            table.add_row(_label(passage), *number, _mark(passage, unicode), _text(passage))
            # Removed ones in a row stand close together.
            if passage.role != "removed" or any(p.role != "removed" for p in following):
                table.add_row()
        yield table


def _narrow(trace: Trace, unicode: bool) -> Iterator[RenderableType]:
    """Yield the document with each reason on a line of its own."""
    for passage in trace.passages:
        label = _label(passage)
        if label.plain:
            yield Text.assemble(_mark(passage, unicode), " ", label)
        yield Padding(_text(passage), (0, 0, 1, 2))


def _label(passage: Passage) -> Text:
    if passage.reason is None:
        return Text.assemble(("" if passage.role == "body" else passage.role, _LABEL))
    rule = f" {printable(passage.rule)}" if passage.rule else ""
    return Text.assemble(
        (printable(passage.reason), f"{_LABEL} {_hue(passage.reason)}"), (rule, "dim")
    )


def _mark(passage: Passage, unicode: bool) -> Text:
    if passage.reason is None:
        return Text("│" if unicode else "|", style="dim")
    return Text("×" if unicode else "x", style=f"{_LABEL} {_hue(passage.reason)}")


def _text(passage: Passage) -> Text:
    style = ""
    if passage.role == "removed":
        style = _REMOVED
    elif passage.role != "body" or passage.kind == "heading":
        style = "bold"
    return Text.assemble((printable(passage.text), style))  # not the space that fills the line


def _hue(reason: str) -> str:
    return _HUES.get(reason, _OTHER_HUE)
