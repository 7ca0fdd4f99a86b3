"""The output: its words, its keys and their order, its JSON and its two schemas."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

import cleaner
from cleaner import Article, Caution, Reason, Removed, Source
from cleaner.schema import json_schema

ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "headline", "date", "body", "standfirst", "authors", "credits", "language", "url", "site",
    "date_modified", "date_not_before", "confidence", "warnings", "source",
]  # fmt: skip

FULL = Article(
    headline="A “headline”",
    date="2020-01-08",
    body="One.\n\nTwo.",
    standfirst="What it is",
    authors=("Jane Doe", "John Roe"),
    credits=("The Canadian Press", "Reuters"),
    language="en",
    url="https://example.com/a",
    site="The Banner",
    date_modified="2020-01-09T10:00:00+02:00",
    date_not_before=None,
    confidence=0.9,
    warnings=(Caution.PAYWALLED, Caution.LIVE_BLOG),
    source=Source("html", "heading", "json-ld", "meta", "byline"),
    removed=(Removed("Advertisement", Reason.AD_MARKER, "ad-label", 3),),
)
EMPTY = Article(None, None, "", None, (), (), None, None, None, None, None, 0.0, (), Source("text"))


# --- closed sets ---------------------------------------------------------------------------------


def test_reasons_are_a_closed_set() -> None:
    assert [str(reason) for reason in Reason] == [
        "ad-marker", "sponsored", "media-caption", "related-link", "teaser-list", "call-to-action",
        "author-bio", "byline", "credit", "duplicate", "metadata", "navigation", "comments",
        "legal", "outside-article",
    ]  # fmt: skip


def test_warnings_are_a_closed_set() -> None:
    assert {str(caution) for caution in Caution} >= {
        "no-headline", "no-date", "empty-body", "low-confidence", "truncated-source",
    }  # fmt: skip
    assert all(str(c) == c.name.lower().replace("_", "-") for c in (*Caution, *Reason))


# --- the article as data -------------------------------------------------------------------------


@pytest.mark.parametrize("article", [FULL, EMPTY])
def test_all_keys_are_always_there_in_one_order(article: Article) -> None:
    assert list(article.to_dict()) == KEYS
    assert list(article.to_dict(explain=True)) == [*KEYS, "removed"]
    assert list(article.to_dict()["source"]) == [
        "document", "headline", "date", "date_modified", "authors", "url", "captured",
    ]  # fmt: skip


def test_values_are_plain() -> None:
    data = FULL.to_dict(explain=True)
    assert data["authors"] == ["Jane Doe", "John Roe"]
    assert data["warnings"] == ["paywalled", "live-blog"]
    assert {type(warning) for warning in data["warnings"]} == {str}
    assert data["removed"] == [
        {"text": "Advertisement", "reason": "ad-marker", "rule": "ad-label", "line": 3}
    ]
    assert type(data["removed"][0]["reason"]) is str
    assert data["date_not_before"] is None
    assert EMPTY.to_dict(explain=True)["removed"] == []


def test_data_is_a_copy() -> None:
    FULL.to_dict()["authors"].append("Nobody")
    assert FULL.authors == ("Jane Doe", "John Roe")


@pytest.mark.parametrize("name", [*KEYS, "removed"])
def test_an_article_is_frozen(name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(FULL, name, None)


def test_what_is_removed_and_the_source_are_frozen_too() -> None:
    names = [field.name for field in dataclasses.fields(FULL.source)]
    for part, fields in ((FULL.removed[0], Removed._fields), (FULL.source, names)):
        for name in fields:
            with pytest.raises(AttributeError):
                setattr(part, name, None)


def test_articles_are_compared_by_value() -> None:
    assert dataclasses.replace(FULL) == FULL
    assert hash(FULL) == hash(dataclasses.replace(FULL))
    assert dataclasses.replace(FULL, body="x") != FULL


# --- JSON ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("schema", ["cleaner", "schema.org"])
@pytest.mark.parametrize("article", [FULL, EMPTY])
def test_json_is_the_data(article: Article, schema: cleaner.article.Schema, explain: bool) -> None:
    text = article.to_json(explain=explain, schema=schema)
    assert json.loads(text) == article.to_dict(explain=explain, schema=schema)
    assert list(json.loads(text)) == list(article.to_dict(explain=explain, schema=schema))


def test_json_is_readable_and_has_no_line_end() -> None:
    text = FULL.to_json()
    assert text.startswith('{\n  "headline": "A “headline”",\n  "date": "2020-01-08",\n')
    assert text.endswith("}")
    assert "\n" not in FULL.to_json(indent=None)


def test_the_documented_names_are_the_face_of_the_package() -> None:
    assert set(cleaner.__all__) >= {
        "Article", "Caution", "CleanerError", "Reason", "Removed", "clean", "clean_file",
    }  # fmt: skip
    assert all(hasattr(cleaner, name) for name in cleaner.__all__)
    assert cleaner.__version__


# --- schema.org ----------------------------------------------------------------------------------


def test_schema_org() -> None:
    assert FULL.to_dict(schema="schema.org") == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "A “headline”",
        "datePublished": "2020-01-08",
        "dateModified": "2020-01-09T10:00:00+02:00",
        "articleBody": "One.\n\nTwo.",
        "description": "What it is",
        "author": [
            {"@type": "Person", "name": "Jane Doe"},
            {"@type": "Person", "name": "John Roe"},
        ],
        "creditText": "The Canadian Press, Reuters",
        "inLanguage": "en",
        "url": "https://example.com/a",
        "publisher": {"@type": "Organization", "name": "The Banner"},
    }


def test_schema_org_tells_the_site_from_people() -> None:
    article = dataclasses.replace(FULL, authors=("The Banner", "Jane Doe"))
    assert article.to_dict(schema="schema.org")["author"] == [
        {"@type": "Organization", "name": "The Banner"},
        {"@type": "Person", "name": "Jane Doe"},
    ]


def test_schema_org_has_no_empty_fields() -> None:
    bare = {"@context": "https://schema.org", "@type": "NewsArticle"}
    assert EMPTY.to_dict(schema="schema.org") == bare
    assert EMPTY.to_dict(explain=True, schema="schema.org") == bare


@pytest.mark.parametrize("schema", ["", "json", "Cleaner", None])
def test_an_unknown_schema_is_refused(schema: str) -> None:
    with pytest.raises(ValueError, match=r"'cleaner' or 'schema\.org'"):
        FULL.to_dict(schema=schema)  # type: ignore[arg-type]


# --- the JSON Schema -----------------------------------------------------------------------------


def problems(data: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema())
    return [error.json_path for error in validator.iter_errors(data)]


def test_the_json_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert list(json_schema()["properties"]) == [*KEYS, "removed"]
    assert json_schema()["required"] == KEYS
    assert all("description" in field for field in json_schema()["properties"].values())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "One line",
        "date 2020-01-08 A headline\n\nAdvertisement\n\nJust Posted\n\nMore\n" * 3,
        "<html lang=fr><title>T</title><p>Text</p></html>",
        *sorted((ROOT / "seeds").glob("*.txt")),
    ],
    ids=lambda data: data.name if isinstance(data, Path) else None,
)
@pytest.mark.parametrize("explain", [False, True])
def test_real_output_keeps_to_the_json_schema(data: str | bytes | Path, explain: bool) -> None:
    article = cleaner.clean_file(data) if isinstance(data, Path) else cleaner.clean(data)
    assert problems(json.loads(article.to_json(explain=explain))) == []


@pytest.mark.parametrize("article", [FULL, EMPTY])
def test_every_article_keeps_to_the_json_schema(article: Article) -> None:
    assert problems(article.to_dict(explain=True)) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"headline": 3}, "$.headline"),
        ({"body": None}, "$.body"),
        ({"authors": "Jane Doe"}, "$.authors"),
        ({"authors": [None]}, "$.authors[0]"),
        ({"confidence": 1.5}, "$.confidence"),
        ({"confidence": -0.1}, "$.confidence"),
        ({"confidence": "high"}, "$.confidence"),
        ({"warnings": ["boring"]}, "$.warnings[0]"),
        ({"source": {}}, "$.source"),
        (
            {"removed": [{"text": "x", "reason": "y", "rule": "z", "line": 1}]},
            "$.removed[0].reason",
        ),
        ({"colour": "red"}, "$"),
    ],
)
def test_the_json_schema_refuses_everything_else(change: dict[str, object], path: str) -> None:
    assert path in problems({**FULL.to_dict(explain=True), **change})
    without = FULL.to_dict()
    del without["date"]
    assert problems(without) == ["$"]


# --- the whole, for small documents --------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", "", "\n\n", b"\xef\xbb\xbf", "Advertisement"])
@pytest.mark.parametrize("kind", ["auto", "html", "text"])
def test_a_document_without_an_article_is_no_error(data: bytes | str, kind: str) -> None:
    article = cleaner.clean(data, kind=kind)  # type: ignore[arg-type]
    assert (article.body, article.headline, article.date) == ("", None, None)
    assert article.confidence < 0.1
    assert set(article.warnings) >= {
        Caution.EMPTY_BODY, Caution.NO_HEADLINE, Caution.NO_DATE, Caution.LOW_CONFIDENCE,
    }  # fmt: skip


@pytest.mark.parametrize("data", ["…", "x", "Home", "<p>…</p>", "<p>Home</p>", "404 Not Found"])
@pytest.mark.parametrize("kind", ["html", "text"])
def test_next_to_nothing_is_not_trusted(data: str, kind: str) -> None:
    assert Caution.LOW_CONFIDENCE in cleaner.clean(data, kind=kind).warnings  # type: ignore[arg-type]


def test_text_and_its_bytes_are_one_document() -> None:
    text = (
        "date 2020-01-08 A headline of the day\n\nThe bridge – it’s closed – was “old”, she said."
    )
    assert cleaner.clean(text) == cleaner.clean(text.encode())
    assert cleaner.clean(text) == cleaner.clean(text.encode("utf-16"))


@pytest.mark.parametrize("kind", ["pdf", "", None, "HTML"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="'auto', 'html' or 'text'"):
        cleaner.clean("text", kind=kind)  # type: ignore[arg-type]


def test_the_kind_may_be_forced() -> None:
    assert cleaner.clean("<p>One two</p>", kind="text").source.document == "text"
    assert cleaner.clean("One two", kind="html").source.document == "html"


def test_the_known_address_is_kept() -> None:
    assert cleaner.clean("Text", url="https://example.com/a").url == "https://example.com/a"
    assert cleaner.clean("Text").url is None


@pytest.mark.parametrize("url", ["", "nonsense", "http://[", "https://", "a" * 10_000, "\ud800"])
def test_a_strange_address_breaks_nothing(url: str) -> None:
    assert cleaner.clean("<html><p>Text</p></html>", url=url).source.document == "html"


def test_removed_lines_keep_their_numbers_in_dumps_only() -> None:
    text = "A headline of the day\n\nAdvertisement\n\nThe bridge was closed on Monday."
    (row,) = cleaner.clean(text).removed
    assert (row.text, row.reason, row.line) == ("Advertisement", Reason.AD_MARKER, 3)
    html = "<html><body><p>Advertisement</p><p>The bridge was closed.</p></body></html>"
    assert [r.line for r in cleaner.clean(html).removed if r.text == "Advertisement"] == [None]


def test_every_error_raised_on_purpose_has_one_base() -> None:
    errors = [
        getattr(cleaner, name) for name in cleaner.__all__ if name.endswith(("Error", "Input"))
    ]
    assert len(errors) == 8
    assert all(issubclass(error, cleaner.CleanerError) for error in errors)
