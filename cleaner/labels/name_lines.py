"""Lines above the text that are no more than the name of its author, and what that one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import find_dates
from cleaner.labels.draft import UNNAMED_RULES
from cleaner.labels.metadata import STAMP_RULES
from cleaner.names import is_group, is_name, joins_people, may_begin_with_name, people_in
from cleaner.page import Fact
from cleaner.rules import Line
from cleaner.shape import ends_sentence, is_long_title, is_prose
from cleaner.torn import goes_on

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block

__all__ = ["LONGEST_BYLINE", "TITLE_WITHIN", "label_name_lines", "remove_role"]

LONGEST_BYLINE = 160
TITLE_WITHIN = 8  # lines above a name that is the author's
_RULE = "name-line"
_MOST_ABOVE = 10  # names of a byline
_LEAST_WORDS = 2
_LONGEST_LABEL = 25
_MOST_WORDS_OF_PAPER = 5
_CREDITS = 2  # lines of images between a name and the day
_CLOCK = re.compile(r"\A\d{1,2}[.:]\d{2}(?:\s?[ap]m)?\s+")  # in front of a post's author
_BULLET = re.compile(r" [·•|] ")
_ORGANISATION = re.compile(r"\b(?:News|Press|Media|Staff|Reporter|Correspondent)\b")


def label_name_lines(draft: Draft, near: list[tuple[int, Block]]) -> None:
    """Remove lines above the text that are its author's name, where what stands beside says so.

    From below: of two authors' lines the lower one stands beside the day.
    """
    facts: list[Fact] = []
    front = _lines_in_front(near)
    places = _first_places(draft, front) if draft.page.document == "text" else {}
    for index, block in reversed(front):
        if (
            block.rule == _RULE
            or len(block.text) > LONGEST_BYLINE
            or not may_begin_with_name(block.text)
        ):
            continue
        first, *others = _BULLET.split(block.text)
        if not others and not ends_sentence(first):
            first, *others = first.split(", ", 1)  # "Jane Doe, Local Journalism Reporter"
        roles: list[str] = []
        if not others:
            first, *roles = _without_role(draft, first)
        names = first.split("/")
        if not all(map(is_name, names)) or any(map(is_group, names)):
            continue
        labelled = _is_labelled(draft, index)
        if _is_something_else(draft, index, places, labelled):
            continue
        stated = labelled or bool(roles)
        stated = stated or any(find_dates(o) or _ORGANISATION.search(o) for o in others)
        alone = not others and (_is_beside_facts(draft, index) or _is_bold_byline(draft, index))
        alone = alone and _is_below_a_title(draft, index) and not first.isupper()  # a label
        if stated or alone:
            top, parted = _names_above(draft, index)
            for i in range(top, index + 1):
                draft.remove(i, Reason.BYLINE, _RULE)
            remove_role(draft, index + 1)
            people = [*parted, *names]
            facts = [*(Fact("author", n, "byline", block=index) for n in people), *facts]
    draft.page.facts += facts
    _remove_repeated(draft)


def _names_above(draft: Draft, index: int) -> tuple[int, list[str]]:
    """Return where the names begin that an extractor parted from a name, and who they are.

    Each stands on a line of its own, and so does what joins it to the next: "and", a comma.
    """
    blocks, found = draft.blocks, list[str]()
    while draft.page.document == "text" and index > 1 and len(found) < _MOST_ABOVE:
        joint, name = blocks[index - 1].text, blocks[index - 2]
        if not (joins_people(joint) and is_name(name.text)) or is_group(name.text):
            break
        index, found = index - 2, [name.text, *found]
    return index, found


def _remove_repeated(draft: Draft) -> None:
    """Remove the further lines that are an author's name: of posts, of a signature."""
    authors = {fact.value for fact in draft.page.stated("author", "byline") if is_name(fact.value)}
    kept = list(draft.kept()) if authors else []
    again = [i for i, block in kept if _CLOCK.sub("", block.text) in authors]
    if again and any(is_name(block.text) and block.text not in authors for _, block in kept):
        return  # a list of names, or those of who speaks
    for index in again:
        if not _is_of_a_sentence(draft, index):
            draft.remove(index, Reason.BYLINE, "name-repeated")


def _is_of_a_sentence(draft: Draft, index: int) -> bool:
    """Whether a line of a dump goes on with the one above, or in the next: the text of a link."""
    blocks = draft.blocks
    if draft.page.document != "text":
        return False
    below = blocks[index + 1 : index + 2]
    if any(not block.gap and goes_on(block.text) for block in below):
        return True
    above = blocks[index - 1] if index and not blocks[index].gap else None
    return above is not None and above.kept and not ends_sentence(above.text)


def _first_places(draft: Draft, front: list[tuple[int, Block]]) -> dict[str, int]:
    """Return where each line stands first, down to the last one in front."""
    end = front[-1][0] + 1 if front else 0
    return {draft.blocks[i].text: i for i in range(end - 1, -1, -1)}


