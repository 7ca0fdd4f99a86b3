"""datatrove: a step between its readers and writers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cleaner.errors import CleanerError
from cleaner.pipeline import clean
from cleaner.records import Fields, read_record

try:
    from datatrove.pipeline.base import PipelineStep
except ImportError as _error:
    raise CleanerError("this needs datatrove: pip install 'news-cleaner[datatrove]'") from _error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datatrove.data import Document

    from cleaner.rules import Rules

__all__ = ["Cleaner"]


class Cleaner(PipelineStep):  # type: ignore[misc]  # datatrove has no type hints
    """An extractor: the page in a document's text becomes the article's body.

    The other fields of the article go into its metadata, each under its own name, `date` and
    `url` included; what was there under these names is kept as `crawl_date` and `crawl_url`.
    `reasons` counts what was removed by reason; with `explain`, `removed` lists it. A document
    without an article is passed on with an empty text and its warnings, one that cannot be
    cleaned with its page and an `error`: filters can drop them, nothing is lost.
    """

    type = "🛁 - EXTRAC"
    name = "📰 cleaner"

    def __init__(self, explain: bool = False, rules: Rules | None = None):
        super().__init__()
        self.explain = explain
        self.rules = rules

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """Clean one document after the other."""
        for document in data or ():
            with self.track_time():
                self._clean(document)
            self.update_doc_stats(document)
            yield document

    def _clean(self, document: Document) -> None:
        metadata = document.metadata
        crawl = {f"crawl_{n}": metadata.pop(n) for n in ("date", "url") if n in metadata}
        metadata.update(crawl)
        record = {
            "content": document.text,
            "url": crawl.get("crawl_url"),
            "captured": crawl.get("crawl_date"),
        }
        try:
            content = read_record(record, Fields())
            article = clean(content.data, content.url, rules=self.rules, captured=content.captured)
        except CleanerError as error:
            metadata["error"] = f"{type(error).__name__}: {error}"
            self.stat_update("failed")
            return
        fields = article.to_dict(self.explain)
        document.text = fields.pop("body")
        metadata.update(fields)
        metadata["reasons"] = dict(Counter(str(block.reason) for block in article.removed))
        self.stat_update("article" if document.text else "empty")
