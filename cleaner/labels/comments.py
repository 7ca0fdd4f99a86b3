"""Readers' comments below the text of a dump; those of a page stand in boxes of their own."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.labels.draft import Draft

__all__ = ["label_comments"]

_HEADING, _BELOW = "comments-heading", "below-comments"  # rules
_TEXT_ABOVE = 3  # paragraphs: above the text, what heads comments is a button
_MOST_BELOW = 0.5  # of the paragraphs above: where there are more, they may be of the text


def label_comments(draft: Draft) -> None:
    """Remove what stands below the line that heads the comments on the article."""
    if draft.page.document != "text":
        return
    headings = [
        index
        for index, block in enumerate(draft.blocks)
        if block.reason is Reason.COMMENTS and block.rule.startswith(_HEADING)
    ]
    if not headings:
        return
    prose = [index for index, block in draft.kept() if is_prose(block.text)]
    heading = next((i for i in headings if _is_below_text(prose, i)), len(draft.blocks))
    for index, _ in draft.unnamed():
        if index > heading:
            draft.remove(index, Reason.COMMENTS, _BELOW)


def _is_below_text(prose: Sequence[int], heading: int) -> bool:
    """Whether a line stands below the text: below most paragraphs, the lines of which are given."""
    above = bisect(prose, heading)
    return above >= _TEXT_ABOVE and len(prose) - above <= _MOST_BELOW * above
