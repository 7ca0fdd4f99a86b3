"""Lines about the article: when it was published or changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import find_moments, tells_of_change
from cleaner.page import Fact, FactName
from cleaner.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_metadata"]

_LONGEST = 160
_DIGIT = re.compile(r"\d")
_STAMPS: tuple[tuple[str, FactName], ...] = (("published", "date"), ("updated", "modified"))
# A day in a line removed for this is that of something else.
_NOT_THE_ARTICLES = frozenset(
    (Reason.MEDIA_CAPTION, Reason.RELATED_LINK, Reason.TEASER_LIST, Reason.SPONSORED,
     Reason.LEGAL, Reason.COMMENTS)
)  # fmt: skip
_MOST_LETTERS_BESIDE = 24  # of a line that is a day and little else: "Friday", "at", a place
_MOST_LETTERS_OF_A_SENTENCE = 12  # the same where it ends in a full stop: "Friday at 5 p.m."
_FRONT = 12  # kept lines of a dump before its text, among which a bare day is the article's


def label_metadata(draft: Draft) -> None:
    """Remove "Posted …" and "Updated …" lines and bare days in front, noting what they state.

    Other short lines with a day are noted and left alone: whether the day is the article's is
    told later, by where they stand.
    """
    in_front, kept_so_far = True, 0
    for index, block in enumerate(draft.blocks):
        text = block.text
        kept_so_far += block.kept
        if in_front and (kept_so_far > _FRONT or (block.kept and is_prose(text))):
            in_front = False
        if len(text) > _LONGEST or _DIGIT.search(text) is None:
            continue
        if block.reason in _NOT_THE_ARTICLES:
            continue
        moments = find_moments(text, "dmy")
        unnamed = block.kept or block.reason is Reason.OUTSIDE_ARTICLE
        if not moments or (unnamed and _remove_stamp(draft, index)):
            continue
        if ends_sentence(text) and any(char.isalpha() for char in text[moments[-1].end :]):
            continue
        most = _MOST_LETTERS_OF_A_SENTENCE if ends_sentence(text) else _MOST_LETTERS_BESIDE
        bare = _letters_beside(text, moments[0].start, moments[-1].end) <= most
        changed = tells_of_change(text[: moments[0].start])
        fact: FactName = "modified" if changed else "date"
        draft.page.facts.append(Fact(fact, text, "text", "line" if bare else "beside", index))
        if bare and in_front and block.kept and block.markup is None and index > 0:
            draft.remove(index, Reason.METADATA, "bare-date")


def _remove_stamp(draft: Draft, index: int) -> bool:
    """Remove the line if a signal says that its day is that of publication or change."""
    text = draft.blocks[index].text
    for signal, name in _STAMPS:
        found = draft.rules.signal(signal, draft.line(index))
        if found is not None and find_moments(found.rest or text, "dmy"):
            draft.page.facts.append(Fact(name, found.rest or text, "text", signal, index))
            draft.remove(index, Reason.METADATA, signal)
            return True
    return False


def _letters_beside(text: str, start: int, end: int) -> int:
    return sum(char.isalpha() for char in text[:start] + text[end:])
