"""Authors and credits: people and agencies, told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.agencies import agency
from cleaner.names import split_people
from cleaner.normalize import fold

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["authors", "credits_of"]

_ORDER = ("json-ld", "meta", "byline", "bio")


def authors(page: Page) -> tuple[tuple[str, ...], str | None]:
    """Return the people named as authors by the most credible statement, and its kind."""
    sites = {fold(fact.value) for fact in page.stated("site")}
    for source in _ORDER:
        names: list[str] = []
        for fact in page.stated("author", source):
            for name in split_people(fact.value):
                person = " " in name and not any(c in name for c in "@/:") and not agency(name)
                if person and fold(name) not in sites and name not in names:
                    names.append(name)
        if names:
            return tuple(names), source
    return (), None


def credits_of(page: Page) -> tuple[str, ...]:
    """Return the agencies and contributors that the page credits, in order of appearance."""
    names = [fact.value for fact in page.stated("credit")]
    for fact in page.stated("author"):
        for name in split_people(fact.value):
            source = agency(name)
            if source is not None and not source.images:
                names.append(source.name)
    return tuple(dict.fromkeys(names))
