"""What a run says while it goes on."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
from pathlib import Path

import pytest

from cleaner.batch import progress
from cleaner.batch.inputs import Extent, Inputs
from cleaner.batch.progress import Bar, Plain, Quiet
from cleaner.batch.tally import Tally
from cleaner.records import Fields


def test_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock)
    said: list[str] = []
    plain = Plain(said.append, None)
    for documents in (1, 500, 1000, 1001):
        clock += 6
        plain.update(Tally(documents=documents, failed=3, earlier=100))
    assert said == [
        "500 documents, 3 failed, 33.3/s",
        "1,001 documents, 3 failed, 37.5/s",
    ]


def test_failures_are_said_up_to_a_number() -> None:
    said: list[str] = []
    plain = Plain(said.append, Path("out.errors.jsonl"), limit=2)
    for i in range(5):
        plain.failed(f"{i}.txt", "empty")
    assert said == ["0.txt: empty", "1.txt: empty", "more failures: see out.errors.jsonl"]


def test_without_a_file_of_errors_every_failure_is_said() -> None:
    said: list[str] = []
    plain = Plain(said.append, None, limit=2)
    for i in range(5):
        plain.failed(f"{i}.txt", "empty")
    assert said == [f"{i}.txt: empty" for i in range(5)]


def test_a_bar_has_number_rate_failures_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    said: list[str] = []
    bar = Bar(said.append, None, lambda: Extent(documents=8, containers=0, bytes=1000))
    bar.failed("a.txt", "empty")
    while bar._bar.total is None:  # counted in a thread
        pass
    bar._bar.mininterval = 0
    bar.update(Tally(documents=4, failed=1))
    bar.close()
    assert said == ["a.txt: empty"]
    last = terminal.getvalue().split("\r")[-1]
    assert "4/8" in last
    assert "failed=1" in last
    assert "documents/s" in last or "s/ documents" in last


def test_documents_in_files_of_many_are_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = Bar(print, None, lambda: Extent(documents=1, containers=2, bytes=1000))
    while bar._bytes is None:  # looked at in a thread
        pass
    bar._bar.mininterval = 0
    totals = []
    for documents, read, gone in ((0, 0, 0), (2, 10, 250), (30, 30, 500), (60, 60, 1000)):
        bar.update(Tally(documents=documents, read=read, gone=gone))
        totals.append(bar._bar.total)
    bar.close()
    assert totals == [None, 40, 60, 60]
    assert "30/60" in terminal.getvalue()


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".warc", ".parquet"])
def test_the_bytes_gone_through_are_those_of_the_files(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(1)  # so that little of it can be compressed
    pages = [f"<article><p>{chance.randbytes(2000).hex()}</p></article>" for _ in range(300)]
    write(tmp_path / f"many{suffix}", pages)
    (tmp_path / "one.html").write_text(pages[0])
    (tmp_path / "beside.png").write_bytes(b"no document")
    inputs = Inputs([tmp_path], Fields(), 1 << 20)
    files = [path.stat().st_size for path in tmp_path.iterdir() if path.suffix != ".png"]
    assert Inputs([tmp_path], Fields(), 1 << 20).extent() == Extent(1, 1, sum(files))
    gone = [inputs.gone for _ in inputs]
    assert len(gone) == 301
    assert gone == sorted(gone)
    assert inputs.read == 301
    assert len(set(gone)) > 1
    assert inputs.gone == sum(files)


def write(path: Path, pages: list[str]) -> None:
    lines = "".join(json.dumps({"html": page}) + "\n" for page in pages).encode()
    if path.suffix == ".parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        arrow = pytest.importorskip("pyarrow")
        parquet.write_table(arrow.table({"html": pages}), path)
    elif path.suffix == ".warc":
        pytest.importorskip("fastwarc")
        path.write_bytes(b"".join(map(response, pages)))
    elif path.suffix == ".zst":
        path.write_bytes(pytest.importorskip("zstandard").compress(lines))
    else:
        path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)


def response(page: str) -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.com/\r\n"
    head += "Content-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def test_quiet_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    quiet = Quiet()
    quiet.update(Tally())
    quiet.failed("a.txt", "empty")
    quiet.close()
    assert capfd.readouterr() == ("", "")
