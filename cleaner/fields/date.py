"""The dates: stated, in the order of credibility; never a guess.

What a page states in JSON-LD, meta tags, <time> elements, lines of its text and its address is
gathered as evidence for days; the day with the best evidence wins. No clock is consulted: a date
is implausible by itself, or because it is after the day of capture, if that is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cleaner.article import Caution, Reason
from cleaner.dates import CLOCK, Order, changes, day, find_dates, find_moments, parse_stamp, url_day
from cleaner.fields.date_place import AT_END, ELSEWHERE, MOST_BELOW, Place
from cleaner.fields.day_order import day_order
from cleaner.labels.media import caption_day_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Fact, FactName, Page

__all__ = ["date", "date_not_before", "modified"]

# What a kind of statement counts for as evidence of the day of publication.
_HEADER, _LINKED, _META, _WEAK_META, _URL = 9.0, 3.0, 2.6, 1.2, 2.0
_TIME, _PUBLISHED_LINE, _LINE, _BESIDE = 1.6, 1.8, 1.5, 1.2
_REISSUE = 1.2  # JSON-LD that seems to give the day of the last change
_MARKED = 0.4  # more, where a class says that the element is a date
_STEP = 0.005  # less, for each block between the headline and the statement
_ENOUGH = 0.5  # less evidence than this is none
_MOST_EQUAL = 3  # more days with the same evidence are a table or a calendar
_SERIOUS = 1.4  # so much evidence for another day is a conflict
# Meta tags whose names leave open which date of the page they give.
_VAGUE = frozenset(
    ("date", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "datecreated",
     "displaydate", "published_time")
)  # fmt: skip
_RIGHT_ABOVE = 2  # blocks
_LONGEST_SHOWN = 300  # characters of a block with a time element
_NUMERIC = re.compile(r"(?<!\d)\d\d?\s?[/-]\s?\d\d?\s?[/-]\s?\d{4}")
_FIRST_YEAR, _LAST_YEAR, _FIRST_PAPER = 1990, 2100, 1700
_EPOCH = "1970-01-01"
# Days that somebody lived, or something is to happen.
_EVENT_CLASS = re.compile(r"event|birth|death|died|lifespan|deadline|expir", re.IGNORECASE)
_SPANNING = frozenset(("-", "–", "—", "to", "until", "bis", "au", "al", "a"))
_DATE_CLASS = re.compile(r"date|time|publi|posted|datum|fecha|byline|meta", re.IGNORECASE)
_SOURCES = ("dump-header", "json-ld", "meta", "time", "text", "url")


class _Evidence(NamedTuple):
    value: str
    source: str
    weight: float


def date(
    page: Page,
    url: str | None = None,
    captured: dt.date | None = None,
    place: Place | None = None,
) -> tuple[str | None, str | None]:
    """Return when the article was published and the kind of statement that says so.

    `url` is the known address; a day after `captured`, the day the page was fetched, is refused.
    `place` is where the article stands, if it is known already.
    Refusals and conflicts are noted as warnings of the page.
    """
    found = _gather(page, place or Place(page), url)
    evidence = _without_reissues(page, list(_plausible(page, found, captured)))
    evidence = _without_changes(page, evidence)
    if not evidence:
        return None, None
    days: dict[dt.date, list[_Evidence]] = defaultdict(list)
    for item in evidence:
        days[day(item.value)].append(item)
    scores = {d: _score(items) for d, items in days.items()}
    best = max(scores, key=lambda d: (scores[d], -d.toordinal()))  # of equals the first issue
    equals = sum(score == scores[best] for score in scores.values())
    if scores[best] < _ENOUGH or equals > _MOST_EQUAL:
        return None, None
    best = _as_written(days, best)
    rivals = [d for d, s in scores.items() if s >= _SERIOUS and abs(d - best).days > 1]
    if rivals and not {day(v) for v in _stated_values(page, "modified")}.issuperset(rivals):
        page.warn(Caution.DATE_CONFLICT)
    return _fullest(days[best])


def modified(
    page: Page, captured: dt.date | None = None, place: Place | None = None
) -> tuple[str | None, str | None]:
    """Return when the article was last changed, as stated, and the kind of statement."""
    if not page.stated("modified"):
        return None, None
    place = place or Place(page)
    for source in _SOURCES:
        for fact in page.stated("modified", source):
            if fact.block is not None and place.weight(fact.block) < 1:
                continue
            value = _read(fact, None)
            if value is not None and _refusal(value, captured, 1) is None:
                return value, source
    return None, None


def _without_reissues(page: Page, items: list[_Evidence]) -> list[_Evidence]:
    """Count JSON-LD less where it gives the last issue of the page for the first.

    Some systems write one day as both published and modified, or the later one as published; an
    earlier day by the headline is the day of publication then.
    """
    linked = {item.value[:10] for item in items if item.source == "json-ld"}
    seen = [i.value[:10] for i in items if i.source in ("text", "time") and i.weight >= _LINE]
    if not linked or not seen or min(seen) >= min(linked):
        return items
    changed = {value[:10] for value in _stated_values(page, "modified")}
    last = max((v[:10] for v in _stated_values(page, "modified", "json-ld")), default=None)
    if not linked <= changed and (last is None or last >= min(linked)):
        return items
    return [item._replace(weight=_REISSUE) if item.source == "json-ld" else item for item in items]


def _without_changes(page: Page, items: list[_Evidence]) -> list[_Evidence]:
    """Count less what is seen on the page where it is the day that machines are told as modified.

    Sites that show only the last change still tell machines when the article was published.
    """
    told = [day(item.value) for item in items if item.source in ("json-ld", "meta")]
    if not told:
        return items
    after = min(told) + dt.timedelta(days=1)  # zones differ
    if not any(day(i.value) > after for i in items if i.source in ("text", "time")):
        return items
    changed = {day(value) for value in _stated_values(page, "modified", "json-ld", "meta")}
    changed = {d for d in changed if d > after}.difference(told)
    return [
        item._replace(weight=ELSEWHERE * item.weight)
        if item.source in ("text", "time") and day(item.value) in changed
        else item
        for item in items
    ]


def _score(items: list[_Evidence]) -> float:
    """Return the evidence for one day: each kind of statement counts once, at its best."""
    best: dict[str, float] = {}
    for item in items:
        best[item.source] = max(best.get(item.source, 0.0), item.weight)
    return sum(best.values())


def _fullest(items: list[_Evidence]) -> tuple[str, str]:
    """Return the most credible statement of the day, one with a time and an offset if any has."""
    items = sorted(items, key=lambda i: (i.weight < _ENOUGH, _SOURCES.index(i.source)))
    first = items[0]
    timed = [i for i in items if len(i.value) > 19 and i.weight >= _ENOUGH]
    item = first if len(first.value) > 19 or not timed else timed[0]
    return item.value, item.source


def _as_written(days: dict[dt.date, list[_Evidence]], best: dt.date) -> dt.date:
    """Return the day as readers of the page see it, where machines are told it in UTC.

    "2025-12-19T02:41:41+00:00" above a visible "December 18" is the 18th: no reader saw the 19th.
    """
    if any(not item.value.endswith("+00:00") for item in days[best] if item.weight >= 1):
        return best
    hours = [int(item.value[11:13]) for item in days[best] if len(item.value) > 19]
    if not hours:
        return best
    for step in (-1, 1):
        beside = best + dt.timedelta(days=step)
        possible = min(hours) < 12 if step < 0 else max(hours) >= 10
        local = [i for i in days.get(beside, ()) if not i.value.endswith("+00:00")]
        if possible and _score(local) >= 1:
            return beside
    return best


def _plausible(page: Page, items: list[_Evidence], captured: dt.date | None) -> Iterator[_Evidence]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in items:
        kinds[item.value[:10]].add(item.source)
    for item in items:
        if _refusal(item.value, captured, len(kinds[item.value[:10]])) is None:
            yield item
        elif item.weight >= 1:
            page.warn(Caution.DATE_IMPLAUSIBLE)


def _refusal(value: str, captured: dt.date | None, kinds: int) -> str | None:
    """Say why a date cannot be that of an article on the web, None if it can."""
    if value.startswith(_EPOCH):
        return "epoch zero"
    year = int(value[:4])
    # What was printed before the web takes two witnesses; what is to come has none.
    if year > _LAST_YEAR or year < (_FIRST_YEAR if kinds < 2 else _FIRST_PAPER):
        return "outside the web's time"
    if captured is not None and (day(value) - captured).days > 1:  # zones differ
        return "after the capture"
    return None


def _gather(page: Page, place: Place, url: str | None) -> list[_Evidence]:
    stated = page.stated("date")
    order = day_order(page, url) if any(_NUMERIC.search(f.value) for f in stated) else None
    found: list[_Evidence] = []
    elsewhere: list[_Evidence] = []
    for fact in stated:
        near = 1.0
        if fact.block is not None:
            near = place.weight(fact.block, _says_published(fact))
        if _is_todays(page, fact, place):
            near *= ELSEWHERE
        value = _read(fact, order) if near > 0 else None
        if value is not None and not _shows_change(page, fact, value, order):
            weight = _weight(page, fact)
            if fact.block is not None and page.document == "text":
                weight -= _STEP * min(abs(fact.block - place.top), MOST_BELOW)
            item = _Evidence(value, fact.source, near * weight)
            sure = near == 1.0 or (near == AT_END and _says_published(fact))
            (found if sure else elsewhere).append(item)
    if len({item.value[:10] for item in elsewhere}) == 1:
        found += elsewhere
    for address in (url, *(fact.value for fact in page.stated("url", "link"))):
        value = url_day(address) if address else None
        if value is not None:
            found.append(_Evidence(value, "url", _URL))
            break
    return found


def _says_published(fact: Fact) -> bool:
    """Whether the line or the element of a day says that it is that of publication."""
    return fact.detail == "published" or (fact.source == "time" and _is_told(fact))


def _is_told(fact: Fact) -> bool:
    return "publ" in fact.detail or "entry-date" in fact.detail


def _is_todays(page: Page, fact: Fact, place: Place) -> bool:
    """Whether a day above the headline, with nothing that marks it, is more likely the edition's.

    Newspapers print the day of the visit on top of every page.
    """
    if fact.source != "text" or fact.detail == "published" or fact.block is None:
        return False
    if fact.block >= place.top or CLOCK.search(fact.value) is not None:
        return False
    if place.top - fact.block <= _RIGHT_ABOVE and (page.document == "html" or not place.titled):
        return False
    return not _is_marked(page, fact.block)


def _stated_values(page: Page, name: FactName, *sources: str) -> Iterator[str]:
    for fact in page.stated(name, *sources):
        value = _read(fact, None)
        if value is not None:
            yield value


def _read(fact: Fact, order: Order | None) -> str | None:
    if fact.source != "text":
        return parse_stamp(fact.value, order)
    moments = find_moments(fact.value, order)
    if fact.detail == "updated":
        return moments[0].value if moments else None
    # "August 16, 2019 - Updated July 9, 2025"
    told = changes(fact.value, moments)
    return next((m.value for m, changed in told if changed == (fact.name == "modified")), None)


def _shows_change(page: Page, fact: Fact, value: str, order: Order | None) -> bool:
    """Whether a time element says nothing of its kind, but the words in front of its day do."""
    if fact.source != "time" or fact.block is None or fact.block >= len(page.blocks):
        return False
    if _is_told(fact):
        return False
    text = page.blocks[fact.block].text
    if len(text) > _LONGEST_SHOWN:
        return False
    told = changes(text, find_moments(text, order))
    return {changed for m, changed in told if m.value[:10] == value[:10]} == {True}


def _weight(page: Page, fact: Fact) -> float:
    """Return what a statement of the date counts for by its kind."""
    if fact.source == "dump-header":
        return _HEADER
    if fact.source == "json-ld":
        return _LINKED
    if fact.source == "meta":
        return _WEAK_META if fact.detail in _VAGUE else _META
    if fact.source == "time":
        return _TIME + (_MARKED if "publ" in fact.detail or "entry" in fact.detail else 0)
    weight = {"published": _PUBLISHED_LINE, "line": _LINE}.get(fact.detail, _BESIDE)
    if fact.detail == "line" and _is_of_an_event(page, fact):
        return _BESIDE
    if page.document == "text" and fact.detail == "beside":
        moments = find_moments(fact.value, "dmy")
        if moments and moments[0].start == 0:
            weight = _LINE  # "5 January 2025 Updated at 16:01 4 minutes to read"
    return weight + (_MARKED if fact.block is not None and _is_marked(page, fact.block) else 0)


def _is_of_an_event(page: Page, fact: Fact) -> bool:
    """Whether a line gives the days of a life ("May 5, 1931 – March 1, 2024"), or of an event."""
    moments = find_moments(fact.value, "dmy")
    between = (fact.value[a.end : b.start].strip() for a, b in pairwise(moments))
    if any(part in _SPANNING for part in between):
        return True
    markup = page.blocks[fact.block].markup if fact.block is not None else None
    return markup is not None and _EVENT_CLASS.search(markup.box.attributes) is not None


def _is_marked(page: Page, block: int) -> bool:
    if block >= len(page.blocks):
        return False
    markup = page.blocks[block].markup
    if markup is None:
        return False
    names = f"{markup.inline} {markup.box.attributes}"
    return _DATE_CLASS.search(names) is not None and _EVENT_CLASS.search(names) is None


def date_not_before(page: Page) -> str | None:
    """Return the latest day that closes a media caption, None for none.

    What shows a video of that day was not published before it: a bound, not the date.
    """
    days = []
    caption = Reason.MEDIA_CAPTION
    for block in page.blocks:
        if block.reason is caption:
            start = caption_day_start(block.text)
            if start is not None:
                days.append(find_dates(block.text[start:])[0][0])
    return max(days).isoformat() if days else None
