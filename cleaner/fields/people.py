"""Authors: people, or failing them the organisation that signs; never an agency."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from cleaner.agencies import agency
from cleaner.fields.byline import (
    beside_the_day,
    bylines,
    marked_lines,
    people_of,
    signature,
    site_byline,
)
from cleaner.labels.headline import page_sites
from cleaner.names import is_desk, is_given_name

if TYPE_CHECKING:
    from cleaner.fields.place import Own
    from cleaner.page import Page
    from cleaner.titles import Sites

__all__ = ["authors"]

_ORDER = ("json-ld", "meta", "byline", "bio")
_LONGEST_ORGANISATION = 60


def authors(
    page: Page, own: Own, credited: bool, url: str | None = None
) -> tuple[tuple[str, ...], str | None]:
    """Return the people named as authors by the most credible statement, and its kind.

    A byline that names them all and more is fuller, and more credible still. Where no person is
    named and no agency `credited`, what signs is the organisation stated as author.
    """
    sites = page_sites(page, url)
    for source in _ORDER:
        names: list[str] = []
        if source == "byline" and page.document == "html":
            names = bylines(page, own, sites)
        names = names or _stated(page, own, source, sites)
        if source == "byline" and page.document == "html" and not names:
            names = signature(page, own, sites) or beside_the_day(page, own, sites)
        if names:
            stated = source in ("json-ld", "meta")
            fuller = _fuller_byline(page, own, names, sites) if stated else []
            return (tuple(fuller), "byline") if fuller else (tuple(dict.fromkeys(names)), source)
    return _given_name(page, sites) or _organisation(page, own, credited, sites)


def _stated(page: Page, own: Own, source: str, sites: Sites) -> list[str]:
    """Return the people that statements of one kind name."""
    facts = [f for f in page.stated("author", source) if f.detail != "group"]
    if source == "byline" and facts:
        titles = {fact.value for fact in page.stated("headline")}
        facts = [
            fact
            for fact in facts
            if fact.value not in titles
            and (fact.block is None or own.holds(page.blocks[fact.block]))
        ]
    people = (name for fact in facts for name in people_of(fact.value, sites, stated=True))
    return list(dict.fromkeys(people))


def _fuller_byline(page: Page, own: Own, names: list[str], sites: Sites) -> list[str]:
    """Return the people of the line that names all of `names` and more, none where none does."""
    by_line: dict[int | None, list[str]] = {}
    for fact in page.stated("author", "byline"):
        by_line.setdefault(fact.block, []).extend(people_of(fact.value, sites, stated=True))
    lines = chain(by_line.values(), marked_lines(own, sites))
    return next((people for people in lines if set(names) < set(people)), [])


def _given_name(page: Page, sites: Sites) -> tuple[tuple[str, ...], str] | None:
    """Return what is stated as author and may be a given name, None where nothing is."""
    for fact in page.stated("author", "json-ld", "meta"):
        name = fact.value
        if fact.detail == "group" or not is_given_name(name) or agency(name) is not None:
            continue
        if not sites.named_by(name) and not sites.is_exactly(name):
            return (name,), fact.source
    return None


def _organisation(
    page: Page, own: Own, credited: bool, sites: Sites
) -> tuple[tuple[str, ...], str | None]:
    """Return the organisation stated as author, the site's own or another; no desk, no agency."""
    for fact in page.stated("author", "json-ld", "meta"):
        name = fact.value
        if fact.detail != "group" and not sites.is_exactly(name):
            continue
        address = "@" in name or "://" in name
        if len(name) <= _LONGEST_ORGANISATION and not address and not is_desk(name):
            return ((), None) if credited else ((name,), fact.source)
    signed = site_byline(own, sites) if page.document == "html" else None
    return ((), None) if signed is None or credited else ((signed,), "byline")
