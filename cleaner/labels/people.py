"""Who wrote it: bylines, signatures, the credits of agencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.agencies import agencies_of_line, agency, begins_agencies
from cleaner.article import Reason
from cleaner.dates import find_moments
from cleaner.labels.metadata import PARTS, STAMP_RULES
from cleaner.labels.name_lines import (
    LONGEST_BYLINE,
    TITLE_WITHIN,
    label_name_lines,
    remove_role,
)
from cleaner.names import (
    is_desk,
    is_name,
    joins_people,
    lead_end,
    people_in,
    split_people,
    up_to_day,
)
from cleaner.page import Fact, Kind
from cleaner.reporters import byline_names, closing_names, may_be_signed, signatories
from cleaner.shape import MAIL_ADDRESS, ends_sentence, is_prose
from cleaner.torn import goes_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.agencies import Agency
    from cleaner.labels.draft import Draft
    from cleaner.page import Block

__all__ = ["label_people"]

_DATELINE = re.compile(r"[^()]{2,60}\(([\w -]{2,40})\) ?[-–—]")
_NEXT_LABEL = re.compile(r"\s\S{1,8}?[:：]")
_OF_A_SOURCE = re.compile(r"[A-Z][\w .]{1,40}['’]s? (?=[A-Z])")  # "Banner News' Jane Doe"
# Behind a name, from where and for whom: "Jane Doe in Leeds", "Jane Doe For Banner.Com".
_WHERE = re.compile(
    r" (?:in|from|at|[Ff]or|aus|für) (?:[Tt]he )?[A-Z][\w.'-]{1,30}"
    r"(?:(?: of)? [A-Z][\w.'-]{1,30}){0,2}"
    r"(?<!\.)(?=\Z|,| and )"
)
# Behind who wrote it: "Words: Jane Doe Photography: John Roe".
_PICTURES_BY = re.compile(
    r"[ |/•·]+(?:Photograph(?:y|s|er)|Photos?|Pictures?|Images?|Illustrations?)(?: by\b| ?:)"
)
_DASHES = " –—-|•·"  # in front of a line
_MAIL = re.compile(rf"[(<]?{MAIL_ADDRESS}[)>]?")
_NOT_IN_NAMES = re.compile(r"[@\d:]")
_SENTENCES = re.compile(r"\w{2}[.!?…][\"”’»]? \w")  # the end of one and the begin of the next
_REPORT_BY = re.compile(r"this report by (.{2,40}) was \w+ published\b", re.IGNORECASE)
# How agencies and German papers sign below the text: "(amw)", "kh/dpa".
_INITIALS = re.compile(
    r"\([a-zäöüß]{2,4}(?:[/,] ?[a-zäöüß]{2,4}){0,3}\)|[a-zäöüß]{2,4}(?:/[a-zäöüß]{2,4}){1,3}"
)
_BLOCKS_ABOVE, _BLOCKS_BELOW = 12, 4  # how far from the body those of an HTML page are its own


def label_people(draft: Draft) -> None:
    """Remove bylines, signatures and credits, noting whom they name."""
    _note_dateline(draft)
    near = _near_the_article(draft)
    for index in _of_people(draft, near):
        if not _label_credit(draft, index):
            _label_byline(draft, index)
    _note_names_of_stamps(draft)
    _label_closing_credit(draft)
    _label_closing_names(draft)
    label_name_lines(draft, near)


def _near_the_article(draft: Draft) -> list[tuple[int, Block]]:
    """Return the blocks in and around the body that no rule has named; all of a dump's."""
    kept = [index for index, _ in draft.kept()]
    if not kept:
        return []
    first, last = kept[0] - _BLOCKS_ABOVE, kept[-1] + _BLOCKS_BELOW
    return [(index, block) for index, block in draft.unnamed() if first <= index <= last]


def _of_people(draft: Draft, near: list[tuple[int, Block]]) -> Iterator[int]:
    """Yield the lines that may be a byline, a signature or a credit: few have what it takes."""
    signalled = {*draft.may_signal("byline"), *draft.may_signal("contribution")}
    for index, block in near:
        if len(block.text) <= LONGEST_BYLINE and (
            index in signalled
            or "@" in block.text
            or begins_agencies(draft.line(index).first)
            or may_be_signed(block.text)
        ):
            yield index


def _note_dateline(draft: Draft) -> None:
    """Note the agency that the text opens with ("LONDON (Reuters) - "); the text stays."""
    opening = next((block.text for _, block in draft.kept() if is_prose(block.text)), "")
    dateline = _DATELINE.match(opening)
    source = agency(dateline[1]) if dateline is not None else None
    if source is not None:
        draft.page.facts.append(Fact("credit", source.name, "text", "dateline"))


