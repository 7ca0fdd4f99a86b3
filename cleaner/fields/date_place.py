"""Where the article stands on its page, to tell its date line from others'."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.labels.front import headline_at
from cleaner.page import Role, told_upwards
from cleaner.shape import is_prose
from cleaner.torn import Tears

if TYPE_CHECKING:
    from cleaner.page import Box, Page

__all__ = ["AT_END", "ELSEWHERE", "MOST_BELOW", "Place"]

AT_END = 0.4  # of the weight, for a line below the text
ELSEWHERE = 0.3  # of the weight, for the only day that stands elsewhere on the page
_BESIDE_TITLE = 8  # blocks above the headline; from there to the text <aside> is no other page's
_ABOVE, MOST_BELOW = 6, 30  # blocks around the headline in which the article's date stands
_PIECE = 60  # characters: so long a line of a torn dump is of the text
_ABOVE_TEXT = 25  # the same above the text of a dump that shows no headline
_PROSE_PASSED = 3  # paragraphs after the headline past which no date line is expected
_LAST_BLOCKS = 3  # kept blocks at the end of the text that may hold its date
_OTHERS_CLASS = re.compile(
    r"(?<![a-z])(?:comments?|comment-\w+|related|recommend\w*|sidebar|footer|popular|trending|latest"
    r"|teasers?|promos?|disqus\w*|carousel|breaking|ticker|most-?read|next-?post|prev\w*-?post"
    r"|read-?next|more-\w+)(?![a-z])",
    re.IGNORECASE,
)
# Between headline and text some systems call the line of day and author the footer of the head.
_FOOTER_CLASS = re.compile(r"(?<![a-z])footer(?![a-z])", re.IGNORECASE)
_OTHERS_TAGS = frozenset(("aside", "footer", "nav"))
# Beside the text stand other pages' dates, and sometimes the article's own in a box for it.
_BESIDE_CLASS = re.compile(r"(?<![a-z])sidebar(?![a-z])", re.IGNORECASE)
_OWN_CLASS = re.compile(r"publi(?:sh|c|é)|byline|(?<![a-z])author(?!s? ?-?posts)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _are_others(attributes: str) -> bool:
    return _OTHERS_CLASS.search(attributes) is not None


def _only_heading(page: Page) -> int | None:
    """Return the block that is the page's only heading of the first level, None for none."""
    found = [index for index, block in enumerate(page.blocks) if block.level == 1]
    return found[0] if len(found) == 1 else None


class Place:
    """Where the article stands on its page, to tell its date line from others'."""

    def __init__(self, page: Page):
        self._page = page
        blocks = page.blocks
        title = headline_at(page)
        if title is None:  # the headline is told to machines, and the page shows another
            title = _only_heading(page)
        kept = [i for i, b in enumerate(blocks) if b.kept]
        self.top = title if title is not None else (kept[0] if kept else 0)
        self._text = self._first_of_text(kept)
        if page.document == "text" and self._text > self.top + MOST_BELOW:
            self.top = self._text - 1  # the headline is the title of a whole page, far above
            title = None
        self.titled = title is not None
        untitled = page.document == "text" and title is None
        self._first = self.top - (_ABOVE_TEXT if untitled else _ABOVE)
        self._around = self._boxes(self.top)
        self._text_in = self._boxes(self._text)
        self._in_article = any(box.tag == "article" for box in self._around)
        self._end = self._front_end()
        self._bottom = kept[-1] if kept else -1
        # Of each box, in head or not, whether it holds something else; what is around does not.
        around: dict[Box | None, bool | None] = dict.fromkeys((None, *self._around), False)
        self._known = (around, around.copy())

    def _first_of_text(self, kept: list[int]) -> int:
        """Return the first kept paragraph below the headline, or piece of one, 0 for none."""
        blocks = self._page.blocks
        below = [i for i in kept if i >= self.top]
        prose = next((i for i in below if is_prose(blocks[i].text)), len(blocks))
        piece = len(blocks)
        if self._page.document == "text":
            piece = next((i for i in below if len(blocks[i].text) >= _PIECE), piece)
        # Only where a long line comes first is it worth knowing whether the dump is torn.
        first = piece if piece < prose and Tears(blocks).torn else prose
        return first if first < len(blocks) else 0

    def _boxes(self, index: int) -> set[Box]:
        if index >= len(self._page.blocks):
            return set()
        markup = self._page.blocks[index].markup
        return set() if markup is None else set(markup.box.path())

    def _is_inner_article(self, box: Box) -> bool:
        """Whether a box is another article inside this one."""
        return box.tag == "article" and self._in_article and box not in self._text_in

    def _front_end(self) -> int:
        """Return the index past which the text is under way."""
        passed = 0
        for index in range(self.top + 1, min(self.top + MOST_BELOW, len(self._page.blocks))):
            block = self._page.blocks[index]
            if is_prose(block.text) and (block.kept or block.role is Role.STANDFIRST):
                passed += 1
                if passed == _PROSE_PASSED:
                    return index
        return self.top + MOST_BELOW

    def weight(self, index: int, published: bool = False) -> float:
        """Return how likely a date at a block is the article's, 0 to 1.

        `published` says that its own line or element calls it the day of publication.
        """
        index = min(index, len(self._page.blocks) - 1)
        if self._in_others_box(index):
            if published and self._in_own_footer(index):
                return AT_END
            return ELSEWHERE if self._has_own_box_beside(index, published) else 0.0
        if self._first <= index <= self._end:
            return 1.0
        at_end = self._bottom - _LAST_BLOCKS < index <= self._bottom + _LAST_BLOCKS
        return AT_END if at_end else ELSEWHERE

    def _in_others_box(self, index: int) -> bool:
        """Whether a box that the headline is not in says that it holds something else."""
        if index < 0:
            return True
        markup = self._page.blocks[index].markup
        if markup is None:
            return False
        in_head = self.top - _BESIDE_TITLE <= index < self._text

        def is_others(box: Box) -> bool | None:
            tagged = box.tag in _OTHERS_TAGS and not in_head
            named = _FOOTER_CLASS.sub("", box.attributes) if in_head else box.attributes
            others = tagged or _are_others(named) or self._is_inner_article(box)
            return others or None  # what says nothing

        return told_upwards(markup.box, self._known[in_head], is_others) is True

    def _in_own_footer(self, index: int) -> bool:
        """Whether a block stands in the footer of the element that is the article."""
        markup = self._page.blocks[index].markup if index >= 0 else None
        for box in markup.box.path() if markup is not None else ():
            if box in self._text_in:
                return box.tag == "article" and box in self._around
            if box.tag in _OTHERS_TAGS - {"footer"}:
                return False
            if _are_others(_FOOTER_CLASS.sub("", box.attributes)):
                return False
        return False

    def _has_own_box_beside(self, index: int, published: bool) -> bool:
        """Whether a box beside the text says that a block in it is about the article."""
        markup = self._page.blocks[index].markup if index >= 0 else None
        if markup is None:
            return False
        own = published or _OWN_CLASS.search(markup.inline) is not None
        for box in markup.box.path():
            if box in self._around:
                return False
            if box.tag == "aside" or _are_others(box.attributes):
                beside = _BESIDE_CLASS.sub("", box.attributes)
                mere = box.tag == "aside" or beside != box.attributes
                return own and mere and not _are_others(beside)
            own = own or _OWN_CLASS.search(box.attributes) is not None
        return False
