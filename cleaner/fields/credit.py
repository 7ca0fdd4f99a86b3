"""Credits: the agencies and contributors that an article names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cleaner.agencies import agencies_of_line, agency, agency_pattern
from cleaner.article import Reason
from cleaner.fields.byline import LONGEST_BYLINE
from cleaner.fields.place import is_marked
from cleaner.names import lead_end, split_people
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.fields.place import Own
    from cleaner.page import Page

__all__ = ["credits_of"]

_AND_PLACE = re.compile(r"\A[A-Z][\w ]+, [A-Z][A-Z ]+\Z")  # "AFP, MANILA", as bylines of wires
_MARKS_OF_A_CLOSING = frozenset("([©")
_DATELINE_WITHIN = 150  # characters at the start of the text


def credits_of(page: Page, own: Own) -> tuple[str, ...]:
    """Return the agencies and contributors that the page credits, in order of appearance."""
    names = [fact.value for fact in page.stated("credit")]
    for fact in page.stated("author"):
        names += _agencies_in(fact.value)
    for _, block in own.front if page.document == "html" else ():
        text = block.text
        if len(text) > LONGEST_BYLINE:
            continue
        end = lead_end(text)
        if end or is_marked(block) or (text[-1:].isupper() and _AND_PLACE.match(text) is not None):
            names += _agencies_in(text[end:])
    credit = Reason.CREDIT
    for block in page.blocks:
        if block.reason is credit and len(block.text) <= LONGEST_BYLINE:
            names += (source.name for source in agencies_of_line(block.text) if not source.images)
    names += _agencies_of_text(page)
    return tuple(dict.fromkeys(names))


def _agencies_in(text: str) -> Iterator[str]:
    for part in split_people(text):
        source = agency(part)
        if source is not None and not source.images:
            yield source.name


def _agencies_of_text(page: Page) -> Iterator[str]:
    """Yield the agencies in the dateline of the text and at its end."""
    body = page.kept()
    first = next((b for b in body if is_prose(b.text)), None)
    opening = "" if first is None else first.text[:_DATELINE_WITHIN]
    if "(" in opening or "[" in opening:
        match = _dateline().match(opening)
        if match is not None:
            yield from _named(match[1])
    for block in body[-2:]:
        end = block.text[-60:]
        if not _MARKS_OF_A_CLOSING.intersection(end):
            continue
        match = _closing().search(end)
        if match is not None:
            yield from _named(match[1])


@cache
def _dateline() -> re.Pattern[str]:
    """Match "OTTAWA (AP) —", "Berlin (dpa/lno) -", "(AFP) -" in front of a text."""
    source = agency_pattern()
    return re.compile(
        rf"[^().!?]{{0,60}}[(\[]({source})(?:[ ]?[/,][^()]{{1,40}})?[)\]][ ]?(?:[-–—:.]|\Z|(?=\w))"
    )


@cache
def _closing() -> re.Pattern[str]:
    """Match "(AFP)", "© dpa-infocom", "(dpa/lno)" at the end of a text."""
    source = agency_pattern()
    return re.compile(rf"(?:[(\[]|©[ ]?)({source})(?:[-/, ][^()]{{1,40}})?[)\]]?\.?\Z")


def _named(text: str) -> Iterator[str]:
    source = agency(text)
    if source is not None and not source.images:
        yield source.name
