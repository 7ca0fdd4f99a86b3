"""Authors and credits: people and agencies, told apart."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cleaner.agencies import agencies_of_line, agency, agency_pattern
from cleaner.article import Reason
from cleaner.dates import find_moments, tells_of_change
from cleaner.labels.draft import UNNAMED_RULES
from cleaner.labels.front import headline_at
from cleaner.labels.headline import page_sites
from cleaner.names import (
    is_desk,
    is_given_name,
    is_group,
    is_name,
    lead_end,
    people_in,
    split_people,
)
from cleaner.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Block, Box, FactName, Page
    from cleaner.titles import Sites

__all__ = ["authors", "credits_of"]

_ORDER = ("json-ld", "meta", "byline", "bio")
_LONGEST_BYLINE = 160
_ABOVE, _BELOW = 4, 25  # blocks around the headline in which a byline stands
_BYLINE_CLASS = re.compile(
    r"(?<![a-z])(?:authors?|byline|by-line|writers?|autor\w*|auteur\w*|signature|firma|reporters?"
    r"|journalists?|contributors?|redakt\w*|author\w*|byline\w*|vcard)(?![a-z])"
    r"|(?-i:(?<=[a-z])(?:Author|Byline|Writer))",
    re.IGNORECASE,
)
# Whom a quotation or a picture is by, and what else is said of authors.
_NOT_OF_AUTHORS = re.compile(
    r"quot|image|photo|foto|picture|caption|location|comment|descri|author[-_]?titl|(?<![a-z])bio(?![a-z])",
    re.IGNORECASE,
)
_OTHERS_CLASS = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|popular|trending|latest|teasers?|comments?|cards?)(?![a-z])",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"[,|·•(]|\s[-–—]\s|\son\s")
_LONGEST_SIGNATURE = _LONGEST_ORGANISATION = 60
_BELOW_END = 8  # blocks past the end of the text
_WITHIN = 3  # boxes around a block whose classes may say that it is a byline
_NEAR_DAY = 10  # blocks below the headline in which a name next to the day is the author's
_DAYS: tuple[FactName, ...] = ("date", "modified")
_UNTOLD = (Reason.OUTSIDE_ARTICLE, Reason.BYLINE)
_WORD = re.compile(r"\w+")
_MARKS_OF_A_CLOSING = frozenset("([©")
_DATELINE_WITHIN = 90  # characters at the start of the text
_AND_PLACE = re.compile(r"\A[A-Z][\w ]+, [A-Z][A-Z ]+\Z")  # "AFP, MANILA", as bylines of wires
_BEHIND_A_DAY = " ,|·•–—-"
# 〔記者王小明／台北報導〕, 新华社北京1月1日电（记者张三、李四）
_HAN = "[\u4e00-\u9fff]"
_REPORTERS = re.compile(
    rf"[〔【（(\[](?:[^〔【（(\[〕】）)\]]{{0,12}})(?:記者|记者)\s?"
    rf"({_HAN}{{2,4}}(?:[、\s]{_HAN}{{2,4}}){{0,5}})\s?[／/〕】）)\]]"
)


def authors(page: Page, url: str | None = None) -> tuple[tuple[str, ...], str | None]:
    """Return the people named as authors by the most credible statement, and its kind.

    A byline that names them all and more is fuller, and more credible still. Where no person is
    named and no agency credited, what signs is the organisation stated as author.
    """
    sites = page_sites(page, url)
    for source in _ORDER:
        names: list[str] = []
        if source == "byline" and page.document == "html":
            names = _bylines(page, sites)
        names = names or _stated(page, source, sites)
        if source == "byline" and page.document == "html" and not names:
            names = _signature(page, sites) or _beside_the_day(page, sites)
        if names:
            fuller = _fuller_byline(page, names, sites) if source in ("json-ld", "meta") else []
            return (tuple(fuller), "byline") if fuller else (tuple(dict.fromkeys(names)), source)
    return _given_name(page, sites) or _organisation(page, sites)


def _given_name(page: Page, sites: Sites) -> tuple[tuple[str, ...], str] | None:
    """Return what is stated as author and may be a given name, None where nothing is."""
    for fact in page.stated("author", "json-ld", "meta"):
        name = fact.value
        if fact.detail == "group" or not is_given_name(name) or agency(name) is not None:
            continue
        if not sites.named_by(name) and not sites.is_exactly(name):
            return (name,), fact.source
    return None


def _fuller_byline(page: Page, names: list[str], sites: Sites) -> list[str]:
    """Return the people of the line that names all of `names` and more, none where none does."""
    by_line: dict[int | None, list[str]] = {}
    for fact in page.stated("author", "byline"):
        by_line.setdefault(fact.block, []).extend(_people(fact.value, sites, stated=True))
    return next((people for people in by_line.values() if set(names) < set(people)), [])


def _stated(page: Page, source: str, sites: Sites) -> list[str]:
    """Return the people that statements of one kind name."""
    facts = [f for f in page.stated("author", source) if f.detail != "group"]
    if source == "byline" and facts:
        titles = {fact.value for fact in page.stated("headline")}
        own = _Own(page, _top(page))
        facts = [
            fact
            for fact in facts
            if fact.value not in titles
            and (fact.block is None or own.holds(page.blocks[fact.block]))
        ]
    people = (name for fact in facts for name in _people(fact.value, sites, stated=True))
    return list(dict.fromkeys(people))


def _organisation(page: Page, sites: Sites) -> tuple[tuple[str, ...], str | None]:
    """Return the organisation stated as author, the site's own or another; no desk, no agency."""
    for fact in page.stated("author", "json-ld", "meta"):
        name = fact.value
        if fact.detail != "group" and not sites.is_exactly(name):
            continue
        address = "@" in name or "://" in name
        if len(name) <= _LONGEST_ORGANISATION and not address and not is_desk(name):
            return ((), None) if credits_of(page) else ((name,), fact.source)
    own = _site_byline(page, sites) if page.document == "html" else None
    return ((), None) if own is None or credits_of(page) else ((own,), "byline")


