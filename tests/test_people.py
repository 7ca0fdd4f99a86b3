"""Authors are people, credits are agencies, and neither is the site."""

from __future__ import annotations

from typing import Any

import pytest
from pages import PARAGRAPHS, TITLE, article, clean, meta, page

import cleaner

H1 = f"<h1>{TITLE}</h1>"
SITE = meta("og:site_name", "The Banner")
URL = "https://www.thebanner.com/bridge"


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def by_data(author: Any) -> cleaner.Article:
    return clean(page(front=H1, head=SITE, linked=article(headline=TITLE, author=author)), URL)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        (person("Jane Doe"), ("Jane Doe",)),
        ([person("Jane Doe"), person("John Roe")], ("Jane Doe", "John Roe")),
        ({"@type": "Person", "name": ["Jane Doe", "John Roe"]}, ("Jane Doe", "John Roe")),
        ("Jane Doe, John Roe and Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        (person("By Jane Doe, Senior Reporter"), ("Jane Doe",)),
        (person("松岡大地"), ("松岡大地",)),
        ([person("Jane Doe"), person("Jane Doe")], ("Jane Doe",)),
        ([person("Jane Doe"), {"@type": "Organization", "name": "The Banner"}], ("Jane Doe",)),
        # an organisation signs where no person does
        ({"@type": "Organization", "name": "Doe and Daughters"}, ("Doe and Daughters",)),
        ({"@type": "NewsMediaOrganization", "name": "Evening Star"}, ("Evening Star",)),
        (person("The Banner"), ("The Banner",)),
        ("The Banner", ("The Banner",)),
        # nobody
        ({"@type": "Organization", "name": "Banner Staff"}, ()),
        ({"@type": "Organization", "name": "Reuters"}, ()),
        ({"@type": "Organization", "name": "https://thebanner.com/about"}, ()),
        ({"@type": "Organization", "name": "news@thebanner.com"}, ()),
        ({"@type": "Organization", "name": "Banner " * 20}, ()),
        (person("thebanner.com developer"), ()),
        (person("Staff"), ()),
        (person("Banner Staff"), ()),
        (person("Sports Desk"), ()),
        (person("Redaktion"), ()),
        (person("admin"), ()),
        ("https://www.facebook.com/thebanner", ()),
        (person("105092"), ()),
        ({"@type": "Person", "givenName": "Jane", "familyName": "Doe"}, ("Jane Doe",)),
        ({"@type": "Person", "givenName": 1, "familyName": ["Doe"]}, ()),
        # a name of one word, where nothing else is stated
        (person("Melissa"), ("Melissa",)),
        (person("Наталья"), ("Наталья",)),
        ([person("Melissa"), person("Jane Doe")], ("Jane Doe",)),
        (person("Webmaster"), ()),
        (person("Newsroom"), ()),
        (person("Wirtschaft"), ()),
        (person("melissa"), ()),
        (person("Melissa7"), ()),
        ([], ()),
        (None, ()),
        ({"@type": "Person"}, ()),
        ({"@type": "Person", "name": {"@value": 1}}, ()),
    ],
)
def test_authors_from_data(author: Any, names: tuple[str, ...]) -> None:
    found = by_data(author)
    assert found.authors == names
    assert found.source.authors == ("json-ld" if names else None)


def test_the_author_may_be_the_headline() -> None:
    data = article(headline="Jane Doe", author=person("Jane Doe"))
    assert clean(page(front="<h1>Jane Doe</h1>", linked=data)).authors == ("Jane Doe",)


