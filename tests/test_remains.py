"""Markup left in dumps: taken off where it is markup, left alone where it is text."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

import cleaner
from cleaner import Reason
from cleaner.page import Kind
from cleaner.readers import read
from cleaner.readers.remains import is_markdown, without_markup
from cleaner.readers.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.readers import Door

# A dump with these lines in front is Markdown.
HEAD = "# A bridge opens\n\n## In Nelson\n\n"


def texts(dump: str) -> list[str]:
    return [block.text for block in read_text(dump).blocks]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("R&amp;D and AT&amp;T", ["R&D and AT&T"]),
        ("it&#8217;s &#x201C;new&#x201D;", ["it’s “new”"]),
        ("a&nbsp;b", ["a b"]),
        ("It is <b>new</b> and <a href='/x' class=\"y\">open</a>.", ["It is new and open."]),
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<br/>Two.<BR>Three.", ["One.", "Two.", "Three."]),
        ("<!-- wp:paragraph -->One.", ["One."]),
        ("&lt;b&gt; is a tag", ["<b> is a tag"]),
        ("See <https://banner.example/a> for more", ["See https://banner.example/a for more"]),
        ("The [council](https://banner.example/a) met.", ["The council met."]),
        ('The [council](/a_(b) "The council") met.', ["The council met."]),
        ("It met.[](https://banner.example/a)", ["It met."]),
        ("It met. ![A bridge](a.jpg) It rose.", ["It met. It rose."]),
    ],
)
def test_what_stands_for_itself_is_read_in_every_dump(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "AT&T; R&D & more",
        "a < b and c > d",
        "<unknown> tags stay",
        "an open <b",
        "I <3 you",
        "[sic] (he said) [1](",
        "He wrote [a note] (see below).",
        "2 * 3 * 4 = 24",
        "* a footnote",
        "# 1 song of the year",
        "snake_case_name and __init__",
        "> quoted",
        "| a | b |",
        "- Jane Doe",
        "2. an item",
    ],
)
def test_text_that_looks_like_markup_stays(line: str) -> None:
    assert texts(line) == [line]


@pytest.mark.parametrize(
    ("line", "text", "kind", "level"),
    [
        ("### A subhead", "A subhead", Kind.HEADING, 3),
        ("# A subhead ##", "A subhead", Kind.HEADING, 1),
        ("# C#", "C#", Kind.HEADING, 1),
        ("- an item", "an item", Kind.ITEM, 0),
        ("* an item", "an item", Kind.ITEM, 0),
        ("2. an item", "an item", Kind.ITEM, 0),
        (r"2\. is no item", "2. is no item", Kind.PARAGRAPH, 0),
        ("2.5 is a number", "2.5 is a number", Kind.PARAGRAPH, 0),
        ("> a **quotation**", "a quotation", Kind.QUOTE, 0),
        ("It is *very* __new__ and `code`.", "It is very new and code.", Kind.PARAGRAPH, 0),
        ("***both***", "both", Kind.PARAGRAPH, 0),
        (r"2 \* 3 is \#6", "2 * 3 is #6", Kind.PARAGRAPH, 0),
        ("snake_case_name, 2 * 3 * 4", "snake_case_name, 2 * 3 * 4", Kind.PARAGRAPH, 0),
        ("| a | b |", "a | b", Kind.PARAGRAPH, 0),
        ("#hashtag", "#hashtag", Kind.PARAGRAPH, 0),
    ],
)
def test_markdown(line: str, text: str, kind: Kind, level: int) -> None:
    block = read_text(HEAD + line).blocks[-1]
    assert (block.text, block.kind, block.level) == (text, kind, level)


@pytest.mark.parametrize("line", ["---", "* * *", "_____", "===", "|---|:--:|"])
def test_rules_of_markdown_are_no_text(line: str) -> None:
    assert texts(f"{HEAD}One.\n{line}\nTwo.")[2:] == ["One.", "Two."]
    assert texts(f"One.\n{line}\nTwo.") == ["One.", line, "Two."]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("![A bridge](a.jpg)", "A bridge"),
        ("[![A bridge](a.jpg)](/full)", "A bridge"),
        ("![](a.jpg)", "![](a.jpg)"),
    ],
)
def test_an_image_is_kept_in_the_audit_trail(line: str, text: str) -> None:
    block = read_text(f"One.\n\n{line}\n\nTwo.").blocks[1]
    assert (block.text, block.reason, block.rule) == (text, Reason.MEDIA_CAPTION, "markdown-image")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("See [this](https://banner.example/).", True),
        ("![](a.jpg)", True),
        ("# One\n\ntext\n\n## Two", True),
        ("**One** and **two**", True),
        ("# One\n\ntext", False),
        ("It costs 5 ** 2 ** 3", False),
        ("[1] (2020)", False),
        ("", False),
    ],
)
def test_what_is_markdown(text: str, markdown: bool) -> None:
    assert is_markdown(text) is markdown


# Too little for evidence: one heading, no link, no bold words between asterisks.
MARKDOWN = "# A bridge opens\n\nThe *town* of __Nelson__ has a `bridge`.\n\n- a\n- b\n\n> Open!\n"


@pytest.mark.parametrize("kind", ["auto", "text"])
def test_a_file_that_is_called_markdown_is(kind: Door) -> None:
    blocks = read(MARKDOWN, kind, ".md").blocks
    assert [(b.text, b.kind) for b in blocks] == [
        ("A bridge opens", Kind.HEADING), ("The town of Nelson has a bridge.", Kind.PARAGRAPH),
        ("a", Kind.ITEM), ("b", Kind.ITEM), ("Open!", Kind.QUOTE),
    ]  # fmt: skip
    plain = [line for line in MARKDOWN.splitlines() if line]
    for suffix in ("", ".txt"):
        assert [block.text for block in read(MARKDOWN, kind, suffix).blocks] == plain


@pytest.mark.parametrize("name", ["story.md", "story.MD", "story.md.gz"])
def test_a_file_s_name_tells(tmp_path: Path, name: str) -> None:
    data = MARKDOWN.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    article = cleaner.clean_file(tmp_path / name)
    assert article.headline == "A bridge opens"
    assert article.body.startswith("The town of Nelson has a bridge.")


def test_a_page_is_one_whatever_its_file_is_called() -> None:
    assert read("<!DOCTYPE html><p>*It* is.", suffix=".md").document == "html"


def test_lines_and_gaps_are_those_of_the_dump() -> None:
    blocks = read_text(f"{HEAD}One.\nTwo.<br>Three.\n---\nFour.").blocks[2:]
    assert [(b.text, b.line, b.gap) for b in blocks] == [
        ("One.", 5, True), ("Two.", 6, False), ("Three.", 6, True), ("Four.", 8, True),
    ]  # fmt: skip


def test_a_line_without_markup_is_one_piece() -> None:
    (piece,) = without_markup("Plain text.", markdown=False)
    assert (piece.text, piece.kind, piece.picture) == ("Plain text.", Kind.PARAGRAPH, False)


NUMBERED = """   [1]Skip to the text
     * [2]Local
   By [3]Jane Roe
   The council [2020] met on Monday [4]in Nelson. It was [ ] long, said [5].

