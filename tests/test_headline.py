"""The headline: weighed statements of pages, title lines of dumps, or null."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS, TITLE, article, clean, meta, page

import cleaner
from cleaner import Caution, Reason
from cleaner.labels import Draft
from cleaner.labels.dump_headline import dump_headline
from cleaner.readers.text import read_text
from cleaner.rules import builtin

H1 = f"<h1>{TITLE}</h1>"
OTHER = "Cracks in the pillars shut bridge"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (page(front=H1), "heading"),
        (page(linked=article(headline=TITLE)), "json-ld"),
        (page(head=meta("og:title", TITLE)), "meta"),
        (page(head=meta("twitter:title", TITLE)), "meta"),
        (page(title=TITLE), "title"),
        (page(title=f"{TITLE} - The Banner", head=meta("og:site_name", "The Banner")), "title"),
        (page(title=f"{TITLE} | Local | The Banner"), "title"),
        (page(title=f"The Banner: {TITLE}", front=H1), "heading"),
        # the site's name is told by another statement that lacks it
        (page(title=f"{TITLE} - Somewhere Else", front=H1), "heading"),
        (page(title=f"{TITLE} - Somewhere Else", head=meta("twitter:title", TITLE)), "meta"),
        # remains of markup and encodings
        (page(head=meta("og:title", "Bridge &amp;quot;closed&amp;quot; after cracks found")),
         "meta"),
        (page(linked=article(headline="Bridge <em>closed</em> after cracks found")), "json-ld"),
        # cut off in one place, whole in another
        (page(head=meta("og:title", "Bridge closed after …"), title=TITLE), "title"),
        # a kicker glued to the first word
        (page(front="<h1><span>Bridge</span>closed after cracks found</h1>",
              head=meta("og:title", TITLE), title=TITLE), "title"),
        # a kicker in an element of its own
        (page(front=f"<h1><span>Local</span> {TITLE}</h1>", head=meta("og:title", TITLE),
              title=f"{TITLE} - Somewhere Else"), "heading"),
        (page(front=f"<h1><span>Local</span><span>{TITLE}</span></h1>",
              head=meta("og:title", TITLE), title=TITLE), "heading"),
        # headings of something else
        (page(front=f"<h1>Some Where Else</h1><h2>{TITLE}</h2>",
              title=f"{TITLE} - Some Where Else"), "heading"),
        (page(front=f"<h1>The Banner</h1>{H1}", head=meta("og:site_name", "The Banner"),
              title=TITLE), "heading"),
        (page(front=H1, end="<h1>Subscribe to our newsletter</h1>", title=TITLE), "heading"),
        (page(front=f"<h2>{TITLE}</h2>", title=f"{TITLE} | The Banner"), "heading"),
        # the page's title is a slogan, the heading stands over the text
        (page(front=H1, title="Bridge cracks: what you need to know"), "heading"),
    ],
)  # fmt: skip
def test_the_headline_is_found(source: str, kind: str) -> None:
    found = clean(source, url="https://www.thebanner.com/news/bridge-123")
    assert found.headline is not None
    assert found.headline.replace('"', "") == TITLE
    if "glued" not in source:
        assert found.source.headline in (kind, "meta", "title")
    assert Caution.NO_HEADLINE not in found.warnings


@pytest.mark.parametrize(
    ("head", "linked"),
    [
        ("", None),
        (meta("og:title", OTHER), None),
        (meta("og:title", OTHER) + meta("twitter:title", OTHER), article(headline=TITLE)),
    ],
)
def test_the_heading_over_the_text_outweighs_a_social_title(head: str, linked: object) -> None:
    found = clean(page(front=H1, head=head, title=TITLE, linked=linked))  # type: ignore[arg-type]
    assert found.headline == TITLE


def test_for_news_the_machine_readable_title_is_the_desks() -> None:
    """See `labels.headline`: the heading is worded for search engines, as the page's title is."""
    social = "Bridge closed in town after engineers see cracks"
    linked = {**article(headline=TITLE), "@type": "NewsArticle"}
    head = meta("og:title", social)
    found = clean(page(front=H1, head=head, linked=linked, title=f"{TITLE} | The Banner"))
    assert (found.headline, found.source.headline) == (social, "meta")
    live = {**linked, "@type": "LiveBlogPosting"}
    assert clean(page(front=H1, head=head, linked=live, title=TITLE)).headline == social
    # not where the page's title is worded otherwise, or not at all
    for title in ("Bridge cracks: engineers in town", social, None):
        assert clean(page(front=H1, head=head, linked=linked, title=title)).headline == TITLE
    # JSON-LD agrees with og:title, whatever the page's title says
    linked["headline"] = social
    assert clean(page(front=H1, head=head, linked=linked)).headline == social
    linked["headline"] = TITLE
    assert [(r.text, str(r.reason)) for r in found.removed] == [(TITLE, "duplicate")]
    assert TITLE not in found.body
    # not where it is another text altogether, cut off, or twitter:title disagrees
    for kept in ("A town in despair", "Bridge closed after …"):
        source = page(front=H1, head=meta("og:title", kept), linked=linked, title=TITLE)
        assert clean(source).headline == TITLE
    both = head + meta("twitter:title", TITLE)
    assert clean(page(front=H1, head=both, linked=linked, title=TITLE)).headline == TITLE


