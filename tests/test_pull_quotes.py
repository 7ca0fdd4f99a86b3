"""Quotations set apart by their box go where a paragraph says the same; others stay."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS

from cleaner.article import Reason
from cleaner.labels import Draft
from cleaner.labels.duplicates import label_duplicates
from cleaner.readers import read
from cleaner.rules import builtin

SAID = "“I quit giving it to the baby in June,” she said. “Nobody had to show me any chart.”"
PULLED = "“I quit giving it to the baby in June. Nobody had to show me any chart.”"


def removed(box: str, said: str = SAID) -> list[str]:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = read(f"<article><p>{said}</p>{box}{text}</article>", "html")
    label_duplicates(Draft(page, builtin()))
    out = [block for block in page.blocks if not block.kept]
    assert all((b.reason, b.rule) == (Reason.DUPLICATE, "pull-quote") for b in out)
    return [block.text for block in out]


@pytest.mark.parametrize(
    "box",
    [
        f"<blockquote>{PULLED}</blockquote>",
        f"<blockquote><p>{PULLED}</p></blockquote>",
        f"<aside class='pull-quote'><p>{PULLED}</p></aside>",
        f"<div class='article__zitat'>{PULLED}</div>",
    ],
)
def test_what_a_paragraph_says_too_is_pulled_out(box: str) -> None:
    assert removed(box) == [PULLED]


def test_the_speaker_goes_too() -> None:
    quote = f"<blockquote class='quote'><p>{PULLED}</p><p>Jane Doe, resident</p></blockquote>"
    assert removed(quote) == [PULLED, "Jane Doe, resident"]
    assert removed(f"<blockquote>{PULLED}</blockquote><p>Jane Doe, resident</p>") == [PULLED]


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote>“It was the first time that we all agreed on something.”</blockquote>",
        "<blockquote>“I quit in June,” she wrote.</blockquote>",  # of few words
        f"<p>{PULLED}</p>",  # nothing says that it is set apart
        f"<blockquote>{PULLED} The town says it has heard of no other case like it.</blockquote>",
    ],
)
def test_quotations_of_the_text_stay(box: str) -> None:
    assert removed(box) == []


def test_two_quotations_alike_are_no_paragraph() -> None:
    assert removed(f"<blockquote>{PULLED}</blockquote>" * 2, said="Nothing of it.") == []


@pytest.mark.parametrize("out", [True, False])
def test_a_speaker_goes_with_a_quotation_that_is_out_already(out: bool) -> None:
    quote = "<blockquote><p>“It was the first time that we agreed.”</p><cite>Jane Doe</cite>"
    page = read(f"<article><p>{SAID}</p>{quote}</blockquote><p>{PARAGRAPHS[0]}</p>", "html")
    if out:
        page.blocks[1].remove(Reason.OUTSIDE_ARTICLE, "model")
    label_duplicates(Draft(page, builtin()))
    assert page.blocks[2].text == "Jane Doe"
    assert page.blocks[2].kept is not out


def test_a_speaker_stays_where_only_an_advertisement_above_is_out() -> None:
    box = "<blockquote><p>“It was time.”</p><p>Advertisement</p><cite>Jane Doe</cite></blockquote>"
    page = read(f"<article><p>{SAID}</p>{box}<p>{PARAGRAPHS[0]}</p></article>", "html")
    page.blocks[2].remove(Reason.AD_MARKER, "ad-label")
    label_duplicates(Draft(page, builtin()))
    assert page.blocks[3].kept