def _site_byline(page: Page, sites: Sites) -> str | None:
    """Return what a line that says "By" calls the site: its name or its initials."""
    for _, block in _front(page):
        end = lead_end(block.text) if len(block.text) <= _LONGEST_BYLINE else 0
        if end == 0:
            continue
        name = _NAME_ENDS.split(block.text[end:], maxsplit=1)[0].strip()
        if sites.is_exactly(name) or sites.abbreviated_by(name):
            return name
    return None


def _people(text: str, sites: Sites, stated: bool) -> list[str]:
    return [
        name
        for name in people_in(text, stated)
        if not sites.is_exactly(name) and not _holds_site(name, sites) and not is_group(name)
        and agency(name) is None
    ]  # fmt: skip


def _holds_site(name: str, sites: Sites) -> bool:
    """Whether a name is made of the site's: "Daily Post Online", "dailypost.com developer"."""
    return sites.begins(name) or (not is_name(name) and sites.named_by(name))


def _bylines(page: Page, sites: Sites) -> list[str]:
    """Return the people named in the lines around the headline of an HTML page, or at its end.

    A line that says "By" tells most, then one in an element that is called a byline, then one
    that is made of names and stands where a byline would.
    """
    marked: list[str] = []
    led: list[str] = []
    alone: list[str] = []
    begun = False  # the text: a name in it is a subhead
    for _, block in _front(page):
        text = block.text
        begun = begun or (block.kept and is_prose(text))
        leads = _begins_byline(text) if len(text) <= _LONGEST_BYLINE else False
        if len(text) > _LONGEST_BYLINE or (ends_sentence(text) and not leads):
            continue
        if block.reason is Reason.MEDIA_CAPTION and block.rule not in UNNAMED_RULES:
            continue
        if leads:
            led += [n for n in _people(text, sites, stated=False) if n not in led]
        elif _is_marked(block):
            marked += [n for n in _people(text, sites, stated=False) if n not in marked]
        elif not (alone or begun) and _may_be_byline(block):
            alone = _only_people(text, sites)
    if led:
        return led
    if marked or alone:
        written = _Written(page)
        marked = [name for name in marked if not written.small(name)]
        # A place or a topic is what the text is about.
        alone = [name for name in alone if not marked and not written.about(name)]
    return marked or alone or _dateline_names(page, sites) or _closing_byline(page, sites)


