"""The headline: what the page states most credibly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.normalize import fold
from cleaner.page import Role

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["headline"]

_SITE_SUFFIX = re.compile(r"\s+[|\-–—·•:»]\s+")
_ORDER = ("json-ld", "meta", "title")


def headline(page: Page) -> tuple[str | None, str | None]:
    """Return the headline and the kind of statement it is from."""
    block = next((b for b in page.blocks if b.role is Role.HEADLINE), None)
    if block is not None:
        return block.text, "text" if page.document == "text" else "heading"
    for source in _ORDER:
        for fact in page.stated("headline", source):
            title = _without_site(fact.value, page) if source != "json-ld" else fact.value
            if title:
                return title, source
    return None, None


def _without_site(title: str, page: Page) -> str:
    """Cut the site's name off either end of a title."""
    sites = {fold(fact.value) for fact in page.stated("site")}
    parts = _SITE_SUFFIX.split(title)
    if len(parts) > 1 and fold(parts[-1]) in sites:
        return title[: title.rindex(parts[-1])].rstrip(" |-–—·•:»")
    if len(parts) > 1 and fold(parts[0]) in sites:
        return title[len(parts[0]) :].lstrip(" |-–—·•:»")
    return "" if fold(title) in sites else title
