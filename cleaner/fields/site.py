"""Where the article was published: its canonical address and the site's name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from cleaner.labels.headline import site_names

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["site", "url"]

_NAMED_BY = ("og:site_name", "publisher", "WebSite", "group", "application-name")


def url(page: Page, known: str | None) -> str | None:
    """Return the canonical address: the one stated, completed by the one it was `known` under.

    A canonical address that is only the site's front is a mistake of the site where the page is
    known to lie deeper.
    """
    for source in ("link", "meta", "json-ld"):
        for fact in page.stated("url", source):
            address = _absolute(fact.value, known)
            if address is not None and not (_is_front(address) and not _is_front(known)):
                return address
    return known


def _absolute(value: str, known: str | None) -> str | None:
    try:
        address = urljoin(known or "", value)
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def _is_front(address: str | None) -> bool:
    """Whether an address is that of a site's home page; an unknown one counts as such."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return True
    return parts.path.strip("/") == "" and not parts.query


def site(page: Page) -> str | None:
    """Return the site's name as the page states it, None where it states none."""
    good = set(site_names(page))
    stated = [fact for fact in page.stated("site") if fact.value in good]
    ranked = sorted(stated, key=lambda fact: _rank(fact.detail))
    for fact in ranked:
        if not fact.value.startswith(("@", "http", "#", "//")):
            return fact.value
    return None


def _rank(detail: str) -> int:
    return _NAMED_BY.index(detail) if detail in _NAMED_BY else len(_NAMED_BY)
