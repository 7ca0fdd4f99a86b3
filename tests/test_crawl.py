"""Crawling: whole crawls of a real server on loopback, some of them killed on the way."""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import brotli
import pytest
from web_server import Answer, Site, serve

pytest.importorskip("scrapy", reason="needs the extra: pip install 'news-cleaner[crawl]'")

from cleaner.web.crawl import Politeness
from cleaner.web.fetch import Limits
from cleaner.web.frontier import Frontier, Link
from cleaner.web.output import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

XML = "text/xml; charset=utf-8"


def article(title: str, more: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="2020-01-08T10:00:00Z">{head}</head>'
        f"<body><article><h1>{title}</h1>"
        f"<p>{title} was closed on Monday after engineers found cracks in two of its pillars.</p>"
        "<p>Nobody could say when it would be open again, and the ferry is full by seven.</p>"
        f"</article>{more}</body></html>"
    )


def front(*links: str, head: str = "") -> str:
    items = "".join(f'<li><a href="{link}">More about this</a></li>' for link in links)
    return f"<!DOCTYPE html><html><head><title>News</title>{head}</head><body><ul>{items}</ul>"


def rss(*links: str) -> Answer:
    items = "".join(f"<item><title>One</title><link>{link}</link></item>" for link in links)
    return Answer(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>', 200)


def sitemap(*links: str, root: str = "urlset", entry: str = "url") -> str:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    entries = "".join(f"<{entry}><loc>{link}</loc></{entry}>" for link in links)
    return f'<?xml version="1.0"?><{root} xmlns="{space}">{entries}</{root}>'


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


FAST = ("--allow-private", "--delay", "0", "--retries", "1")


def command(out: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "cleaner", "crawl", *arguments, "-o", str(out)]


def crawl(out: Path, *arguments: str, code: int = 0) -> str:
    """Run the command; return what it said, without the summary's figures of the last line."""
    result = subprocess.run(
        command(out, *FAST, *arguments), capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in result.stderr
    assert result.returncode == code, result.stderr
    assert result.stdout == ""
    return result.stderr


def read(out: Path) -> list[dict[str, Any]]:
    files = (path for path in sorted(out.glob("*/*.json")) if path.is_file())
    return [json.loads(path.read_text("utf-8")) for path in files]


def articles(out: Path) -> dict[str, dict[str, Any]]:
    """Return the articles written, by path of their address."""
    found = read(out)
    by_path = {re.sub(r"^https?://[^/]+", "", a["url"]): a for a in found}
    assert len(by_path) == len(found)
    return by_path


def test_a_feed(site: Site, tmp_path: Path) -> None:
    for i in range(3):
        site[f"/{i}"] = article(f"The bridge number {i}")
    site["/feed"] = rss("/0", f"{site.url}/1", f" {site.url}/2?utm_source=rss#comments ")
    site["/2?utm_source=rss"] = site.pages["/2"]
    message = crawl(tmp_path / "out", site.url + "/feed")
    assert set(articles(tmp_path / "out")) == {"/0", "/1", "/2?utm_source=rss"}
    assert articles(tmp_path / "out")["/1"]["headline"] == "The bridge number 1"
    assert message.startswith("3 articles (0 empty), 0 duplicates,")
    assert set(site.count.values()) == {1}
    assert {headers["User-Agent"][:8] for _, headers in site.requests} == {"cleaner/"}
    assert [h for _, h in site.requests if {"Cookie", "Referer"} & set(h)] == []


def test_a_feed_with_duplicates(site: Site, tmp_path: Path) -> None:
    """Fifty items: one listed twice, one with a visitor's mark, one a page's second address."""
    links = [f"/story/{i}" for i in range(47)]
    for i, link in enumerate(links):
        site[link] = article(f"The bridge number {i}")
    head = f'<link rel="canonical" href="{site.url}/story/7">'
    site["/amp/7"] = article("The bridge number 7", head=head)
    site["/feed"] = rss(*links, "/story/5", "/story/6?utm_medium=feed&utm_source=x", "/amp/7")
    message = crawl(tmp_path / "out", site.url + "/feed", "--save-html")
    assert set(articles(tmp_path / "out")) == set(links)
    assert message.startswith("47 articles (0 empty), 1 duplicates,")
    assert site.count == {"/robots.txt": 1, "/feed": 1, "/amp/7": 1, **dict.fromkeys(links, 1)}
    page = tmp_path / "out" / f"{name_of(site.url + '/story/3')}.html"
    assert page.read_text("utf-8") == article("The bridge number 3")


def test_pages_that_all_claim_one_canonical_address_are_all_kept(
    site: Site, tmp_path: Path
) -> None:
    head = '<link rel="canonical" href="/story">'
    site["/a"] = article("The bridge is closed", head=head)
    site["/b"] = article("The ferry is full", head=head)
    site["/feed"] = rss("/a", "/b")
    assert crawl(tmp_path / "out", site.url + "/feed").startswith("2 articles")


def test_sitemaps(site: Site, tmp_path: Path) -> None:
    index = sitemap(f"{site.url}/old.xml.gz", f"{site.url}/news.xml", root="sitemapindex",
                    entry="sitemap")  # fmt: skip
    site["/index.xml"] = Answer(index, type=XML)
    site["/old.xml.gz"] = Answer(
        gzip.compress(sitemap(f"{site.url}/a", f"{site.url}/b").encode()), type="application/x-gzip"
    )
    news = sitemap(f"{site.url}/c", f"{site.url}/secret/d").replace(
        "</loc>", "</loc><n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        "<n:publication_date>2020-01-08</n:publication_date><n:title>T</n:title></n:news>",
    )  # fmt: skip
    site["/news.xml"] = Answer(news, type="text/html")  # wrong, and not rare
    site["/robots.txt"] = Answer("User-agent: *\nDisallow: /secret/", type="text/plain")
    for name in ("a", "b", "c", "secret/d"):
        site[f"/{name}"] = article(f"The bridge {name}")
    message = crawl(tmp_path / "out", site.url + "/index.xml")
    assert set(articles(tmp_path / "out")) == {"/a", "/b", "/c"}
    assert "1 forbidden by robots.txt, 0 failed" in message
    assert site.count["/secret/d"] == 0


def test_a_site(site: Site, tmp_path: Path) -> None:
    """Feeds, sitemaps and links are found from the front; the next round asks for what is new."""
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site["/"] = front("/world/", "/a", "http://elsewhere.invalid/x", "/a#top", head=feed)
    site["/feed"] = rss("/b")
    site["/robots.txt"] = Answer(f"Sitemap: {site.url}/map.xml", type="text/plain")
    site["/map.xml"] = Answer(sitemap(f"{site.url}/c"), type=XML)
    site["/world/"] = front("/d", "/logo.png", "/file.pdf")
    for name in "abcdefg":
        more = front("/e") if name == "d" else ""
        site[f"/{name}"] = article(f"The bridge {name}", more)
    out = tmp_path / "out"
    crawl(out, site.url + "/")
    assert set(articles(out)) == {"/a", "/b", "/c", "/d"}  # /e is three links deep
    assert set(site.count.values()) == {1}
    site.requests.clear()
    site["/feed"] = rss("/f", "/b")
    site["/world/"] = front("/g", "/d")
    assert crawl(out, site.url + "/").startswith("2 articles")
    assert set(articles(out)) == {"/a", "/b", "/c", "/d", "/f", "/g"}
    assert set(site.paths) == {"/robots.txt", "/", "/feed", "/map.xml", "/world/", "/f", "/g"}


def test_a_new_seed_and_more_depth_in_a_folder_that_is_known(site: Site, tmp_path: Path) -> None:
    site["/"] = front("/sport/", "/world/", "/a")
    site["/sport/"], site["/world/"] = front("/b"), front("/c")
    for name in "abc":
        site[f"/{name}"] = article(f"The bridge {name}")
    out = tmp_path / "out"
    crawl(out, site.url + "/", "--depth", "1")
    assert set(articles(out)) == {"/a"}
    crawl(out, site.url + "/sport/", "--depth", "1")
    assert set(articles(out)) == {"/a", "/b"}
    crawl(out, site.url + "/", "--depth", "2")
    assert set(articles(out)) == {"/a", "/b", "/c"}
    assert {path: site.count[path] for path in ("/a", "/b", "/c")} == {"/a": 1, "/b": 1, "/c": 1}


@pytest.mark.parametrize("first", ["/", "/feed"])
def test_what_a_feed_lists_is_written_whatever_it_holds(
    site: Site, tmp_path: Path, first: str
) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site["/"] = front("/a", "/b", "/moved", head=head)
    undated = article("The bridge").replace("article:published_time", "description")
    site["/a"], site["/b"], site["/c"] = undated, undated, undated + front("/d")
    site.redirect("/moved", "/c")
    site["/d"] = article("The ferry")
    site["/feed"] = rss("/a", "/moved")
    seeds = sorted((site.url + "/", site.url + "/feed"), key=lambda url: not url.endswith(first))
    crawl(tmp_path / "out", *seeds)
    wanted = {"/a", "/c"}
    assert set(articles(tmp_path / "out")) - {"/d"} == wanted
    assert set(site.count.values()) == {1}


def test_indexes_that_name_each_other_have_an_end(site: Site, tmp_path: Path) -> None:
    for i in range(20):
        following = [f"{site.url}/{i + 1}.xml"]
        site[f"/{i}.xml"] = Answer(
            sitemap(*following, root="sitemapindex", entry="sitemap"), type=XML
        )
    message = crawl(tmp_path / "out", site.url + "/0.xml", code=1)
    assert "/10.xml: indexes of sitemaps more than 10 deep" in message
    assert len(site.count) == 12  # robots.txt is one of them


def test_no_depth_bounds_links_alone(site: Site, tmp_path: Path) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site["/"] = front("/linked", head=feed)
    site["/feed"] = rss("/listed")
    site["/robots.txt"] = Answer(f"Sitemap: {site.url}/map.xml", type="text/plain")
    site["/map.xml"] = Answer(sitemap(f"{site.url}/mapped"), type=XML)
    for name in ("linked", "listed", "mapped"):
        site[f"/{name}"] = article(f"The bridge {name}")
    crawl(tmp_path / "out", site.url + "/", "--depth", "0")
    assert set(articles(tmp_path / "out")) == {"/listed", "/mapped"}
    assert site.count["/linked"] == 0


def endless(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"<p>and so on</p>" * 4096)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.05)


def test_what_goes_wrong_costs_nothing_else(site: Site, tmp_path: Path) -> None:
    good = ["/ok", "/end", "/busy", "/fails-once", "/gzip", "/br", "/charset"]
    bad = ["/gone", "/loop-a", "/endless", "/drip", "/bomb", "/broken", "/image", "/fails", "/ssh"]
    site["/feed"] = rss(*bad, *good, "/chain-0", "ftp://elsewhere.invalid/x", "/long-0")
    site["/ok"] = article("The bridge")
    for i in range(3):
        site.redirect(f"/chain-{i}", f"/chain-{i + 1}" if i < 2 else "/end")
    site["/end"] = article("At the end of a chain")
    site["/busy"] = [Answer(b"", 429, {"Retry-After": "2"}), Answer(article("A busy bridge"))]
    site["/fails-once"] = [Answer(b"", 500), Answer(article("A bridge that fails"))]
    for name, compress in (("gzip", gzip.compress), ("br", brotli.compress)):
        body = compress(article(f"Compressed with {name}").encode())
        site[f"/{name}"] = Answer(body, headers={"Content-Encoding": name})
    site["/charset"] = Answer(article("Łódź"), type="text/html; charset=iso-8859-1")
    site["/gone"] = Answer("no", 410)
    site.redirect("/loop-a", "/loop-b")
    site.redirect("/loop-b", "/loop-a")
    site["/endless"] = Answer(endless)
    site["/drip"] = Answer(dripping)
    site["/bomb"] = Answer(gzip.compress(bytes(50 * 2**20)), headers={"Content-Encoding": "gzip"})
    site["/ssh"] = Answer(raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    site["/broken"] = Answer(b"no gzip", headers={"Content-Encoding": "gzip"})
    site["/image"] = b"\x89PNG\r\n\x1a\n" + bytes(100)
    site["/fails"] = Answer("no", 503, {"Retry-After": "Wed, 21 Oct 99999 07:28:00 GMT"})
    for i in range(20):
        site.redirect(f"/long-{i}", f"/long-{i + 1}")
    site["/long-20"] = article("Too far away")
    times: dict[str, list[float]] = {}
    site.on_request = lambda path: times.setdefault(path, []).append(time.monotonic())
    message = crawl(
        tmp_path / "out", site.url + "/feed", "--timeout", "3", "--max-size", "1000000", code=1
    )
    assert set(articles(tmp_path / "out")) == set(good)
    assert articles(tmp_path / "out")["/charset"]["headline"] == "Łódź"
    assert times["/busy"][1] - times["/busy"][0] >= 2
    assert {path: n for path, n in site.count.items() if n > 1} == {
        "/busy": 2, "/fails-once": 2, "/fails": 2, "/ssh": 2,
    }  # fmt: skip
    said = dict(re.findall(r"^cleaner: http://[^/]+(/\S+): (.*)$", message, re.MULTILINE))
    assert set(said) == {*bad, "/loop-b", "/long-10"} - {"/loop-a"}
    assert said["/gone"] == "HTTP 410 Gone"
    assert said["/fails"] == "HTTP 503 Service Unavailable"
    assert said["/drip"] == "not finished in time"
    assert "in a circle" in said["/loop-b"]
    assert "more than 10 times" in said["/long-10"]
    assert "binary file" in said["/image"]
    assert "; 0 addresses waiting" in message


def test_what_is_no_address_costs_nothing_else(site: Site, tmp_path: Path) -> None:
    """In robots.txt, in a redirect, as the canonical address of a page, in the state."""
    lines = ["/map.xml", "http://x.example:80800/b", "mailto:news@x.example"]
    site["/robots.txt"] = Answer("\n".join(f"Sitemap: {x}" for x in lines), type="text/plain")
    site["/"] = front()
    site["/map.xml"] = Answer(sitemap(*(f"{site.url}/{name}" for name in "abcd")), type=XML)
    site.redirect("/a", "mailto:news@x.example")
    site.redirect("/b", "http://x.example:port/b")
    site["/c"] = article("The bridge", head='<link rel="canonical" href="http://x.example:port/">')
    site["/d"] = article("The ferry")
    out = tmp_path / "out"
    state = Frontier(out / ".crawl" / "frontier.sqlite")
    state.begin([Link("/no-address", "source")])
    state.close()
    message = crawl(out, site.url + "/", code=1)
    assert {found["headline"] for found in read(out)} == {"The bridge", "The ferry"}
    assert "/no-address: no valid address" in message
    assert message.count("which is no valid address") == 2
    assert " 3 failed; 0 addresses waiting" in message
    assert "please report" not in message


def test_a_failure_at_a_page_about_robots_txt_is_one(site: Site, tmp_path: Path) -> None:
    site["/feed"] = rss("/what-is-robots.txt")
    bomb = gzip.compress(bytes(2**20))
    site["/what-is-robots.txt"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    message = crawl(tmp_path / "out", site.url + "/feed", "--max-size", "100000", code=1)
    assert "0 forbidden by robots.txt, 1 failed" in message


KEPT = {"Cache-Control": "max-age=600"}


def test_a_failure_is_not_kept(site: Site, tmp_path: Path) -> None:
    site["/feed"] = [Answer(b"", 503, KEPT), rss("/a")]
    site["/a"] = article("The bridge")
    crawl(tmp_path / "out", site.url + "/feed")
    assert set(articles(tmp_path / "out")) == {"/a"}


def test_what_is_kept_hides_no_failure(site: Site, tmp_path: Path) -> None:
    feed = rss("/a")
    feed.headers = {"ETag": '"1"'}
    site["/feed"], site["/a"] = feed, article("The bridge")
    out = tmp_path / "out"
    crawl(out, site.url + "/feed")
    site["/feed"] = Answer(b"", 503)
    assert "/feed: HTTP 503" in crawl(out, site.url + "/feed", code=1)
    site["/feed"] = Answer(b"", 304, {"ETag": '"1"'})
    crawl(out, site.url + "/feed")


def test_a_source_is_asked_again_only_when_it_may_be_new(site: Site, tmp_path: Path) -> None:
    """But robots.txt and redirects are, whatever their headers say."""
    site["/robots.txt"] = Answer("User-agent: *", headers=KEPT, type="text/plain")
    site["/feed"] = Answer(b"", 301, {"Location": "/feed.xml", **KEPT})
    feed = rss()
    feed.headers = KEPT
    site["/feed.xml"] = feed
    for _ in range(2):
        crawl(tmp_path / "out", site.url + "/feed")
    assert site.count == {"/robots.txt": 2, "/feed": 2, "/feed.xml": 1}


def test_a_long_delay_is_kept(tmp_path: Path) -> None:
    from cleaner.web.crawl import _settings

    for delay in (1.0, 90.0):
        settings = _settings(Politeness("cleaner-tests", delay=delay), Limits(), tmp_path)
        assert settings["AUTOTHROTTLE_MAX_DELAY"] == max(60.0, delay)


def test_private_addresses_are_refused(site: Site, tmp_path: Path) -> None:
    site["/feed"] = rss("/a")
    hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "0.0.0.0", "10.0.0.1"]
    urls = [site.url.replace("127.0.0.1", host) + "/feed" for host in hosts]
    result = subprocess.run(
        command(tmp_path / "out", *urls, "--delay", "0"),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.count("not a public address (--allow-private permits it)") == len(hosts)
    assert "Traceback" not in result.stderr
    assert site.requests == []


# 127.0.0.1 counts as public here, and nothing else of one's own does.
PUBLIC_LOOPBACK = """
import sys
import cleaner.web.resolver as resolver
real = resolver.is_public
resolver.is_public = lambda ip: ip == "127.0.0.1" or real(ip)
from cleaner.cli import main
main(sys.argv[1:])
"""


def test_nothing_leads_to_a_private_address(site: Site, tmp_path: Path) -> None:
    """Neither a redirect of a page or of robots.txt nor a link."""
    with serve(address="127.0.0.2") as inside:
        for path in ("/a", "/b", "/robots.txt"):
            inside[path] = article("What is said inside")
        inside.redirect("/c", "/a")
        site.redirect("/a", inside.url + "/a")
        site.redirect("/robots.txt", inside.url + "/robots.txt")
        site["/feed"] = rss("/a", inside.url + "/b", "http://169.254.169.254/latest/")
        arguments = ["crawl", site.url + "/feed", "-o", str(tmp_path / "out"), "--delay", "0"]
        result = subprocess.run(
            [sys.executable, "-c", PUBLIC_LOOPBACK, *arguments],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert inside.requests == []
    assert site.count["/a"] == 1
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.count("is not a public address") == 3
    assert articles(tmp_path / "out") == {}


def test_the_next_request_waits_as_long_as_robots_txt_asks(site: Site, tmp_path: Path) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.7", type="text/plain")
    site["/feed"] = rss("/a", "/b")
    site["/a"], site["/b"] = article("One"), article("Two")
    times: list[float] = []
    site.on_request = lambda _: times.append(time.monotonic())
    crawl(tmp_path / "out", site.url + "/feed")
    assert len(times) == 4
    assert min(times[2] - times[1], times[3] - times[2]) >= 0.6


def test_the_other_pages_wait_when_a_site_asks_to(site: Site, tmp_path: Path) -> None:
    links = [f"/{i}" for i in range(5)]
    site["/feed"] = rss(*links)
    for link in links:
        site[link] = article(f"The bridge {link}")
    site["/0"] = [Answer(b"", 429, {"Retry-After": "2"}), Answer(article("The bridge"))]
    times: list[tuple[float, str]] = []
    site.on_request = lambda path: times.append((time.monotonic(), path))
    crawl(tmp_path / "out", site.url + "/feed")
    assert [path for _, path in times[2:5]] == ["/0", "/0", "/1"]
    assert times[3][0] - times[2][0] >= 2


def test_a_site_that_asks_for_too_much_patience_is_left_to_the_next_run(
    site: Site, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with serve(address="127.0.0.2") as other:
        other["/feed"] = rss(*(f"{site.url}/{i}" for i in range(4)), "/9")
        other["/9"] = article("The ferry")
        for i in range(4):
            site[f"/{i}"] = article(f"The bridge {i}")
        site["/0"] = Answer(b"", 503, {"Retry-After": "7200"})
        message = crawl(out, other.url + "/feed", code=1)
        assert site.count == {"/robots.txt": 1, "/0": 1}
        assert "cleaner: 127.0.0.1 asks to wait for 7200 s: left to the next run" in message
        assert set(articles(out)) == {"/9"}
        assert " 1 failed; 3 addresses waiting" in message
        site["/0"] = article("The bridge 0")
        crawl(out, other.url + "/feed")
    assert set(articles(out)) == {"/0", "/1", "/2", "/3", "/9"}


def test_a_host_that_wants_time_takes_none_of_others(site: Site, tmp_path: Path) -> None:
    """And when the crawl is stopped, nothing that waits is sent."""
    out = tmp_path / "out"
    site["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 60", type="text/plain")
    with serve(address="127.0.0.2") as other:
        links = [f"/{i}" for i in range(20)]
        other["/feed"] = rss(*(site.url + link for link in links), *links[:3])
        for link in links:
            site[link] = other[link] = article(f"The bridge {link}")
        process = start(out, other.url + "/feed")
        while len(on_disk(out)) < 4:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, message = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "cleaner: stopping" in message
        assert "4 articles" in message
        assert " 0 failed; 19 addresses waiting" in message
        assert sum(site.count[link] for link in links) == 1


def test_a_limit(site: Site, tmp_path: Path) -> None:
    links = [f"/{i}" for i in range(9)]
    for link in links:
        site[link] = article(f"The bridge {link}")
    site["/feed"] = rss(*links)
    for count in (4, 8, 9):
        message = crawl(tmp_path / "out", site.url + "/feed", "--limit", "4")
        assert len(articles(tmp_path / "out")) == count
        assert f"; {9 - count} addresses waiting" in message
    assert {n for path, n in site.count.items() if path in links} == {1}


def start(out: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(out, *FAST, *arguments), stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def on_disk(out: Path) -> set[str]:
    return {path.stem for path in out.glob("*/*.json")}


@pytest.mark.parametrize("times", [[3], [1, 12, 20]], ids=str)
def test_killed_and_resumed(site: Site, tmp_path: Path, times: list[int]) -> None:
    """No page fetched twice that was written, none lost, no file half written."""
    out = tmp_path / "out"
    links = [f"/{i}" for i in range(30)]
    for link in links:
        site[link] = article(f"The bridge {link}")
    index = [f"{site.url}/{n}.xml" for n in "ab"]
    site["/index.xml"] = Answer(sitemap(*index, root="sitemapindex", entry="sitemap"), type=XML)
    site["/a.xml"] = Answer(sitemap(*(site.url + link for link in links[:20])), type=XML)
    site["/b.xml"] = Answer(sitemap(*(site.url + link for link in links[15:])), type=XML)
    kills = []
    for enough in times:
        process = start(out, site.url + "/index.xml", "--save-html")
        while len(on_disk(out)) < enough:
            assert process.poll() is None, process.communicate()
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        kills.append((on_disk(out), site.count))
    names = {name_of(site.url + link).split("/")[1]: link for link in links}
    message = crawl(out, site.url + "/index.xml", "--save-html")
    assert message.startswith("gone on: ")
    assert set(articles(out)) == set(links)
    for written, requested in kills:
        assert [n for n in written if site.count[names[n]] != requested[names[n]]] == []
    # What was asked for and not written may have to be asked for again: one page a kill.
    assert sum(site.count[link] for link in links) <= len(links) + len(times)
    for name, link in names.items():
        (page,) = out.glob(f"*/{name}.html")
        assert page.read_text("utf-8") == article(f"The bridge {link}")
    left = {path.suffix for path in out.rglob("*") if path.is_file()}
    assert left <= {".json", ".html", ".part", ".sqlite", ""} | {".sqlite-wal"}
    site.requests.clear()
    crawl(out, site.url + "/index.xml", "--save-html")
    assert set(site.paths) == {"/robots.txt", "/index.xml", "/a.xml", "/b.xml"}


def test_stopped_and_resumed(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    links = [f"/{i}" for i in range(20)]
    for link in links:
        site[link] = article(f"The bridge {link}")
    site["/feed"] = rss(*links)
    process = start(out, site.url + "/feed", "--delay", "0.2")
    while len(on_disk(out)) < 3:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in message
    assert "the same command goes on from here" in message
    assert len(on_disk(out)) < 20
    crawl(out, site.url + "/feed")
    assert set(articles(out)) == set(links)
    assert {site.count[link] for link in links} == {1}


def test_two_crawls_into_one_folder(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    site["/feed"] = rss("/a", "/b")
    site["/a"] = site["/b"] = article("The bridge")
    first = start(out, site.url + "/feed", "--delay", "5")
    while "/feed" not in site.paths:
        assert first.poll() is None, first.communicate()
        time.sleep(0.01)
    message = crawl(out, site.url + "/feed", code=2)
    assert "another crawl is writing there" in message
    first.kill()
    first.communicate(timeout=30)


def test_a_folder_that_cannot_be_written_to(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    site["/feed"] = rss("/a", "/b")
    site["/a"], site["/b"] = article("One"), article("Two")
    blocked = out / name_of(site.url + "/a").split("/")[0]
    out.mkdir()
    blocked.write_text("in the way")
    assert f"Error: {blocked}" in crawl(out, site.url + "/feed", code=1)
    blocked.unlink()
    crawl(out, site.url + "/feed")
    assert set(articles(out)) == {"/a", "/b"}
    assert site.count["/a"] == 1


@pytest.mark.parametrize("room", [20_000, 50_000, 120_000])
def test_a_disk_that_is_full(site: Site, tmp_path: Path, room: int) -> None:
    """Before the crawl begins, as it does, and on its way: said, and gone on with later."""
    resource = pytest.importorskip("resource")
    out = tmp_path / "out"
    links = [f"/{i}" for i in range(20)]
    for link in links:
        site[link] = article(f"The bridge {link}")
    site["/feed"] = rss(*links)
    result = subprocess.run(
        command(out, *FAST, site.url + "/feed"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode in (1, 2)
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr
    crawl(out, site.url + "/feed")
    assert set(articles(out)) == set(links)


def test_a_name_that_cannot_be_written_costs_one_page(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    site["/feed"] = rss("/a", "/b")
    site["/a"], site["/b"] = article("One"), article("Two")
    blocked = out / f"{name_of(site.url + '/a')}.json"
    blocked.mkdir(parents=True)
    for _ in range(2):  # what was not written does not keep the next round from beginning
        message = crawl(out, site.url + "/feed", code=1)
        assert f"{blocked}: Is a directory" in message
        assert " 1 failed;" in message
        assert [a["headline"] for a in read(out)] == ["Two"]
    blocked.rmdir()
    crawl(out, site.url + "/feed")
    assert set(articles(out)) == {"/a", "/b"}
    assert site.count["/a"] == site.count["/b"] == 1


def test_names_of_many_bytes(site: Site, tmp_path: Path) -> None:
    path = "/" + quote("橋" * 80)
    site["/feed"] = rss(path)
    site[path] = article("The bridge")
    crawl(tmp_path / "out", site.url + "/feed")
    assert set(articles(tmp_path / "out")) == {path}


@pytest.mark.parametrize("seed", ["example.org", "ftp://example.org/", "http://user@example.org/",
                                  "http://x/\udcff", "http://x.example:80800/"])  # fmt: skip
def test_what_is_no_address(tmp_path: Path, seed: str) -> None:
    assert "Error: " in crawl(tmp_path / "out", seed, code=2)


def test_a_state_that_is_none(site: Site, tmp_path: Path) -> None:
    state = tmp_path / "out" / ".crawl" / "frontier.sqlite"
    state.parent.mkdir(parents=True)
    state.write_text("no database, but quite long enough to be one" * 100)
    assert f"{state}: file is not a database" in crawl(tmp_path / "out", site.url, code=2)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['scrapy'] = None\n"
        "from cleaner.cli import main\n"
        f"main(['crawl', 'http://a.example/', '-o', {str(tmp_path)!r}])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert result.stderr == "Error: this needs more: pip install 'news-cleaner[crawl]'\n"
