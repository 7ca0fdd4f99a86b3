"""Fetching: real requests to a real server on loopback, honest and hostile ones."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
import tracemalloc
import zlib
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from web_server import Answer, Site, serve

import cleaner
from cleaner import FetchError
from cleaner.cli import main

pytest.importorskip("urllib3")
pytest.importorskip("protego")
import brotli
import trustme

from cleaner.headers import charset_of
from cleaner.web import addresses
from cleaner.web.addresses import (
    AddressRefused,
    check_url,
    is_public,
    resolve,
    without_default_port,
)
from cleaner.web.fetch import Fetched, Fetcher, Limits
from cleaner.web.output import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

PAGE = """<!DOCTYPE html><html lang="en"><head><title>The bridge</title>
<meta property="article:published_time" content="2020-01-08T10:00:00Z"></head><body>
<article><h1>The bridge over the Elbe is closed</h1>
<p>The bridge was closed on Monday after engineers found cracks in two of its pillars.</p>
<p>Nobody could say when it would be open to traffic again, and the ferry is full by seven.</p>
</article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


def fetcher(user_agent: str = "cleaner-tests", **options: object) -> Fetcher:
    defaults: dict[str, object] = {"allow_private": True, "delay": 0.0, "backoff": 0.01}
    return Fetcher(user_agent, **{**defaults, **options})  # type: ignore[arg-type]


def fetch(url: str, **options: object) -> Fetched:
    return fetcher(**options).fetch(url)


def refusal(url: str, **options: object) -> str:
    with pytest.raises(FetchError) as error:
        fetch(url, **options)
    assert str(error.value).startswith(f"{url}: ")
    return str(error.value).removeprefix(f"{url}: ")


# --- a page --------------------------------------------------------------------------------------


def test_a_page_as_it_is_sent(site: Site) -> None:
    site["/a"] = PAGE
    before = dt.datetime.now(dt.UTC).date()
    page = fetch(site.url + "/a")
    assert (page.url, page.data, page.encoding) == (site.url + "/a", PAGE.encode(), "utf-8")
    assert before <= page.captured <= dt.datetime.now(dt.UTC).date()


def test_who_asks_is_said_and_nothing_else(site: Site) -> None:
    site["/a"] = PAGE
    fetch(site.url + "/a#part", user_agent="mine/1 (me@example.org)")
    path, headers = site.requests[-1]
    assert path == "/a"
    assert headers.pop("User-Agent") == "mine/1 (me@example.org)"
    assert headers.pop("Host") == site.url.removeprefix("http://")
    assert {name.lower() for name in headers} == {"accept", "accept-encoding"}
    assert {"gzip", "br"} <= set(headers["accept-encoding"].split(","))


def test_no_cookies_are_kept(site: Site) -> None:
    site["/a"] = Answer(status=302, headers={"Location": "/b", "Set-Cookie": "id=1; Path=/"})
    site["/b"] = PAGE
    client = fetcher()
    client.fetch(site.url + "/a")
    client.fetch(site.url + "/b")
    assert [headers for _, headers in site.requests if "Cookie" in headers] == []


def deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


COMPRESSIONS = {
    "gzip": gzip.compress,
    "br": partial(brotli.compress, quality=5),
    "deflate": deflate,
}


@pytest.mark.parametrize("encoding", COMPRESSIONS)
def test_compressed_pages(site: Site, encoding: str) -> None:
    data = PAGE.encode() * 50
    site["/a"] = Answer(COMPRESSIONS[encoding](data), headers={"Content-Encoding": encoding})
    assert fetch(site.url + "/a").data == data


