"""Where a byline can stand: around the headline and below the text, in the article's boxes."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from cleaner.labels.front import headline_at
from cleaner.page import told_upwards
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from cleaner.page import Block, Box, Page

__all__ = ["LONGEST_SIGNATURE", "Own", "end_of_text", "is_marked"]

_ABOVE, _BELOW = 4, 25  # blocks around the headline in which a byline stands
LONGEST_SIGNATURE = 60
_BELOW_END = 8  # blocks past the end of the text
_BYLINE_CLASS = re.compile(
    r"(?<![a-z])(?:authors?|byline|by-line|writers?|autor\w*|auteur\w*|signature|firma|reporters?"
    r"|journalists?|contributors?|redakt\w*|author\w*|byline\w*|vcard|writ(?:e|ten)-?by)(?![a-z])"
    r"|(?-i:(?<=[a-z])(?:Author|Byline|Writer))",
    re.IGNORECASE,
)
# Whom a quotation or a picture is by, and what else is said of authors.
_NOT_OF_AUTHORS = re.compile(
    r"quot|image|photo|foto|picture|caption|location|comment|descri|categor|(?<![a-z])tags?(?![a-z])"
    r"|author[-_]?titl|(?<![a-z])bio(?![a-z])",
    re.IGNORECASE,
)
_OTHERS_CLASS = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|popular|trending|latest|teasers?|cards?|comments?|commenti"
    r"|commentaires?|kommentare?|comentarios?|reacties|reactions)(?![a-z])",
    re.IGNORECASE,
)
_WITHIN = 3  # boxes around a block whose classes may say that it is a byline


def _top(page: Page) -> int:
    """Return the index of the headline, or of the first block of the text."""
    title = headline_at(page)
    return title if title is not None else next((i for i, b in enumerate(page.blocks) if b.kept), 0)


def end_of_text(page: Page) -> list[Block]:
    """Return the short blocks right at or below the end of the text."""
    last = max((i for i, b in enumerate(page.blocks) if b.kept), default=-1)
    if last < 0:
        return []
    blocks = page.blocks[max(0, last - 1) : last + _BELOW_END]
    return [block for block in blocks if len(block.text) <= LONGEST_SIGNATURE]


class Own:
    """The boxes that the headline stands in, and the articles that the text stands in.

    `top` is the index of the headline, or of the first block of the text.
    """

    def __init__(self, page: Page):
        self._page = page
        self.top = _top(page)
        boxes = _boxes(page.blocks[self.top]) if page.blocks else []
        self._in_article = any(box.tag == "article" for box in boxes)
        # And what `holds` found of other boxes.
        self._held: dict[Box | None, bool | None] = dict.fromkeys((None, *boxes), True)
        first = next((block for block in page.blocks if block.kept and is_prose(block.text)), None)
        if first is not None and self._in_article:
            self._held.update((box, True) for box in _boxes(first) if box.tag == "article")

    def holds(self, block: Block) -> bool:
        """Whether no box outside of these says that it holds something else than the article."""
        if block.markup is None:
            return True
        return told_upwards(block.markup.box, self._held, self._is_no_other) is True

    def _is_no_other(self, box: Box) -> bool | None:
        """Return False for a box that holds something else, None for one that does not say."""
        inner_article = box.tag == "article" and self._in_article
        return False if box.tag == "nav" or inner_article or _are_others(box.attributes) else None

    @cached_property
    def front(self) -> list[tuple[int, Block]]:
        """The blocks from shortly above the headline to the first paragraphs, with indexes."""
        found: list[tuple[int, Block]] = []
        prose = 0
        start = max(0, self.top - _ABOVE)
        for index, block in enumerate(self._page.blocks[start : self.top + _BELOW], start):
            prose += block.kept and is_prose(block.text)
            if prose > 1:
                break
            if self.holds(block):
                found.append((index, block))
        return found


def _boxes(block: Block) -> list[Box]:
    return [] if block.markup is None else list(block.markup.box.path())


@lru_cache(maxsize=4096)
def _are_others(attributes: str) -> bool:
    return _OTHERS_CLASS.search(attributes) is not None


@lru_cache(maxsize=4096)
def _are_byline(attributes: str) -> bool:
    if _BYLINE_CLASS.search(attributes) is None:
        return False
    return _NOT_OF_AUTHORS.search(attributes) is None


def is_marked(block: Block) -> bool:
    """Whether the classes of the elements around a block call it a byline."""
    markup = block.markup
    if markup is None:
        return False
    if _are_byline(markup.inline):
        return True
    box: Box | None = markup.box
    for _ in range(_WITHIN):
        if box is None:
            return False
        if box.tag == "address" or _are_byline(box.attributes):
            return True
        box = box.parent
    return False
