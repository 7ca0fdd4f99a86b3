"""Rules and signals: what a rule asks of a line beyond its wording, and the files they come in."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pytest

import cleaner
from cleaner import Reason, RulesError
from cleaner.rules import Line, Rule, Rules, Scope, Signal, builtin
from cleaner.rules.ruleset import Rest, parse

if TYPE_CHECKING:
    from pathlib import Path

PROSE = (
    "The bridge was closed on Monday after engineers found cracks in two of its pillars, she said."
)
NOTHING = Rules(())


def rule(*phrases: str, **fields: object) -> Rule:
    return Rule(**{"id": "r", "reason": Reason.RELATED_LINK, "phrases": phrases, **fields})  # type: ignore[arg-type]


def matches(one: Rule, text: str, site: str = "") -> bool:
    return Rules([one]).match(Line(text), site) is not None


# --- what a rule asks of a line ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "text", "expected"),
    [
        (rule("more …", longest=20), "More from Politics", True),
        (rule("more …", longest=18), "More from Politics", True),
        (rule("more …", longest=17), "More from Politics", False),
        (rule("watch below …", upper=True), "WATCH BELOW The bridge opens", True),
        (rule("watch below …", upper=True), "Watch below The bridge opens", False),
        (rule("watch below …", upper=True), "Watch BELOW the bridge", False),
        (rule("just posted", upper=True), "JUST POSTED", True),
        (rule("just posted", upper=True), "Just Posted", False),
        (rule("… read more", upper=True), "The bridge opens READ MORE", True),
        (rule("… read more", upper=True), "THE BRIDGE OPENS Read more", False),
        (rule("most read …", unfinished=True), "Most read this week", True),
        (rule("most read …", unfinished=True), "Most read the letter.", False),
        (rule("最多 …", unfinished=True), "最多 人看。", False),
        (rule("more from …", rest=Rest.NAME), "More from Politics", True),
        (rule("more from …", rest=Rest.NAME), "More from our man in Rome", True),
        (rule("more from …", rest=Rest.NAME), "More from less", False),
        (rule("more from [us]", rest=Rest.NAME), "More from", True),
        (rule("video : …", rest=Rest.TITLE), "Video: Bridge falls", True),
        (rule("video : …", rest=Rest.TITLE), "Video: “Bridge falls” and what came of it", True),
        (rule("video : …", rest=Rest.TITLE), "Video: 12 rescued from the bridge at night", True),
        (rule("video : …", rest=Rest.TITLE), "Video:", True),
        (rule("video : …", rest=Rest.TITLE), "Video: 4K at 60fps", False),
        (rule("video : …", rest=Rest.TITLE), "Video: for members", False),
        (rule("更多 …", rest=Rest.NAME), "更多 新闻", True),  # letters without capitals
    ],
)
def test_conditions(one: Rule, text: str, expected: bool) -> None:
    assert matches(one, text) is expected


@pytest.mark.parametrize(
    ("reason", "reported", "expected"),
    [
        (Reason.CALL_TO_ACTION, False, False),
        (Reason.LEGAL, False, False),
        (Reason.METADATA, False, True),
        (Reason.CALL_TO_ACTION, True, True),
    ],
)
def test_what_somebody_is_said_to_ask_is_no_call(
    reason: Reason, reported: bool, expected: bool
) -> None:
    one = Rule("x", reason, ("email me …",), reported=reported)
    assert matches(one, "Email me at midnight, the note said.") is expected
    assert matches(one, "Email me at midnight")


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("example.com", True),
        ("news.example.com", True),
        ("notexample.com", False),
        ("example.com.evil.org", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_sites_are_hosts_and_their_subdomains(site: str, expected: bool) -> None:
    assert matches(rule("our app", sites=("example.com",)), "Our app", site) is expected


def test_a_rule_without_sites_is_for_all_of_them() -> None:
    assert matches(rule("our app"), "Our app", "example.com")
    assert matches(rule("our app"), "Our app", "")


@pytest.mark.parametrize("site", ["www.Example.com", "EXAMPLE.COM", "example.com"])
def test_sites_in_a_file_may_be_written_as_people_write_them(tmp_path: Path, site: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        f'[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["our app"]\nsites = ["{site}"]\n'
    )
    rules = Rules.load(path)
    for url, gone in (("https://www.example.com/a", True), ("https://example.org/a", False)):
        article = cleaner.clean(f"{PROSE}\n\nOur app\n\n{PROSE}", url, "text", rules=rules)
        assert any(row.text == "Our app" for row in article.removed) is gone


@pytest.mark.parametrize(
    "rules",
    [
        # exact wording before a beginning before an end, whatever their order
        [rule("… more", id="end"), rule("read …", id="beginning"), rule("read more", id="exact")],
        [rule("read more", id="exact"), rule("read …", id="beginning"), rule("… more", id="end")],
    ],
)
def test_the_most_telling_phrase_wins(rules: list[Rule]) -> None:
    compiled = Rules(rules)
    for text, winner in (
        ("Read more", "exact"),
        ("Read no more", "beginning"),
        ("Once more", "end"),
    ):
        found = compiled.match(Line(text))
        assert found is not None
        assert found.owner.id == winner


def test_of_equals_the_first_wins_whose_conditions_hold() -> None:
    rules = Rules(
        [rule("more …", id="short", longest=10), rule("more …", id="a"), rule("more …", id="b")]
    )
    found = [rules.match(Line(text)) for text in ("More news", "More news from here")]
    assert [f.owner.id for f in found if f is not None] == ["short", "a"]


@pytest.mark.parametrize("text", ["", "…", "-", "---", "•", "?", "\ufffd", PROSE, PROSE * 100])
def test_lines_that_no_rule_knows(text: str) -> None:
    assert builtin().match(Line(text)) is None


# --- signals -------------------------------------------------------------------------------------


def test_signals_have_names_and_lengths() -> None:
    rules = Rules((), [Signal("age", ("# days ago",), longest=12), Signal("age", ("yesterday",))])
    for text, seen in (("3 days ago", True), ("1234567 days ago", False), ("Yesterday", True)):
        assert (rules.signal("age", Line(text)) is not None) is seen
    assert rules.signal("unheard-of", Line("Yesterday")) is None
    assert rules.match(Line("Yesterday")) is None  # a signal removes nothing by itself


# --- files ---------------------------------------------------------------------------------------

FILE = """
language = "en"  # of the phrases

