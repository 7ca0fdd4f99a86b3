"""Collections in and out: JSON lines, Parquet, lists, pipes; what is wrong with one is said."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from timed import least

import cleaner
from cleaner.batch.streams import lines as read_lines
from cleaner.batch.streams import listed, unpacked
from cleaner.cli import main

DUMP = "date 2020-01-08 A headline of the day\n\nThe bridge {} was closed on Monday, she said.\n"
PAGE = "<!DOCTYPE html><html><head><title>A page</title></head><body><p>Text.</p></body></html>"


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    command = ["clean", "-j", "1", *(str(a) for a in arguments)]
    result = CliRunner().invoke(main, command, input=stdin)
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        data = zstandard.ZstdDecompressor().decompressobj(read_across_frames=True).decompress(data)
    return [json.loads(line) for line in data.splitlines()]


def errors(output: Path) -> list[dict[str, str]]:
    return read(output.with_name(output.name + ".errors.jsonl"))


def compress(data: bytes, suffix: str) -> bytes:
    if suffix.endswith(".gz"):
        return gzip.compress(data[:50]) + gzip.compress(data[50:])
    if suffix.endswith(".zst"):
        zstandard = pytest.importorskip("zstandard")
        packer = zstandard.ZstdCompressor()
        packed: bytes = packer.compress(data[:50]) + packer.compress(data[50:])
        return packed
    return data


RECORDS = [{"id": i, "text": DUMP.format(i), "url": f"https://a.example/{i}"} for i in range(3)]


# --- JSON lines in -------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "jsonl.gz", "jsonl.zst", "JSONL.GZ"])
def test_lines_are_documents(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / f"in.{suffix}"
    source.write_bytes(compress(lines(*RECORDS), suffix.lower()))
    result = run(source, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 0
    articles = read(tmp_path / "out.jsonl")
    expected = cleaner.clean(RECORDS[1]["text"], "https://a.example/1", "text").to_dict()  # type: ignore[arg-type]
    assert articles[1] == {"id": "1", **expected}
    assert [article["id"] for article in articles] == ["0", "1", "2"]


def test_lines_without_an_id_are_named_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    data = b"\n" + lines({"html": PAGE}) + b"  \r\n" + lines({"html": PAGE, "id": None})
    (tmp_path / "in" / "deep" / "a.jsonl").write_bytes(data)
    assert run(tmp_path / "in", "-o", tmp_path / "out.jsonl").exit_code == 0
    assert [a["id"] for a in read(tmp_path / "out.jsonl")] == ["deep/a.jsonl:2", "deep/a.jsonl:4"]


def test_fields_can_be_named(tmp_path: Path) -> None:
    record = {"n": "x", "seite": PAGE, "wo": "https://a.example/", "am": "2024-05-06T01:02:03Z"}
    (tmp_path / "in.jsonl").write_bytes(lines(record))
    options = ["--html-field", "seite", "--url-field", "wo", "--id-field", "n"]
    result = run(tmp_path / "in.jsonl", *options, "--captured-field", "am", "--explain")
    article = json.loads(result.stdout)
    assert (article["id"], article["url"]) == ("x", "https://a.example/")
    assert "removed" in article


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        (b"{broken", "InputError", "no JSON: "),
        (b"[" * 100_000, "InputError", "no JSON: "),
        (b"\xff\xfe", "InputError", "no JSON: "),
        (b"[1]", "InputError", "a JSON list, not an object"),
        (b'{"id": "bad"}', "InputError", "no field holds a page"),
        (b'{"id": "bad", "html": ""}', "EmptyInput", "field 'html' is empty"),
        (b'{"id": "bad", "html": 7}', "InputError", "field 'html': int, not text"),
        (b'{"id": "bad", "content": "\\u0000\\u0000"}', "", ""),
        (b'{"id": "bad", "text": "x", "captured": "?", "url": 1}', "", ""),
    ],
)
def test_a_bad_line_costs_itself(tmp_path: Path, line: bytes, error: str, message: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(lines(RECORDS[0]) + line + b"\n" + lines(RECORDS[2]))
    result = run(source, "-o", tmp_path / "out.jsonl")
    if not error:
        assert result.exit_code == 0
        return
    assert result.exit_code == 1
    assert [article["id"] for article in read(tmp_path / "out.jsonl")] == ["0", "2"]
    (record,) = errors(tmp_path / "out.jsonl")
    assert record["id"] == ("bad" if b'"bad"' in line else "in.jsonl:2")
    assert (record["source"], record["error"]) == (f"{source}:2", error)
    assert message in record["message"]
    assert result.stderr.splitlines()[-1].endswith("2 cleaned (0 without an article), 1 failed")


def test_a_field_that_was_named_must_fit(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines({**RECORDS[0], "captured": "?"}, RECORDS[1]))
    options = ["--captured-field", "captured", "-o", tmp_path / "out.jsonl"]
    assert run(tmp_path / "in.jsonl", *options).exit_code == 1
    (record,) = errors(tmp_path / "out.jsonl")
    assert "day of capture: '?' is no ISO 8601 date" in record["message"]
    assert len(read(tmp_path / "out.jsonl")) == 1


def test_a_second_document_of_the_same_id_fails(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(RECORDS[0], RECORDS[1], {**RECORDS[2], "id": 0}))
    for output in (tmp_path / "out.jsonl", tmp_path / "out"):
        assert run(tmp_path / "in.jsonl", "-o", output).exit_code == 1
        (record,) = errors(output)
        assert (record["id"], record["error"]) == ("0", "DuplicateId")
        assert record["source"].endswith("in.jsonl:3")
    assert [article["id"] for article in read(tmp_path / "out.jsonl")] == ["0", "1"]
    article = json.loads((tmp_path / "out" / "0.json").read_text())
    assert article["url"] == "https://a.example/0"


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst"])
def test_a_broken_end_costs_the_rest_alone(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / f"in.{suffix}"
    data = compress(lines(*RECORDS), suffix)
    source.write_bytes(data[:-20])
    result = run(source, tmp_path / "gone.jsonl", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert [record["id"] for record in errors(tmp_path / "out.jsonl")][-2:] == [
        f"in.{suffix}", "gone.jsonl",
    ]  # fmt: skip


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = b'{"html": "' + b" " * 3_000_000 + b'"}\n'
    source = tmp_path / "in.jsonl.gz"
    source.write_bytes(gzip.compress(lines(RECORDS[0]) + bomb + lines(RECORDS[1])))
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(b"<p>" + bytes(3_000_000)))
    result = run(source, tmp_path / "page.html.gz", "-o", tmp_path / "out.jsonl", "--max-size", "1")
    assert result.exit_code == 1
    assert [article["id"] for article in read(tmp_path / "out.jsonl")] == ["0", "1"]
    assert [(e["id"], e["message"]) for e in errors(tmp_path / "out.jsonl")] == [
        ("in.jsonl.gz:2", "a line longer than 1 MB"),
        ("page.html.gz", "more than 1 MiB, too large for a document"),
    ]


def test_a_long_line_takes_time_by_its_length() -> None:
    zstandard = pytest.importorskip("zstandard")

    def read_line(packed: bytes) -> None:
        stream = unpacked(io.BytesIO(packed), Path("in.jsonl.zst"))
        assert len(list(read_lines(stream, 64 << 20))) == 1

    short, long = (zstandard.compress(b"x" * (size << 20)) for size in (8, 64))
    # Eight times as long: 64 where time grows with the square; what no cache holds takes longer.
    assert least(lambda: read_line(long)) < 40 * least(lambda: read_line(short))


# --- other inputs --------------------------------------------------------------------------------


def test_rows_are_documents(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table(
        {"html": [PAGE.encode(), None, PAGE.encode()], "id": ["a", "b", None], "other": [1, 2, 3]}
    )
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=1)
    assert run(tmp_path / "in.parquet", "-o", tmp_path / "out.jsonl").exit_code == 1
    articles = read(tmp_path / "out.jsonl")
    assert [article["id"] for article in articles] == ["a", "in.parquet:3"]
    assert articles[0]["headline"] == "A page"
    (record,) = errors(tmp_path / "out.jsonl")
    assert (record["id"], record["source"]) == ("b", f"{tmp_path}/in.parquet:2")


def test_two_columns_of_one_name_cost_nothing(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    arrays = [pa.array([PAGE]), pa.array(["other"]), pa.array(["a"]), pa.array(["b"])]
    table = pa.Table.from_arrays(arrays, names=["html", "html", "id", "x"])
    pq.write_table(table, tmp_path / "in.parquet")
    assert run(tmp_path / "in.parquet", "-o", tmp_path / "out.jsonl").exit_code == 0
    assert [(a["id"], a["headline"]) for a in read(tmp_path / "out.jsonl")] == [("a", "A page")]


def test_an_odd_cell_costs_its_row_alone(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    moments = pa.array([1714979289123456789] * 3, pa.timestamp("ns"))
    nowhere = pa.array([None, 5, None], pa.timestamp("us", tz="No/Where"))
    ids = ["a", "b", "c"]
    table = {"html": [PAGE] * 3, "id": ids, "captured": moments, "crawl_date": nowhere}
    pq.write_table(pa.table(table), tmp_path / "in.parquet")
    assert run(tmp_path / "in.parquet", "-o", tmp_path / "out.jsonl").exit_code == 0
    articles = read(tmp_path / "out.jsonl")
    assert {article["source"]["captured"] for article in articles} == {"2024-05-06"}
    options = ["--captured-field", "crawl_date", "-o", tmp_path / "named.jsonl"]
    assert run(tmp_path / "in.parquet", *options).exit_code == 1
    assert [article["id"] for article in read(tmp_path / "named.jsonl")] == ["a", "c"]
    (record,) = errors(tmp_path / "named.jsonl")
    assert (record["id"], record["source"]) == ("b", f"{tmp_path}/in.parquet:2")
    assert record["message"].startswith("field 'crawl_date' cannot be read: ")


@pytest.mark.parametrize(
    ("data", "message"), [(b"junk", "the rest is lost: "), (None, "no column holds pages")]
)
def test_a_table_that_makes_no_sense(tmp_path: Path, data: bytes | None, message: str) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    if data is None:
        pq.write_table(pa.table({"x": [1]}), tmp_path / "in.parquet")
    else:
        (tmp_path / "in.parquet").write_bytes(data)
    assert run(tmp_path / "in.parquet", "-o", tmp_path / "out.jsonl").exit_code == 1
    (record,) = errors(tmp_path / "out.jsonl")
    assert message in record["message"]


@pytest.mark.parametrize("end", [b"\n", b"\0"])
def test_paths_can_come_in_a_list(tmp_path: Path, end: bytes) -> None:
    names = ["a/x.txt", "b/x.txt", "gone.txt"]
    for name in names[:2]:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(DUMP)
    listed = end.join(os.fsencode(tmp_path / name) for name in names) + end
    result = run("--files-from", "-", "-o", tmp_path / "out.jsonl", stdin=listed)
    assert result.exit_code == 1
    start = str(tmp_path).lstrip("/")
    assert [a["id"] for a in read(tmp_path / "out.jsonl")] == [f"{start}/{n}" for n in names[:2]]
    (tmp_path / "list").write_bytes(listed)
    run("--files-from", tmp_path / "list", "-o", tmp_path / "out")
    assert (tmp_path / "out" / start / "a" / "x.txt.json").exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\nb\r\n\n c \n", [b"a", b"b", b" c "]),
        (b"a\0b\0", [b"a", b"b"]),
        (b"a\nb\0\r\0\0c", [b"a\nb", b"\r", b"c"]),
        (b"a\n" * 40_000 + b"b\0c", [b"a"] * 40_000 + [b"b", b"c"]),  # told by the first block
        (b"x" * 90_000 + b"\ny", [b"x" * 90_000, b"y"]),
    ],
)
def test_names_end_with_their_line_or_a_zero_byte(data: bytes, expected: list[bytes]) -> None:
    assert list(listed(io.BytesIO(data))) == expected


def test_a_name_in_a_list_may_have_two_lines(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text(DUMP)
    path = os.fsencode(tmp_path / "a\nb.txt") + b"\0"
    assert run("--files-from", "-", "-o", tmp_path / "out.jsonl", stdin=path).exit_code == 0
    (article,) = read(tmp_path / "out.jsonl")
    assert article["id"].endswith("a\nb.txt")


def test_a_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    result = run("--files-from", tmp_path, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 2
    assert f"{tmp_path}: Is a directory" in result.stderr


def test_a_list_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DUMP)
    listed = os.fsencode(tmp_path / "in" / ".." / ".." / tmp_path.name / "a.txt")
    (tmp_path / "in").mkdir()
    assert run("--files-from", "-", "-o", tmp_path / "out", stdin=listed).exit_code == 0
    assert len(list((tmp_path / "out").rglob("a.txt.json"))) == 1


def test_an_unknown_suffix_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text(DUMP)
    (tmp_path / "plain").write_text(DUMP)
    result = run(tmp_path / "a.doc", tmp_path / "plain", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert [article["id"] for article in read(tmp_path / "out.jsonl")] == ["plain"]
    assert errors(tmp_path / "out.jsonl")[0]["message"].startswith("unknown suffix '.doc' (known:")


def test_what_a_run_writes_is_none_of_its_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DUMP)
    (tmp_path / "b.txt").write_text("")
    for _ in range(2):
        result = run(tmp_path, "-o", tmp_path / "out.jsonl")
        assert result.stderr.splitlines()[-1].startswith("2 documents: 1 cleaned")


def test_what_a_run_writes_is_known_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "a.txt").write_text(DUMP)
    for read_by, written_by in (("link", "real"), ("real", "link")):
        for _ in range(2):
            result = run(tmp_path / read_by, "-o", tmp_path / written_by / "out.jsonl")
            assert result.stderr.splitlines()[-1].startswith("1 document: 1 cleaned")


# --- pipes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [[], ["-o", "-"], ["--kind", "jsonl"]])
def test_lines_go_through_a_pipe(options: list[str]) -> None:
    result = run("-", *options, stdin=lines(*RECORDS))
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["0", "1", "2"]


def test_no_lines_are_no_error(tmp_path: Path) -> None:
    assert run("-", "-o", tmp_path / "out.jsonl").exit_code == 0
    assert read(tmp_path / "out.jsonl") == []


def test_bad_lines_in_a_pipe_are_said_and_can_go_to_a_file(tmp_path: Path) -> None:
    data = lines(RECORDS[0]) + b"junk\n"
    result = run("-", "--errors", tmp_path / "errors.jsonl", stdin=data)
    assert result.exit_code == 1
    assert "cleaner: -:2: no JSON" in result.stderr
    assert read(tmp_path / "errors.jsonl")[0]["id"] == "-:2"


@pytest.mark.parametrize("named", [False, True])
def test_every_failure_is_named_somewhere(tmp_path: Path, named: bool) -> None:
    options = ["--errors", tmp_path / "errors.jsonl"] if named else []
    result = run("-", *options, stdin=lines(RECORDS[0]) + b"junk\n" * 30)
    said = [line for line in result.stderr.splitlines() if ": no JSON" in line]
    assert len(said) == (20 if named else 30)
    assert (f"more failures: see {tmp_path}/errors.jsonl" in result.stderr) == named
    assert not named or len(read(tmp_path / "errors.jsonl")) == 30


def test_folders_go_to_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DUMP)
    result = run(tmp_path, "-o", "-", "--quiet")
    assert json.loads(result.stdout)["id"] == "a.txt"
    assert result.stderr == ""


def start(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cleaner", "clean", "-j", "1", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE)


def test_each_line_is_answered_before_the_next_is_there() -> None:
    with start("-", "--quiet") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for i in range(3):
            process.stdin.write(lines({"id": i, "text": DUMP}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(i)
        process.stdin.close()
    assert process.returncode == 0


def test_a_reader_that_leaves_early_ends_it_quietly() -> None:
    with start("-", "--quiet") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines(RECORDS[0]))
        process.stdin.flush()
        process.stdout.read(10)
        process.stdout.close()
        process.stdin.write(lines(RECORDS[1]))
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_a_pipe_is_said() -> None:
    with open("/dev/full", "wb") as full, start("-", "-q", stdout=full.fileno()) as process:
        _, stderr = process.communicate(lines(RECORDS[0]))
    assert process.returncode == 1
    assert stderr == b"Error: standard output: No space left on device\n"


# --- outputs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "jsonl.gz", "jsonl.zst"])
def test_one_file_holds_all_articles(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines(*RECORDS))
    output = tmp_path / f"out.{suffix}"
    assert run(tmp_path / "in.jsonl", "-o", output).exit_code == 0
    assert [article["id"] for article in read(output)] == ["0", "1", "2"]
    assert output.stat().st_mode & 0o444
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f".out.{suffix}.ledger", "in.jsonl", f"out.{suffix}",
    ]  # fmt: skip


def test_a_table_holds_all_articles(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    from cleaner.connect.arrow import SCHEMA

    (tmp_path / "in.jsonl").write_bytes(lines(*RECORDS))
    assert run(tmp_path / "in.jsonl", "-o", tmp_path / "out.parquet", "--explain").exit_code == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.equals(SCHEMA)
    row = table.to_pylist()[1]
    expected = cleaner.clean(DUMP.format(1), "https://a.example/1", "text").to_dict(explain=True)
    assert row == {"id": "1", **expected, "duplicate_of": None, "error": None}


def test_half_a_pair_is_an_escape(tmp_path: Path) -> None:
    record = b'{"id": "\\ud83d", "text": "The bridge \\ude00 was closed, she said."}\n'
    (tmp_path / "in.jsonl").write_bytes(record)
    assert run(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl").exit_code == 0
    assert read(tmp_path / "out.jsonl")[0]["id"] == "\ud83d"


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_the_order_is_that_of_the_input(tmp_path: Path, jobs: str) -> None:
    records = [{"id": i, "text": DUMP.format(i) * (1 + i * 7 % 5)} for i in range(200)]
    (tmp_path / "in.jsonl").write_bytes(lines(*records))
    run(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", "-j", jobs)
    assert [article["id"] for article in read(tmp_path / "out.jsonl")] == [
        str(i) for i in range(200)
    ]
    run(tmp_path / "in.jsonl", "-o", tmp_path / "any.jsonl", "-j", jobs, "--unordered")
    key = json.dumps
    in_order, in_any = (read(tmp_path / name) for name in ("out.jsonl", "any.jsonl"))
    assert sorted(in_order, key=key) == sorted(in_any, key=key)
