"""Text that stands twice: the headline again, a paragraph again, a quotation pulled from it."""

from __future__ import annotations

from bisect import bisect
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.model.tokens import split_names
from cleaner.normalize import fold, words
from cleaner.page import Kind, Role
from cleaner.shape import ends_sentence

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block

__all__ = ["label_duplicates"]

_LEAST = 80  # characters: shorter lines may well be said twice
_QUOTES = frozenset(  # as boxes are called
    "quote quotes quotation pullquote pullquotes blockquote zitat cita citation citazione"
    " citaat".split()
)
_FEWEST_WORDS, _LONGEST_QUOTE = 5, 400  # words, characters of a quotation that is pulled out
_REPEATED = 0.9  # of its words stand in one paragraph: it is cut short, or put otherwise
_PULLED_WITHIN = 40  # paragraphs above and below
_LONGEST_SPEAKER = 80  # characters
_OUT = (Reason.OUTSIDE_ARTICLE, Reason.DUPLICATE)  # of a quotation, not of what stands in it


def label_duplicates(draft: Draft) -> None:
    """Remove the repeated headline, the later copies of long paragraphs, and pull quotes."""
    headline = draft.page.place_of(Role.HEADLINE)
    title = fold(draft.blocks[headline].text) if headline is not None else ""
    seen: set[str] = set()
    for index, block in draft.kept():
        # A folded text is as long as it was, and no block is empty.
        if len(block.text) == len(title) and fold(block.text) == title:
            draft.remove(index, Reason.DUPLICATE, "headline-repeated")
        elif len(block.text) >= _LEAST:
            if block.text in seen:
                draft.remove(index, Reason.DUPLICATE, "paragraph-repeated")
            seen.add(block.text)
    if draft.page.document == "html":
        _label_pull_quotes(draft)


def _label_pull_quotes(draft: Draft) -> None:
    """Remove the quotations, set apart by their box, whose words a paragraph has as well."""
    quotes = [(i, b) for i, b in draft.kept() if len(b.text) <= _LONGEST_QUOTE and _is_quote(b)]
    for index, block in quotes:
        if index and _speaks_above(draft.blocks[index - 1], block):
            draft.remove(index, Reason.DUPLICATE, "pull-quote")
    if not quotes:
        return
    set_apart = {index for index, _ in quotes}
    texts = [(i, frozenset(words(b.text))) for i, b in draft.kept() if i not in set_apart]
    for index, quote in quotes:
        own = frozenset(words(quote.text))
        at = bisect(texts, index, key=itemgetter(0))
        near = texts[max(0, at - _PULLED_WITHIN) : at + _PULLED_WITHIN]
        if len(own) < _FEWEST_WORDS or not any(
            len(own & text) >= _REPEATED * len(own) for _, text in near
        ):
            continue
        draft.remove(index, Reason.DUPLICATE, "pull-quote")
        _remove_speaker(draft, index)


def _is_quote(block: Block) -> bool:
    assert block.markup is not None
    around = islice(block.markup.box.path(), 2)
    return block.kind is Kind.QUOTE or any(
        not _QUOTES.isdisjoint(split_names(box.attributes)) for box in around if box.attributes
    )


def _speaks_above(quote: Block, block: Block) -> bool:
    """Whether a block says whose words a quotation is that is out already, in the same box."""
    assert quote.markup is not None
    assert block.markup is not None
    named = block.markup.inline.startswith("cite") and len(block.text) <= _LONGEST_SPEAKER
    if not named or quote.reason not in _OUT or not _is_quote(quote):
        return False
    return block.markup.box in islice(quote.markup.box.path(), 2)


def _remove_speaker(draft: Draft, quote: int) -> None:
    """Remove the line in the same box that says whose words they are."""
    below = draft.blocks[quote + 1] if quote + 1 < len(draft.blocks) else None
    if below is None or not below.kept or not _is_quote(below):
        return
    if len(below.text) <= _LONGEST_SPEAKER and not ends_sentence(below.text):
        draft.remove(quote + 1, Reason.DUPLICATE, "pull-quote")
