"""`cleaner explain`: the document in its own order, readable with colours and without."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cleaner
from cleaner.batch.sources import find_inputs
from cleaner.cli import main
from cleaner.review.explain import explain
from cleaner.review.trace import Passage, Trace, trace, trace_file, trace_of_record

ROOT = Path(__file__).resolve().parent.parent
INPUTS = [item.path for item in find_inputs([ROOT / "fixtures", ROOT / "seeds"])]
ARTICLE = (
    "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n\n"
    "Advertisement\n\nNobody could say when it would be open to traffic again.\n"
)
PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>A page</title></head><body><h1>A bridge</h1>"
    "<p>The bridge was closed on Monday.</p></body></html>"
)


class Terminal(io.StringIO):
    """A terminal of some encoding."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> Result:
    result = CliRunner().invoke(
        main, ["explain", *(str(a) for a in arguments)], input=stdin, env=environment
    )
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    return monkeypatch


# --- the trace -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_the_trace_tells_of_the_article_that_cleaning_gives(path: Path) -> None:
    """Every kept and every removed block is there, in the order of the article's own lists."""
    found = trace_file(path)
    article = cleaner.clean_file(path).to_dict(explain=True)
    assert found.article == article
    removed = [(p.text, p.reason, p.rule, p.line) for p in found.passages if p.role == "removed"]
    assert removed == [(r["text"], r["reason"], r["rule"], r["line"]) for r in article["removed"]]
    kept = [p.text for p in found.passages if p.role == "body"]
    # Whatever stands between the pieces of a paragraph.
    assert _letters("".join(kept)) == _letters(article["body"])


def _letters(text: str) -> str:
    return re.sub(r" \| |\s", "", text)


def test_a_record_of_a_finished_batch() -> None:
    article = cleaner.clean(ARTICLE).to_dict(explain=True)
    found = trace_of_record(article)
    assert not found.ordered
    assert [(p.role, p.text) for p in found.passages] == [
        *(("body", text) for text in article["body"].split("\n\n")),
        ("removed", "Advertisement"),
    ]


RECORD = cleaner.clean(ARTICLE).to_dict(explain=True)


@pytest.mark.parametrize(
    ("record", "cause"),
    [
        (None, "not a JSON object"),
        ([], "not a JSON object"),
        ({}, "headline, date, body"),
        ({k: v for k, v in RECORD.items() if k != "removed"}, "clean with --explain"),
        ({**RECORD, "body": None}, "no article: body of another kind"),
        ({**RECORD, "headline": 3}, "no article: headline of another kind"),
        ({**RECORD, "site": ["x"]}, "no article: site of another kind"),
        ({**RECORD, "authors": None}, "no article: authors of another kind"),
        ({**RECORD, "authors": [3]}, "lists of text"),
        ({**RECORD, "warnings": "x"}, "no article: warnings of another kind"),
        ({**RECORD, "source": {"date": 3}}, "no article: source is of another kind"),
        ({**RECORD, "removed": [{"text": "x"}]}, "no article: reason, rule, line missing"),
        ({**RECORD, "removed": ["x"]}, "a row of removed"),
        ({**RECORD, "removed": 3}, "no article: removed of another kind"),
        ({**RECORD, "confidence": "high"}, "no article: confidence of another kind"),
        ({**RECORD, "confidence": float("nan")}, "confidence is not from 0 to 1"),
    ],
)
def test_what_is_no_record(record: object, cause: str) -> None:
    with pytest.raises(cleaner.InputError, match=cause):
        trace_of_record(record)


# --- what is shown -------------------------------------------------------------------------------


def test_the_document_in_its_own_order(plain: pytest.MonkeyPatch) -> None:
    text = explain(trace(ARTICLE), "a.txt", io.StringIO())
    confidence = [line for line in text.splitlines() if line.startswith("  confidence")]
    assert re.fullmatch(r"  confidence  0\.\d{3}  ━+─+", *confidence)
    assert [line for line in text.splitlines() if line not in confidence] == [
        "a.txt",
        "",
        "  headline    A headline of the day           from text",
        "  date        2020-01-08                      from dump-header",
        "  language    en",
        "  warnings    low-confidence",
        "  kept        3 of 4 blocks, 90% of the text",
        "  removed     ad-marker 1",
        "",
        "─" * 100,
        "                      headline     1 │ A headline of the day",
        "",
        "                                   3 │ The bridge was closed on Monday, she said.",
        "",
        "            ad-marker ad-label     5 × Advertisement",
        "",
        "                                   7 │ Nobody could say when it would be open to traffic"
        " again.",
        "",
    ]  # fmt: skip


def test_what_is_not_stated_is_said(plain: pytest.MonkeyPatch) -> None:
    text = explain(trace("A line of a dump, he said."), "a.txt", io.StringIO())
    assert "headline    none stated" in text
    assert "date        none stated" in text
    assert "no-headline, no-date" in text


