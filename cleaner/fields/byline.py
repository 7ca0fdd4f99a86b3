"""Bylines: the lines of a page that say who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.agencies import agency
from cleaner.article import Reason
from cleaner.dates import find_moments, tells_of_change
from cleaner.fields.place import LONGEST_SIGNATURE, end_of_text, is_marked
from cleaner.labels.draft import UNNAMED_RULES
from cleaner.names import is_group, is_name, lead_end, people_in
from cleaner.reporters import byline_names, could_be_korean
from cleaner.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.fields.place import Own
    from cleaner.page import Block, FactName, Page
    from cleaner.titles import Sites

__all__ = [
    "LONGEST_BYLINE", "beside_the_day", "bylines", "marked_lines", "people_of", "signature",
    "site_byline",
]  # fmt: skip

LONGEST_BYLINE = 160
_NAME_ENDS = re.compile(r"[,|·•(]|\s[-–—]\s|\son\s")
_NEAR_DAY = 10  # blocks below the headline in which a name next to the day is the author's
_DAYS: tuple[FactName, ...] = ("date", "modified")
_UNTOLD = (Reason.OUTSIDE_ARTICLE, Reason.BYLINE)
_WORD = re.compile(r"\w+")
_DATELINE_WITHIN = 90  # characters at the start of the text
_LEAST_WITH_SITE = 2  # words: a person has two
_PLACED = re.compile(r"Reporting (?:from|in)\b")  # a place, in an element like the author's
_CATEGORIES = re.compile(r"\s(?:In|Posted in|Filed under)\s")  # "By Jane Doe In Politics, Leeds"
_BEHIND_A_DAY = " ,|·•–—-"
# 〔記者王小明／台北報導〕, 新华社北京1月1日电（记者张三、李四）
_HAN = "[\u4e00-\u9fff]"
_REPORTERS = re.compile(
    rf"[〔【（(\[](?:[^〔【（(\[〕】）)\]]{{0,12}})(?:記者|记者)\s?"
    rf"({_HAN}{{2,4}}(?:[、\s]{_HAN}{{2,4}}){{0,5}})\s?[／/〕】）)\]]"
)


def people_of(text: str, sites: Sites, stated: bool) -> list[str]:
    """Return the people of a byline: without the site, its desks, and agencies (see people_in)."""
    signed = byline_names(text) if "记者" in text or "記者" in text else []
    return [
        name
        for name in (_without_site(name, sites) for name in signed or people_in(text, stated))
        if not sites.is_exactly(name) and not _holds_site(name, sites) and not is_group(name)
        and agency(name) is None and could_be_korean(name)
    ]  # fmt: skip


def _without_site(name: str, sites: Sites) -> str:
    """Return a name without the site's in front of it or behind it: "The Banner Jane Doe"."""
    words = name.split()
    for at in range(1, len(words) if len(words) > _LEAST_WITH_SITE else 0):
        front, back = " ".join(words[:at]), " ".join(words[at:])
        if sites.is_exactly(front) and is_name(back):
            return back
        if sites.is_exactly(back) and is_name(front):
            return front
    return name


def _holds_site(name: str, sites: Sites) -> bool:
    """Whether a name is made of the site's: "Daily Post Online", "dailypost.com developer"."""
    return sites.begins(name) or (not is_name(name) and sites.named_by(name))


def bylines(page: Page, own: Own, sites: Sites) -> list[str]:
    """Return the people named in the lines around the headline of an HTML page, or at its end.

    A line that says "By" tells most, then one in an element that is called a byline, then one
    that is made of names and stands where a byline would.
    """
    marked: list[str] = []
    led: list[str] = []
    alone: list[str] = []
    begun = False  # the text: a name in it is a subhead
    for _, block in own.front:
        text = _line(block)
        begun = begun or (block.kept and is_prose(text))
        if len(text) > LONGEST_BYLINE:
            continue
        lead = _lead(text)
        if lead < 0 and (ends_sentence(text) or _PLACED.match(text) is not None):
            continue
        if block.reason is Reason.MEDIA_CAPTION and block.rule not in UNNAMED_RULES:
            continue
        if lead >= 0:
            written = _CATEGORIES.split(text[lead:], maxsplit=1)[0]
            led += [n for n in people_of(written, sites, stated=False) if n not in led]
        elif is_marked(block):
            marked += [n for n in people_of(text, sites, stated=False) if n not in marked]
        elif not (alone or begun) and _may_be_byline(block):
            alone = _only_people(text, sites)
    if led:
        return led
    if marked or alone:
        written = _Written(page)
        marked = [name for name in marked if not written.small(name)]
        # A place or a topic is what the text is about.
        alone = [name for name in alone if not marked and not written.about(name)]
    return marked or alone or _dateline_names(page, sites) or _closing_byline(page, own, sites)


