"""Many documents from a program: in order, lazily, and poison costs itself alone."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
import time
from collections import deque
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import MagicMock

import pytest
from poison import poisonous  # noqa: F401  (a fixture)

import cleaner
from cleaner import BinaryInput, CleanerError, DocumentError, InputError
from cleaner.batch import pool
from cleaner.records import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DUMP = "date 2020-01-08 A headline of the day\n\nThe bridge {} was closed on Monday, she said.\n"
PAGE = "<!DOCTYPE html><html><head><title>A page</title></head><body><p>Text.</p></body></html>"


def dumps(count: int) -> list[str]:
    return [DUMP.format(i) for i in range(count)]


def test_articles_come_in_order() -> None:
    documents = dumps(300)
    assert list(cleaner.clean_many(documents, jobs=2)) == [cleaner.clean(d) for d in documents]


def test_documents_are_bytes_text_or_records() -> None:
    record = {"html": PAGE, "url": "https://a.example/", "captured": dt.date(2024, 5, 6)}
    documents = [DUMP.encode(), DUMP, record, {"seite": PAGE}, b""]
    results = list(cleaner.clean_many(documents, jobs=1, fields=Fields(html="seite")))
    assert results[:2] == [cleaner.clean(DUMP)] * 2
    assert isinstance(results[2], InputError)  # it has no such field
    assert results[3:] == [cleaner.clean(PAGE, kind="html"), cleaner.clean(b"")]
    (result,) = cleaner.clean_many([record], jobs=1)
    assert result == cleaner.clean(PAGE, "https://a.example/", "html", captured=dt.date(2024, 5, 6))


def test_errors_are_values() -> None:
    documents = [DUMP, b"\x89PNG\r\n\x1a\n\x00", 5, {}, DUMP]
    results = list(cleaner.clean_many(documents, jobs=1))  # type: ignore[arg-type]
    assert [type(result) for result in results] == [
        cleaner.Article, BinaryInput, InputError, InputError, cleaner.Article,
    ]  # fmt: skip
    assert str(results[2]) == "int: no bytes, text or mapping"


def test_no_documents_need_no_process() -> None:
    assert list(cleaner.clean_many([])) == []


def test_own_rules_reach_the_workers() -> None:
    from cleaner.rules.ruleset import Rule

    rule = Rule("mine", cleaner.Reason.LEGAL, ("the bridge …",))
    rules = cleaner.Rules([rule])
    (result,) = cleaner.clean_many([DUMP], jobs=1, rules=rules)
    assert result == cleaner.clean(DUMP, rules=rules)


def test_documents_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for i in itertools.count():
            taken += 1
            yield DUMP.format(i)

    results = cleaner.clean_many(endless(), jobs=1)
    assert taken == 0
    assert next(results) == cleaner.clean(DUMP.format(0))
    list(itertools.islice(results, 50))
    assert taken < 2000
    results.close()  # type: ignore[attr-defined]


def test_a_slow_source_does_not_hold_up_results() -> None:
    taken: list[str] = []
    results: list[object] = []

    def slow() -> Iterator[str]:
        while not results and len(taken) < 5000:
            taken.append(DUMP)
            yield DUMP
            time.sleep(0.02)

    for result in cleaner.clean_many(slow(), jobs=1):
        results.append(result)  # noqa: PERF402  (`slow` looks at it in between)
    assert len(results) == len(taken) < 5000


@pytest.mark.parametrize("count", [0, 2, 40])
def test_a_source_that_breaks_costs_nothing_that_came_before(count: int) -> None:
    def broken() -> Iterator[str]:
        yield from dumps(count)
        raise RuntimeError("the source broke")

    results = cleaner.clean_many(broken(), jobs=1)
    assert list(itertools.islice(results, count)) == [cleaner.clean(d) for d in dumps(count)]
    with pytest.raises(RuntimeError, match="the source broke"):
        next(results)


def test_a_process_that_may_have_no_children_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of multiprocessing.Pool."""
    daemon = SimpleNamespace(daemon=True)
    monkeypatch.setattr("cleaner.batch.pool.current_process", lambda: daemon)
    with pytest.raises(CleanerError, match=r"cannot be started from a process of multiproc"):
        list(cleaner.clean_many([DUMP], jobs=1))


