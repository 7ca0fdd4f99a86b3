"""How likely the body is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Caution
from cleaner.shape import ends_sentence, is_prose

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["LOW", "confidence"]

LOW = 0.9  # below it an article carries the warning `low-confidence`
_SHORT_BODY = 300  # characters: shorter bodies are less likely whole
_LEAST = 0.3  # of the confidence is left to the shortest
_FROM_DATA = 0.9  # at most: no page around the text has been judged


def confidence(page: Page) -> float:
    """Return the estimated quality of the body, 0 to 1.

    For HTML it is what the body model was seen to reach on pages it judged alike; for a dump, how
    much of the body is prose.
    """
    kept = page.kept()
    total = sum(len(block.text) for block in kept)
    if total == 0:
        return 0.0
    trust = page.trust
    if trust is None:
        prose = sum(len(block.text) for block in kept if is_prose(block.text))
        sentences = sum(len(block.text) for block in kept if ends_sentence(block.text))
        trust = 0.5 * prose / total + 0.5 * sentences / total
    if Caution.BODY_FROM_DATA in page.warnings:
        trust = min(trust, _FROM_DATA)
    return round(trust * min(1.0, _LEAST + (1.0 - _LEAST) * total / _SHORT_BODY), 3)
