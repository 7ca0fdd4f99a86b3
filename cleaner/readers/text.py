"""A text dump → Page: one block a line.

Lines are the units because extractors end a paragraph at a line's end; some put a blank line
between paragraphs and some do not, which `Block.gap` remembers. Markup that was left in the lines
is taken off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import parse_iso
from cleaner.normalize import normal
from cleaner.page import Block, Fact, Page
from cleaner.readers.remains import is_markdown, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_text"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKUP = re.compile(r"[<&]|\]\(")  # what markup is never without, but for Markdown's
_INNER_BREAK = re.compile("[\u2028\u2029\x0b\x0c\x85]")
# The header that dumps carry in front of their first line: "date 2020-01-07 First line".
_DATE_HEADER = re.compile(r"date:?\s+(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?)(?=\s|\Z)\s*")


def read_text(text: str) -> Page:
    """Return the lines of `text` as blocks, and its header as a fact."""
    page = Page("text")
    markdown = is_markdown(text)
    gap = True
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        for part in _INNER_BREAK.split(raw):
            blocks = list(_blocks(part, markdown)) if part else []
            for block in blocks:
                block.line, block.gap = number, gap
                page.blocks.append(block)
                gap = True  # before what a tag parted from it
            gap = not blocks
    _read_date_header(page)
    return page


def _blocks(line: str, markdown: bool) -> Iterator[Block]:
    """Yield what a line that is not empty holds: mostly one block."""
    if not markdown and _MARKUP.search(line) is None:
        text = normal(line)
        if text:
            yield Block(text)
        return
    for piece in without_markup(line, markdown):
        text = normal(piece.text)
        if piece.picture:
            block = Block(text or normal(line), piece.kind)
            block.remove(Reason.MEDIA_CAPTION, "markdown-image")
            yield block
        elif text:
            yield Block(text, piece.kind, piece.level)


def _read_date_header(page: Page) -> None:
    if not page.blocks:
        return
    first = page.blocks[0]
    match = _DATE_HEADER.match(first.text)
    if match is None or parse_iso(match[1]) is None:
        return
    page.facts.append(Fact("date", match[1], "dump-header"))
    rest = first.text[match.end() :]
    if rest:
        first.source, first.text = first.text, rest
    else:
        first.remove(Reason.METADATA, "date-header")
