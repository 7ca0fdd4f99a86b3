"""The rules files that ship with cleaner: every rule against its own examples, in all languages.

All files apply to all pages, so that a counterexample must stay whatever language it is in.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from importlib import resources

import pytest

from cleaner.rules import Line, Rule, Rules, Signal
from cleaner.rules.index import Index
from cleaner.rules.keys import beginning
from cleaner.rules.phrase import Phrase
from cleaner.rules.ruleset import parse

LANGUAGES = set("cs da de en es fi fr it ja ko nl no pl pt ru sv tr uk zh".split())

_DATA = resources.files("cleaner.rules") / "data"
_TEXTS = {
    file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
    for file in sorted(_DATA.iterdir(), key=lambda entry: entry.name)
    if file.name.endswith(".toml")
}
FILES = {name: parse(text, f"{name}.toml") for name, text in _TEXTS.items()}
RULES = [(name, rule) for name, (rules, _) in FILES.items() for rule in rules]
SIGNALS = [(name, signal) for name, (_, signals) in FILES.items() for signal in signals]
ALL = Rules([rule for _, rule in RULES], [signal for _, signal in SIGNALS])
NAMED = [
    *((f"{name}/{rule.id}", rule) for name, rule in RULES),
    *((f"{name}/{signal.name}", signal) for name, signal in SIGNALS),
]


def lines_of(kind: str, field: str) -> list[object]:
    """Return one case for each example (or counterexample) of each rule (or signal)."""
    owners: list[tuple[str, Rule | Signal]] = [*(RULES if kind == "rule" else SIGNALS)]
    return [
        pytest.param(owner, text, id=f"{name}/{_label(owner)}/{number}")
        for name, owner in owners
        for number, text in enumerate(getattr(owner, field), 1)
    ]


def _label(owner: Rule | Signal) -> str:
    return owner.id if isinstance(owner, Rule) else owner.name


def _site(owner: Rule) -> str:
    return owner.sites[0] if owner.sites else ""


# --- what the lines say ------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "text"), lines_of("rule", "examples"))
def test_example_of_a_rule(rule: Rule, text: str) -> None:
    found = ALL.match(Line(text), _site(rule))
    assert found is not None
    assert found.owner.reason is rule.reason, found.owner.id


@pytest.mark.parametrize(("rule", "text"), lines_of("rule", "examples"))
def test_example_of_a_rule_by_itself(rule: Rule, text: str) -> None:
    """Another rule may be asked first, but the rule would do without it."""
    assert Rules([rule]).match(Line(text), _site(rule)) is not None


@pytest.mark.parametrize(("rule", "text"), lines_of("rule", "counterexamples"))
def test_counterexample_of_a_rule(rule: Rule, text: str) -> None:
    found = ALL.match(Line(text), _site(rule))
    assert found is None, (found.owner.id, found.wording)


@pytest.mark.parametrize(("signal", "text"), lines_of("signal", "examples"))
def test_example_of_a_signal(signal: Signal, text: str) -> None:
    assert Rules((), [signal]).signal(signal.name, Line(text)) is not None
    assert ALL.signal(signal.name, Line(text)) is not None


@pytest.mark.parametrize(("signal", "text"), lines_of("signal", "counterexamples"))
def test_counterexample_of_a_signal(signal: Signal, text: str) -> None:
    found = ALL.signal(signal.name, Line(text))
    assert found is None, found.wording


# --- what the files hold -----------------------------------------------------------------------


def test_languages() -> None:
    assert set(FILES) >= LANGUAGES


@pytest.mark.parametrize("name", FILES)
def test_file_says_its_language(name: str) -> None:
    assert f'\nlanguage = "{name}"\n' in "\n" + _TEXTS[name]


@pytest.mark.parametrize("owner", [pytest.param(owner, id=name) for name, owner in NAMED])
def test_has_examples_and_counterexamples(owner: Rule | Signal) -> None:
    for lines in (owner.examples, owner.counterexamples):
        assert lines
        assert len(set(lines)) == len(lines)


def test_ids_are_unique() -> None:
    counted = Counter(rule.id for _, rule in RULES)
    assert not [name for name, times in counted.items() if times > 1]


@pytest.mark.parametrize("name", FILES)
def test_signal_names(name: str) -> None:
    """Each file defines the signals of the English one, and no other."""
    names = {signal.name for signal in FILES[name][1]}
    assert names == {signal.name for signal in FILES["en"][1]}


@pytest.mark.parametrize("name", FILES)
def test_reasons(name: str) -> None:
    """Each file covers the reasons of the English one; it may have more."""
    reasons = {rule.reason for rule in FILES[name][0]}
    assert reasons >= {rule.reason for rule in FILES["en"][0]}


def test_no_look_up_hides_what_a_pattern_matches() -> None:
    lines = [Line(text) for _, owner in NAMED for text in (*owner.examples, *owner.counterexamples)]
    phrases = [Phrase(text) for _, owner in NAMED for text in owner.phrases]
    by_pattern = [phrase for phrase in phrases if phrase.keys.firsts]
    matches = 0
    for phrase in by_pattern:
        for line in lines:
            if phrase.pattern.match(line.folded, line.start) is not None:
                matches += 1
                assert line.first in phrase.keys.firsts, (phrase.text, line.text)
                second = beginning(line.folded, line.start)[1]
                fitting = phrase.keys.firsts[line.first].split() or [second]
                assert second in fitting, (phrase.text, line.text)
                assert phrase.may_match(line.folded), (phrase.text, line.text)
    assert matches > len(by_pattern)


_ESCAPED = re.compile(r"\\(.)")
_BRACKETS = re.compile(r"([(\[])([^()\[\]]*)[)\]]")
_SPACE_BEFORE_MARK = re.compile(r" (?=[.,;:?!)\]](?: |\Z))|(?<=[(\[]) ")
_ASIDE = 0xE000  # where escaped characters wait until what is not escaped has been read


def typeset(phrase: str, choose: random.Random) -> str:
    """One of the lines that a phrase stands for, as a page has it: no space in front of a mark."""

    def chosen(brackets: re.Match[str]) -> str:
        options = brackets[2].split("|")
        return choose.choice([*options, ""] if brackets[1] == "[" else options)

    text = _ESCAPED.sub(lambda escape: chr(_ASIDE + ord(escape[1])), phrase)
    while _BRACKETS.search(text) is not None:
        text = _BRACKETS.sub(chosen, text)
    text = text.replace("#", "3").replace("…", " so and so ")
    text = "".join(chr(ord(c) - _ASIDE) if _ASIDE <= ord(c) < _ASIDE + 128 else c for c in text)
    return _SPACE_BEFORE_MARK.sub("", " ".join(text.split()))


@pytest.mark.parametrize("name", FILES)
def test_every_phrase_matches_what_it_stands_for(name: str) -> None:
    owners: list[Rule | Signal] = [*FILES[name][0], *FILES[name][1]]
    choose = random.Random(0)
    for phrase in {phrase for owner in owners for phrase in owner.phrases}:
        index: Index[str] = Index()
        index.add(Phrase(phrase), phrase)
        lines = [typeset(phrase, choose) for _ in range(12)]
        assert any(index.find(Line(line)) for line in lines), (phrase, lines[0])


def test_a_line_hints_at_every_signal_that_it_carries() -> None:
    names = {signal.name for _, signal in SIGNALS}
    carried = 0
    for _, owner in NAMED:
        for line in map(Line, (*owner.examples, *owner.counterexamples)):
            carries = {name for name in names if ALL.signal(name, line) is not None}
            carried += len(carries)
            assert carries <= ALL.signals_hinted(line), line.text
    assert carried > len(SIGNALS)
    assert not ALL.signals_hinted(Line("The council met on Monday to talk about the bridge"))
