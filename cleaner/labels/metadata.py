"""Lines about the article: when it was published or changed."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import changes, find_moments, tells_of_change
from cleaner.labels.draft import UNNAMED_RULES
from cleaner.names import lead_end
from cleaner.page import Fact, FactName, Kind
from cleaner.rules import Line
from cleaner.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.dates import Moment
    from cleaner.labels.draft import Draft
    from cleaner.page import Block
    from cleaner.rules import Found, Signal

__all__ = ["PARTS", "STAMP_RULES", "label_metadata"]

_LONGEST = 160
_FEWEST_DAYS, _LONGEST_DAY = 3, 40  # subheads of a timeline, characters
_DIGIT = re.compile(r"\d")
STAMP_RULES = frozenset(("published", "updated", "bare-date"))  # that remove days
_STAMPS: tuple[tuple[str, FactName], ...] = (("published", "date"), ("updated", "modified"))
# A day in a line removed for this is that of something else.
_NOT_THE_ARTICLES = frozenset(
    (Reason.MEDIA_CAPTION, Reason.RELATED_LINK, Reason.TEASER_LIST, Reason.SPONSORED,
     Reason.LEGAL, Reason.COMMENTS)
)  # fmt: skip
_MOST_LETTERS_BESIDE = 24  # of a line that is a day and little else: "Friday", "at", a place
_MOST_LETTERS_OF_A_SENTENCE = 12  # the same where it ends in a full stop: "Friday at 5 p.m."
_FRONT, _ABOVE = 12, 20  # kept lines in front or above the text, where a bare day is the article's
_PROSE_WITHIN = 15  # lines: where no paragraph follows, the text has not begun
_LONGEST_LABEL = 30  # of a line above a day that says what happened then: "Published"
PARTS = re.compile(r" [/|•·] ")  # between what a line says of the article
_UNIT = re.compile(r"\d\s?[^\W\d_]{1,4}\.\Z")  # a full stop that ends no sentence: "5 Min."


def label_metadata(draft: Draft) -> None:
    """Remove "Posted …" and "Updated …" lines and bare days in front, noting what they state.

    Other short lines with a day are noted and left alone: whether the day is the article's is
    told later, by where they stand.
    """
    is_front, timeline = _front(draft), _timeline(draft)
    for index, block in enumerate(draft.blocks):
        text = block.text
        if len(text) > _LONGEST or _DIGIT.search(text) is None:
            continue
        in_front = is_front(index)
        if block.reason in _NOT_THE_ARTICLES and not (in_front and _is_guessed(block)):
            continue
        moments = find_moments(text, "dmy")
        if block.kept and index in timeline:
            continue
        front = in_front and block.kept and index > 0
        if not moments:
            if front and block.markup is None and draft.signals("age", index):
                draft.remove(index, Reason.METADATA, "age")
        elif not _note_stamp(draft, index) and _note_day(draft, index, moments) and front:
            draft.remove(index, Reason.METADATA, "bare-date")
            if draft.blocks[index - 1].kept and _label_above(draft, index) is not None:
                draft.remove(index - 1, Reason.METADATA, "bare-date")


def _timeline(draft: Draft) -> frozenset[int]:
    """Return the subheads that are days, each over what happened then, where there are several."""
    days: dict[int, list[int]] = {}  # by level
    for index, (block, below) in enumerate(pairwise(draft.blocks)):
        if block.level <= 1 or not block.kept or below.level or not below.kept:
            continue
        if len(block.text) <= _LONGEST_DAY and find_moments(block.text, "dmy"):
            days.setdefault(block.level, []).append(index)
    return frozenset(chain(*(found for found in days.values() if len(found) >= _FEWEST_DAYS)))


def _front(draft: Draft) -> Callable[[int], bool]:
    """Return whether an index is in front: among the first kept blocks, or right above the text.

    So is what stands below a standfirst that reads like the first paragraph.
    """
    kept = [index for index, _ in draft.kept()]
    first, start, second = _first_prose([draft.blocks[index].text for index in kept])
    kept.append(len(draft.blocks))
    top = kept[min(first, _FRONT)]
    above = range(kept[max(0, start - _ABOVE)], kept[start])
    below = range(kept[start], kept[second] if start == first < _FRONT else kept[start])
    return lambda index: index < top or index in above or index in below


def _first_prose(texts: list[str]) -> tuple[int, int, int]:
    """Return the first paragraph, the first that another follows closely, and that other one.

    The end of the texts for none.
    """
    prose = (at for at, text in enumerate(texts) if is_prose(text))
    first = next(prose, len(texts))
    for above, below in pairwise(chain((first,), prose)):
        if below - above <= _PROSE_WITHIN:
            return first, above, below
    return first, first, first


def _is_guessed(block: Block) -> bool:
    """Whether a block's reason is no more than what the model makes of its boxes."""
    return block.rule in UNNAMED_RULES and block.kind is not Kind.CAPTION


