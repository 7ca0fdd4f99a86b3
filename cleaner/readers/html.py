"""An HTML page → Page, in one pass over the parser's events.

No tree is built: the events go straight into blocks and a light copy of the block-level elements
around them. That costs little more than parsing alone, and nesting depth is no concern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cleaner.article import Reason
from cleaner.normalize import normal
from cleaner.page import Block, Box, Kind, Markup, Page
from cleaner.readers.state import add_body_from_data
from cleaner.readers.statements import Statements
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_html"]

# What an element is to the reader; every other element is what its place makes it.
(
    _BOX, _INLINE, _LINK, _BOLD, _ITALIC, _QUOTED, _READING, _UNSEEN, _SKIPPED, _SCRIPT, _TITLE,
    _BREAK, _STATEMENT, _VOID, _BY_PLACE,
) = range(15)  # fmt: skip
_ELEMENTS = {
    **dict.fromkeys(
        "address article aside blockquote body caption center dd details dir div dl dt fieldset"
        " figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head header hgroup hr html legend"
        " li main menu nav noframes ol p pre search section summary table tbody td tfoot th thead"
        " tr ul".split(), _BOX),
    **dict.fromkeys(
        "abbr acronym bdi bdo big code data del dfn font ins kbd label mark nobr rb rp ruby s"
        " samp small span strike sub sup time tt u var wbr".split(), _INLINE),
    "a": _LINK, "b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC, "cite": _ITALIC,
    "q": _QUOTED, "rt": _READING,
    # Their text is no text of the page; form controls are furniture by nature.
    **dict.fromkeys(
        "style noscript svg math select option textarea iframe object canvas"
        " audio video datalist dialog map frameset".split(), _SKIPPED),
    "script": _SCRIPT, "title": _TITLE, "br": _BREAK, "meta": _STATEMENT, "link": _STATEMENT,
    **dict.fromkeys("img input source track area base col embed param picture".split(), _VOID),
    "button": _BY_PLACE, "template": _BY_PLACE,
}  # fmt: skip
# What a browser sets around the text of an element, or above it.
_AROUND = {_QUOTED: "“”", _READING: "（）"}
_BRACKETS = tuple("(（")
# Boxes that hold one run of text from their beginning.
_LINES = frozenset("p h1 h2 h3 h4 h5 h6".split())
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
_LEAST_WORD = 4  # letters
_SHIFTED = frozenset(("sub", "sup"))  # as in "Acme™", one word with what is in front
_MAY_HIDE = frozenset(("hidden", "aria-hidden", "style"))
# Text within a line that only a screen reader says: "(opens in a new tab)".
_FOR_THE_EAR = re.compile(
    r"(?<![\w-])(?:sr-only|screen-reader(?:-text)?|screenreader(?:-text)?|visually-?hidden"
    r"|(?:u|is)-(?:sr-only|visually-hidden)|a11y-hidden|assistive-text)(?![\w-])",
    re.IGNORECASE,
)
_LONGEST_UNSEEN = 80  # characters: more may be the rest of a text, for a click to show
# What is hidden by a paywall until a script has asked who reads.
_OWN_TEXT = re.compile(
    r"(?:article|story|entry|post)[-_]*(?:body|content|text)(?![a-z])"
    r"|(?:subscribers?|members?)[-_]*only"
    r"|(?:paywall|paid|premium|protected)[-_]*(?:content|text|body)(?![\w-])",
    re.IGNORECASE,
)
# A blank line that a style sheet shows as one: below a sentence, or above an indented paragraph.
_SHOWN_BLANK = re.compile("(?<=[.!?。！？」』）])\n\n\\s*|\n\n\u3000+")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


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
    del builder.page, builder.statements, builder._blocks, builder._box, builder._boxes
    del builder._markup
    return page, statements


class _Builder:
    """Receives the parser's events, whose starts and ends are balanced.

    There are thousands, most of them for boxes and the white space in between: what these need is
    done on the spot, as a call more for each would be felt. The rest has methods of its own.
    """

    __slots__ = (
        "_blocks", "_box", "_boxes", "_breaks", "_captured", "_ends", "_markup", "_open_bold",
        "_open_italic", "_open_links", "_parts", "_seam", "_seams", "_skip", "_skipped", "_spaces",
        "page", "statements",
    )  # fmt: skip

    def __init__(self) -> None:
        self.page = Page("html")
        self.statements = Statements()
        self._ends: list[int] = []  # what each open element is, outermost first
        self._skip = 0  # how many open elements are inside a skipped one, itself included
        self._skipped = ""  # the tag of that one
        self._captured: list[str] | None = None  # the text of a title or a data script
        self._box = Box("html", "", None, 0, False)
        self._blocks, self._boxes = self.page.blocks, self.page.boxes
        self._boxes.append(self._box)
        self._open_links = self._open_bold = self._open_italic = 0
        self._parts: list[str] = []  # of the running text, which begins with more than a space
        self._markup: Markup | None = None  # of the running text, once there is any
        self._breaks = 0  # since the last text
        self._seam = 0  # how many parts there were when the last inline element ended
        self._seams: list[int] = []  # the parts that may begin right behind one, in another
        self._spaces: list[str] | None = None  # what white space is part of

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skip and self._is_skipped(tag):
            return
        element = _ELEMENTS.get(tag, _BY_PLACE)
        if element == _BY_PLACE:
            element = self._by_place(tag, attributes)
        self._ends.append(element)
        if element == _BOX:
            if self._parts:
                self._flush()
            elif self._markup is not None:
                self._markup = None
            above = self._box
            names, hidden = "", above.hidden
            if attributes:
                names = attributes.get("class", "")
                if len(attributes) > 1 or not names:
                    names, hidden = self._read(tag, names, hidden, attributes)
                if len(names) > _LONGEST_NAMES:
                    names = names[:_LONGEST_NAMES]
            boxes = self._boxes
            self._box = box = Box(tag, names, above, len(boxes), hidden)
            boxes.append(box)
        elif element <= _READING:
            self._start_inline(tag, element, attributes)
        else:
            self._start_other(tag, element, attributes)

    def _by_place(self, tag: str, attributes: Mapping[str, str]) -> int:
        """Return what an element is that stands in a line of text, or for itself."""
        if tag == "template":
            return _BOX if "shadowrootmode" in attributes else _SKIPPED
        if tag == "button":  # a heading may be one: the question that opens its answer
            return _INLINE if self._box.tag in _LEVELS and not self._parts else _SKIPPED
        return _INLINE if self._in_line() else _BOX

    def _in_line(self) -> bool:
        return bool(self._parts) or self._box.tag in _LINES

    def _is_skipped(self, tag: str) -> bool:
        """Whether an element inside a skipped one is, too; else that one was never closed."""
        if self._skipped not in _CONTROLS or tag not in _NEVER_IN_A_CONTROL:
            self._skip += 1
            return True
        self._ends += [_VOID] * (self._skip - 1)
        self._end_skipped()
        return False

    def _read(
        self, tag: str, names: str, hidden: bool, attributes: Mapping[str, str]
    ) -> tuple[str, bool]:
        """Return what more than a class says of a box: its names, and whether it is hidden."""
        if "id" in attributes:
            names = f"{names} {attributes['id']}"
        if not hidden and not _MAY_HIDE.isdisjoint(attributes):
            hidden = _is_hidden(attributes) and _OWN_TEXT.search(names) is None
        if "itemprop" in attributes or tag == "html":
            self.statements.element(tag, attributes, len(self._blocks))
        return names, hidden

    def _start_inline(self, tag: str, element: int, attributes: Mapping[str, str]) -> None:
        if attributes and self._within_line() and _is_unseen(attributes):
            self._ends[-1] = _UNSEEN
            self._skip_text(tag, [])
            return
        markup = self._markup
        if markup is None:
            markup = self._markup = Markup(self._box)
        if not self._parts:
            if not markup.inline:
                markup.inline = _names(tag, attributes)
        elif self._seam == len(self._parts) and tag not in _SHIFTED:
            self._seams.append(self._seam)
        if attributes and self._read_inline(tag, attributes):
            self._break()
            markup = self._running()
        if element == _LINK:
            self._open_links += 1
            markup.links += 1
        elif element != _INLINE:
            self._open_styled(element)

    def _open_styled(self, element: int) -> None:
        if element == _BOLD:
            self._open_bold += 1
        elif element == _ITALIC:
            self._open_italic += 1
        else:
            self._surround(element)

    def _within_line(self) -> bool:
        """Whether a line of text has begun; in front of one stands what it is: "Posted by"."""
        tag = self._box.tag
        return tag in _LEVELS or (tag in _LINES and bool(self._parts))

    def _surround(self, element: int) -> None:
        """Add what stands in front of an inline element, and behind it at its end."""
        if element == _READING and self._parts and self._parts[-1].rstrip().endswith(_BRACKETS):
            self._ends[-1] = _INLINE  # it has brackets of its own
        else:
            self.data(_AROUND[element][0])

    def _read_inline(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Hear what an inline element states; tell whether it is a line break by style."""
        if tag == "time" or "itemprop" in attributes:
            self.statements.element(tag, attributes, len(self._blocks))
        names = attributes.get("class", "")
        return "br" in names and "br" in names.split()

    def _start_other(self, tag: str, element: int, attributes: Mapping[str, str]) -> None:
        if element <= _TITLE:
            heard = element == _TITLE or (element == _SCRIPT and self.statements.wants(attributes))
            self._skip_text(tag, [] if heard else None)
        elif element == _BREAK:
            self._break()
        elif element == _STATEMENT:
            self.statements.element(tag, attributes)

    def _skip_text(self, tag: str, captured: list[str] | None) -> None:
        """Leave the text of an element out of the page; what of it is `captured` goes there."""
        self._skip, self._skipped = 1, tag
        self._captured = self._spaces = captured

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skip > 1:
            self._skip -= 1
            return
        element = self._ends.pop() if self._ends else _VOID
        if element == _BOX:
            if self._parts:
                self._flush()
            elif self._markup is not None:
                self._markup = None
            box = self._box
            box.end = len(self._boxes)
            if box.parent is not None:
                self._box = box.parent
        elif element <= _READING:
            self._end_inline(element)
        elif self._skip and element <= _TITLE:
            captured = self._captured
            self._end_skipped()
            if captured is not None and element == _UNSEEN:
                self._end_unseen("".join(captured))
            elif captured is not None:
                self.statements.captured(tag, "".join(captured))

    def _end_unseen(self, text: str) -> None:
        """Set text apart that stands in a line and is not shown there, but for the marks in it."""
        line = normal(text)
        if len(line) > _LONGEST_UNSEEN or (text and not any(map(str.isalnum, line))):
            self.data(text)
        elif line:
            block = Block(line, _PARAGRAPH, 0, Markup(self._box))
            block.remove(Reason.OUTSIDE_ARTICLE, "unseen")
            self._blocks.append(block)

    def _end_inline(self, element: int) -> None:
        if element in _AROUND:
            self.data(_AROUND[element][1])
        self._seam = len(self._parts)
        if self._seam == 1 and len(self._parts[0]) >= _LEAST_WORD:
            self._seams.append(1)  # a label in front: "Nelson", "Since Monday …"
        if element == _LINK:
            self._open_links -= 1
        elif element == _BOLD:
            self._open_bold -= 1
        elif element == _ITALIC:
            self._open_italic -= 1

    def _end_skipped(self) -> None:
        self._skip = 0
        self._captured = None
        self._spaces = self._parts or None

    def data(self, text: str) -> None:
        """Text, possibly a piece of a longer one."""
        if text.isspace():  # before any text it is nothing, and it parts no two breaks
            if self._spaces is not None:
                self._spaces.append(text)
        elif self._skip:
            if self._captured is not None and (self._skip == 1 or self._ends[-1] == _UNSEEN):
                self._captured.append(text)
        else:
            parts = self._parts
            if "\n\n" in text and self._has_paragraphs(text):
                self._part_paragraphs(text)
                return
            if not parts:
                self._spaces = parts
            parts.append(text)
            self._breaks = 0
            if self._open_links or self._open_bold or self._open_italic:
                self._count(len(text.strip()))

    def _has_paragraphs(self, text: str) -> bool:
        if self._box.tag == "pre":  # code has blank lines, too
            return sum(map(is_prose, map(normal, _BLANK.split(text)))) > 1
        return _SHOWN_BLANK.search(text) is not None

    def _part_paragraphs(self, text: str) -> None:
        blank = _BLANK if self._box.tag == "pre" else _SHOWN_BLANK
        for number, paragraph in enumerate(blank.split(text)):
            if number:
                self._flush(broken=True)
            if paragraph and not paragraph.isspace():
                self.data(paragraph)

    def _count(self, letters: int) -> None:
        markup = self._running()
        if self._open_links:
            markup.linked += letters
        if self._open_bold:
            markup.bold += letters
        if self._open_italic:
            markup.italic += letters

    def _running(self) -> Markup:
        """Return the markup of the running text."""
        markup = self._markup
        if markup is None:
            markup = self._markup = Markup(self._box)
        return markup

    def _break(self) -> None:
        if self._parts:
            self._parts.append(" ")
            self._breaks += 1
            if self._breaks == 2:
                self._flush(broken=True)

    def _flush(self, broken: bool = False) -> None:
        """End the running text and make a block of it."""
        apart = self._part() if self._seams else ""
        text = normal("".join(self._parts))
        if text:
            box = self._box
            markup = self._markup or Markup(box)
            markup.broken = broken
            if apart:
                markup.apart = apart
            self._blocks.append(Block(text, _kind(box), _LEVELS.get(box.tag, 0), markup))
        self._parts.clear()
        self._markup = self._spaces = None
        self._breaks = self._seam = 0

    def _part(self) -> str:
        """Part what elements side by side show apart: "By Jane DoePolitics reporter".

        Return the running text with bars where they meet, nothing where none do.
        """
        parts, barred = self._parts, self._parts.copy()
        for seam in self._seams:
            if seam < len(parts) and _is_seam(parts[seam - 1], parts[seam]):
                parts[seam], barred[seam] = " " + parts[seam], " | " + parts[seam]
        self._seams.clear()
        return normal("".join(barred)) if barred != parts else ""

    def close(self) -> Page:
        """The document ends."""
        if self._parts:
            self._flush()
        self._boxes[0].end = len(self._boxes)
        return self.page


