"""What stands below the text of a dump: readers' comments. Those of a page have their own boxes."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from cleaner.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.labels.draft import Draft

__all__ = ["label_rest"]

_TEXT_ABOVE = 3  # paragraphs: above the text, what heads comments is a button
_MOST_BELOW = 0.5  # of the paragraphs above: where there are more, they may be of the text


def label_rest(draft: Draft) -> None:
    """Remove what stands below the first line that a rule says the article ends above.

    That is, of those lines, the first that stands below most of the text.
    """
    if draft.page.document != "text" or not draft.ends:
        return
    prose = [index for index, block in draft.kept() if is_prose(block.text)]
    end = next((index for index in draft.ends if _is_below_text(prose, index)), None)
    if end is None:
        return
    rule = draft.ends[end]
    for index, _ in draft.unnamed():
        if index > end:
            draft.remove(index, rule.reason, rule.id)


def _is_below_text(prose: Sequence[int], end: int) -> bool:
    """Whether a line stands below the text: below most paragraphs, the lines of which are given."""
    above = bisect(prose, end)
    return above >= _TEXT_ABOVE and len(prose) - above <= _MOST_BELOW * above