def test_authors_may_be_referred_to() -> None:
    graph = {
        "@graph": [
            article(headline=TITLE, author={"@id": "#jane"}),
            {"@id": "#jane", "@type": "Person", "name": "Jane Doe"},
        ]
    }
    assert clean(page(front=H1, linked=graph)).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("author", "names", "agencies"),
    [
        (person("Reuters"), (), ("Reuters",)),
        ("Jane Doe, Associated Press", ("Jane Doe",), ("The Associated Press",)),
        ([person("Jane Doe"), {"@type": "Organization", "name": "dpa"}],
         ("Jane Doe",), ("Deutsche Presse-Agentur",)),
        ("The Banner and AFP", (), ("Agence France-Presse",)),
        (person("Getty Images"), (), ()),  # holds pictures only
        (person("Jane Doe"), ("Jane Doe",), ()),
        (person("Agenzia ANSA"), (), ("ANSA",)),
        ({"@type": "Organization", "name": "Redaktion dpa"}, (), ("Deutsche Presse-Agentur",)),
        (person("News Desk"), (), ()),
        ("Jane Doe | USA TODAY", ("Jane Doe",), ()),
    ],
)  # fmt: skip
def test_agencies_go_to_the_credits(
    author: Any, names: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    found = by_data(author)
    assert (found.authors, found.credits) == (names, agencies)


@pytest.mark.parametrize(
    ("front", "names"),
    [
        (f"{H1}<p>By Jane Doe</p>", ("Jane Doe",)),
        (f"{H1}<div class='article-byline'><a href='/jane'>Jane Doe</a></div>", ("Jane Doe",)),
        (
            f"{H1}<ul class='metaInfoAuthorList'><li><a href='/j'>Jane Doe</a></li></ul>",
            ("Jane Doe",),
        ),
        (f"{H1}<p><span class='author vcard'>Jane Doe</span> January 8, 2020</p>", ("Jane Doe",)),
        (f"{H1}<p>Jane Doe | 08.01.2020</p>", ("Jane Doe",)),
        (f"{H1}<p>— Written by Jane Doe on January 8, 2020</p>", ("Jane Doe",)),
        (f"<p>Von Jane Doe und John Roe</p>{H1}", ("Jane Doe", "John Roe")),
        (f"{H1}<p>Par Jane Doe (à Paris)</p>", ("Jane Doe",)),
        (f"{H1}<p><strong>JANE DOE</strong></p>", ("JANE DOE",)),
        (f"{H1}<p class='author'>ByJane Doe, Founder</p>", ("Jane Doe",)),
        (f"{H1}<p class='author'>Jane Doe, Certified Diver</p>", ("Jane Doe",)),
        (f"{H1}<address><a href='/j'>Jane Doe</a></address>", ("Jane Doe",)),
        (f"{H1}<p>Published August 7, 2023 by Jane Doe</p>", ("Jane Doe",)),
        (f"{H1}<p>Updated 8 January 2020 | By Jane Doe and John Roe</p>", ("Jane Doe", "John Roe")),
        # next to the day
        (f"{H1}<p><a href='/j'>Jane Doe</a></p><p>8 January 2020</p>", ("Jane Doe",)),
        # the site
        (f"{H1}<p>By The Banner | 8 January 2020</p>", ("The Banner",)),
        (f"{H1}<p>By TBN, in News</p>", ("TBN",)),
        # nobody
        (f"{H1}<p>By TXY, in News</p>", ()),
        (f"{H1}<p>By AFP, in News</p>", ()),
        (f"{H1}<p><a href='/j'>Cracks Found</a></p><p>8 January 2020</p>", ()),
        (f"{H1}<p><a href='/j'>SEND NOTE</a></p><p>8 January 2020</p>", ()),
        (f"{H1}<p><a href='/j'>Facebook Twitter</a></p><p>8 January 2020</p>", ()),
        (f"{H1}<figure><img><figcaption class='author'>Photo: Jane Doe</figcaption></figure>", ()),
        (f"{H1}<blockquote><p class='quote-author'>Jane Doe</p></blockquote>", ()),
        (f"{H1}<article><p class='author'>Jane Doe</p></article>", ()),
        (f"{H1}<p class='author-title'>Bridge Builder</p>", ()),
        (f"{H1}<p>By Staff</p>", ()),
        (f"{H1}<p><b>TAKİP ET</b></p>", ()),
        (f"{H1}<p class='author'>Partager Discussion</p>", ()),
        (f"{H1}<p>By the time they came, it was out.</p>", ()),
        (f"{H1}<p><a href='/front'>Front Page</a></p>", ()),
        (f"{H1}<p><a href='/'>Lower Austria</a></p>", ()),
        (f"{H1}<div class='related'><p class='author'>Jane Doe</p></div>", ()),
        (f"{H1}<nav><a class='author' href='/j'>Jane Doe</a></nav>", ()),
        (f"{H1}<p class='byline'>The Banner</p>", ()),
        (f"{H1}<p class='author'>Bridge Engineers</p>", ()),
        (f"{H1}<p class='author'>Written By</p>", ()),
        (f"{H1}<p class='author'>Last Updated March 3</p>", ()),
        # a topic, written small in the text; a place that the text is about
        (f"{H1}<p class='author'>The Bridge</p><p>The Bridge</p>", ()),
        (f"{H1}<p>Lower Mill | 08.01.2020</p><p>{PARAGRAPHS[0]} LOWER MILL is cut off.</p>", ()),
        (H1, ()),
    ],
)
def test_authors_from_lines_around_the_headline(front: str, names: tuple[str, ...]) -> None:
    found = clean(page(front=front, head=SITE), URL)
    assert found.authors == names
    assert found.source.authors == ("byline" if names else None)


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("<p>By Jane Doe</p>", ("Jane Doe",)),
        ("<div class='article-authors'><a href='/j'>Jane Doe</a></div>", ("Jane Doe",)),
        ("<div class='article-authors'>Jane Doe is away</div>", ()),
        ("<div class='author'>Follow Jane</div>", ()),
        ("<div class='related'><p class='author'>Jane Doe</p></div>", ()),
        ("<div><a href='/j'>Jane Doe</a></div>", ()),
    ],
)
def test_authors_from_lines_below_the_text(end: str, names: tuple[str, ...]) -> None:
    found = clean(page(front=H1, head=SITE, end=end), URL)
    assert found.authors == names


