"""An HTML page → Page, in one pass over the parser's events.

No tree is built: the events go straight into blocks and a light copy of the block-level elements
around them. That costs little more than parsing alone, and nesting depth is no concern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cleaner.normalize import normal
from cleaner.page import Block, Box, Kind, Markup, Page
from cleaner.readers.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_html"]

# Elements whose text is no text of the page. Form controls are furniture by nature.
_SKIPPED = frozenset(
    "script style noscript template svg math select option button textarea iframe object canvas"
    " audio video datalist dialog map rp frameset".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rt"
    " ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite"))
_VOID = frozenset(("img", "input", "source", "track", "area", "base", "col", "embed", "param"))
_KINDS = {
    "h1": Kind.HEADING, "h2": Kind.HEADING, "h3": Kind.HEADING, "h4": Kind.HEADING,
    "h5": Kind.HEADING, "h6": Kind.HEADING, "li": Kind.ITEM, "dd": Kind.ITEM, "dt": Kind.ITEM,
    "blockquote": Kind.QUOTE, "q": Kind.QUOTE, "figcaption": Kind.CAPTION, "caption": Kind.CAPTION,
    "pre": Kind.PREFORMATTED, "td": Kind.CELL, "th": Kind.CELL,
}  # fmt: skip
_KIND_WITHIN = 3  # a p in a figcaption is a caption, a p deep inside a table is a paragraph
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_NOTHING, _INLINE_END, _BOX_END, _SKIP_END, _TITLE_END = range(5)


def read_html(text: str) -> Page:
    """Return the blocks and facts of an HTML page or fragment, however broken."""
    builder = _Builder()
    parser = etree.HTMLParser(
        target=builder, encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True
    )
    # libxml2 stops at a zero byte, and UTF-8 has no surrogates.
    data = text.replace("\0", " ").encode("utf-8", "replace")
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing in it that could be parsed
        builder.close()
    page = builder.page
    builder.statements.report(page)
    return page


class _Builder:
    """Receives the parser's events."""

    def __init__(self) -> None:
        self.page = Page("html")
        self.statements = Statements()
        self._ends: list[tuple[int, str]] = []  # what to do at each open element's end, its tag
        self._skip = 0  # how many open elements are inside a skipped one
        self._captured: list[str] | None = None  # the text of a title or a data script
        self._box = Box("html", "", None, 0, False)
        self._boxes = 1
        self._open_links = self._open_bold = self._open_italic = 0
        self._start_run()

    def _start_run(self) -> None:
        self._parts: list[str] = []
        self._blank = True
        self._breaks = 0
        self._inline = ""
        self._links = self._linked = self._bold = self._italic = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skip:
            self._skip += 1
        elif tag in _INLINE:
            self._start_inline(tag, attributes)
        elif tag in _SKIPPED:
            self._skip = 1
            if tag == "script":
                self._captured = self.statements.script(attributes)
            self._ends.append((_SKIP_END, tag))
        elif tag == "br":
            self._break()
            self._ends.append((_NOTHING, tag))
        elif tag in ("meta", "link"):
            self.statements.element(tag, attributes)
            self._ends.append((_NOTHING, tag))
        elif tag == "title":
            self._captured = []
            self._skip = 1
            self._ends.append((_TITLE_END, tag))
        elif tag in _VOID:
            self._ends.append((_NOTHING, tag))
        else:
            self._start_box(tag, attributes)

    def _start_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._blank and not self._inline:
            names = f"{tag} {attributes.get('class', '')} {attributes.get('id', '')}"
            self._inline = names.strip()
        if tag == "a":
            self._open_links += 1
            self._links += 1
        elif tag in _BOLD:
            self._open_bold += 1
        elif tag in _ITALIC:
            self._open_italic += 1
        if tag == "time" or "itemprop" in attributes:
            self.statements.element(tag, attributes)
        self._ends.append((_INLINE_END, tag))

    def _start_box(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        names, hidden = "", self._box.hidden
        if attributes:
            names = f"{attributes.get('class', '')} {attributes.get('id', '')}".strip()
            hidden = hidden or _is_hidden(attributes)
            if tag == "html" or "itemprop" in attributes:
                self.statements.element(tag, attributes)
        self._box = Box(tag, names, self._box, self._boxes, hidden)
        self._boxes += 1
        self._ends.append((_BOX_END, tag))

    def end(self, tag: str) -> None:  # noqa: ARG002  (the parser's ends are balanced)
        """An element ends."""
        if self._skip > 1:
            self._skip -= 1
            return
        if not self._ends:
            return
        action, opened = self._ends.pop()
        if action == _INLINE_END:
            if opened == "a":
                self._open_links -= 1
            elif opened in _BOLD:
                self._open_bold -= 1
            elif opened in _ITALIC:
                self._open_italic -= 1
        elif action == _BOX_END:
            self._flush()
            assert self._box.parent is not None
            self._box = self._box.parent
        elif action in (_SKIP_END, _TITLE_END):
            self._skip = 0
            if self._captured is not None:
                text = "".join(self._captured)
                self._captured = None
                self.statements.captured(opened, text)

    def data(self, text: str) -> None:
        """Text, possibly a piece of a longer one."""
        if self._skip:
            if self._captured is not None and self._skip == 1:
                self._captured.append(text)
            return
        self._parts.append(text)
        if self._blank or self._breaks:
            if text.isspace():
                return
            self._blank = False
            self._breaks = 0
        if self._open_links:
            self._linked += len(text.strip())
        if self._open_bold:
            self._bold += len(text.strip())
        if self._open_italic:
            self._italic += len(text.strip())

    def _break(self) -> None:
        self._parts.append(" ")
        self._breaks += 1
        if self._breaks >= 2 and not self._blank:
            self._flush(broken=True)

    def _flush(self, broken: bool = False) -> None:
        """End the running text and make a block of it."""
        if self._blank:
            if self._parts or self._inline:
                self._start_run()
            return
        text = normal("".join(self._parts))
        if text:
            kind, level = _kind(self._box)
            markup = Markup(
                self._box, self._inline, self._links, self._linked, self._bold, self._italic, broken
            )
            self.page.blocks.append(Block(text, kind, level, markup=markup))
        self._start_run()

    def close(self) -> Page:
        """The document ends."""
        self._flush()
        return self.page


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and _HIDDEN_STYLE.search(attributes["style"]) is not None)
    )


def _kind(box: Box) -> tuple[Kind, int]:
    tag = box.tag
    if tag in _KINDS:
        return _KINDS[tag], int(tag[1]) if _KINDS[tag] is Kind.HEADING else 0
    if tag == "p" or tag == "div" or tag == "span":
        parent = box.parent
        for _ in range(_KIND_WITHIN):
            if parent is None:
                break
            if parent.tag in _KINDS and parent.tag not in ("td", "th"):
                return _kind(parent)
            parent = parent.parent
    return Kind.PARAGRAPH, 0