@pytest.mark.parametrize("columns", [10, 40, 69, 70, 99, 100, 200])
def test_it_keeps_to_the_width(plain: pytest.MonkeyPatch, columns: int) -> None:
    plain.setenv("COLUMNS", str(columns))
    found = trace(ARTICLE + "\n" + "x" * 500 + "\n\n橋は月曜日に閉鎖された。" * 20)
    text = explain(found, "a.txt", io.StringIO())
    wide = re.compile(r"[\u3000-\u9fff\uff00-\uff60]")
    assert max(len(line) + len(wide.findall(line)) for line in text.splitlines()) <= columns
    assert re.sub(r"\W", "", text).count("x" * 5) >= 1
    words = re.sub(r"[\s│]", "", text)
    assert "Thebridgewas" in words
    assert "ad-marker" in words


def test_colours_and_strokes_on_a_terminal(plain: pytest.MonkeyPatch) -> None:
    text = explain(trace(ARTICLE), "a.txt", Terminal())
    assert "\x1b[2;9mAdvertisement\x1b[0m" in text
    assert "\x1b[1;31mad-marker\x1b[0m" in text
    assert "The bridge was closed on Monday, she said." in text


def test_no_color_is_honoured(plain: pytest.MonkeyPatch) -> None:
    plain.setenv("NO_COLOR", "1")
    text = explain(trace(ARTICLE), "a.txt", Terminal())
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", text)
    plain.setenv("TERM", "dumb")
    assert "\x1b" not in explain(trace(ARTICLE), "a.txt", Terminal())


def test_nothing_in_a_document_commands_the_terminal(plain: pytest.MonkeyPatch) -> None:
    evil = "x\x1b]0;gotcha\x07\x9b31m\u202ey\u2028[red]z[/red]"
    passages = (Passage(evil, "body"), Passage(evil, "removed", reason=evil, rule=evil))
    article = {**RECORD, "headline": evil, "site": evil, "url": evil, "warnings": [evil]}
    for file in (io.StringIO(), Terminal()):
        text = explain(Trace(article, passages), evil, file)
        rest = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert set(rest) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2028"} == set()
        assert "[red]z" in rest


def test_joiners_of_persian_and_emoji_stay(plain: pytest.MonkeyPatch) -> None:
    assert "می\u200cرود" in explain(trace("او می\u200cرود و می\u200cآید."), "a", io.StringIO())


def test_a_terminal_that_has_no_lines_to_draw(plain: pytest.MonkeyPatch) -> None:
    file = Terminal()
    file.encoding = "ascii"  # type: ignore[misc]
    plain.setenv("TERM", "dumb")
    assert explain(trace(ARTICLE), "a.txt", file).isascii()


# --- the command ---------------------------------------------------------------------------------


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    result = run(tmp_path / "a.txt")
    assert result.exit_code == 0
    assert "ad-marker" in result.stdout
    assert "\x1b" not in result.stdout


def test_standard_input_and_options() -> None:
    result = run("-", "--url", "https://example.com/a", stdin=ARTICLE.encode())
    assert "https://example.com/a" in result.stdout
    assert result.stdout.startswith("standard input\n")
    assert run("-", "--kind", "html", stdin=ARTICLE.encode()).exit_code == 0


def test_json(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    data = json.loads(run(tmp_path / "a.html", "--json").stdout)
    assert data == trace_file(tmp_path / "a.html").to_dict()
    assert data["article"] == cleaner.clean(PAGE).to_dict(explain=True)
    assert {block["role"] for block in data["blocks"]} <= {"headline", "body", "removed"}
    assert {"name": "headline", "value": "A page", "source": "title", "detail": "title"} in data[
        "statements"
    ]


def test_facts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    assert "stated by the document" not in run(tmp_path / "a.html").stdout
    text = run(tmp_path / "a.html", "--facts").stdout
    assert re.search(r"headline +A page +title title", text)


def test_own_rules(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["the bridge was …"]\n')
    assert re.search(r"legal\s+x", run("-", "--rules", own, stdin=ARTICLE.encode()).stdout)
    assert run("-", "--rules", tmp_path / "gone.toml").exit_code == 2


@pytest.mark.parametrize(("data", "cause"), [(b"", "nothing to read"), (bytes(100), "binary")])
def test_what_cannot_be_cleaned(data: bytes, cause: str, tmp_path: Path) -> None:
    result = run("-", stdin=data)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: standard input: ")
    assert cause in result.stderr
    assert run(tmp_path / "gone.txt").exit_code == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_whatever_the_terminal_speaks(encoding: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "cleaner", "explain", "-"],
        input=ARTICLE.replace("Monday", "“Monday” 橋").encode(),
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    shown = "“Monday” 橋".encode(encoding, "backslashreplace")
    assert shown in b" ".join(result.stdout.split())
    assert result.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_said_and_not_thrown() -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "cleaner", "explain", "-"], input=ARTICLE.encode(),
            stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr == b"Error: standard output: No space left on device\n"
