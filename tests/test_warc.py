"""Web archives: what is good is cleaned, what is broken is reported, and nothing else is lost."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zlib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from timed import least

import cleaner
from cleaner.batch.warc import Problem, Response, Skipped, read_response, read_warc
from cleaner.cli import main
from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("fastwarc")

MOST = 1 << 20
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Bridge {0}</title></head><body><h1>Bridge {0}</h1>"
    "<time datetime='2024-05-01'>1 May 2024</time>"
    "<p>The bridge over the Oder was closed on Monday after engineers found cracks in pillar {0}."
    "</p><p>Nobody could say when it would be open to traffic again, the engineers said.</p></body>"
)


def response(
    number: int,
    body: bytes | None = None,
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8\r\n",
    cut: int = 0,
) -> bytes:
    """A response record; `cut` takes bytes off its end, line ends included."""
    body = PAGE.format(number).encode() if body is None else body
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    record = head.encode() + http + b"\r\n\r\n"
    return record[: len(record) - cut]


def other(kind: str) -> bytes:
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\n"
        "Content-Length: 5\r\n\r\nhello\r\n\r\n"
    ).encode()


def pack(record: bytes) -> bytes:
    return gzip.compress(record, mtime=0)


def broken(member: bytes) -> bytes:
    """A gzip member with a burnt middle."""
    middle = len(member) // 2
    return member[:middle] + b"\xff" * 8 + member[middle + 8 :]


def read(tmp_path: Path, *pieces: bytes) -> list[Response | Skipped | Problem]:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(pieces))
    return list(read_warc(path, MOST))


def shape(found: list[Response | Skipped | Problem]) -> list[tuple[str, int, str]]:
    return [
        (
            type(item).__name__,
            item.offset,
            item.identity or ""
            if isinstance(item, Response)
            else item.reason
            if isinstance(item, Skipped)
            else item.message,
        )
        for item in found
    ]


def offsets(*pieces: bytes) -> list[int]:
    return [sum(map(len, pieces[:i])) for i in range(len(pieces))]


@pytest.mark.parametrize("packed", [False, True])
def test_responses_are_read_and_others_left_alone(tmp_path: Path, packed: bool) -> None:
    pieces = [
        other("warcinfo"), response(1), other("request"),
        response(2, status="301 Moved Permanently", headers="Location: /\r\n"),
        response(3, b"\x89PNG", headers="Content-Type: image/png\r\n"), other("metadata"),
        response(4),
    ]  # fmt: skip
    pieces = [pack(piece) for piece in pieces] if packed else pieces
    places = offsets(*pieces)
    assert shape(read(tmp_path, *pieces)) == [
        ("Response", places[1], "urn:uuid:1"),
        ("Skipped", places[3], "HTTP 301"),
        ("Skipped", places[4], "image/png"),
        ("Response", places[6], "urn:uuid:4"),
    ]


def test_the_page_comes_with_its_address_and_day(tmp_path: Path) -> None:
    (found,) = read(tmp_path, response(1))
    assert isinstance(found, Response)
    content = read_response(found.data, MOST)
    assert (content.data, content.encoding) == (PAGE.format(1).encode(), "utf-8")
    assert (content.url, content.captured) == ("https://a.example/1", dt.date(2024, 5, 6))
    assert content.kind == "html"


def chunked(body: bytes) -> bytes:
    halves = (body[:100], body[100:])
    return b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"


def bare_deflate(body: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-15)
    return deflate.compress(body) + deflate.flush()


def cut(body: bytes) -> bytes:
    return gzip.compress(body)[:-20]


def two_members(body: bytes) -> bytes:
    return gzip.compress(body[:100]) + gzip.compress(body[100:]) + b"\r\n"


CHUNKED = "Transfer-Encoding: chunked\r\n"
# A page in brotli and in Zstandard, for neither of which the tests need a library.
BROTLI = bytes.fromhex("8b05803c703e48656c6c6f3c2f703e03")
ZSTANDARD = bytes.fromhex("28b52ffd200c6100003c703e48656c6c6f3c2f703e")


CODINGS = ("gzip", "x-gzip", "deflate", "br", "zstd", "identity", "UTF-8", "gzip, gzip", "")


def unwrap(tmp_path: Path, headers: str, body: bytes) -> bytes | str:
    (found,) = read(tmp_path, response(1, body, headers=headers))
    assert isinstance(found, Response)
    return read_response(found.data, MOST).data


@pytest.mark.parametrize(
    ("headers", "wrap"),
    [
        ("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: x-gzip\r\n", gzip.compress),
        ("content-encoding: GZIP\r\n", gzip.compress),
        ("Content-Encoding: gzip\r\n", two_members),
        ("Content-Encoding: deflate, gzip\r\n", lambda body: gzip.compress(zlib.compress(body))),
        ("Content-Type: text/html\r\nContent-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: deflate\r\n", bare_deflate),
        ("Content-Type: text/html\r\n" + CHUNKED, chunked),
        (CHUNKED + "Content-Encoding: gzip\r\n", lambda body: chunked(gzip.compress(body))),
        ("", bytes),
    ],
)
def test_what_http_wraps_is_unwrapped(
    headers: str, wrap: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    assert unwrap(tmp_path, headers, wrap(PAGE.encode())) == PAGE.encode()


@pytest.mark.parametrize(("coding", "body"), [("br", BROTLI), ("zstd", ZSTANDARD)])
def test_the_codings_of_newer_servers(tmp_path: Path, coding: str, body: bytes) -> None:
    assert unwrap(tmp_path, f"Content-Encoding: {coding}\r\n", body) == b"<p>Hello</p>"


@pytest.mark.parametrize(
    ("headers", "wrap"),
    [
        *((f"Content-Encoding: {coding}\r\n", bytes) for coding in CODINGS),
        (CHUNKED, bytes),
        (CHUNKED + "Content-Encoding: gzip\r\n", bytes),
        (CHUNKED + "Content-Encoding: gzip\r\n", gzip.compress),
        (CHUNKED + "Content-Encoding: gzip\r\n", chunked),
    ],
)  # fmt: skip
def test_headers_of_a_wrapping_that_is_gone(
    headers: str, wrap: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """Archives of news unwrapped their pages for years and kept the headers as they were."""
    assert unwrap(tmp_path, headers, wrap(PAGE.encode())) == PAGE.encode()


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        ("Content-Encoding: gzip\r\n", cut(PAGE.encode()), "broken gzip data: they end too early"),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE.encode())[:-9], "broken deflate data"),
        ("Content-Encoding: br\r\n", BROTLI[:-3], "broken br data"),
        ("Content-Encoding: zstd\r\n", ZSTANDARD[:-3], "broken zstd data"),
        (CHUNKED, chunked(PAGE.encode())[:-100], "broken chunked data"),
        (CHUNKED, b"5\r\nabcde\r\n" + b"x" * 9000 + b"\r\n", "broken chunked data: .{,200}$"),
    ],
)
def test_a_page_that_is_damaged_or_cut_is_none(
    headers: str, body: bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        unwrap(tmp_path, headers, body)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>" + bytes(8 * MOST))
    assert len(unwrap(tmp_path, "Content-Encoding: gzip\r\n", body)) == MOST + 1


def lower_case(record: bytes) -> bytes:
    version, fields, rest = record.partition(b"\r\n")[0], *record.split(b"\r\n\r\n", 1)
    return version + fields[len(version) :].lower() + b"\r\n\r\n" + rest


def short_line_ends(record: bytes) -> bytes:
    """Make those of HTTP one byte each, and the record that much shorter."""
    head, http, page = record.split(b"\r\n\r\n", 2)
    message = (http + b"\r\n\r\n").replace(b"\r\n", b"\n") + page
    start, _, _ = head.partition(b"Content-Length")
    return start + b"Content-Length: %d\r\n\r\n" % len(message) + message + b"\r\n\r\n"


@pytest.mark.parametrize("change", [lower_case, short_line_ends])
def test_heads_may_be_written_otherwise(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    record = change(response(1)[:-4]) if change is short_line_ends else change(response(1))
    (found,) = read(tmp_path, record)
    assert isinstance(found, Response)
    content = read_response(found.data, MOST)
    assert (content.data, content.encoding) == (PAGE.format(1).encode(), "utf-8")
    assert (content.url, content.captured) == ("https://a.example/1", dt.date(2024, 5, 6))


@pytest.mark.parametrize("kind", ["text/dns", "", "application/http; msgtype=response"])
def test_a_response_of_another_protocol_is_no_page(kind: str, tmp_path: Path) -> None:
    block = b"20240102030405\nwww.example.org.\t600\tIN\tA\t10.0.0.1\n"
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: dns:www.example.org\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    record = f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    reason = kind if kind == "text/dns" else "no answer by HTTP"
    assert read(tmp_path, record) == [Skipped(0, reason)]


@pytest.mark.parametrize("date", ["", "yesterday", "2024"])
def test_a_day_that_is_none(date: str, tmp_path: Path) -> None:
    record = response(1).replace(b"2024-05-06T07:08:09Z", date.encode())
    (found,) = read(tmp_path, record)
    assert isinstance(found, Response)
    assert read_response(found.data, MOST).captured is None


@pytest.mark.parametrize(
    ("encoding", "meta", "charset"),
    [
        ("utf-8", "utf-8", "iso-8859-1"),  # what a server says of all its pages
        ("utf-8", "", "windows-1251"),
        ("cp1251", "", "windows-1251"),
        ("cp1251", "windows-1251", "iso-8859-1"),
        ("cp1251", "windows-1251", "utf-8"),
        ("cp1251", "windows-1251", "no-such-thing"),
        ("iso-8859-7", "", "iso-8859-7"),
    ],
)
def test_the_charset_of_http_is_a_hint_and_no_more(
    tmp_path: Path, encoding: str, meta: str, charset: str
) -> None:
    words = "Καλό" if encoding == "iso-8859-7" else "Ожидается дождь"
    head = f"<meta charset='{meta}'>" if meta else ""
    page = f"<html><head>{head}<title>{words}</title></head><body><p>{words}.</p></body></html>"
    data = page.encode(encoding)
    headers = f"Content-Type: text/html; charset={charset}\r\n"
    (tmp_path / "a.warc").write_bytes(response(1, data, headers=headers))
    arguments = ["clean", str(tmp_path / "a.warc"), "-o", str(tmp_path / "out.jsonl"), "-j", "1"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    article = json.loads((tmp_path / "out.jsonl").read_text())
    expected = cleaner.clean(data, "https://a.example/1", "html", encoding=charset)
    assert article["headline"] == expected.headline == words


ONE, TWO, THREE = (response(n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("pieces", "bad", "message"),
    [
        ([pack(ONE), broken(pack(TWO)), pack(THREE)], 1, "broken gzip member: "),
        ([pack(ONE), pack(TWO)[:-60], pack(THREE)], 1, "broken gzip member: "),
        ([pack(ONE), pack(TWO)[:-5] + b"\0\0\0\0\0", pack(THREE)], 1, "broken gzip member: "),
        ([pack(ONE), pack(response(2, cut=50)), pack(THREE)], 1, "truncated record: "),
        ([ONE, response(2, cut=50), THREE], 1, "truncated record: "),
        ([b"junk\r\n", ONE, THREE], 0, "no record begins here"),
        ([ONE, TWO.replace(b"Content-Length: ", b"Content-Length: x"), THREE], 1, "without a leng"),
        ([ONE, TWO.replace(b"Length: ", b"Length: " + b"1" * 5000), THREE], 1, "without a length"),
        ([ONE, response(2, b"x" * (MOST + 1)), THREE], 1, "larger than 1 MB"),
        ([pack(ONE), pack(response(2, b"x" * (MOST + 1))), pack(THREE)], 1, "larger than 1 MB"),
        ([pack(ONE), b"\0" * 300, pack(THREE)], 1, "broken gzip member: "),
    ],
)
def test_what_is_broken_is_stepped_over(
    tmp_path: Path, pieces: list[bytes], bad: int, message: str
) -> None:
    found = read(tmp_path, *pieces)
    problems = [item for item in found if isinstance(item, Problem)]
    good = [item.identity for item in found if isinstance(item, Response)]
    assert [problem.offset for problem in problems] == [offsets(*pieces)[bad]]
    assert message in problems[0].message
    assert good == ["urn:uuid:1", "urn:uuid:3"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pack(TWO)[:-60], "broken gzip member: the file ends in it"),
        (response(2, cut=50), "truncated record: "),
        (TWO[:40], "truncated record: its head does not end"),
    ],
)
def test_an_end_that_is_missing(tmp_path: Path, data: bytes, message: str) -> None:
    start = pack(ONE) if data[:1] == b"\x1f" else ONE
    good, problem = read(tmp_path, start, data)
    assert isinstance(good, Response)
    assert isinstance(problem, Problem)
    assert problem.offset == len(start)
    assert problem.message.startswith(message)


def test_an_archive_in_one_gzip_member(tmp_path: Path) -> None:
    found = read(tmp_path, pack(ONE + TWO + THREE))
    assert [item[2] for item in shape(found)] == ["urn:uuid:1", "urn:uuid:2", "urn:uuid:3"]


@pytest.mark.parametrize("zeros", [1, 512, 1 << 17])
def test_zeros_after_the_last_member_are_padding(tmp_path: Path, zeros: int) -> None:
    assert [item[2] for item in shape(read(tmp_path, pack(ONE), bytes(zeros)))] == ["urn:uuid:1"]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64, 1000])
@pytest.mark.parametrize("packed", [False, True])
def test_where_a_block_ends_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, packed: bool
) -> None:
    pieces = [other("warcinfo"), ONE, response(2, cut=50), b"", THREE]
    if packed:
        pieces = [pack(piece) for piece in pieces]
        pieces[3] = broken(pack(response(9)))
    expected = read(tmp_path, *pieces)
    monkeypatch.setattr("cleaner.batch.warc._BLOCK", size)
    assert read(tmp_path, *pieces) == expected


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_record_takes_time_by_its_size(tmp_path: Path, packed: bool) -> None:
    def archive(megabytes: int) -> Path:
        path = tmp_path / f"{megabytes}.warc"
        record = response(1, b"x" * (megabytes << 20))
        path.write_bytes(zlib.compress(record, 1, 31) if packed else record)
        return path

    # What copies the record for each of its pieces takes 130 times as long; memory that the system
    # hands out anew takes up to 17 times as long.
    small, large = archive(16), archive(60)
    seconds = least(lambda: list(read_warc(small, 64 << 20)))
    assert least(lambda: list(read_warc(large, 64 << 20))) < 40 * seconds


def test_an_archive_of_everything(tmp_path: Path) -> None:
    pieces = [
        pack(ONE),
        pack(response(4, status="302 Found", headers="Location: /\r\n")),
        pack(response(5, b"\x89PNG", headers="Content-Type: image/png\r\n")),
        pack(response(6, cut=50)),
        pack(TWO),
        broken(pack(response(7))),
        pack(THREE),
    ]
    places = offsets(*pieces)
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(pieces))
    arguments = ["clean", tmp_path / "crawl.warc.gz", "-o", tmp_path / "out.jsonl", "-j", "1"]
    result = CliRunner().invoke(main, [*map(str, arguments), "--summary", str(tmp_path / "s.json")])
    assert result.exit_code == 1
    articles = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [article["id"] for article in articles] == ["urn:uuid:1", "urn:uuid:2", "urn:uuid:3"]
    assert [article["url"] for article in articles] == [f"https://a.example/{n}" for n in (1, 2, 3)]
    assert all("closed on Monday" in article["body"] for article in articles)
    errors = (tmp_path / "out.jsonl.errors.jsonl").read_text().splitlines()
    messages = [json.loads(line)["message"] for line in errors]
    assert messages[0].startswith(f"at offset {places[3]}: truncated record: ")
    assert messages[1].startswith(f"at offset {places[5]}: broken gzip member: ")
    assert len(messages) == 2
    summary = json.loads((tmp_path / "s.json").read_text())
    assert summary["skipped_records"] == {"HTTP 302": 1, "image/png": 1}
    assert (summary["articles"], summary["failed"]) == (3, 2)


def test_without_fastwarc_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.batch.warc.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'news-cleaner\[warc\]'"):
        read(tmp_path, ONE)


@pytest.mark.parametrize("data", [b"", b"junk", ONE[:200], ONE.split(b"\r\n\r\n")[0]])
def test_a_record_that_makes_no_sense(data: bytes) -> None:
    with pytest.raises(InputError, match="broken record"):
        read_response(data, MOST)