def test_a_signature_may_stand_some_lines_below_the_text() -> None:
    end = "<p>Tags</p><p>Bridges</p><p>Rivers</p><p>Mayors</p><p>Towns</p>"
    end += "<div class='article-authors'><a href='/j'>Jane Doe</a></div>"
    assert clean(page(front=H1, end=end)).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("〔記者王小明／台北報導〕", "", ("王小明",)),
        ("新华社北京1月1日电（记者张三、李四）", "", ("张三", "李四")),
        ("", "（记者 张三）", ("张三",)),
        # nobody
        ("〔即時新聞／綜合報導〕", "", ()),
        ("記者王小明說，", "", ()),
    ],
)
def test_chinese_reporters_stand_in_brackets(first: str, last: str, names: tuple[str, ...]) -> None:
    paragraphs = [
        "這座橋在星期一關閉，因為工程師在兩根柱子上發現了裂縫，沒有人能說什麼時候會重新開放。",
        "市長說，這個城市多年來一直要求撥款修理，而且每一屆政府都答應過要撥款給他們修理這座橋。",
        "司機現在必須走山谷裡的路，這使上班的路程增加半個小時，而且要經過學校的門口才能到達。",
    ]
    paragraphs = [first + paragraphs[0] * 2, paragraphs[1] * 2, paragraphs[2] * 2 + last]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    found = clean(page(front="<h1>大橋因裂縫關閉</h1>", body=body, language="zh"))
    assert found.authors == names


def test_an_agency_and_a_place_sign_for_the_agency() -> None:
    assert clean(page(front=f"{H1}<p>AFP, MANILA</p>")).credits == ("Agence France-Presse",)
    assert clean(page(front=f"{H1}<p>AFP and others said so</p>")).credits == ()


def test_a_byline_in_the_inner_article_that_holds_the_text_is_its_own() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    inner = f"<article><p class='author'>Jane Doe</p>{body}</article>"
    assert clean(page(front=H1, body=inner)).authors == ("Jane Doe",)


def test_a_report_by_an_agency_is_credited() -> None:
    last = "This report by The Canadian Press was first published Jan. 8, 2020."
    found = clean(page(front=H1, body="".join(f"<p>{p}</p>" for p in [*PARAGRAPHS, last])))
    assert (found.authors, found.credits) == ((), ("The Canadian Press",))
    assert last not in found.body
    text = cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS, last]), kind="text")
    assert (text.credits, text.date) == (("The Canadian Press",), "2020-01-08")


@pytest.mark.parametrize("line", ["By Jane Doe jane@banner.com", "* By Jane Doe, jane@banner.com"])
def test_the_address_behind_a_name_is_no_part_of_it(line: str) -> None:
    text = "\n\n".join([TITLE, f"{line}\nMay 8, 2020", *PARAGRAPHS])
    assert cleaner.clean(text, kind="text").authors == ("Jane Doe",)


