"""Same input, same output: no clock, no network, no state, no order, nothing printed."""

from __future__ import annotations

import datetime
import json
import locale
import os
import random
import socket
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import cleaner

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
PROSE = "".join(
    f"<p>The bridge over the {river} was closed on Monday after engineers found cracks in two of"
    " its pillars, and nobody could say when it would be open to traffic again.</p>"
    for river in ("Elbe", "Oder", "Rhine", "Danube", "Seine")
)
DOCUMENTS.append(
    "<!DOCTYPE html><html lang='en'><head><title>A bridge – The Banner</title>"
    "<meta property='og:site_name' content='The Banner'></head><body>"
    "<nav><a href='/'>Home</a></nav>"
    f"<h1>A bridge</h1><time datetime='2020-01-08'>4 days ago</time>{PROSE}"
    "<p>Advertisement</p><footer>© 2020</footer></body></html>".encode()
)
# Their rules are loaded when the first document comes that needs them.
LANGUAGES = [
    *DOCUMENTS[:2],
    *(
        f"{prose}\n\n{noise}\n\n{prose}".encode()
        for prose, noise in (
            ("Мост через реку был закрыт в понедельник, и никто не знает, когда он будет открыт.",
             "Продолжение после рекламы"),
            ("Most na rzece został zamknięty w poniedziałek, i nikt nie wie, kiedy się go otworzy.",
             "Dalsza część artykułu pod materiałem wideo"),
            ("엔지니어들이 기둥에서 균열을 발견한 후 강을 가로지르는 다리는 월요일에 폐쇄되었다.",
             "기사는 광고 아래에 계속됩니다"),
            ("Nehrin üzerindeki köprü pazartesi günü kapatıldı, ne zaman açılacağı belli değil.",
             "Haberin devamı reklamdan sonra"),
        )
    ),
]  # fmt: skip


def clean(document: bytes) -> str:
    return cleaner.clean(document).to_json(explain=True)


EXPECTED = [clean(document) for document in DOCUMENTS]


def test_twice_gives_the_same() -> None:
    assert [clean(document) for document in DOCUMENTS] == EXPECTED


def test_what_came_before_does_not_matter() -> None:
    order = list(range(len(DOCUMENTS)))
    for seed in range(3):
        random.Random(seed).shuffle(order)
        assert [clean(DOCUMENTS[i]) for i in order] == [EXPECTED[i] for i in order]


# Each thread begins with another document, in a process in which nothing is remembered yet.
THREADS = """
import json, sys, threading
import cleaner
sys.setswitchinterval(1e-5)
documents = [bytes.fromhex(line) for line in sys.stdin.read().split()]
count = 8
barrier = threading.Barrier(count)
found = [None] * count

def work(number):
    order = [(number + i) % len(documents) for i in range(len(documents))]
    barrier.wait()
    made = {i: cleaner.clean(documents[i]).to_json(explain=True) for i in order}
    found[number] = [made[i] for i in range(len(documents))]

threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
json.dump(found, sys.stdout)
"""


