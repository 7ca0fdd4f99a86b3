"""Long runs of short lines, far from any text of a dump, are its menus."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS

import cleaner
from cleaner.article import Reason
from cleaner.labels import Draft
from cleaner.labels.menus import FAR_RULE, label_menus
from cleaner.readers import read
from cleaner.rules import builtin

NEAR = 14
TEXT = list(PARAGRAPHS)
SECTIONS = [
    "Log in",
    "Newsletter",
    "Privacy Policy",
    *(f"Section {number}" for number in range(117)),
]


def far(lines: list[str], kind: cleaner.Door = "text") -> list[str]:
    """The lines that stand far from text, in order."""
    page = read("\n\n".join(lines), kind)
    label_menus(Draft(page, builtin()))
    out = [block for block in page.blocks if not block.kept]
    assert all((b.reason, b.rule) == (Reason.OUTSIDE_ARTICLE, FAR_RULE) for b in out)
    return [block.text for block in out]


def test_menus_below_the_text_are_far() -> None:
    assert far([*TEXT, *SECTIONS]) == SECTIONS[NEAR:]


def test_menus_above_the_text_are_far_but_for_the_dumps_first_lines() -> None:
    assert far([*SECTIONS, *TEXT]) == SECTIONS[NEAR:-NEAR]


def test_menus_between_texts_are_far() -> None:
    assert far([*TEXT, *SECTIONS, *TEXT]) == SECTIONS[NEAR:-NEAR]


def test_a_title_among_them_has_lines_near_it() -> None:
    title = "Council votes to keep the last ferry running until spring"
    lines = [*TEXT, *SECTIONS[:60], title, *SECTIONS[60:]]
    assert far(lines) == [*SECTIONS[NEAR : 60 - NEAR], *SECTIONS[60 + NEAR :]]


@pytest.mark.parametrize(
    "lines",
    [
        [*TEXT, *SECTIONS[:55], *TEXT],  # a list of the article, however long
        [*TEXT[:1], *SECTIONS],  # hardly any text: it may be a poem
        SECTIONS,
        [*TEXT, *(f"The winner of group {n} was team {n}." for n in range(100))],  # long enough
        [*TEXT, *(f"Winner of group {n}" for n in range(100)), *TEXT],  # no words of menus
        [*TEXT, *(f"第{n}部分渡轮将于星期一恢复航行" for n in range(100))],
    ],
    ids=["a list", "little text", "no text", "sentences", "a long list", "Chinese sentences"],
)
def test_others_are_not(lines: list[str]) -> None:
    assert far(lines) == []


def test_chinese_menus_are_far() -> None:
    sections = ["登录", "注册", "分享到", *(f"{number}新闻" for number in range(117))]
    text = ["渡轮将于星期一恢复航行，港务局长在周五的会议上这样说。" * 4] * 4
    assert far([*text, *sections]) == sections[NEAR:]


def test_pages_have_boxes_to_tell_by() -> None:
    assert far([f"<p>{line}</p>" for line in [*TEXT, *SECTIONS]], "html") == []


def test_half_a_character_is_no_error() -> None:
    sections = [f"{section} \ud800" for section in SECTIONS]
    assert len(far([*TEXT, *TEXT, *SECTIONS[:3], *sections])) > NEAR


def test_they_are_in_the_audit_trail() -> None:
    article = cleaner.clean("\n".join([*TEXT, *SECTIONS]), kind="text")
    assert all(text in article.body for text in TEXT)
    removed = {drop.text: drop.rule for drop in article.removed}
    assert all(removed[section] == FAR_RULE for section in SECTIONS[NEAR:])