References

   1. https://example.org/#text
   2. file:///tmp/local
   3. mailto:jane@example.org
"""


def test_numbers_of_links_are_taken_off_where_their_addresses_are_listed_below() -> None:
    page = read_text(NUMBERED)
    assert [block.text for block in page.blocks] == [
        "Skip to the text", "* Local", "By Jane Roe",
        "The council [2020] met on Monday in Nelson. It was [ ] long, said [5].", "References",
        "1. https://example.org/#text", "2. file:///tmp/local", "3. mailto:jane@example.org",
    ]  # fmt: skip
    assert [block.rule for block in page.blocks[5:]] == ["link-address"] * 3


def test_where_no_addresses_are_listed_numbers_in_brackets_stay() -> None:
    text = "As Roe wrote,[1] the bridge\n\n[1]Roe, A bridge, 1957\n1. In: Nelson\n"
    assert [block.text for block in read_text(text).blocks] == [
        "As Roe wrote,[1] the bridge", "[1]Roe, A bridge, 1957", "1. In: Nelson",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A paper [ https://example.org/a?b=1 ] says so.", "A paper says so."),
        ("A paper [https://example.org/a] says so.", "A paper says so."),
        ("[https://example.org/a]", "[https://example.org/a]"),
        ("A paper (https://example.org/a) says so.", "A paper (https://example.org/a) says so."),
        ("A paper at https://example.org/a says so.", "A paper at https://example.org/a says so."),
        ("A paper [see https://example.org/a] says so.",
         "A paper [see https://example.org/a] says so."),
    ],
)  # fmt: skip
def test_addresses_in_brackets_behind_the_text_go(line: str, expected: str) -> None:
    assert [piece.text for piece in without_markup(line, markdown=False)] == [expected]
