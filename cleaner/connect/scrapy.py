"""Scrapy, or whatever else downloads: responses in, items with our fields out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cleaner.errors import CleanerError
from cleaner.headers import charset_of
from cleaner.pipeline import clean

if TYPE_CHECKING:
    from cleaner.rules import Rules

__all__ = ["CleanerPipeline", "item_of"]


def item_of(
    response: Any,
    *,
    explain: bool = False,
    rules: Rules | None = None,
    captured: dt.date | None = None,
) -> dict[str, Any]:
    """Return the article in a response as an item: `Article.to_dict`.

    A response is anything with `url`, the page as `body` (Scrapy) or `content` (requests, httpx),
    bytes both, and perhaps `headers`. `captured` is the day it was fetched, today by default.

    Raises BinaryInput where the response is no text.
    """
    body = response.body if hasattr(response, "body") else response.content
    article = clean(
        body,
        str(response.url),
        rules=rules,
        captured=captured or dt.datetime.now(dt.UTC).date(),
        encoding=_charset(getattr(response, "headers", None) or {}),
    )
    return article.to_dict(explain=explain)


class CleanerPipeline:
    """An item pipeline: replaces the field `response` of an item by the fields of its article.

    Items without that field pass as they are. `CLEANER_EXPLAIN = True` in the settings adds what
    was removed.
    """

    def __init__(self, explain: bool = False):
        self._explain = explain

    @classmethod
    def from_crawler(cls, crawler: Any) -> CleanerPipeline:
        """Make the pipeline with the settings of a crawler."""
        return cls(crawler.settings.getbool("CLEANER_EXPLAIN"))

    def process_item(self, item: Any) -> Any:
        """Clean one item; a page that is no text is dropped, which Scrapy logs."""
        from itemadapter import ItemAdapter  # noqa: PLC0415  (both come with Scrapy)
        from scrapy.exceptions import DropItem  # noqa: PLC0415

        adapter = ItemAdapter(item)
        response = adapter.get("response")
        if response is None:
            return item
        try:
            fields = item_of(response, explain=self._explain)
        except CleanerError as error:
            raise DropItem(f"{response.url}: {error}") from error
        return {**{k: v for k, v in adapter.items() if k != "response"}, **fields}


def _charset(headers: Any) -> str | None:
    value = headers.get("Content-Type") or b""
    return charset_of(value.decode("latin-1") if isinstance(value, bytes) else value)