def _begins_byline(text: str) -> bool:
    """Whether a line says "By", perhaps behind the day."""
    if lead_end(text):
        return True
    days = find_moments(text, "dmy")
    return bool(days) and lead_end(text[days[-1].end :].lstrip(_BEHIND_A_DAY)) > 0


def _dateline_names(page: Page, sites: Sites) -> list[str]:
    """Return the reporters whom a Chinese text names in brackets, in front or at its end."""
    body = page.kept()
    first = next((block.text for block in body if is_prose(block.text)), "")
    last = body[-1].text if body else ""
    for text in (first[:_DATELINE_WITHIN], last[-_DATELINE_WITHIN:]):
        match = _REPORTERS.search(text)
        if match is not None:
            return _people(match[1], sites, stated=False)
    return []


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


def _may_be_byline(block: Block) -> bool:
    """Whether a line of names in front, unmarked, is no link or heading to something else."""
    if block.level or block.markup is None:
        return False
    moments = find_moments(block.text, "dmy")
    if moments:
        return not tells_of_change(block.text[: moments[0].start])
    return (block.kept or block.markup.bold > 0) and not block.markup.links


def _closing_byline(page: Page, sites: Sites) -> list[str]:
    """Return the people named in a line that says "By" right at or below the end of the text."""
    own = _Own(page, _top(page))
    for block in _end(page):
        if lead_end(block.text) and own.holds(block):
            names = _people(block.text, sites, stated=False)
            if names:
                return names
    return []


def _signature(page: Page, sites: Sites) -> list[str]:
    """Return the people alone in an element below the text that is called a byline."""
    own = _Own(page, _top(page))
    for block in _end(page):
        if not block.kept and _is_marked(block) and own.holds(block):
            names = _only_people(block.text, sites)
            if names:
                return names
    return []


def _end(page: Page) -> list[Block]:
    """Return the short blocks right at or below the end of the text."""
    last = max((i for i, b in enumerate(page.blocks) if b.kept), default=-1)
    if last < 0:
        return []
    blocks = page.blocks[max(0, last - 1) : last + _BELOW_END]
    return [block for block in blocks if len(block.text) <= _LONGEST_SIGNATURE]


def _beside_the_day(page: Page, sites: Sites) -> list[str]:
    """Return the people alone on a line under the headline, next to the day, linked or not.

    A topic may stand there too.
    """
    dated = {fact.block for name in _DAYS for fact in page.stated(name, "text", "time")}
    top = _top(page)
    for index, block in _front(page):
        near = top < index <= top + _NEAR_DAY and len(block.text) <= _LONGEST_SIGNATURE
        if not near or block.level or not (block.kept or block.reason in _UNTOLD):
            continue
        if dated.isdisjoint((index - 2, index - 1, index + 1, index + 2)):
            continue
        names = _only_people(block.text, sites)
        if names:
            written = _Written(page)
            shouted = any(name.isupper() for name in names)  # a button
            return [] if shouted or any(map(written.about, names)) else names
    return []


def _top(page: Page) -> int:
    """Return the index of the headline, or of the first block of the text."""
    title = headline_at(page)
    return title if title is not None else next((i for i, b in enumerate(page.blocks) if b.kept), 0)


def _front(page: Page) -> Iterator[tuple[int, Block]]:
    """Yield the blocks from shortly above the headline to the first paragraphs, with indexes."""
    prose = 0
    top = _top(page)
    own = _Own(page, top)
    start = max(0, top - _ABOVE)
    for index, block in enumerate(page.blocks[start : top + _BELOW], start):
        prose += block.kept and is_prose(block.text)
        if prose > 1:
            return
        if own.holds(block):
            yield index, block


class _Own:
    """The boxes that the headline stands in, and the articles that the text stands in."""

    def __init__(self, page: Page, top: int):
        self._boxes = _boxes(page.blocks[top]) if page.blocks else set()
        self._in_article = any(box.tag == "article" for box in self._boxes)
        first = next((block for block in page.blocks if block.kept and is_prose(block.text)), None)
        if first is not None and self._in_article:
            self._boxes |= {box for box in _boxes(first) if box.tag == "article"}

    def holds(self, block: Block) -> bool:
        """Whether no box outside of these says that it holds something else than the article."""
        if block.markup is None:
            return True
        for box in block.markup.box.path():
            if box in self._boxes:
                return True
            inner_article = box.tag == "article" and self._in_article
            if box.tag == "nav" or inner_article or _are_others(box.attributes):
                return False
        return True


