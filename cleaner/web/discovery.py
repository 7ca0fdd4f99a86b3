"""What a response of a crawl is, and which addresses it lists."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.gz import gunzip
from scrapy.utils.response import get_base_url
from scrapy.utils.sitemap import Sitemap
from w3lib.url import safe_url_string

from cleaner.errors import FetchError
from cleaner.web.frontier import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import TextResponse

__all__ = [
    "Listing",
    "articles_and_sections",
    "decompressed",
    "feeds_of",
    "is_of",
    "is_web",
    "joined",
    "kind_of",
    "listed",
    "site_of",
]

Listing = Literal["feed", "sitemap", "index"]

# Atomic: what has been passed over is not read another way when no root follows.
_ROOT = re.compile(
    rb"(?>[\s\xef\xbb\xbf]|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:\w+:)?(\w+)",
    re.DOTALL,
)
_LISTINGS: dict[bytes, Listing] = {
    b"rss": "feed", b"rdf": "feed", b"feed": "feed", b"urlset": "sitemap", b"sitemapindex": "index",
}  # fmt: skip
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


def decompressed(body: bytes, limit: int) -> bytes:
    """Return what a .gz file holds, or `body` where it is none.

    Raises FetchError for broken data, and for more than `limit` bytes.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return gunzip(body, max_size=limit)
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise FetchError(f"broken gzip data: {error}") from error
    except ValueError as error:  # Scrapy's word for a bomb
        raise FetchError(f"larger than {limit} bytes when decompressed") from error


def kind_of(body: bytes) -> Listing | None:
    """Return what sort of list a document is, None for a page; the headers are often wrong."""
    root = _ROOT.match(body[:4096])
    return _LISTINGS.get(root[1].lower()) if root else None


def listed(kind: Listing, body: bytes, base: str) -> Iterator[Link]:
    """Yield what a feed or a sitemap lists, in order."""
    if kind == "feed":
        yield from _entries(body, base)
        return
    for entry in Sitemap(body):
        address = entry.get("loc", "").strip()
        if is_web(address):
            yield Link(address, "source" if kind == "index" else "page")


def _entries(body: bytes, base: str) -> Iterator[Link]:
    """Yield the articles of a feed: RSS, RDF or Atom, found by name whatever its name space."""
    root = Selector(body=body, type="xml", base_url=base)
    root.remove_namespaces()
    for item in root.xpath("//item | //entry"):
        own = _base_of(item, base)
        for path in (
            "./link[not(@rel) or @rel='alternate']/@href",
            "./link/text()",
            "./guid[not(@isPermaLink) or @isPermaLink='true']/text()",
        ):
            address = joined(own, (item.xpath(path).get() or "").strip())
            if address:
                yield Link(address)
                break


def _base_of(item: Selector, base: str) -> str:
    """Return what the addresses of an entry are relative to: xml:base of what it stands in."""
    for outer in item.xpath("ancestor-or-self::*/@base").getall():
        base = joined(base, outer.strip()) or base
    return base


def feeds_of(response: TextResponse) -> Iterator[Link]:
    """Yield the feeds that a page names."""
    base = get_base_url(response)
    for link in response.xpath("//link[@rel and @href and @type]"):
        if (
            "alternate" in link.attrib["rel"].lower().split()
            and link.attrib["type"].lower().strip() in _FEED_TYPES
        ):
            address = joined(base, link.attrib["href"].strip())
            if address:
                yield Link(address, "source")


def articles_and_sections(response: TextResponse, site: str, depth: int) -> Iterator[Link]:
    """Yield the links of a page that stay on its site and may be followed."""
    for link in LinkExtractor().extract_links(response):
        if not link.nofollow and is_web(link.url) and is_of(link.url, site):
            yield Link(link.url, "page", site, depth - 1)


def site_of(address: str) -> str:
    """Return the host that stands for the site of an address."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def is_of(address: str, site: str) -> bool:
    """Whether an address is on a site: on its host or on one below."""
    host = urlsplit(address).hostname or ""
    return host == site or host.endswith(f".{site}")


def joined(base: str, address: str) -> str | None:
    """Return an address as a whole, None where it is empty or none of the web."""
    if not address:
        return None
    try:
        whole = urljoin(base, address)
    except ValueError:
        return None
    return whole if is_web(whole) else None


def is_web(address: str) -> bool:
    """Whether Scrapy can make a request of an address: http or https, with all its parts valid."""
    try:
        parts = urlsplit(safe_url_string(address))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
