"""The language: what the page claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["language"]

_TAG = re.compile(r"([a-z]{2})(?:[-_]|\Z)", re.IGNORECASE)


def language(page: Page) -> str | None:
    """Return the ISO 639-1 code of the page's language."""
    for source in ("html", "json-ld", "meta"):
        for fact in page.stated("language", source):
            tag = _TAG.match(fact.value)
            if tag is not None:
                return tag[1].lower()
    return None
