"""Other people's pipelines: each example is run, each engine gives what the library gives."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import cleaner
from cleaner.cli import main

pa = pytest.importorskip("pyarrow", reason="needs the extra: pip install 'news-cleaner[arrow]'")
pads = pytest.importorskip("pyarrow.dataset")
pq = pytest.importorskip("pyarrow.parquet")

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
NAMES = ("french", "german", "interview", "gallery", "paywall", "windows-1252")
PAGES = [(ROOT / "fixtures" / "pages" / f"{name}.html").read_bytes() for name in NAMES]
URLS = [f"https://news.example/{name}" for name in NAMES]
EXPECTED = [cleaner.clean(page, url) for page, url in zip(PAGES, URLS, strict=True)]


def needs(*modules: str) -> None:
    for module in modules:
        pytest.importorskip(module, reason=f"needs {module}: run `tox -e connect`")


def run(*command: str | Path, timeout: int = 300, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True, text=True, timeout=timeout, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


def rows(articles: Iterable[cleaner.Article]) -> list[dict[str, Any]]:
    return [
        {**article.to_dict(), "removed": None, "duplicate_of": None, "error": None}
        for article in articles
    ]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A table of pages and one row that is no page."""
    path = tmp_path / "documents.parquet"
    ids = [*NAMES, "bad"]
    table = {"id": ids, "html": [*PAGES, b"\x89PNG\r\n\x1a\n"], "url": [*URLS, None]}
    pq.write_table(pa.table(table), path)
    return path


def check(table: pa.Table) -> None:
    """The table holds the articles of `documents`, row for row."""
    found = table.to_pylist()
    bad = found.pop()
    assert bad["id"] == "bad"
    assert bad["error"].startswith("BinaryInput: ")
    assert bad["body"] is None
    assert [row.pop("id") for row in found] == list(NAMES)
    assert found == rows(EXPECTED)


# --- Scrapy --------------------------------------------------------------------------------------


class Downloaded:
    """What requests, httpx and others make of an answer."""

    def __init__(self, url: str, content: bytes, **headers: str):
        self.url = url
        self.content = content
        self.headers: dict[str, str] | None = headers


def test_a_response_of_any_downloader() -> None:
    from cleaner.connect.scrapy import item_of

    day = dt.date(2026, 1, 2)
    item = item_of(Downloaded(URLS[0], PAGES[0]), captured=day)
    assert item == cleaner.clean(PAGES[0], URLS[0], captured=day).to_dict()
    assert "removed" in item_of(Downloaded(URLS[0], PAGES[0]), explain=True)


def test_the_charset_of_a_response() -> None:
    from cleaner.connect.scrapy import item_of

    page = "<!DOCTYPE html><title>Καλό</title><p>Καλό</p>".encode("iso-8859-7")
    response = Downloaded("https://news.example/", page)
    assert item_of(response)["headline"] != "Καλό"
    response = Downloaded(response.url, page, **{"Content-Type": "text/html; charset=iso-8859-7"})
    assert item_of(response)["headline"] == "Καλό"


def test_a_response_without_headers() -> None:
    from cleaner.connect.scrapy import item_of

    response = Downloaded(URLS[0], PAGES[0])
    response.headers = None
    assert item_of(response)["headline"] == EXPECTED[0].headline


def test_the_scrapy_pipeline() -> None:
    needs("scrapy")
    from scrapy.exceptions import DropItem
    from scrapy.http import HtmlResponse
    from scrapy.utils.test import get_crawler

    from cleaner.connect.scrapy import CleanerPipeline

    crawler = get_crawler(settings_dict={"CLEANER_EXPLAIN": True})
    pipeline = CleanerPipeline.from_crawler(crawler)
    response = HtmlResponse(URLS[1], body=PAGES[1], headers={"Content-Type": "text/html"})
    item = pipeline.process_item({"response": response, "section": "news"})
    today = dt.date.fromisoformat(item["source"]["captured"])
    article = cleaner.clean(PAGES[1], URLS[1], captured=today)
    assert item == {"section": "news", **article.to_dict(explain=True)}
    assert pipeline.process_item({"other": 1}) == {"other": 1}
    with pytest.raises(DropItem, match="binary"):
        pipeline.process_item({"response": HtmlResponse(URLS[0], body=b"%PDF-1.7")})


def test_the_scrapy_example(tmp_path: Path) -> None:
    needs("scrapy")
    from web_server import serve

    with serve() as site:
        site["/"] = "<html><h2><a href='/a'>A</a></h2><article><a href='/b'>B</a></article></html>"
        site["/a"], site["/b"] = PAGES[0], PAGES[1]
        run(EXAMPLES / "scrapy_spider.py", site.url, tmp_path / "out.jsonl")
        lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert {item["headline"] for item in found} == {e.headline for e in EXPECTED[:2]}
    assert {item["section"] for item in found} == {"news"}


