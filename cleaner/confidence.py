"""How likely the body is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.labels.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["LOW", "confidence"]

LOW = 0.5  # below it an article carries the warning `low-confidence`
_SHORT_BODY = 600  # characters: shorter bodies are less likely whole


def confidence(page: Page) -> float:
    """Return the estimated quality of the body, 0 to 1: long enough, and made of prose."""
    kept = page.kept()
    total = sum(len(block.text) for block in kept)
    if total == 0:
        return 0.0
    prose = sum(len(b.text) for b in kept if is_prose(b.text))
    sentences = sum(len(b.text) for b in kept if ends_sentence(b.text))
    quality = 0.5 * prose / total + 0.5 * sentences / total
    return round(quality * min(1.0, 0.3 + 0.7 * total / _SHORT_BODY), 3)
