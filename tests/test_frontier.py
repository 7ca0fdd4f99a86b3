"""What a crawl knows, and what its answers list."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing

import pytest

from cleaner import FetchError, OutputError

pytest.importorskip("scrapy", reason="needs the extra: pip install 'news-cleaner[crawl]'")

from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse

from cleaner.web.discovery import (
    articles_and_sections,
    decompressed,
    feeds_of,
    is_of,
    kind_of,
    listed,
    site_of,
)
from cleaner.web.frontier import Frontier, Link, Row, url_key
from cleaner.web.output import Output

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

BASE = "https://news.example/feeds/all.xml"


def urls(body: str, base: str = BASE) -> list[str]:
    data = body.encode()
    kind = kind_of(data)
    assert kind is not None
    return [link.url for link in listed(kind, data, base)]


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a?b=1&c=2",
        "https://news.example/a?c=2&b=1",
        "https://NEWS.example/a?b=1&c=2#comments",
        "https://news.example/a?b=1&utm_source=x&c=2&fbclid=y",
        "https://news.example:443/a?b=1&c=2",
    ],
)
def test_addresses_of_the_same_page(url: str) -> None:
    assert url_key(url) == "https://news.example/a?b=1&c=2"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/A?tag=a&tag=b", "http://news.example/a?tag=a&tag=b",
        "https://news.example/a?tag=a&tag=c", "https://news.example/a?tag=a",
        "https://news.example:8443/a?tag=a&tag=b", "https://news.example/a?id=1&tag=a&tag=b",
    ],
)  # fmt: skip
def test_addresses_of_other_pages(url: str) -> None:
    assert url_key(url) != url_key("https://news.example/a?tag=a&tag=b")


def test_sites() -> None:
    assert site_of("https://www.news.example:8080/a") == "news.example"
    assert is_of("https://news.example/a", "news.example")
    assert is_of("https://sport.news.example/a", "news.example")
    assert not is_of("https://badnews.example/a", "news.example")
    assert not is_of("https://news.example.org/a", "news.example")


# --- lists ---------------------------------------------------------------------------------------


def test_rss() -> None:
    assert urls(
        "<?xml version='1.0'?><!-- x --><rss xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
        "<link>https://news.example/</link><atom:link href='/self' rel='self'/>"
        "<item><link>/a</link><guid>7</guid></item>"
        "<item><guid isPermaLink='true'>https://news.example/b</guid></item>"
        "<item><guid isPermaLink='false'>https://news.example/no</guid></item>"
        "<item><link><![CDATA[ https://news.example/c?x=1&y=2 ]]></link></item>"
        "<item><title>Nothing</title></item><item><link>javascript:x</link></item>"
        "</channel></rss>"
    ) == ["https://news.example/a", "https://news.example/b", "https://news.example/c?x=1&y=2"]


def test_atom() -> None:
    assert urls(
        "<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/><entry>"
        "<link rel='self' href='/self'/><link rel='alternate' href='../a'/></entry>"
        "<entry><link href='https://news.example/b'/></entry></feed>"
    ) == ["https://news.example/a", "https://news.example/b"]


def test_rdf() -> None:
    assert urls(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://purl.org/rss/1.0/'><channel><link>/</link></channel>"
        "<item><link>/a</link></item></rdf:RDF>"
    ) == ["https://news.example/a"]


NO_ADDRESSES = [
    "http://x.example:80800/b", "https://www.example.com:port/b", "http://[::1/", "http:///a",
    "mailto:news@x.example", "http://exa\u2100mple.org/",
]  # fmt: skip


@pytest.mark.parametrize("bad", NO_ADDRESSES)
def test_what_is_no_address_costs_no_list(bad: str) -> None:
    good = "https://news.example/a"
    items = "".join(f"<item><link>{url}</link></item>" for url in (bad, good))
    assert urls(f"<rss><channel>{items}</channel></rss>") == [good]
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in (bad, good))
    assert urls(f"<urlset>{entries}</urlset>") == [good]
    page = f"<a href='{bad}'>More about this</a><a href='{good}'>More about that</a>"
    response = HtmlResponse("https://news.example/", body=page.encode(), encoding="utf-8")
    links = articles_and_sections(response, "news.example", 1)
    assert [link.url for link in links] == [good]


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE rss>",
        "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://my.example/rss.dtd'>",
        '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>',
        '<!DOCTYPE rss [\n<!ENTITY % HTMLlat1 PUBLIC "-//W3C//X" "x.ent">\n%HTMLlat1;\n] >',
    ],
)
def test_a_document_type_before_a_feed(head: str) -> None:
    body = f"<?xml version='1.0'?>{head}<rss><channel><item><link>/a</link></item></channel></rss>"
    assert urls(body) == ["https://news.example/a"]


def test_what_addresses_of_a_feed_are_relative_to() -> None:
    assert urls(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://other.example/x/'>"
        "<entry><link href='a'/></entry><entry xml:base='y/'><link href='b'/></entry>"
        "<entry xml:base='http://[bad'><link href='/c'/></entry></feed>"
    ) == [f"https://other.example/{path}" for path in ("x/a", "x/y/b", "c")]


def test_a_broken_feed_gives_what_it_can() -> None:
    assert urls("<rss><channel><item><link>/a</link><title>A & B</title></item><item><link>/b") == [
        "https://news.example/a",
        "https://news.example/b",
    ]


def test_entities_of_a_feed_read_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("/sesame")
    body = (
        f"<!DOCTYPE rss [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>"
        "<rss><channel><item><link>/&x;</link></item></channel></rss>"
    )
    assert [link.url for link in listed("feed", body.encode(), BASE) if "sesame" in link.url] == []


def test_sitemaps_list_pages_and_indexes_list_sitemaps() -> None:
    body = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>\n{}\n</loc></url></urlset>"
    (link,) = listed("sitemap", body.format("https://news.example/a").encode(), BASE)
    assert link == Link("https://news.example/a", "page")
    index = body.replace("urlset", "sitemapindex").replace("url>", "sitemap>")
    (link,) = listed("index", index.format("https://news.example/b.xml").encode(), BASE)
    assert link == Link("https://news.example/b.xml", "source")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><rss>", b"<!DOCTYPE html><html>", b"text", b"{}", b"<!DOCTYPE html [<rss>",
        b"<!DOCTYPE html [<!ENTITY x 'y'>]><html><rss>",
    ],
)  # fmt: skip
def test_what_is_no_list(body: bytes) -> None:
    assert kind_of(body) is None


def test_compressed_lists() -> None:
    assert decompressed(gzip.compress(b"<urlset>"), 100) == b"<urlset>"
    assert decompressed(b"<urlset>", 100) == b"<urlset>"
    with pytest.raises(FetchError, match="larger than 1000 bytes"):
        decompressed(gzip.compress(bytes(10_000_000)), 1000)
    with pytest.raises(FetchError, match="broken gzip"):
        decompressed(b"\x1f\x8bno gzip at all", 1000)


def test_feeds_of_a_page() -> None:
    page = (
        "<link rel='alternate' type='application/rss+xml' href='/rss'>"
        "<link rel='ALTERNATE stylesheet' type='application/atom+xml' href='https://x.example/atom'>"
        "<link rel='alternate' hreflang='fr' href='/fr'>"
        "<link rel='alternate' type='application/rss+xml' href=''>"
    )
    response = HtmlResponse("https://news.example/", body=page.encode())
    assert [link.url for link in feeds_of(response)] == [
        "https://news.example/rss",
        "https://x.example/atom",
    ]


def test_feeds_of_a_page_with_a_base() -> None:
    page = (
        "<head><base href='https://cdn.example/x/'>"
        "<link rel='alternate' type='application/rss+xml' href='rss'></head>"
    )
    response = HtmlResponse("https://news.example/", body=page.encode())
    assert [link.url for link in feeds_of(response)] == ["https://cdn.example/x/rss"]


# --- the frontier --------------------------------------------------------------------------------


def frontier(path: Path, *seeds: Link, limit: int = 0) -> Frontier:
    made = Frontier(path / "frontier.sqlite", limit)
    made.begin(seeds)
    return made


def page(name: str) -> Link:
    return Link(f"https://news.example/{name}")


def source(name: str) -> Link:
    return Link(f"https://news.example/{name}", "source")


def taken(of: Frontier, count: int = 99) -> list[str]:
    found = []
    while len(found) < count and (row := of.take()) is not None:
        found.append(row.link.url.rpartition("/")[2])
    return found


def take(of: Frontier, busy: Container[str] = ()) -> Row:
    row = of.take(busy)
    assert row is not None
    return row


def test_sources_come_first_until_there_is_enough(tmp_path: Path) -> None:
    made = frontier(tmp_path, source("a"), source("b"), source("c"), limit=2)
    made.settle(take(made), "done", links=[page("1")])
    made.settle(take(made), "done", links=[page("2"), page("3"), page("1")])
    assert taken(made) == ["1", "2"]
    assert not made.has_next()


def test_what_was_taken_and_not_settled_comes_again(tmp_path: Path) -> None:
    made = frontier(tmp_path, source("a"))
    made.settle(take(made), "done", links=[page(str(i)) for i in range(4)])
    made.settle(take(made), "done")
    assert taken(made) == ["1", "2", "3"]
    made.close()
    again = Frontier(tmp_path / "frontier.sqlite")
    assert again.begin([source("a")])
    assert taken(again) == ["1", "2", "3"]


def test_the_next_round_asks_sources_then_for_what_is_new_then_for_what_is_old(
    tmp_path: Path,
) -> None:
    made = frontier(tmp_path, source("a"), limit=1)
    made.settle(take(made), "done", links=[page("1"), page("2"), page("3")])
    made.settle(take(made), "done")
    made.finish()
    made.close()
    made = Frontier(tmp_path / "frontier.sqlite", 2)
    assert not made.begin([source("a")])
    row = take(made)
    assert row.link == source("a")
    made.settle(row, "done", links=[page("1"), page("4")])
    assert taken(made) == ["4", "2"]
    assert made.waiting() == 3


def test_a_failure_that_may_pass_comes_again_in_the_next_round(tmp_path: Path) -> None:
    made = frontier(tmp_path, page("1"), page("2"))
    made.settle(take(made), "failed", "HTTP 503", again=True)
    made.settle(take(made), "failed", "HTTP 404")
    assert taken(made) == []
    made.finish()
    made.close()
    assert taken(frontier(tmp_path)) == ["1"]


def front(name: str, depth: int) -> Link:
    return Link(f"https://news.example/{name}", "source", "news.example", depth)


def found(name: str, depth: int) -> Link:
    return Link(f"https://news.example/{name}", "page", "news.example", depth)


# What a crawl that was killed left behind before hosts had their turns.
EARLIER = """
CREATE TABLE urls (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, kind TEXT NOT NULL,
    site TEXT, depth INTEGER NOT NULL, hops INTEGER NOT NULL, found INTEGER NOT NULL,
    state TEXT NOT NULL, note TEXT, again INTEGER NOT NULL, round INTEGER
);
CREATE INDEX pending ON urls (kind, found, id) WHERE state = 'pending';
CREATE TABLE rounds (id INTEGER PRIMARY KEY, finished INTEGER NOT NULL DEFAULT 0);
INSERT INTO rounds DEFAULT VALUES;
INSERT INTO urls VALUES
    (1, 'https://news.example/linked', 'https://news.example/linked', 'page', 'news.example',
     1, 0, 1, 'pending', NULL, 0, NULL),
    (2, 'https://news.example/listed', 'https://news.example/listed', 'page', NULL,
     0, 0, 1, 'pending', NULL, 0, NULL);