def _note_stamp(draft: Draft, index: int) -> bool:
    """Note the line if a signal says that its day is that of publication or change."""
    block = draft.blocks[index]
    text = block.text
    unnamed = block.kept or block.reason is Reason.OUTSIDE_ARTICLE
    if not unnamed and not _is_guessed(block):
        return False
    for signal, name in _STAMPS:
        found = draft.signal(signal, index) or _stamp_among(draft, text, signal)
        if found is None:
            continue
        stamp = found.rest or text
        days = find_moments(stamp, "dmy")
        if not days:
            continue
        draft.page.facts.append(Fact(name, stamp, "text", signal, index))
        behind = stamp[days[0].end :]
        if len(days) > 1 and tells_of_change(behind) is (name == "date"):
            other: FactName = "modified" if name == "date" else "date"
            draft.page.facts.append(Fact(other, behind, "text", "line", index))
        if unnamed:
            draft.remove(index, Reason.METADATA, signal)
        return True
    return False


def _stamp_among(draft: Draft, text: str, signal: str) -> Found[Signal] | None:
    """Find a signal behind a name: "Jane Doe / The Banner / Updated: May 8, 2025"."""
    for mark in PARTS.finditer(text):
        if _DIGIT.search(text[: mark.start()]) is not None:
            return None  # a day of its own
        found = draft.rules.signal(signal, Line(text[mark.end() :]))
        if found is not None:
            return found
    return None


def _note_day(draft: Draft, index: int, moments: tuple[Moment, ...]) -> bool:
    """Note a line with a day; say whether it is a day and little else."""
    block = draft.blocks[index]
    text = block.text
    sentence = ends_sentence(text) and _UNIT.search(text) is None
    if sentence and any(char.isalpha() for char in text[moments[-1].end :]):
        return False
    most = _MOST_LETTERS_OF_A_SENTENCE if sentence else _MOST_LETTERS_BESIDE
    bare = _letters_beside(text, moments[0].start, moments[-1].end) <= most
    bare = (bare or _is_line_of_facts(text)) and not _is_told(text, moments)
    if not bare and block.reason in _NOT_THE_ARTICLES:
        return False
    if bare and _note_labelled(draft, index):
        return True
    for changed in sorted({changed for _, changed in changes(text, moments)}):
        fact: FactName = "modified" if changed else "date"
        draft.page.facts.append(Fact(fact, text, "text", "line" if bare else "beside", index))
    return bare


def _is_told(text: str, moments: tuple[Moment, ...]) -> bool:
    """Whether a line is a day as a sentence, as a story begins: "January 6, 2021."

    Where a full stop is within, too, all days are written so: "8. svibnja 2025.", "8.5.2025."
    """
    if moments[0].start or text[moments[-1].end :] != ".":
        return False
    return text.count(".") == 1 and ":" not in text and any(map(str.isalpha, text))


def _is_line_of_facts(text: str) -> bool:
    """Whether a line says in short parts where, by whom and when: "Banner · by Jane Doe · …"."""
    parts = PARTS.split(text)
    short = all(_letters_beside(part, 0, 0) <= _MOST_LETTERS_BESIDE for part in parts)
    return len(parts) > 1 and short and any(map(lead_end, parts))


def _note_labelled(draft: Draft, index: int) -> bool:
    """Note a bare day if the line above says what happened then."""
    label = _label_above(draft, index)
    if label is None:
        return False
    signal, name = label
    draft.page.facts.append(Fact(name, draft.blocks[index].text, "text", signal, index))
    return True


def _label_above(draft: Draft, index: int) -> tuple[str, FactName] | None:
    """Return the signal of a line above a day that says what happened then, and its fact."""
    above = draft.blocks[index - 1].text if index else ""
    if not above or len(above) > _LONGEST_LABEL or _DIGIT.search(above) is not None:
        return None
    line = Line(f"{above.rstrip(' :')}: {draft.blocks[index].text}")
    return next((stamp for stamp in _STAMPS if draft.rules.signal(stamp[0], line)), None)


def _letters_beside(text: str, start: int, end: int) -> int:
    return sum(char.isalpha() for char in text[:start] + text[end:])
