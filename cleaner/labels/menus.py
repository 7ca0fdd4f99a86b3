"""The menus around a dumped page: long runs of short lines, far from any text.

A quarter of the lines of whole pages stand there. No rule and no model is asked about them.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from cleaner.article import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.labels.draft import Draft

__all__ = ["FAR_RULE", "label_menus"]

FAR_RULE = "far-from-text"
_LONG = 50  # bytes in UTF-8: a Chinese character says as much as three letters
# Lines around a long one, and below the dump's beginning, that may belong to text. The model of
# dumps looks 31 lines far: beyond these it sees little that has to do with any.
_NEAR = 14
_FEWEST = 30  # far lines: an article may have a list of a few dozen
_LEAST_TEXT = 1 / 3  # of the dump is in long lines, or it is a poem
_KNOWN = 3  # lines at the ends of menus that a rule knows: "Log in", "Share"; no list has them


def label_menus(draft: Draft) -> None:
    """Remove the lines of a dump that no long line is near, if they are many and of menus."""
    if draft.page.document != "text" or len(draft.blocks) < _FEWEST:
        return
    far: list[int] = []
    ends: list[int] = []
    for run in _short_runs([block.text for block in draft.blocks]):
        below = run.stop if run.stop == len(draft.blocks) else run.stop - _NEAR
        far += range(run.start + _NEAR, below)
        ends += (*run[:_NEAR], *run[-_NEAR:])
    if len(far) < _FEWEST:
        return
    known = (index for index in ends if draft.match(index) is not None)
    if len(list(islice(known, _KNOWN))) == _KNOWN:
        for index in far:
            draft.remove(index, Reason.OUTSIDE_ARTICLE, FAR_RULE)


def _short_runs(texts: Sequence[str]) -> Iterator[range]:
    """Yield the lines between each two long ones, and above and below all of them, if many."""
    long = [index for index, text in enumerate(texts) if _is_long(text)]
    if sum(len(texts[index]) for index in long) >= _LEAST_TEXT * sum(map(len, texts)):
        for above, below in pairwise((-1, *long, len(texts))):
            if below - above > _NEAR:
                yield range(above + 1, below)


def _is_long(text: str) -> bool:
    if len(text) >= _LONG or text.isascii():
        return len(text) >= _LONG
    return len(text.encode()) >= _LONG