def marked_lines(own: Own, sites: Sites) -> Iterator[list[str]]:
    """Yield the people of each line in front that is called a byline and is made of names."""
    for _, block in own.front:
        if len(block.text) <= LONGEST_BYLINE and is_marked(block):
            yield _only_people(_line(block), sites)


def _line(block: Block) -> str:
    """Return the text of a block with bars where elements meet: a name ends there."""
    return block.text if block.markup is None else block.markup.apart or block.text


def _lead(text: str) -> int:
    """Return where a line says "By", at its start or behind the day, -1 for nowhere."""
    led = text.lstrip(_BEHIND_A_DAY)  # "— Written by Jane Doe"
    if lead_end(led):
        return len(text) - len(led)
    days = find_moments(text, "dmy")
    if not days:
        return -1
    behind = text[days[-1].end :].lstrip(_BEHIND_A_DAY)
    return len(text) - len(behind) if lead_end(behind) else -1


def _may_be_byline(block: Block) -> bool:
    """Whether a line of names in front, unmarked, is no link or heading to something else."""
    if block.level or block.markup is None:
        return False
    moments = find_moments(block.text, "dmy")
    if moments:
        return not tells_of_change(block.text[: moments[0].start])
    return (block.kept or block.markup.bold > 0) and not block.markup.links


class _Written:
    """The words of the text as they are written there: those of a name have capitals."""

    def __init__(self, page: Page):
        self._text = "\n".join(block.text for block in page.kept() if is_prose(block.text))
        self._words = frozenset(_WORD.findall(self._text))

    def small(self, name: str) -> bool:
        """Whether every word of `name` is a word like others in the text: it is a phrase."""
        return self._words.issuperset(_WORD.findall(name.lower()))

    def about(self, name: str) -> bool:
        """Whether the text speaks of `name`, or has a word of it in small letters."""
        if not self._words.isdisjoint(_WORD.findall(name.lower())):
            return True
        return name.lower() in self._text.lower()


def _dateline_names(page: Page, sites: Sites) -> list[str]:
    """Return the reporters whom a Chinese text names in brackets, in front or at its end."""
    body = page.kept()
    first = next((block.text for block in body if is_prose(block.text)), "")
    last = body[-1].text if body else ""
    for text in (first[:_DATELINE_WITHIN], last[-_DATELINE_WITHIN:]):
        match = _REPORTERS.search(text)
        if match is not None:
            return people_of(match[1], sites, stated=False)
    return []


def _closing_byline(page: Page, own: Own, sites: Sites) -> list[str]:
    """Return the people named in a line that says "By" right at or below the end of the text."""
    for block in end_of_text(page):
        if lead_end(block.text) and own.holds(block):
            names = people_of(_line(block), sites, stated=False)
            if names:
                return names
    return []


def signature(page: Page, own: Own, sites: Sites) -> list[str]:
    """Return the people alone in an element below the text that is called a byline."""
    for block in end_of_text(page):
        if not block.kept and is_marked(block) and own.holds(block):
            names = _only_people(_line(block), sites)
            if names:
                return names
    return []


def beside_the_day(page: Page, own: Own, sites: Sites) -> list[str]:
    """Return the people alone on a line under the headline, next to the day, linked or not.

    A topic may stand there too.
    """
    dated = {fact.block for name in _DAYS for fact in page.stated(name, "text", "time")}
    for index, block in own.front:
        near = own.top < index <= own.top + _NEAR_DAY and len(block.text) <= LONGEST_SIGNATURE
        if not near or block.level or not (block.kept or block.reason in _UNTOLD):
            continue
        if dated.isdisjoint((index - 2, index - 1, index + 1, index + 2)):
            continue
        names = _only_people(_line(block), sites)
        if names:
            written = _Written(page)
            shouted = any(name.isupper() for name in names)  # a button
            return [] if shouted or any(map(written.about, names)) else names
    return []


def site_byline(own: Own, sites: Sites) -> str | None:
    """Return what a line that says "By" calls the site: its name or its initials."""
    for _, block in own.front:
        end = lead_end(block.text) if len(block.text) <= LONGEST_BYLINE else 0
        if end == 0:
            continue
        name = _NAME_ENDS.split(_line(block)[end:], maxsplit=1)[0].strip()
        if sites.is_exactly(name) or sites.abbreviated_by(name):
            return name
    return None


def _only_people(text: str, sites: Sites) -> list[str]:
    """Return the people of a line that is names and no more, apart from the day, none of others."""
    names = people_of(text, sites, stated=False)
    letters = sum(char.isalpha() for name in names for char in name)
    day = re.search(r"\d", text)
    rest = text[: day.start()] if day is not None else text
    if not names or not all(map(is_name, names)):
        return []
    return names if letters >= 0.85 * sum(char.isalpha() for char in rest) else []
