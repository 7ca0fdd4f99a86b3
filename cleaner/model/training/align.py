"""Which blocks of a page are its body, given the body as a plain text.

The gold is somebody's text of the article, the blocks are ours: they are brought together by
their words. Blocks are first placed in the gold by their shingles, then a chain of placed blocks
is chosen that covers most of the gold in document order, so that of several copies of a paragraph
(teaser, hidden copy, body) one is chosen: the one among its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.page import Block, Box

__all__ = ["BODY", "IGNORED", "OTHER", "align"]

OTHER, BODY, IGNORED = 0, 1, -1

_SHINGLE = 4
_DRIFT = 12  # words a shingle may stand off the block's place: the gold leaves out or adds some
_LEAST_PLACED = 0.6  # of a block's shingles
_MOST_PLACES = 3
_SAME_BOX = 4.0  # words that standing in the predecessor's box is worth
_CONTIGUOUS = 6.0  # words that following on in the gold is worth
_MOST_SKIPPED = 2  # blocks of other text between short ones that follow on
_FAR = 0.02  # words that each skipped block costs
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the gold where a block fits: words [start, end)."""

    block: int
    start: int
    end: int
    words: int


def align(blocks: Sequence[Block], gold: str, optional: str = "") -> list[int]:
    """Return BODY, OTHER or IGNORED for each block.

    `optional` is text that may or may not count as body: its blocks are IGNORED.
    """
    words = [_WORD.findall(block.text.lower()) for block in blocks]
    target = _WORD.findall(gold.lower())
    places = _places(words, target)
    chosen = _chain(places, blocks)
    covered = bytearray(len(target))
    for place in chosen:
        covered[place.start : place.end] = b"\1" * (place.end - place.start)
    for place in places:  # out of order, but what they say is said nowhere else
        free = place.end - place.start - sum(covered[place.start : place.end])
        if free >= 0.8 * (place.end - place.start):
            chosen.append(place)
            covered[place.start : place.end] = b"\1" * (place.end - place.start)
    labels = [OTHER] * len(blocks)
    for place in chosen:
        labels[place.block] = BODY
    _label_short(labels, words, target, covered, chosen)
    if optional:
        _ignore(labels, words, _WORD.findall(optional.lower()))
    return labels


def _places(words: list[list[str]], target: list[str]) -> list[_Place]:
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(target) - _SHINGLE + 1):
        index[tuple(target[i : i + _SHINGLE])].append(i)
    found: list[_Place] = []
    for block, tokens in enumerate(words):
        count = len(tokens) - _SHINGLE + 1
        if count < 1:
            continue
        offsets: Counter[int] = Counter()
        hits: list[tuple[int, int]] = []
        for i in range(count):
            for position in index.get(tuple(tokens[i : i + _SHINGLE]), ())[:20]:
                offsets[position - i] += 1
                hits.append((i, position))
        for offset, _ in offsets.most_common(_MOST_PLACES):
            near = [(i, p) for i, p in hits if abs(p - i - offset) <= _DRIFT]
            if len({i for i, _ in near}) >= _LEAST_PLACED * count:
                start = min(p for _, p in near)
                end = max(p for _, p in near) + _SHINGLE
                if not any(f.block == block and abs(f.start - start) < _DRIFT for f in found[-3:]):
                    found.append(_Place(block, start, end, len({i for i, _ in near}) + 3))
    return found


def _chain(places: list[_Place], blocks: Sequence[Block]) -> list[_Place]:
    """Choose the chain of places, in order of both page and gold, that is worth most."""
    best = [float(place.words) for place in places]
    before: list[int | None] = [None] * len(places)
    boxes: list[Box | None] = [_container(blocks[place.block]) for place in places]
    for i, place in enumerate(places):
        for j in range(i - 1, -1, -1):
            other = places[j]
            if other.block >= place.block or other.end > place.start + 3:
                continue
            value = best[j] + place.words - _FAR * (place.block - other.block)
            value += _SAME_BOX * (boxes[i] is boxes[j])
            value += _CONTIGUOUS * (place.start - other.end <= 3)
            if value > best[i]:
                best[i], before[i] = value, j
    chain: list[_Place] = []
    at: int | None = max(range(len(places)), key=best.__getitem__, default=None)
    while at is not None:
        chain.append(places[at])
        at = before[at]
    return chain[::-1]


def _container(block: Block) -> Box | None:
    return block.markup.box.parent if block.markup is not None else None


def _label_short(
    labels: list[int],
    words: list[list[str]],
    target: list[str],
    covered: bytearray,
    chosen: list[_Place],
) -> None:
    """Label blocks too short for a shingle where they follow on a chosen block in the gold."""
    end_of = {place.block: place.end for place in chosen}
    for block in sorted(end_of):
        cursor, at, skipped = end_of[block], block + 1, 0
        while at < len(words) and labels[at] != BODY and skipped <= _MOST_SKIPPED:
            tokens = words[at]
            end = cursor + len(tokens)
            fits = 0 < len(tokens) < _SHINGLE and target[cursor:end] == tokens
            if fits and not any(covered[cursor:end]):
                labels[at] = BODY
                covered[cursor:end] = b"\1" * len(tokens)
                cursor, skipped = end, 0
            elif tokens:
                skipped += 1
            at += 1


def _ignore(labels: list[int], words: list[list[str]], optional: list[str]) -> None:
    shingles = {tuple(optional[i : i + 3]) for i in range(max(1, len(optional) - 2))}
    for block, tokens in enumerate(words):
        if labels[block] == OTHER and tokens:
            own = [tuple(tokens[i : i + 3]) for i in range(max(1, len(tokens) - 2))]
            if sum(s in shingles for s in own) >= _LEAST_PLACED * len(own):
                labels[block] = IGNORED
