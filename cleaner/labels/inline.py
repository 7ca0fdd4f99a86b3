"""Markers that an extractor glued into a paragraph: "… on Monday. Advertisement The town …".

Only wordings that stand for themselves are cut out (rules of scope "inline"), and only between
finished sentences: never out of one, where somebody may be talking about them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.labels.draft import Draft
    from cleaner.page import Block
    from cleaner.rules import Rule

__all__ = ["label_inline"]

_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*[ ]")
_BEGINS = re.compile(r"[.:]?(?:\Z|[ ][\"'“‘«„(]*[^\W\d_a-zß-öø-ÿ]|[ ]\d)")
_WORD = re.compile(r"[^ .:]*")


def label_inline(draft: Draft) -> None:
    """Part kept blocks at the markers in them and remove the markers."""
    by_word = draft.rules.inline_by_word
    parted: list[Block] = []
    moved: list[int] = []  # where each block, or its first piece, is now
    for block in draft.blocks:
        moved.append(len(parted))
        cuts = list(_markers(block.text, by_word)) if block.kept else []
        if not cuts or cuts[0][:2] == (0, len(block.text)):
            parted.append(block)
            continue
        for text, rule in _pieces(block.text, cuts):
            piece = replace(block, text=text, source="", gap=block.gap and not parted)
            if rule is not None:
                piece.remove(rule.reason, rule.id)
            parted.append(piece)
    if len(parted) > len(draft.blocks):
        draft.replace_blocks(parted, moved)


def _markers(
    text: str, by_word: Mapping[str, list[tuple[str, Rule]]]
) -> Iterator[tuple[int, int, Rule]]:
    """Yield the markers that stand between sentences: where they begin and end, and their rules."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    if len(starts) == 1 and _first_word(text) not in by_word:  # most titles and links
        return
    folded = fold(text)
    end = 0
    for start in starts:
        word = _WORD.match(folded, start)
        assert word is not None
        if start < end or word[0] not in by_word:
            continue
        for form, rule in by_word[word[0]]:
            if folded.startswith(form, start) and _BEGINS.match(text, start + len(form)):
                end = start + len(form)
                yield start, end, rule
                break


def _first_word(text: str) -> str:
    word = _WORD.match(text)
    assert word is not None
    return fold(word[0])


def _pieces(text: str, cuts: list[tuple[int, int, Rule]]) -> Iterator[tuple[str, Rule | None]]:
    """Yield the parts of a text: markers with their rules, and what stands between them."""
    start = 0
    for at, end, rule in cuts:
        if text[start:at].strip():
            yield text[start:at].strip(), None
        yield text[at:end], rule
        start = end + (text[end : end + 1] in (".", ":"))
    if text[start:].strip():
        yield text[start:].strip(), None
