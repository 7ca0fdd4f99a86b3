"""How numeric days are written on a page: the day first, or the month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.dates import Order, numeric_order
from cleaner.fields.language import language

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["day_order"]

_MONTH_FIRST_REGIONS = frozenset(("us", "ph", "fm", "pw"))
_DAY_FIRST_REGIONS = frozenset(
    "gb uk au nz ie in za sg my hk ng ke gh ug tz zw zm na bw pk bd lk mt jm tt".split()
)
# "05/09/2025 04:55 PM EDT": who tells the time so writes the month first.
_AMERICAN_TIME = re.compile(
    r"\b\d{1,2}/\d{1,2}/\d{4},?\s+(?:at\s+)?\d{1,2}:\d\d\s*[AP]\.?M\.?\s*[ECMP][SD]?T\b",
    re.IGNORECASE,
)
_AMERICAN = frozenset(("gov", "mil", "edu", "us"))


def day_order(page: Page, url: str | None) -> Order | None:
    """Return how numeric days are written on the page, None where nothing tells.

    Another day of the page tells best, or an American time beside one, then the country in the
    page's language or address.
    """
    for block in page.blocks:
        order = _order_in(block.text)
        if order is not None:
            return order
    region = ""
    for fact in page.stated("language"):
        name, _, place = fact.value.lower().replace("_", "-").partition("-")
        if name != "en" and name.isalpha():
            return "dmy"
        region = region or place[:2]
    ending = _ending(url)
    if ending in _DAY_FIRST_REGIONS or region in _DAY_FIRST_REGIONS:
        return "dmy"
    if ending in _AMERICAN or (region in _MONTH_FIRST_REGIONS and len(ending) != 2):
        return "mdy"
    if not page.stated("language") and language(page) not in (None, "en"):
        return "dmy"  # the text itself tells: of the languages here, only English has both
    return None


def _order_in(text: str) -> Order | None:
    if "/" not in text and "-" not in text:
        return None
    order = numeric_order(text)
    american = order is None and "/" in text and _AMERICAN_TIME.search(text) is not None
    return "mdy" if american else order


def _ending(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").rpartition(".")[2]
    except ValueError:
        return ""
