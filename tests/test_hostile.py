"""Input that wants to break us: an article or a CleanerError, in linear time and bounded memory."""

from __future__ import annotations

import gc
import gzip
import json
import os
import socket
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import PARAGRAPHS, page

import cleaner
from benchmarks.fuzz import mutants, problem
from benchmarks.growth import FIXED_MEMORY, MOST_GROWTH, MOST_MEMORY, grows_by
from benchmarks.hostile import KINDS, Document, sized
from cleaner.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.readers import Door

SMALL = 6_000  # characters: enough for any mistake that is not one of growth


def result(document: Document, kind: Door = "auto") -> dict[str, Any] | None:
    """Return what cleaning gives as data, None where the document is refused."""
    try:
        article = cleaner.clean(document, kind=kind)
    except cleaner.CleanerError:
        return None
    text = article.to_json(explain=True)
    text.encode("utf-8")
    article.to_json(schema="schema.org").encode("utf-8")
    data: dict[str, Any] = json.loads(text)
    assert 0 <= data["confidence"] <= 1
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_an_article_or_a_cleaner_error(kind: str) -> None:
    document = sized(KINDS[kind], SMALL)
    first = result(document)
    assert result(document) == first
    if kind not in ("half a utf-16", "zero bytes", "dump, zero bytes", "no encoding"):
        assert first is not None
    for door in ("html", "text"):
        result(document, door)


@pytest.fixture(scope="module")
def frozen() -> Iterator[None]:
    """Leave what is there out of all collections, each of which would go through all tests."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("frozen")
def test_twice_the_input_takes_about_twice_the_time(kind: str) -> None:
    # Other processes and the cache may spoil a measurement; a square looks like one at any size.
    attempts = ((1, 1), (2, 1), (2, 4), (3, 8))
    assert any(grows_by(kind, runs, times) <= MOST_GROWTH for runs, times in attempts)


MEASURE = """
import sys
from itertools import islice
from benchmarks.fuzz import mutants, problem
from benchmarks.growth import measure
print(measure(sys.argv[1], 1_000_000)["memory"])
"""
# The ones that take most, by `python -m benchmarks.growth`, and one of each sort.
HUNGRY = (
    "siblings td", "siblings br and text", "unclosed p", "nested div", "dump, short lines",
    "dump, separator lines", "only ampersands", "attributes, distinct", "json-ld, nested lists",
    "no encoding", "state, strings", "one word", "siblings meta",
)  # fmt: skip


@pytest.mark.parametrize("kind", HUNGRY)
def test_memory_is_a_multiple_of_the_input(kind: str, root: Path) -> None:
    size = len(sized(KINDS[kind], 1_000_000))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, kind],
        capture_output=True, check=True, cwd=root, timeout=120,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert float(done.stdout) < FIXED_MEMORY + MOST_MEMORY * size


def asking(file: str, host: str) -> list[str]:
    """Return documents that ask for a file and a host in every way we know of."""
    return [
        f"<!DOCTYPE html [<!ENTITY x SYSTEM '{file}'>]><html><p>It is &x;.</p></html>",
        f"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM '{host}x'>]><html><p>&x;</html>",
        f"<!DOCTYPE html [<!ENTITY % x SYSTEM '{host}x.dtd'> %x;]><html><p>It is &x;.</p></html>",
        f"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' '{host}x.dtd'><html><p>x</html>",
        f"<?xml version='1.0'?><?xml-stylesheet href='{file}'?>"
        f"<html xmlns='http://www.w3.org/1999/xhtml'><p xmlns:xi='http://www.w3.org/2001/XInclude'>"
        f"<xi:include href='{file}' parse='text'/></p></html>",
        f"<html><head><base href='{host}'><link rel=stylesheet href=x><script src=x></script>"
        f"<meta http-equiv=refresh content='0; url={host}'></head><body><img src=x>"
        f"<iframe src='{file}'></iframe><object data='{file}'></object><video src=x></video>",
        page(
            linked={"@context": host, "@type": "NewsArticle", "url": file, "author": {"@id": host}}
        ),
        f"date 2020-01-07 {file}\n\n{PARAGRAPHS[0]}\n\n@{file}\n{host}\n",
    ]


WATCHED = """
import json, sys
import cleaner