def test_a_name_above_the_day_below_the_text_signs() -> None:
    lines = [TITLE, *PARAGRAPHS, "Jane Doe", "Published 8 May 2020 15:20"]
    found = cleaner.clean("\n".join(lines), kind="text")
    assert (found.authors, found.body) == (("Jane Doe",), "\n\n".join(PARAGRAPHS))
    found = cleaner.clean("\n".join([*lines[:-1], "Share"]), kind="text")
    assert found.authors == ()


def test_a_byline_is_asked_where_data_name_only_the_site() -> None:
    data = article(headline=TITLE, author={"@type": "Organization", "name": "The Banner"})
    found = clean(page(front=f"{H1}<p>By Jane Doe</p>", head=SITE, linked=data), URL)
    assert (found.authors, found.source.authors) == (("Jane Doe",), "byline")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The Banner Jane Doe", "Jane Doe"),
        ("Jane Doe The Banner. Published 8 May 2020", "Jane Doe"),
    ],
)
def test_the_site_beside_a_name_is_no_part_of_it(line: str, name: str) -> None:
    data = article(headline=TITLE, author={"@type": "Organization", "name": "The Banner"})
    found = clean(page(front=f"{H1}<p class='signature'>{line}</p>", head=SITE, linked=data), URL)
    assert found.authors == (name,)


def test_data_outweigh_the_byline() -> None:
    data = article(headline=TITLE, author=person("Jane Doe"))
    found = clean(page(front=f"{H1}<p>By John Roe</p>", linked=data))
    assert (found.authors, found.source.authors) == (("Jane Doe",), "json-ld")


def test_a_byline_that_names_all_and_more_outweighs_the_data() -> None:
    data = article(headline=TITLE, author=person("Jane Doe"))
    line = "<p>Written by Dr Jane Doe, John Roe</p>"
    found = clean(page(front=f"{H1}{line}", linked=data))
    assert (found.authors, found.source.authors) == (("Jane Doe", "John Roe"), "byline")
    # Lines of their own may be of others.
    lines = "<p>By Jane Doe</p><p>By John Roe</p>"
    assert clean(page(front=f"{H1}{lines}", linked=data)).authors == ("Jane Doe",)


def test_bylines_of_teasers_in_the_text_are_of_others() -> None:
    teasers = "<article class='teaser'><h3>Bakery opens</h3><p>By John Roe</p></article>"
    body = "".join(f"<p>{paragraph}</p>{teasers}" for paragraph in PARAGRAPHS)
    assert clean(page(front=H1, body=body)).authors == ()


@pytest.mark.parametrize(
    ("first", "last", "agencies"),
    [
        ("OTTAWA (AP) — ", "", ("The Associated Press",)),
        ("Berlin (dpa/lno) - ", "", ("Deutsche Presse-Agentur",)),
        ("(AFP) - ", "", ("Agence France-Presse",)),
        ("", " (AFP)", ("Agence France-Presse",)),
        ("", " © dpa-infocom", ("Deutsche Presse-Agentur",)),
        ("OTTAWA — ", "", ()),
        ("OTTAWA (Banner) — ", "", ()),
        ("The AP report (published later) said: ", "", ()),
        ("", " (He laughed.)", ()),
    ],
)
def test_agencies_in_datelines_and_at_the_end(
    first: str, last: str, agencies: tuple[str, ...]
) -> None:
    paragraphs = [first + PARAGRAPHS[0], *PARAGRAPHS[1:3], PARAGRAPHS[3] + last]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    found = clean(page(front=H1, body=body))
    assert found.credits == agencies
    assert PARAGRAPHS[0] in found.body


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Von", "Erika Muster"), ("Erika Muster",)),
        (("Écrit par", "Jeanne Dupont"), ("Jeanne Dupont",)),
        (("By", "Jane Doe and John Roe"), ("Jane Doe", "John Roe")),
        (("Jane Doe jdoe@example.com",), ("Jane Doe",)),
        (("Jane Doe | jane.doe@example.co.uk",), ("Jane Doe",)),
        # a name with an office, two authors' names above the day
        (("Jane Doe, Local Journalism Initiative Reporter",), ("Jane Doe",)),
        (("Jane Doe", "John Roe", "March 2, 2020"), ("Jane Doe", "John Roe")),
        # no names
        (("Jane Doe, the mayor of the town",), ()),
        (("By", "the river"), ()),
        (("News desk desk@example.com",), ()),
        (("Write to jane@example.com",), ()),
    ],
)
def test_names_parted_from_by_or_with_an_address(
    lines: tuple[str, ...], names: tuple[str, ...]
) -> None:
    found = cleaner.clean("\n".join([TITLE, *lines, *PARAGRAPHS]), kind="text")
    assert found.authors == names
    removed = {row.text: str(row.reason) for row in found.removed}
    assert all(removed.get(line) == "byline" for line in lines if names and "2020" not in line)


