"""The headline: the statements of it that a page makes, weighed against each other.

JSON-LD, meta tags, the page's title and its headings each have their own ways of being wrong: a
site's name at an end, a section in front, words cut off, an older wording. What several of them
agree on is the headline; where they differ, the better kinds of statement count for more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.dates import find_dates
from cleaner.shape import is_long_title, is_prose
from cleaner.titles import Sites, is_cut_short, plain_title, title_key, variants, without_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.labels.draft import Draft
    from cleaner.page import Page

__all__ = ["Headline", "page_sites", "site_names", "weigh"]

# What a kind of statement counts for. What matters is which sums outweigh which: a heading over
# the text stands against all the others together, and of those no one stands against two.
_WEIGHTS = {"heading": 7.0, "json-ld": 2.0, "og": 2.2, "twitter": 0.8, "title": 1.4, "meta": 0.6}
_FAR_HEADING = 1.2  # a heading that does not stand over the text, or shares no word with the rest
_LATER_HEADING = 0.3  # a lesser heading, heard only for what others say too
_SHORTENED = 0.9  # a statement that trails off, for the candidate that it begins
_LONGEST = 300  # characters
_LONGEST_SITE = 100
_MOST_SITES = 40
_WORDS_OF_SITE = 5  # a longer name that is also the title is the title
_MOST_HEADINGS = 40
_MOST_STATED = 40  # every statement is compared with every other
_OVER_TEXT_WITHIN = 200  # blocks between a headline and the text, at most
_SHARED = 0.2  # of a heading's words: fewer in common with every other statement make it doubtful
_WORDS_OF_KICKER = 2
_BELOW_WITHIN = 3  # blocks from a heading to the headline that it is only the topic of
_SECTION = re.compile(r"[-|｜_]\w{1,12}\Z")  # set apart by no space, behind a title
_NEWS = "NewsArticle"


@dataclass(frozen=True, slots=True)
class Headline:
    """A weighed headline: its text and the kind of statement it is from.

    `block` is where the page shows it, `other` the heading over the text that has another wording.
    """

    text: str
    source: str
    block: int | None
    other: int | None = None


@dataclass(slots=True)
class _Statement:
    """One statement of the headline, with what comparing it needs."""

    kind: str
    text: str
    weight: float
    block: int | None = None
    key: str = field(init=False)
    parts: Mapping[str, str] = field(init=False)  # key → text

    def __post_init__(self) -> None:
        self.key = _key(self.text)
        self.parts = _parts(self.text)


@lru_cache(maxsize=64)  # statements of one page often are the same
def _parts(text: str) -> Mapping[str, str]:
    return {_key(part): part for part in variants(text)}


def _key(text: str) -> str:
    # Without spaces, so that a kicker glued to the headline's first word is no difference.
    return title_key(text).replace(" ", "")


def page_sites(page: Page, url: str | None = None) -> Sites:
    """Return the names of the site that `page` is from, as far as it or its `url` states them."""
    addresses = chain((url,), (fact.value for fact in page.stated("url")))
    return Sites(site_names(page), next(filter(None, map(_host, addresses)), ""))


def site_names(page: Page) -> list[str]:
    """Return what the page states as its site's name, without what is this page's own title."""
    titles = {fact.value for fact in page.stated("headline")}
    names = dict.fromkeys(
        fact.value
        for fact in page.stated("site")
        if len(fact.value) <= _LONGEST_SITE
        and (fact.value not in titles or fact.value.count(" ") < _WORDS_OF_SITE)
    )
    return list(names)[:_MOST_SITES]


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def weigh(draft: Draft, sites: Sites) -> Headline | None:
    """Return the headline of an HTML page, None where it states none."""
    stated = _stated(draft.page, sites)
    headings = _headings(draft, stated, sites)
    statements = [statement for statement in headings + stated if statement.key]
    if not statements:
        return None
    scores: dict[str, float] = {}
    for statement in statements:
        if statement.key not in scores:
            scores[statement.key] = sum(_support(statement, other) for other in statements)
    key = max(scores, key=lambda k: scores[k])
    key = _preferred_by_news(draft, stated, headings, key)
    return _shown(draft, statements, headings, key)


def _stated(page: Page, sites: Sites) -> list[_Statement]:
    """Return the statements outside the text, the first of each kind and wording."""
    found: list[_Statement] = []
    seen: set[tuple[str, str]] = set()
    texts: dict[str, str] = {}
    for fact in page.stated("headline")[:_MOST_STATED]:
        kind = fact.source
        if kind == "meta":
            kind = fact.detail.partition(":")[0] if fact.detail in _SOCIAL else "meta"
        text = texts.get(fact.value)
        if text is None:
            text = texts[fact.value] = without_site(plain_title(fact.value), sites)
        if not text or len(text) > _LONGEST or (kind, text) in seen:
            continue
        weight = _WEIGHTS[kind] if all(s.kind != kind for s in found) else 0.0
        seen.add((kind, text))
        found.append(_Statement(kind, text, weight))
    return found


_SOCIAL = frozenset(("og:title", "twitter:title"))


def _headings(draft: Draft, stated: list[_Statement], sites: Sites) -> list[_Statement]:
    """Return the heading that is most likely the headline, if there is one."""
    whole = {s.key for s in stated}
    known = whole.union(*(s.parts for s in stated))
    words = {word for s in stated for word in title_key(s.text).split()}
    text_at = next(
        (i for i, b in draft.kept() if not b.level and is_prose(b.text)), len(draft.blocks)
    )
    lengths = [len(key) for key in known if key]
    least, most = min(lengths, default=0), 2 * max(lengths, default=0)
    best: tuple[tuple[bool, bool, bool, bool, int], _Statement] | None = None
    looked_at = 0
    for index, block in enumerate(draft.blocks):
        if not block.level or len(block.text) > _LONGEST:
            continue
        if block.level > 1 and not least <= len(block.text) <= most:
            continue  # too short or too long to say the same as a statement
        text = plain_title(block.text)
        key = _key(text)
        confirmed = key in known
        if not key or not (block.level == 1 or confirmed) or sites.is_exactly(text):
            continue
        near = 0 <= text_at - index <= _OVER_TEXT_WITHIN
        if not confirmed and is_prose(text):
            continue  # a claim or a teaser in large letters
        if block.level > 1 and key not in whole and not near:
            continue  # a section may well be headed by a part of the title
        styled = block.markup is not None and block.markup.inline != ""
        trimmed = _without_kicker(without_site(text, sites), stated, styled)
        weight = _WEIGHTS["heading"] if block.level == 1 else _LATER_HEADING
        if not confirmed and not (near and _shares(trimmed, words)):
            weight = min(weight, _FAR_HEADING)
        rank = (key in whole, confirmed, near, block.level == 1, -index)
        if best is None or rank > best[0]:
            best = (rank, _Statement("heading", trimmed or text, weight, index))
        looked_at += 1
        if looked_at == _MOST_HEADINGS:
            break
    found = _plain_heading(draft, known - whole, stated, text_at) if best is None else best[1]
    return [] if found is None else [_below_a_name(draft, found, stated, text_at) or found]


def _below_a_name(
    draft: Draft, heading: _Statement, stated: list[_Statement], text_at: int
) -> _Statement | None:
    """Return what stands under a heading that is only the site's name beside a title.

    "The Lantern - Bridge closed after cracks found" says so, over those two lines, or
    "Bridge closed after cracks found - The Lantern".
    """
    if heading.block is None or is_long_title(heading.text):
        return None
    front = [s.text for s in stated if s.text.startswith(heading.text) and s.key != heading.key]
    back = [s.text for s in stated if s.text.endswith(heading.text) and s.key != heading.key]
    for index in range(heading.block + 1, text_at if front or back else 0):
        text = plain_title(draft.blocks[index].text)
        if not is_long_title(text) or text_at - index > _OVER_TEXT_WITHIN:
            continue
        beside = any(s.endswith(text) for s in front) or any(s.startswith(text) for s in back)
        if beside and text != heading.text:
            return _Statement("heading", text, _WEIGHTS["heading"], index)
    return None


def _plain_heading(
    draft: Draft, parts: set[str], stated: list[_Statement], text_at: int
) -> _Statement | None:
    """Return the part of a statement that stands over the text without being a heading."""
    for index, block in enumerate(draft.blocks[:text_at]):
        text = plain_title(block.text)
        if text_at - index > _OVER_TEXT_WITHIN or not is_long_title(text) or len(text) > _LONGEST:
            continue
        if _key(text) in parts:
            return _Statement("heading", text, _LATER_HEADING, index)
        if any(s.text.endswith(f": {text}") for s in stated):  # "The Banner: Bridge closed"
            return _Statement("heading", text, _LATER_HEADING + _WEIGHTS["title"], index)
    return None


def _without_kicker(heading: str, stated: list[_Statement], styled: bool) -> str:
    """Return a heading without the topic or day in front that several statements leave out.

    A topic ends with a mark, or is `styled`: an element of its own within the heading.
    """
    for statement in stated:
        at = len(heading) - len(statement.text)
        if at <= 0 or not heading.endswith(statement.text):
            continue
        front = heading[:at].strip()
        label = styled or front.endswith((":", "|"))
        label = label and len(front.split()) <= _WORDS_OF_KICKER
        if (label or find_dates(front)) and sum(
            statement.key in {s.key, *s.parts} for s in stated
        ) > 1:
            return statement.text
    return heading


def _shares(text: str, words: set[str]) -> bool:
    """Whether enough of a heading's words stand in other statements, where there are any."""
    own = title_key(text).split()
    return not words or sum(word in words for word in own) >= _SHARED * len(own)


