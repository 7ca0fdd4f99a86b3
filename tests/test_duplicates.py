"""Repeated stories: found word for word and nearly so, and other stories left alone."""

from __future__ import annotations

import json
import random
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from inline import Inline
from pages import PARAGRAPHS
from timed import least

from cleaner.batch.duplicates import Duplicates, sketch
from cleaner.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("datasketch")

STORY = "\n\n".join(PARAGRAPHS)
OTHER = (
    "The library on the hill will open again in spring, the council decided on Tuesday. Its roof"
    " had let in rain for years and many of the books in the cellar could not be saved. A club of"
    " readers has collected money for new shelves, and a carpenter from the village makes them."
)
CHINESE = (
    "大桥在星期一被关闭，因为工程师在两根桥墩上发现了裂缝，没有人能说什么时候会重新开放。"
    "市长说，这座城市多年来一直在申请资金来修理它，而每一届政府都承诺过这笔钱。"
    "司机现在必须走穿过山谷的道路，这使上班的路程增加了半个小时。"
    "渡轮将在周末投入使用，但一次最多只能运载二十辆汽车，夜间和大风天气不会航行。"
)


def originals(*bodies: str) -> list[str | None]:
    """The original of each body; their ids are their numbers."""
    index = Duplicates(sqlite3.connect(""))
    return [index.original(n, str(n), sketch(body)) for n, body in enumerate(bodies)]


@pytest.mark.parametrize(
    "repeated",
    [
        STORY,
        STORY.upper(),
        STORY.replace(". ", " – ").replace("\n\n", "\n"),
        STORY + " More was said later.",
        "HAMBURG (Agency) – " + STORY,
        STORY.replace("Monday", "Tuesday"),
    ],
)
def test_a_story_is_known_again(repeated: str) -> None:
    assert originals(STORY, OTHER, repeated) == [None, None, "0"]


@pytest.mark.parametrize("other", [OTHER, PARAGRAPHS[0], "\n\n".join(PARAGRAPHS[:2]) + OTHER, ""])
def test_another_story_is_left_alone(other: str) -> None:
    assert originals(STORY, other) == [None, None]


def test_short_texts_are_repeated_only_word_for_word() -> None:
    assert originals("It rains.", "it rains", "It pours.") == [None, "0", None]


def test_what_has_no_words_repeats_nothing() -> None:
    assert originals("", "", "…", "…") == [None] * 4


def test_languages_without_spaces() -> None:
    assert originals(CHINESE, CHINESE.replace("星期一", "星期二", 1), "天气很好。" * 20) == [
        None, "0", None,
    ]  # fmt: skip


def test_the_first_stands_for_all() -> None:
    assert originals(OTHER, STORY, STORY + " More.", STORY) == [None, None, "1", "1"]


def test_what_is_forgotten_is_new_again() -> None:
    index = Duplicates(sqlite3.connect(""))
    for n, body in enumerate((STORY, OTHER)):
        assert index.original(n, str(n), sketch(body)) is None
    index.forget(1)
    assert index.original(1, "1", sketch(OTHER)) is None
    assert index.original(2, "2", sketch(STORY)) == "0"


def template(count: int) -> list[bytes]:
    """Sketches of stories from one template: all alike, none enough so to be the same."""
    chance = random.Random(1)
    common = [chance.randrange(1 << 32) for _ in range(128)]
    return [
        n.to_bytes(16, "big")
        + b"".join(
            (number if chance.random() < 0.75 else chance.randrange(1 << 32)).to_bytes(4, "little")
            for number in common
        )
        for n in range(count)
    ]


def test_stories_of_one_template_take_time_by_their_number() -> None:
    marks = template(6000)

    def look(count: int) -> list[str | None]:
        index = Duplicates(sqlite3.connect(""))
        return [index.original(n, str(n), mark) for n, mark in enumerate(marks[:count])]

    assert look(500) == [None] * 500
    assert least(lambda: look(6000), 2) < 5 * least(lambda: look(2000), 2)


def test_in_a_crowd_a_story_is_known_again() -> None:
    marks = template(1000)
    index = Duplicates(sqlite3.connect(""))
    for n, mark in enumerate(marks):
        assert index.original(n, str(n), mark) is None
    changed = marks[900][:16] + bytes(4 * 13) + marks[900][16 + 4 * 13 :]  # a tenth of its numbers
    assert index.original(1000, "1000", b"x" * 16 + changed[16:]) == "900"


@pytest.mark.parametrize("output", ["out.jsonl", "out"])
def test_duplicates_are_marked_and_dropped_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.setattr("cleaner.batch.run.Pool", Inline)
    (tmp_path / "in").mkdir()
    for i, body in enumerate((STORY, OTHER, STORY + "\n\nMore was said later.")):
        text = f"date 2020-01-08 A headline of the day\n\n{body}\n"
        (tmp_path / "in" / f"{i}.txt").write_text(text)

    def run(*options: str) -> tuple[dict[str, Any], str]:
        arguments = ["clean", str(tmp_path / "in"), "-o", str(tmp_path / output), *options]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0
        if output == "out":
            paths = (tmp_path / "out").glob("*.json")
            found = {path.name[:-5]: json.loads(path.read_text()) for path in paths}
        else:
            lines = (tmp_path / output).read_text().splitlines()
            found = {article["id"]: article for article in map(json.loads, lines)}
        return {name: found[name]["duplicate_of"] for name in sorted(found)}, result.stderr

    marked, said = run("--dedupe")
    assert marked == {"0.txt": None, "1.txt": None, "2.txt": "0.txt"}
    assert "1 duplicate\n" in said
    kept, said = run("--drop-duplicates")
    assert kept == {"0.txt": None, "1.txt": None}
    assert "1 duplicate (dropped)" in said


def test_what_could_not_be_written_has_no_duplicates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the story would be lost with the first that tells it."""
    monkeypatch.setattr("cleaner.batch.run.Pool", Inline)
    for folder in ("in", "out"):
        (tmp_path / folder).mkdir()
    for name in ("a", "b", "c"):
        text = f"date 2020-01-08 A headline of the day\n\n{STORY}\n"
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    (tmp_path / "out" / "a.txt.json").write_text("precious")
    arguments = ["clean", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--drop-duplicates"]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    found = {path.name for path in (tmp_path / "out").glob("*.json")}
    assert found == {"a.txt.json", "b.txt.json"}


def test_a_worker_has_what_it_needs_before_its_memory_is_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    from cleaner.batch.tasks import Settings, worker

    monkeypatch.delitem(sys.modules, "datasketch")
    worker(Settings())
    assert "datasketch" not in sys.modules
    worker(Settings(sketch=True))
    assert "datasketch" in sys.modules


def test_without_datasketch_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "datasketch", None)
    arguments = ["clean", str(tmp_path), "-o", str(tmp_path / "out"), "--dedupe"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "pip install 'news-cleaner[dedupe]'" in result.stderr
