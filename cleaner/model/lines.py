"""What the model sees of a dump: one row of numbers a line.

A line says little by itself; its neighbours are the model's own business (see `sequence`). Here is
what a line looks like, what the rules have said of it, and where it stands in the dump's prose.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.article import Reason
from cleaner.model.characters import ENDINGS, WIDE_FACTOR, is_wide
from cleaner.model.words import Words
from cleaner.shape import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.page import Block

    Floats = NDArray[np.float64]
    Column = NDArray[Any]  # n numbers or flags, or n × several

__all__ = ["NAMES", "Lines", "lines"]

_BEGINNINGS = {**dict.fromkeys("\"'“„«‘»‹", 3), **dict.fromkeys("-*•·–—>|►▶©#+", 4)}
# What the rules said of a line already, in groups that mean the same to its neighbours.
_SAID = {
    Reason.AD_MARKER: 0, Reason.SPONSORED: 0, Reason.MEDIA_CAPTION: 1, Reason.RELATED_LINK: 2,
    Reason.TEASER_LIST: 3, Reason.CALL_TO_ACTION: 4, Reason.METADATA: 5, Reason.BYLINE: 6,
    Reason.AUTHOR_BIO: 7, Reason.CREDIT: 8, Reason.LEGAL: 9, Reason.NAVIGATION: 9,
    Reason.COMMENTS: 9,
}  # fmt: skip
_SAYINGS = 10
_HEAD = 140  # characters of a line whose words are read
_WIDE_HEAD = 100  # characters of a line that tell its script
_COUNTED = 50_000  # characters of a line in which its signs are counted
_PROSE = 80  # characters
_DIGITS_WITHIN = 60  # characters
# The signs that are counted, as classes of characters; those of _SPACED are sentences' ends.
_COMMA, _QUOTE, _SEPARATOR, _DIGIT, _SENTENCE, _SPACED = range(1, 7)
_SIGNS = 7
_SIGN = np.zeros(sys.maxunicode + 1, np.uint8)
for _sign, _characters in (
    (_COMMA, ",，、"), (_QUOTE, '"“«„'), (_SEPARATOR, "|»›·"), (_DIGIT, "0123456789"),
    (_SENTENCE, "。"), (_SPACED, ".?!"),
):  # fmt: skip
    _SIGN[[ord(character) for character in _characters]] = _sign
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

    `length` in characters of an alphabetic script, `words` of the head of each line.
    """

    def __init__(self, rows: Floats, length: Floats, words: Words):
        self.rows = rows
        self.length = length
        self.words = words


def lines(blocks: Sequence[Block]) -> Lines:
    """Return the features of a dump with at least one line, as the rules have labelled it."""
    texts = [block.text for block in blocks]
    scale = WIDE_FACTOR if is_wide(texts, _WIDE_HEAD) else 1.0
    characters = np.array(list(map(len, texts)))
    length: Floats = characters * scale
    heads = [text[:_HEAD] for text in texts]
    words = Words(heads)
    look, prose = _look_columns(texts, heads, characters, length, words)
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
        np.array([block.kept for block in blocks]),
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
    texts: Sequence[str], heads: Sequence[str], characters: Column, length: Floats, words: Words
) -> tuple[list[Column], Column]:
    """What each line of so many characters looks like, and whether it is prose."""
    count = np.maximum(1.0, words.sizes)
    read = np.minimum(characters, _HEAD)
    signs = _signs([text[:_COUNTED] for text in texts], np.minimum(characters, _COUNTED))
    sentences = signs[_SENTENCE]
    ended = np.array([ends_sentence(text) for text in texts])
    prose = ((length >= _PROSE) & ended) | (sentences >= 2)
    endings = np.array([ENDINGS.get(text[-1], -1) for text in texts])
    beginnings = _beginnings(texts)
    columns = [
        np.log1p(length),
        np.log1p(count * np.maximum(1.0, length / np.maximum(1.0, read))),
        np.minimum(15.0, read / count) / 10,
        signs[_COMMA] / count,
        np.log1p(sentences),
        signs[_QUOTE] > 0,
        words.per_line(words.capital) / count,
        np.fromiter(map(str.isupper, heads), np.bool_, len(heads)),
        signs[_DIGIT] / np.minimum(60, read),
        signs[_SEPARATOR] > 0,
        _has_address(heads),
        endings[:, None] == np.arange(6),
        beginnings[:, None] == np.arange(5),
        ended,
    ]
    return columns, prose