[[rule]]
id = "own-app"
reason = "call-to-action"
phrases = ["get the [new] app", "app of the day: …"]
examples = ["Get the app"]
counterexamples = ["Get the apples"]
scope = "next"
case = "upper"
longest = 40
unfinished = true
rest = "name"
sites = ["example.com"]

[[signal]]
name = "age"
phrases = ["in the year #"]
longest = 30
"""


def test_a_file_says_everything_a_rule_can() -> None:
    rules, signals = parse(FILE, "own.toml")
    assert rules == [
        Rule(
            id="own-app",
            reason=Reason.CALL_TO_ACTION,
            phrases=("get the [new] app", "app of the day: …"),
            examples=("Get the app",),
            counterexamples=("Get the apples",),
            scope=Scope.NEXT,
            longest=40,
            upper=True,
            unfinished=True,
            rest=Rest.NAME,
            sites=("example.com",),
        )
    ]
    assert signals == [Signal("age", ("in the year #",), longest=30)]


RULE = '[[rule]]\nid = "x"\nreason = "legal"\nphrases = ["a"]\n'


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("[[rule]]\nid = \n", 2, "Invalid value"),
        (RULE + "[[rule\n", 5, "Expected"),
        ('key = "x"\n', 1, "unknown key 'key'"),
        ('[rule]\nid = "x"\n', 1, "write each rule as a [[rule]] table"),
        ("rule = 3\n", 1, "write each rule as a [[rule]] table"),
        ('signal = [{name = "x"}]\n', 1, "write each signal as a [[signal]] table"),
        ('\n\n[[rule]]\nreason = "legal"\nphrases = ["a"]\n', 3, "id is missing"),
        ('[[rule]]\nid = ""\nreason = "legal"\nphrases = ["a"]\n', 1, "id is missing"),
        ('# why\n[[rule]]\nid = "x"\nphrases = ["a"]\n', 2, "reason is missing"),
        (RULE + '[[rule]]\nid = "y"\nreason = "legal"\n', 5, "phrases is missing"),
        (RULE + '[[rule]]\nid = "y"\nreason = "legal"\nphrases = []\n', 5, "phrases is missing"),
        (RULE + 'colour = "red"\n', 1, "unknown key 'colour'"),
        (RULE + "[rule.extra]\n", 1, "unknown key 'extra'"),
        (RULE.replace('"legal"', '"boring"'), 1, "reason 'boring' is none of ad-marker, sponsored"),
        (RULE + 'scope = "page"\n', 1, "scope 'page' is none of line, next, list, inline"),
        (RULE + 'case = "lower"\n', 1, "case is 'any' or 'upper'"),
        (RULE + 'longest = "9"\n', 1, "longest must be int"),
        (RULE + "longest = true\n", 1, "longest must be int"),
        (RULE + "unfinished = 1\n", 1, "unfinished must be bool"),
        (RULE + 'rest = "verb"\n', 1, "rest 'verb' is none of any, name, title"),
        (RULE + "case = 1\n", 1, "case must be str"),
        (RULE.replace('["a"]', '"a"'), 1, "phrases must be a list of strings"),
        (RULE.replace('["a"]', "[1]"), 1, "phrases must be a list of strings"),
        (RULE + "sites = [2]\n", 1, "sites must be a list of strings"),
        (RULE.replace('["a"]', '["a", "(b"]'), 1, "phrase '(b': '(' is never closed"),
        (RULE + '\n[[signal]]\nphrases = ["a"]\n', 6, "name is missing"),
        (RULE + '\n[[signal]]\nname = "age"\n', 6, "phrases is missing"),
        (RULE + '\n[[signal]]\nname = "age"\nphrases = ["…"]\n', 6, "a gap needs words"),
        (RULE + '\n[[signal]]\nname = "age"\nphrases = ["a"]\nreason = "x"\n', 6, "unknown key"),
    ],
)
def test_a_broken_file_is_refused_with_file_line_and_cause(
    tmp_path: Path, text: str, line: int, cause: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        Rules.load(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert f"line {line}" in message
    assert cause in message


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"# a\n# \xff\n", "line 2: not UTF-8"),
        (b"x = " + b"[" * 5000, "own.toml"),
        (b"x = " + b"9" * 5000, "own.toml"),
        (b"\x00", "line 1"),
    ],
)
def test_bytes_that_are_no_rules_file(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(data)
    with pytest.raises(RulesError, match=cause):
        Rules.load(path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path, cause in ((tmp_path / "no.toml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(RulesError) as error:
            Rules.load(path)
        assert str(error.value).startswith(f"{path}: {cause}")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RULE, encoding="utf-8-sig")
    assert Rules.load(path, base=NOTHING).rules[0].id == "x"


def test_phrases_are_checked_where_rules_are_made_in_code() -> None:
    with pytest.raises(RulesError, match=r"r: phrase '\(a'"):
        Rules([rule("(a")])


# --- rules of one's own --------------------------------------------------------------------------


def test_own_rules_decide_before_the_built_in_ones(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[rule]]\nid = "mine"\nreason = "legal"\nphrases = ["… advertisement", "watch : …"]\n'
        '[[signal]]\nname = "age"\nphrases = ["… ago"]\n'
    )
    rules = Rules.load(path)
    for text, owner in (
        ("Advertisement", "mine"),  # though a built-in rule knows the exact wording
        ("WATCH: The bridge opens", "mine"),
        ("Just Posted", "teaser-heading"),
    ):
        found = rules.match(Line(text))
        assert found is not None
        assert found.owner.id == owner
    for text in ("Long ago", "4 years ago"):
        assert rules.signal("age", Line(text)) is not None
    assert rules.signal("duration", Line("Duration 0:49")) is not None
    assert rules.rules == (rules.rules[0], *builtin().rules)
    assert rules.inline == builtin().inline


def test_of_several_files_the_first_decides(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(
            f'[[rule]]\nid = "{name}"\nreason = "legal"\nphrases = ["hello"]\nscope = "inline"\n'
        )
    rules = Rules.load(tmp_path / "a.toml", tmp_path / "b.toml", base=NOTHING)
    found = rules.match(Line("Hello"))
    assert found is not None
    assert found.owner.id == "a"
    assert [(form, one.id) for form, one in rules.inline] == [("hello", "a"), ("hello", "b")]


def test_longer_markers_of_ones_own_hide_no_shorter_ones(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[rule]]\nid = "own"\nreason = "legal"\nscope = "inline"\n'
        'phrases = ["a marker that is longer than any of the built-in ones, by a good deal"]\n'
    )
    shipped = builtin()
    assert Rules.load(path).shortest_inline == shipped.shortest_inline
    every = shipped.joined(("cs", "sv"))
    assert every.shortest_inline == min(len(form) for form, _ in every.inline)


def test_rules_may_replace_the_built_in_ones(tmp_path: Path) -> None:
    text = f"{PROSE}\n\nAdvertisement\n\n{PROSE}"
    assert "Advertisement" not in cleaner.clean(text).body
    assert "Advertisement" in cleaner.clean(text, rules=NOTHING).body


# --- sharing -------------------------------------------------------------------------------------


def test_rules_are_pickled_for_other_processes(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(FILE)
    for rules in (builtin(), Rules.load(path)):
        copy = pickle.loads(pickle.dumps(rules))
        assert copy.rules == rules.rules
        assert copy.signals == rules.signals
        assert copy.inline == rules.inline
        for text in ("Advertisement", "Read more: The bridge opens", "In the year 1848", PROSE):
            line = Line(text)
            assert copy.match(line) == rules.match(line)
            assert copy.signal("age", line) == rules.signal("age", line)


def test_rules_that_were_pickled_are_joined_by_those_of_a_language(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(FILE)
    line = Line("Продолжение после рекламы")
    for rules in (builtin(), Rules.load(path)):
        copy = pickle.loads(pickle.dumps(rules))
        assert copy.match(line) is None
        assert copy.joined(("ru",)).match(line) is not None
    assert NOTHING.joined(("ru",)) is NOTHING


def test_rules_are_shared_among_threads() -> None:
    lines = ["Advertisement", "Read more: The bridge opens", "Just Posted", PROSE] * 50
    alone = [builtin().match(Line(text)) for text in lines]
    fresh = Rules(builtin().rules)  # its patterns are compiled by whichever thread comes first
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: fresh.match(Line(text)), lines)) == alone


def test_rules_and_signals_are_frozen() -> None:
    for one in (builtin().rules[0], builtin().signals[0]):
        with pytest.raises(FrozenInstanceError):
            one.longest = 3  # type: ignore[misc]


def test_the_built_in_rules_are_read_once() -> None:
    assert builtin() is builtin()
