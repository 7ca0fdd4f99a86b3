"""A corpus folder → examples: the model's rows of each page, with labels.

A corpus is a folder with `gold.jsonl` (one object a page: id, site, body, optional) and
`pages/ID.html.gz`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.errors import InputError
from cleaner.model.features import features
from cleaner.model.tokens import block_words
from cleaner.model.training.align import BODY, IGNORED, align
from cleaner.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Example", "load_corpus", "part_of", "stacked"]

_CHARACTERS_A_WORD = 5.0
_LONGEST_COUNTED = 120.0  # words: a longer block weighs no more
_NEGATIVES = 3.0  # times the gold: what a page's other blocks weigh at most together


@dataclass(slots=True)
class Example:
    """One page: k candidate rows with what is known of them, and the gold to score against."""

    id: str
    path: Path
    corpus: str
    site: str
    gold: str
    optional: str
    texts: list[str]  # of the candidates
    rows: Floats  # (k, features)
    labels: Ints  # (k,), 1 for body
    weights: Floats  # (k,)
    lengths: Floats  # (k,)
    words: list[list[tuple[int, str]]]  # (level, word) around each candidate


def load_corpus(folder: Path) -> list[Example]:
    """Read every page of a corpus that has a body in the gold. Raises InputError."""
    try:
        lines = (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / 'gold.jsonl'}: {error}") from error
    return [_example(folder, row) for row in rows if row.get("body")]


def part_of(site: str, parts: int, salt: str = "") -> int:
    """Return which of so many parts a site belongs to, the same on every machine."""
    return int(hashlib.md5((salt + site).encode()).hexdigest(), 16) % parts


def _example(folder: Path, row: dict[str, str]) -> Example:
    path = folder / "pages" / f"{row['id']}.html.gz"
    try:
        page = read(gzip.decompress(path.read_bytes()), "html")
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: {error}") from error
    optional = row.get("optional") or ""
    empty = np.zeros(0)
    example = Example(
        row["id"], path, folder.name, row["site"], row["body"], optional, [], empty,
        np.zeros(0, np.int64), empty, empty, [],
    )  # fmt: skip
    if not page.blocks:
        return example
    seen = features(page)
    labels = np.array(align(page.blocks, row["body"], optional))[seen.candidates]
    example.rows = seen.rows
    example.texts = [page.blocks[i].text for i in seen.candidates]
    example.labels = (labels == BODY).astype(np.int64)
    example.lengths = seen.layout.length[seen.candidates]
    example.weights = _weights(labels, example.lengths)
    example.words = [list(block_words(page.blocks[i])) for i in seen.candidates]
    return example


def _weights(labels: Ints, lengths: Floats) -> Floats:
    """Weigh blocks by their words relative to the gold, so that long pages do not rule."""
    weights: Floats = np.minimum(lengths / _CHARACTERS_A_WORD, _LONGEST_COUNTED) + 1.0
    weights /= float(weights[labels == BODY].sum()) or 1.0
    others = labels != BODY
    amount = float(weights[others].sum())
    if amount > _NEGATIVES:
        weights[others] *= _NEGATIVES / amount
    weights[labels == IGNORED] = 0.0
    return weights


def stacked(examples: Iterable[Example]) -> tuple[Floats, Ints, Floats]:
    """Return rows, labels and weights of all examples together."""
    used = [example for example in examples if len(example.labels)]
    return (
        np.concatenate([example.rows for example in used]),
        np.concatenate([example.labels for example in used]),
        np.concatenate([example.weights for example in used]),
    )
