"""The front of an article: headline and standfirst are claimed for fields of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.labels.dump_headline import dump_headline
from cleaner.labels.headline import page_sites, weigh
from cleaner.labels.standfirst import standfirst_below
from cleaner.page import Fact, Role

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Page

__all__ = ["WEIGHED", "headline_at", "label_front"]

WEIGHED = "weighed"  # the detail of the fact that holds an HTML page's headline


def label_front(draft: Draft) -> None:
    """Claim the blocks of headline and standfirst."""
    if draft.page.document == "html":
        headline = _claim_weighed(draft)
    else:
        headline = dump_headline(draft)
        if headline is not None:
            draft.blocks[headline].claim(Role.HEADLINE)
    if headline is None:
        return
    standfirst = standfirst_below(draft, headline)
    if standfirst is not None:
        draft.blocks[standfirst].claim(Role.STANDFIRST)


def headline_at(page: Page) -> int | None:
    """Return the index of the block that shows the headline, perhaps in another wording."""
    weighed = next((f for f in page.stated("headline") if f.detail == WEIGHED), None)
    if weighed is not None:
        return weighed.block
    return page.place_of(Role.HEADLINE)


def _claim_weighed(draft: Draft) -> int | None:
    """Note the headline that an HTML page states, and return where it or its variant stands."""
    found = weigh(draft, page_sites(draft.page, draft.url))
    if found is None:
        return None
    shown = found.block if found.block is not None else found.other
    draft.page.facts.append(Fact("headline", found.text, found.source, WEIGHED, shown))
    if found.other is not None:
        draft.remove(found.other, Reason.DUPLICATE, "headline-reworded")
    if found.block is not None:
        block = draft.blocks[found.block]
        if block.text != found.text:
            block.source, block.text = block.text, found.text
        block.claim(Role.HEADLINE)
    return shown
