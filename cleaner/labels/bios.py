"""Biographies of authors: below the text, or under a line with the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.names import NAME, is_name, may_begin_with_name
from cleaner.page import Fact
from cleaner.rules import Line
from cleaner.shape import MAIL_ADDRESS, ends_sentence, is_prose

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.rules import Rules

__all__ = ["label_bios"]

_SUBJECT = re.compile(rf"({NAME})[, ]")
_MAIL = re.compile(MAIL_ADDRESS)
_LOOKED_AT_IN_BIO = 200
_LINES_ABOVE_BIO = 3
_FEWEST_SPACES_OF_BIO = 2  # within the name, and behind it
_LONGEST_ROLE = 100


def label_bios(draft: Draft) -> None:
    """Remove biographies: below the text, or under a line with the same name."""
    headings = frozenset(draft.may_signal("bio-heading"))
    subjects = {index: _bio_subject(block.text, draft.rules) for index, block in draft.kept()}
    told = _told_of_authors(draft)
    if not headings and not told and not any(subjects.values()):
        return
    prose: list[int] = []  # kept paragraphs below, the nearest last
    for index, block in reversed(list(draft.kept())):
        if not block.kept:
            continue
        while prose and not draft.blocks[prose[-1]].kept:
            prose.pop()
        name = subjects[index] or (told.get(index) if not prose else None)
        top = _name_line(draft, index, name) if name is not None else None
        if name is not None and (top is not None or not prose or _is_told_how_to_reach(block.text)):
            for i in range(index if top is None else top, index + 1):
                if draft.blocks[i].kept:
                    draft.remove(i, Reason.AUTHOR_BIO, "bio")
            draft.page.facts.append(Fact("author", name, "bio"))
        elif index in headings and draft.signals("bio-heading", index):
            _remove_headed_bio(draft, index)
        elif is_prose(block.text):
            prose.append(index)


def _told_of_authors(draft: Draft) -> dict[int, str]:
    """Return the paragraphs that tell of an author of the article, who is a person, and of whom.

    Below the text they are biographies, even where they tell nothing of a profession.
    """
    facts = draft.page.stated("author", "byline", "json-ld")
    named = {f"{f.value} ": f.value for f in facts if f.detail != "group" and is_name(f.value)}
    begun = tuple(named)
    told: dict[int, str] = {}
    for index, block in draft.kept() if begun else ():
        if block.text.startswith(begun):
            name = next(name for start, name in named.items() if block.text.startswith(start))
            rest = Line(block.text[len(name) + 1 :][:_LOOKED_AT_IN_BIO])
            if draft.rules.signal("bio-of-author", rest) is not None:
                told[index] = name
    return told


def _bio_subject(text: str, rules: Rules) -> str | None:
    """Return whom a paragraph introduces ("Jane Doe is a reporter …"), None for no one."""
    if text.count(" ") < _FEWEST_SPACES_OF_BIO or not may_begin_with_name(text):
        return None
    subject = _SUBJECT.match(text)
    if subject is None or not is_name(subject[1]):
        return None
    rest = Line(text[subject.end() : subject.end() + _LOOKED_AT_IN_BIO])
    return subject[1] if rules.signal("bio", rest) is not None else None


def _is_told_how_to_reach(text: str) -> bool:
    """Whether a paragraph has an address of mail, as no other that introduces somebody has."""
    return "@" in text and _MAIL.search(text) is not None


def _name_line(draft: Draft, bio: int, name: str) -> int | None:
    """Return the line closely above a biography that is just the name, None for none."""
    index, looked_at = bio - 1, 0
    while index >= 0 and looked_at < _LINES_ABOVE_BIO:
        text = draft.blocks[index].text
        if text == name:
            return index
        if len(text) > _LONGEST_ROLE or ends_sentence(text):
            return None
        index, looked_at = index - 1, looked_at + 1
    return None


def _remove_headed_bio(draft: Draft, heading: int) -> None:
    """Remove "About the author" and the lines under it that no prose of the article follows."""
    draft.remove(heading, Reason.AUTHOR_BIO, "bio-heading")
    for index in range(heading + 1, min(heading + 1 + _LINES_ABOVE_BIO, len(draft.blocks))):
        block = draft.blocks[index]
        if not block.kept:
            continue
        if is_name(block.text):
            draft.page.facts.append(Fact("author", block.text, "bio"))
        elif _SUBJECT.match(block.text) is None:
            break
        draft.remove(index, Reason.AUTHOR_BIO, "bio-heading")
