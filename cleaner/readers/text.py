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
from cleaner.readers.mail import read_mail_header
from cleaner.readers.remains import (
    has_numbered_links,
    is_markdown,
    is_numbered_address,
    without_link_numbers,
    without_markup,
)
from cleaner.readers.running_heads import FORM_FEED, running_heads, without
from cleaner.readers.wrapped import unwrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["read_text"]

_INNER_BREAKS = "\u2028\u2029\x0b\x0c\x85"
_INNER_BREAK = re.compile(f"[{_INNER_BREAKS}]")
# The header that dumps carry in front of their first line: "date 2020-01-07 First line".
_DATE_HEADER = re.compile(r"date:?\s+(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?)(?=\s|\Z)\s*")


def read_text(text: str, markdown: bool = False) -> Page:
    """Return the lines of `text` as blocks, and its header as a fact.

    `markdown` says that it is Markdown; where it does not, the text itself tells.
    """
    page = Page("text")
    markdown = markdown or is_markdown(text)
    numbered = has_numbered_links(text)
    unbroken = not any(mark in text for mark in _INNER_BREAKS)
    edged = " \n" in text or "\n " in text
    lines = _lines(text)
    heads = running_heads(lines) if FORM_FEED in text else frozenset()
    numbered_lines = without(lines, heads) if heads else list(enumerate(lines, start=1))
    whole = unwrapped(numbered_lines)
    rejoined = len(whole) < len(numbered_lines)  # where a line had room for more, it is over
    gap, above = True, ""
    for number, line in whole:
        raw = without_link_numbers(line) if numbered else line
        for part in (raw,) if unbroken else _INNER_BREAK.split(raw):
            empty = True
            for block in _blocks(part, markdown) if part else ():
                # Before what a tag parted from it there is a gap.
                block.line, block.gap = number, gap or rejoined or not empty
                block.edge = edged and _is_edge(above[-2:], part[:2])
                page.blocks.append(block)
                empty = False
            gap, above = empty, part
    if heads:
        _add_heads(page, lines, heads)
    if numbered:
        _remove_addresses(page)
    _read_date_header(page)
    read_mail_header(page)
    return page


def _is_edge(end: str, start: str) -> bool:
    """Whether one blank stands at a line break; more are an indent, or a mark of Markdown."""
    return (end.endswith(" ") and end != "  ") or (start.startswith(" ") and start != "  ")


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _blocks(line: str, markdown: bool) -> list[Block]:
    """Return what a line that is not empty holds: mostly one block."""
    # No markup is without these.
    if not (markdown or "<" in line or "&" in line or "](" in line or "://" in line):
        text = normal(line)
        return [Block(text)] if text else []
    blocks = []
    for piece in without_markup(line, markdown):
        text = normal(piece.text)
        if piece.picture:
            block = Block(text or normal(line), piece.kind)
            block.remove(Reason.MEDIA_CAPTION, "markdown-image")
            blocks.append(block)
        elif text:
            blocks.append(Block(text, piece.kind, piece.level))
    return blocks


def _add_heads(page: Page, lines: Sequence[str], heads: Collection[int]) -> None:
    """Add what a PDF repeats on its pages to what is removed."""
    for index in heads:
        block = Block(normal(lines[index]), line=index + 1)
        block.remove(Reason.NAVIGATION, "running-head")
        page.blocks.append(block)
    page.blocks.sort(key=_line)


def _line(block: Block) -> int:
    assert block.line is not None
    return block.line


def _remove_addresses(page: Page) -> None:
    for block in page.blocks:
        if is_numbered_address(block.text):
            block.remove(Reason.NAVIGATION, "link-address")


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
