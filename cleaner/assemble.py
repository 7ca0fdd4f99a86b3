"""A labelled page → the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Article, Caution, Removed, Source
from cleaner.confidence import LOW, confidence
from cleaner.fields.credit import credits_of
from cleaner.fields.date import date, date_not_before, modified
from cleaner.fields.date_place import Place
from cleaner.fields.headline import headline
from cleaner.fields.language import language
from cleaner.fields.people import authors
from cleaner.fields.place import Own
from cleaner.fields.site import site, url
from cleaner.page import Page, Role
from cleaner.paragraphs import paragraphs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["assemble"]


def assemble(page: Page, known_url: str | None = None, captured: dt.date | None = None) -> Article:
    """Return the article that a labelled page holds."""
    title, title_source = headline(page)
    place = Place(page)
    published, date_source = date(page, known_url, captured, place)
    changed, changed_source = modified(page, captured, place)
    own = Own(page)
    credit = credits_of(page, own)
    people, people_source = authors(page, own, bool(credit), known_url)
    tongue = language(page)
    body = "\n\n".join(paragraphs(page))
    standfirst = page.place_of(Role.STANDFIRST)
    trust = confidence(page)
    cautions = set(page.warnings)
    cautions.update(_missing(title, published, body))
    if trust < LOW:
        cautions.add(Caution.LOW_CONFIDENCE)
    return Article(
        headline=title,
        date=published,
        body=body,
        standfirst=None if standfirst is None else page.blocks[standfirst].text,
        authors=people,
        credits=credit,
        language=tongue,
        url=url(page, known_url),
        site=site(page),
        date_modified=changed,
        date_not_before=date_not_before(page) if published is None else None,
        confidence=trust,
        warnings=tuple(c for c in Caution if c in cautions),
        source=Source(
            page.document,
            title_source,
            date_source,
            changed_source,
            people_source,
            known_url,
            None if captured is None else captured.isoformat(),
        ),
        removed=tuple(_removed(page)),
    )


def _missing(title: str | None, published: str | None, body: str) -> Iterator[Caution]:
    if title is None:
        yield Caution.NO_HEADLINE
    if published is None:
        yield Caution.NO_DATE
    if not body:
        yield Caution.EMPTY_BODY


def _removed(page: Page) -> list[Removed]:
    return [
        Removed(block.source or block.text, block.reason, block.rule, block.line)
        for block in page.blocks
        if not block.kept and block.reason is not None
    ]