def test_the_headline_may_stand_under_a_heading_for_search_engines() -> None:
    front = f"<h1>River bridge: all about the cracks</h1><h2>{TITLE}</h2>"
    linked = {**article(headline=TITLE), "@type": "NewsArticle"}
    head = meta("og:title", "River bridge: all about the cracks")
    found = clean(page(front=front, head=head, linked=linked))
    assert found.headline == TITLE
    assert "River bridge" not in found.body
    # not where it stands elsewhere, as a link to itself or a recommendation would
    away = page(front="<h1>River bridge: all about the cracks</h1>", end=f"<h2>{TITLE}</h2>",
                head=head, linked=linked)  # fmt: skip
    assert clean(away).headline == "River bridge: all about the cracks"


@pytest.mark.parametrize(
    ("front", "headline"),
    [
        (f"<h1>Weather: {TITLE}</h1>", TITLE),
        (f"<h1>Weather | {TITLE}</h1>", TITLE),
        (f"<h1>Dec 18 2025 {TITLE}</h1>", TITLE),
        # what says something is no kicker
        (f"<h1>Ferry to be put into service: {TITLE}</h1>",
         f"Ferry to be put into service: {TITLE}"),
        (f"<h1>Again {TITLE}</h1>", f"Again {TITLE}"),
        # a claim in large letters is no headline
        (f"<h1>{PARAGRAPHS[1]}</h1>", TITLE),
        # nor the heading of a section that is a part of the title
        (f"<h1>Cracks shut the river bridge</h1><p>{PARAGRAPHS[0]}</p><h2>{TITLE}</h2>",
         "Cracks shut the river bridge"),
    ],
)  # fmt: skip
def test_headings_are_weighed_too(front: str, headline: str) -> None:
    title = f"{TITLE} - Everything you need to know"
    head = meta("og:title", title if "river" in front else TITLE)
    source = page(front=front, head=head, title=title if "river" in front else TITLE)
    assert clean(source).headline == headline


def test_a_section_set_apart_by_a_hyphen_alone_is_cut() -> None:
    head = meta("og:title", f"{TITLE}-Weather")
    source = page(head=head, title=f"{TITLE}-Weather", linked=article(headline=TITLE))
    assert clean(source).headline == TITLE


def test_a_heading_that_others_do_not_share_a_word_with_is_no_body() -> None:
    other = "Drivers have to take the long way round"
    head = meta("og:title", other)
    found = clean(page(front=f"<article>{H1}", head=head, title=other))
    assert found.headline == other
    assert TITLE not in found.body
    assert [(r.text, r.rule) for r in found.removed if r.text == TITLE] == [
        (TITLE, "headline-reworded")
    ]
    two = clean(page(front=f"<h1>Photo of the day</h1>{H1}", head=head, title=other))
    assert "headline-reworded" not in {r.rule for r in two.removed}


