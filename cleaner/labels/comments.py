"""Readers' comments below the text of a dump; those of a page stand in boxes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_comments"]

_HEADING, _BELOW = "comments-heading", "below-comments"  # rules
_TEXT_ABOVE = 3  # paragraphs: above the text, "Leave a comment" is a button


def label_comments(draft: Draft) -> None:
    """Remove what stands below the line that heads the comments on the article."""
    if draft.page.document != "text":
        return
    headings = [i for i, block in enumerate(draft.blocks) if block.rule.startswith(_HEADING)]
    if not headings:
        return
    prose = [index for index, block in draft.kept() if is_prose(block.text)]
    if len(prose) < _TEXT_ABOVE:
        return
    begun = prose[_TEXT_ABOVE - 1]
    heading = next((index for index in headings if index > begun), len(draft.blocks))
    for index, _ in draft.unnamed():
        if index > heading:
            draft.remove(index, Reason.COMMENTS, _BELOW)
