"""Markers glued into paragraphs are cut out between sentences, and nowhere else."""

from __future__ import annotations

import pytest

import cleaner

AD = "Story continues below advertisement"


def cut(text: str) -> tuple[list[str], list[str]]:
    article = cleaner.clean(f"A bridge opens in Nelson\n\n{text}", kind="text")
    return article.body.split("\n\n"), [removed.text for removed in article.removed]


@pytest.mark.parametrize(
    ("text", "body", "removed"),
    [
        (f"It opened on Monday. {AD} The mayor cut the ribbon.",
         ["It opened on Monday.", "The mayor cut the ribbon."], [AD]),
        (f"“It opened on Monday.” {AD} “At last,” she said.",
         ["“It opened on Monday.”", "“At last,” she said."], [AD]),
        (f"It opened on Monday. {AD}", ["It opened on Monday."], [AD]),
        (f"{AD} It opened on Monday.", ["It opened on Monday."], [AD]),
        (f"It opened on Monday. {AD.upper()} The mayor cut the ribbon.",
         ["It opened on Monday.", "The mayor cut the ribbon."], [AD.upper()]),
        (f"One opened. {AD} Two closed. {AD} Three fell.",
         ["One opened.", "Two closed.", "Three fell."], [AD, AD]),
        (f"It cost a lot. {AD} 300 people came.", ["It cost a lot.", "300 people came."], [AD]),
    ],
)  # fmt: skip
def test_cut(text: str, body: list[str], removed: list[str]) -> None:
    assert cut(text) == (body, removed)


@pytest.mark.parametrize(
    "text",
    [
        f"“{AD}” is the phrase that readers hate most, she said.",
        f"The words {AD.lower()} stood in the middle of the page.",
        "It opened on Monday. Advertisement for the bridge had begun in May.",
        "He read it out. The story continues below advertisement level, he joked.",
    ],
)
def test_left_alone(text: str) -> None:
    assert cut(text) == ([text], [])


def test_the_pieces_keep_the_line() -> None:
    article = cleaner.clean(f"A bridge opens\n\nIt opened. {AD} The mayor came.", kind="text")
    assert [(row.line, row.reason) for row in article.removed] == [(3, "ad-marker")]


def test_html_paragraphs_are_cut_too() -> None:
    one, two, three = (f"The council met {n} times to talk about the bridge." * 2 for n in "123")
    article = cleaner.clean(f"<article><p>{one} {AD} {two}</p><p>{three}</p></article>")
    assert article.body.split("\n\n") == [one, two, three]
    assert [row.reason for row in article.removed] == ["ad-marker"]


def test_the_gap_above_a_parted_block_stays() -> None:
    torn = "The council had voted on it with the\nclerk\n, who agreed, and went home."
    rest = f"What the mayor said\n\nde Jong told reporters of it. {AD} More came."
    dump = f"A bridge opens in Nelson\n\n{torn}\n\n{rest}"
    body = cleaner.clean(dump, kind="text").body.split("\n\n")
    assert body[1:] == ["What the mayor said", "de Jong told reporters of it.", "More came."]