def test_what_becomes_the_headline_is_neither_body_nor_removed() -> None:
    found = clean(page(front=H1, title=TITLE))
    assert TITLE not in found.body
    assert TITLE not in [removed.text for removed in found.removed]


@pytest.mark.parametrize(
    "source",
    [
        page(),
        page(title="The Banner", head=meta("og:site_name", "The Banner")),
        page(title=""),
        page(front="<h1></h1>"),
        page(head=meta("og:title", "…")),
        page(linked=article(headline="\ud800")),
        page(linked=article(headline=["", None, 3])),
    ],
)
def test_no_headline_is_invented(source: str) -> None:
    found = clean(source)
    assert found.headline is None
    assert found.source.headline is None
    assert Caution.NO_HEADLINE in found.warnings


BODY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{BODY}",
        f"{TITLE}\n{TITLE}\n{BODY}",
        # a whole page: its title, furniture, the headline again
        f"{TITLE} | The Banner\n\nSkip to content\nNews\nSports\n\n{TITLE}\n\n{BODY}",
        f"{TITLE} - Weather - The Banner\nMenu\nThe Banner\n{TITLE}\n{BODY}",
        # furniture only in front
        f"Menu\nWeather today\n{TITLE}\n{BODY}",
        f"Monday, March 2, 2020\n{TITLE}\n{BODY}",
        # never repeated, but the site's name stands alone elsewhere
        f"{TITLE} - The Banner\nThe Banner\n{BODY}",
        # the whole title twice, or the headline far above the text
        f"{TITLE} - The Banner\n{TITLE} - The Banner\n" + "Menu\n" * 20 + f"{TITLE}\n{BODY}",
        f"{TITLE} - The River Banner of Lower Mill\n{TITLE}\n" + "Menu\n" * 20 + BODY,
        # below a text about consent, and with a kicker in the page's title
        f"River: {TITLE} | The Banner\nMenu\nWe and our 184 partners store information on your"
        f" device and read it, such as what you have looked at before.\nRiver\n{TITLE}\n{BODY}",
    ],
)
def test_dumps_have_title_lines(text: str) -> None:
    found = cleaner.clean(text, kind="text")
    assert found.headline == TITLE
    assert found.source.headline == "text"
    assert found.body.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize(
    "text", [BODY, f"Send this page to someone via email.\n{BODY}", "", "Menu", f"{BODY}\n{TITLE}"]
)
def test_dumps_without_one_have_none(text: str) -> None:
    assert cleaner.clean(text, kind="text").headline is None


@pytest.mark.parametrize(
    ("front", "standfirst"),
    [
        (f'{H1}<p class="standfirst">Engineers see cracks in two pillars.</p>',
         "Engineers see cracks in two pillars."),
        (f'<header>{H1}<div class="article-header__deck"><p>Engineers see cracks in two pillars'
         "</p></div></header>", "Engineers see cracks in two pillars"),
        # a heading of the first section, a byline, the first paragraph
        (f"{H1}<h2>What the engineers saw in the pillars</h2>", None),
        (f'{H1}<p class="byline">By Jane Doe</p>', None),
        (H1, None),
    ],
)  # fmt: skip
def test_standfirsts(front: str, standfirst: str | None) -> None:
    found = clean(page(front=front, title=TITLE))
    assert found.headline == TITLE
    assert found.standfirst == standfirst
    if standfirst is not None:
        assert standfirst not in found.body


DESCRIPTION = "Engineers saw cracks in two pillars of the bridge, and nobody knows when it opens."


