"""The menus around a dumped page: long runs of short lines, far from any text.

A quarter of the lines of whole pages stand there. No rule and no model is asked about them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.article import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.labels.draft import Draft

__all__ = ["FAR_RULE", "label_menus"]

FAR_RULE = "far-from-text"
_LONG = 35  # bytes in UTF-8: a Chinese character says as much as three letters
# Lines around a long one, and below the dump's beginning, that may belong to text; of what is not
# asked about, the model of dumps, which looks 31 lines far, then sees nothing from any text.
_NEAR = 16
_FEWEST = 40  # far lines: an article may have a list of a few dozen
_LEAST_TEXT = 1 / 3  # of the dump is in long lines, or it is a poem


def label_menus(draft: Draft) -> None:
    """Remove the lines of a dump that no long line is near, if they are many."""
    if draft.page.document != "text" or len(draft.blocks) < _FEWEST:
        return
    texts = [block.text for block in draft.blocks]
    far = list(_far(texts))
    if len(far) >= _FEWEST:
        for index in far:
            draft.remove(index, Reason.OUTSIDE_ARTICLE, FAR_RULE)


def _far(texts: Sequence[str]) -> Iterator[int]:
    long = [index for index, text in enumerate(texts) if _is_long(text)]
    if sum(len(texts[index]) for index in long) < _LEAST_TEXT * sum(map(len, texts)):
        return
    for above, below in pairwise((0, *long, len(texts) + _NEAR)):
        yield from range(above + _NEAR + 1, below - _NEAR)


def _is_long(text: str) -> bool:
    if len(text) >= _LONG or text.isascii():
        return len(text) >= _LONG
    return len(text.encode()) >= _LONG
