"""What a PDF repeats on each of its pages: titles, addresses and numbers above and below the text.

Tools that make text of a PDF put a form feed between its pages.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cleaner.normalize import normal
from cleaner.readers.wrapped import LINE_END
from cleaner.shape import ends_sentence, is_long_title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["FORM_FEED", "running_heads", "without"]

FORM_FEED = "\f"
_AT_EDGE = 3  # lines above and below the text of a page
_SHARE = 0.5  # of the pages, and at least two, have it
_DIGITS = re.compile(r"\d+")


class _Head(NamedTuple):
    """A line at the edge of a page: what it says but for numbers, and its place from the edge."""

    key: str
    place: int


def running_heads(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of lines that stand in one place on several pages, numbers apart.

    A title among them that no other line says stays where it stands first.
    """
    edges = [_edges(lines, page) for page in _pages(lines)]
    said = Counter(head for edge in edges for head in set(edge.values()))
    least = max(2, _SHARE * len(edges))
    heads = {i: head for edge in edges for i, head in edge.items() if said[head] >= least}
    firsts = {head.key: index for index, head in sorted(heads.items(), reverse=True)}
    others = {normal(line) for index, line in enumerate(lines) if index not in heads}
    titles = (key for key in firsts if is_long_title(key) and "://" not in key)
    only = {firsts[key] for key in titles if not any(_says(other, key) for other in others)}
    return frozenset(heads.keys() - only)


def _says(line: str, title: str) -> bool:
    """Whether a line is most of a title, which may have the site's name behind it."""
    return 2 * len(line) >= len(title) and title.startswith(line)


def without(lines: Sequence[str], heads: Collection[int]) -> list[tuple[int, str]]:
    """Return the other lines with their 1-based numbers.

    Around running heads there are blank lines, which part no sentence that goes on behind them.
    """
    found: list[tuple[int, str]] = []
    behind = False  # whether all since the last line was heads and blank lines
    for index, line in enumerate(lines):
        if index in heads:
            behind = True
            while found and not normal(found[-1][1]):
                del found[-1]
        elif normal(line) or not behind:
            if behind and found and normal(found[-1][1])[-1] in LINE_END:
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


def _edges(lines: Sequence[str], page: range) -> dict[int, _Head]:
    """Return the first and the last lines of a page that are no text, by their indexes."""
    above = enumerate(islice((i for i in page if normal(lines[i])), _AT_EDGE), 1)
    below = enumerate(islice((i for i in reversed(page) if normal(lines[i])), _AT_EDGE), 1)
    places = [*above, *((-place, index) for place, index in below)]
    return {
        index: _Head(_DIGITS.sub("#", normal(lines[index])), place)
        for place, index in places
        if not ends_sentence(normal(lines[index]))
    }