@pytest.mark.parametrize(
    ("front", "standfirst"),
    [
        (f"<header>{H1}<div><p>{DESCRIPTION}</p></div></header>", DESCRIPTION),
        (f"<div>{H1}</div><div><span>{DESCRIPTION}</span></div><figure></figure>", DESCRIPTION),
        # the first paragraph, among the others
        (f"{H1}<p>{DESCRIPTION}</p>", None),
        # something else than the description
        (f"<header>{H1}<div><p>{PARAGRAPHS[0]} Or so.</p></div></header>", None),
    ],
)
def test_a_description_apart_from_the_text_is_a_standfirst(
    front: str, standfirst: str | None
) -> None:
    text = "<div>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</div>"
    if standfirst is None:
        text = text.removeprefix("<div>").removesuffix("</div>")
    found = clean(page(front=front, body=text, title=TITLE, head=meta("description", DESCRIPTION)))
    assert found.headline == TITLE
    assert found.standfirst == standfirst
    assert (DESCRIPTION in found.body) is (standfirst is None and DESCRIPTION in front)


def test_a_day_twice_is_no_standfirst() -> None:
    day = "<p>on December 19, 2025</p>"
    front = f"{H1}{day}<p>{PARAGRAPHS[0]}</p>{day}"
    assert clean(page(front=front, title=TITLE)).standfirst is None


ABOUT = "Engineers find cracks in river bridge"
MENU = "\n".join(f"Section {letter}" for letter in "ABCDEFGHIJKLMNOP")
JAPANESE = "川の橋は技術者が橋脚に亀裂を発見したため閉鎖された。再開の時期は誰にもわからない。"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        # labels and notices in front share no words with the text
        (f"Newsletters Events Podcasts Videos Archive\nFollow us\nJobs\n{ABOUT}\n{BODY}", ABOUT),
        (f"Accessibility links and help\nYour browser is old.\n{ABOUT}\n{BODY}", ABOUT),
        (f"1. Home\n2. Bridges over the river\n{ABOUT}\n{BODY}", ABOUT),
        (f"• Bridges over the river closed\n{ABOUT}\n{BODY}", ABOUT),
        # a play on words, where nothing stands in front
        (f"Trouble ahead, and plenty of it\n{BODY}", "Trouble ahead, and plenty of it"),
        (f"News\nAll the news of the river and its towns\n{BODY}", None),
        # the page's title has other words than the heading over the text
        (f"Cracks in bridge: river crossing shut\n{MENU}\n{ABOUT}\n{BODY}", ABOUT),
        # no line is about the text
        (f"Your news, your way, every day\nMost read stories of all time\n{MENU}\n{BODY}", None),
        # what stands under a paragraph is a heading of the text
        (f"{PARAGRAPHS[0]}\n{ABOUT}\n{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}", None),
        # scripts without spaces
        (f"サイトからの大切なお知らせです\n会社概要\n広告\n採用\n川の橋が亀裂で閉鎖される\n{JAPANESE}",
         "川の橋が亀裂で閉鎖される"),
    ],
)  # fmt: skip
def test_the_headline_of_a_dump_is_about_its_text(text: str, headline: str | None) -> None:
    found = cleaner.clean(text, kind="text")
    assert found.headline == headline
    assert (Caution.NO_HEADLINE in found.warnings) == (headline is None)


