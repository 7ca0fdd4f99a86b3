"""What stands above and below a text: names, roles, datelines, pagers, offers."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.article import Article, Caution

HEADLINE = "The bridge over the Elder is closed for repairs"
PROSE = (
    "The bridge was closed on Monday, and the people of the town took the long way round by the"
    " mill, as they had in the year of the flood."
)
MORE = (
    "It will be open again in spring, the mayor said, or in the spring after that, if the river"
    " leaves enough of it to be worth the paint."
)


def dump(*lines: str) -> Article:
    return cleaner.clean("\n\n".join(lines), kind="text")


def reasons(article: Article) -> dict[str, str]:
    return {row.text: str(row.reason) for row in article.removed}


@pytest.mark.parametrize(
    "lines",
    [
        ("Jane Marlowe", "Published January 8, 2020"),
        ("Published January 8, 2020", "Jane Marlowe"),
        ("Jane Marlowe", "Staff Reporter"),
        ("Jane Marlowe", "Senior reporter, defence and security"),
        ("Jane Marlowe · Banner News",),
        ("By Jane Marlowe", "Staff Reporter"),
        ("Author of the article: Jane Marlowe",),
    ],
)
def test_a_name_is_a_byline_where_something_says_so(lines: tuple[str, ...]) -> None:
    article = dump(HEADLINE, *lines, PROSE, MORE)
    assert article.authors == ("Jane Marlowe",)
    assert article.body.split("\n\n") == [PROSE, MORE]


@pytest.mark.parametrize("line", ["Jane Marlowe", "Middle East", "Jane Marlowe | John Quarry"])
def test_a_name_alone_is_no_byline(line: str) -> None:
    article = dump(HEADLINE, line, PROSE, MORE)
    assert article.authors == ()
    assert line not in reasons(article)


def paragraphs(*lines: str) -> Article:
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return cleaner.clean(f"<html><body><article>{body}</article></body></html>")


@pytest.mark.parametrize("names", [("Jane Marlowe",), ("Jane Marlowe", "John Quarry")])
def test_a_name_in_bold_above_a_text_that_does_not_speak_of_it_is_a_byline(
    names: tuple[str, ...],
) -> None:
    line = "/".join(names)
    article = paragraphs(f"<h1>{HEADLINE}</h1>", f"<p><b>{line}</b></p>", PROSE, MORE)
    assert article.authors == names
    assert reasons(article)[line] == "byline"


@pytest.mark.parametrize(
    "lines",
    [
        ("<h2>Jane Marlowe</h2>", PROSE, MORE),
        ("<p><b>Jane Marlowe</b></p>", f"{PROSE} Jane Marlowe was one of them.", MORE),
        (PROSE, "<p><b>Jane Marlowe</b></p>", MORE),
    ],
)
def test_other_lines_of_a_name_are_none(lines: tuple[str, ...]) -> None:
    article = paragraphs(f"<h1>{HEADLINE}</h1>", *lines)
    assert article.authors == ()
    assert "byline" not in reasons(article).values()


def test_a_name_within_the_text_is_a_subhead() -> None:
    article = dump(HEADLINE, PROSE, "Jane Marlowe", "Reporters wrote of nothing else.", MORE)
    assert article.authors == ()
    assert "Jane Marlowe" in article.body


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("With files from Jane Marlowe", ("Jane Marlowe",)),
        ("The Associated Press contributed to this report.", ("The Associated Press",)),
        ("Banner News' Jane Marlowe contributed to this report.", ("Jane Marlowe",)),
        ("Jane Marlowe and Reuters contributed reporting.", ("Jane Marlowe", "Reuters")),
    ],
)
def test_contributors(line: str, names: tuple[str, ...]) -> None:
    article = dump(HEADLINE, PROSE, MORE, line)
    assert article.credits == names
    assert reasons(article) == {line: "credit"}


@pytest.mark.parametrize(
    "opening", ["PORT ANSELM (Reuters) - ", "PORT ANSELM, Feb. 3 (Reuters) — "]
)
def test_the_agency_of_a_dateline_is_credited_and_stays(opening: str) -> None:
    article = dump(HEADLINE, opening + PROSE, MORE)
    assert article.credits == ("Reuters",)
    assert article.body.startswith(opening)


def test_other_brackets_are_no_dateline() -> None:
    assert dump(HEADLINE, "Anselm (Manitoba) - " + PROSE, MORE).credits == ()


def test_a_sentence_above_the_byline_is_a_standfirst() -> None:
    line = "The river has taken two of its pillars."
    assert dump(HEADLINE, line, "By Jane Marlowe", PROSE, MORE).standfirst == line
    assert dump(HEADLINE, line, PROSE, MORE).standfirst is None


@pytest.mark.parametrize("pager", ["Previous article", "Next article"])
def test_a_pager_above_the_headline_does_not_take_it(pager: str) -> None:
    article = dump(pager, HEADLINE, PROSE, MORE)
    assert article.headline == HEADLINE
    assert reasons(article) == {pager: "related-link"}


def test_a_pager_takes_the_title_that_belongs_to_it() -> None:
    article = dump(HEADLINE, PROSE, MORE, "Next article", "Mill to be sold")
    assert set(reasons(article)) == {"Next article", "Mill to be sold"}
    above = cleaner.clean(f"Next article\nMill to be sold\n\n{HEADLINE}\n\n{PROSE}\n\n{MORE}\n")
    assert above.headline == HEADLINE
    assert set(reasons(above)) == {"Next article", "Mill to be sold"}


@pytest.mark.parametrize(
    ("line", "behind_a_wall"),
    [
        ("Subscribe to continue reading", True),
        ("This article is for subscribers only.", True),
        ("Already a subscriber? Log in", False),
        ("Subscribe to our newsletter", False),
    ],
)
def test_an_offer_to_read_on_is_a_paywall(line: str, behind_a_wall: bool) -> None:
    article = dump(HEADLINE, PROSE, line)
    assert (Caution.PAYWALLED in article.warnings) is behind_a_wall
    assert reasons(article) == {line: "call-to-action"}


def test_a_hidden_offer_is_none() -> None:
    page = f"<h1>{HEADLINE}</h1><p>{PROSE}</p><p>{MORE}</p>"
    offer = "<p{}>Subscribe to continue reading</p>"
    assert Caution.PAYWALLED in cleaner.clean(page + offer.format("")).warnings
    hidden = cleaner.clean(page + offer.format(' style="display:none"'))
    assert Caution.PAYWALLED not in hidden.warnings


@pytest.mark.parametrize("line", ["jane.marlowe@banner.example", "Email: news@banner.example"])
def test_an_address_alone(line: str) -> None:
    assert reasons(dump(HEADLINE, PROSE, MORE, line)) == {line: "call-to-action"}


def test_an_address_in_a_sentence_stays() -> None:
    line = "He wrote to jane@banner.example."
    assert line in dump(HEADLINE, PROSE, line, MORE).body


def test_a_caption_ends_in_a_name_and_a_source() -> None:
    line = "The bridge on Sunday, before it was closed. Jane Marlowe/The Banner"
    assert reasons(dump(HEADLINE, line, PROSE, MORE)) == {line: "media-caption"}


def test_a_list_outside_the_article_gets_its_reason() -> None:
    page = (
        f"<html><body><article><h1>{HEADLINE}</h1><p>{PROSE}</p><p>{MORE}</p></article>"
        "<div><h3>Most Read</h3><ul><li><a href='/1'>Mill to be sold</a></li>"
        "<li><a href='/2'>Ferry to sail again</a></li></ul></div></body></html>"
    )
    found = reasons(cleaner.clean(page))
    assert {found[t] for t in ("Most Read", "Mill to be sold", "Ferry to sail again")} == {
        "teaser-list"
    }