# --- Ray -----------------------------------------------------------------------------------------


def test_the_ray_example(documents: Path, tmp_path: Path) -> None:
    needs("ray")
    run(EXAMPLES / "ray_folder.py", documents, tmp_path / "out", RAY_DEDUP_LOGS="0")
    check(pads.dataset(tmp_path / "out").to_table())


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder of everything: files, a table, lines, one of them broken."""
    root = tmp_path / "in"
    (root / "pages" / "deep").mkdir(parents=True)
    for i in range(40):
        page = PAGES[i % len(PAGES)] + b"<!-- %d -->" % i
        path = root / "pages" / f"{i}.html"
        path.write_bytes(page)
    (root / "pages" / "deep" / "z.txt.gz").write_bytes(
        gzip.compress(b"A headline\n\nThe bridge was closed.\n")
    )
    (root / "pages" / "empty.txt").write_text("")
    (root / "pages" / "other.png").write_bytes(b"\x89PNG")
    for n in range(6):
        lines = [json.dumps({"html": p.decode("latin-1"), "url": f"{URLS[0]}/{n}"}) for p in PAGES]
        (root / f"lines-{n}.jsonl").write_text("\n".join([*lines, "no json", ""]))
    pq.write_table(pa.table({"text": ["A line\n\nMore.", None]}), root / "table.parquet")
    return root


def local(inputs: Path, target: Path) -> tuple[list[dict[str, Any]], set[str]]:
    """Return the rows and the ids of the failures of the local engine."""
    result = CliRunner().invoke(main, ["clean", str(inputs), "-o", str(target), "--jobs", "2"])
    assert result.exit_code == 1
    with Path(f"{target}.errors.jsonl").open(encoding="utf-8") as file:
        return pq.read_table(target).to_pylist(), {json.loads(line)["id"] for line in file}


def compare(inputs: Path, written: Path, tmp_path: Path) -> None:
    expected, failed = local(inputs, tmp_path / "local.parquet")
    found = pads.dataset(written).to_table().to_pylist()
    assert [row for row in found if row["error"] is None] == expected
    assert {row["id"] for row in found if row["error"] is not None} == failed
    assert len(failed) == 8
    assert len(expected) == 40 + 1 + 36 + 1


def test_the_ray_engine_gives_the_rows_of_the_local_one(inputs: Path, tmp_path: Path) -> None:
    needs("ray")
    result = subprocess.run(
        [sys.executable, "-m", "cleaner", "clean", inputs, "-o", tmp_path / "out",
         "--engine", "ray"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.endswith("86 documents: 78 cleaned, 8 failed (column `error`)\n")
    compare(inputs, tmp_path / "out", tmp_path)


TWO_WORKERS = """
import sys, threading, time
from pathlib import Path
import ray
from ray.cluster_utils import Cluster
from cleaner.connect.ray import clean_dataset

source, target = sys.argv[1:]
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
workers = [cluster.add_node(num_cpus=1) for _ in range(2)]
ray.init(address=cluster.address, log_to_driver=False)
outcomes = []
thread = threading.Thread(target=lambda: outcomes.append(clean_dataset([source], target)))
thread.start()
while len(list(Path(target).glob("*.parquet"))) < 2:
    assert thread.is_alive()
    time.sleep(0.02)
