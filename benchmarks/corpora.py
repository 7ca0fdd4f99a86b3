"""Corpora of pages with gold, in our own form and in the public ones' as people clone them.

    our own           gold.jsonl (id, headline, date, body, optional, url) + pages/ID.html.gz
    our dumps         dumps.jsonl[.gz]: the same fields, `text` the dump, `kind` who made it
    AEB               ground-truth.json + html/ID.html.gz (scrapinghub/article-extraction-benchmark)
    WCXB              ground-truth/ID.json + html/ID.html[.gz] in its folders dev and test
    Fundus            PUBLISHER.json + PUBLISHER_DATE.html.gz (its parsers' test data, by country)
    htmldate          eval_*.json beside the folder eval of pages: dates only

Nothing is decided by a page's name or site: a loader only reads.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Case", "CorpusError", "load"]


class CorpusError(Exception):
    """A folder holds no corpus of a known form; the message names it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One document and what is known of it; None for what the corpus does not say.

    `optional` is text that counts neither way. `kind` groups text dumps by who made them.
    """

    id: str
    data: bytes
    url: str | None = None
    headline: str | None = None
    date: str | None = None
    body: str | None = None
    optional: str = ""
    kind: str = "html"

    @property
    def is_dump(self) -> bool:
        """Whether the document is a text dump rather than a page."""
        return self.kind != "html"


def load(folder: Path) -> list[Case]:
    """Return the cases of the corpus in a folder, in order of their ids.

    Raises CorpusError where the folder holds no corpus, or a broken one.
    """
    try:
        for reader in _READERS:
            cases = list(reader(folder))
            if cases:
                return sorted(cases, key=lambda case: case.id)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{folder}: {type(error).__name__}: {error}") from error
    raise CorpusError(f"{folder}: no corpus of a known form (see benchmarks/corpora.py)")


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _page(folder: Path, name: str) -> bytes:
    """Return the page called `name` in a folder, compressed or not."""
    for suffix in (".html.gz", ".html", ".htm", ".gz", ""):
        path = folder / f"{name}{suffix}"
        if path.is_file():
            return _bytes(path)
    raise FileNotFoundError(f"{folder}: no page {name}")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in _bytes(path).decode("utf-8").split("\n"):  # not at U+2028
        if line.strip():
            yield json.loads(line)


def _case(row: dict[str, Any], data: bytes, kind: str = "html") -> Case:
    return Case(
        row["id"], data, row.get("url"), row.get("headline"), row.get("date"), row.get("body"),
        row.get("optional") or "", kind,
    )  # fmt: skip


def _own(folder: Path) -> Iterator[Case]:
    if (folder / "gold.jsonl").is_file():
        for row in _rows(folder / "gold.jsonl"):
            yield _case(row, _page(folder / "pages", row["id"]))


def _dumps(folder: Path) -> Iterator[Case]:
    for name in ("dumps.jsonl", "dumps.jsonl.gz"):
        if (folder / name).is_file():
            for row in _rows(folder / name):
                yield _case(row, row["text"].encode("utf-8"), row.get("kind") or "dump")


def _aeb(folder: Path) -> Iterator[Case]:
    if (folder / "ground-truth.json").is_file():
        gold = json.loads(_bytes(folder / "ground-truth.json"))
        for name, row in gold.items():
            data = _page(folder / "html", name)
            yield Case(name, data, row.get("url"), body=row.get("articleBody") or "")


def _wcxb(folder: Path) -> Iterator[Case]:
    folders = [folder, *(folder / part for part in ("dev", "test"))]
    for root in folders:
        for path in sorted((root / "ground-truth").glob("*.json")):
            row = json.loads(_bytes(path))
            gold = row.get("ground_truth", row)
            name = str(row.get("file_id") or path.stem)
            yield Case(
                name, _page(root / "html", name), row.get("url"), gold.get("title"),
                gold.get("publish_date"), gold.get("main_content") or "",
            )  # fmt: skip


def _fundus(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*.json")):
        stem = re.compile(rf"{re.escape(path.stem)}_\d{{4}}_\d\d_\d\d\.html\.gz")
        pages = sorted(p for p in path.parent.glob("*.html.gz") if stem.fullmatch(p.name))
        if not pages:
            continue
        versions = sorted(json.loads(_bytes(path)).items())
        addresses = _addresses(path.parent)
        # Each version of a parser has its page; what lacks one is the older.
        for page, (_, gold) in zip(reversed(pages), reversed(versions), strict=False):
            date = gold.get("publishing_date")
            yield Case(
                page.name.removesuffix(".html.gz"), _bytes(page), addresses.get(page.name),
                gold.get("title"), str(date)[:10] if date else None, _sections(gold.get("body")),
            )  # fmt: skip


def _addresses(folder: Path) -> dict[str, str]:
    info = folder / "meta.info"
    rows = json.loads(_bytes(info)) if info.is_file() else {}
    return {name: row["url"] for name, row in rows.items() if "url" in row}


def _sections(body: dict[str, Any] | None) -> str | None:
    """Return the text of a Fundus body: its sections' headlines and paragraphs."""
    if not body:
        return None
    parts: list[str] = []
    for section in body.get("sections", ()):
        parts += [*section.get("headline", ()), *section.get("paragraphs", ())]
    return "\n\n".join(part for part in parts if part)


def _htmldate(folder: Path) -> Iterator[Case]:
    for path in sorted((*folder.glob("eval_*.json"), *folder.glob("tests/eval_*.json"))):
        for url, row in json.loads(_bytes(path)).items():
            yield Case(row["file"], _page(path.parent / "eval", row["file"]), url, date=row["date"])


_READERS: tuple[Callable[[Path], Iterator[Case]], ...] = (
    _own, _dumps, _aeb, _wcxb, _htmldate, _fundus,
)  # fmt: skip
