"""The output: an article, what was removed from it, and the closed sets of words for both."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, NamedTuple

__all__ = ["Article", "Caution", "Reason", "Removed", "Schema", "Source"]

Schema = Literal["cleaner", "schema.org"]


class Reason(StrEnum):
    """Why a block was removed."""

    AD_MARKER = "ad-marker"
    SPONSORED = "sponsored"
    MEDIA_CAPTION = "media-caption"
    RELATED_LINK = "related-link"
    TEASER_LIST = "teaser-list"
    CALL_TO_ACTION = "call-to-action"
    AUTHOR_BIO = "author-bio"
    BYLINE = "byline"
    CREDIT = "credit"
    DUPLICATE = "duplicate"
    METADATA = "metadata"
    NAVIGATION = "navigation"
    COMMENTS = "comments"
    LEGAL = "legal"
    OUTSIDE_ARTICLE = "outside-article"


class Caution(StrEnum):
    """What a reader of an article should know before trusting it (`Article.warnings`)."""

    NO_HEADLINE = "no-headline"
    NO_DATE = "no-date"
    EMPTY_BODY = "empty-body"
    LOW_CONFIDENCE = "low-confidence"
    DATE_CONFLICT = "date-conflict"
    DATE_IMPLAUSIBLE = "date-implausible"
    DECODING_ERRORS = "decoding-errors"
    LANGUAGE_CONFLICT = "language-conflict"
    TRUNCATED_SOURCE = "truncated-source"
    BODY_FROM_DATA = "body-from-data"
    PAYWALLED = "paywalled"
    LIVE_BLOG = "live-blog"


# Its annotations are no strings in this module: the API's documentation could not resolve those.
class Removed(NamedTuple):
    """A block that is not in the body.

    `text` is in normal form; `rule` names what dropped it; `line` is the 1-based line of a text
    dump, None for HTML. A tuple, since articles have hundreds: it is made in half the time that
    a frozen dataclass takes, and goes from process to process in less (`Article.to_dict` makes
    a dict of it, `dataclasses.asdict` leaves it).
    """

    text: str
    reason: Reason
    rule: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the stated facts of an article came from, None where there is no fact.

    `document` is what was read: "html" or "text". The others name the kind of statement:
    "json-ld", "meta", "time", "url", "title", "heading", "text", "dump-header", "byline", "bio".
    `url` and `captured` are where the document was got and on which day, ISO 8601, as the caller
    knows them.
    """

    document: str
    headline: str | None = None
    date: str | None = None
    date_modified: str | None = None
    authors: str | None = None
    url: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned article. Every field but `body` and `confidence` may be empty, never guessed.

    `date` and `date_modified` are ISO 8601: a day where only a day is stated, with time and the
    page's own offset where stated. `body` separates paragraphs by one blank line. `confidence` is
    the estimated quality of the body, 0 to 1.
    """

    headline: str | None
    date: str | None
    body: str
    standfirst: str | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    language: str | None
    url: str | None
    site: str | None
    date_modified: str | None
    date_not_before: str | None
    confidence: float
    warnings: tuple[Caution, ...]
    source: Source
    removed: tuple[Removed, ...] = field(default=(), repr=False)

    def to_dict(self, explain: bool = False, schema: Schema = "cleaner") -> dict[str, Any]:
        """Return plain data: our own form, or schema.org's NewsArticle without empty fields.

        `explain` adds `removed`, which schema.org has no word for and therefore not there.
        Raises ValueError for an unknown `schema`.
        """
        if schema == "schema.org":
            return self._news_article()
        if schema != "cleaner":
            raise ValueError(f"unknown schema {schema!r}: 'cleaner' or 'schema.org'")
        # Of hundreds of removed blocks no copy is made that nobody asked for.
        names = [name for name in self.__slots__ if explain or name != "removed"]
        return {name: _plain(getattr(self, name)) for name in names}

    def to_json(
        self, explain: bool = False, schema: Schema = "cleaner", indent: int | None = 2
    ) -> str:
        """Return `to_dict` as JSON text without a line end, Unicode left readable."""
        return json.dumps(self.to_dict(explain, schema), ensure_ascii=False, indent=indent)

    def _news_article(self) -> dict[str, Any]:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.headline,
            "datePublished": self.date,
            "dateModified": self.date_modified,
            "articleBody": self.body,
            "description": self.standfirst,
            "author": [
                {"@type": "Organization" if name == self.site else "Person", "name": name}
                for name in self.authors
            ],
            "creditText": ", ".join(self.credits),
            "inLanguage": self.language,
            "url": self.url,
            "publisher": {"@type": "Organization", "name": self.site} if self.site else None,
        }
        return {key: value for key, value in data.items() if value}


def _plain(value: Any) -> Any:
    """Turn tuples into lists, parts into dicts and enum members into plain strings."""
    if isinstance(value, Removed):  # there are hundreds
        text, reason, rule, line = value
        return {"text": text, "reason": str(reason), "rule": rule, "line": line}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Source):
        return {name: getattr(value, name) for name in value.__slots__}
    return str(value) if isinstance(value, StrEnum) else value
