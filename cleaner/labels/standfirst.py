"""Which block is the standfirst: what sums the article up between headline and text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import find_dates
from cleaner.labels.draft import ABOUT_ARTICLES
from cleaner.model.tokens import split_names
from cleaner.page import Kind, Role
from cleaner.shape import ends_sentence, is_prose, is_title_like
from cleaner.titles import title_key

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block, Markup

__all__ = ["standfirst_below"]

_STANDFIRST_WITHIN, _CALLED_WITHIN = 10, 20  # blocks; buttons may stand below the headline
_LEAST_STANDFIRST, _LONGEST = 20, 700  # characters
# What publishers call it. "Lead", "intro" and "summary" mean the first paragraph as often.
_STANDFIRST_NAMES = frozenset(
    ("standfirst", "strapline", "deck", "dek", "subheadline", "sub-headline", "subtitle",
     "sub-title", "subtitel", "subtitulo", "chapo", "chapeau", "vorspann", "entradilla", "bajada",
     "copete", "sottotitolo", "occhiello", "sommario", "ingress", "manchet", "perex", "teasertext",
     "media-end-summary")
)  # fmt: skip
# A place in capitals, or an agency in brackets behind it: "LEEDS – ", "Leeds (dpa) – ".
_DATELINE = re.compile(
    r"[^\W\d_]{2,20}(?:[ /-][^\W\d_]{2,20}){0,2}"
    r"(?:, [\w. ]{2,20})?(?P<agency> \([\w /-]{2,30}\))? ?[–—-] "
)
_MAY_BE_DATED = 5  # paragraphs
_LEAST_WORDS_OF_STANDFIRST = 4
_LONGEST_ABOVE_FACTS = 250


def standfirst_below(draft: Draft, headline: int) -> int | None:
    """Return the line between headline and prose that sums the article up, None for none."""
    for find in (_called_standfirst, _described_standfirst, _standfirst_above_dateline):
        told = find(draft, headline)
        if told is not None:
            return told
    title = draft.blocks[headline].text
    below = ((index, block) for index, block in draft.kept() if index > headline)
    for index, block in islice(below, _STANDFIRST_WITHIN):
        if block.text == title:  # which goes later
            continue
        copies = [i for i in _copies(draft, index) if i > index]
        if copies:
            if _no_prose_between(draft, index, copies[0]):
                # It repeats the lede, which stays.
                draft.remove(index, Reason.DUPLICATE, "lede-repeated")
                continue
            says_something = len(block.text) >= _LEAST_STANDFIRST and not find_dates(block.text)
            return index if says_something else None
        looks_it = _is_standfirst(block) or _is_above_facts(draft, index)
        found = looks_it and _prose_follows(draft, index)
        if found and draft.page.document == "html":
            found = _is_description(draft, block)  # or else it is the first section's heading
        return index if found else None
    return None


def _is_description(draft: Draft, block: Block) -> bool:
    key = _squeezed(block.text)
    return any(_squeezed(fact.value) == key for fact in draft.page.stated("description"))


def _squeezed(text: str) -> str:
    """Return the letters that count: a description may run together what elements part."""
    return title_key(text).replace(" ", "")


def _called_standfirst(draft: Draft, headline: int) -> int | None:
    """Return the block under the headline that its element's classes call a standfirst.

    It may stand outside the box of the text, in the article's head.
    """
    for index in range(headline + 1, min(headline + 1 + _CALLED_WITHIN, len(draft.blocks))):
        block = draft.blocks[index]
        markup = block.markup
        if markup is None:
            return None
        outside = block.role is Role.REMOVED and block.reason is Reason.OUTSIDE_ARTICLE
        if not (block.kept or outside) or not _LEAST_STANDFIRST <= len(block.text) <= _LONGEST:
            continue
        if _is_named_standfirst(markup) and _prose_follows(draft, index):
            return index
        if block.kept and is_prose(block.text):
            return None  # the text has begun
    return None


def _described_standfirst(draft: Draft, headline: int) -> int | None:
    """Return the page's own description of itself, where it stands apart from the text below.

    A description may also be the first paragraph, which stands among the others.
    """
    last = headline + _STANDFIRST_WITHIN
    for index, block in enumerate(draft.blocks[headline + 1 : last + 1], headline + 1):
        if block.markup is None:
            return None
        outside = block.role is Role.REMOVED and block.reason is Reason.OUTSIDE_ARTICLE
        fits = (block.kept or outside) and _LEAST_STANDFIRST <= len(block.text) <= _LONGEST
        if fits and _is_description(draft, block):
            return index if _is_apart(draft, index) and _prose_follows(draft, index) else None
        if block.kept and is_prose(block.text):
            return None  # the text has begun
    return None


def _standfirst_above_dateline(draft: Draft, headline: int) -> int | None:
    """Return the first paragraph where the second opens with a dateline ("LEEDS – The …").

    Datelines open texts. More paragraphs that begin like that are a list, or what people say.
    """
    below = (i for i, block in draft.kept() if i > headline and is_prose(block.text))
    prose = list(islice(below, _MAY_BE_DATED))
    dated = [at for at, i in enumerate(prose) if _has_dateline(draft.blocks[i].text)]
    if dated != [1] or len(prose) < _MAY_BE_DATED:
        return None
    fits = len(draft.blocks[prose[0]].text) <= _LONGEST
    return prose[0] if fits else None


def _has_dateline(text: str) -> bool:
    found = _DATELINE.match(text)
    if found is None:
        return False
    return found["agency"] is not None or found[0].partition(",")[0].strip(" –—-").isupper()


def _is_apart(draft: Draft, index: int) -> bool:
    """Whether the text that follows a block stands in another box than it, or than its box."""
    following = (b.markup for b in draft.blocks[index + 1 :] if b.kept)
    here, below = draft.blocks[index].markup, next(following, None)
    if here is None or below is None or here.box.parent is None:
        return False
    return not {below.box, below.box.parent} & {here.box, here.box.parent}


def _is_named_standfirst(markup: Markup) -> bool:
    """Whether the markup calls a block a standfirst, on the innermost boxes around it."""
    names = [markup.inline, *(box.attributes for box in islice(markup.box.path(), 2))]
    return any(word in _STANDFIRST_NAMES for part in names for word in split_names(part))


def _is_above_facts(draft: Draft, index: int) -> bool:
    """Whether a short line of a dump stands right above the byline or the date of publication."""
    after = draft.blocks[index + 1 : index + 2]
    fits = _LEAST_STANDFIRST <= len(draft.blocks[index].text) <= _LONGEST_ABOVE_FACTS
    return fits and any(b.reason in ABOUT_ARTICLES for b in after)


def _copies(draft: Draft, index: int) -> list[int]:
    text = draft.blocks[index].text
    return [i for i, block in draft.kept() if i != index and block.text == text]


def _no_prose_between(draft: Draft, start: int, end: int) -> bool:
    return not any(b.kept and is_prose(b.text) for b in draft.blocks[start + 1 : end])


def _is_standfirst(block: Block) -> bool:
    return (
        not ends_sentence(block.text)
        and is_title_like(block.text)
        and len(block.text.split()) >= _LEAST_WORDS_OF_STANDFIRST
        and block.kind in (Kind.PARAGRAPH, Kind.HEADING)
    )


def _prose_follows(draft: Draft, index: int) -> bool:
    return any(b.kept and is_prose(b.text) for b in draft.blocks[index + 1 :])
