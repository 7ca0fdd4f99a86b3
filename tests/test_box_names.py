"""What the names of boxes say of a block, and when nobody needs to ask further."""

from __future__ import annotations

import pytest
from judged import Fixed
from pages import PARAGRAPHS, TITLE, clean, page

from cleaner.article import Reason
from cleaner.labels import Draft
from cleaner.labels.box_names import BoxReasons, certain_reason
from cleaner.labels.outside import label_outside
from cleaner.readers import read
from cleaner.rules import builtin

TEXT = PARAGRAPHS[1]


def reason_of(html: str) -> tuple[Reason | None, Reason | None]:
    """Return the reason that is certain and the one that is told, of the block that is TEXT."""
    block = next(block for block in read(html, "html").blocks if block.text == TEXT)
    return certain_reason(block), BoxReasons().of(block)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f"<p class='photo-caption'>{TEXT}</p>", Reason.MEDIA_CAPTION),
        (f"<div class='ImageCaption_title__x1'>{TEXT}</div>", Reason.MEDIA_CAPTION),
        (f"<div class='wp-caption-text'><p>{TEXT}</p></div>", Reason.MEDIA_CAPTION),
        (f"<blockquote class='twitter-tweet'><p>{TEXT}</p></blockquote>", Reason.MEDIA_CAPTION),
        (f"<div class='comment'><div><p>{TEXT}</p></div></div>", Reason.COMMENTS),
        (f"<div class='commentaire'><div><p>{TEXT}</p></div></div>", Reason.COMMENTS),
        (f"<section id='kommentare'><p>{TEXT}</p></section>", Reason.COMMENTS),
        (f"<p><em class='img_desc'>{TEXT}</em></p>", Reason.MEDIA_CAPTION),
        (f"<div><span class='photo-caption'>{TEXT}</span></div>", Reason.MEDIA_CAPTION),
        (f"<p class='byline'>{TEXT}</p>", Reason.BYLINE),
        (f"<div class='cta'><p>{TEXT}</p></div>", Reason.CALL_TO_ACTION),
        (f"<p class='disclaimer'>{TEXT}</p>", Reason.LEGAL),
        (f"<h2 class='sr-only'>{TEXT}</h2>", Reason.NAVIGATION),
    ],
)
def test_certain_names(html: str, reason: Reason) -> None:
    assert reason_of(html)[0] is reason


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{TEXT}</p>",
        f"<div class='has-caption'><p>{TEXT}</p></div>",
        f"<div class='figure with-caption'><p>{TEXT}</p></div>",
        # too far away: the whole text may stand in it
        f"<div class='caption'><div><p>{TEXT}</p></div></div>",
        f"<div class='comments'><div><div><p>{TEXT}</p></div></div></div>",
        f"<article class='author-jane'><p>{TEXT}</p></article>",
        # words that mean something else as often
        f"<div class='video'><p>{TEXT}</p></div>",
        f"<p class='paywall'>{TEXT}</p>",
        f"<p class='captional'>{TEXT}</p>",
    ],
)
def test_names_that_leave_a_doubt(html: str) -> None:
    assert reason_of(html)[0] is None


@pytest.mark.parametrize("names", ["id='asset:d4f8-b86a024b5ad5'", "class='css-1ad5x body_9nav0'"])
def test_hashes_say_nothing(names: str) -> None:
    assert reason_of(f"<article {names}><p>{TEXT}</p></article>") == (None, None)


def test_the_innermost_telling_box_names_the_reason() -> None:
    html = f"<div class='footer'><div class='newsletter'><p>{TEXT}</p></div></div>"
    assert reason_of(html) == (None, Reason.CALL_TO_ACTION)
    assert reason_of(f"<nav><div><p>{TEXT}</p></div></nav>") == (None, Reason.NAVIGATION)
    assert reason_of(f"<p>{TEXT}</p>") == (None, None)


def test_a_caption_that_reads_like_the_article_is_none_of_it() -> None:
    one, two, three, four = PARAGRAPHS
    text = f"<p>{one}</p><p class='image-caption'>{two}</p><p>{three}</p><p>{four}</p>"
    found = clean(page(front=f"<h1>{TITLE}</h1>", body=text))
    assert found.body == "\n\n".join((one, three, four))
    assert [(r.text, r.reason, r.rule) for r in found.removed] == [
        (two, Reason.MEDIA_CAPTION, "named-box")
    ]


@pytest.mark.parametrize("name", ["no-share", "newsletter-post"])
def test_what_the_whole_article_stands_in_says_nothing_of_a_part(name: str) -> None:
    html = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    doubtful = Fixed(0.9, 0.6, 0.9, 0.9)
    whole = read(f"<article class='{name}'>{html}</article>", "html")
    label_outside(Draft(whole, builtin(), model=doubtful))
    assert [block.kept for block in whole.blocks] == [True] * 4
    first, second, *others = PARAGRAPHS
    rest = "".join(f"<p>{text}</p>" for text in others)
    part = read(f"<p>{first}</p><div class='{name}'><p>{second}</p></div>{rest}", "html")
    label_outside(Draft(part, builtin(), model=doubtful))
    assert [block.kept for block in part.blocks] == [True, False, True, True]
