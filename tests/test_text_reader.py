"""The reader of text dumps: lines, gaps, and the header in front of the first line."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.article import Reason
from cleaner.page import Kind, Role
from cleaner.readers.text import read_text


def lines(text: str) -> list[tuple[int | None, str, bool]]:
    return [(block.line, block.text, block.gap) for block in read_text(text).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n \n\t\n", []),
        ("one", [(1, "one", True)]),
        ("one\n", [(1, "one", True)]),
        ("one\ntwo", [(1, "one", True), (2, "two", False)]),
        ("one\n\ntwo", [(1, "one", True), (3, "two", True)]),
        ("one\n\n\n\ntwo\nthree", [(1, "one", True), (5, "two", True), (6, "three", False)]),
        ("\n\none", [(3, "one", True)]),
        ("one\r\ntwo\r\n\r\nthree", [(1, "one", True), (2, "two", False), (4, "three", True)]),
        ("one\rtwo\r\rthree", [(1, "one", True), (2, "two", False), (4, "three", True)]),
        ("one\n\rtwo", [(1, "one", True), (3, "two", True)]),
        # blank to the eye: spaces, no-break spaces, invisible characters
        ("one\n \u00a0\u200b\ufeff\ntwo", [(1, "one", True), (3, "two", True)]),
        # what breaks a line inside a line has no number of its own, as in any editor
        ("one\ftwo\nthree", [(1, "one", True), (1, "two", False), (2, "three", False)]),
        ("one\u2028two\u2029three", [(1, "one", True), (1, "two", False), (1, "three", False)]),
        ("one\x0btwo\x85three", [(1, "one", True), (1, "two", False), (1, "three", False)]),
        ("one\n\f\ntwo", [(1, "one", True), (3, "two", True)]),
        # text in normal form
        ("  one   two\u00a0three \n", [(1, "one two three", True)]),
        ("\ufeffone", [(1, "one", True)]),
        ("one\x00two", [(1, "one two", True)]),
    ],
)
def test_lines(text: str, expected: list[tuple[int, str, bool]]) -> None:
    assert lines(text) == expected


def test_lines_are_paragraphs_of_the_body() -> None:
    page = read_text("date 2020-01-07 One\n\n<b>Two</b>\n- three")
    assert page.document == "text"
    assert {(b.kind, b.role, b.markup) for b in page.blocks} == {(Kind.PARAGRAPH, Role.BODY, None)}
    assert [b.text for b in page.blocks] == ["One", "Two", "- three"]


@pytest.mark.parametrize(
    ("text", "stated", "rest"),
    [
        ("date 2020-01-07 A headline", "2020-01-07", "A headline"),
        ("date: 2020-01-07 A headline", "2020-01-07", "A headline"),
        ("date  2020-01-07\u00a0 A headline", "2020-01-07", "A headline"),
        ("\ufeff\n\n date 2020-01-07 A headline", "2020-01-07", "A headline"),
        ("date 2020-01-07T10:15:00Z A headline", "2020-01-07T10:15:00Z", "A headline"),
        ("date 2020-01-07 10:15 A headline", "2020-01-07 10:15", "A headline"),
        ("date 2020-02-29 Leap day", "2020-02-29", "Leap day"),
    ],
)
def test_the_date_header_is_a_fact_and_not_text(text: str, stated: str, rest: str) -> None:
    page = read_text(text)
    assert [(f.name, f.value, f.source) for f in page.facts] == [("date", stated, "dump-header")]
    assert [block.text for block in page.blocks] == [rest]
    assert page.blocks[0].source == " ".join(text.replace("\ufeff", "").split())


def test_a_line_that_is_the_header_and_no_more_is_metadata() -> None:
    article = cleaner.clean("date 2020-01-07\n\nThe bridge closed\n\nIt was closed on Monday.")
    assert article.date == "2020-01-07"
    assert article.headline == "The bridge closed"
    assert article.body == "It was closed on Monday."
    assert [(row.line, row.text, row.reason) for row in article.removed] == [
        (1, "date 2020-01-07", Reason.METADATA)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "date night is on Friday, the couple said",
        "date 2020-13-45 A headline",
        "date 2021-02-29 No leap day",
        "date 2020-01-071 A headline",
        "date 2020-01-07, a day to remember",
        "date 20-01-07 A headline",
        "date of birth 2020-01-07",
        "update 2020-01-07 A headline",
        "2020-01-07 A headline",
        "A date 2020-01-07 in the middle",
        "dates 2020-01-07 to 2020-01-09",
        "date2020-01-07 A headline",
        "date",
    ],
)
def test_other_first_lines_are_text(text: str) -> None:
    page = read_text(text)
    assert page.facts == []
    assert [block.text for block in page.blocks] == [text]


def test_only_the_first_line_has_a_header() -> None:
    page = read_text("A headline\ndate 2020-01-07 A second line")
    assert page.facts == []
    assert page.blocks[1].text == "date 2020-01-07 A second line"