def _support(candidate: _Statement, other: _Statement) -> float:
    """Return what `other` adds to the candidate's score."""
    if other.key == candidate.key:
        return other.weight
    if candidate.key in other.parts:
        return other.weight  # that someone else says just this part shows what the rest is
    if other.text.startswith(candidate.text) and _SECTION.match(other.text, len(candidate.text)):
        return other.weight
    if is_cut_short(other.text) and len(other.key) > 10 and candidate.key.startswith(other.key):
        return _SHORTENED * other.weight
    return 0.0


def _preferred_by_news(
    draft: Draft, stated: list[_Statement], headings: list[_Statement], key: str
) -> str:
    """Return the key that news publishers mean where their heading differs from the headline.

    Desks word a heading for search engines. Then it is what the page's title says too, and the
    headline proper is left in JSON-LD and under the heading, or in og:title alone.
    """
    linked = next((s for s in stated if s.kind == "json-ld"), None)
    if linked is None or not headings or headings[0].block is None:
        return key
    if not any(fact.detail == _NEWS for fact in draft.page.stated("headline", "json-ld")):
        return key
    heading = headings[0]
    below = draft.blocks[headings[0].block + 1 : headings[0].block + 1 + _BELOW_WITHIN]
    if linked.key != heading.key and any(b.level and _key(b.text) == linked.key for b in below):
        return linked.key
    social = next((s for s in stated if s.kind == "og"), None)
    if social is None or not _is_another_wording(social, heading, key):
        return key
    if linked.key == social.key:
        return social.key
    for_search = any(s.kind == "title" and heading.key in (s.key, *s.parts) for s in stated)
    denied = any(s.kind == "twitter" and s.key == key for s in stated)
    return social.key if for_search and not denied else key


