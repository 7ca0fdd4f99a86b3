"""Catalogues of the rules that ship: what they say is what the files say, or they are not heard."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.rules import Line, builtin
from cleaner.rules.catalogue import build_catalogue, read_shipped
from cleaner.rules.phrase import Phrase

if TYPE_CHECKING:
    from cleaner.rules.phrase import Keys

ROOT = Path(__file__).parents[1]
DATA = Path(str(resources.files("cleaner.rules") / "data"))
CODES = sorted(file.stem for file in DATA.glob("*.toml"))
RULE = """
[[rule]]
id = "hello"
reason = "promo"
phrases = ["(hello|good day) there", "hello # …", "… and good night"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "xx.toml").write_text(RULE, encoding="utf-8")
    build_catalogue(tmp_path / "xx.toml", tmp_path)
    return tmp_path


def plain(keys: Keys) -> tuple[object, object, object]:
    forms, firsts, lasts = keys
    return (
        None if forms is None else sorted(forms),
        dict(firsts),
        sorted(lasts),
    )


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_says_what_its_file_says(code: str, tmp_path: Path) -> None:
    (tmp_path / f"{code}.toml").write_bytes((DATA / f"{code}.toml").read_bytes())
    tables, phrases = read_shipped(tmp_path, code)
    assert phrases == {}
    build_catalogue(tmp_path / f"{code}.toml", tmp_path)
    known_tables, known = read_shipped(tmp_path, code)
    assert known_tables == tables
    texts = {
        text
        for kind in tables.values()
        if isinstance(kind, list)
        for t in kind
        for text in t["phrases"]
    }
    assert len(texts) > 100
    assert set(known) == texts
    assert {text: plain(phrase.keys) for text, phrase in known.items()} == {
        text: plain(Phrase(text).keys) for text in texts
    }


@pytest.mark.parametrize("line", ["Good day there", "Hello 12 friends", "One and good night"])
def test_known_phrases_match(folder: Path, line: str) -> None:
    from cleaner.rules import Rule, Rules

    tables, known = read_shipped(folder, "xx")
    assert len(known) == 3
    rule = Rule("hello", tables["rule"][0]["reason"], tuple(known))
    assert Rules([rule], checked=True, known=known).match(Line(line)) is not None
    assert Rules([rule], checked=True, known=known).match(Line("Hello friends")) is None


def test_a_file_that_changed_is_read_itself(folder: Path) -> None:
    changed = RULE.replace("good day", "good bye")
    assert len(changed) == len(RULE)
    (folder / "xx.toml").write_text(changed, encoding="utf-8")
    tables, known = read_shipped(folder, "xx")
    assert known == {}
    assert tables["rule"][0]["phrases"][0] == "(hello|good bye) there"


@pytest.mark.parametrize("content", ["", "{", "{}", '{"of": [0, 0, 0]}'])
def test_a_broken_or_older_catalogue_is_not_heard(folder: Path, content: str) -> None:
    (folder / "xx.json").write_text(content, encoding="utf-8")
    tables, known = read_shipped(folder, "xx")
    assert known == {}
    assert tables["rule"][0]["id"] == "hello"


def test_a_catalogue_of_another_form_is_not_heard(folder: Path) -> None:
    catalogue = folder / "xx.json"
    content = json.loads(catalogue.read_bytes())
    content["of"][0] += 1
    catalogue.write_text(json.dumps(content), encoding="utf-8")
    assert read_shipped(folder, "xx")[1] == {}


def test_what_was_installed_has_catalogues() -> None:
    if DATA.is_relative_to(ROOT / "cleaner") and not any(DATA.glob("*.json")):
        pytest.skip("run from a checkout that was never built")
    assert sorted(file.stem for file in DATA.glob("*.json")) == CODES


def test_rules_are_the_same_without_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    with_catalogues = builtin.__wrapped__()
    monkeypatch.setattr("cleaner.rules.catalogue._FORMAT", -1)
    without = builtin.__wrapped__()
    assert without.rules == with_catalogues.rules
    assert without.signals == with_catalogues.signals
    assert without.inline == with_catalogues.inline


def test_to_build_needs_nothing_but_python() -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import cleaner.rules.catalogue as c;"
        " print(c.build_catalogue.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "build_catalogue"
