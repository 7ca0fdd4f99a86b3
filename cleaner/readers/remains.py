"""Markup that an extractor left in the lines of a dump: character references, tags, Markdown.

Some browsers for terminals number the links in the text and list their addresses below it; mail
programs put the address in brackets behind the text.

Each kind is taken off by a function of its own that leaves other text alone. What stands for
itself (a reference, a known tag, a link with its address) is always read; what could be plain
text (asterisks, a number sign, a bullet) only in a dump that is Markdown for other reasons.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import islice

from cleaner.page import Kind

__all__ = [
    "Piece", "has_numbered_links", "is_markdown", "is_numbered_address", "without_link_numbers",
    "without_markup",
]  # fmt: skip

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr)"
    r"(?:[ /][^<>]{0,2000})?>",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|mark|q|s|small|span|strong|sub|sup|td|th"
    r"|time|tt|u)(?:[ /][^<>]{0,2000})?>|<!--(?:(?!-->).){0,300}-->",
    re.IGNORECASE,
)
_TARGET = r"\((?:<[^<>]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)" \
          r"(?:\s{1,5}(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?\)"  # fmt: skip
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]" + _TARGET)
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,1000})\]" + _TARGET)
_EMPTY_LINK = re.compile(r"(?<!!)\[\]" + _TARGET)
_LINK_END = re.compile(r"\]" + _TARGET)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_BRACKETED = re.compile(r"\s?\[ ?https?://[^\s\[\]]{1,2000} ?\](?!\()")
_LINK_NUMBER = re.compile(r"\[\d{1,4}\](?=[^\s.,;:!?)\]])")  # in front of the link's text
_NUMBERED_ADDRESS = re.compile(r"\d{1,4}\. [a-z]{2,10}:\S++\Z")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"(?:[-*_=][ \t]*){3,}|\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).){1,300}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]{1,1000}?)(?<=[^\s*_])\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_CODE = re.compile(r"(`{1,2})([^`]{1,500})\1")
_SIGNS = re.compile(r"^#{1,6}[ \t]+\S|\*\*[^*\s][^*\n]{0,300}\*\*", re.MULTILINE)
_LEAST_SIGNS = 2
_LOOKED_AT = 100_000  # characters
_LONGEST_ADDRESS = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """What a line holds: text, and what its markup said it is.

    `picture` is set where it was an image and nothing else: the text is what describes it.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    picture: bool = False


def is_markdown(text: str) -> bool:
    """Whether a dump is Markdown: it has links or images, or several headings or bold words."""
    sample = text[:_LOOKED_AT]
    if "](" in sample and (_LINK.search(sample) or _IMAGE.search(sample)):
        return True
    if "# " not in sample and "#\t" not in sample and "**" not in sample:
        return False
    return len(list(islice(_SIGNS.finditer(sample), _LEAST_SIGNS))) == _LEAST_SIGNS


def has_numbered_links(text: str) -> bool:
    """Whether a dump ends in the numbered list of its links' addresses."""
    return is_numbered_address(text.rstrip()[-_LONGEST_ADDRESS:].rpartition("\n")[2])


def is_numbered_address(line: str) -> bool:
    """Whether a line is of such a list: "12. https://example.org/"."""
    return _NUMBERED_ADDRESS.match(line.strip()) is not None


def without_link_numbers(line: str) -> str:
    """Return a line of such a dump without the numbers of its links: "[12]Sport"."""
    return _LINK_NUMBER.sub("", line)


def without_markup(line: str, markdown: bool) -> list[Piece]:
    """Return what a line holds, without markup: several pieces where tags parted it."""
    if "<" in line and ">" in line:
        line = _without_tags(line)
    pieces = [_piece(part, markdown) for part in line.split("\n")]
    return [piece for piece in pieces if piece is not None]


def _piece(line: str, markdown: bool) -> Piece | None:
    text = line.strip()
    if "](" in text:
        image = _IMAGE.fullmatch(text) or _linked_image(text)
        if image is not None:
            return Piece(_without_references(image[1]), Kind.CAPTION, picture=True)
        text = _without_links(text)
    if "[" in text and "://" in text:
        text = _BRACKETED.sub("", text).strip() or text
    if not markdown:
        return Piece(_without_references(text))
    if _RULE.fullmatch(text) is not None:
        return None
    kind, level = Kind.PARAGRAPH, 0
    quote = _QUOTE.match(text)
    if quote is not None:
        kind, text = Kind.QUOTE, text[quote.end() :]
    bullet = _BULLET.match(text)
    heading = _HEADING.match(text)
    if bullet is not None:
        kind, text = Kind.ITEM, text[bullet.end() :]
    elif heading is not None:
        kind, level, text = Kind.HEADING, len(heading[1]), _without_closing(text[heading.end() :])
    elif text.startswith("|") and text.endswith("|"):
        text = text.strip("| \t")
    return Piece(_without_references(_without_emphasis(text)), kind, level)


def _without_tags(line: str) -> str:
    """Take known tags off; those of blocks part the line."""
    line = _AUTOLINK.sub(r"\1", line)
    return _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", line))


def _linked_image(text: str) -> re.Match[str] | None:
    """Match an image that is a link and nothing else: [![alt](source)](target)."""
    if not text.startswith("[!["):
        return None
    image = _IMAGE.match(text, 1)
    return image if image is not None and _LINK_END.fullmatch(text, image.end()) else None


def _without_closing(heading: str) -> str:
    """Take the number signs off that may close a heading."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else heading


def _without_links(text: str) -> str:
    """Replace links by their text, and images by nothing."""
    return _EMPTY_LINK.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))


def _without_references(text: str) -> str:
    """Replace character references by the characters they stand for."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)


def _without_emphasis(text: str) -> str:
    """Take the marks of bold, italic and code off, and backslashes from what they protect."""
    if "*" in text or "_" in text:
        text = _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