def test_commenters_are_no_authors() -> None:
    for name in ("commentaires", "kommentare", "comentarios"):
        comment = f"<div class='{name}'><p class='auteur'>Jane Doe</p><p>{PARAGRAPHS[1]}</p></div>"
        assert clean(page(front=H1, end=comment)).authors == ()


def test_a_name_is_no_word_for_by() -> None:
    assert by_data([person("Theo Marlowe"), person("Jane Doe")]).authors == (
        "Theo Marlowe",
        "Jane Doe",
    )


def test_dumps_name_people_in_bylines_and_bios() -> None:
    text = "\n\n".join([TITLE, "By Jane Doe, Reuters", *PARAGRAPHS])
    found = cleaner.clean(text, kind="text")
    assert (found.authors, found.credits) == (("Jane Doe",), ("Reuters",))
    assert found.source.authors == "byline"
    assert "Jane Doe" not in found.body


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Reporting by Jane Doe; Editing by Max Poe", ("Jane Doe",)),
        (
            "Reporting by Jane Doe in London and John Roe; Editing by Max Poe",
            ("Jane Doe", "John Roe"),
        ),
        ("By Jane Doe in Lower Mill", ("Jane Doe",)),
    ],
)
def test_bylines_may_say_where_and_who_edited(line: str, names: tuple[str, ...]) -> None:
    found = cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS, line]), kind="text")
    assert found.authors == names
    assert line not in found.body


@pytest.mark.parametrize(
    "line", ["Written by Jane Doe, in which she says that it is.", "By Jane Doe in no time at all"]
)
def test_sentences_about_writers_are_no_bylines(line: str) -> None:
    found = cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS, line, *PARAGRAPHS]), kind="text")
    assert found.authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "Contact Jane Doe at jane@example.com", "E-mail: jane@example.com",
        "Reach Jane Doe at jane@example.com or on Twitter @janedoe",
    ],
)  # fmt: skip
def test_addresses_of_writers_are_no_text(line: str) -> None:
    found = cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS, line, "Then it rained."]), kind="text")
    assert line not in found.body


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Jane Doe | January 8, 2020", ("Jane Doe",)),
        ("January 8, 2020 · Jane Doe", ("Jane Doe",)),
        ("By Jane Doe, January 8, 2020", ("Jane Doe",)),
        ("By Jane Doe and John Roe | January 8, 2020", ("Jane Doe", "John Roe")),
        # a place, not set apart or named in the text
        ("Lower Mill, January 8, 2020", ()),
        ("Lower Mill | January 8, 2020", ()),
        ("January 8, 2020", ()),
    ],
)
def test_bylines_of_dumps_may_hold_the_day(line: str, names: tuple[str, ...]) -> None:
    text = "\n\n".join([TITLE, line, *PARAGRAPHS, f"Lower Mill is cut off. {PARAGRAPHS[0]}"])
    found = cleaner.clean(text, kind="text")
    assert (found.authors, found.date) == (names, "2020-01-08")
    assert line not in found.body


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Avec AFP et Reuters", ("Agence France-Presse", "Reuters")),
        ("mit dpa", ("Deutsche Presse-Agentur",)),
        ("Com Lusa", ("Lusa",)),
        ("With The Associated Press", ("The Associated Press",)),
        ("— With files from Reuters and Jane Doe", ("Reuters", "Jane Doe")),
        ("(dpa, AFP)", ("Deutsche Presse-Agentur", "Agence France-Presse")),
        ("dpa/AFP", ("Deutsche Presse-Agentur", "Agence France-Presse")),
        ("AFP/Reuters", ("Agence France-Presse", "Reuters")),
    ],
)
def test_lines_of_agencies_are_credits(line: str, agencies: tuple[str, ...]) -> None:
    found = cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS, line]), kind="text")
    assert found.credits == agencies
    assert [(r.text, str(r.reason)) for r in found.removed] == [(line, "credit")]


