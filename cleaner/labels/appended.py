"""Other articles on the page: what loads below the first one while its reader scrolls.

Each looks like the article, and is one. The page's own is the one that its headline stands in.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from cleaner.article import Caution, Reason
from cleaner.labels.draft import ABOUT_ARTICLES
from cleaner.labels.front import headline_at
from cleaner.shape import is_prose
from cleaner.titles import title_key

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Box

__all__ = ["label_appended"]

_RULE = "other-article"


def label_appended(draft: Draft) -> None:
    """Remove the articles that stand beside the one that the page's headline stands in.

    Another article has a title of its own, in the same kind of heading, and a byline or a day, in
    a box like that of the first: a section of one article has not.
    """
    page, at = draft.page, headline_at(draft.page)
    # A body from data stands in no box of the page.
    if at is None or page.document != "html" or Caution.BODY_FROM_DATA in page.warnings:
        return
    inside = _by_article(draft)
    own = next((blocks for blocks in inside if at in blocks), None)
    if own is None or len(inside) == 1 or not _has_text(draft, own):
        return
    title, level = title_key(draft.blocks[at].text), draft.blocks[at].level
    for indexes in inside:
        below = [draft.blocks[i] for i in indexes if i > at]
        titled = any(b.level == level > 0 and title_key(b.text) != title for b in below)
        signed = any(draft.blocks[i].reason in ABOUT_ARTICLES for i in indexes)
        if indexes is own or not (titled and signed):
            continue
        for i in indexes:
            if draft.blocks[i].kept:
                draft.remove(i, Reason.OUTSIDE_ARTICLE, _RULE)


def _by_article(draft: Draft) -> list[list[int]]:
    """Return the indexes of the blocks in each <article> that is in no other."""
    articles: list[Box] = []
    for box in draft.page.boxes:
        if box.tag == "article" and (not articles or box.index >= articles[-1].end):
            articles.append(box)
    starts = [box.index for box in articles]
    found: list[list[int]] = [[] for _ in articles]
    for index, block in enumerate(draft.blocks if articles else ()):
        assert block.markup is not None
        at = bisect(starts, block.markup.box.index) - 1
        if at >= 0 and block.markup.box.index < articles[at].end:
            found[at].append(index)
    return found


def _has_text(draft: Draft, blocks: list[int]) -> bool:
    return any(draft.blocks[i].kept and is_prose(draft.blocks[i].text) for i in blocks)
