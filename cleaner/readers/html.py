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
from cleaner.readers.state import add_body_from_data
from cleaner.readers.statements import Statements

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_html"]

# What an element is to the reader; every other element is a box.
_BOX, _INLINE, _LINK, _BOLD, _ITALIC, _SKIPPED, _SCRIPT, _TITLE, _BREAK, _STATEMENT, _VOID = range(
    11
)
_ELEMENTS = {
    **dict.fromkeys(
        "abbr acronym bdi bdo big code data del dfn font ins kbd label mark nobr q rb rp rt ruby s"
        " samp small span strike sub sup time tt u var wbr".split(), _INLINE),
    "a": _LINK, "b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC, "cite": _ITALIC,
    # Their text is no text of the page; form controls are furniture by nature.
    **dict.fromkeys(
        "style noscript template svg math select option button textarea iframe object canvas"
        " audio video datalist dialog map frameset".split(), _SKIPPED),
    "script": _SCRIPT, "title": _TITLE, "br": _BREAK, "meta": _STATEMENT, "link": _STATEMENT,
    **dict.fromkeys("img input source track area base col embed param".split(), _VOID),
}  # fmt: skip
# A control that seems to hold these was never closed: what follows is the page again.
_NEVER_IN_A_CONTROL = frozenset(
    "article main section header footer nav aside h1 h2 h3 h4 ul ol table form p".split()
)
_CONTROLS = frozenset("svg math select option button map dialog".split())