def fresh(script: str, documents: list[bytes], **environment: str) -> Any:
    """What a process of its own makes of the documents."""
    result = subprocess.run(
        [sys.executable, "-c", script],
        input="\n".join(document.hex() for document in documents),
        env={**os.environ, **environment},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert result.stderr == ""
    return json.loads(result.stdout)


@pytest.mark.parametrize("run", range(5))
def test_threads_do_not_disturb_each_other(run: int) -> None:
    """Those that come first build what the others share: rules, models, tables."""
    expected = [clean(document) for document in LANGUAGES]
    assert all('"ad-marker"' in article for article in expected[2:])
    assert fresh(THREADS, LANGUAGES) == [expected] * 8


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_give_the_same(method: str) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
        assert list(pool.map(clean, DOCUMENTS)) == EXPECTED


SCRIPT = """
import json, sys, cleaner
documents = [bytes.fromhex(line) for line in sys.stdin.read().split()]
json.dump([cleaner.clean(d).to_json(explain=True) for d in documents], sys.stdout)
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "12345"},
        {"TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=str,
)
def test_the_environment_does_not_matter(environment: dict[str, str]) -> None:
    assert fresh(SCRIPT, DOCUMENTS, **environment) == EXPECTED


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> object:
        raise AssertionError("the clock was read")

    class Timeless(datetime.datetime):
        now = utcnow = today = forbidden  # type: ignore[assignment]

    class Dayless(datetime.date):
        today = forbidden  # type: ignore[assignment]

    for module in [m for n, m in sys.modules.items() if n.split(".")[0] in ("cleaner", "datetime")]:
        for name, value in list(vars(module).items()):
            if value is datetime.datetime:
                monkeypatch.setattr(module, name, Timeless)
            elif value is datetime.date:
                monkeypatch.setattr(module, name, Dayless)
    for name in ("time", "time_ns", "localtime", "gmtime"):
        monkeypatch.setattr(time, name, forbidden)
    assert [clean(document) for document in DOCUMENTS] == EXPECTED


def test_no_network_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> object:
        raise AssertionError("the network was touched")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, forbidden)
    assert [clean(document) for document in DOCUMENTS] == EXPECTED
    entity = (
        b"<!DOCTYPE html SYSTEM 'http://127.0.0.1:9/x.dtd'><html><p>&x;</p><img src='http://x/'>"
    )
    assert cleaner.clean(entity, url="http://127.0.0.1:9/").url == "http://127.0.0.1:9/"


def test_no_file_of_the_system_is_read_by_a_page(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Open Sesame")
    page = (
        f"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>"
        f"<html><body><p>It is &x;.</p><iframe src='{secret.as_uri()}'></iframe>{PROSE}</html>"
    )
    assert "Sesame" not in cleaner.clean(page).to_json(explain=True)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    for document in (*DOCUMENTS, b"", b"<html", b"\xff\xfe\xfd", b"<p>&#xfffe;</p>"):
        clean(document)
    assert capfd.readouterr() == ("", "")


def test_the_locale_and_random_numbers_are_left_alone() -> None:
    before = (locale.setlocale(locale.LC_ALL), random.getstate(), os.getcwd(), dict(os.environ))
    for document in DOCUMENTS:
        clean(document)
    assert before == (
        locale.setlocale(locale.LC_ALL), random.getstate(), os.getcwd(), dict(os.environ),
    )  # fmt: skip


def test_what_is_given_is_not_changed() -> None:
    def given() -> list[dict[str, Any]]:
        """Records that could be changed, and pages in them that could."""
        page, dump = DOCUMENTS[-1], DOCUMENTS[0]
        return [
            {"html": bytearray(page), "url": "https://a.example/", "tags": ["x"], "text": None},
            {"html": " ", "text": bytearray(dump), "captured": datetime.date(2020, 1, 9)},
        ]

    records = given()
    articles = list(cleaner.clean_many(records, jobs=1))
    assert [bool(article.body) for article in articles] == [True, True]  # type: ignore[union-attr]
    assert records == given()


IMPORT = """
import sys
before = set(sys.modules)
import cleaner
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def imported(script: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(result.stdout.split())


HEAVY = {
    "trafilatura", "bs4", "lxml", "numpy", "click", "charset_normalizer", "sklearn", "asyncio",
    "multiprocessing", "socket", "urllib.request", "http", "unittest", "pytest",
}  # fmt: skip


def test_importing_is_light() -> None:
    modules = imported(IMPORT)
    assert modules & HEAVY == set()
    assert "cleaner.cli" not in modules
    # Of our own: how many of the standard library are loaded already differs by environment.
    assert len({module for module in modules if module.startswith("cleaner")}) < 70
    assert {module.partition(".")[0] for module in modules} <= sys.stdlib_module_names | {"cleaner"}


def test_a_dump_needs_no_parser() -> None:
    script = IMPORT.replace(
        "import cleaner\n", "import cleaner\ncleaner.clean('A line\\n\\nMore.')\n"
    )
    assert imported(script) & (HEAVY - {"numpy"}) == set()
