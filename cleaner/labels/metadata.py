"""Lines about the article: when it was published or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import find_dates
from cleaner.page import Fact, FactName

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_metadata"]

_LONGEST = 160
_STAMPS: tuple[tuple[str, FactName], ...] = (("published", "date"), ("updated", "modified"))


def label_metadata(draft: Draft) -> None:
    """Remove "Posted …" and "Updated …" lines, noting what they state."""
    for index, block in draft.kept():
        if len(block.text) > _LONGEST or not any(char.isdigit() for char in block.text):
            continue
        for signal, fact in _STAMPS:
            found = draft.rules.signal(signal, draft.line(index))
            if found is not None and find_dates(found.rest or block.text):
                draft.page.facts.append(Fact(fact, found.rest or block.text, "text", signal))
                draft.remove(index, Reason.METADATA, signal)
                break