cluster.remove_node(workers[1], allow_graceful=False)
assert thread.is_alive(), "it was over before the worker was killed"
thread.join()
alive = [node for node in ray.nodes() if node["Alive"]]
print("done:", len(alive), outcomes[0].documents, outcomes[0].failed)
ray.shutdown()
cluster.shutdown()
"""


def test_a_worker_of_a_ray_cluster_that_is_killed_costs_no_row(
    inputs: Path, tmp_path: Path
) -> None:
    needs("ray")
    script = tmp_path / "two_workers.py"
    script.write_text(TWO_WORKERS)
    output = run(script, inputs, tmp_path / "out", RAY_health_check_period_ms="500")
    assert "done: 2 86 8\n" in output  # the head and one of the two workers are left
    compare(inputs, tmp_path / "out", tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--resume", "-o", "out"], "--resume and --engine ray do not go together"),
        (["-o", "out.parquet"], "add -o FOLDER"),
        ([], "add -o FOLDER"),
        (["--schema", "schema.org", "-o", "out"], "do not go with --engine ray"),
    ],
)
def test_what_ray_does_not_do(arguments: list[str], message: str, tmp_path: Path) -> None:
    command = ["clean", str(tmp_path), "--engine", "ray", *arguments]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert message in result.stderr


def test_ray_with_nothing_to_read_or_no_place_to_write(tmp_path: Path) -> None:
    needs("ray")
    from cleaner.connect.ray import clean_dataset

    (tmp_path / "in").mkdir()
    with pytest.raises(cleaner.InputError, match="nothing to read"):
        clean_dataset([str(tmp_path / "in")], str(tmp_path / "out"))
    with pytest.raises(cleaner.InputError, match="no: No such file"):
        clean_dataset([str(tmp_path / "no")], str(tmp_path / "out"))
    (tmp_path / "in" / "a.txt").write_text("A line")
    with pytest.raises(cleaner.OutputError, match="exists and is not empty"):
        clean_dataset([str(tmp_path / "in")], str(tmp_path / "in"))


# --- Spark ---------------------------------------------------------------------------------------


def test_the_spark_example(documents: Path, tmp_path: Path) -> None:
    needs("pyspark", "pandas")
    if shutil.which("java") is None:
        pytest.skip("needs Java: apt-get install default-jre-headless")
    options = {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": "--master local[2] pyspark-shell",
    }
    run(EXAMPLES / "spark_table.py", documents, tmp_path / "out", **options)
    check(pads.dataset(tmp_path / "out", exclude_invalid_files=True).to_table())


# --- datatrove -----------------------------------------------------------------------------------


def warc(path: Path, *pages: bytes) -> None:
    with gzip.open(path, "wb") as file:
        for url, page in zip(URLS, pages, strict=False):
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
                f"WARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:uuid:{url}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            file.write(head.encode() + body + b"\r\n\r\n")


def test_the_datatrove_example(tmp_path: Path) -> None:
    needs("datatrove", "warcio", "magic", "cchardet")
    (tmp_path / "in").mkdir()
    warc(tmp_path / "in" / "a.warc.gz", *PAGES[:4])
    run(EXAMPLES / "datatrove_warc.py", tmp_path / "in", tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    assert [document["text"] for document in found] == [article.body for article in EXPECTED[:4]]
    for document, article in zip(found, EXPECTED, strict=False):
        metadata = document["metadata"]
        assert metadata["headline"] == article.headline
        assert metadata["date"] == article.date
        assert metadata["url"] == article.url
        assert metadata["crawl_date"] == "2024-05-06T07:08:09Z"
        assert sum(metadata["reasons"].values()) == len(article.removed)


def test_the_datatrove_step_loses_nothing() -> None:
    needs("datatrove")
    from datatrove.data import Document

    from cleaner.connect.datatrove import Cleaner

    texts = ["", "\x00\x01\x02" * 1000, PAGES[0].decode()]
    found = list(
        Cleaner(explain=True).run([Document(text, str(i)) for i, text in enumerate(texts)])
    )
    assert [document.id for document in found] == ["0", "1", "2"]
    assert found[0].metadata["error"].startswith("EmptyInput")
    assert found[2].text == EXPECTED[0].body
    assert found[2].metadata["removed"] == EXPECTED[0].to_dict(explain=True)["removed"]


# --- tables --------------------------------------------------------------------------------------


def test_the_example_of_tables(documents: Path, tmp_path: Path) -> None:
    needs("pandas", "polars", "datasets")
    output = run(EXAMPLES / "tables.py", documents, HF_HOME=str(tmp_path), HF_HUB_OFFLINE="1")
    headlines = [article.headline for article in EXPECTED] + [None]
    for line in output.splitlines():
        name, _, found = line.partition(" ")
        assert eval(found) == headlines, name
    assert [line.split()[0] for line in output.splitlines()] == ["pandas", "polars", "datasets"]


# --- without the extras --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "missing", "extra"),
    [
        ("ray", "ray", "ray"),
        ("spark", "pyspark", "spark"),
        ("datatrove", "datatrove", "datatrove"),
        ("arrow", "pyarrow", "arrow"),
        ("ray", "pyarrow", "ray"),
        ("spark", "pyarrow", "spark"),
    ],
)
def test_what_to_install_is_said_in_one_line(module: str, missing: str, extra: str) -> None:
    script = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from cleaner import CleanerError\n"
        f"try:\n    import cleaner.connect.{module}\n"
        "except CleanerError as error:\n    print(error)"
    )
    assert run("-c", script).endswith(f"pip install 'news-cleaner[{extra}]'\n")


@pytest.mark.parametrize(("missing", "there"), [("pyarrow", False), ("no_such_module", True)])
def test_all_names_are_there_without_the_extras(missing: str, there: bool) -> None:
    script = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from cleaner import *\n"
        "print(clean.__name__, 'clean_batch' in globals())"
    )
    assert run("-c", script) == f"clean {there}\n"


def test_ray_from_the_command_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['ray'] = None\n"
        "from cleaner.cli import main\n"
        f"main(['clean', {str(tmp_path)!r}, '-o', {str(tmp_path / 'out')!r}, '--engine', 'ray'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert result.stderr == "Error: this needs Ray: pip install 'news-cleaner[ray]'\n"
