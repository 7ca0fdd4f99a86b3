"""What an HTML page states about itself outside its text: meta tags, JSON-LD, times, data."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from cleaner.normalize import normal
from cleaner.page import Fact, FactName, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Statements"]

# (name of the meta tag, lower case) → the fact that its content states.
_META: dict[str, FactName] = {
    "og:title": "headline", "twitter:title": "headline", "headline": "headline",
    "dc.title": "headline", "dcterms.title": "headline", "sailthru.title": "headline",
    "parsely-title": "headline", "title": "headline", "cxenseparse:recs:title": "headline",
    "article:published_time": "date", "og:published_time": "date", "article:published": "date",
    "datepublished": "date", "date": "date", "pubdate": "date", "publishdate": "date",
    "publish-date": "date", "publish_date": "date", "dc.date": "date", "dc.date.issued": "date",
    "dc.date.created": "date", "dcterms.created": "date", "dcterms.date": "date",
    "dcterms.issued": "date", "parsely-pub-date": "date", "sailthru.date": "date",
    "cxenseparse:recs:publishtime": "date", "cxenseparse:publishtime": "date",
    "published_time": "date", "article.published": "date", "article_date_original": "date",
    "datecreated": "date", "displaydate": "date", "originalpublicationdate": "date",
    "article:modified_time": "modified", "og:updated_time": "modified", "lastmod": "modified",
    "datemodified": "modified", "last-modified": "modified", "dcterms.modified": "modified",
    "article:modified": "modified", "revised": "modified", "updated_time": "modified",
    "author": "author", "article:author": "author", "dc.creator": "author", "byl": "author",
    "parsely-author": "author", "sailthru.author": "author", "dcterms.creator": "author",
    "article:author_name": "author", "cxenseparse:author": "author", "creator": "author",
    "description": "description", "og:description": "description",
    "twitter:description": "description", "dc.description": "description",
    "og:site_name": "site", "application-name": "site", "publisher": "site",
    "dc.publisher": "site", "cre": "site",
    "og:url": "url", "twitter:url": "url",
    "og:locale": "language", "content-language": "language", "language": "language",
    "dc.language": "language", "inlanguage": "language",
}  # fmt: skip
_LD_FIELDS: dict[str, FactName] = {
    "headline": "headline", "datePublished": "date", "dateModified": "modified",
    "author": "author", "creator": "author", "description": "description",
    "publisher": "site", "inLanguage": "language", "url": "url", "mainEntityOfPage": "url",
    "articleBody": "body",
}  # fmt: skip
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|Column|LiveBlogPosting)\Z")
# Under these keys stand other pages' articles.
_ELSEWHERE = frozenset(
    ("itemListElement", "hasPart", "mentions", "isRelatedTo", "citation", "relatedLink", "isPartOf",
     "liveBlogUpdate", "comment", "review", "itemReviewed", "about")
)  # fmt: skip
_LD_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TAG = re.compile(r"<[^<>]{1,500}>")
_MOST_NODES = 20_000
_STATE_SCRIPT = re.compile(r"json|__NEXT_DATA__|STATE", re.IGNORECASE)


class Statements:
    """Collects statements during the pass over a page and reports them as facts."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.state_scripts: list[str] = []
        self._ld: list[str] = []
        self._script_kind = ""

    def script(self, attributes: Mapping[str, str]) -> list[str] | None:
        """Say whether a script's text is wanted: a list to collect it in, or None."""
        kind = attributes.get("type", "").lower()
        if "ld+json" in kind:
            self._script_kind = "ld"
        elif not kind or "javascript" in kind or "json" in kind:
            self._script_kind = "state"
        else:
            return None
        return []

    def captured(self, tag: str, text: str) -> None:
        """Take the text of a title or of a wanted script."""
        if tag == "title":
            self._add("headline", text, "title", "title")
        elif self._script_kind == "ld":
            self._ld.append(text)
        elif text:
            self.state_scripts.append(text)

    def element(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take what a meta, link, time or html element or one with an itemprop states."""
        if tag == "html":
            self._add("language", attributes.get("lang", ""), "html", "html lang")
        elif tag == "link":
            if attributes.get("rel", "").lower() == "canonical":
                self._add("url", attributes.get("href", ""), "link", "canonical")
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "time":
            self._time(attributes)
        else:
            item = attributes.get("itemprop", "")
            name = _META.get(item.lower()) if item.startswith("date") else None
            value = attributes.get("content") or attributes.get("datetime")
            if name and value:
                self._add(name, value, "meta", f"itemprop {item}")

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content")
        if not content:
            return
        for key in ("property", "name", "itemprop", "http-equiv"):
            label = attributes.get(key, "").strip().lower()
            fact = _META.get(label)
            if fact is not None:
                self._add(fact, content, "meta", label)
                return

    def _time(self, attributes: Mapping[str, str]) -> None:
        value = attributes.get("datetime") or attributes.get("content")
        if not value:
            return
        hint = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}".lower()
        changed = "modif" in hint or "updat" in hint
        self._add("modified" if changed else "date", value, "time", hint.strip())

    def _add(self, name: FactName, value: str, source: str, detail: str) -> None:
        value = normal(value)
        if value:
            self.facts.append(Fact(name, value, source, detail))

    def report(self, page: Page) -> None:
        """Add everything collected to the page's facts, JSON-LD first."""
        linked: list[Fact] = []
        nodes: list[dict[str, Any]] = []
        for text in self._ld:
            nodes += articles(text)
        node = _main_node(nodes, self.facts)
        if node is not None:
            linked = list(_ld_facts(node))
        page.facts = linked + self.facts


def articles(text: str) -> list[dict[str, Any]]:
    """Return the article nodes of a JSON-LD script; broken JSON states nothing."""
    data = load_json(_LD_WRAPPER.sub("", text))
    found: list[dict[str, Any]] = []
    queue: list[Any] = [data]
    seen = 0
    while queue and seen < _MOST_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, list):
            queue += node[:200]
        elif isinstance(node, dict):
            if _is_article(node):
                found.append(node)
            queue += [
                value
                for name, value in node.items()
                if isinstance(value, dict | list) and name not in _ELSEWHERE
            ]
    return found


