"""The headline: the statements of it that a page makes, weighed against each other.

JSON-LD, meta tags, the page's title and its headings each have their own ways of being wrong: a
site's name at an end, a section in front, words cut off, an older wording. What several of them
agree on is the headline; where they differ, the better kinds of statement count for more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.shape import is_prose
from cleaner.titles import Sites, is_cut_short, plain_title, title_key, variants, without_site

if TYPE_CHECKING:
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
    key: str = ""
    parts: dict[str, str] = field(default_factory=dict)  # key → text

    def __post_init__(self) -> None:
        self.key = _key(self.text)
        self.parts = {_key(part): part for part in variants(self.text)}


def _key(text: str) -> str:
    # Without spaces, so that a kicker glued to the headline's first word is no difference.
    return title_key(text).replace(" ", "")


def page_sites(page: Page, url: str | None = None) -> Sites:
    """Return the names of the site that `page` is from, as far as it or its `url` states them."""
    addresses = [url, *(fact.value for fact in page.stated("url"))]
    hosts = [host for host in map(_host, addresses) if host]
    return Sites(site_names(page), hosts[0] if hosts else "")


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
    key = _preferred_by_news(draft.page, stated, headings, key)
    return _shown(draft, statements, headings, key)


def _stated(page: Page, sites: Sites) -> list[_Statement]:
    """Return the statements outside the text, the first of each kind and wording."""
    found: list[_Statement] = []
    seen: set[tuple[str, str]] = set()
    for fact in page.stated("headline")[:_MOST_STATED]:
        kind = fact.source
        if kind == "meta":
            kind = fact.detail.partition(":")[0] if fact.detail in _SOCIAL else "meta"
        text = without_site(plain_title(fact.value), sites)
        if not text or len(text) > _LONGEST or (kind, text) in seen:
            continue
        weight = _WEIGHTS[kind] if all(s.kind != kind for s in found) else 0.0
        seen.add((kind, text))
        found.append(_Statement(kind, text, weight))
    return found


_SOCIAL = frozenset(("og:title", "twitter:title"))


def _headings(draft: Draft, stated: list[_Statement], sites: Sites) -> list[_Statement]:
    """Return the headings that may be the headline, the best one with a full heading's weight."""
    whole = {s.key for s in stated}
    known = whole.union(*(s.parts for s in stated))
    words = {word for s in stated for word in title_key(s.text).split()}
    text_at = next(
        (i for i, b in draft.kept() if not b.level and is_prose(b.text)), len(draft.blocks)
    )
    found: list[tuple[tuple[bool, bool, bool, bool, int], _Statement]] = []
    for index, block in enumerate(draft.blocks):
        if not block.level or len(block.text) > _LONGEST or len(found) >= _MOST_HEADINGS:
            continue
        text = plain_title(block.text)
        key = _key(text)
        confirmed = key in known
        if not key or sites.is_exactly(text) or not (block.level == 1 or confirmed):
            continue
        trimmed = without_site(text, sites)
        near = 0 <= text_at - index <= _OVER_TEXT_WITHIN
        weight = _WEIGHTS["heading"] if block.level == 1 else _LATER_HEADING
        if not confirmed and not (near and _shares(trimmed, words)):
            weight = min(weight, _FAR_HEADING)
        rank = (key in whole, confirmed, block.level == 1, near, -index)
        found.append((rank, _Statement("heading", trimmed or text, weight, index)))
    if not found:
        return []
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [found[0][1]]


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
    if is_cut_short(other.text) and len(other.key) > 10 and candidate.key.startswith(other.key):
        return _SHORTENED * other.weight
    return 0.0


def _preferred_by_news(
    page: Page, stated: list[_Statement], headings: list[_Statement], key: str
) -> str:
    """Return the key that news publishers mean where their heading and og:title differ.

    Desks rewrite the heading for search engines and live updates, and the page's title with it;
    the headline proper stays in og:title. twitter:title tells whether that one is just a slogan.
    """
    if not any(fact.detail == _NEWS for fact in page.stated("headline", "json-ld")):
        return key
    og = next((s for s in stated if s.kind == "og"), None)
    if og is None or is_cut_short(og.text) or not headings or key.startswith(og.key):
        return key
    telling = {word for word in title_key(og.text).split() if len(word) > 3}
    if key in og.parts or len(telling.intersection(title_key(headings[0].text).split())) < 2:
        return key
    linked = next((s for s in stated if s.kind == "json-ld"), None)
    if og.key.endswith(key) and linked is not None and linked.key == key:
        return key  # it only has a kicker in front
    twitter = next((s for s in stated if s.kind == "twitter"), None)
    return key if twitter is not None and twitter.key == key else og.key


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
    block = next((s.block for s in headings if s.key == key or key in s.parts), None)
    if block is None:
        block = _plain_block(draft, key)
    source = best.kind if best.kind in ("heading", "json-ld", "title") else "meta"
    other = (
        headings[0].block
        if block is None and headings and headings[0].weight > _FAR_HEADING
        else None
    )
    return Headline(text, source, block, other)


def _plain_block(draft: Draft, key: str) -> int | None:
    """Return the block that shows the headline though it is no heading, None for none."""
    for index, block in enumerate(draft.blocks):
        if len(block.text) <= _LONGEST and _key(block.text) == key:
            return index
        if block.kept and is_prose(block.text):
            return None
    return None
