"""What a page states about itself: collected, unjudged, in order of appearance."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import article, meta, page

from cleaner.readers import read
from cleaner.readers.statements import load_json

if TYPE_CHECKING:
    from cleaner.page import Fact


def facts(source: str, name: str) -> list[tuple[str, str]]:
    """The statements called `name` with their kinds, but for the page's title."""
    return [(f.value, f.source) for f in read(source, "html").facts if f.name == name]


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        (meta("og:title", "A title"), "headline", "A title"),
        (meta("article:published_time", "2020-01-08"), "date", "2020-01-08"),
        (meta("article:modified_time", "2020-01-09"), "modified", "2020-01-09"),
        # sites' own names for the same
        (meta("bt:pubDate", "2020-01-08"), "date", "2020-01-08"),
        (meta("prism.publicationDate", "2020-01-08"), "date", "2020-01-08"),
        (meta("og:article:published_time", "2020-01-08"), "date", "2020-01-08"),
        (meta("published", "2020-01-08"), "date", "2020-01-08"),
        (meta("last_updated_date", "2020-01-09"), "modified", "2020-01-09"),
        (meta("og:author", "Jane Doe"), "author", "Jane Doe"),
        (meta("OG:Site_Name", "The Banner"), "site", "The Banner"),
        (meta("author", "Jane Doe"), "author", "Jane Doe"),
        (meta("article-author", "Jane Doe"), "author", "Jane Doe"),
        (meta("bc:authors", "Jane Doe"), "author", "Jane Doe"),
        (meta("description", "In short."), "description", "In short."),
        (meta("og:locale", "en_CA"), "language", "en_CA"),
        ('<meta itemprop="datePublished" content="2020-01-08">', "date", "2020-01-08"),
        ('<link rel="canonical" href="https://example.com/a">', "url", "https://example.com/a"),
    ],
)
def test_tags_of_the_head(tag: str, name: str, value: str) -> None:
    assert value in [stated for stated, _ in facts(page(head=tag), name)]


@pytest.mark.parametrize(
    "tag",
    [
        "<meta>", '<meta property="og:title">', '<meta content="A title">', meta("og:title", ""),
        meta("og:title", "  "), meta("keywords", "a, b"), meta("viewport", "width=1"),
        meta("cdc:last_published", "2020-01-08"), meta("unpublished", "2020-01-08"),
        meta("article:expiration_time", "2030-01-08"), meta("smartbanner:author", "Apps Inc."),
        meta("article:authorUrl", "https://example.com/jane"), meta("web_author", "Sites Inc."),
        '<link rel="stylesheet" href="a.css">', '<link rel="canonical">',
    ],
)  # fmt: skip
def test_other_tags_state_nothing(tag: str) -> None:
    assert [f for f in read(page(head=tag), "html").facts if f.name != "language"] == []


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ('datetime="2020-01-08"', "date"),
        ('class="published" datetime="2020-01-08"', "date"),
        ('class="entry-date published updated" datetime="2020-01-08"', "date"),
        ('class="entry-date updated" datetime="2020-01-08"', "date"),
        ('class="updated" datetime="2020-01-08"', "modified"),
        ('itemprop="dateModified" datetime="2020-01-08"', "modified"),
        ('itemprop="dateModified" class="published" datetime="2020-01-08"', "modified"),
        ("", None),
    ],
)
def test_times(attributes: str, name: str | None) -> None:
    source = page(front=f"<h1>Title</h1><p>By <time {attributes}>Jan 8</time></p>")
    times = [f for f in read(source, "html").facts if f.source == "time"]
    assert [f.name for f in times] == ([] if name is None else [name])


def test_times_know_their_block() -> None:
    source = page(front='<h1>Title</h1><p>By <time datetime="2020-01-08">Jan 8</time></p>')
    found = read(source, "html")
    (fact,) = [f for f in found.facts if f.source == "time"]
    assert fact.block is not None
    assert found.blocks[fact.block].text == "By Jan 8"


def linked(data: Any) -> list[Fact]:
    source = page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    return [f for f in read(source, "html").facts if f.source == "json-ld"]


def values(data: Any, name: str) -> list[str]:
    return [fact.value for fact in linked(data) if fact.name == name]


@pytest.mark.parametrize(
    "data",
    [
        article(headline="A title"),
        [article(headline="A title")],
        {"@graph": [{"@type": "WebPage"}, article(headline="A title")]},
        {"@type": "WebPage", "mainEntity": article(headline="A title")},
        {"@type": ["Thing", "NewsArticle"], "headline": "A title"},
        {"@type": "LiveBlogPosting", "headline": "A title"},
        {"@type": "WebPage", "headline": "A title", "datePublished": "2020-01-08"},
        article(headline="  A\n title "),
        article(headline="<b>A</b> title"),
    ],
)
def test_articles_are_found_wherever_they_stand(data: Any) -> None:
    assert values(data, "headline") == ["A title"]


@pytest.mark.parametrize(
    "data",
    [
        {}, [], None, 3, "text", {"@type": 3}, {"@type": None, "headline": "A title"},
        {"@type": "Product", "headline": "A title"},
        {"@type": "ItemList", "itemListElement": [article(headline="A title")]},
        {"@type": "WebPage", "relatedLink": [article(headline="A title")]},
        {"@type": "WebPage", "comment": {"@type": "Review", "headline": "A title"}},
        article(headline=None), article(headline=""), article(headline={"a": 1}),
    ],
)  # fmt: skip
def test_other_data_state_no_headline(data: Any) -> None:
    assert values(data, "headline") == []


def test_of_several_articles_the_one_with_the_pages_title_is_meant() -> None:
    other, own = (
        article(headline="Another", datePublished="2019-01-01"),
        article(headline="A title"),
    )
    script = f'<script type="application/ld+json">{json.dumps([other, own])}</script>'
    found = read(page(title="A title - The Banner", head=script), "html")
    assert [f.value for f in found.stated("headline", "json-ld")] == ["A title"]
    assert found.stated("date", "json-ld") == []


def test_groups_are_told_from_people() -> None:
    authors = [{"@type": "Person", "name": "Jane"}, {"@type": "Organization", "name": "The Banner"}]
    found = [(f.value, f.detail == "group") for f in linked(article(author=authors))]
    assert ("Jane", False) in found
    assert ("The Banner", True) in found


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": 1}', {"a": 1}),
        ('{"a": 1,}', {"a": 1}),
        ('[1, 2,]', [1, 2]),
        ('{"a": 1} {"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1}, {"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
        ("", []),
        ("{", None),
        ('{"a": "b" "c"}', None),
        ("[" * 100_000, None),
        ("text", None),
    ],
)  # fmt: skip
def test_json_is_read_with_patience(text: str, data: Any) -> None:
    assert load_json(text) == data


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "name", "headline", "url", "publisher"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_data_are_survived(data: Any) -> None:
    found = read(
        page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>'), "html"
    )
    assert all(fact.value.strip() for fact in found.facts)
