"""The front of an article: which block is the headline, which the standfirst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.labels.shape import ends_sentence, is_prose, is_title_like
from cleaner.normalize import fold
from cleaner.page import Block, Kind, Role

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_front"]

_LOOKED_AT = 8  # kept lines of a dump within which its headline must stand
_LEAST_WORDS = 2
_LEAST_WORDS_OF_STANDFIRST = 4


def label_front(draft: Draft) -> None:
    """Claim the blocks of headline and standfirst."""
    find = _stated_headline if draft.page.document == "html" else _first_title
    headline = find(draft)
    if headline is None:
        return
    draft.blocks[headline].claim(Role.HEADLINE)
    standfirst = _standfirst(draft, headline)
    if standfirst is not None:
        draft.blocks[standfirst].claim(Role.STANDFIRST)


def _first_title(draft: Draft) -> int | None:
    """Return the first title-like line of a dump, if it stands before the prose."""
    for looked_at, (index, block) in enumerate(draft.kept()):
        if looked_at >= _LOOKED_AT or is_prose(block.text):
            return None
        if is_title_like(block.text) and len(block.text.split()) >= _LEAST_WORDS:
            return index
        if ends_sentence(block.text):
            return None
    return None


def _stated_headline(draft: Draft) -> int | None:
    """Return the block that says what the page states as its headline, else its only h1."""
    stated = {fold(fact.value) for fact in draft.page.stated("headline")}
    best: tuple[int, int] | None = None
    h1 = [i for i, b in enumerate(draft.blocks) if b.kind is Kind.HEADING and b.level == 1]
    for index, block in enumerate(draft.blocks):
        if len(block.text) < 3 or not (text := fold(block.text)):
            continue
        exact = text in stated
        if not exact and not (block.level and any(text in title for title in stated)):
            continue
        rank = 2 * exact + (3 if block.level == 1 else block.level > 0) + block.kept
        if best is None or rank > best[0]:
            best = (rank, index)
    if best is not None and best[0] >= 3:
        return best[1]
    return h1[0] if len(h1) == 1 else None


def _standfirst(draft: Draft, headline: int) -> int | None:
    """Return the line between headline and prose that sums the article up, None for none."""
    for index in range(headline + 1, len(draft.blocks)):
        block = draft.blocks[index]
        if not block.kept:
            continue
        copies = [i for i in _copies(draft, index) if i > index]
        if copies:
            if _no_prose_between(draft, index, copies[0]):
                # It repeats the lede, which stays.
                draft.remove(index, Reason.DUPLICATE, "lede-repeated")
                continue
            return index
        return index if _is_standfirst(block) and _prose_follows(draft, index) else None
    return None


def _copies(draft: Draft, index: int) -> list[int]:
    text = draft.blocks[index].text
    return [i for i, block in draft.kept() if i != index and block.text == text]


def _no_prose_between(draft: Draft, start: int, end: int) -> bool:
    return not any(b.kept and is_prose(b.text) for b in draft.blocks[start + 1 : end])


def _is_standfirst(block: Block) -> bool:
    return (
        not ends_sentence(block.text)
        and is_title_like(block.text)
        and len(block.text.split()) >= _LEAST_WORDS_OF_STANDFIRST
        and block.kind in (Kind.PARAGRAPH, Kind.HEADING)
    )


def _prose_follows(draft: Draft, index: int) -> bool:
    return any(b.kept and is_prose(b.text) for b in draft.blocks[index + 1 :])