def test_a_page_in_chunks(site: Site) -> None:
    def chunks(handler: BaseHTTPRequestHandler) -> None:
        for part in (PAGE[:100], PAGE[100:]):
            handler.wfile.write(f"{len(part):x}\r\n{part}\r\n".encode())
        handler.wfile.write(b"0\r\n\r\n")

    site["/a"] = Answer(chunks, headers={"Transfer-Encoding": "chunked"})
    assert fetch(site.url + "/a").data == PAGE.encode()


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "nonsense", "koi8-r"])
def test_a_wrong_charset_in_the_header(site: Site, charset: str) -> None:
    html = PAGE.replace("Elbe", "Łódź")
    site["/a"] = Answer(html, type=f"text/html; charset={charset}")
    page = fetch(site.url + "/a")
    assert page.encoding == charset
    article = cleaner.clean(page.data, page.url, encoding=page.encoding)
    assert article.headline == "The bridge over the Łódź is closed"


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html;charset="ISO-8859-1"', "iso-8859-1"),
        ("text/html", None),
        ("", None),
        (None, None),
        ("charset", None),
        (";;;=", None),
        ("text/html; charset*0=a; charset*00=b; charset*=c", None),
        ("text/html; charset*=a\0b''x", None),
    ],
)
def test_the_charset_of_a_header(header: str | None, charset: str | None) -> None:
    assert charset_of(header) == charset


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "video/mp4"])
def test_what_is_no_page_is_not_loaded(site: Site, kind: str) -> None:
    site["/a"] = Answer(b"x" * 100, type=kind)
    assert refusal(site.url + "/a") == f"not a page but {kind}"


@pytest.mark.parametrize("kind", [None, "text/plain", "application/xhtml+xml", "TEXT/HTML"])
def test_what_may_be_a_page_is_loaded(site: Site, kind: str | None) -> None:
    site["/a"] = Answer(PAGE, type=kind)
    assert fetch(site.url + "/a").data == PAGE.encode()


@pytest.mark.parametrize(
    ("status", "message"),
    [(404, "HTTP 404 Not Found"), (403, "HTTP 403 Forbidden"), (418, "HTTP 418"), (599, "HTTP 599"),
     (204, "HTTP 204 No Content"), (304, "HTTP 304"), (300, "HTTP 300")],
)  # fmt: skip
def test_other_answers_are_failures_tried_once(site: Site, status: int, message: str) -> None:
    site["/a"] = Answer(b"", status)
    assert refusal(site.url + "/a").startswith(message)
    assert site.count["/a"] == 1


def test_an_empty_page_is_a_failure(site: Site) -> None:
    site["/a"] = b" \n"
    assert refusal(site.url + "/a") == "the page is empty"


# --- redirects -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int) -> None:
    site.redirect("/a", "b?x=1", status)
    site.redirect("/b?x=1", site.url + "/ü", status)  # one byte on the way
    site["/%C3%BC"] = PAGE
    assert fetch(site.url + "/a").url == site.url + "/%C3%BC"


def test_white_space_around_a_redirect(site: Site) -> None:
    site.redirect("/a", " /b \t")
    site["/b"] = PAGE
    assert fetch(site.url + "/a").url == site.url + "/b"


def test_redirects_in_utf8(site: Site) -> None:
    site.redirect("/a", "/ü".encode().decode("latin-1"))
    site["/%C3%BC"] = PAGE
    assert fetch(site.url + "/a").url == site.url + "/%C3%BC"


def test_a_chain_has_an_end(site: Site) -> None:
    for i in range(10):
        site.redirect(f"/{i}", f"/{i + 1}")
    site["/10"] = PAGE
    assert fetch(site.url + "/0").url.endswith("/10")
    site.redirect("/10", "/11")
    assert "redirected more than 10 times" in refusal(site.url + "/0")


def test_a_circle_is_noticed(site: Site) -> None:
    site.redirect("/a", "/b")
    site.redirect("/b", "/a")
    assert "in a circle" in refusal(site.url + "/a")
    assert site.count == {"/robots.txt": 1, "/a": 1, "/b": 1}


def test_a_redirect_to_nowhere(site: Site) -> None:
    site["/a"] = Answer(status=302)
    assert refusal(site.url + "/a") == "HTTP 302 Found"
    site.redirect("/a", "http://[")
    assert "no valid address" in refusal(site.url + "/a")


# --- failures that pass --------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_failure_that_passes(site: Site, status: int) -> None:
    site["/a"] = [Answer(b"", status), Answer(b"", status), Answer(PAGE)]
    assert fetch(site.url + "/a").data == PAGE.encode()
    assert site.count["/a"] == 3


def test_a_failure_that_stays(site: Site) -> None:
    site["/a"] = Answer(b"", 500)
    assert refusal(site.url + "/a") == "HTTP 500 Internal Server Error"
    assert site.count["/a"] == 4
    assert refusal(site.url + "/a", limits=Limits(retries=0)) == "HTTP 500 Internal Server Error"
    assert site.count["/a"] == 5


