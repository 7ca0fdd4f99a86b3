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
    block = next((b for b in page.blocks if b.role is Role.HEADLINE), None)
    return (None, None) if block is None else (block.text, "text")
