"""Text dumps made of a page, as common extractors make them: more to train on than there are."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import html_text
import justext
from bs4 import BeautifulSoup
from lxml import etree
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import extract

from cleaner.readers import read
from cleaner.readers.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Box, Page

__all__ = ["dumps_of"]

_NOT_TEXT = ["script", "style", "noscript"]
_MAIN = ("article", "main")
_LEAST_SHARE = 0.3  # of the page's text is in its main element


def dumps_of(data: bytes, headline: str | None) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for the dumps of an HTML page that have text.

    As public extractors leave it: "full", the whole page, a line a block (html-text); "fragments",
    broken at every element (Beautiful Soup); "main", one program's idea of the main content
    (Resiliparse), and "justext" another's (jusText); under the headline "recall", that of one that
    would rather keep too much, and "markdown" with comments and marks (trafilatura). As nobody
    does: "blocks", all that cleaner reads of the page, and "element", what of it stands in the main
    element.
    """
    html = decode(data).text
    yield from (found for found in (*_extracted(html, headline), *_read(data)) if found[1])


def _extracted(html: str, headline: str | None) -> Iterator[tuple[str, str]]:
    if html.strip():  # html-text refuses an empty page
        yield "full", html_text.extract_text(html)
    soup = BeautifulSoup(html, "lxml")
    for element in soup(_NOT_TEXT):
        element.decompose()
    yield "fragments", soup.get_text("\n", strip=True)
    yield "main", extract_plain_text(html, main_content=True, alt_texts=False, comments=True)
    careful = extract(html, favor_recall=True, include_comments=False)
    if careful:
        yield "recall", f"{headline or ''}\n{careful}"
    marked = extract(html, output_format="markdown", include_comments=True)
    if marked:
        yield "markdown", f"# {headline or ''}\n\n{marked}"
    yield "justext", _by_justext(html)


def _by_justext(html: str) -> str:
    try:
        paragraphs = justext.justext(html, _stop_words())
    except (etree.ParserError, justext.core.JustextError):  # a page without elements
        return ""
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


@cache
def _stop_words() -> frozenset[str]:
    """Return the words that texts are full of, of all languages: nobody says which a page has."""
    return frozenset().union(*map(justext.get_stoplist, justext.get_stoplists()))


def _read(data: bytes) -> Iterator[tuple[str, str]]:
    page = read(data, "html")
    # Without the page's title, which the others put in front: not every extractor does.
    yield "blocks", "\n\n".join(block.text for block in page.blocks)
    box = _main_box(page)
    if box is not None:
        inside = [b.text for b in page.blocks if b.markup and box in b.markup.box.path()]
        yield "element", "\n".join(inside)


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
