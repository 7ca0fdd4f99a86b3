"""What a PDF repeats on each of its pages."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.article import Reason
from cleaner.readers.text import read_text

PAGES = (
    "11/22/26, 12:57 PM\n\nA bridge for Nelson | The Courier\n\nA bridge for Nelson\n\n"
    "The council of the town of Nelson met on Monday evening to talk about the new bridge, which\n"
    "is to replace the one that was built in 1957, as the engineers had asked it to do for the\n"
    "past ten years, and to hear what the people of the town had to say about its colour and its\n"
    "https://courier.example/bridge\n\n1/3\n\n",
    "11/22/26, 12:57 PM\n\nA bridge for Nelson | The Courier\n\n"
    "lights. Nobody spoke against it.\n\n"
    "Work is to begin in March, once the ice has gone, and to take two years. Until then, all who\n"
    "want to cross have to go by the ferry.\n\nhttps://courier.example/bridge\n\n2/3\n\n",
    "11/22/26, 12:57 PM\n\nA bridge for Nelson | The Courier\n\n"
    "The ferry carries twenty cars at a time, and does not sail at night or in a strong wind, the\n"
    "mayor said, who has had to wait for it herself.\n\nhttps://courier.example/bridge\n\n3/3\n",
)
TEXT = "\f".join(PAGES)


def test_the_text_goes_on_from_page_to_page() -> None:
    page = read_text(TEXT)
    kept = [block.text for block in page.kept()]
    assert kept[0] == "A bridge for Nelson"
    assert kept[1].endswith("say about its colour and its lights. Nobody spoke against it.")
    assert [text.partition(" ")[0] for text in kept[2:]] == ["Work", "The"]


def test_what_is_repeated_is_kept_in_the_audit_trail_with_its_line() -> None:
    heads = [block for block in read_text(TEXT).blocks if not block.kept]
    assert {(block.reason, block.rule) for block in heads} == {(Reason.NAVIGATION, "running-head")}
    lines = TEXT.split("\n")
    assert len(heads) == 12
    for block in heads:
        assert block.line is not None
        assert block.text == lines[block.line - 1].strip("\f")
    numbers = [block.line for block in read_text(TEXT).blocks]
    assert numbers == sorted(number for number in numbers if number is not None)


def test_an_article_of_several_pages() -> None:
    article = cleaner.clean(TEXT, kind="text")
    assert article.headline == "A bridge for Nelson"
    assert len(article.body.split("\n\n")) == 3


def test_pages_without_heads_lose_nothing() -> None:
    text = "One line.\nTwo.\n\f\nThree lines.\nFour.\n\f\nFive."
    page = read_text(text)
    assert [b.text for b in page.blocks] == ["One line.", "Two.", "Three lines.", "Four.", "Five."]
    assert all(block.kept for block in page.blocks)


def test_what_stands_twice_in_a_dump_of_one_page_is_no_head() -> None:
    text = "Home\nA bridge\n\nThe council met.\nHome"
    assert all(block.kept for block in read_text(text).blocks)


def test_a_title_that_only_heads_say_stays_where_it_stands_first() -> None:
    title = "A bridge for the town of Nelson"
    texts = [f"{title}\n\nNothing but a text of {n} words.\n\n{n}/3\n" for n in range(3)]
    page = read_text("\f".join(texts))
    assert [block.text for block in page.kept()][:2] == [title, "Nothing but a text of 0 words."]
    assert [block.rule for block in page.blocks].count("running-head") == 5


def test_sentences_and_lines_in_other_places_are_no_heads() -> None:
    one = "A first line\n“No,” she said.\nMore text\nA line\nEnd\n"
    text = f"{one}\f“No,” she said.\nEnd\nA first line"
    assert all(block.kept for block in read_text(text).blocks)


@pytest.mark.parametrize("blank", ["\u200b", "\x00", " ", "\u00ad"])
def test_what_nobody_sees_is_blank(blank: str) -> None:
    pages = [f"{blank}\nThe page is number {n}.\n{blank}\n" for n in range(3)]
    article = cleaner.clean("\f".join(pages), kind="text")
    assert article.body.count("The page is number") + len(article.removed) >= 3