def _boxes(block: Block) -> set[Box]:
    return set() if block.markup is None else set(block.markup.box.path())


@lru_cache(maxsize=4096)
def _are_others(attributes: str) -> bool:
    return _OTHERS_CLASS.search(attributes) is not None


@lru_cache(maxsize=4096)
def _are_byline(attributes: str) -> bool:
    if _BYLINE_CLASS.search(attributes) is None:
        return False
    return _NOT_OF_AUTHORS.search(attributes) is None


def _is_marked(block: Block) -> bool:
    """Whether the classes of the elements around a block call it a byline."""
    markup = block.markup
    if markup is None:
        return False
    if _are_byline(markup.inline):
        return True
    for distance, box in enumerate(markup.box.path()):
        if distance == _WITHIN:
            return False
        if box.tag == "address" or _are_byline(box.attributes):
            return True
    return False


def _only_people(text: str, sites: Sites) -> list[str]:
    """Return the people of a line that is names and no more, apart from the day, none of others."""
    names = _people(text, sites, stated=False)
    letters = sum(char.isalpha() for name in names for char in name)
    day = re.search(r"\d", text)
    rest = text[: day.start()] if day is not None else text
    if not names or not all(map(is_name, names)):
        return []
    return names if letters >= 0.85 * sum(char.isalpha() for char in rest) else []


def credits_of(page: Page) -> tuple[str, ...]:
    """Return the agencies and contributors that the page credits, in order of appearance."""
    names = [fact.value for fact in page.stated("credit")]
    for fact in page.stated("author"):
        names += _agencies_in(fact.value)
    for _, block in _front(page) if page.document == "html" else ():
        text = block.text
        if len(text) <= _LONGEST_BYLINE and (
            lead_end(text) or _is_marked(block) or _AND_PLACE.search(text) is not None
        ):
            names += _agencies_in(text[lead_end(text) :])
    credit = Reason.CREDIT
    for block in page.blocks:
        if block.reason is credit and len(block.text) <= _LONGEST_BYLINE:
            names += (source.name for source in agencies_of_line(block.text) if not source.images)
    names += _agencies_of_text(page)
    return tuple(dict.fromkeys(names))


def _agencies_in(text: str) -> Iterator[str]:
    for part in split_people(text):
        source = agency(part)
        if source is not None and not source.images:
            yield source.name


@cache
def _dateline() -> re.Pattern[str]:
    """Match "OTTAWA (AP) —", "Berlin (dpa/lno) -", "(AFP) -" in front of a text."""
    source = agency_pattern()
    return re.compile(
        rf"[^().!?]{{0,60}}[(\[]({source})(?:[ ]?[/,][^()]{{1,40}})?[)\]][ ]?(?:[-–—:.]|\Z|(?=\w))"
    )


@cache
def _closing() -> re.Pattern[str]:
    """Match "(AFP)", "© dpa-infocom", "(dpa/lno)" at the end of a text."""
    source = agency_pattern()
    return re.compile(rf"(?:[(\[]|©[ ]?)({source})(?:[-/, ][^()]{{1,40}})?[)\]]?\.?\Z")


def _agencies_of_text(page: Page) -> Iterator[str]:
    """Yield the agencies in the dateline of the text and at its end."""
    body = page.kept()
    first = next((b for b in body if is_prose(b.text)), None)
    opening = "" if first is None else first.text[: _DATELINE_WITHIN + 60]
    if "(" in opening or "[" in opening:
        match = _dateline().match(opening)
        if match is not None:
            yield from _named(match[1])
    for block in body[-2:]:
        end = block.text[-60:]
        if not _MARKS_OF_A_CLOSING.intersection(end):
            continue
        match = _closing().search(end)
        if match is not None:
            yield from _named(match[1])


def _named(text: str) -> Iterator[str]:
    source = agency(text)
    if source is not None and not source.images:
        yield source.name
