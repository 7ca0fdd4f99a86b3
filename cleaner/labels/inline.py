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
    from collections.abc import Iterator

    from cleaner.labels.draft import Draft
    from cleaner.page import Block
    from cleaner.rules import Rule, Rules

    _Marker = tuple[int, int, Rule]  # where it begins and ends, and whose it is

__all__ = ["label_inline"]

# Where a sentence begins, with its first two words and its first.
_WORD = r"[^ .:：]*"
_END = r"[.!?…:][\"'”’»)\]]*[ ]"
_SENTENCE = re.compile(rf"(?:\A|{_END})(?=(?P<two>(?P<one>{_WORD})(?: {_WORD})?))")
# The same in two, which takes less time, and no more than the first word.
_FIRST = re.compile(_WORD)
_FIRST_BEHIND_END = re.compile(rf"{_END}(?=({_WORD}))")
_BEGINS = re.compile(r"[.:]?(?:\Z|[ ][\"'“‘«„(]*[^\W\d_a-zß-öø-ÿ]|[ ]\d)")


def label_inline(draft: Draft) -> None:
    """Part kept blocks at the markers in them and remove the markers."""
    rules = draft.rules
    shortest = rules.shortest_inline
    cuts: dict[int, list[_Marker]] = {}
    for index, block in draft.kept():
        if len(block.text) < shortest or not _may_hold_marker(block.text, rules):
            continue
        markers = list(_markers(block.text, rules))
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
            first = len(parted) == moved[-1]
            piece = replace(block, text=text, source="", gap=block.gap and first)
            if rule is not None:
                piece.remove(rule.reason, rule.id)
            parted.append(piece)
    draft.replace_blocks(parted, moved)


def _may_hold_marker(text: str, rules: Rules) -> bool:
    """Whether a sentence begins like a marker: a few do, and are looked at more closely."""
    first = _FIRST.match(text)
    assert first is not None
    begun = map(fold, (first[0], *_FIRST_BEHIND_END.findall(text)))
    return not rules.inline_by_first.keys().isdisjoint(begun)


def _markers(text: str, rules: Rules) -> Iterator[_Marker]:
    """Yield the markers that stand between sentences."""
    end = 0
    for sentence in _SENTENCE.finditer(text):
        first = fold(sentence["one"])
        if first not in rules.inline_by_first or sentence.end() < end:
            continue
        following = rules.inline_by_two(first)
        start = sentence.end()
        for form, rule in following.get(fold(sentence["two"]), following[""]):
            after = start + len(form)
            if fold(text[start:after]) == form and _BEGINS.match(text, after):
                end = after
                yield start, end, rule
                break


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
