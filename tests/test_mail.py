"""The header of a mail on top of a dump."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.readers.text import read_text

TEXT = (
    "The council of the town of Nelson met on Monday evening to talk about the new bridge.\n\n"
    "The old one was built in 1957 and carries nine thousand cars a day, engineers said.\n\n"
    "Work is to begin in March, once the ice has gone, and to take two years.\n"
)
HEADERS = {
    "program": "From: The Courier <news@example.org>\nTo: jane@example.org\n"
    "Date: Thu, 17 Apr 2025 06:04:11 -0400\nSubject: A bridge for Nelson opens in spring\n",
    "forwarded": "From: The Courier <news@example.org>\nSent: Thursday, April 17, 2025 6:04 AM\n"
    "To: Jane Roe\nSubject: A bridge for Nelson opens in spring\n",
    "de": "Von: Der Kurier <news@example.org>\nGesendet: Donnerstag, 17. April 2025 06:04\n"
    "An: Jane Roe\nBetreff: A bridge for Nelson opens in spring\n",
}


@pytest.mark.parametrize("header", HEADERS)
def test_the_subject_is_the_headline_and_the_day_is_stated(header: str) -> None:
    article = cleaner.clean(f"{HEADERS[header]}\n{TEXT}", kind="text")
    assert article.headline == "A bridge for Nelson opens in spring"
    assert article.date is not None
    assert article.date[:10] == "2025-04-17"
    assert article.body == TEXT.strip()
    assert {removed.rule for removed in article.removed} == {"mail-header"}


def test_the_subject_keeps_its_line() -> None:
    page = read_text(HEADERS["program"] + TEXT)
    subject = page.blocks[3]
    assert (subject.line, subject.text) == (4, "A bridge for Nelson opens in spring")
    assert subject.source == "Subject: A bridge for Nelson opens in spring"


@pytest.mark.parametrize(
    "sent",
    ["Thu, 17 Apr 99999999999999999999 06:04:11 -0400", "17 Apr 2025 99999999999:04:11", "soon",
     "Thu, 17 Apr 2025 06:04:11 -99999999999999999999"],
)  # fmt: skip
def test_a_date_that_is_none_states_none(sent: str) -> None:
    header = f"From: news@example.org\nDate: {sent}\nSubject: A bridge for Nelson opens in spring\n"
    article = cleaner.clean(f"{header}\n{TEXT}", kind="text")
    assert article.headline == "A bridge for Nelson opens in spring"
    assert (article.date or "2025-04-17")[:10] == "2025-04-17"


@pytest.mark.parametrize(
    "text",
    [
        "From: Leeds\nTo: Nelson\nWhen: Monday",  # no subject
        "Subject: A bridge\nDate: Monday",  # no sender
        "From: Leeds\nSubject: A bridge",  # too little of a header
        "A line\nFrom: Leeds\nTo: Nelson\nSubject: A bridge",  # not on top
        "Fromage: Brie\nTopic: Wine\nSubjects: all",
    ],
)
def test_other_lines_are_no_header(text: str) -> None:
    page = read_text(text)
    assert [block.text for block in page.blocks] == text.split("\n")
    assert all(block.kept for block in page.blocks)
    assert not page.facts
