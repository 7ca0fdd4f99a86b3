"""`cleaner report`: what is gathered, and the one file that is written."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cleaner
from cleaner import OutputError
from cleaner.batch.sources import find_inputs
from cleaner.cli import main
from cleaner.review.gather import Entry, gather
from cleaner.review.report import write_report
from cleaner.review.trace import trace

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (
    "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n\n"
    "Advertisement\n\nNobody could say when it would be open to traffic again.\n"
)
RECORD = cleaner.clean(ARTICLE).to_dict(explain=True)


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["report", *(str(a) for a in arguments)])
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


def unpacked(html: str, name: str) -> Any:
    packed = re.search(f'id="{name}">([A-Za-z0-9+/=]*)</script>', html)
    assert packed is not None
    return json.loads(zlib.decompress(base64.b64decode(packed[1])))


def report(tmp_path: Path, *entries: Entry, title: str = "T") -> str:
    write_report(entries, tmp_path / "r.html", title)
    return (tmp_path / "r.html").read_text(encoding="utf-8")


# --- gathering -----------------------------------------------------------------------------------


def test_documents_are_cleaned(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt.gz").write_bytes(gzip.compress(ARTICLE.encode()))
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "a.txt.json").write_text("what lies beside is no concern of ours")
    found = list(gather([tmp_path, tmp_path / "a.txt"]))
    assert [entry.name for entry in found] == ["a.txt", "b/c.txt.gz", "a.txt"]
    for entry in found:
        assert entry.trace is not None
        assert entry.trace.article == RECORD
        assert entry.trace.ordered


def test_a_finished_batch_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    for name in ("a.txt", "b/c.txt"):
        (tmp_path / "in" / name).write_text(ARTICLE)
    arguments = ["clean", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--explain"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    (tmp_path / "out" / ".hidden.json").write_text("{")
    found = list(gather([tmp_path / "out", tmp_path / "out" / "a.txt.json"]))
    assert [entry.name for entry in found] == ["a.txt", "b/c.txt", "a.txt"]
    assert all(entry.trace is not None and not entry.trace.ordered for entry in found)


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".ndjson"])
def test_records_line_by_line(tmp_path: Path, suffix: str) -> None:
    lines = [
        json.dumps({"id": "one", **RECORD}), "", json.dumps(RECORD), "{", "3", "[" * 100_000,
        json.dumps({k: v for k, v in RECORD.items() if k != "removed"}),
    ]  # fmt: skip
    data = "\n".join(lines).encode()
    path = tmp_path / f"batch{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    found = list(gather([path]))
    assert [entry.name for entry in found] == [
        "one", *(f"batch{suffix}:{n}" for n in (3, 4, 5, 6, 7))
    ]  # fmt: skip
    assert [bool(entry.error) for entry in found] == [False, False, True, True, True, True]
    assert found[2].error.startswith(f"{path}: line 4: ")
    assert found[5].error == (
        f"{path}: line 7: it does not tell what was removed: clean with --explain"
    )


@pytest.mark.parametrize(
    ("suffix", "needs"),
    [(".jsonl", ""), (".jsonl.gz", ""), (".jsonl.zst", "zstandard"), (".parquet", "pyarrow")],
)
def test_every_file_of_a_finished_batch(tmp_path: Path, suffix: str, needs: str) -> None:
    if needs:
        pytest.importorskip(needs)
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(ARTICLE)
    for options, cause in ((["--explain"], ""), ([], "clean with --explain")):
        batch = tmp_path / f"batch{len(options)}{suffix}"
        arguments = ["clean", str(tmp_path / "in"), "-o", str(batch), *options]
        assert CliRunner().invoke(main, arguments).exit_code == 0
        found = list(gather([batch]))
        assert len(found) == 2
        for entry in found:
            if cause:
                assert entry.error.startswith(f"{batch}: ")
                assert entry.error.endswith(cause)
            else:
                assert entry.name in ("a.txt", "b.txt")
                assert entry.trace is not None
                assert {name: entry.trace.article[name] for name in RECORD} == RECORD


def test_a_table_with_errors(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    documents = pa.record_batch({"id": ["a", "b"], "text": [ARTICLE, " "]})
    batch = tmp_path / "batch.parquet"
    pq.write_table(pa.Table.from_batches([cleaner.clean_batch(documents, explain=True)]), batch)
    whole, broken = gather([batch])
    assert whole.trace is not None
    assert broken.error.startswith(f"{batch}: row 2: EmptyInput: ")


def web_archive(*pages: str, charset: str = "utf-8") -> bytes:
    records = b""
    for number, page in enumerate(pages):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n{page}"
        http = http.encode(charset)
        records += (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-09T07:08:09Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: https://a.example/{number}\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode() + http + b"\r\n\r\n"  # fmt: skip
    return records


def test_the_charset_that_http_states_reads_the_pages_of_an_archive(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    text = "The bridge of Łódź was opened on Monday, the mayor Śliwa told all who came."
    page = f"<!DOCTYPE html><html><body><h1>Łódź</h1><p>{text}</p></body></html>"
    (tmp_path / "a.warc").write_bytes(web_archive(page, charset="iso-8859-2"))
    (entry,) = gather([tmp_path / "a.warc"])
    assert entry.trace is not None
    assert entry.trace.article["body"] == text


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "folder/a.warc"])
def test_web_archives_are_cleaned(tmp_path: Path, name: str) -> None:
    """Their pages, as `cleaner clean` would: with address and day of capture."""
    pytest.importorskip("fastwarc")
    page = (
        "<!DOCTYPE html><html><head><title>T</title><meta property='article:published_time'"
        " content='{}'></head><body><h1>A headline</h1><p>The bridge was closed on Monday, after"
        " engineers had found cracks in it.</p><p>Advertisement</p></body></html>"
    )
    data = web_archive(page.format("2020-01-08"), page.format("2020-02-08"), " ")
    archive = tmp_path / name
    archive.parent.mkdir(exist_ok=True)
    archive.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    arguments = ["clean", str(archive), "-o", str(tmp_path / "out.jsonl"), "--explain"]
    assert CliRunner().invoke(main, arguments).exit_code == 1  # for the empty page
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    first, late, empty = gather([archive.parent if "/" in name else archive])
    for entry, record in zip((first, late), map(json.loads, lines), strict=True):
        assert entry.trace is not None
        assert {"id": entry.name, **entry.trace.article} == record
        assert entry.trace.ordered
    assert late.trace is not None
    assert late.trace.article["date"] is None
    assert empty.error.endswith(": the page is empty")


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.jsonl.zst", b"no frame", "a.jsonl.zst: "),
        ("a.parquet", b"no table", "a.parquet: "),
        ("a.warc", b"no archive", "a.warc"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00", "binary"),
        ("a.json", b"{", "Expecting"),
        ("a.json", b"{}", "no article"),
        ("a.jsonl", None, "No such file"),
        ("a.json", None, "No such file"),
        ("a.txt", None, "No such file"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\x00", "a.jsonl.gz: "),
        ("empty/x", b"", "no documents in it"),
    ],
)
def test_what_cannot_be_read_costs_only_itself(
    tmp_path: Path, name: str, data: bytes | None, cause: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "z.txt").write_text(ARTICLE)
    broken, whole = gather([path.parent if "/" in name else path, tmp_path / "z.txt"])
    assert broken.trace is None
    assert cause in broken.error
    assert str(tmp_path / name.split("/", maxsplit=1)[0]) in broken.error
    assert whole.trace is not None


# --- the file ------------------------------------------------------------------------------------


def test_everything_of_a_document_is_in_it(tmp_path: Path) -> None:
    html = report(tmp_path, Entry("a.txt", trace(ARTICLE)), Entry("b", error="b: broken"))
    index = unpacked(html, "index")["documents"]
    assert index[0]["headline"] == "A headline of the day"
    assert index[0]["rules"] == [["ad-marker", "ad-label", 1]]
    assert index[0]["total"] - index[0]["kept"] == len("Advertisement")
    assert index[1] == {"name": "b", "error": "b: broken"}
    document = unpacked(html, "part-0")[0]
    assert document["ordered"]
    assert document["left_out"] == 0
    assert [row[:2] for row in document["blocks"]] == [
        ["A headline of the day", "headline"],
        ["The bridge was closed on Monday, she said.", "body"],
        ["Advertisement", "removed"],
        ["Nobody could say when it would be open to traffic again.", "body"],
    ]


def test_source_and_article_of_our_own_collections_stand_beside_each_other(tmp_path: Path) -> None:
    """What is shown as the article is the article, whole, in every one of them."""
    tally = write_report(gather([ROOT / "fixtures", ROOT / "seeds"]), tmp_path / "r.html", "T")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    index = unpacked(html, "index")["documents"]
    inputs = list(find_inputs([ROOT / "fixtures", ROOT / "seeds"]))
    assert len(index) == len(inputs) == tally.documents
    for row, item in zip(index, inputs, strict=True):
        part, place = row["at"]
        document = unpacked(html, f"part-{part}")[place]
        assert document["ordered"], item.name
        shown = ""
        for text, role, *_, between in document["blocks"]:
            if role == "body":
                shown += (("\n\n" if shown else "") if between is None else between) + text
        assert shown == cleaner.clean_file(item.path).body


def test_the_policy_names_the_one_script_and_the_one_style(tmp_path: Path) -> None:
    html = report(tmp_path, Entry("a.txt", trace(ARTICLE)))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (code,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]


def test_it_needs_nothing_else(tmp_path: Path) -> None:
    html = report(tmp_path)
    assert re.findall(r"https?:|//[a-z]|@import|url\(|<link|<img|<iframe|\bimport\(", html) == []
    assert re.findall(
        r"\son[a-z]+=|innerHTML|insertAdjacentHTML|\beval\b", html.split("<body")[1]
    ) == [
        "innerHTML"  # in the comment that says that there is none
    ]


EVIL = "</script><script>alert(1)</script><!--]]>{{script}}{{data}}&\u2028\ud800\x00\"'"


def test_nothing_of_a_document_is_in_the_markup(tmp_path: Path) -> None:
    harmless = report(tmp_path, Entry("a", trace("x " * 20)), title="T")
    (tmp_path / "r.html").unlink()
    record = {**RECORD, "headline": EVIL, "site": EVIL, "url": "javascript:alert(1)"}
    from cleaner.review.trace import trace_of_record

    html = report(
        tmp_path, Entry(EVIL, trace_of_record(record)), Entry("b", error=EVIL), title=EVIL
    )
    tags = re.compile(r"<[a-zA-Z/!][^>]*>")
    assert tags.findall(html) == tags.findall(harmless)
    assert "alert(1)</script>" not in html
    index = unpacked(html, "index")["documents"]
    assert index[0]["headline"] == EVIL.replace("\ud800", "?")


def test_a_long_document_is_cut_and_says_so(tmp_path: Path) -> None:
    long = "\n\n".join(f"This is paragraph {n}, she said. " + "word " * 200 for n in range(1500))
    html = report(tmp_path, Entry("a", trace(long)), Entry("b", trace("z" * 1_500_000)))
    for name, place in (("part-0", 0), ("part-1", 0)):
        document = unpacked(html, name)[place]
        shown = sum(len(row[0]) for row in document["blocks"])
        assert shown <= 1_000_000
        assert document["left_out"] > 0
    assert shown == 1_000_000
    assert document["left_out"] == 500_000


def test_a_body_that_is_not_just_the_kept_blocks(tmp_path: Path) -> None:
    """Should the two ever part, the report shows the article as it is, not as it might be."""
    found = trace(ARTICLE)
    from dataclasses import replace

    html = report(tmp_path, Entry("a", replace(found, article={**RECORD, "body": "Other."})))
    document = unpacked(html, "part-0")[0]
    assert not document["ordered"]
    assert [row[0] for row in document["blocks"]] == ["Other.", "Advertisement"]


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(ARTICLE)
    outputs = []
    for seed in ("0", "1"):
        target = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-m", "cleaner", "report", tmp_path / "in", "-o", target],
            env={**os.environ, "PYTHONHASHSEED": seed}, check=True, timeout=60,
        )  # fmt: skip
        outputs.append(target.read_bytes())
    assert outputs[0] == outputs[1]


def test_a_link_in_a_circle_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("<p>The bridge was closed on Monday.</p>")
    (tmp_path / "in" / "self.html").symlink_to("self.html")
    document, circle = gather([tmp_path / "in"], own=tmp_path / "report.html")
    assert (document.name, document.error) == ("a.html", "")
    assert "a broken link" in circle.error


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>The bridge was closed on Monday.</p>")
    os.mkfifo(tmp_path / "pipe")
    command = ["report", str(tmp_path / "a.html"), "-o", str(tmp_path / "pipe")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "pipe: exists and is no regular file" in result.stderr
    assert (tmp_path / "pipe").is_fifo()


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    target.write_text("before")

    def entries() -> Any:
        yield Entry("a", trace(ARTICLE))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_report(entries(), target, "T")
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(OutputError, match="No such file"):
        write_report([], tmp_path / "no" / "r.html", "T")


# --- the command ---------------------------------------------------------------------------------


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    result = run(tmp_path, "-o", tmp_path / "r.html", "--title", "My <pages>")
    assert (result.exit_code, result.stderr) == (0, "1 document, 0 failed\n")
    assert "<title>My &lt;pages&gt;</title>" in (tmp_path / "r.html").read_text()


def test_some_fail_and_the_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b\n.txt").write_bytes(b"")
    result = run(tmp_path, "-o", tmp_path / "r.html")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"cleaner: {tmp_path}/b\\n.txt: the file is empty",
        "2 documents, 1 failed",
    ]
    assert len(unpacked((tmp_path / "r.html").read_text(), "index")["documents"]) == 2


def test_the_report_of_a_former_run_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    for _ in range(2):
        result = run(tmp_path, "-o", tmp_path / "report.html")
        assert (result.exit_code, result.stderr) == (0, "1 document, 0 failed\n")


def test_own_rules(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    own = tmp_path / "own.toml"
    own.write_text('[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["the bridge was …"]\n')
    run(tmp_path / "a.txt", "-o", tmp_path / "r.html", "--rules", own)
    index = unpacked((tmp_path / "r.html").read_text(), "index")
    assert ["legal", "x", 1] in index["documents"][0]["rules"]


@pytest.mark.parametrize(
    "arguments", [[], ["{}/a.txt"], ["-o", "{}/r.html"], ["{}/a.txt", "-o", "{}"],
                  ["{}/a.txt", "-o", "{}/no/r.html"]],
)  # fmt: skip
def test_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert run(*(argument.format(tmp_path) for argument in arguments)).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
