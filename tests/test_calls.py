"""Calls to action of several sentences: one that the rules know gives the others away."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS

from cleaner import Reason
from cleaner.labels.calls import label_calls
from cleaner.labels.draft import Draft
from cleaner.labels.phrases import label_phrases
from cleaner.readers.html import read_html
from cleaner.readers.text import read_text
from cleaner.rules import Rule, Rules, builtin

PROSE = PARAGRAPHS[0]
RULES = Rules(
    [
        Rule("guild-call", Reason.CALL_TO_ACTION, ("join the ferry guild …",)),
        Rule("guild-note", Reason.LEGAL, ("the ferry guild is …",)),
        Rule("guild-pitch", Reason.CALL_TO_ACTION, ("guild up",)),
    ],
    base=builtin(),
)


def rule_of(line: str) -> str | None:
    """The rule that removes a line below a paragraph."""
    page = read_text(f"{PROSE}\n\n{line}\n\n{PROSE}")
    draft = Draft(page, RULES)
    label_phrases(draft)
    label_calls(draft)
    assert page.blocks[0].kept
    return page.blocks[1].rule or None


@pytest.mark.parametrize(
    "line",
    [
        "Fond of the river? Join the ferry guild.",
        "Join the ferry guild today. It is the oldest in the valley.",
        "One boat, forty years. Join the ferry guild and row it.",
        "For those who row: join the ferry guild",
        "Pour ceux qui rament : join the ferry guild",
        "川が好きですか？Join the ferry guild today.",
    ],
)
def test_a_sentence_that_is_a_call_makes_the_line_one(line: str) -> None:
    assert rule_of(line) == "guild-call"


@pytest.mark.parametrize(
    "line",
    [
        # too much else
        f"{PROSE} Join the ferry guild.",
        "One. Two. Three. Four of them came. Join the ferry guild.",
        # somebody says so
        "“Fond of the river? Join the ferry guild,” the poster says.",
        "Fond of the river? Join the ferry guild, the poster says.",
        "Fond of the river? Join the ferry guild, sagte der Wirt.",
        # another reason, no call
        "Fond of the river? The ferry guild is closed.",
        # too short to be more than a name
        "Fond of the river? Guild up.",
        # a pitch of the company whose article it is
        "Fond of the river? Get in touch.",
        # no sentence of its own
        "He asked whether we would join the ferry guild. We did.",
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert rule_of(line) is None


def test_what_the_rules_know_as_a_whole_keeps_its_rule() -> None:
    assert rule_of("The ferry guild is old. Join the ferry guild.") == "guild-note"


def test_calls_of_pages_are_found_too() -> None:
    page = read_html(f"<p>{PROSE}</p><p>Fond of the river? Join the ferry guild.</p><p>{PROSE}</p>")
    draft = Draft(page, RULES)
    label_calls(draft)
    assert [block.reason for block in page.blocks] == [None, Reason.CALL_TO_ACTION, None]


@pytest.mark.parametrize(
    "line",
    [
        "Want more from the Banner? Join our WhatsApp community for breaking news.",
        "Will you miss the cafe? Have your say in our comments section",
        "Support local journalism. Subscribe today and get unlimited digital access.",
        "Soutenez le Courrier : abonnez-vous à notre newsletter",
        "Immer informiert: Hier geht es zum WhatsApp-Kanal des Anzeigers",
    ],
)
def test_calls_in_the_wild(line: str) -> None:
    assert rule_of(line) is not None
