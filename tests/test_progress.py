"""What a run says while it goes on."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from cleaner.batch import progress
from cleaner.batch.progress import Bar, Plain, Quiet
from cleaner.batch.tally import Tally

if TYPE_CHECKING:
    import pytest


def test_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock)
    said: list[str] = []
    plain = Plain(said.append)
    for documents in (1, 500, 1000, 1001):
        clock += 6
        plain.update(Tally(documents=documents, failed=3, earlier=100))
    assert said == [
        "500 documents, 3 failed, 33.3/s",
        "1,001 documents, 3 failed, 37.5/s",
    ]


def test_failures_are_said_up_to_a_number() -> None:
    said: list[str] = []
    plain = Plain(said.append, limit=2)
    for i in range(5):
        plain.failed(f"{i}.txt", "empty")
    assert said == ["0.txt: empty", "1.txt: empty", "more failures are in the file of errors alone"]


def test_a_bar_has_number_rate_failures_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    said: list[str] = []
    bar = Bar(said.append, counted=range(8))
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


def test_quiet_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    quiet = Quiet()
    quiet.update(Tally())
    quiet.failed("a.txt", "empty")
    quiet.close()
    assert capfd.readouterr() == ("", "")
