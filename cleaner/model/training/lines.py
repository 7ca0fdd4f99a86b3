"""Text dumps → examples of the dump model.

A folder of dumps holds `dumps.jsonl.gz`, one object a dump: id, kind, site, text, body. A corpus
of pages (see `pages`) gives dumps too: they are made of its pages.
"""

from __future__ import annotations

import gzip
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.confidence import LOW
from cleaner.errors import InputError
from cleaner.labels import PASSES, Draft, label_lines
from cleaner.labels.lines import judged
from cleaner.model.lines import lines
from cleaner.model.training.align import BODY, align
from cleaner.model.training.dumps import dumps_of
from cleaner.model.training.examples import Example, weights_of
from cleaner.model.training.pages import read_gold, read_page
from cleaner.model.wording import wordings
from cleaner.pipeline import clean
from cleaner.readers import read
from cleaner.rules import builtin
from cleaner.torn import paragraph_at

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path

__all__ = ["load_dumps", "make_dumps", "taught", "weigh_news"]

_NEWS_WEIGHT = 2.5
_HEAVIEST = 0.3  # of the gold's weight: one line alone weighs no more
_BEFORE = PASSES[: PASSES.index(label_lines)]  # what the model sees is what these have labelled


def load_dumps(folder: Path) -> list[Example]:
    """Read every dump of a folder. Raises InputError."""
    path = folder / "dumps.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.strip()]
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    return list(_examples(row for row in rows if row.get("body")))


def make_dumps(folder: Path) -> list[Example]:
    """Make dumps of every page of a corpus that has a gold body, or teaches one (see `taught`).

    Raises InputError.
    """
    return list(_examples(_made(folder)))


def weigh_news(examples: Sequence[Example], sites: Container[str]) -> None:
    """Let the dumps of news publishers count for more: they are what the model is for."""
    for example in examples:
        if example.site in sites:
            example.weights *= _NEWS_WEIGHT


def taught(data: bytes, row: dict[str, Any]) -> dict[str, Any] | None:
    """Return the gold of a page nobody has labelled: what cleaner makes of it, None if unsure.

    A page shows far more than a dump of it: the model of pages can teach that of dumps.
    """
    article = clean(data, row.get("url"), kind="html")
    if article.confidence < LOW or not article.body:
        return None
    return {
        **row,
        "headline": article.headline,
        "body": article.body,
        "optional": article.standfirst,
    }


def _made(folder: Path) -> Iterator[dict[str, Any]]:
    for stated in read_gold(folder):
        data = read_page(folder, stated)
        row = stated if stated.get("body") else taught(data, stated)
        if row is None:
            continue
        made = dumps_of(data, row.get("headline"))
        # The article alone: a dump that somebody has cleaned already has to come out as it is.
        for kind, text in (*made, ("clean", row["body"])):
            yield {
                **row,
                "id": f"{row['id']}#{kind}",
                "kind": f"{folder.name} {kind}",
                "text": text,
            }


def _examples(rows: Iterator[dict[str, Any]]) -> Iterator[Example]:
    """Yield an example for each dump that has text."""
    for row in rows:
        again = partial(read, row["text"], "text")
        page = again()
        if not page.blocks:
            continue
        draft = Draft(page, builtin())
        for label_pass in _BEFORE:
            label_pass(draft)
        blocks = [paragraph_at(page.blocks, run) for run in judged(page.blocks)]
        seen = lines(blocks)
        optional = row.get("optional") or ""
        labels = np.array(align(blocks, row["body"], optional))
        yield Example(
            row["id"], row["kind"], row["site"], row["body"], optional, again, seen.rows,
            (labels == BODY).astype(np.int64),
            np.minimum(_HEAVIEST, weights_of(labels, seen.length)), seen.length,
            [list(wordings(words)) for words in seen.words],
        )  # fmt: skip