def _signs(texts: Sequence[str], characters: Column) -> Column:
    """Return how often each sign stands in each line, shape (_SIGNS, n)."""
    text = "\n".join(texts)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    signs = _SIGN[codes]
    if not text.isascii():
        foreign = np.unique(codes[codes > 127]).tolist()
        digits = [code for code in foreign if chr(code).isdigit()]
        if digits:
            signs[np.isin(codes, digits)] = _DIGIT
    at = np.flatnonzero(signs != 0)  # as flags: four times as fast
    found = signs[at].astype(np.intp)
    n = len(texts)
    starts = np.cumsum(characters + 1) - characters - 1  # a line end behind each
    line = np.searchsorted(starts, at, "right") - 1
    place = at - starts[line]
    # A full stop ends a sentence before a space, others wherever they stand.
    spaced = codes[np.minimum(at + 1, len(codes) - 1)] == ord(" ")
    counts = (
        ((found != _SPACED) | spaced)
        & ((found != _DIGIT) | (place < _DIGITS_WITHIN))
        & ((found != _SEPARATOR) | (place < _HEAD))
    )
    found = np.where(found == _SPACED, _SENTENCE, found)[counts]
    return np.bincount(found * n + line[counts], minlength=_SIGNS * n).reshape(_SIGNS, n)


def _has_address(heads: Sequence[str]) -> Column:
    """Whether the head of each line has what addresses of the web and of mail are made of."""
    found = np.zeros(len(heads), np.bool_)
    starts = [match.start() for match in _ADDRESS.finditer("\n".join(heads))]
    if starts:
        ends = np.cumsum([len(head) + 1 for head in heads])
        found[np.searchsorted(ends, starts, "right")] = True
    return found


def _beginnings(texts: Sequence[str]) -> Column:
    """Return the classes of first characters, each distinct one asked for once."""
    characters = [text[0] for text in texts]
    classes = {character: _beginning(character) for character in set(characters)}
    return np.array([classes[character] for character in characters])


def _beginning(char: str) -> int:
    if char.islower():
        return 0
    if char.isupper():
        return 1
    if char.isdigit():
        return 2
    return _BEGINNINGS.get(char, -1)


def _word_columns(
    texts: Sequence[str], words: Words, prose: Column, start: int, end: int
) -> list[Column]:
    """What a line's words have to do with those of the dump."""
    copies = Counter(texts)
    known = len(words.distinct)
    letters = np.fromiter(map(len, words.distinct), np.intp, known)
    counts = np.bincount(words.word_once, minlength=known)
    common = np.zeros(known, np.bool_)
    common[np.argsort(-counts, kind="stable")[:_COMMON]] = True
    common &= letters <= _COMMON_LENGTH
    first = np.zeros(known, np.bool_)
    first[words.word[words.line == 0]] = True
    heads = np.maximum(1, words.sizes)

    within = np.zeros(len(texts), np.bool_)
    within[start:end] = prose[start:end]
    tells = letters[words.word_once] > _TELLING
    is_in = within[words.line_once]
    topic = np.bincount(words.word_once[tells & is_in], minlength=known)
    # What only the line itself says is no topic.
    about = tells & (topic[words.word_once] > is_in)
    return [
        np.minimum(3.0, np.array([copies[text] - 1 for text in texts])),
        words.per_line(common[words.word]) / heads,
        words.per_line_once(first[words.word_once]) / heads,
        words.per_line_once(about) / np.maximum(1.0, words.per_line_once(tells)),
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