_KINDS = {
    "h1": Kind.HEADING, "h2": Kind.HEADING, "h3": Kind.HEADING, "h4": Kind.HEADING,
    "h5": Kind.HEADING, "h6": Kind.HEADING, "li": Kind.ITEM, "dd": Kind.ITEM, "dt": Kind.ITEM,
    "blockquote": Kind.QUOTE, "figcaption": Kind.CAPTION, "caption": Kind.CAPTION,
    "pre": Kind.PREFORMATTED, "td": Kind.CELL, "th": Kind.CELL,
}  # fmt: skip
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPH = Kind.PARAGRAPH
_KIND_WITHIN = 3  # a p in a figcaption is a caption, a p deep inside a table is a paragraph
_LONGEST_NAMES = 1000  # characters of class and id that are kept
_MAY_HIDE = frozenset(("hidden", "aria-hidden", "style"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(source: str | bytes) -> Page:
    """Return the blocks and facts of an HTML page or fragment, however broken.

    Bytes are valid UTF-8.
    """
    page, statements = _parse(source)
    statements.report(page)
    add_body_from_data(page, statements.state_scripts, lambda part: _parse(part)[0])
    return page


def _parse(source: str | bytes) -> tuple[Page, Statements]:
    builder = _Builder()
    parser = etree.HTMLParser(
        target=builder,  # type: ignore[arg-type]  # never called with bytes: lxml decodes
        encoding="utf-8",
        huge_tree=True,
        remove_pis=True,
        remove_comments=True,
    )
    # UTF-8 has no surrogates, and libxml2 stops at a zero byte.
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    data = data.replace(b"\0", b" ")
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing in it that could be parsed
        builder.close()
    page, statements = builder.page, builder.statements
    # The parser and its target hold each other. What is left in the target would live on until the
    # garbage collector finds the two, pages later, and looks at every box of theirs before.
    del builder.page, builder.statements, builder._box, builder._boxes
    return page, statements


class _Builder:
    """Receives the parser's events, whose starts and ends are balanced."""

    __slots__ = (
        "_bold", "_box", "_boxes", "_breaks", "_captured", "_ends", "_inline", "_italic",
        "_linked", "_links", "_open_bold", "_open_italic", "_open_links", "_parts", "_skip",
        "_skipped", "page", "statements",
    )  # fmt: skip

    def __init__(self) -> None:
        self.page = Page("html")
        self.statements = Statements()
        self._ends: list[int] = []  # what each open element is, outermost first
        self._skip = 0  # how many open elements are inside a skipped one, itself included
        self._skipped = ""  # the tag of that one
        self._captured: list[str] | None = None  # the text of a title or a data script
        self._box = Box("html", "", None, 0, False)
        self._boxes = self.page.boxes
        self._boxes.append(self._box)
        self._open_links = self._open_bold = self._open_italic = 0
        self._start_run()

    def _start_run(self) -> None:
        self._parts: list[str] = []  # of the running text, which begins with more than a space
        self._breaks = 0
        self._inline = ""
        self._links = self._linked = self._bold = self._italic = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skip:
            if self._skipped not in _CONTROLS or tag not in _NEVER_IN_A_CONTROL:
                self._skip += 1
                return
            self._ends += [_VOID] * (self._skip - 1)
            self._skip = 0
        element = _ELEMENTS.get(tag, _BOX)
        self._ends.append(element)
        if element == _BOX:
            self._start_box(tag, attributes)
        elif element <= _ITALIC:
            self._start_inline(tag, element, attributes)
        elif element <= _TITLE:
            self._skip, self._skipped = 1, tag
            if element == _TITLE:
                self._captured = []
            elif element == _SCRIPT:
                self._captured = self.statements.script(attributes)
        elif element == _BREAK:
            self._break()
        elif element == _STATEMENT:
            self.statements.element(tag, attributes)

    def _start_inline(self, tag: str, element: int, attributes: Mapping[str, str]) -> None:
        if attributes:
            if not self._parts and not self._inline:
                names = f"{tag} {attributes.get('class', '')} {attributes.get('id', '')}"
                self._inline = names.strip()[:_LONGEST_NAMES]
            if tag == "time" or "itemprop" in attributes:
                self.statements.element(tag, attributes, len(self.page.blocks))
            if "br" in attributes.get("class", "").split():  # a line break by style
                self._break()
        elif not self._parts and not self._inline:
            self._inline = tag
        if element == _LINK:
            self._open_links += 1
            self._links += 1
        elif element == _BOLD:
            self._open_bold += 1
        elif element == _ITALIC:
            self._open_italic += 1

    def _start_box(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._parts:
            self._flush()
        elif self._inline:
            self._start_run()
        above = self._box
        names, hidden = "", above.hidden
        if attributes:
            names = attributes.get("class", "")
            if "id" in attributes:
                names = f"{names} {attributes['id']}"
            if not hidden and not _MAY_HIDE.isdisjoint(attributes):
                hidden = _is_hidden(attributes)
            if "itemprop" in attributes or tag == "html":
                self.statements.element(tag, attributes, len(self.page.blocks))
            if len(names) > _LONGEST_NAMES:
                names = names[:_LONGEST_NAMES]
        boxes = self._boxes
        self._box = box = Box(tag, names, above, len(boxes), hidden)
        boxes.append(box)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skip > 1:
            self._skip -= 1
            return
        if not self._ends:
            return
        element = self._ends.pop()
        if element == _BOX:
            self._end_box()
        elif element == _LINK:
            self._open_links -= 1
        elif element == _BOLD:
            self._open_bold -= 1
        elif element == _ITALIC:
            self._open_italic -= 1
        elif self._skip:
            self._end_skipped(tag)

    def _end_box(self) -> None:
        if self._parts:
            self._flush()
        elif self._inline:
            self._start_run()
        box = self._box
        box.end = len(self._boxes)
        if box.parent is not None:
            self._box = box.parent

    def _end_skipped(self, tag: str) -> None:
        self._skip = 0
        if self._captured is not None:
            text = "".join(self._captured)
            self._captured = None
            self.statements.captured(tag, text)

    def data(self, text: str) -> None:
        """Text, possibly a piece of a longer one."""
        if self._skip:
            if self._captured is not None and self._skip == 1:
                self._captured.append(text)
            return
        if self._breaks or not self._parts:
            if text.isspace():  # before any text it is nothing, and it parts no two breaks
                if self._parts:
                    self._parts.append(text)
                return
            self._breaks = 0
        self._parts.append(text)
        if self._open_links or self._open_bold or self._open_italic:
            length = len(text.strip())
            if self._open_links:
                self._linked += length
            if self._open_bold:
                self._bold += length
            if self._open_italic:
                self._italic += length

    def _break(self) -> None:
        if self._parts:
            self._parts.append(" ")
            self._breaks += 1
            if self._breaks == 2:
                self._flush(broken=True)

    def _flush(self, broken: bool = False) -> None:
        """End the running text and make a block of it."""
        parts = self._parts
        text = normal(parts[0] if len(parts) == 1 else "".join(parts))
        if text:
            box = self._box
            markup = Markup(
                box, self._inline, self._links, self._linked, self._bold, self._italic, broken
            )
            block = Block(text, _kind(box), _LEVELS.get(box.tag, 0), markup=markup)
            self.page.blocks.append(block)
        self._start_run()

    def close(self) -> Page:
        """The document ends."""
        if self._parts:
            self._flush()
        self._boxes[0].end = len(self._boxes)
        return self.page


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and _HIDDEN_STYLE.search(attributes["style"]) is not None)
    )


def _kind(box: Box) -> Kind:
    tag = box.tag
    kind = _KINDS.get(tag)
    if kind is not None:
        return kind
    if tag in ("p", "div"):
        parent = box.parent
        for _ in range(_KIND_WITHIN):
            if parent is None:
                break
            kind = _KINDS.get(parent.tag)
            if kind is not None and kind is not Kind.CELL:
                return kind
            parent = parent.parent
    return _PARAGRAPH