def _is_something_else(draft: Draft, index: int, places: dict[str, int], labelled: bool) -> bool:
    """Whether what looks like a name in a dump answers a label ("Topic:"), or stands above, too.

    `places` tells where lines stand first: sites say their name on top of the page and again. A
    line that is `labelled` answers the label of a byline.
    """
    if not index or not places:
        return False
    said_above = places[draft.blocks[index].text] < index
    return said_above or (draft.blocks[index - 1].text.endswith(":") and not labelled)


def _is_labelled(draft: Draft, index: int) -> bool:
    """Whether the line above says that a line of a dump is a byline: "Text:", "Jane Doe"."""
    if draft.page.document != "text" or not index:
        return False
    label, line = draft.blocks[index - 1].text, draft.blocks[index].text
    if not label.endswith(":") or len(label) > _LONGEST_LABEL:
        return False
    return draft.rules.signal("byline", Line(f"{label} {line}")) is not None


def _without_role(draft: Draft, text: str) -> list[str]:
    """Return a name and, behind it, what that one is, if so: "Jane Doe Senior Reporter"."""
    words = text.split()
    roles = (Line(" ".join(words[end:])) for end in range(_LEAST_WORDS, len(words)))
    if not any(draft.rules.signal("role", role) for role in roles):
        return [text]
    name = (people_in(text) or [text])[0]
    if name.isupper() or not text.startswith(f"{name} "):
        return [text]
    return [name, text[len(name) + 1 :]]


def _lines_in_front(near: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
    """Return the lines below the headline that no rule has named, up to the text.

    One paragraph may be a standfirst.
    """
    found: list[tuple[int, Block]] = []
    passed = 0
    for index, block in near:
        if not (block.kept or block.rule in UNNAMED_RULES):
            continue
        if is_prose(block.text):
            passed += 1
            if passed > 1:
                break
        else:
            found.append((index, block))
    return found[1:]  # the first is the headline


def _is_bold_byline(draft: Draft, index: int) -> bool:
    """Whether a line is wholly bold and right above the text, which does not speak of its names."""
    block = draft.blocks[index]
    if block.markup is None or block.markup.bold < len(block.text) or block.level:
        return False
    below = next((block.text for i, block in draft.kept() if i > index), "")
    if not is_prose(below) or any(is_prose(b.text) for i, b in draft.kept() if i < index):
        return False
    prose = [block.text for _, block in draft.kept() if is_prose(block.text)]
    return not any(name in text for text in prose for name in block.text.split("/"))


def _is_beside_facts(draft: Draft, index: int) -> bool:
    """Whether the next line is a role or an agency, or a neighbour gives the day.

    A link beside the day is as often a topic or a button.
    """
    markup = draft.blocks[index].markup
    if markup is not None and markup.links:
        return False
    above, below = draft.blocks[max(0, index - 1)], _below_images(draft, index)
    return (
        draft.signals("role", index + 1)
        or below.rule in ("agency", _RULE)
        or (above.rule in STAMP_RULES and not _is_of_an_image(draft, index))
        or below.rule in STAMP_RULES
        or _is_above_source_and_day(draft, index)
    )


def _is_of_an_image(draft: Draft, index: int) -> bool:
    """Whether the credit of an image stands right below a name: it says whom the image shows."""
    below = draft.blocks[index + 1 : index + 2]
    return any(block.reason is Reason.MEDIA_CAPTION for block in below)


def _is_above_source_and_day(draft: Draft, index: int) -> bool:
    """Whether a place of one word, or the name of a paper, and a day stand below another line."""
    below = draft.blocks[index + 1 : index + 3]
    if len(below) < 2 or below[1].rule not in STAMP_RULES:
        return False
    text = below[0].text
    if text.count(" ") >= _MOST_WORDS_OF_PAPER or ends_sentence(text):
        return False
    return " " not in text or text.startswith("The ") or is_group(text)


def _is_below_a_title(draft: Draft, index: int) -> bool:
    """Whether a line of a dump stands closely below one that may be a headline, not in a menu."""
    if draft.page.document != "text":
        return True
    above = draft.blocks[max(0, index - TITLE_WITHIN) : index]
    return any(is_long_title(block.text) for block in above)


def _below_images(draft: Draft, index: int) -> Block:
    """Return the next block that belongs to no image: their credits stand between name and day."""
    below = draft.blocks[index + 1 : index + 2 + _CREDITS]
    others = (block for block in below if block.reason is not Reason.MEDIA_CAPTION)
    return next(others, draft.blocks[index])


def remove_role(draft: Draft, index: int) -> None:
    """Remove the line under a byline that says what its author is."""
    if draft.signals("role", index) and not ends_sentence(draft.blocks[index].text):
        draft.remove(index, Reason.BYLINE, "role")
