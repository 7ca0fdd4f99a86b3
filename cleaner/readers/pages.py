"""What a PDF repeats on each of its pages: titles, addresses and numbers above and below the text.

Tools that make text of a PDF put a form feed between its pages.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["FORM_FEED", "running_heads", "without"]

FORM_FEED = "\f"
_AT_EDGE = 3  # lines above and below the text of a page
_SHARE = 0.5  # of the pages, and at least two, have it
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = frozenset('.!?…:"”’»“)]。！？」』')


def running_heads(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of lines that several pages begin or end with, but for their numbers."""
    pages = list(_pages(lines))
    said = Counter(head for page in pages for head in {_key(lines[i]) for i in _edges(lines, page)})
    least = max(2, _SHARE * len(pages))
    edges = (index for page in pages for index in _edges(lines, page))
    return frozenset(index for index in edges if said[_key(lines[index])] >= least)


def without(lines: Sequence[str], heads: Collection[int]) -> list[tuple[int, str]]:
    """Return the other lines with their 1-based numbers.

    Around running heads there are blank lines, which part no sentence that goes on behind them.
    """
    found: list[tuple[int, str]] = []
    behind = False  # whether all since the last line was heads and blank lines
    for index, line in enumerate(lines):
        if index in heads:
            behind = True
            while found and not found[-1][1].strip():
                del found[-1]
        elif line.strip() or not behind:
            if behind and found and found[-1][1].rstrip()[-1] in _SENTENCE_END:
                found.append((index, ""))  # as any page break between paragraphs
            found.append((index + 1, line))
            behind = False
    return found


def _pages(lines: Sequence[str]) -> Iterator[range]:
    """Yield the lines of each page: it begins with a form feed."""
    start = 0
    for index, line in enumerate(lines):
        if FORM_FEED in line and index > start:
            yield range(start, index)
            start = index
    yield range(start, len(lines))


def _edges(lines: Sequence[str], page: range) -> set[int]:
    """Return the first and the last lines of a page that are not blank."""
    said = (index for index in page if lines[index].strip())
    below = (index for index in reversed(page) if lines[index].strip())
    return {*islice(said, _AT_EDGE), *islice(below, _AT_EDGE)}


def _key(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))