def _is_another_wording(social: _Statement, heading: _Statement, key: str) -> bool:
    """Whether og:title says the same as the heading in its own words; it may be a slogan."""
    if is_cut_short(social.text) or key.startswith(social.key) or key in social.parts:
        return False
    telling = {word for word in title_key(social.text).split() if len(word) > 3}
    return len(telling.intersection(title_key(heading.text).split())) > 1


def _shown(
    draft: Draft, statements: list[_Statement], headings: list[_Statement], key: str
) -> Headline:
    """Return the headline with the best spelling among the statements that say it."""
    best: _Statement | None = None
    text = ""
    for statement in statements:
        wording = statement.text if statement.key == key else statement.parts.get(key)
        if wording is None:
            continue
        # More words for the same letters: nothing is glued together.
        if best is None or len(title_key(wording).split()) > len(title_key(text).split()):
            best, text = statement, wording
    assert best is not None
    shown = next((s.block for s in headings if s.key == key or key in s.parts), None)
    source = best.kind if best.kind in ("heading", "json-ld", "title") else "meta"
    if shown is not None:
        return Headline(text, source, shown)
    reworded = next((heading.block for heading in headings if _is_other(draft, heading)), None)
    return Headline(text, source, _plain_block(draft, key), reworded)


def _is_other(draft: Draft, heading: _Statement) -> bool:
    """Whether a heading is the headline in another wording: by its words, or for its place.

    Nothing else than that is the page's only h1, and right above the text.
    """
    if heading.weight > _FAR_HEADING or heading.block is None:
        return heading.block is not None
    block, below = draft.blocks[heading.block], draft.blocks[heading.block + 1 :]
    alone = sum(other.level == 1 for other in draft.blocks) == 1
    over_text = bool(below) and below[0].kept and is_prose(below[0].text)
    return alone and block.level == 1 and block.kept and over_text


def _plain_block(draft: Draft, key: str) -> int | None:
    """Return the block that shows the headline though it is no heading, None for none."""
    longest = min(_LONGEST, 2 * len(key))  # a key lacks spaces and punctuation, no letters
    for index, block in enumerate(draft.blocks):
        if len(key) <= len(block.text) <= longest and _key(block.text) == key:
            return index
        if block.kept and is_prose(block.text):
            return None
    return None
