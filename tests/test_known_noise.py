"""What a rule knows is gone wherever it stands, and nothing else is: both doors, all languages."""

from __future__ import annotations

import html

import pytest

import cleaner
from cleaner.rules import Rule, builtin
from cleaner.rules.letters import LETTERS

TITLE = "Vellmar lets its last lighthouse keeper go"
ABOVE = [
    "The harbour board of Vellmar will let its last lighthouse keeper go in the spring, and with"
    " him a job that has been done for 214 years.",
    "Aurelio Hartwig, 58, has lived on the rock since 1991. He winds no clock and trims no wick,"
    " he said, because the lamp has been electric for long.",
    "“A camera sees fog and tells you that it sees nothing,” he said. “I see fog and telephone the"
    " ferry, and the ferry waits until I call again.”",
]
BELOW = [
    "Replacing him will cost 340,000 crowns and save 90,000 a year, according to the report, which"
    " nobody on the council admits to having read.",
    "The ferry’s captain, Ottilie Brandvold, has written to the board that she would rather pay"
    " the man herself. She has not been answered yet.",
    "The lamp itself will stay. It is listed, as is the rock, as is, since a meeting in November"
    " that ran until after midnight, the kettle.",
]
ALL = builtin().joined(tuple(LETTERS))
RULES = {rule.id: rule for rule in ALL.rules}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_between_the_lines_of_a_dump(rule: Rule) -> None:
    for line in rule.examples:
        text = "\n\n".join([TITLE, *ABOVE, line, *BELOW])
        article = cleaner.clean(text, kind="text", rules=ALL)
        assert article.body.split("\n\n") == [*ABOVE, *BELOW], line
        assert any(removed.text in line for removed in article.removed), line


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_between_the_paragraphs_of_a_page(rule: Rule) -> None:
    for line in rule.examples:
        paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in [*ABOVE, line, *BELOW])
        page = f"<h1>{TITLE}</h1><article>{paragraphs}</article>"
        article = cleaner.clean(page, kind="html", rules=ALL)
        assert article.body.split("\n\n") == [*ABOVE, *BELOW], line


@pytest.mark.parametrize("line", ["|---|---|", "| :-- | --: |", "|", "•", "×", "___"])
def test_signs_without_words_are_no_text(line: str) -> None:
    article = cleaner.clean("\n\n".join([TITLE, *ABOVE, line, *BELOW]), kind="text")
    assert article.body.split("\n\n") == [*ABOVE, *BELOW]
    assert (line, "no-words") in [(removed.text, removed.rule) for removed in article.removed]


@pytest.mark.parametrize("line", ["* * *", "***", "---", "5", "é"])
def test_breaks_and_lone_words_stay(line: str) -> None:
    article = cleaner.clean("\n\n".join([TITLE, *ABOVE, line, *BELOW]), kind="text")
    assert line in article.body.split("\n\n")


@pytest.mark.parametrize("word", ["search", "print", "share", "next", "home page"])
def test_words_of_a_sentence_that_was_broken_at_its_links_stay(word: str) -> None:
    lines = [
        "The harbour board put the logs on line, where a",
        word,
        "finds them, it says, within a day.",
    ]
    article = cleaner.clean("\n".join([TITLE, *ABOVE, *lines, *BELOW]), kind="text")
    assert " ".join(lines) in article.body.replace("\n\n", " ")
