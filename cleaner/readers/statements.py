"""What an HTML page states about itself outside its text: meta tags, JSON-LD, times, data."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.article import Caution
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
    "article:published_time": "date", "article:published": "date", "date": "date",
    "dc.date": "date", "dc.date.issued": "date", "dc.date.created": "date",
    "dcterms.created": "date", "dcterms.date": "date", "dcterms.issued": "date",
    "sailthru.date": "date", "article_date_original": "date", "datecreated": "date",
    "date.created": "date", "displaydate": "date", "citation_date": "date",
    "article:modified_time": "modified", "lastmod": "modified", "revised": "modified",
    "author": "author", "article:author": "author", "dc.creator": "author", "byl": "author",
    "parsely-author": "author", "sailthru.author": "author", "dcterms.creator": "author",
    "article:author_name": "author", "cxenseparse:author": "author", "creator": "author",
    "og:author": "author", "og:article:author": "author", "bt:author": "author",
    "dable:author": "author", "mrf:authors": "author", "article_author": "author",
    "articleauthor": "author", "citation_author": "author",
    "description": "description", "og:description": "description",
    "twitter:description": "description", "dc.description": "description",
    "og:site_name": "site", "application-name": "site", "publisher": "site",
    "dc.publisher": "site", "cre": "site",
    "og:url": "url", "twitter:url": "url",
    "og:locale": "language", "content-language": "language", "language": "language",
    "dc.language": "language", "inlanguage": "language",
}  # fmt: skip
# Most sites have names of their own for these ("bt:pubdate", "prism.publicationDate").
_PUBLISHED = re.compile(
    r"(?<!last)(?:datepub(?:lished)?|publish(?:ed)?(?:date|time|at|on)|publicationdate|pubdate"
    r"|(?<![a-z])published)\Z"
)
_AUTHOR = re.compile(r"(?:article|story|post|page|news|bc|citation)authors?(?:name)?\Z")
_MODIFIED = re.compile(r"(?:modified|updated|moddate|lastupdate)(?:date|time|at|on)?\Z")
_LD_FIELDS: dict[str, FactName] = {
    "headline": "headline", "datePublished": "date", "dateModified": "modified",
    "author": "author", "creator": "author", "description": "description",
    "publisher": "site", "inLanguage": "language", "url": "url", "mainEntityOfPage": "url",
    "articleBody": "body",
}  # fmt: skip
_MOMENTS = frozenset(("datePublished", "dateModified"))
_ARTICLE_TYPES = ("Article", "Posting", "Report", "Review", "Column")  # or anything ending so
# Pages that call themselves no article may still state when they were published, and by whom.
_PAGE_TYPES = frozenset(
    ("WebPage", "ItemPage", "CreativeWork", "VideoObject", "Recipe", "QAPage", "MedicalWebPage")
)
# Under these keys stand other pages' articles.
_ELSEWHERE = frozenset(
    ("itemListElement", "hasPart", "mentions", "isRelatedTo", "citation", "relatedLink",
     "liveBlogUpdate", "comment", "review", "itemReviewed", "about", "video", "image")
)  # fmt: skip
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_LD_OPENING = re.compile(r"<!--|//\s*<!\[CDATA\[|<!\[CDATA\[")
_LD_CLOSING = re.compile(r"(?:-->|//\s*\]\]>|\]\]>)\Z")
_TAG = re.compile(r"<[^<>]{1,500}>")
_LD_CLOSING_WITHIN = 80  # characters from the end
_MOST_NODES = 20_000
_MOST_TITLES, _LONGEST_TITLE = 40, 1000  # every node is compared with every title
_LONGEST_URL = 4000
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_GROUPS = frozenset(("Organization", "NewsMediaOrganization", "Corporation", "NGO"))


class Statements:
    """Collects statements during the pass over a page and reports them as facts."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.state_scripts: list[str] = []
        self._ld: list[str] = []
        self._script_kind = ""

    def wants(self, attributes: Mapping[str, str]) -> bool:
        """Whether the text of this script, the next to come, is wanted."""
        kind = attributes.get("type", "").lower()
        if "ld+json" in kind:
            self._script_kind = "ld"
        elif not kind or "javascript" in kind or "json" in kind:
            self._script_kind = "state"
        else:
            return False
        return True

    def captured(self, tag: str, text: str) -> None:
        """Take the text of a title or of a wanted script."""
        if tag == "title":
            self._add("headline", text, "title", "title")
        elif self._script_kind == "ld":
            self._ld.append(text)
        elif text:
            self.state_scripts.append(text)

    def element(self, tag: str, attributes: Mapping[str, str], block: int | None = None) -> None:
        """Take what a meta, link, time or html element or one with an itemprop states.

        `block` is the index of the block in which, or before which, the element stands.
        """
        if tag == "html":
            self._add("language", attributes.get("lang", ""), "html", "html lang")
        elif tag == "link":
            if attributes.get("rel", "").lower() == "canonical":
                self._add("url", attributes.get("href", ""), "link", "canonical")
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "time":
            self._time(attributes, block)
        else:
            item = attributes.get("itemprop", "")
            name = _meta_fact(item.lower()) if item else None
            value = attributes.get("content") or attributes.get("datetime")
            if name in ("date", "modified") and value:
                self._add(name, value, "meta", f"itemprop {item}", block)

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content")
        if not content:
            return
        for key in ("property", "name", "itemprop", "http-equiv"):
            label = attributes.get(key)
            if label:
                label = label.strip().lower()
                fact = _meta_fact(label)
                if fact is not None:
                    self._add(fact, content, "meta", label)
                    return

    def _time(self, attributes: Mapping[str, str], block: int | None) -> None:
        value = attributes.get("datetime") or attributes.get("content")
        if not value:
            return
        item = attributes.get("itemprop", "").lower()
        hint = f"{item} {attributes.get('class', '')}".lower().strip()
        # Blog themes class one and the same time "published updated", or "entry-date updated".
        first = "publi" in hint or "entry-date" in hint
        changed = "modif" in item or (("modif" in hint or "updat" in hint) and not first)
        self._add("modified" if changed else "date", value, "time", hint, block)

    def _add(
        self, name: FactName, value: str, source: str, detail: str, block: int | None = None
    ) -> None:
        value = normal(value)
        if value:
            self.facts.append(Fact(name, value, source, detail, block))

    def report(self, page: Page) -> None:
        """Add everything collected to the page's facts, JSON-LD first."""
        data = [_load_ld(text) for text in self._ld]
        nodes, named = _nodes(data)
        node = _main_node([node for node in nodes if _is_article(node)], self.facts)
        if node is None:
            node = next((n for n in nodes if n.get("datePublished") or n.get("headline")), None)
        if node is not None and "LiveBlogPosting" in _kinds(node):
            page.warn(Caution.LIVE_BLOG)
        linked = [] if node is None else list(_ld_facts(node, named))
        linked += [
            Fact("site", normal(n["name"]), "json-ld", "WebSite")
            for n in nodes
            if "WebSite" in _kinds(n) and isinstance(n.get("name"), str) and n["name"].strip()
        ]
        page.facts = [
            fact
            for fact in linked + self.facts
            if fact.name != "url" or len(fact.value) <= _LONGEST_URL
        ]