@pytest.mark.parametrize("memory", [1 << 62, 10**30])
def test_more_memory_than_there_can_be_is_no_limit(memory: int) -> None:
    assert list(cleaner.clean_many([DUMP], jobs=1, max_memory=memory)) == [cleaner.clean(DUMP)]


@pytest.mark.parametrize(
    ("worked", "waited", "overdue"),
    [
        (50.0, 1.0, False),
        (50.0, 3600.0, False),  # Ctrl-Z, and back after an hour
        (59.5, 0.5, True),
        (59.0, 1.9, True),  # a busy machine is not a stopped one
    ],
)
def test_time_in_which_all_was_stopped_does_not_count(
    monkeypatch: pytest.MonkeyPatch, worked: float, waited: float, overdue: bool
) -> None:
    clock = [worked]

    def wait(_pipes: object, _timeout: float) -> list[object]:
        clock[0] += waited
        return []

    monkeypatch.setattr(pool, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(pool, "connection", SimpleNamespace(wait=wait))
    process, pipe = MagicMock(), MagicMock(poll=lambda: False)
    worker = pool._Worker(process, pipe, since=0.0, ready=True, pending=deque([(7, None)]))
    workers = pool.Pool[None](list, (), 1, pool.Limits(timeout=60.0))
    workers._workers.append(worker)
    workers._wait([], hungry=False)
    assert list(workers._results) == ([7] if overdue else [])
    assert process.kill.called == overdue


@pytest.mark.usefixtures("poisonous")
@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("LOOP", "TimedOut: took longer than 3 s"),
        ("CRASH", "WorkerDied: killed its worker process (SIGSEGV), twice"),
        ("EXIT", "WorkerDied: ended its worker process (exit code 3), twice"),
        ("MEMORY", "OutOfMemory: needs more than 300 MB"),
        ("MISTAKE", "RecursionError: RecursionError: too deep (please report this)"),
    ],
)
def test_poison_costs_itself_alone(word: str, message: str) -> None:
    documents = dumps(60)
    documents[20] += f"\nPOISON-{word}\n"
    documents[21] += f"\nPOISON-{word}\n"
    results = list(cleaner.clean_many(documents, jobs=2, timeout=3, max_memory=300 << 20))
    assert [i for i, result in enumerate(results) if isinstance(result, CleanerError)] == [20, 21]
    for result in results[20:22]:
        assert type(result) is DocumentError
        assert str(result) == message
    expected = [cleaner.clean(document) for document in documents]
    assert results[:20] + results[22:] == expected[:20] + expected[22:]


@pytest.mark.usefixtures("poisonous")
def test_a_limit_of_the_system_on_memory_costs_one_document() -> None:
    """As `ulimit -v` sets it; nothing is known of it here."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    documents = dumps(5)
    documents[2] += "\nPOISON-MEMORY\n"
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, before[1]))  # inherited by the workers
    try:
        results = list(cleaner.clean_many(documents, jobs=1))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert type(results[2]) is DocumentError
    assert str(results[2]) == "OutOfMemory: needs more memory than there is"
    assert results[:2] + results[3:] == [cleaner.clean(d) for d in documents[:2] + documents[3:]]


@pytest.mark.usefixtures("poisonous")
def test_many_slow_documents_are_no_timeout() -> None:
    """What is sent in company is timed alone."""
    documents = [document + "\nPOISON-SLEEP\n" for document in dumps(12)]
    results = list(cleaner.clean_many(documents, jobs=1, timeout=2))
    assert all(isinstance(result, cleaner.Article) for result in results)


@pytest.mark.parametrize("jobs", [0, -1])
def test_jobs_that_make_no_sense(jobs: int) -> None:
    with pytest.raises(ValueError, match="jobs"):
        cleaner.clean_many([], jobs=jobs)


def test_a_script_without_a_guard_is_told(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import cleaner\nprint(list(cleaner.clean_many(['x'], jobs=1)))\n")
    result = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, timeout=120
    )
    assert result.returncode == 1
    assert "worker processes do not start" in result.stderr.splitlines()[-1]
    assert "needs its `if __name__ == '__main__':`" in result.stderr.splitlines()[-1]
