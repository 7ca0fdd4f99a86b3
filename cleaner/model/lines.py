"""What the model sees of a dump: one row of numbers a line.

A line says little by itself; its neighbours are the model's own business (see `sequence`). Here is
what a line looks like, what the rules have said of it, and where it stands in the dump's prose.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.article import Reason
from cleaner.page import Role
from cleaner.shape import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.page import Block

    Floats = NDArray[np.float64]
    Column = NDArray[Any]  # n numbers or flags, or n × several

__all__ = ["NAMES", "Lines", "lines"]

_ENDINGS = {
    **dict.fromkeys(".。．।۔", 0), **dict.fromkeys("!?！？؟", 1),
    **dict.fromkeys("\"”’»')』」）", 2), **dict.fromkeys(":：", 3), "…": 4, ",": 5,
}  # fmt: skip
_BEGINNINGS = {**dict.fromkeys("\"'“„«‘»‹", 3), **dict.fromkeys("-*•·–—>|►▶©#+", 4)}
# What the rules said of a line already, in groups that mean the same to its neighbours.
_SAID = {
    Reason.AD_MARKER: 0, Reason.SPONSORED: 0, Reason.MEDIA_CAPTION: 1, Reason.RELATED_LINK: 2,
    Reason.TEASER_LIST: 3, Reason.CALL_TO_ACTION: 4, Reason.METADATA: 5, Reason.BYLINE: 6,
    Reason.AUTHOR_BIO: 7, Reason.CREDIT: 8, Reason.LEGAL: 9, Reason.NAVIGATION: 9,
    Reason.COMMENTS: 9,
}  # fmt: skip
_SAYINGS = 10
_WORD = re.compile(r"\w+")
_WIDE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")  # one letter says what three do elsewhere
_WIDE_FACTOR = 2.5
_SAMPLE = 40  # lines looked at to tell the script
_HEAD = 200  # characters of a line whose words are read
_PROSE = 80  # characters
_SEPARATORS = re.compile(r"[|»›·]")
_ADDRESS = re.compile(r"://|www\.|@\w|\.(?:com|org|net)\b")
_COMMON, _COMMON_LENGTH = 60, 5  # the dump's most frequent short words: its function words
_TELLING = 4  # letters; longer words tell of what a text is about

NAMES: tuple[str, ...] = (
    "length", "words", "word-length", "commas", "sentences", "quoted", "capitals", "shouted",
    "digits", "separators", "address",
    "ends-full-stop", "ends-question", "ends-quote", "ends-colon", "ends-ellipsis", "ends-comma",
    "begins-lower", "begins-capital", "begins-digit", "begins-quote", "begins-bullet",
    "ends-sentence", "prose", "gap-before", "gap-after",
    "copies", "function-words", "in-first-line", "topic",
    *(f"said-{n}" for n in range(_SAYINGS)), "kept",
    "position", "text-position", "prose-position", "from-start", "from-end",
    "in-segment", "from-segment-start", "from-segment-end",
    "segment-share", "lines", "prose-share", "prose-lines", "gap-share", "said-share",
)  # fmt: skip


class Lines:
    """The rows of a dump's n lines: `rows` (n × len(NAMES)), and what other modules need of them.

    `length` in characters of an alphabetic script, `words` lower-case from the head of each line.
    """

    def __init__(self, rows: Floats, length: Floats, words: list[list[str]]):
        self.rows = rows
        self.length = length
        self.words = words


def lines(blocks: Sequence[Block]) -> Lines:
    """Return the features of a dump with at least one line, as the rules have labelled it."""
    texts = [block.text for block in blocks]
    scale = _WIDE_FACTOR if _is_wide(texts) else 1.0
    length: Floats = np.array([len(text) for text in texts]) * scale
    typed = [_WORD.findall(text[:_HEAD]) for text in texts]
    words = [[word.lower() for word in line] for line in typed]
    look, prose = _look_columns(texts, typed, length)
    said = np.array([_SAID.get(b.reason, -1) if b.reason else -1 for b in blocks])
    gaps = np.array([block.gap for block in blocks], np.float64)
    pieces = np.where(prose, length, 0.0)
    start, end = _segment(np.where(prose, np.minimum(length, 400), -np.minimum(60, length + 15)))
    columns: list[Column] = [
        *look,
        prose,
        gaps,
        np.append(gaps[1:], 1.0),
        *_word_columns(texts, words, prose, start, end),
        said[:, None] == np.arange(_SAYINGS),
        np.array([block.role is Role.BODY for block in blocks]),
        *_place_columns(length, pieces, start, end),
    ]
    shares = (
        pieces[start:end].sum() / max(1.0, pieces.sum()), np.log1p(len(texts)),
        pieces.sum() / max(1.0, length.sum()), prose.mean(), gaps.mean(), (said >= 0).mean(),
    )  # fmt: skip
    columns.append(np.tile(shares, (len(texts), 1)))
    rows = np.column_stack(columns).astype(np.float64, copy=False)
    assert rows.shape[1] == len(NAMES)
    return Lines(rows, length, words)


def _look_columns(
    texts: Sequence[str], typed: Sequence[Sequence[str]], length: Floats
) -> tuple[list[Column], Column]:
    """What each line looks like, and whether it is prose."""
    heads = np.array([max(1, len(line)) for line in typed], np.float64)
    read = np.array([min(_HEAD, len(text)) for text in texts], np.float64)
    sentences = np.array(
        [t.count(". ") + t.count("。") + t.count("? ") + t.count("! ") for t in texts]
    )
    ended = np.array([ends_sentence(text) for text in texts])
    prose = ((length >= _PROSE) & ended) | (sentences >= 2)
    endings = np.array([_ENDINGS.get(text[-1], -1) for text in texts])
    beginnings = np.array([_beginning(text[0]) for text in texts])
    columns = [
        np.log1p(length),
        np.log1p(heads * np.maximum(1.0, length / np.maximum(1.0, read))),
        np.minimum(15.0, read / heads) / 10,
        np.array([t.count(",") + t.count("，") + t.count("、") for t in texts]) / heads,
        np.log1p(sentences),
        np.array(['"' in t or "“" in t or "«" in t or "„" in t for t in texts]),
        np.array([sum([word[0].isupper() for word in line]) for line in typed]) / heads,
        np.array([text[:_HEAD].isupper() for text in texts]),
        np.array([sum(map(str.isdigit, text[:60])) for text in texts]) / np.minimum(60, read),
        np.array([_SEPARATORS.search(text, 0, _HEAD) is not None for text in texts]),
        np.array([_ADDRESS.search(text, 0, _HEAD) is not None for text in texts]),
        endings[:, None] == np.arange(6),
        beginnings[:, None] == np.arange(5),
        ended,
    ]
    return columns, prose


def _beginning(char: str) -> int:
    if char.islower():
        return 0
    if char.isupper():
        return 1
    if char.isdigit():
        return 2
    return _BEGINNINGS.get(char, -1)


def _word_columns(
    texts: Sequence[str], words: Sequence[list[str]], prose: Column, start: int, end: int
) -> list[Column]:
    """What a line's words have to do with those of the dump."""
    copies = Counter(texts)
    # Not sets: which of equally frequent words are the first depends on their order.
    distinct = [dict.fromkeys(line) for line in words]
    counts = Counter(word for line in distinct for word in line)
    common = {w for w, _ in counts.most_common(_COMMON) if len(w) <= _COMMON_LENGTH}
    telling = [{word for word in line if len(word) > _TELLING} for line in distinct]
    within = [start <= i < end and bool(prose[i]) for i in range(len(texts))]
    topic = Counter(
        word for line, is_in in zip(telling, within, strict=True) if is_in for word in line
    )
    several = {word for word, count in topic.items() if count > 1}
    first = set(words[0])
    shared, about = [], []
    for line, tell, is_in in zip(words, telling, within, strict=True):
        size = max(1, len(line))
        functional = sum(map(common.__contains__, line))
        shared.append((functional / size, len(first.intersection(line)) / size))
        # What only the line itself says is no topic.
        known = tell & several if is_in else tell & topic.keys()
        about.append(len(known) / max(1, len(tell)))
    return [
        np.minimum(3.0, np.array([copies[text] - 1 for text in texts])),
        np.array(shared),
        np.array(about),
    ]


def _place_columns(length: Floats, pieces: Floats, start: int, end: int) -> list[Column]:
    n = len(length)
    at = np.arange(n)
    return [
        at / max(1, n - 1),
        np.cumsum(length) / max(1.0, length.sum()),
        np.cumsum(pieces) / max(1.0, pieces.sum()),
        np.log1p(at),
        np.log1p(n - 1 - at),
        (at >= start) & (at < end),
        np.clip(at - start, -20, 20) / 20,
        np.clip(at - end + 1, -20, 20) / 20,
    ]


def _segment(values: Floats) -> tuple[int, int]:
    """Return the interval with the greatest sum (Kadane's algorithm)."""
    best = current = 0.0
    begin = start = end = 0
    for i, value in enumerate(values.tolist()):
        if current <= 0:
            current, begin = 0.0, i
        current += value
        if current > best:
            best, start, end = current, begin, i + 1
    return start, max(end, start + 1)


def _is_wide(texts: Sequence[str]) -> bool:
    sample = "".join(text[:100] for text in texts[:: max(1, len(texts) // _SAMPLE)])
    return not sample.isascii() and len(_WIDE.findall(sample)) > 0.3 * len(sample)
