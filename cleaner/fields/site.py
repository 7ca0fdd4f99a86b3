"""Where the article was published: its canonical address and the site's name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["site", "url"]


def url(page: Page, known: str | None) -> str | None:
    """Return the canonical address: the one stated, completed by the one it was `known` under."""
    for source in ("link", "meta", "json-ld"):
        for fact in page.stated("url", source):
            try:
                address = urljoin(known or "", fact.value)
                if urlsplit(address).scheme in ("http", "https"):
                    return address
            except ValueError:
                continue
    return known


def site(page: Page) -> str | None:
    """Return the site's name as the page states it."""
    for source in ("meta", "json-ld"):
        for fact in page.stated("site", source):
            if not fact.value.startswith(("@", "http")):
                return fact.value
    return None
