"""Articles loaded below the first one are not part of it; sections and posts of one are."""

from __future__ import annotations

from functools import partial

import pytest
from pages import PARAGRAPHS, TITLE
from timed import seconds

import cleaner
from cleaner.labels import PASSES, Draft
from cleaner.labels.appended import label_appended
from cleaner.readers import read
from cleaner.rules import builtin

OTHER = [
    "The bakery on Main Street will open its doors on Saturday, two years after the fire that"
    " destroyed the house and everything that was in it, its owner said.",
    "She had thought of giving up more than once, she said, but every week somebody asked her when"
    " there would be bread again, and in the end she could not say no.",
    "There will be coffee for everybody on the first day, and the oven, which is the old one, will"
    " be lit by the woman who lit it first in the year 1961.",
]


def story(title: str, paragraphs: list[str], level: int = 1, byline: str = "By Jane Doe") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    by = f"<p class='byline'>{byline}</p>" if byline else ""
    return f"<article><h{level}>{title}</h{level}>{by}<div class='text'>{text}</div></article>"


def clean(*stories: str) -> cleaner.Article:
    head = f"<title>{TITLE} | The Banner</title>"
    return cleaner.clean(f"<html>{head}<main>{''.join(stories)}</main></html>", kind="html")


def test_another_article_is_removed_and_kept_in_the_audit_trail() -> None:
    found = clean(
        story(TITLE, PARAGRAPHS), story("Bakery opens again", OTHER, byline="By John Roe")
    )
    assert found.headline == TITLE
    assert found.body.split("\n\n") == PARAGRAPHS
    removed = {row.text: str(row.reason) for row in found.removed}
    assert all(removed[text] == "outside-article" for text in OTHER)
    assert found.authors == ("Jane Doe",)


@pytest.mark.parametrize(
    "second",
    [
        story("What happens next", OTHER, level=2),  # a section
        story("What happens next", OTHER, byline=""),  # nobody else signs it
        f"<section><h1>What happens next</h1><p>By Jane Doe</p>"
        f"<p>{OTHER[0]}</p><p>{OTHER[1]}</p></section>",
    ],
)
def test_parts_of_the_article_stay(second: str) -> None:
    # The pass takes nothing; what the model makes of a second part is its own affair.
    found = clean(story(TITLE, PARAGRAPHS), second)
    assert "other-article" not in {row.rule for row in found.removed}
    assert all(paragraph in found.body for paragraph in PARAGRAPHS)


def test_text_behind_an_article_is_in_none() -> None:
    found = clean(f"<div>{story(TITLE, PARAGRAPHS)}{PARAGRAPHS[0]} Twice.</div>")
    assert all(paragraph in found.body for paragraph in PARAGRAPHS)


def test_time_grows_with_the_articles_and_no_faster() -> None:
    def draft_of(count: int) -> Draft:
        teasers = "".join(story(f"Bakery opens {n} times", OTHER[:1]) for n in range(count))
        draft = Draft(read(f"<main>{story(TITLE, PARAGRAPHS)}{teasers}</main>"), builtin())
        for label_pass in PASSES[: PASSES.index(label_appended)]:
            label_pass(draft)
        return draft

    few, many = (seconds(label_appended, partial(draft_of, n), 2) for n in (500, 2000))
    assert many < max(0.02, 9 * few)
