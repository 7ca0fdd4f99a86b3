"""The benchmarks' own parts: loaders of corpora, metrics, pictures, and the whole command."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from pages import PARAGRAPHS, TITLE, meta, page

from benchmarks.corpora import Case, CorpusError, load
from benchmarks.metrics import Prediction, figures, judge
from benchmarks.pictures import against_time, differences

if TYPE_CHECKING:
    from pathlib import Path

BODY = "\n\n".join(PARAGRAPHS)
PAGE = page(
    title=TITLE, front=f"<h1>{TITLE}</h1>", head=meta("article:published_time", "2020-01-07")
).encode()


def write(path: Path, data: bytes | str | object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    else:
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")


GOLD = {
    "id": "a",
    "headline": TITLE,
    "date": "2020-01-07",
    "body": BODY,
    "url": "https://a.example/x",
}


def own(folder: Path) -> None:
    write(folder / "gold.jsonl", json.dumps(GOLD) + "\n")
    write(folder / "pages" / "a.html.gz", PAGE)


def aeb(folder: Path) -> None:
    gold = {"a": {"articleBody": BODY, "url": "https://a.example/x"}}
    write(folder / "ground-truth.json", gold)
    write(folder / "html" / "a.html.gz", PAGE)


def wcxb(folder: Path) -> None:
    truth = {"title": TITLE, "publish_date": "2020-01-07", "main_content": BODY}
    row = {"file_id": "a", "url": "https://a.example/x", "ground_truth": truth}
    write(folder / "metadata.json", {"name": "wcxb"})
    write(folder / "dev" / "ground-truth" / "a.json", row)
    write(folder / "dev" / "html" / "a.html", PAGE)


def fundus(folder: Path) -> None:
    section = {"headline": [], "paragraphs": PARAGRAPHS}
    truth = {"title": TITLE, "publishing_date": "2020-01-07 10:00:00+01:00",
             "body": {"summary": ["Not the body."], "sections": [section]}}  # fmt: skip
    write(folder / "de" / "TheBanner.json", {"V1": truth})
    write(folder / "de" / "TheBanner_2020_01_08.html.gz", PAGE)
    name = "TheBanner_2020_01_08.html.gz"
    write(folder / "de" / "meta.info", {name: {"url": "https://a.example/x"}})


def htmldate(folder: Path) -> None:
    rows = {"https://a.example/x": {"file": "a.html", "date": "2020-01-07"}}
    write(folder / "tests" / "eval_small.json", rows)
    write(folder / "tests" / "eval" / "a.html", PAGE)


@pytest.mark.parametrize("form", [own, aeb, wcxb, fundus, htmldate], ids=lambda f: f.__name__)
def test_every_form_of_corpus_is_read(form: Any, tmp_path: Path) -> None:
    form(tmp_path)
    (case,) = load(tmp_path)
    assert case.data == PAGE
    assert case.url == "https://a.example/x"
    if form is not htmldate:
        assert case.body is not None
        assert case.body.split() == BODY.split()
    if form is not aeb:
        assert case.date == "2020-01-07"
    if form in (own, wcxb, fundus):
        assert case.headline == TITLE


def test_dumps_are_read_by_kind(tmp_path: Path) -> None:
    rows = [{**GOLD, "id": kind, "kind": kind, "text": f"{TITLE}\n\n{BODY}"} for kind in ("x", "y")]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    write(tmp_path / "dumps.jsonl.gz", lines.encode())
    cases = load(tmp_path)
    assert [case.kind for case in cases] == ["x", "y"]
    assert all(case.is_dump for case in cases)


def test_a_folder_without_a_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=str(tmp_path)):
        load(tmp_path)
    write(tmp_path / "gold.jsonl", '{"id": "a"}\n{broken')
    with pytest.raises(CorpusError, match=str(tmp_path)):
        load(tmp_path)


def case(**fields: Any) -> Case:
    return Case("a", b"", **{"headline": TITLE, "date": "2020-01-07", "body": BODY, **fields})


def test_a_perfect_prediction() -> None:
    result = judge(case(), Prediction(TITLE.upper(), "2020-01-07T10:00:00+01:00", BODY))
    assert (result.precision, result.recall, result.exact, result.words) == (1, 1, True, 1)
    assert result.headline
    assert result.day
    assert result.f1 == 1


def test_half_of_the_body_and_nothing_else() -> None:
    result = judge(case(), Prediction(body="\n".join(PARAGRAPHS[:2])))
    assert result.precision == 1
    assert result.recall == pytest.approx(0.5, abs=0.1)
    assert not result.exact
    assert result.headline is False
    assert result.day is False


def test_nothing_at_all_and_what_the_gold_does_not_say() -> None:
    result = judge(case(headline=None, date=None), Prediction())
    assert (result.precision, result.recall, result.f1) == (None, 0, 0)
    assert result.headline is None
    assert result.day is None
    assert judge(case(body=None), Prediction(body=BODY)).recall is None


def test_optional_text_counts_neither_way() -> None:
    more = "A line that an editor might keep or drop, as they see fit on the day."
    prediction = Prediction(body=f"{BODY}\n\n{more}")
    strict, lenient = judge(case(), prediction), judge(case(optional=more), prediction)
    assert (strict.precision or 0) < (lenient.precision or 0)


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    pages = [judge(case(), Prediction(body="\n".join(PARAGRAPHS[: i % 5]))) for i in range(40)]
    first = figures(pages, seed=1)
    assert first == figures(pages, seed=1)
    for figure in first.values():
        assert figure.low <= figure.value <= figure.high
    assert first["recall"].low < first["recall"].high
    assert figures(pages[-1:])["recall"].low == pages[-1].recall


def test_the_command_measures_and_draws(tmp_path: Path, root: Path) -> None:
    own(tmp_path / "corpus")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--corpus", "corpus", "--peers",
         "trafilatura", "--here", "--json", "r.json", "--pictures", "."],
        capture_output=True, text=True, check=True, cwd=tmp_path, timeout=120,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert "corpus: 1 documents" in done.stdout
    data = json.loads((tmp_path / "r.json").read_text())
    assert data["environment"]["seed"] == 0
    assert "trafilatura" in data["environment"]["versions"]
    ours = data["corpora"][0]["extractors"]["cleaner"]
    assert ours["figures"]["f1"]["value"] == 1
    assert ours["errors"] == 0
    assert data["memory"]["cleaner"] > 10_000_000
    for name in ("corpus-time.svg", "corpus-pages.svg"):
        assert ElementTree.parse(tmp_path / name).getroot().tag.endswith("svg")


def test_an_unknown_peer_is_refused(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--corpus", str(tmp_path), "--peers", "nobody"],
        capture_output=True, text=True, check=False, cwd=root, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "unknown peer 'nobody'" in done.stderr


def test_pictures_of_little_are_drawn_all_the_same() -> None:
    found: dict[str, Any] = {"corpus": "<none>", "pages": 0, "extractors": {}}
    for draw in (against_time, differences):
        assert ElementTree.fromstring(draw(found)).tag.endswith("svg")
