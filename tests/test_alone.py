"""Lines alone in a box whose other lines are out go with them; subheads of the text stay."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS

from cleaner.article import Reason
from cleaner.labels import Draft
from cleaner.labels.alone import label_alone
from cleaner.readers import read
from cleaner.rules import builtin

PROMISE = "Every Thursday we send one story from the high desert, and nothing else, to your inbox."


def fates(box: str, reason: Reason = Reason.OUTSIDE_ARTICLE) -> dict[str, Reason | None]:
    """What becomes of the blocks of a box in an article; those that say PROMISE are out before."""
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    page = read(f"<article>{first}{box}{''.join(others)}</article>", "html")
    for block in page.blocks:
        if PROMISE in block.text:
            block.remove(reason, "model")
    label_alone(Draft(page, builtin()))
    return {block.text: block.reason for block in page.blocks if block.text not in PARAGRAPHS}


@pytest.mark.parametrize("line", ["<h3>News close to home</h3>", "<p>News close to home</p>"])
@pytest.mark.parametrize("reason", [Reason.CALL_TO_ACTION, Reason.OUTSIDE_ARTICLE])
def test_a_line_over_what_is_out_goes_for_the_same_reason(line: str, reason: Reason) -> None:
    assert fates(f"<div>{line}<p>{PROMISE}</p></div>", reason)["News close to home"] is reason
    assert fates(f"<div><p>{PROMISE}</p>{line}</div>", reason)["News close to home"] is reason
    last = f"<header>{line}<p>{PROMISE}</p></header><p>{PROMISE}</p>"
    assert fates(last, reason)["News close to home"] is reason
    nested = f"<div><div>{line}</div><div><p>{PROMISE}</p></div></div>"
    assert fates(nested, reason)["News close to home"] is reason


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>A section</h3><p>Some of it.</p><p>{PROMISE}</p></div>",  # one line was kept
        f"<h3>A section</h3><p>{PROMISE}</p>",  # in the box of the text
        f"<div><h3>A section, as long as the promise, or half</h3><p>{PROMISE[:60]}</p></div>",
        f"<div><p>{PARAGRAPHS[0]} Again.</p><p>{PROMISE * 4}</p></div>",  # a paragraph
        f"<ul><li>One of the items</li><li>{PROMISE}</li></ul>",
        f"<div><p>4.5 of 5</p><p>{PROMISE}</p></div>",
        f"<div><p>Jane Doe</p><p>{PROMISE}</p></div>",
        "<div><h3>A section</h3></div>",
        f"<header><h3>A section</h3><p>{PROMISE}</p></header>",  # over the text below
    ],
)
def test_others_stay(box: str) -> None:
    kept = [text for text, reason in fates(box).items() if reason is None]
    assert kept
    assert len(kept) == len([text for text in fates(box) if PROMISE not in text])


def test_captions_under_a_heading_take_it_not_along() -> None:
    assert (
        fates(f"<div><h3>A section</h3><p>{PROMISE}</p></div>", Reason.MEDIA_CAPTION)["A section"]
        is None
    )


def test_what_is_alone_on_its_page_stays() -> None:
    page = read(f"<div><h3>A section</h3><p>{PROMISE}</p></div>", "html")
    page.blocks[1].remove(Reason.OUTSIDE_ARTICLE, "model")
    label_alone(Draft(page, builtin()))
    assert page.blocks[0].kept


def test_dumps_have_no_boxes() -> None:
    page = read(f"News close to home\n{PROMISE}\n{PARAGRAPHS[0]}", "text")
    page.blocks[1].remove(Reason.OUTSIDE_ARTICLE, "model")
    label_alone(Draft(page, builtin()))
    assert page.blocks[0].kept