MENU = [f"Section {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


@pytest.mark.parametrize(
    "between",
    [
        ["By Jane Doe", "Posted March 2, 2020 5:04 pm"],
        ["March 2, 2020"],
        ["Nobody knows when it will open to traffic again", "By Jane Doe"],
        [],
    ],
)
def test_the_headline_of_a_dump_may_stand_below_long_menus(between: list[str]) -> None:
    lines = [*MENU, "Trending", "World", TITLE, *between, *PARAGRAPHS]
    found = cleaner.clean("\n".join(lines), kind="text")
    assert found.headline == TITLE
    if any("2020" in line for line in between):
        assert found.date is not None
        assert found.date.startswith("2020-03-02")


def test_a_line_broken_out_of_a_sentence_is_no_headline() -> None:
    lines = [*MENU, "The bridge over the river was closed by the", "By Jane Doe", *PARAGRAPHS]
    assert cleaner.clean("\n".join(lines), kind="text").headline is None


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (f"<p><b>{TITLE}</b></p>", f"The Evening Banner | {TITLE}"),
        (f"<p><b>{TITLE}</b></p>", f"The Evening Banner: {TITLE}"),
        # a heading that is only the site's name
        (f"<h1>The Banner</h1><h3>{TITLE}</h3>", f"The Banner: {TITLE}"),
        (f"<h1>The Banner</h1><p>{TITLE}</p>", f"The Banner - {TITLE}"),
    ],
)
def test_a_line_that_the_title_repeats_is_the_headline(front: str, title: str) -> None:
    found = clean(page(front=front, title=title))
    assert found.headline == TITLE
    assert TITLE not in found.body


def test_what_goes_on_with_the_line_above_is_no_headline() -> None:
    torn = (
        "The council of Nelson, which had met on Monday to talk about the bridge, said that\n"
        "the bridge over the river opens to all who have waited for it since May\n"
    )
    page = read_text(f"{torn}Menu\nBy Jane Doe\n" + "\n".join(PARAGRAPHS))
    page.blocks[0].remove(Reason.LEGAL, "consent")
    page.blocks[3].remove(Reason.BYLINE, "byline")
    assert dump_headline(Draft(page, builtin())) is None


def test_the_headline_again_is_no_standfirst() -> None:
    title = "How much does a bridge over the river cost?"
    found = cleaner.clean("\n\n".join((title, title, *PARAGRAPHS)), kind="text")
    assert (found.headline, found.standfirst) == (title, None)
    assert [removed.rule for removed in found.removed] == ["headline-repeated"]


@pytest.mark.parametrize(
    ("first", "second", "headline"),
    [
        ("Video: Bridge falls after a storm in Nelson", "By Jane Doe", True),
        ("WATCH: Bridge falls after a storm in Nelson", "Published March 2, 2020", True),
        ("Video: Bridge falls after a storm in Nelson", PARAGRAPHS[0], False),
        ("Video: Bridge", "By Jane Doe", False),
    ],
)
def test_a_title_that_begins_as_captions_do(first: str, second: str, headline: bool) -> None:
    found = cleaner.clean("\n\n".join((first, second, *PARAGRAPHS[1:])), kind="text")
    assert found.headline == (first if headline else None)


LONGER = "Nelson's bridge over the river closed after engineers found cracks"


def test_the_sites_name_twice_is_no_headline() -> None:
    lines = [
        "Tri-River Ledger",
        "News",
        "Sports",
        "Opinion",
        LONGER,
        "Jane Doe",
        "Tri-River Ledger",
    ]
    lines += ["May 14, 2024, 5:12 a.m.", *PARAGRAPHS, "It told the Tri-River Ledger so on Monday."]
    assert cleaner.clean("\n\n".join(lines), kind="text").headline == LONGER


@pytest.mark.parametrize("end", [[], ["Comments", "Cracked again"]])
def test_a_short_title_twice_is_the_headline(end: list[str]) -> None:
    lines = ["Cracked again", "Cracked again", f"{LONGER} on Monday", "Jane Doe", "May 14, 2024"]
    lines += [*PARAGRAPHS, *end]
    assert cleaner.clean("\n\n".join(lines), kind="text").headline == "Cracked again"


@pytest.mark.parametrize("way", ["Home » Roads »", "News › Roads ›", "Roads / Bridges /"])
def test_the_way_to_a_title_is_no_title(way: str) -> None:
    lines = ["Home", "Roads", f"{way} {LONGER}", LONGER, "Published: Jan 19, 2024", *PARAGRAPHS]
    assert cleaner.clean("\n\n".join(lines), kind="text").headline == LONGER


SUM = "Engineers see cracks, and the bridge is closed. What that means for drivers of the town."


