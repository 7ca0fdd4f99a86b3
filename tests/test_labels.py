"""The labelling passes, each alone on small dumps: what goes, why, and what must stay.

A dump is written with the fate of each line in front of it: the reason of its removal, the field
that claims it, or nothing where it stays in the body.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from timed import seconds

import cleaner
from cleaner import Reason
from cleaner.labels import PASSES
from cleaner.labels.bios import label_bios
from cleaner.labels.draft import Draft
from cleaner.labels.duplicates import label_duplicates
from cleaner.labels.front import label_front
from cleaner.labels.media import label_media
from cleaner.labels.metadata import label_metadata
from cleaner.labels.people import label_people
from cleaner.labels.phrases import label_phrases
from cleaner.labels.rest import label_rest
from cleaner.labels.teasers import label_teasers
from cleaner.page import Role
from cleaner.readers.html import read_html
from cleaner.readers.text import read_text
from cleaner.rules import Rule, Rules, Scope, builtin

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.page import Page

A = (
    "The bridge over the river was closed on Monday after engineers found cracks in two of its"
    " pillars, and nobody could say when it would be open to traffic again."
)
B = (
    "Mayor Jane Doe told reporters that the city had asked the province for help in March, but"
    " that no money had come since, and that the works would cost more than a new bridge."
)
C = (
    "Residents on both banks have been asked to leave their cars at home until the autumn, when"
    " a second ferry is due to arrive from the shipyard, the council said in a statement."
)
SHORTHAND = {"(A)": A, "(B)": B, "(C)": C}


def test_the_lines_that_may_signal_are_found_at_once() -> None:
    lines = ["By Jane Doe", "Published May 8, 2020", A, "Duration 0:49", "By Jane Doe", "Bridges"]
    draft = Draft(read_text("\n".join(lines)), builtin())
    for name in ("byline", "published", "duration"):
        carriers = [index for index in range(len(lines)) if draft.signals(name, index)]
        assert carriers
        assert set(carriers) <= set(draft.may_signal(name))
    assert 5 not in draft.may_signal("byline")
    assert draft.signals_any(("age", "duration"), 3)
    assert not draft.signals_any(("age", "duration"), 5)
    assert not draft.signals_any(("age", "duration"), len(lines))


def run(table: str, *passes: Callable[[Draft], None]) -> tuple[list[str], list[str], Page]:
    """The fate of each line: the one expected and the one it met."""
    rows = [line.strip().partition("|") for line in table.strip("\n").splitlines()]
    lines = [SHORTHAND.get(text.strip(), text.strip()) for _, _, text in rows]
    page = read_text("\n".join(lines))
    draft = Draft(page, builtin())
    for label_pass in passes:
        label_pass(draft)
    expected = [f"{fate.strip()} | {text}" for (fate, _, _), text in zip(rows, lines, strict=True)]
    met = {
        block.line: "" if block.role is Role.BODY else str(block.reason or block.role)
        for block in page.blocks
    }
    actual = [f"{met.get(n, '')} | {text}" for n, text in enumerate(lines, start=1)]
    return expected, actual, page


def facts(page: Page) -> list[tuple[str, str]]:
    return [(fact.name, fact.value) for fact in page.facts]


def check(table: str, *passes: Callable[[Draft], None]) -> Page:
    expected, actual, page = run(table, *passes)
    assert actual == expected
    return page


# --- comments ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", ["3 Responses to “Cracks”", "Leave a Reply", "Comments (12)", "Reader comments"]
)
def test_what_stands_below_the_heading_of_comments_is_comments(heading: str) -> None:
    check(
        f"|(A)\n|(B)\n|(C)\ncomments|{heading}\ncomments|Gerrit\ncomments|(A)\nlegal|© 2020 Doe",
        label_phrases,
        label_rest,
    )


@pytest.mark.parametrize(
    "table",
    [
        # above the text, or most of it
        "|(A)\n|(B)\ncomments|Comments (12)\n|(C)\n|(A)",
        "|(A)\n|(B)\n|(C)\ncomments|Leave a Reply\n|(A)\n|(B)",
        "|(A)\n|(B)\n|(C)\ncall-to-action|Leave a comment\n|(A)",
        # how many there are, anywhere
        "|(A)\n|(B)\n|(C)\ncall-to-action|12 comments\n|(A)",
        # a sentence
        "|(A)\n|(B)\n|(C)\n|Three responses to the crisis are possible, she said.\n|(A)",
    ],
)
def test_other_words_for_comments_end_no_text(table: str) -> None:
    check(table, label_phrases, label_rest)


def test_comments_of_a_page_are_left_to_its_boxes() -> None:
    page = read_html("".join(f"<p>{line}</p>" for line in (A, B, C, "Leave a Reply", A)))
    draft = Draft(page, builtin())
    label_phrases(draft)
    label_rest(draft)
    assert [block.text for block in page.kept()] == [A, B, C, A]


def test_rules_of_ones_own_end_texts() -> None:
    rules = Rules(
        [Rule("guild", Reason.LEGAL, ("the ferry guild …",), scope=Scope.REST)], base=builtin()
    )
    page = read_text("\n\n".join((A, B, C, "The Ferry Guild, 4 Quay Road", "Open on weekdays", A)))
    draft = Draft(page, rules)
    label_phrases(draft)
    label_rest(draft)
    assert [block.text for block in page.kept()] == [A, B, C]
    assert {(b.reason, b.rule) for b in page.blocks if not b.kept} == {(Reason.LEGAL, "guild")}


# --- phrases -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("ad-marker", "Advertisement"),
        ("ad-marker", "ADVERTISEMENT"),
        ("ad-marker", "- Advertisement -"),
        ("ad-marker", "Story continues below advertisement"),
        ("ad-marker", "Article continues after ad"),
        ("sponsored", "Sponsored content"),
        ("sponsored", "Sponsored by Acme Motors"),
        ("media-caption", "WATCH ABOVE: The bridge as seen from the air"),
        ("media-caption", "VIDEO: The bridge as seen from the air"),
        ("media-caption", "Photo: Jane Doe"),
        ("media-caption", "Click to play video"),
        ("related-link", "READ MORE: Bridge closed after cracks found"),
        ("related-link", "Related: Bridge closed after cracks found"),
        ("related-link", "Continue reading"),
        ("call-to-action", "Follow us on Twitter"),
        ("call-to-action", "Sign up for our daily newsletter"),
        ("call-to-action", "Subscribe to continue reading"),
        ("call-to-action", "Share this story"),
        ("call-to-action", "Download our app"),
        ("metadata", "3 min read"),
        ("metadata", "Tags: bridges, rivers"),
        ("legal", "© 2020 The Banner"),
        ("legal", "All rights reserved."),
    ],
)
def test_phrases_remove(reason: str, line: str) -> None:
    check(f"|(A)\n|\n{reason}|{line}\n|\n|(B)", label_phrases)


@pytest.mark.parametrize(
    "line",
    [
        "Watch above all for ice on the bridges, police said.",
        "Read more books, he said.",
        "Most read the letter as a threat.",
        "The Canadian Press reported that the bridge was closed.",
        "“This is an advertisement,” he said, “and not a story.”",
        "Jan. 8 was the day on which the bridge was closed.",
        "Advertising paid for the bridge.",
        "Video of the collapse was shared widely.",
        "Photos, he said, prove nothing.",
        "Related families were housed together.",
        "Share prices of the builder fell on Tuesday.",
        "Subscribe, they told him, and he did.",
        "Follow the river to the bridge, the guide said.",
        "Sign up sheets hung on the wall.",
        "All rights of way were closed.",
        "Continue reading the signs of the sky, she wrote.",
        "The bill was sponsored by nobody.",
        "Comments on the plan are due in May.",
        "Previous bridges had lasted longer.",
        "Tags on the pillars named their makers.",
        "3 minutes later the bridge was gone.",
        "Get the children to your mother, she shouted.",
    ],
)
def test_phrases_keep(line: str) -> None:
    check(f"|(A)\n|\n|{line}\n|\n|(B)", label_phrases)


def test_no_phrase_removes_a_long_line() -> None:
    check(f"|(A)\n|READ MORE: {A} {B} {C}\n|(B)", label_phrases)


@pytest.mark.parametrize(
    "table",
    [
        # a bare pointer takes the title it points to
        """
        |(A)
        related-link|Read more:
        related-link|Ferry to come in autumn
        |(B)
        """,
        """
        |(A)
        |
        related-link|Read more:
        |
        related-link|Ferry to come in autumn
        |
        |(B)
        """,
        # but not a sentence of the text, nor a line with a rule of its own
        """
        |(A)
        related-link|Read more:
        |(B)
        """,
        """
        |(A)
        related-link|Read more:
        ad-marker|Advertisement
        |(B)
        """,
        # one that says itself where it leads takes nothing
        """
        |(A)
        related-link|Read more: Ferry to come in autumn
        |Who pays for it
        |(B)
        """,
        """
        |(A)
        related-link|Read more:
        """,
        # a title that was torn apart goes as a whole; a sentence of the text goes on
        """
        |(A)
        related-link|Read more:
        related-link|Ferry to come in
        related-link|late
        related-link|autumn
        |(B)
        """,
        """
        |The ferry over the river, which had been late
        related-link|Read more: Ferry to come
        |in autumn, comes in spring.
        """,
    ],
)
def test_what_a_pointer_takes_along(table: str) -> None:
    check(table, label_phrases)


# --- media ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        # cards: a title, perhaps an age, a duration, perhaps a description
        """
        |A headline
        |(A)
        |
        media-caption|Crews inspect the bridge
        media-caption|4 years ago
        media-caption|Duration 1:09
        |
        |(B)
        """,
        """
        |A headline
        |(A)
        |
        media-caption|Crews inspect the bridge
        media-caption|Duration 0:49
        media-caption|Divers and drones were used on Tuesday.
        |
        |(B)
        """,
        """
        |A headline
        |(A)
        media-caption|Crews inspect the bridge
        media-caption|Duration 0:49
        media-caption|Crews of divers and drones were seen on Tuesday.
        |(B)
        """,
        """
        |A headline
        |(A)
        media-caption|Duration 0:49
        |(B)
        """,
        # a title is no sentence, and the headline is nobody's card
        """
        |A headline
        |(A)
        |It was cold.
        media-caption|Duration 0:49
        |(B)
        """,
        """
        |A headline
        media-caption|Duration 0:49
        |(A)
        """,
        # where no blank lines part the cards, what does not speak of the title is text
        """
        |A headline
        |(A)
        media-caption|Crews inspect pillars
        media-caption|Duration 0:49
        |It snowed on Tuesday.
        |(B)
        """,
        # ages and durations in prose are prose
        """
        |A headline
        |(A)
        |Four years ago the bridge was new.
        |Duration of the works: 3 years
        |4 years ago
        |(B)
        """,
    ],
)
def test_video_cards(table: str) -> None:
    check(table, label_media)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge on Monday. (John Smith/CBC)",
        "The bridge on Monday. (THE CANADIAN PRESS/Sean Kilpatrick)",
        "The bridge on Monday. THE CANADIAN PRESS/Sean Kilpatrick",
        "The bridge on Monday (Photo by Jane Doe)",
        "The bridge on Monday. Photo by Jane Doe",
        "The bridge on Monday. (Submitted by Jane Doe)",
        "The bridge on Monday. (Getty Images)",
        "Cars wait on Monday. John Smith/AFP via Getty Images",
        "Cars wait on Monday. Courtesy of the museum",
        "De brug op maandag. Beeld Anna de Vries",
        "開通した橋＝2024年1月25日、鳥羽木町、山田太郎撮影",
        "시민들이 12일 새로 놓인 다리를 건너고 있다. 연합뉴스",
        "The bridge on Monday. Reuters",
        "Moradores cruzam a ponte na segunda-feira - Ana Souza/Diário de Piratininga",
        "市民走过新启用的大桥。王小明摄",
        "市民走过新启用的大桥（新华社记者王小明摄）",
        "NelsonStock/E+ via Getty Images",
    ],
)
def test_captions_with_a_credit_go(line: str) -> None:
    check(f"|A headline\n|(A)\nmedia-caption|{line}\n|(B)", label_media)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge (built in 1911) was closed.",
        "The bridge was closed (see below).",
        "The bridge was closed on Monday, the Canadian Press reported.",
        "The mayor spoke to the CBC (her brother works there) on Monday.",
        "It was built by Smith/Jones Ltd.",
        "Crews were paid with his courtesy of the house.",
        "She took the photo by the river.",
        "He was in the Picture. Image is all that counts",
        "橋を山田太郎さんが撮影",
        "Members of the New Democratic Party (NDP)",
        "The Canadian Broadcasting Corporation (in English)",
        "“It opens on Monday.” The mayor",
        "Family car – Kia EV9 / Cadillac Lyriq",
        "他喜欢在海边拍摄",
        "新片今日开机 王家卫在上海拍摄",
        "他爱好旅行 也喜欢摄影",
        "大桥通车了。市民争相拍摄",
        "The big debate – Kamala Harris/Donald Trump",
        "How to choose a car - Family Estate/SUV",
    ],
)
def test_lines_without_a_credit_stay(line: str) -> None:
    check(f"|A headline\n|(A)\n|{line}\n|(B)", label_media)


@pytest.mark.parametrize(
    "table",
    [
        """
        |(A)
        media-caption|Thank you to all who ran towards the smoke today. pic.example/x
        media-caption|— Nelson Fire (@nelsonfire) November 14, 2023
        |(B)
        """,
        """
        |(A)
        media-caption|Danke an alle, die heute geholfen haben.
        media-caption|— Max Weber (@max_w) 7. Mai 2025
        media-caption|The bridge is closed. Take the ferry. pic.twitter.com/UgGalRWfN9
        |The post with pic.twitter.com/UgGalRWfN9 in it was read by all of the town.
        |(B)
        """,
        # a paragraph is no post; nor is who is named in one
        """
        |(A)
        |- Jane Doe (@jane) writes from Leeds in 2024 that all is well.
        |(B)
        """,
    ],
)
def test_embedded_posts(table: str) -> None:
    check(table, label_media)


def test_the_source_at_the_end_of_the_text_is_no_caption() -> None:
    check(f"|A headline\n|(A)\n|(B)\n|{C} (CBC)", label_media)


@pytest.mark.parametrize(
    "table",
    [
        """
        |(A)
        media-caption|Crews inspect pillars
        media-caption|Duration 0:49
        media-caption|Mayor speaks – Jan 8, 2020
        |(B)
        """,
        # a day at the end of a line without a player beside it
        """
        |(A)
        |Mayor speaks – Jan 8, 2020
        |(B)
        """,
        """
        |(A)
        |The works ended on Jan 8, 2020
        |(B)
        """,
    ],
)
def test_titles_of_videos_with_their_day(table: str) -> None:
    check(table, label_media)


# --- teasers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        # to the end
        """
        |(A)
        |(B)
        teaser-list|Just Posted
        teaser-list|Ferry to come in autumn
        teaser-list|The ferry will carry forty cars, the council said.
        teaser-list|Council meets
        """,
        # until prose resumes
        """
        |(A)
        teaser-list|Most Read
        teaser-list|Ferry to come in autumn
        teaser-list|Council meets
        |(B)
        |(C)
        """,
        # the short sentence in front of the prose is prose, in a list of bare titles
        """
        |(A)
        teaser-list|Most Read
        teaser-list|Ferry to come in autumn
        teaser-list|Council meets
        |It snowed on Tuesday.
        |(B)
        |(C)
        """,
        # two lists
        """
        |(A)
        teaser-list|Most Read
        teaser-list|Ferry to come in autumn
        teaser-list|Trending Now
        teaser-list|Council meets
        """,
        # a heading and no list
        """
        |(A)
        teaser-list|Most Read
        |(B)
        |(C)
        """,
        # a list swallows the captions in it
        """
        |(A)
        |(B)
        teaser-list|More stories
        teaser-list|Ferry to come in autumn
        teaser-list|VIDEO: The ferry
        ad-marker|Advertisement
        teaser-list|Council meets
        """,
        # items with a sign: what has none is no item
        """
        |(A)
        teaser-list|Most Read
        teaser-list|- Ferry to come in autumn
        teaser-list|- Council meets
        |STEP 2:
        |A subhead
        |(B)
        """,
        # titles only: what follows them is no summary
        """
        |(A)
        teaser-list|Most Read
        teaser-list|Ferry to come in autumn, council says
        teaser-list|Council meets on the bridge again
        |(B)
        |A subhead
        """,
        # words that head lists stand in menus too: the article's head is no list
        """
        |Home
        teaser-list|Trending
        |World
        teaser-list|Local News
        |Bridge closed after cracks found
        |By Jane Doe
        |(A)
        |(B)
        """,
        # one list in front, and the article's head below it
        """
        |Ferry to come in autumn, council says
        teaser-list|Most Read
        |Council meets on the bridge again
        |Bridge closed after cracks found
        |Posted March 2, 2020
        |(A)
        """,
        # a list between the headline's byline and the text
        """
        |Bridge closed after cracks found
        |By Jane Doe
        teaser-list|Trending Now
        teaser-list|Ferry to come in autumn
        |(A)
        |(B)
        """,
        # a list in the menus, and the article's title above its day
        """
        |Home
        teaser-list|Most Read
        |Ferry
        |Bridge closed after cracks found in pillars
        |March 2, 2020 5:04 p.m.
        |(A)
        |(B)
        """,
        # until a sentence goes on, from where it begins
        """
        |(A)
        teaser-list|Just Posted
        teaser-list|Ferry to come in autumn
        |The
        |Council of Nelson
        |, the mayor said, met again.
        """,
        # what only looks like a heading
        """
        |(A)
        |Also on the agenda
        |A new bench on the quay
        |More in sorrow than in anger
        |A new roof for the school
        |(B)
        """,
        """
        |(A)
        |Most read the letter as a threat.
        |Ferry to come in autumn
        |(B)
        """,
        """
        |(A)
        |Just posted to Kabul, he found the embassy empty.
        |(B)
        """,
    ],
)
def test_teaser_lists(table: str) -> None:
    check(table, label_phrases, label_teasers)


# --- metadata ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Posted March 2, 2020 5:04 pm", "date"),
        ("Published: January 8, 2020", "date"),
        ("First published on 7 January 2020", "date"),
        ("Updated March 3, 2020 5:04 pm", "modified"),
        ("Last updated: 7 January 2020", "modified"),
    ],
)
def test_stamps_are_facts(line: str, fact: str) -> None:
    page = check(f"|A headline\nmetadata|{line}\n|(A)", label_metadata)
    assert [name for name, _ in facts(page)] == [fact]


def test_a_day_below_a_standfirst_that_reads_like_text_is_in_front() -> None:
    table = "|A headline\n|(A)\n|Jane Doe\nmetadata|29 September 2023, 16:30\n|(B)\n|(A)"
    check(table, label_metadata)
    check("|A headline\n|(A)\n|(B)\n|29 September 2023, 16:30\n|(A)", label_metadata)


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("Dalva began to clear the square — Foto: Jane Doe/N1", True),
        ("The old bridge, seen from the harbour | Photo: Jane Doe", True),
        ("The bridge as it was – Archivfoto: Max Weber", True),
        ("The mayor speaks on Monday. | Jane Doe/Banner Wire", True),
        ("The mayor speaks on Monday. — File photo", True),
        ("The old bridge - photos", False),
        ("The council met — twice, as it does in May", False),
        ("He had one wish — photo: none, he said.", False),
    ],
)
def test_a_credit_behind_a_dash_closes_a_caption(line: str, credited: bool) -> None:
    check(f"|(A)\n{'media-caption' if credited else ''}|{line}\n|(B)", label_media)


@pytest.mark.parametrize("day", ["8. svibnja 2025.", "2025. május 8.", "May 8, 2025"])
def test_bare_days_of_languages_that_end_them_so_go(day: str) -> None:
    check(f"|A headline\nmetadata|{day}\n|(A)", label_metadata)


@pytest.mark.parametrize("label", ["Published", "Last updated:"])
def test_the_label_of_a_day_goes_with_it(label: str) -> None:
    check(f"|A headline\nmetadata|{label}\nmetadata|8 May 2020\n|(A)", label_metadata)
    check("|A headline\n|Reporter\nmetadata|8 May 2020\n|(A)", label_metadata)


@pytest.mark.parametrize(
    "line",
    [
        "Updated figures are due in May.",
        "Posted signs on the bridge say 20 km/h.",
        "Published in 1911, the plan was never built.",
        "Jan. 8, 2020 was the day on which the bridge was closed.",
        "On January 8, 2020, the bridge was closed.",
        "January 6, 2021.",
        "12 maj 1940.",
        f"Published on January 8, 2020: {A}",
    ],
)
def test_days_in_prose_stay(line: str) -> None:
    check(f"|A headline\n|{line}\n|(A)", label_metadata)


@pytest.mark.parametrize(
    "line",
    [
        "Jan. 8, 2020 was the day on which the bridge was closed.",
        "On January 8, 2020, the bridge was closed.",
    ],
)
def test_days_in_prose_are_not_the_date(line: str) -> None:
    assert cleaner.clean(f"A headline of the day\n\n{line}\n\n{A}\n\n{B}").date is None


# --- people --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "line", "stated"),
    [
        ("byline", "By Jane Doe", [("author", "Jane Doe")]),
        (
            "byline",
            "By Jane Doe, The Canadian Press",
            [("author", "Jane Doe"), ("credit", "The Canadian Press")],
        ),
        ("byline", "Written by Jane Doe", [("author", "Jane Doe")]),
        ("credit", "The Canadian Press", [("credit", "The Canadian Press")]),
        (
            "credit",
            "— With files from The Canadian Press",
            [("credit", "The Canadian Press")],
        ),
        ("credit", "With files from John Roe", [("credit", "John Roe")]),
    ],
)
def test_bylines_and_credits_are_facts(
    reason: str, line: str, stated: list[tuple[str, str]]
) -> None:
    page = check(f"|(A)\n|(B)\n{reason}|{line}", label_people)
    assert facts(page) == stated


@pytest.mark.parametrize(
    "line",
    [
        "The Canadian Press reported that the bridge was closed.",
        "By Monday, the bridge was closed.",
        "By and large, she said, it was safe.",
        "By the river",
        "With files from both sides in hand, the judge withdrew.",
        "Jane Doe",
        "Jane Doe said the bridge was closed.",
    ],
)
def test_prose_about_people_stays(line: str) -> None:
    page = check(f"|(A)\n|{line}\n|(B)", label_people)
    assert facts(page) == []


@pytest.mark.parametrize(
    "table",
    [
        """
        |(A)
        |(B)
        author-bio|Jane Doe is a reporter with the Banner. She covers city hall.
        """,
        """
        |(A)
        |(B)
        author-bio|Jane Doe
        author-bio|Reporter
        author-bio|Jane Doe is a reporter with the Banner.
        """,
        """
        author-bio|Jane Doe
        author-bio|Jane Doe is a reporter with the Banner.
        |(A)
        |(B)
        """,
        """
        |(A)
        |(B)
        author-bio|About the author
        author-bio|Jane Doe
        """,
    ],
)
def test_biographies(table: str) -> None:
    page = check(table, label_bios)
    assert facts(page) == [("author", "Jane Doe")]


@pytest.mark.parametrize(
    "table",
    [
        # a person of the story, in the middle of it
        """
        |(A)
        |Jane Doe is a reporter who saw the cracks on Monday.
        |(B)
        """,
        """
        |(A)
        |(B)
        |Jane Doe said the reporter was wrong.
        """,
        """
        |(A)
        |(B)
        |Jane Doe was on the bridge on Monday.
        """,
        """
        |(A)
        |About the author little is known.
        |(B)
        """,
    ],
)
def test_people_of_the_story_stay(table: str) -> None:
    page = check(table, label_people)
    assert facts(page) == []


# --- front ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        """
        headline|Bridge closed after cracks found
        |
        |(A)
        |(B)
        """,
        """
        headline|Bridge closed after cracks found
        standfirst|Cracks in two pillars worry the mayor of the town
        |
        |(A)
        |(B)
        """,
        # what repeats the lede is no line of its own
        """
        headline|Bridge closed after cracks found
        duplicate|(A)
        |(A)
        |(B)
        """,
        # no headline
        """
        |(A)
        |Bridge closed after cracks found
        |(B)
        """,
        """
        |It snowed.
        |(A)
        """,
        # a subhead of a text that has long begun, an item, a credit, what says nothing of the text
        """
        |It snowed.
        |Nobody came.
        |The bridge was closed.
        |What the engineers found in the pillars
        |(A)
        |(B)
        """,
        """
        |• Engineers found cracks in its pillars
        |(A)
        |(B)
        """,
        """
        |Bridge with cracks in its pillars © The Banner
        |(A)
        |(B)
        """,
        """
        |In short
        |(A)
        |(B)
        """,
    ],
)
def test_front(table: str) -> None:
    check(table, label_front)


def test_a_section_of_menu_and_breadcrumb_is_no_title() -> None:
    menu = ["Menu", "Search", "Agriculture", "Sport", "Culture", "Agriculture"]
    head = ["Bridge closed after cracks found in pillars", "By Jane Doe", "March 8, 2020"]
    article = cleaner.clean("\n".join([*menu, *head, A, B, C]), kind="text")
    assert article.headline == head[0]


# --- duplicates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        """
        headline|Bridge closed after cracks found
        |(A)
        duplicate|Bridge closed after cracks found
        |(B)
        """,
        """
        headline|Bridge closed after cracks found
        |(A)
        duplicate|BRIDGE CLOSED AFTER CRACKS FOUND
        |(B)
        """,
        """
        headline|Bridge closed after cracks found
        |(B)
        |(A)
        |(C)
        duplicate|(A)
        """,
        # short lines may well be said twice
        """
        headline|Bridge closed after cracks found
        |(A)
        |“No,” she said.
        |(B)
        |“No,” she said.
        """,
        """
        headline|Bridge closed after cracks found
        |(A)
        |Bridge closed after cracks found in pillars
        |(B)
        """,
    ],
)
def test_duplicates(table: str) -> None:
    def claim_first(draft: Draft) -> None:
        draft.blocks[0].claim(Role.HEADLINE)

    check(table, claim_first, label_duplicates)


# --- all of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("label_pass", PASSES, ids=lambda p: p.__name__)
@pytest.mark.parametrize("text", ["", "…", "Jane Doe", A, f"A headline of the day\n\n{A}\n\n{B}"])
def test_no_pass_minds_a_small_page(label_pass: Callable[[Draft], None], text: str) -> None:
    page = read_text(text)
    label_pass(Draft(page, builtin()))
    assert [block.text for block in page.blocks] == [line for line in text.split("\n") if line]


def test_prose_stays() -> None:
    text = f"A headline of the day\n\n{A}\n\n{B}\n\n{C}"
    article = cleaner.clean(text)
    assert article.body == f"{A}\n\n{B}\n\n{C}"
    assert article.removed == ()


def test_every_removed_block_has_a_reason_and_a_rule() -> None:
    text = (
        f"A headline\n\nBy Jane Doe\n\n{A}\n\nAdvertisement\n\n{A}\n\nJust Posted\n\nMore\n\nThat"
    )
    removed = cleaner.clean(text).removed
    assert {row.reason for row in removed} == {
        Reason.BYLINE, Reason.AD_MARKER, Reason.DUPLICATE, Reason.TEASER_LIST,
    }  # fmt: skip
    assert all(row.rule and row.line and row.text in text for row in removed)
    assert [row.line for row in removed] == sorted(row.line or 0 for row in removed)


# Dumps that make a pass look around as often as it can.
LONG: dict[str, Callable[[int], str]] = {
    "titles": lambda n: "\n".join(f"A title of no {i}" for i in range(n)),
    "paragraphs": lambda n: "\n\n".join(f"{i}. {A}" for i in range(n)),
    "cards": lambda n: "A headline\n" + "A title\n4 years ago\nDuration 0:49\n" * (n // 3),
    "lists": lambda n: "\n".join(f"Just Posted\n{A} {i} {B}" for i in range(n // 2)),
    "bare lists": lambda n: "Just Posted\nA title here\n" * (n // 2),
    "pointers": lambda n: "Read more:\n" * n,
    "bios": lambda n: "Jane Doe\nJane Doe is a reporter with the Banner.\n" * (n // 2),
    "headed bios": lambda n: "About the author\nJane Doe\n" * (n // 2),
    "days": lambda n: "Mayor speaks – Jan 8, 2020\n" * n,
    "ads": lambda n: "Advertisement\n" * n,
}


@pytest.mark.parametrize("label_pass", PASSES, ids=lambda p: p.__name__)
@pytest.mark.parametrize("shape", LONG)
def test_time_grows_with_the_page_and_no_faster(
    shape: str, label_pass: Callable[[Draft], None]
) -> None:
    def draft_of(lines: int) -> Draft:
        draft = Draft(read_text(LONG[shape](lines)), builtin())
        if label_pass is label_teasers:
            label_phrases(draft)
        return draft

    few, many = (seconds(label_pass, partial(draft_of, n), 3) for n in (500, 2000))
    assert many < max(0.02, 9 * few)


def test_a_rule_across_the_page_is_no_text() -> None:
    check("|(A)\nnavigation|----------\n|(B)\nnavigation|==========\n|---\n|(C)", label_phrases)
    check("|(A)\nnavigation|————————————\n|(B)\n|=-=-=-=-=-=-=-\n|(C)", label_phrases)


def test_a_long_paragraph_that_ends_in_an_agency_is_text() -> None:
    long = "The bridge over the river was closed on Monday after engineers found cracks in it. " * 3
    check(f"|A headline\n|(A)\n|{long}Reuters\n|(B)", label_media)


def test_what_blocks_hold_is_found_in_all_of_them_at_once() -> None:
    draft = Draft(read_text("a - b\nab\nb-a - c - d\nd\n-"), builtin())
    assert draft.holding(" - ") == {0, 2}
    assert draft.holding("d", "ab") == {1, 2, 3}
    assert draft.holding("x") == draft.holding() == set()


def test_a_stop_whose_line_is_gone_goes_too() -> None:
    check("|(A)\n|.\ncall-to-action|Share this story\nnavigation|.\n|(B)", label_phrases)


# --- captions above their credits ----------------------------------------------------------------

CAPTION = "Gerald with owner Jane and her grandson Alfie, six"


@pytest.mark.parametrize("credit", ["Credit: Supplied", "Foto: dpa", "Photo: Jane Doe"])
def test_a_caption_above_its_credit_is_one(credit: str) -> None:
    check(
        f"|(A)\nmedia-caption|{CAPTION}\nmedia-caption|{credit}\n|(B)", label_phrases, label_media
    )


@pytest.mark.parametrize(
    "table",
    [
        f"|{CAPTION}\nmedia-caption|Credit: Supplied\n|(A)",  # it may be the headline
        "|(A)\nmedia-caption|Credit: Supplied\n|(B)",  # a sentence
        "|(A)\n|At the quay\nmedia-caption|Credit: Supplied\n|(B)",  # a subhead
        f"|(A)\n|{CAPTION}\nmedia-caption|Photo courtesy of the guild\n|(B)",
        f"|(A)\n|{CAPTION}\n|(B)",
    ],
)
def test_what_else_stands_above_a_credit_stays(table: str) -> None:
    check(table, label_phrases, label_media)


# --- lists that blank lines part from the text ---------------------------------------------------


def in_groups(*groups: str) -> list[str]:
    """The lines that are kept of a dump whose paragraphs blank lines part."""
    page = read_text("\n\n".join(groups))
    draft = Draft(page, builtin())
    for label_pass in (label_phrases, label_teasers):
        label_pass(draft)
    return [block.text for block in page.kept()]


@pytest.mark.parametrize("heading", ["Related articles", "READ MORE ON FERRIES", "Related"])
def test_a_list_in_one_group_with_its_heading_ends_with_it(heading: str) -> None:
    listed = f"{heading}\nThe 20 best ferries you have never heard of\nHow to pack for a crossing"
    assert in_groups(A, B, listed, "Day two", "Morning", C) == [A, B, "Day two", "Morning", C]


def test_a_list_below_the_group_of_its_heading_ends_where_prose_resumes() -> None:
    items = ("The 20 best ferries you have never heard of", "How to pack for a crossing")
    assert in_groups(A, B, "Related articles", *items, C) == [A, B, C]


def test_where_no_blank_lines_part_paragraphs_they_part_no_lists() -> None:
    listed = f"{A}\n{B}\n{C}\nRelated articles\nThe 20 best ferries you have never heard of"
    assert in_groups(listed, "How to pack for a crossing to the isles", A) == [A, B, C, A]


# --- bylines -------------------------------------------------------------------------------------


def test_bylines_with_an_age_below_are_of_teasers_where_the_article_has_one() -> None:
    page = check(
        "|(A)\nbyline|By Jane Doe\n|(B)\n|A folding ferry\nbyline|By John Roe\n|2 hours ago",
        label_people,
    )
    assert facts(page) == [("author", "Jane Doe")]
    page = check("|(A)\nbyline|By Jane Doe\n|2 hours ago\n|(B)", label_people)
    assert facts(page) == [("author", "Jane Doe")]


@pytest.mark.parametrize(
    "line",
    [
        "Words: Jane Doe Photography: Max Poe",
        "By Jane Doe Photographs by Max Poe",
        "By Jane Doe | Pictures: Max Poe",
    ],
)
def test_who_took_the_pictures_is_no_author(line: str) -> None:
    assert facts(check(f"|(A)\nbyline|{line}\n|(B)", label_people)) == [("author", "Jane Doe")]


@pytest.mark.parametrize(
    "line",
    ["By Jane Doe on January 8, 2020", "Par Jane Doe le 8 janvier 2020",
     "— Written by Jane Doe on January 8, 2020"],
)  # fmt: skip
def test_a_word_joins_author_and_day(line: str) -> None:
    found = cleaner.clean(
        "\n".join(("Bridge closed after cracks found", line, A, B, C)), kind="text"
    )
    assert (found.authors, found.date) == (("Jane Doe",), "2020-01-08")


def test_stars_are_no_text() -> None:
    check("|(A)\nnavigation|★★★★☆ (38)\n|★ Michelin star: the Quay\n|(B)", label_phrases)
    check("|(A)\nnavigation|★\nnavigation|⭐4.3/5\n|(B)", label_phrases)


def test_stars_of_a_critic_stay() -> None:
    check("|(A)\n|★★★★☆\n|★★★\n|(B)", label_phrases)


def test_icons_are_no_text() -> None:
    check("|(A)\nnavigation|\ue0b1\n|\ue0b1 Home again\n|(B)", label_phrases)


def test_how_to_reach_somebody_may_end_in_a_full_stop() -> None:
    check("|(A)\ncall-to-action|Reach Jane Doe at 555-0131 or jane@banner.example.", label_phrases)
