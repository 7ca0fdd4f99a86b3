"""Text dumps made of a page, as common extractors make them: more to train on than there are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from trafilatura import extract

from cleaner.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Box, Page

__all__ = ["dumps_of"]

_NOT_TEXT = ["script", "style", "noscript", "template"]
_MAIN = ("article", "main")
_LEAST_SHARE = 0.3  # of the page's text is in its main element


def dumps_of(data: bytes, headline: str | None) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for the dumps of an HTML page.

    "full" is the whole page, a line a block; "fragments" breaks lines at every element; "main" is
    what stands in the page's main element; "recall" a careful extractor's guess at the article.
    """
    page = read(data, "html")
    title = next((fact.value for fact in page.stated("headline", "title")), None)
    yield "full", _text([title, *(block.text for block in page.blocks)], "\n\n")
    soup = BeautifulSoup(data, "lxml")
    for element in soup(_NOT_TEXT):
        element.decompose()
    yield "fragments", _text(soup.get_text("\n").split("\n"), "\n")
    box = _main_box(page)
    if box is not None:
        inside = (b.text for b in page.blocks if b.markup and box in b.markup.box.path())
        yield "main", _text(inside, "\n")
    extracted = extract(data, favor_recall=True, include_comments=False)
    if extracted:
        yield "recall", _text([headline, extracted], "\n")


def _main_box(page: Page) -> Box | None:
    """Return the <article> or <main> with most text, if that is much of the page's."""
    lengths: Counter[Box] = Counter()
    for block in page.blocks:
        assert block.markup is not None
        for box in block.markup.box.path():
            if box.tag in _MAIN:
                lengths[box] += len(block.text)
    total = sum(len(block.text) for block in page.blocks)
    best = max(lengths, key=lambda box: (lengths[box], box.index), default=None)
    return best if best is not None and lengths[best] >= _LEAST_SHARE * total else None


def _text(lines: Iterator[str] | list[str | None] | list[str], between: str) -> str:
    return between.join(line.strip() for line in lines if line and line.strip())