def _label_credit(draft: Draft, index: int) -> bool:
    """Remove "With files from …" and lines of agencies' names and no more; say whether it is."""
    text, line = draft.blocks[index].text, draft.line(index)
    found = draft.signal("contribution", index)
    known: list[Agency | None] = []
    if begins_agencies(line.first):  # few lines do
        known += agencies_of_line(text)
    people = [source.name for source in known if source is not None]
    if not known:
        if found is None:
            return False
        # "… contributed to this report" stands behind the names.
        names = _up_to_next(draft, found.rest) or text[: text.rfind(found.wording)]
        people = [_OF_A_SOURCE.sub("", person) for person in split_people(names)]
        known = [agency(person) for person in people]
        named = all(k or is_name(person) for k, person in zip(known, people, strict=True))
        if not people or (not named and ends_sentence(names)):
            return False
    for person, source in zip(people, known, strict=True):
        if source is None or not source.images:
            name = source.name if source is not None else person
            draft.page.facts.append(Fact("credit", name, "text"))
    draft.remove(index, Reason.CREDIT, "contribution" if found is not None else "agency")
    return True


def _up_to_next(draft: Draft, names: str) -> str:
    """Return what a label is about, up to a day or another label: "来源：新华社 作者：张三".

    An author whom that names is noted.
    """
    days = find_moments(names, "dmy")
    label = _NEXT_LABEL.search(names)
    end = min(days[0].start if days else len(names), label.start() if label else len(names))
    others = names[end:].strip()
    if lead_end(others):
        draft.page.facts += [Fact("author", name, "byline") for name in people_in(others)]
    return names[:end].strip()


def _label_closing_credit(draft: Draft) -> None:
    """Tell agencies alone below the text ("AFP/Reuters") from the credit of an image."""
    last = _last_kept(draft)
    for index in range(last + 1, min(last + 1 + _BLOCKS_BELOW, len(draft.blocks))):
        block = draft.blocks[index]
        if last < 0 or block.rule != "credited-caption" or block.kind is Kind.CAPTION:
            continue
        sources = agencies_of_line(block.text)
        if sources and not any(source.images for source in sources):
            draft.remove(index, Reason.CREDIT, "agency")
            draft.page.facts += [Fact("credit", source.name, "text") for source in sources]


def _label_closing_names(draft: Draft) -> None:
    """Remove who signs below the text: in Japanese brackets, or above the day."""
    last = _last_kept(draft)
    if last < 0:
        return
    line = draft.blocks[last].text
    if _is_bold_below(draft, last) or _is_above_the_day(draft, last):
        _remove_signed(draft, last, [line] if is_name(line) else [], "signature")
    elif _INITIALS.fullmatch(line) is not None and ends_sentence(draft.blocks[last - 1].text):
        draft.remove(last, Reason.BYLINE, "initials")
    for index in sorted({last, *draft.holding("【", "（")}):
        if draft.blocks[index].kept and (index == last or _ends_text(draft, index)):
            names = closing_names(draft.blocks[index].text)
            _remove_signed(draft, index, names, "signature")


def _is_above_the_day(draft: Draft, index: int) -> bool:
    return index + 1 < len(draft.blocks) and draft.blocks[index + 1].rule in STAMP_RULES


def _is_bold_below(draft: Draft, index: int) -> bool:
    """Whether a block is wholly bold, no heading, and right below a paragraph of the text."""
    block, above = draft.blocks[index], draft.blocks[max(0, index - 1)]
    if block.markup is None or block.level or block.markup.bold < len(block.text):
        return False
    return above.kept and is_prose(above.text)


def _ends_text(draft: Draft, index: int) -> bool:
    """Whether a line stands below a paragraph and above none: a dump may go on below its text."""
    above, below = draft.blocks[max(0, index - 1)], draft.blocks[index + 1]
    return is_prose(above.text) and not is_prose(below.text)


def _last_kept(draft: Draft) -> int:
    """Return the last block of the body, -1 for none."""
    blocks = draft.blocks
    return next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i].kept), -1)


def _label_byline(draft: Draft, index: int) -> None:
    """Remove "By Jane Doe" and "By Jane Doe, The Canadian Press", and the role below."""
    found = draft.signal("byline", index)
    if found is None:
        _label_signature(draft, index)
        return
    if not found.rest:
        _label_parted_byline(draft, index)
        return
    if _is_of_a_teaser(draft, index):
        draft.remove(index, Reason.BYLINE, "byline")
        return
    # "Jane Doe in London and John Roe; editing by Max Poe": who wrote it.
    written = _MAIL.sub(" ", _PICTURES_BY.split(found.rest.partition(";")[0], maxsplit=1)[0])
    people = split_people(_WHERE.sub("", written).rstrip(" ,|·•–-"))
    if not people or not (is_name(people[0]) or agency(people[0])):
        names = byline_names(found.rest)
        if not names and not draft.page.stated("author", "byline"):  # further down it is another's
            names = _with_offices(found.rest)
        _remove_signed(draft, index, names, "byline")
        return
    if ends_sentence(draft.blocks[index].text) and not all(is_name(p) or agency(p) for p in people):
        return  # "Author Jane Doe, from Leeds, said she would."
    draft.remove(index, Reason.BYLINE, "byline")
    remove_role(draft, index + 1)
    for person in people:
        source = agency(person)
        if source is not None:
            draft.page.facts.append(Fact("credit", source.name, "byline"))
        elif is_name(person):
            draft.page.facts.append(Fact("author", person, "byline", block=index))
    _label_further_names(draft, index + 1)


