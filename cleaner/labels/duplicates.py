"""Text that stands twice: the headline again, a paragraph again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.normalize import fold
from cleaner.page import Role

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_duplicates"]

_LEAST = 80  # characters: shorter lines may well be said twice


def label_duplicates(draft: Draft) -> None:
    """Remove the repeated headline and the later copies of long paragraphs."""
    headline = draft.page.place_of(Role.HEADLINE)
    title = fold(draft.blocks[headline].text) if headline is not None else ""
    seen: set[str] = set()
    for index, block in draft.kept():
        # A folded text is as long as it was, and no block is empty.
        if len(block.text) == len(title) and fold(block.text) == title:
            draft.remove(index, Reason.DUPLICATE, "headline-repeated")
        elif len(block.text) >= _LEAST:
            if block.text in seen:
                draft.remove(index, Reason.DUPLICATE, "paragraph-repeated")
            seen.add(block.text)
