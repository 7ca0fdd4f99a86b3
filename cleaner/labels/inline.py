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

    _Marker = tuple[int, int, Rule]  # where it begins and ends, and whose it is
    _ByStart = Mapping[str, list[tuple[str, Rule]]]

__all__ = ["label_inline"]

_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*[ ]")
_BEGINS = re.compile(r"[.:]?(?:\Z|[ ][\"'“‘«„(]*[^\W\d_a-zß-öø-ÿ]|[ ]\d)")
_START = re.compile(r"([^ .:：]*)(?: [^ .:：]*)?")  # one word or two


def label_inline(draft: Draft) -> None:
    """Part kept blocks at the markers in them and remove the markers."""
    by_start = draft.rules.inline_by_start
    cuts: dict[int, list[_Marker]] = {}
    for index, block in draft.kept():
        markers = list(_markers(block.text, by_start))
        if markers and markers[0][:2] != (0, len(block.text)):
            cuts[index] = markers
    if not cuts:
        return
    parted: list[Block] = []
    moved: list[int] = []  # where each block, or its first piece, is now
    for index, block in enumerate(draft.blocks):
        moved.append(len(parted))
        if index not in cuts:
            parted.append(block)
            continue
        for text, rule in _pieces(block.text, cuts[index]):
            piece = replace(block, text=text, source="", gap=block.gap and not parted)
            if rule is not None:
                piece.remove(rule.reason, rule.id)
            parted.append(piece)
    draft.replace_blocks(parted, moved)


def _markers(text: str, by_start: _ByStart) -> Iterator[_Marker]:
    """Yield the markers that stand between sentences."""
    end = 0
    for start in (0, *[match.end() for match in _SENTENCE_END.finditer(text)]):
        marker = _marker_at(start, text, by_start) if start >= end else None
        if marker is not None:
            end = marker[1]
            yield marker


def _marker_at(start: int, text: str, by_start: _ByStart) -> _Marker | None:
    match = _START.match(text, start)
    assert match is not None
    for words in map(fold, match.group(0, 1)):
        for form, rule in by_start.get(words, ()):
            end = start + len(form)
            if fold(text[start:end]) == form and _BEGINS.match(text, end):
                return start, end, rule
    return None


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