def _is_of_a_teaser(draft: Draft, index: int) -> bool:
    """Whether a byline of a dump has an age below it, and the article has one above."""
    if draft.page.document != "text" or not draft.signals("age", index + 1):
        return False
    return any((fact.name, fact.source) == ("author", "byline") for fact in draft.page.facts)


def _with_offices(text: str) -> list[str]:
    """Return the people of a byline that names their offices with no comma in front."""
    names = [] if ends_sentence(text) else people_in(text)
    if not names or not all(map(is_name, names)) or any(map(is_desk, names)):
        return []
    behind = text.partition(names[0])[2].lstrip()  # "Jane Doe in no time" is a sentence
    return names if text.startswith(names[0]) and not behind[:1].islower() else []


def _label_parted_byline(draft: Draft, index: int) -> None:
    """Remove "By" and the name on the next line: its extractor broke the line at the link."""
    names = index + 1
    if draft.page.document != "text" or names >= len(draft.blocks):
        return
    block = draft.blocks[names]
    people = split_people(block.text)
    if block.gap or not people or not all(map(is_name, people)) or _is_in_a_sentence(draft, index):
        return
    draft.remove(index, Reason.BYLINE, "byline")
    _remove_signed(draft, names, people, "byline")
    _label_further_names(draft, names + 1)


def _label_further_names(draft: Draft, index: int) -> None:
    """Remove the lines of a dump that go on with a byline: "and John Roe", "and" and his name."""
    blocks = draft.blocks
    while draft.page.document == "text" and index < len(blocks):
        joint, _, rest = blocks[index].text.partition(" ")
        end = index + 1 if rest else index + 2
        people = split_people(rest or "".join(block.text for block in blocks[index + 1 : end]))
        if not joins_people(joint) or not people or not all(map(is_name, people)):
            return
        _remove_signed(draft, index, people, "byline")
        draft.remove(end - 1, Reason.BYLINE, "byline")  # where the names are, if not beside "and"
        index = end


def _is_in_a_sentence(draft: Draft, by: int) -> bool:
    """Whether "by" and a name were torn out of a sentence of the text, which goes on below them."""
    below = draft.blocks[by + 2].text if by + 2 < len(draft.blocks) else ""
    if not draft.blocks[by].text[0].islower() or not below or not goes_on(below):
        return False
    above = draft.blocks[max(0, by - TITLE_WITHIN) : by]
    return any(b.kept and (is_prose(b.text) or _SENTENCES.search(b.text)) for b in above)


def _label_signature(draft: Draft, index: int) -> None:
    """Remove a name with the address of its bearer ("Jane Doe jane@example.com").

    Korean papers put what the bearer is behind the name; there the address may be missing.
    """
    text = draft.blocks[index].text
    if _remove_signed(draft, index, signatories(text), "signature"):
        return
    names, _, address = text.rpartition(" ")
    if _MAIL.fullmatch(address) is None or _NOT_IN_NAMES.search(names) is not None:
        return
    people = people_in(names.rstrip(" ,|·•/–-"))
    if all(map(is_name, people)):
        _remove_signed(draft, index, people, "signature")


def _remove_signed(draft: Draft, index: int, people: list[str], rule: str) -> bool:
    """Remove the line that names these authors, where it names any; say whether it does."""
    if not people:
        return False
    draft.remove(index, Reason.BYLINE, rule)
    draft.page.facts += [Fact("author", person, "byline", block=index) for person in people]
    return True


def _note_names_of_stamps(draft: Draft) -> None:
    """Note whom the lines name that were removed for their day ("By Jane Doe | 8 May 2020")."""
    for block in draft.blocks:
        if block.rule not in STAMP_RULES:
            continue
        report = _REPORT_BY.match(block.text)
        source = agency(report[1]) if report is not None else None
        if source is not None:
            draft.page.facts.append(Fact("credit", source.name, "text"))
        if draft.page.document != "text":
            continue
        days = find_moments(block.text, "dmy")
        if not days:
            continue
        front = up_to_day(block.text[: days[0].start].lstrip(_DASHES))
        beside = f"{front}|{block.text[days[-1].end :]}"
        start = lead_end(beside)
        for said in split_people(beside[start:]):
            led = lead_end(said)  # "The Banner · by Jane Doe · May 8, 2025"
            for part in people_in(said) if start or led else [said]:
                if is_name(part) and _is_of_an_author(draft, block, part, bool(start or led)):
                    draft.page.facts.append(Fact("author", part, "byline"))


def _is_of_an_author(draft: Draft, block: Block, name: str, led: bool) -> bool:
    """Whether a name beside a day is the author's; `led` says that "By" stands in front of it."""
    if name in draft.blocks[0].text:  # the site, in the page's title
        return False
    # Without "By" it may be a place; that of an article is named in its text.
    alone = name in PARTS.split(block.text)
    return led or (alone and not any(name in b.text for _, b in draft.kept() if is_prose(b.text)))