"""


def crawled(path: Path) -> None:
    """A round from a front: an article, a section and a page of a feed on it."""
    made = frontier(path, front("", 1))
    links = [found("article", 0), found("section", 0), page("listed")]
    made.settle(take(made), "section", links=links)
    made.settle(take(made), "done")
    made.settle(take(made), "section")
    made.settle(take(made), "done")
    made.finish()
    made.close()


@pytest.mark.parametrize("name", ["article", "section", "listed", "new"])
def test_a_new_seed_is_asked_whatever_it_was_before(tmp_path: Path, name: str) -> None:
    crawled(tmp_path)
    made = frontier(tmp_path, front(name, 2))
    assert {take(made).link, take(made).link} == {front("", 1), front(name, 2)}
    assert taken(made) == []


def test_a_seed_of_a_round_that_goes_on_is_not_asked_twice(tmp_path: Path) -> None:
    made = frontier(tmp_path, front("", 1))
    made.settle(take(made), "section", links=[found("a", 0)])
    made.close()
    assert taken(frontier(tmp_path, front("", 1))) == ["a"]


def test_more_depth_asks_sections_again(tmp_path: Path) -> None:
    """And no article: what was written is not asked for again."""
    crawled(tmp_path)
    made = frontier(tmp_path, front("", 2))
    row = take(made)
    assert row.link == front("", 2)
    links = [found("article", 1), found("section", 1), found("listed", 1), found("new", 1)]
    made.settle(row, "section", links=links)
    assert [take(made).link, take(made).link] == [found("new", 1), found("section", 1)]
    assert not made.has_next()


def test_what_waits_is_asked_with_the_most_depth(tmp_path: Path) -> None:
    made = frontier(tmp_path, front("", 2))
    links = [found("a", 0), page("listed"), found("a", 1), found("a", 0), found("listed", 1)]
    made.settle(take(made), "section", links=links)
    assert [take(made).link, take(made).link] == [found("a", 1), page("listed")]


@pytest.mark.parametrize("state", ["pending", "section", "left", "moved"])
def test_what_is_listed_is_wanted_though_a_link_was_found_first(tmp_path: Path, state: str) -> None:
    made = frontier(tmp_path, front("", 2), source("feed"))
    made.settle(take(made), "section", links=[found("a", 1)])
    feed = take(made)
    row = take(made)
    if state != "pending":
        made.settle(row, state)  # type: ignore[arg-type]
    assert not made.is_listed(row)
    made.settle(feed, "done", links=[page("a")])
    assert made.is_listed(row)
    if state != "pending":
        assert take(made).link == found("a", 1)  # its links count as before
    assert made.take() is None


@pytest.mark.parametrize("state", ["done", "duplicate", "failed", "forbidden"])
def test_what_is_listed_is_not_asked_again_for_what_it_was(tmp_path: Path, state: str) -> None:
    made = frontier(tmp_path, front("", 1), source("feed"))
    made.settle(take(made), "section", links=[found("a", 0)])
    feed = take(made)
    made.settle(take(made), state)  # type: ignore[arg-type]
    made.settle(feed, "done", links=[page("a")])
    assert made.take() is None


def test_where_a_listed_page_leads_is_listed(tmp_path: Path) -> None:
    made = frontier(tmp_path, front("", 1))
    made.settle(take(made), "section", links=[found("a", 1), found("b", 1), page("a")])
    for name in "ab":
        assert made.move(take(made), found(f"{name}2", 1)) is None
    rows = [take(made), take(made)]
    assert [(row.link, made.is_listed(row)) for row in rows] == [
        (found("a2", 1), True),
        (found("b2", 1), False),
    ]


def test_a_page_that_turns_out_to_be_a_source_is_asked_in_its_round(tmp_path: Path) -> None:
    made = frontier(tmp_path, front("", 1))
    made.settle(take(made), "section", links=[found("feed", 0), source("map")])
    made.settle(take(made), "done", links=[source("feed")])
    assert take(made).link == source("feed")
    assert made.take() is None


def test_a_page_that_turns_out_to_be_a_source_while_it_is_asked_for(tmp_path: Path) -> None:
    made = frontier(tmp_path, front("", 1), source("map"))
    made.settle(take(made), "section", links=[found("a", 0)])
    other, row = take(made), take(made)
    made.settle(other, "done", links=[front("a", 2)])
    assert made.take() is None
    made.settle(row, "section")
    assert take(made).link == front("a", 2)
    assert made.take() is None


def test_hosts_have_their_turns(tmp_path: Path) -> None:
    links = [Link(f"http://{name}.example/{i}") for name in "abc" for i in range(2)]
    made = frontier(tmp_path, *links)
    order = [take(made) for _ in range(3)]
    assert [row.host for row in order] == ["a.example", "b.example", "c.example"]
    assert made.asked == {"a.example", "b.example", "c.example"}
    assert made.take(made.asked) is None
    assert not made.has_next(made.asked)
    assert made.has_next()
    made.settle(order[1], "done")
    assert made.has_next(made.asked)
    assert take(made, made.asked).link == links[3]


def test_pages_are_counted_no_more_once_there_are_enough(tmp_path: Path) -> None:
    made = frontier(tmp_path, source("a"), source("b"), limit=4)
    made.settle(take(made), "done", links=[page(str(i)) for i in range(9)])
    statements: list[str] = []
    made._db.set_trace_callback(statements.append)
    assert taken(made) == ["0", "1", "2", "3"]
    assert len([text for text in statements if "count(*)" in text]) == 1


def test_a_busy_host_does_not_hold_up_the_pages_of_others(tmp_path: Path) -> None:
    made = frontier(tmp_path, source("a"), Link("http://other.example/1"), limit=2)
    assert take(made, {"news.example"}).link.url == "http://other.example/1"
    assert take(made).link == source("a")


def test_a_file_of_an_earlier_version(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "frontier.sqlite")) as earlier, earlier:
        earlier.executescript(EARLIER)
    made = frontier(tmp_path, page("new"))
    rows = [take(made), take(made), take(made)]
    assert [row.link for row in rows] == [found("linked", 1), page("listed"), page("new")]
    assert {row.host for row in rows} == {"news.example"}
    assert [made.is_listed(row) for row in rows] == [False, True, True]


def test_a_front_that_is_redirected_to_what_is_known(tmp_path: Path) -> None:
    crawled(tmp_path)
    made = frontier(tmp_path, front("old", 2))
    made.settle(take(made), "section")
    assert made.move(take(made), front("section", 2)) is None
    assert take(made).link == front("section", 2)


def test_circles_of_redirects(tmp_path: Path) -> None:
    made = frontier(tmp_path, page("1"))
    assert made.move(take(made), page("2")) is None
    assert made.move(take(made), page("3")) is None
    last = take(made)
    assert "circle" in (made.move(last, page("3")) or "")
    assert "circle" in (made.move(last, page("1")) or "")
    assert made.move(last, page("4")) is None


def test_files_that_were_not_written_are_written_later(tmp_path: Path) -> None:
    made = frontier(tmp_path, page("1"))
    made.settle(take(made), "done", files={"news.example/1.json": b"{}"})
    made.close()
    output = Output(tmp_path / "out", lambda article: article.to_json())
    made = frontier(tmp_path)
    made.write_to(output)
    assert (tmp_path / "out" / "news.example" / "1.json").read_bytes() == b"{}"
    (tmp_path / "out" / "news.example" / "1.json").unlink()
    made.write_to(output)
    assert list((tmp_path / "out").rglob("*.json")) == []


def test_a_file_that_cannot_be_written_keeps_no_other_from_it(tmp_path: Path) -> None:
    made = frontier(tmp_path, page("1"), page("2"))
    (tmp_path / "out" / "a").mkdir(parents=True)
    made.settle(take(made), "done", files={"a": b"1"})
    made.settle(take(made), "done", files={"b": b"2"})
    output = Output(tmp_path / "out", lambda article: article.to_json())
    assert made.write_to(output) == [f"{tmp_path}/out/a: Is a directory"]
    assert (tmp_path / "out" / "b").read_bytes() == b"2"
    (tmp_path / "out" / "b").unlink()
    (tmp_path / "out" / "a").rmdir()
    assert made.write_to(output) == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a"]


def test_a_frontier_has_one_user(tmp_path: Path) -> None:
    made = frontier(tmp_path)
    with pytest.raises(OutputError, match="another crawl"):
        Frontier(tmp_path / "frontier.sqlite")
    made.close()
    Frontier(tmp_path / "frontier.sqlite").close()