@pytest.mark.parametrize(
    ("line", "sources", "authors"),
    [
        ("来源：新华社 2024-03-05 10:30:00", ("Xinhua",), ()),
        ("来源：新华网 作者：张三 2024年03月05日", ("新华网",), ("张三",)),
        ("来源:人民日报 编辑:李四", ("人民日报",), ()),
        ("来源：人民日报", ("人民日报",), ()),
    ],
)
def test_a_source_ends_where_something_else_is_told(
    line: str, sources: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    text = "昨天下午，旧桥在检查之后被关闭，行人和车辆必须绕行，市政府说这种情况会持续到明年春天。"
    body = "".join(f"<p>{part}</p>" for part in (text, text[:-1] + "以后。"))
    found = clean(f"<article><h1>旧桥关闭</h1><div>{line}</div>{body}</article>")
    assert (found.credits, found.authors) == (sources, authors)


def test_agencies_of_an_image_are_no_credits_of_the_text() -> None:
    text = "\n\n".join([TITLE, *PARAGRAPHS[:2], "AFP/Reuters", *PARAGRAPHS[2:], "AFP/Getty Images"])
    found = cleaner.clean(text, kind="text")
    assert found.credits == ()
    assert [str(r.reason) for r in found.removed] == ["media-caption", "media-caption"]


@pytest.mark.parametrize("line", ["With Reuters gone, nobody came.", "Avec Jeanne", "Mit Anna"])
def test_other_lines_that_begin_like_it_stay(line: str) -> None:
    found = cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS[:2], line, *PARAGRAPHS[2:]]), kind="text")
    assert found.credits == ()
    assert line in found.body


def test_an_agency_above_the_text_shows_that_a_name_is_the_byline() -> None:
    text = "\n\n".join([TITLE, "Jane Doe", "The Canadian Press", *PARAGRAPHS])
    found = cleaner.clean(text, kind="text")
    assert (found.authors, found.credits) == (("Jane Doe",), ("The Canadian Press",))
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "byline",
    [
        "By\nJane Doe\nand\nJohn Roe",
        "By Jane Doe\nand John Roe",
        "By Jane Doe\n\nand John Roe",
        "Von\nJane Doe\nund\nJohn Roe",
        "By\nJane Doe\n,\nJohn Roe",
    ],
)
def test_a_byline_that_was_broken_between_its_names_is_one(byline: str) -> None:
    text = "The council of Nelson met on Monday to talk about the bridge over the river.\n\n" * 3
    article = cleaner.clean(f"A bridge opens in Nelson\n\n{byline}\n\n{text}", kind="text")
    assert article.authors == ("Jane Doe", "John Roe")
    assert not any(word in article.body for word in ("Doe", "Roe", "and\n"))


def test_what_goes_on_below_a_byline_with_no_name_stays() -> None:
    text = "and the council of Nelson met on Monday to talk about the bridge over the river."
    article = cleaner.clean(f"A bridge opens in Nelson\n\nBy Jane Doe\n\n{text}", kind="text")
    assert article.authors == ("Jane Doe",)
    assert article.body == text


def test_a_name_that_answers_a_label_is_no_author() -> None:
    text = "The council of Nelson met on Monday to talk about the bridge over the river.\n\n" * 3
    dump = "A bridge opens in Nelson\nTopic:\nWater Supply\nPosted January 8, 2020\n" + text
    assert cleaner.clean(dump, kind="text").authors == ()


def test_whom_an_image_shows_is_no_author() -> None:
    text = "The council of Nelson met on Monday to talk about the bridge over the river.\n\n" * 3
    dump = "A bridge opens in Nelson\nJanuary 8, 2020\nJane Doe\nPhoto: John Roe/Reuters\n" + text
    article = cleaner.clean(dump, kind="text")
    assert article.authors == ()