def _names(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the tag, class and id of an inline element."""
    if not attributes:
        return tag
    names = f"{tag} {attributes.get('class', '')} {attributes.get('id', '')}"
    return names.strip()[:_LONGEST_NAMES]


def _is_seam(before: str, after: str) -> bool:
    """Whether two texts are two by their letters: no word goes on with a capital, or a number."""
    if after[0].isdigit():  # "Published", "15 March"; a letter or two may have one: "v2"
        word = before[-_LEAST_WORD:]
        return len(word) == _LEAST_WORD and word.isalpha() and word[-1].islower()
    return (before[-1].islower() or before[-1].isdigit()) and after[0].isupper()


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("aria-hidden") == "true" or _is_not_shown(attributes)


def _is_not_shown(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style", "").lower()
    # Few styles have one of these words; to search them all for more takes longer.
    return ("none" in style or "hidden" in style) and _HIDDEN_STYLE.search(style) is not None


def _is_unseen(attributes: Mapping[str, str]) -> bool:
    """Whether an inline element is not shown: one for the ear only, or none that a script shows.

    What is hidden from the ear ("aria-hidden") is for the eye.
    """
    names = attributes.get("class", "")
    if names and _FOR_THE_EAR.search(names) is not None:
        return True
    return _is_not_shown(attributes) and _OWN_TEXT.search(names) is None


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