documents = json.load(sys.stdin)
def run():
    for document in documents:
        for kind in ("auto", "html", "text"):
            cleaner.clean(document, kind=kind)
run()  # loads what is loaded at the first use
seen = []
def watch(event, arguments):
    if event == "open" or event.startswith(("socket.", "os.", "subprocess.", "urllib.", "http.")):
        seen.append([event, str(arguments)])
sys.addaudithook(watch)
run()
print(json.dumps(seen))
"""


def test_no_file_is_read_and_no_host_is_asked(tmp_path: Path) -> None:
    secret, control = tmp_path / "secret", tmp_path / "control"
    for path in (secret, control):
        path.write_text("Open Sesame")
        os.utime(path, (0, 1_000_000_000))  # read long before it was written: reading will show
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        documents = asking(secret.as_uri(), f"http://127.0.0.1:{server.getsockname()[1]}/")
        documents += [document for make in KINDS.values() if isinstance(document := make(3), str)]
        done = subprocess.run(
            [sys.executable, "-c", WATCHED],
            input=json.dumps(documents), capture_output=True, check=True, text=True, timeout=120,
        )  # fmt: skip
        assert json.loads(done.stdout) == []
        with pytest.raises(TimeoutError):
            server.accept()
    # The parser's own reads are no events of Python's: the file system tells of those.
    control.read_text()
    if control.stat().st_atime:  # it keeps times of access
        assert secret.stat().st_atime == 0
    for document in documents:
        assert "Sesame" not in cleaner.clean(document).to_json(explain=True)


def test_entities_are_not_expanded() -> None:
    article = cleaner.clean(KINDS["entity bomb"](20))
    assert article.to_json(explain=True).count("boom") < 30


def folder_of_kinds(folder: Path) -> list[str]:
    """Write one file of each kind and a proper article between; return the names in order."""
    names = []
    for number, (kind, make) in enumerate(KINDS.items()):
        document = sized(make, 1500)
        data = document if isinstance(document, bytes) else document.encode("utf-8", "replace")
        suffix = ".txt" if "dump" in kind else ".html"
        path = folder / f"{number:03}{suffix}"
        path.write_bytes(data)
        names.append(path.name)
        if number % 10 == 0:
            (folder / f"{number:03}-article.html.gz").write_bytes(gzip.compress(page().encode()))
            names.append(f"{number:03}-article.html.gz")
    return sorted(names)


def batch(source: Path, output: Path) -> tuple[dict[str, bytes], str]:
    """Run the command; return what it wrote for each document and what it complained about."""
    done = CliRunner().invoke(main, ["clean", str(source), "-o", str(output), "--explain"])
    assert done.exit_code in (0, 1)
    return {path.name: path.read_bytes() for path in output.rglob("*.json")}, done.stderr


def test_a_batch_of_hostile_documents_loses_none_of_the_others(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    names = folder_of_kinds(source)
    written, complaints = batch(source, tmp_path / "out")
    assert "please report this" not in complaints
    refused = [name for name in names if f"{name}.json" not in written]
    assert all(f"{name}: " in complaints for name in refused)
    articles = [data for name, data in written.items() if "-article" in name]
    assert len(articles) == len([n for n in names if "-article" in n])
    # The same alone, whatever was cleaned before.
    assert set(articles) == {(cleaner.clean(page()).to_json(explain=True) + "\n").encode()}
    for name in names[::7]:
        if name not in refused:
            alone = cleaner.clean_file(source / name).to_json(explain=True) + "\n"
            assert written[f"{name}.json"] == alone.encode()


IN_ORDER = """
import hashlib, random, sys
import cleaner
from benchmarks.hostile import KINDS, sized
kinds = list(KINDS)
random.Random(sys.argv[1]).shuffle(kinds)
found = {}
for kind in kinds:
    try:
        found[kind] = cleaner.clean(sized(KINDS[kind], 1500)).to_json(explain=True)
    except cleaner.CleanerError as error:
        found[kind] = str(error)