class Clock:
    """Stands in for the clock: sleeping takes no time, and is remembered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept: list[float] = []
        self.now = 1000.0
        monkeypatch.setattr("cleaner.web.fetch.time", self)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(
    site: Site, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    site["/a"] = [Answer(b"", status, {"Retry-After": "17"}), Answer(PAGE)]
    fetch(site.url + "/a")
    assert clock.slept == [17.0]


def test_retry_after_may_be_a_date(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    then = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
    when = format_datetime(then, usegmt=True)
    site["/a"] = [Answer(b"", 429, {"Retry-After": when}), Answer(PAGE)]
    fetch(site.url + "/a")
    assert 25 < clock.slept[0] <= 31


def test_a_site_that_asks_for_too_much_patience_is_left(site: Site) -> None:
    site["/a"] = Answer(b"", 429, {"Retry-After": "7200"})
    message = refusal(site.url + "/a")
    assert message == "HTTP 429 Too Many Requests, and asks to wait for 7200 s"
    assert site.count["/a"] == 1


def test_a_site_that_asks_for_too_much_patience_is_not_asked_again(site: Site) -> None:
    site["/a"] = Answer(b"", 503, {"Retry-After": "7200"})
    site["/b"] = PAGE
    client = fetcher()
    for path, cause in (("/a", "HTTP 503"), ("/b", "not asked: .* asks to wait for 7200 s")):
        with pytest.raises(FetchError, match=cause):
            client.fetch(site.url + path)
    assert site.count == {"/robots.txt": 1, "/a": 1}


def test_retry_after_of_the_last_try_holds_for_the_next_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    site["/a"] = Answer(b"", 429, {"Retry-After": "8"})
    site["/b"] = PAGE
    client = fetcher(limits=Limits(retries=0))
    with pytest.raises(FetchError, match="HTTP 429"):
        client.fetch(site.url + "/a")
    client.fetch(site.url + "/b")
    assert clock.slept == [8.0]


@pytest.mark.parametrize(
    "value", ["soon", "-5", "", "Wed, 21 Oct 99999 07:28:00 GMT", "9" * 5000], ids=lambda v: v[:9]
)
def test_retry_after_without_sense(site: Site, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    site["/a"] = [Answer(b"", 429, {"Retry-After": value}), Answer(PAGE)]
    fetch(site.url + "/a")
    assert clock.slept == [0.01]


def test_the_waits_grow(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    site["/a"] = Answer(b"", 500)
    refusal(site.url + "/a", backoff=1.0)
    assert clock.slept == [1.0, 2.0, 4.0]


def test_pages_of_one_host_are_fetched_at_leisure(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    site["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7", type="text/plain")
    site["/a"] = site["/b"] = PAGE
    client = fetcher(delay=3.0)
    client.fetch(site.url + "/a")
    client.fetch(site.url + "/b")
    assert clock.slept == [3.0, 7.0]


def test_a_server_that_hangs_up(site: Site) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.close()

    site["/a"] = [Answer(hang_up, headers={"Content-Length": "1000"}), Answer(PAGE)]
    assert fetch(site.url + "/a").data == PAGE.encode()
    site["/a"] = Answer(hang_up, headers={"Content-Length": "1000"})
    assert "IncompleteRead" in refusal(site.url + "/a")


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
NO_HTTP = {
    "BadStatusLine: SSH-2.0": b"SSH-2.0\r\n\r\n",
    "BadStatusLine: HTTP/1.1 99": b"HTTP/1.1 99 OK\r\n\r\n",
    "UnknownProtocol: HTTP/9.9": b"HTTP/9.9 200 OK\r\n\r\n",
    "more than 100 headers": HEAD + b"X: 1\r\n" * 200 + b"\r\n" + PAGE.encode(),
    "LineTooLong": HEAD + b"X: " + b"x" * 70_000 + b"\r\n\r\n" + PAGE.encode(),
}


@pytest.mark.parametrize("cause", NO_HTTP)
def test_an_answer_that_is_no_http(site: Site, cause: str) -> None:
    site["/a"] = Answer(raw=NO_HTTP[cause])
    assert cause in refusal(site.url + "/a")
    site["/a"] = [Answer(raw=NO_HTTP[cause]), Answer(PAGE)]
    assert fetch(site.url + "/a").data == PAGE.encode()
    site["/robots.txt"] = Answer(raw=NO_HTTP[cause])
    assert cause in refusal(site.url + "/a")


def test_a_cause_is_not_as_long_as_what_was_sent(site: Site) -> None:
    site["/a"] = Answer(raw=b"x" * 60_000 + b"\r\n\r\n")
    assert len(refusal(site.url + "/a")) < 300


def test_nobody_listens() -> None:
    with serve() as site:
        url = site.url + "/a"
    assert "Connection refused" in refusal(url, limits=Limits(retries=1), obey_robots=False)


# --- robots.txt ----------------------------------------------------------------------------------


def test_what_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nDisallow: /private*\nAllow: /", type="text/plain")
    site["/private/a"] = site["/public"] = PAGE
    site.redirect("/over", "/private/a")
    client = fetcher()
    client.fetch(site.url + "/public")
    for path in ("/private/a", "/over"):
        with pytest.raises(FetchError, match=r"forbidden by robots\.txt"):
            client.fetch(site.url + path)
    assert site.count == {"/robots.txt": 1, "/public": 1, "/over": 1}
    assert fetch(site.url + "/private/a", obey_robots=False).data == PAGE.encode()


def test_robots_txt_may_mean_us(site: Site) -> None:
    site["/robots.txt"] = Answer("User-agent: cleaner\nDisallow: /", type="text/plain")
    site["/a"] = PAGE
    assert refusal(site.url + "/a", user_agent="cleaner/1.0 (x)") == "forbidden by robots.txt"
    assert fetch(site.url + "/a", user_agent="other/1.0").data == PAGE.encode()


def test_a_robots_txt_that_begins_with_a_byte_order_mark(site: Site) -> None:
    site["/robots.txt"] = Answer("\ufeffUser-agent: *\nDisallow: /a", type="text/plain")
    assert refusal(site.url + "/a") == "forbidden by robots.txt"


@pytest.mark.parametrize("status", [204, 401, 404])
def test_a_site_without_a_robots_txt_permits_all(site: Site, status: int) -> None:
    site["/robots.txt"] = Answer(b"", status)
    site["/a"] = PAGE
    assert fetch(site.url + "/a", limits=Limits(retries=0)).data == PAGE.encode()


def test_robots_txt_elsewhere(site: Site) -> None:
    site.redirect("/robots.txt", "/robots/")
    site["/robots/"] = Answer("User-agent: *\nDisallow: /a", type="text/html")
    assert refusal(site.url + "/a") == "forbidden by robots.txt"


def test_a_site_that_cannot_say_what_it_permits_permits_nothing(site: Site) -> None:
    site["/robots.txt"] = Answer(b"", 500)
    site["/a"] = PAGE
    assert refusal(site.url + "/a").startswith("robots.txt: HTTP 500")
    assert site.count["/a"] == 0


def test_a_huge_robots_txt_is_read_as_far_as_one_must(site: Site) -> None:
    text = "User-agent: *\nDisallow: /a\n" + "# and so on\n" * 200_000
    site["/robots.txt"] = Answer(text, type="text/plain")
    assert refusal(site.url + "/a") == "forbidden by robots.txt"


# --- what never ends -----------------------------------------------------------------------------


def endless(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"<p>and so on</p>" * 4096)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.05)


def test_a_body_that_never_ends(site: Site) -> None:
    site["/a"] = Answer(endless)
    assert refusal(site.url + "/a") == f"the page is larger than {10 * 2**20} bytes"
    assert site.count["/a"] == 1


def test_a_body_that_comes_byte_by_byte(site: Site) -> None:
    site["/a"] = Answer(dripping)
    assert refusal(site.url + "/a", limits=Limits(seconds=0.5)) == "not finished within 0.5 s"
    assert site.count["/a"] == 1


def test_headers_that_never_end(site: Site) -> None:
    def drip(path: str) -> None:
        if path == "/a":
            time.sleep(2)

    site.on_request = drip
    assert refusal(site.url + "/a", limits=Limits(seconds=0.5)) == "not finished within 0.5 s"


def test_a_page_that_says_it_is_huge(site: Site) -> None:
    site["/a"] = b"x" * 2000
    assert "larger than 1000 bytes" in refusal(site.url + "/a", limits=Limits(size=1000))
    assert len(fetch(site.url + "/a", limits=Limits(size=2000)).data) == 2000


def nested(data: bytes) -> bytes:
    return gzip.compress(gzip.compress(data))


BOMBS = {**COMPRESSIONS, "gzip, gzip": nested}


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_bomb_does_not_go_off(site: Site, encoding: str) -> None:
    site["/a"] = Answer(BOMBS[encoding](bytes(200 * 2**20)), headers={"Content-Encoding": encoding})
    tracemalloc.start()
    try:
        assert "larger than" in refusal(site.url + "/a", limits=Limits(size=2**20))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * 2**20


def test_too_many_compressions(site: Site) -> None:
    site["/a"] = Answer(b"x", headers={"Content-Encoding": ", ".join(["gzip"] * 50)})
    assert "encodings" in refusal(site.url + "/a", limits=Limits(retries=0))


def test_broken_compression(site: Site) -> None:
    site["/a"] = Answer(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "gzip" in refusal(site.url + "/a", limits=Limits(retries=0))


# --- addresses -----------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.0.192",
    "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "::127.0.0.1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::", "100::1",
    "2002:a00:1::1", "2001:0:7f00:1::", "2001:0:808:808::80ff:fffe", "3fff::1", "5f00::1",
    "", "localhost", "1.2.3", "2130706433", "0x7f.0.0.1", "::1::",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1",
    "172.32.0.1", "169.253.0.1", "2606:4700:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "data:text/html,x",
        "javascript:alert(1)", "example.org/a", "//example.org/a", "", "http://", "http:///a",
        "http://user@example.org/", "http://user:password@example.org/", "http://a:99999/",
        "http://a:0/", "http://a:b/", "http://exa mple.org/", "http://example.org\\@10.0.0.1/",
        "http://[::1/", "https://example.org\r\nHost: x/", "http://@example.org/",
    ],
)  # fmt: skip
def test_addresses_that_are_none_of_ours(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url)
    with pytest.raises(FetchError):
        fetch(url)


@pytest.mark.parametrize("url", ["http://example.org", "HTTPS://EXAMPLE.org:8443/a?b=c@d#e"])
def test_addresses_that_are_fetched(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://a.example:80/b", "http://a.example/b"),
        ("http://a.example:80", "http://a.example"),
        ("https://a.example:443?b", "https://a.example?b"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://a.example:443/b", "http://a.example:443/b"),
        ("https://a.example:80/b", "https://a.example:80/b"),
        ("http://a.example:8080/", "http://a.example:8080/"),
        ("http://a.example/b:80/", "http://a.example/b:80/"),
        ("http://a.example?b=:80", "http://a.example?b=:80"),
        ("http://[::80]/", "http://[::80]/"),
    ],
)
def test_a_port_that_goes_without_saying(url: str, same: str) -> None:
    assert without_default_port(url) == same


def test_a_port_that_goes_without_saying_makes_no_other_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, int]] = []

    def nowhere(host: str, port: int, *_: object) -> list[str]:
        asked.append((host, port))
        raise FetchError("not found")

    monkeypatch.setattr("cleaner.web.fetch.resolve", nowhere)
    client = fetcher()
    for url in ("http://a.example:80/b", "http://a.example/b"):
        with pytest.raises(FetchError, match=r"robots\.txt"):
            client.fetch(url)
    assert asked == [("a.example", 80)]


HERE = [
    "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0",
    "LOCALHOST", "localhost.", "[::1]", "[::ffff:127.0.0.1]", "127。0。0。1",
]  # fmt: skip


@pytest.mark.parametrize("host", HERE)
def test_a_private_address_gets_no_connection(site: Site, host: str) -> None:
    """In whatever spelling; allowed, most of them would have led here."""
    site["/a"] = PAGE
    port = site.url.rpartition(":")[2]
    message = refusal(f"http://{host}:{port}/a", allow_private=False)
    assert re.search("is not a public address|is not found|no valid address", message)
    assert site.requests == []


def resolving(monkeypatch: pytest.MonkeyPatch, **hosts: list[str]) -> list[str]:
    """Answer for names as a hostile server would; return the list of the questions."""
    asked: list[str] = []
    real = addresses.socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *more: int, **options: int) -> list[object]:
        asked.append(host)
        found = []
        for address in hosts.get(host.partition(".")[0], [host]):
            found += real(address, port, *more, **options)
        return found

    monkeypatch.setattr(addresses.socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_leads_inside_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, evil=["127.0.0.1", "10.1.2.3"])
    port = site.url.rpartition(":")[2]
    assert refusal(f"http://evil.example:{port}/", allow_private=False) == (
        "evil.example is at 127.0.0.1, 10.1.2.3, which is not a public address"
        " (--allow-private permits it)"
    )
    assert site.requests == []


def test_of_several_addresses_only_the_public_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, mixed=["10.0.0.1", "8.8.8.8", "::1", "1.1.1.1", "8.8.8.8"])
    assert resolve("mixed.example", 80) == ["8.8.8.8", "1.1.1.1"]
    assert resolve("mixed.example", 80, allow_private=True)[0] == "10.0.0.1"


def test_the_name_is_not_looked_up_again_to_connect(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and private when it is used."""
    site["/a"] = PAGE
    asked = resolving(monkeypatch, rebound=["127.0.0.1"])
    port = site.url.rpartition(":")[2]
    fetch(f"http://rebound.example:{port}/a", obey_robots=False)
    assert [host for host in asked if host != "127.0.0.1"] == ["rebound.example"]
    assert site.requests[0][1]["Host"] == f"rebound.example:{port}"


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]:1/",
     "http://localhost:1/", "//10.0.0.1/", "http://0/", "http://user@10.0.0.1/"],
)  # fmt: skip
def test_a_redirect_to_a_private_address(
    site: Site, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server counts as public here, and nothing else does.
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.2" or is_public(ip))
    resolving(monkeypatch, site=["127.0.0.2"])
    with serve(address="127.0.0.2") as public:
        public.redirect("/a", target)
        port = public.url.rpartition(":")[2]
        message = refusal(f"http://site.example:{port}/a", allow_private=False)
        assert public.count["/a"] == 1
    assert message.startswith("redirected to http")
    assert "is not a public address" in message or "user name" in message


def test_a_host_that_is_not_there() -> None:
    assert "is not found" in refusal("http://no-such-host.invalid/")


def test_the_next_address_is_tried(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site["/a"] = PAGE
    resolving(monkeypatch, both=["127.0.0.3", "127.0.0.1"])
    port = site.url.rpartition(":")[2]
    assert fetch(f"http://both.example:{port}/a").data == PAGE.encode()


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    site["/a"] = PAGE
    assert fetch(site.url + "/a").data == PAGE.encode()


# --- TLS -----------------------------------------------------------------------------------------


@pytest.fixture
def authority(tmp_path: Path) -> tuple[trustme.CA, str]:
    authority = trustme.CA()
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return authority, str(path)


def certified(authority: trustme.CA, *names: str) -> object:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def test_certificates_are_checked(
    authority: tuple[trustme.CA, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, path = authority
    resolving(monkeypatch, good=["127.0.0.1"], other=["127.0.0.1"])
    with serve(tls=certified(issuer, "good.example")) as site:  # type: ignore[arg-type]
        site["/a"] = PAGE
        port = site.url.rpartition(":")[2]
        message = refusal(f"https://good.example:{port}/a", obey_robots=False)
        assert "CERTIFICATE_VERIFY_FAILED" in message
        monkeypatch.setenv("SSL_CERT_FILE", path)
        message = refusal(f"https://other.example:{port}/a", obey_robots=False)
        assert "match" in message
        assert "other.example" in message
        assert site.requests == []
        assert fetch(f"https://good.example:{port}/a").data == PAGE.encode()


# --- the command ---------------------------------------------------------------------------------


def run(*arguments: str | Path, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, ["fetch", *map(str, arguments)], input=stdin)
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


FAST = ("--allow-private", "--delay", "0", "--retries", "0")


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_page_is_printed(site: Site) -> None:
    site["/a"] = PAGE
    result = run(*FAST, site.url + "/a")
    assert result.exit_code == 0
    article = json.loads(result.stdout)
    assert article["headline"] == "The bridge over the Elbe is closed"
    assert article["url"] == site.url + "/a"
    assert article["date"] == "2020-01-08T10:00:00+00:00"
    assert result.stderr == ""


def test_pages_go_into_a_folder(site: Site, tmp_path: Path) -> None:
    site["/a.html"] = PAGE
    site.redirect("/b", "/c")
    site["/c"] = PAGE
    result = run(
        *FAST, site.url + "/a.html", site.url + "/b", site.url + "/no", site.url + "/a.html",
        "-o", tmp_path / "out", "--save-html", "--explain",
    )  # fmt: skip
    assert result.exit_code == 1
    assert result.stderr == (
        f"cleaner: {site.url}/no: HTTP 404 Not Found\n"
        "3 pages: 2 cleaned (0 without an article), 1 failed\n"
    )
    names = [name_of(site.url + "/a.html"), name_of(site.url + "/c")]
    assert files(tmp_path / "out") == sorted(f"{n}{s}" for n in names for s in (".html", ".json"))
    assert (tmp_path / "out" / f"{names[0]}.html").read_text() == PAGE
    article = json.loads((tmp_path / "out" / f"{names[1]}.json").read_text())
    assert article["url"] == site.url + "/c"
    assert article["source"]["url"] == site.url + "/c"
    captured = dt.date.fromisoformat(article["source"]["captured"])
    assert abs(captured - dt.datetime.now(dt.UTC).date()) <= dt.timedelta(days=1)
    assert "removed" in article


def test_no_answer_costs_the_pages_that_follow(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site["/no-http"] = Answer(raw=b"garbage\r\n\r\n")
    site["/mistake"] = site["/a"] = PAGE
    real = Fetcher.fetch

    def with_a_mistake(self: Fetcher, url: str) -> Fetched:
        if url.endswith("/mistake"):
            raise KeyError("forgotten")
        return real(self, url)

    monkeypatch.setattr(Fetcher, "fetch", with_a_mistake)
    urls = [site.url + path for path in ("/no-http", "/mistake", "/a")]
    result = run(*FAST, *urls, "-o", tmp_path / "out")
    assert result.exit_code == 1
    *causes, summary = result.stderr.splitlines()
    assert causes[0] == f"cleaner: {urls[0]}: BadStatusLine: garbage"
    assert causes[1] == f"cleaner: {urls[1]}: KeyError: 'forgotten' (please report this)"
    assert summary == "3 pages: 1 cleaned (0 without an article), 2 failed"


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("into_folder", [True, False])
def test_stopped(site: Site, tmp_path: Path, into_folder: bool) -> None:
    site["/a"] = PAGE
    site["/never"] = Answer(dripping)
    urls = [site.url + "/a", site.url + "/never", site.url + "/a?again"]
    where = [*urls, "-o", str(tmp_path / "out")] if into_folder else urls[1:2]
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", "fetch", *FAST, *where],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        while "/never" not in site.paths:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)
    summary = "1 page: 1 cleaned (0 without an article), 0 failed\n" if into_folder else ""
    assert said == ("", f"{summary}cleaner: stopped\n")
    assert process.returncode == 130
    written = [f"{name_of(urls[0])}.json"] if into_folder else []
    assert files(tmp_path) == [f"out/{name}" for name in written]


def test_addresses_from_standard_input(site: Site, tmp_path: Path) -> None:
    site["/a"] = site["/b"] = PAGE
    stdin = f"{site.url}/a\n\n  {site.url}/b\n"
    assert run(*FAST, "-", "-o", tmp_path / "out", stdin=stdin).exit_code == 0
    assert len(files(tmp_path / "out")) == 2


def test_a_list_that_an_editor_marked(site: Site, tmp_path: Path) -> None:
    site["/a"] = site["/b"] = PAGE
    stdin = f"\ufeff{site.url}/a\n{site.url}/b\n"
    assert run(*FAST, "-", "-o", tmp_path / "out", stdin=stdin).exit_code == 0
    assert site.count["/a"] == 1


def test_standard_input_that_is_closed(tmp_path: Path) -> None:
    result = subprocess.run(
        f"{sys.executable} -m cleaner fetch - -o {tmp_path / 'out'} <&-",
        shell=True, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.endswith("Error: standard input: closed\n")
    assert "Traceback" not in result.stderr


def test_a_date_after_the_capture_is_not_believed(site: Site) -> None:
    then = (dt.datetime.now(dt.UTC) + dt.timedelta(days=40)).isoformat()
    site["/a"] = PAGE.replace("2020-01-08T10:00:00Z", then)
    article = json.loads(run(*FAST, site.url + "/a").stdout)
    assert article["date"] is None
    assert "date-implausible" in article["warnings"]


def test_a_header_that_is_right_is_believed(site: Site) -> None:
    html = "<!DOCTYPE html><title>Καλό</title><h1>Καλό</h1><p>Καλό</p>".encode("iso-8859-7")
    site["/a"] = Answer(html, type="text/html; charset=iso-8859-7")
    assert json.loads(run(*FAST, site.url + "/a").stdout)["headline"] == "Καλό"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["http://a/", "http://b/"], "add -o FOLDER"),
        (["-"], "add -o FOLDER"),
        (["http://a/", "--save-html"], "add -o FOLDER"),
        ([], "Missing argument"),
        (["http://a/", "--timeout", "0"], "--timeout"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("command", ["fetch", "crawl"])
@pytest.mark.parametrize("agent", ["Łukasz bot", "Müller bot", "a\r\nHost: b", "", " ", "a\tb"])
def test_a_user_agent_that_no_header_takes(
    site: Site, tmp_path: Path, command: str, agent: str
) -> None:
    result = CliRunner().invoke(
        main, [command, "--user-agent", agent, site.url, "-o", str(tmp_path / "out")]
    )
    assert result.exit_code == 2
    assert "Invalid value for '--user-agent': " in result.stderr
    assert site.requests == []
    assert files(tmp_path) == []


def test_an_output_folder_that_cannot_be_made(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(*FAST, site.url, "-o", tmp_path / "file")
    assert result.exit_code == 2
    assert "File exists" in result.stderr
    assert site.requests == []


def test_binary_data_called_a_page_is_a_failure(site: Site, tmp_path: Path) -> None:
    site["/a"] = b"\x89PNG\r\n\x1a\n" + bytes(100)
    result = run(*FAST, site.url + "/a", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{site.url}/a: this is a binary file" in result.stderr


def test_without_the_extra_it_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['protego'] = None\n"
        "from cleaner.cli import main; main(['fetch', 'http://example.org/'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert result.stderr == "Error: this needs more: pip install 'news-cleaner[web]'\n"


def test_the_user_agent_names_us(site: Site) -> None:
    site["/a"] = PAGE
    run(*FAST, site.url + "/a")
    assert site.requests[-1][1]["User-Agent"].startswith(f"cleaner/{cleaner.__version__}")
    run(*FAST, "--user-agent", "me/2", site.url + "/a")
    assert {headers["User-Agent"] for _, headers in site.requests[-2:]} == {"me/2"}


# --- names of files ------------------------------------------------------------------------------


def test_names_are_readable() -> None:
    name = name_of("https://www.example.org/2020/01/the-bridge.html?x=1")
    assert name.startswith("www.example.org/the-bridge-")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/../../etc/passwd", "http://example.org/%2e%2e/%2e%2e", "http://../a",
        "http://example.org/a%00b", "http://example.org/" + "x" * 5000, "http://" + "y" * 300,
        "http://example.org/%ff%fe", "http://example.org/a:b*c?d|e", "http://example.org/日本",
        "http://example.org/" + "橋" * 80, "http://" + "橋" * 80,
        "http://example.org/.hidden", "http://example.org/\ud800", "http://[::1]:80/x",
    ],
)  # fmt: skip
def test_names_stay_in_their_folder(url: str, tmp_path: Path) -> None:
    name = name_of(url)
    host, _, page = name.partition("/")
    assert host
    assert page
    assert not {"/", "\\", "\0", ":"} & set(page)
    assert not host.startswith(".")
    assert not page.startswith(".")
    assert max(len(os.fsencode(part)) for part in (host, f"{page}.json")) <= 143
    target = (tmp_path / f"{name}.json").resolve()
    assert target.is_relative_to(tmp_path)


def test_names_are_not_cut_inside_a_character() -> None:
    for letters in ("橋" * 99, "a" + "橋" * 99, "ab" + "橋" * 99):
        slug = name_of(f"http://example.org/{letters}").partition("/")[2].rpartition("-")[0]
        assert letters.startswith(slug)
        assert len(slug) >= 40


def test_different_addresses_have_different_names() -> None:
    urls = [f"http://example.org/a{x}" for x in ("", "/", "?b", "?B", ".html", ".php", "%20")]
    assert len({name_of(url).lower() for url in urls}) == len(urls)
