"""Teaser lists: a heading such as "Just Posted", and all that follows it until prose resumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.labels.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Box

__all__ = ["label_teasers"]

_SURELY_PROSE = 200  # characters: one such paragraph resumes the article by itself
# A list swallows what other passes saw in it, but not what is no part of any list.
_SWALLOWED = frozenset((Reason.MEDIA_CAPTION, Reason.RELATED_LINK, Reason.TEASER_LIST))


def label_teasers(draft: Draft) -> None:
    """Remove each list that a rule found the heading of."""
    end = -1
    for index, rule in draft.headings.items():
        draft.remove(index, rule.reason, rule.id)
        if index < end:
            continue
        end = _resumption(draft, index)
        for i in range(index + 1, end):
            block = draft.blocks[i]
            if block.kept or block.reason in _SWALLOWED:
                draft.remove(i, rule.reason, rule.id)


def _resumption(draft: Draft, heading: int) -> int:
    """Return the index of the block where the article goes on after the list under `heading`."""
    limit = _container_end(draft, heading)
    items = [i for i in range(heading + 1, limit) if draft.blocks[i].kept]
    for n, i in enumerate(items):
        if not is_prose(draft.blocks[i].text):
            continue
        following = items[n + 1] if n + 1 < len(items) else None
        surely = len(draft.blocks[i].text) >= _SURELY_PROSE
        if surely or (following is not None and is_prose(draft.blocks[following].text)):
            return _with_short_sentences(draft, items[: n + 1])
    return limit


def _with_short_sentences(draft: Draft, items: list[int]) -> int:
    """Extend resumed prose backwards over short sentences, unless summaries are in the list.

    In a list of bare titles a finished sentence before the prose belongs to the prose; in one that
    pairs titles with summaries it is the last summary.
    """
    start = len(items) - 1
    sentences = [ends_sentence(draft.blocks[i].text) for i in items]
    first = start
    while first > 0 and sentences[first - 1]:
        first -= 1
    titles = items[:first]
    pairs = any(sentences[:first])
    return items[first] if titles and not pairs and len(titles) >= 2 else items[start]


def _container_end(draft: Draft, heading: int) -> int:
    """Return the end of the list by the markup: the smallest box around heading and next block."""
    blocks = draft.blocks
    markup = blocks[heading].markup
    if markup is None or heading + 1 >= len(blocks):
        return len(blocks)
    following = blocks[heading + 1].markup
    if following is None:
        return len(blocks)
    around = set(markup.box.path())
    shared: Box | None = next((box for box in following.box.path() if box in around), None)
    end = heading + 1
    while end < len(blocks):
        inside = blocks[end].markup
        if inside is None or shared not in inside.box.path():
            break
        end += 1
    return end