print(hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest())
"""


def test_neither_order_nor_hash_seed_matters(root: Path) -> None:
    results = {
        subprocess.run(
            [sys.executable, "-c", IN_ORDER, seed],
            capture_output=True, check=True, timeout=120,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "4711")
    }  # fmt: skip
    assert len(results) == 1


DATES = [
    "", " ", "0000-00-00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00", "99999-01-01", "2020-13-45", "2020-02-30", "2020-01-07T25:61:61",
    "-2020-01-07", "2020-01-07T12:00:00+99:99", "1" * 5000, "9" * 10, "9" * 13, "1970-01-01",
    "\u0662\u0660\u0662\u0660-\u0660\u0661-\u0660\u0667", "７ January ２０２０", "null",
    "Tue, 07 Jan 99999 12:00:00 GMT", "2020-W02-2", "２０２０年１月７日", "31/31/2020",
    "2560-01-07", "NaN", "[]",
    "7 January 0000", "January 99, 2020", "2020-01-07T12:00:00.999999999999999999999Z", "\0",
]  # fmt: skip


@pytest.mark.parametrize("value", DATES)
def test_rubbish_for_a_date_is_no_error(value: str) -> None:
    for document in (
        page(front=f"<time datetime='{value}'>{value}</time>"),
        page(head=f'<meta property="article:published_time" content="{value}">'),
        page(linked={"@type": "NewsArticle", "datePublished": value, "dateModified": value}),
        page(front=f"<p>Published {value}</p><p>Updated: {value} at 99:99</p>"),
        f"date {value} A bridge is closed\n\nPosted {value}\n\n{PARAGRAPHS[0]}\n",
    ):
        data = result(document)
        assert data is not None
        assert data["date"] is None or data["date"] >= "1700"


ADDRESSES = ["http://[", "http://[::1", "//", "http://\ud800/", "javascript:x", "h" * 10_000, "\0"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_rubbish_for_an_address_is_no_error(url: str) -> None:
    document = page(
        head=f"<link rel=canonical href='{url}'>", linked={"@type": "Article", "url": url}
    )
    cleaner.clean(document, url=url).to_json()
    cleaner.clean(PARAGRAPHS[0], url=url).to_json()


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40),
    st.sampled_from(["NewsArticle", "2020-01-07", "Jane Doe", PARAGRAPHS[0], "https://example.org/"]),
)  # fmt: skip
keys = st.sampled_from(
    "@type @id @graph @context headline name author creator datePublished dateModified description"
    " publisher url mainEntityOfPage inLanguage articleBody text".split()
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(keys, values, max_size=10))
@settings(deadline=None, max_examples=150)
def test_json_ld_of_wrong_types_is_no_error(data: dict[str, Any]) -> None:
    assert result(page(linked={"@type": "NewsArticle", **data})) is not None
    text = json.dumps(data)
    assert result(f"<html><body><script>window.data = {text}</script></body></html>") is not None
    assert result(page(head=f"<script type=application/ld+json>{text[:-3]}</script>")) is not None


MARKUP = """< > </ /> <p> </p> <div <a_href=x> <!-- --> <![CDATA[ ]]> & &amp; &#0; <svg> <select>
    <script> </script> <table> <td> <plaintext> <title> </title> <meta <time_datetime= <br> <h1>
    </body> <html> <nav> <article> <li> <b> <aside> <figcaption> <iframe>""".split()
WORDS = """READ_MORE: Advertisement By_Jane_Doe Just_Posted 0:35 (Reuters) © — | · … 2020-01-07
    About_the_author 4_years_ago Photo: Published ﷺ 👩 桥 ا""".split()
ODD = list("\0\ufeff\u202e\ud800\u0301\x1b\u2028\x85\r\n \t")
PIECES = st.one_of(
    st.sampled_from([piece.replace("_", " ") for piece in MARKUP + WORDS] + ODD),
    st.text(max_size=5),
    st.sampled_from(PARAGRAPHS),
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(deadline=None, max_examples=300)
def test_any_mixture_is_no_error(document: str) -> None:
    for kind in ("auto", "html", "text"):
        assert result(document, kind) is not None


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_no_error(data: bytes) -> None:
    result(data)
    result(page().encode()[:200] + data + page().encode()[200:])


def test_mutants_of_the_fixtures_break_nothing() -> None:
    for data in islice(mutants(seed=1), 150):
        for kind in ("html", "text"):
            assert problem(data, kind) is None