def load_json(text: str) -> Any:
    """Return the data of a JSON text, None for one that is broken or nested too deeply."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str) and _ARTICLE_TYPE.search(kind):
            return True
    return False


def _main_node(nodes: list[dict[str, Any]], facts: list[Fact]) -> dict[str, Any] | None:
    """Pick the node about this page: the one with its headline, else the fullest."""
    titles = [fact.value.lower() for fact in facts if fact.name == "headline"]

    def rank(node: dict[str, Any]) -> tuple[bool, int]:
        headline = node.get("headline") or node.get("name")
        named = isinstance(headline, str) and any(normal(headline).lower() in t for t in titles)
        return named, len(node.keys() & _LD_FIELDS.keys())

    return max(nodes, key=rank, default=None)


def _ld_facts(node: dict[str, Any]) -> Iterator[Fact]:
    for key, name in _LD_FIELDS.items():
        if key == "creator" and node.get("author"):
            continue
        for value in _strings(node.get(key), key):
            text = value if name == "body" else normal(_TAG.sub("", html.unescape(value)))
            if text.strip():
                yield Fact(name, text, "json-ld", key)


def _strings(value: Any, key: str) -> Iterator[str]:
    """Yield the strings of a JSON-LD value: itself, its name, or those of its items."""
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            names = ("@id", "url") if key in ("url", "mainEntityOfPage") else ("name",)
            for name in names:
                inner = item.get(name)
                if isinstance(inner, str):
                    yield inner
                    break
                if isinstance(inner, list):
                    yield from (part for part in inner if isinstance(part, str))
                    break
