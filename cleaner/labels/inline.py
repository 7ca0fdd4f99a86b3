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
    from cleaner.rules import Rule

__all__ = ["label_inline"]

_ENDED = re.compile(r"(?:\A|[.!?…:][\"'”’»)\]]*[ ])\Z")
_BEGINS = re.compile(r"[.:]?(?:\Z|[ ][\"'“‘«„(]*[^\W\d_a-zß-öø-ÿ]|[ ]\d)")


def label_inline(draft: Draft) -> None:
    """Part kept blocks at the markers in them and remove the markers."""
    by_word = draft.rules.inline_by_word
    parted: list[Block] = []
    moved: list[int] = []  # where each block, or its first piece, is now
    for block in draft.blocks:
        moved.append(len(parted))
        if not block.kept:
            parted.append(block)
            continue
        lower = block.text.lower()
        forms = [form for word in by_word if word in lower for form in by_word[word]]
        pieces = list(_pieces(block.text, forms)) if forms else []
        if len(pieces) < 2:
            parted.append(block)
            continue
        for text, rule in pieces:
            piece = replace(block, text=text, source="", gap=block.gap and not parted)
            if rule is not None:
                piece.remove(rule.reason, rule.id)
            parted.append(piece)
    if len(parted) > len(draft.blocks):
        draft.replace_blocks(parted, moved)


def _pieces(text: str, forms: list[tuple[str, Rule]]) -> Iterator[tuple[str, Rule | None]]:
    """Yield the parts of a text: markers with their rules, and what stands between them."""
    folded = fold(text)
    cuts: list[tuple[int, int, Rule]] = []
    for form, rule in forms:
        at = folded.find(form)
        while at >= 0:
            end = at + len(form)
            if _ENDED.search(text[max(0, at - 6) : at] if at else "") and _BEGINS.match(text, end):
                cuts.append((at, end, rule))
            at = folded.find(form, end)
    start = 0
    for at, end, rule in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if at < start:
            continue  # a shorter wording inside a longer one
        if text[start:at].strip():
            yield text[start:at].strip(), None
        yield text[at:end], rule
        start = end + (text[end : end + 1] in (".", ":"))
    if start and text[start:].strip():
        yield text[start:].strip(), None
