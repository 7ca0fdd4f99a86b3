"""Other articles on the page: what loads below the first one while its reader scrolls.

Each looks like the article, and is one. The page's own is the one that its headline stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.labels.front import headline_at
from cleaner.shape import is_prose
from cleaner.titles import title_key

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block, Box

__all__ = ["label_appended"]

_RULE = "other-article"
_ABOUT_ARTICLES = frozenset((Reason.BYLINE, Reason.METADATA))


def label_appended(draft: Draft) -> None:
    """Remove the articles that stand beside the one that the page's headline stands in.

    Another article has a title of its own, in the same kind of heading, and a byline or a day, in
    a box like that of the first: a section of one article has not.
    """
    at = headline_at(draft.page)
    if at is None or draft.blocks[at].markup is None:
        return
    title, level = title_key(draft.blocks[at].text), draft.blocks[at].level
    own = _article(draft.blocks[at])
    if own is None or not _holds_text(draft, own):
        return
    others: dict[int, Box] = {}
    for block in draft.blocks[at + 1 :]:
        if block.level == level > 0 and title_key(block.text) != title:
            box = _article(block)
            if box is not None and _is_beside(box, own):
                others[box.index] = box
    for box in others.values():
        inside = [i for i, block in enumerate(draft.blocks) if _stands_in(block, box)]
        if any(draft.blocks[i].reason in _ABOUT_ARTICLES for i in inside):
            for i in inside:
                if draft.blocks[i].kept:
                    draft.remove(i, Reason.OUTSIDE_ARTICLE, _RULE)


def _holds_text(draft: Draft, box: Box) -> bool:
    return any(_stands_in(block, box) and is_prose(block.text) for _, block in draft.kept())


def _article(block: Block) -> Box | None:
    """Return the outermost <article> around a block, None for none."""
    assert block.markup is not None
    articles = [box for box in block.markup.box.path() if box.tag == "article"]
    return articles[-1] if articles else None


def _stands_in(block: Block, box: Box) -> bool:
    assert block.markup is not None
    return box.index <= block.markup.box.index < box.end


def _is_beside(one: Box, other: Box) -> bool:
    """Whether neither box holds the other."""
    return one.end <= other.index or other.end <= one.index