@pytest.mark.parametrize("paper", ["The Nelson Courier", "Nelson Enquirer", "Nelson"])
def test_a_name_above_its_paper_and_the_day_is_the_author(paper: str) -> None:
    text = "The council of Nelson met on Monday to talk about the bridge over the river.\n\n" * 3
    stamp = "Published 10:48 p.m. ET Oct. 6, 2023"
    dump = f"A bridge opens in Nelson\nJane Doe\n{paper}\n{stamp}\nFacebook\n{text}"
    assert cleaner.clean(dump, kind="text").authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jane Doe For Banner.Com", ("Jane Doe",)),
        ("By Jane Doe for The Nelson Courier", ("Jane Doe",)),
        ("By Jane Doe for Rest of World", ("Jane Doe",)),
        ("By Jane Doe at the Courier and John Roe in Leeds", ("Jane Doe", "John Roe")),
        ("Von Jane Doe aus Leeds", ("Jane Doe",)),
        ("By Jane Doe for those who asked", ()),
    ],
)
def test_whom_and_where_a_byline_is_for_are_no_part_of_the_name(
    byline: str, authors: tuple[str, ...]
) -> None:
    text = "The council of Nelson met on Monday to talk about the bridge over the river.\n\n" * 3
    article = cleaner.clean(f"A bridge opens in Nelson\n\n{byline}\n\n{text}", kind="text")
    assert article.authors == authors
    assert (byline in article.body) is not bool(authors)


def test_a_line_of_short_facts_names_the_author() -> None:
    text = "\n\n".join(PARAGRAPHS)
    front = "A bridge opens in Nelson\nbanner.example · by Jane Doe · February 3, 2024"
    found = cleaner.clean(f"{front}\n\n{text}", kind="text")
    assert (found.authors, found.date, found.standfirst) == (("Jane Doe",), "2024-02-03", None)


def test_a_biography_with_an_address_of_mail_is_one_wherever_it_stands() -> None:
    bio = "Jane Doe-Roe covers city hall for the Courier. Reach her at jdoe@example.org."
    dump = "\n\n".join(["A bridge opens in Nelson", *PARAGRAPHS, bio, *reversed(PARAGRAPHS)])
    found = cleaner.clean(dump, kind="text")
    assert {removed.text: removed.rule for removed in found.removed}[bio] == "bio"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("（山田太郎）", ("山田太郎",)),
        ("（山田太郎、佐藤花子）", ("山田太郎", "佐藤花子")),
        ("（敬称略）", ()),
        ("（写真は昨年）", ()),
    ],
)
def test_a_name_in_brackets_below_the_text_signs(line: str, authors: tuple[str, ...]) -> None:
    text = "市議会は月曜日に会議を開き、来年の春に開通する新しい橋の案を全会一致で可決した。"
    front = f"新しい橋、来春に開通 富沢町\n\n{text}\n{text[:-1]}と町は発表した。\n{line}\n\n"
    found = cleaner.clean(front + "関連記事\n古い橋の歴史をたどる\n会社案内\n", kind="text")
    assert found.authors == authors


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By: Jane Doe-Roe - Correspondent", ("Jane Doe-Roe",)),
        ("By Jane Doe Local Democracy Reporter", ("Jane Doe",)),
        ("By Jane Doe Senior Staff Writer", ("Jane Doe",)),
        ("By Local Democracy Reporter", ()),
        ("By the river in Nelson", ()),
    ],
)
def test_offices_behind_a_name_need_no_comma(byline: str, authors: tuple[str, ...]) -> None:
    text = "\n\n".join(PARAGRAPHS)
    found = cleaner.clean(f"A bridge opens in Nelson\n\n{byline}\n\n{text}", kind="text")
    assert found.authors == authors


FRONT = "A bridge opens in Nelson"


def of_dump(*lines: str) -> cleaner.Article:
    return cleaner.clean("\n\n".join(lines), kind="text")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe published 9 August 2024", ("Jane Doe",)),
        ("By Jane Doe last updated 9 August 2024", ("Jane Doe",)),
        ("Interview by Jane Doe · November 6, 2023", ("Jane Doe",)),
        ("P.K. Nair | 9 August 2024", ("P.K. Nair",)),
        ("Nelson | 9 August 2024", ()),
    ],
)
def test_the_line_of_the_day_names_the_author(line: str, names: tuple[str, ...]) -> None:
    assert of_dump(FRONT, line, *PARAGRAPHS).authors == names


def test_names_that_an_extractor_parted_are_all_authors() -> None:
    lines = [FRONT, "John Roe", "and", "Jane Doe", "Wed 12 Jun 2024 18.41 BST", *PARAGRAPHS]
    found = cleaner.clean("\n".join(lines), kind="text")
    assert found.authors == ("John Roe", "Jane Doe")
    assert found.body == "\n\n".join(PARAGRAPHS)


