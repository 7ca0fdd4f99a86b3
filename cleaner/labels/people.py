"""Who wrote it: bylines, biographies, the credits of agencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.agencies import agency
from cleaner.article import Reason
from cleaner.labels.shape import ends_sentence, is_prose
from cleaner.names import NAME, is_name, split_people
from cleaner.page import Fact
from cleaner.rules import Line

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_people"]

_LONGEST_BYLINE = 160
_LONGEST_ROLE = 100
_SUBJECT = re.compile(rf"({NAME})[, ]")
_LOOKED_AT_IN_BIO = 200
_LINES_ABOVE_BIO = 3


def label_people(draft: Draft) -> None:
    """Remove bylines, biographies and credits, noting whom they name."""
    _label_credits(draft)
    _label_bylines(draft)
    _label_bios(draft)


def _label_credits(draft: Draft) -> None:
    """Remove "With files from …" and lines that are an agency's name and no more."""
    for index, block in draft.kept():
        if len(block.text) > _LONGEST_BYLINE:
            continue
        found = draft.rules.signal("contribution", draft.line(index))
        names = found.rest if found is not None else block.text
        people = split_people(names)
        known = [agency(person) for person in people]
        named = all(k or is_name(person) for k, person in zip(known, people, strict=True))
        if not people or not (all(known) if found is None else named or not ends_sentence(names)):
            continue
        for person, source in zip(people, known, strict=True):
            if source is None or not source.images:
                name = source.name if source is not None else person
                draft.page.facts.append(Fact("credit", name, "text"))
        draft.remove(index, Reason.CREDIT, "contribution" if found is not None else "agency")


def _label_bylines(draft: Draft) -> None:
    """Remove "By Jane Doe" and "By Jane Doe, The Canadian Press" lines."""
    for index, block in draft.kept():
        if len(block.text) > _LONGEST_BYLINE:
            continue
        found = draft.rules.signal("byline", draft.line(index))
        if found is None or not found.rest:
            continue
        people = split_people(found.rest)
        if not people or not (is_name(people[0]) or agency(people[0])):
            continue
        draft.remove(index, Reason.BYLINE, "byline")
        for person in people:
            source = agency(person)
            if source is not None:
                draft.page.facts.append(Fact("credit", source.name, "byline"))
            elif is_name(person):
                draft.page.facts.append(Fact("author", person, "byline"))


def _label_bios(draft: Draft) -> None:
    """Remove biographies: below the text, or under a line with the same name."""
    last = len(draft.blocks)
    for index in range(len(draft.blocks) - 1, -1, -1):
        block = draft.blocks[index]
        if not block.kept:
            continue
        name = _bio_subject(draft, index)
        top = _name_line(draft, index, name) if name is not None else None
        below_all = not any(b.kept and is_prose(b.text) for b in draft.blocks[index + 1 : last])
        if name is not None and (top is not None or below_all):
            for i in range(index if top is None else top, index + 1):
                if draft.blocks[i].kept:
                    draft.remove(i, Reason.AUTHOR_BIO, "bio")
            draft.page.facts.append(Fact("author", name, "bio"))
        elif draft.signals("bio-heading", index):
            _remove_headed_bio(draft, index)


def _bio_subject(draft: Draft, index: int) -> str | None:
    """Return whom a paragraph introduces ("Jane Doe is a reporter …"), None for no one."""
    text = draft.blocks[index].text
    subject = _SUBJECT.match(text)
    if subject is None or not is_name(subject[1]):
        return None
    rest = Line(text[subject.end() : subject.end() + _LOOKED_AT_IN_BIO])
    return subject[1] if draft.rules.signal("bio", rest) is not None else None


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