@pytest.mark.parametrize(
    ("paragraphs", "standfirst"),
    [
        ([SUM, f"NELSON, Ont. – {PARAGRAPHS[0]}", *PARAGRAPHS], SUM),
        ([SUM, f"Nelson/Leeds (dpa) – {PARAGRAPHS[0]}", *PARAGRAPHS], SUM),
        # no dateline, or one that is further down, or a list
        ([SUM, *PARAGRAPHS], None),
        ([SUM, PARAGRAPHS[1], f"NELSON – {PARAGRAPHS[0]}", *PARAGRAPHS], None),
        ([SUM, *(f"NELSON – {paragraph}" for paragraph in PARAGRAPHS)], None),
        ([SUM, f"She waited – {PARAGRAPHS[0]}", *PARAGRAPHS], None),
        ([SUM, f"Monday – {PARAGRAPHS[0]}", *PARAGRAPHS], None),
        ([SUM, f"Мост — большая радость. {PARAGRAPHS[0]}", *PARAGRAPHS], None),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_a_paragraph_above_the_dateline_is_the_standfirst(
    paragraphs: list[str], standfirst: str | None, html: bool
) -> None:
    if html:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        found = clean(page(front=H1, body=body, title=TITLE))
    else:
        found = cleaner.clean("\n\n".join([TITLE, *paragraphs]), kind="text")
    assert found.standfirst == standfirst
    assert (SUM in found.body) is (standfirst is None)


def title_of(text: str) -> str | None:
    draft = Draft(read_text(text), builtin())
    found = dump_headline(draft)
    return None if found is None else draft.blocks[found].text


def test_the_way_to_a_page_is_no_title() -> None:
    text = "\n".join(PARAGRAPHS)
    assert title_of(f"Town › Region › Bridges\n{TITLE}\n{text}") == TITLE
    long = f"{TITLE} › Region › The Banner"
    assert title_of(f"{long}\n{text}") is not None


def test_a_line_of_a_menu_is_no_title_where_blank_lines_part_others_from_it() -> None:
    sections = "\n".join(f"Section {number}" for number in range(16))
    menu = f"{sections}\nTown\nSport\nAsk the mayor of the bridge\nNews\nBlog"
    text = "\n\n".join(PARAGRAPHS)
    assert title_of(f"{menu}\n\n{TITLE}\n\n8 May 2020\n\n{text}") == TITLE


def test_numbers_make_no_title() -> None:
    text = "\n".join(PARAGRAPHS)
    assert title_of(f"Bridge 12, 44; Mayor 90, 92\n{TITLE}\n8 May 2020\n{text}") == TITLE


MENU = "\n".join(f"Section {number}" for number in range(9))
FACTS = "By Jane Doe\nPublished May 8, 2020"


@pytest.mark.parametrize(
    "text",
    [
        # the site's name, long or short, above its menu
        f"Bridge News of the River Region\n{MENU}\n{TITLE}\n{FACTS}",
        f"River News\n{MENU}\n{TITLE}\n{FACTS}",
        # a section's, said again below
        f"Roads\n{TITLE}\n{FACTS}",
        # a kicker
        f"Closed bridge\n{TITLE}",
    ],
)
def test_what_stands_above_the_title_is_not_it(text: str) -> None:
    prose = "\n".join(PARAGRAPHS)
    assert title_of(f"{text}\n{prose}\nThe river has other bridges, says River News.") == TITLE


def test_a_title_of_two_words_stays_above_a_standfirst_like_one() -> None:
    lines = ["Cracked again", f"{LONGER} on Monday", "Jane Doe", "May 14, 2024", *PARAGRAPHS]
    assert title_of("\n\n".join([*lines, "Comments", "Cracked again"])) == "Cracked again"


def test_how_many_articles_there_are_of_a_topic_is_no_title() -> None:
    text = "\n".join(PARAGRAPHS)
    assert title_of(f"Bridges over the river (268)\n{TITLE}\n{FACTS}\n{text}") == TITLE