@lru_cache(maxsize=4096)
def _meta_fact(label: str) -> FactName | None:
    """Return the fact that a meta tag of this name states, None for none."""
    fact = _META.get(label)
    if fact is not None:
        return fact
    name = _NOT_A_LETTER.sub("", label)
    if _PUBLISHED.search(name) is not None:
        return "date"
    if _AUTHOR.search(name) is not None:
        return "author"
    return "modified" if _MODIFIED.search(name) is not None else None


Node = dict[str, Any]


def _nodes(data: list[Any]) -> tuple[list[Node], dict[str, Node]]:
    """Return the nodes about this page, outermost first, and all nodes by their "@id"."""
    found: list[Node] = []
    named: dict[str, Node] = {}
    queue: deque[Any] = deque(data)
    seen = 0
    while queue and seen < _MOST_NODES:
        node = queue.popleft()
        seen += 1
        if isinstance(node, list):
            queue += node[:200]
        elif isinstance(node, dict):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > len(named.get(name, ())):
                named[name] = node
            kinds = _kinds(node)
            if _is_article(node) or not _PAGE_TYPES.isdisjoint(kinds) or "WebSite" in kinds:
                found.append(node)
            queue += [
                value
                for key, value in node.items()
                if isinstance(value, dict | list) and key not in _ELSEWHERE
            ]
    return found, named


