"""The headline, where one is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.labels.front import WEIGHED
from cleaner.page import Role

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["headline"]


def headline(page: Page) -> tuple[str | None, str | None]:
    """Return the headline and the kind of statement it is from, None for none."""
    for fact in page.stated("headline"):
        if fact.detail == WEIGHED:
            return fact.value, fact.source
    shown = page.place_of(Role.HEADLINE)
    return (None, None) if shown is None else (page.blocks[shown].text, "text")