def test_the_name_of_the_author_again_is_no_text() -> None:
    lines = [FRONT, "By Jane Doe", PARAGRAPHS[0], "Jane Doe", *PARAGRAPHS[1:], "11:40 Jane Doe"]
    found = of_dump(*lines, PARAGRAPHS[0])
    named = [removed.text for removed in found.removed if removed.rule == "name-repeated"]
    assert named == ["Jane Doe", "11:40 Jane Doe"]


def test_the_name_of_the_author_in_a_sentence_is_text() -> None:
    lines = [FRONT, "By Jane Doe", *PARAGRAPHS, "The paper of", "Jane Doe", "has said so in May."]
    assert "Jane Doe" in cleaner.clean("\n".join(lines), kind="text").body


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("(amw)", True), ("(kh/sw)", True), ("lhe/dpa", True),
        ("End", False), ("salt", False), ("the end", False), ("It rained.", False),
        ("and so on and on", False),
    ],
)  # fmt: skip
def test_initials_below_the_text_sign(line: str, signs: bool) -> None:
    removed = {r.text: r.rule for r in of_dump(FRONT, *PARAGRAPHS, line).removed}
    assert (removed.get(line) == "initials") is signs


def test_the_last_piece_of_a_sentence_signs_nothing() -> None:
    lines = [FRONT, *PARAGRAPHS, "They kept no hens but", "bees"]
    assert cleaner.clean("\n".join(lines), kind="text").body.endswith("bees")


@pytest.mark.parametrize(
    ("byline", "told", "bio"),
    [
        ("By Jane Doe", "Jane Doe is a retired surveyor with a number of sheep.", True),
        ("By Jane Doe", "Jane Doe lives in Leeds.", True),
        ("By Jane Doe", "Jane Doe said that the bridge was safe.", False),
        # of somebody else it says too little
        ("By John Roe", "Jane Doe is a retired surveyor with a number of sheep.", False),
    ],
)
def test_what_is_said_of_the_author_is_a_biography(byline: str, told: str, bio: bool) -> None:
    found = of_dump(FRONT, byline, *PARAGRAPHS, told)
    assert ({r.text: r.rule for r in found.removed}.get(told) == "bio") is bio
    assert (told in found.body) is not bio


def test_the_author_in_the_middle_of_the_text_is_of_the_story() -> None:
    told = "Jane Doe was on the bridge when it fell, and saw all of it."
    assert told in of_dump(FRONT, "By Jane Doe", PARAGRAPHS[0], told, *PARAGRAPHS[1:]).body


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("(Reporting by Jane Doe in London and John Roe; editing by Max Poe)",
         ("Jane Doe", "John Roe")),
        ("(Editing by Max Poe)", ()),
        ("(With inputs from PTI)", ()),
    ],
)  # fmt: skip
def test_what_an_agency_signs_with_in_brackets_goes(line: str, authors: tuple[str, ...]) -> None:
    found = of_dump(FRONT, *PARAGRAPHS, line)
    assert found.authors == authors
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Jane Doe Senior Reporter",), ("Jane Doe",)),
        (("Jane Doe Parliamentary Correspondent",), ("Jane Doe",)),
        (("John Roe Reporter", "Jane Doe Staff Writer"), ("John Roe", "Jane Doe")),
        (("Text:", "Jane Doe"), ("Jane Doe",)),
        (("FROM OUR CORRESPONDENT",), ()),
        (("Topic:", "Jane Doe"), ()),
        (("Jane Doe Mayor",), ()),
    ],
)
def test_what_an_author_is_or_a_label_tells_a_name_line(
    lines: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert of_dump(FRONT, *lines, *PARAGRAPHS).authors == names


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("<p>経済部・山田太郎</p>", ("山田太郎",)),
        ("<p>大船渡支局・山田太郎</p>", ("山田太郎",)),
        ("<p>Jane Doe</p><p><span>Reporting from</span> <span>Port Annick</span></p>",
         ("Jane Doe",)),
    ],
)  # fmt: skip
def test_desks_and_places_beside_a_marked_name(inside: str, names: tuple[str, ...]) -> None:
    assert clean(page(front=f'{H1}<div class="byline">{inside}</div>')).authors == names