def _load_ld(text: str) -> Any:
    """Return the data of a JSON-LD script, which may be wrapped as a comment or as CDATA."""
    text = text.strip()
    opening = _LD_OPENING.match(text)
    closing = _LD_CLOSING.search(text, max(0, len(text) - _LD_CLOSING_WITHIN))
    return load_json(text[opening.end() if opening else 0 : closing.start() if closing else None])


def load_json(text: str) -> Any:
    """Return the data of a JSON text, a list of them where several follow one another.

    Trailing commas are forgiven; None for text that is broken otherwise or nested too deeply.
    """
    try:
        return _several(text.strip())
    except RecursionError:
        return None
    except ValueError:
        pass
    try:
        return _several(_TRAILING_COMMA.sub(r"\1", text).strip())
    except (ValueError, RecursionError):
        return None


def _several(text: str) -> Any:
    values: list[Any] = []
    at = 0
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values[0] if len(values) == 1 else values


_DECODER = json.JSONDecoder(strict=False)


def _kinds(node: Node) -> list[str]:
    kinds = node.get("@type")
    several = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in several if isinstance(kind, str)]


def _is_article(node: Node) -> bool:
    return any(kind.endswith(_ARTICLE_TYPES) for kind in _kinds(node))


def _main_node(nodes: list[Node], facts: list[Fact]) -> Node | None:
    """Pick the node about this page: the one with its headline, else the fullest."""
    stated = [fact.value for fact in facts if fact.name == "headline"]
    titles = [title.lower() for title in stated if len(title) <= _LONGEST_TITLE][:_MOST_TITLES]

    def rank(node: Node) -> tuple[bool, int]:
        headline = node.get("headline") or node.get("name")
        title = normal(headline).lower() if isinstance(headline, str) else None
        named = title is not None and any(title in t for t in titles)
        return named, len(node.keys() & _LD_FIELDS.keys())

    return max(nodes, key=rank, default=None)


def _ld_facts(node: Node, named: Mapping[str, Node]) -> Iterator[Fact]:
    kinds = _kinds(node)
    news = any("NewsArticle" in kind or kind == "LiveBlogPosting" for kind in kinds)
    node_kind = "NewsArticle" if news else "headline"
    for key, name in _LD_FIELDS.items():
        if key == "creator" and node.get("author"):
            continue
        for value, kind in _strings(node.get(key), key, named):
            text = value if name == "body" else normal(_TAG.sub("", html.unescape(value)))
            if text.strip():
                yield Fact(name, text, "json-ld", kind or (node_kind if key == "headline" else key))


def _full_name(person: Node) -> str:
    parts = (person.get("givenName"), person.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def _strings(value: Any, key: str, named: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    """Yield the strings of a JSON-LD value and the type of what they name, "" for none.

    A string is taken as it is, of an object its name, or that of the node it refers to.
    """
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item, ""
        elif key in _MOMENTS and isinstance(item, int):
            yield str(item), ""  # seconds since 1970
        elif isinstance(item, dict):
            full = item if "name" in item else named.get(str(item.get("@id")), item)
            kind = "group" if not _GROUPS.isdisjoint(_kinds(full)) else ""
            for label in ("@id", "url") if key in ("url", "mainEntityOfPage") else ("name",):
                inner = full.get(label) or _full_name(full)
                parts = inner if isinstance(inner, list) else [inner]
                texts = [part for part in parts if isinstance(part, str)]
                if texts:
                    yield from ((text, kind) for text in texts)
                    break
