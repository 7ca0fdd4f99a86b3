"""A corpus of pages → examples of the body model.

A corpus is a folder with `gold.jsonl` (one object a page: id, site, body, perhaps optional) and
`pages/ID.html.gz`.
"""

from __future__ import annotations

import gzip
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.errors import InputError
from cleaner.model.features import features
from cleaner.model.tokens import block_words
from cleaner.model.training.align import BODY, align
from cleaner.model.training.examples import Example, weights_of
from cleaner.readers import read

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.page import Page

__all__ = ["load_pages", "read_gold", "read_page"]


def load_pages(folder: Path) -> list[Example]:
    """Read every page of a corpus that has a body in the gold. Raises InputError."""
    return [_example(folder, row) for row in read_gold(folder) if row.get("body")]


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of a corpus' gold. Raises InputError."""
    try:
        lines = (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / 'gold.jsonl'}: {error}") from error


def read_page(folder: Path, row: dict[str, Any]) -> bytes:
    """Return the page of a row of the gold. Raises InputError."""
    path = folder / "pages" / f"{row['id']}.html.gz"
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: {error}") from error


def _page(folder: Path, row: dict[str, Any]) -> Page:
    return read(read_page(folder, row), "html")


def _example(folder: Path, row: dict[str, Any]) -> Example:
    again = partial(_page, folder, row)
    page = again()
    optional = row.get("optional") or ""
    empty = np.zeros(0)
    example = Example(
        row["id"], folder.name, row["site"], row["body"], optional, again, empty,
        np.zeros(0, np.int64), empty, empty, [],
    )  # fmt: skip
    if not page.blocks:
        return example
    seen = features(page)
    labels = np.array(align(page.blocks, row["body"], optional))[seen.candidates]
    example.rows = seen.rows
    example.labels = (labels == BODY).astype(np.int64)
    example.lengths = seen.layout.length[seen.candidates]
    example.weights = weights_of(labels, example.lengths)
    example.words = [list(block_words(page.blocks[i])) for i in seen.candidates]
    return example
