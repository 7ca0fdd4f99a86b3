"""The date of publication: the best evidence wins, conflicts are told, nothing is guessed."""

from __future__ import annotations

import datetime

import pytest
from pages import PARAGRAPHS, TITLE, article, clean, meta, page

import cleaner
from cleaner import Caution

H1 = f"<h1>{TITLE}</h1>"
PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
FOOTER = (
    '<footer class="entry-footer"><span>Author Jane Doe</span><time class="entry-date published"'
    ' datetime="2020-01-08">Jan 8</time></footer>'
)
MOMENT = "2020-01-08T17:04:00-05:00"
PUBLISHED = "article:published_time"


def linked(**fields: str) -> str:
    return page(front=H1, linked=article(headline=TITLE, **fields))


@pytest.mark.parametrize(
    ("source", "value", "kind"),
    [
        (linked(datePublished=MOMENT), MOMENT, "json-ld"),
        (linked(datePublished="2020-01-08"), "2020-01-08", "json-ld"),
        (linked(datePublished=1578520800000), "2020-01-08T22:00:00+00:00", "json-ld"),
        (page(front=H1, head=meta(PUBLISHED, MOMENT)), MOMENT, "meta"),
        (page(front=H1, head=meta("parsely-pub-date", "2020-01-08T22:04:00Z")),
         "2020-01-08T22:04:00+00:00", "meta"),
        (page(front=H1, head=meta("date", "January 8, 2020")), "2020-01-08", "meta"),
        (page(front=H1 + f'<time datetime="{MOMENT}">January 8</time>'), MOMENT, "time"),
        (page(front=H1 + f'<time class="published updated" datetime="{MOMENT}">8.1.</time>'),
         MOMENT, "time"),
        (page(front=H1 + f'<meta itemprop="datePublished" content="{MOMENT}">'), MOMENT, "meta"),
        # visible lines
        (page(front=H1 + "<p>January 8, 2020</p>"), "2020-01-08", "text"),
        (page(front=H1 + "<p>Posted January 8, 2020 5:04 pm</p>"), "2020-01-08T17:04:00", "text"),
        (page(front=H1 + "<p>By Jane Doe | January 8, 2020</p>"), "2020-01-08", "text"),
        (page(front=H1 + "<p>January 8, 2020 - Updated July 9, 2025</p>"), "2020-01-08", "text"),
        (page(front=f'<p class="date">08.01.2020, 17:04 Uhr</p>{H1}', language="de"),
         "2020-01-08T17:04:00", "text"),
        (page(front=H1 + "<p>2020年1月8日</p>", language="ja"), "2020-01-08", "text"),
        (page(front=H1, body=PROSE
              + "<p>Published: January 8, 2020</p>"), "2020-01-08", "text"),
        (page(front=H1 + "<p>Updated: March 2, 2020 Published: January 8, 2020</p>"),
         "2020-01-08", "text"),
        (page(front=H1 + "<p>08.01.2020, Lesezeit 5 Min.</p>", language="de"),
         "2020-01-08", "text"),
        (page(front=H1 + '<p><b itemprop="published-date" content="Published Jan 8, 2020 at 5:00'
              ' PM EST">today</b></p>'), "2020-01-08T17:00:00-05:00", "meta"),
        (page(front=H1 + f'<p>Updated <time itemprop="datePublished" datetime="{MOMENT}">8 January'
              " 2020</time></p>"), MOMENT, "time"),
        (page(front=H1 + f'<time class="entry-date updated" datetime="{MOMENT}">8.1.</time>'),
         MOMENT, "time"),
        # what the day is stands above it, or in the names of a box beside the text
        (page(front=f"<h4>Published</h4><p>January 8, 2020</p><p>a</p><p>b</p><p>c</p>{H1}"),
         "2020-01-08", "text"),
        (page(front=H1 + '<aside><div class="byline"><p class="day">January 8, 2020</p></div>'
              "</aside>"), "2020-01-08", "text"),
        (page(front=H1, end='<div class="sidebar"><p class="published-date">January 8, 2020</p>'
              "</div>"), "2020-01-08", "text"),
        # the footer of the article itself
        (f"<article>{H1}<div>{PROSE}</div>{FOOTER}</article>", "2020-01-08", "time"),
        # boxes with odd names in front of the text
        (page(front=H1 + '<div class="footer"><p><time itemprop="datePublished" datetime='
              '"2020-01-08">8.1.</time></p></div>'), "2020-01-08", "time"),
        (page(front=H1 + '<div class="sponsor-line"><p>Published January 8, 2020</p></div>'),
         "2020-01-08", "text"),
        (page(front=H1, body=PROSE
              + "<p>This report by The Canadian Press was first published Jan. 8, 2020.</p>"),
         "2020-01-08", "text"),
    ],
)  # fmt: skip
def test_each_kind_of_statement(source: str, value: str, kind: str) -> None:
    found = clean(source)
    assert (found.date, found.source.date) == (value, kind)
    assert Caution.NO_DATE not in found.warnings
    assert Caution.DATE_CONFLICT not in found.warnings


@pytest.mark.parametrize(
    "source",
    [
        page(front=H1),
        # ages, and the day of the visit
        page(front=H1 + "<p>3 hours ago</p>"),
        page(front=H1 + "<p>Yesterday</p>"),
        page(front=f"<p>Saturday, March 14, 2026</p><p>a</p><p>b</p><p>c</p>{H1}"),
        # copyright, events, other articles, comments
        page(front=H1, end="<footer>© 2020 The Banner</footer>"),
        page(front=H1, end="<footer><p>January 8, 2020</p></footer>"),
        page(front=H1, body=f"<p>On January 8, 2020, the bridge was closed. {PARAGRAPHS[0]}</p>"),
        page(front=H1, end='<div class="related"><time datetime="2020-01-08">Jan 8</time></div>'),
        page(front=H1, end='<div class="comments"><p>January 8, 2020</p></div>'),
        page(front=H1, end='<div class="sidebar"><p class="post-date">January 8, 2020</p></div>'),
        page(
            front=H1, end='<aside class="related"><p class="published">January 8, 2020</p></aside>'
        ),
        page(front=H1 + "".join(f"<p>January {day}, 2020</p>" for day in range(1, 9))),
        page(front=H1, end='<ul class="list"><li>Jan 8, 2020</li><li>Jan 9, 2020</li></ul>'),
        f"<article>{H1}<div>{PROSE}</div></article>{FOOTER}",
        f"<article>{H1}<div>{PROSE}<div class=related>{FOOTER}</div></div></article>",
        f"<article>{H1}<div>{PROSE}</div>{FOOTER.replace('published', 'x').replace('entry', 'x')}"
        "</article>",
        # changes
        page(front=H1 + "<p>Last updated: January 8, 2020</p>"),
        page(front=H1 + "<p>Last updated</p><p>January 8, 2020</p>"),
        page(front=H1 + '<p>Updated on <time datetime="2020-01-08">January 8, 2020</time></p>'),
        page(front=H1, head=meta("article:modified_time", MOMENT)),
        # the order of the numbers is open
        page(front=H1 + "<p>03/04/2020</p>"),
        # no such day
        page(front=H1, head=meta(PUBLISHED, "2020-02-31")),
        page(front=H1, head=meta(PUBLISHED, "soon")),
    ],
)
def test_no_date_is_invented(source: str) -> None:
    found = clean(source)
    assert found.date is None
    assert found.source.date is None
    assert Caution.NO_DATE in found.warnings


@pytest.mark.parametrize(
    ("source", "value"),
    [
        # the modified day for the original
        (linked(datePublished="2020-01-08", dateModified="2020-03-01"), "2020-01-08"),
        (page(front=H1 + "<p>January 8, 2020</p>",
              linked=article(headline=TITLE, datePublished="2025-06-24",
                             dateModified="2025-06-24")),
         "2020-01-08"),
        (page(front=H1, head=meta("article:modified_time", "2020-03-01")
              + meta(PUBLISHED, "2020-01-08")),
         "2020-01-08"),
        (page(front=H1 + '<time class="date" datetime="2020-03-01">March 1, 2020</time>',
              head=meta("article:modified_time", "2020-03-01") + meta(PUBLISHED, "2020-01-08")),
         "2020-01-08"),
        (page(front=H1 + '<article><time datetime="2019-11-20">Nov 20</time></article>'
              '<p>January 8, 2020</p>'), "2020-01-08"),
        # the last issue for the first
        (page(front=H1 + "<p>January 8, 2020</p>",
              linked=article(headline=TITLE, datePublished="2025-06-24",
                             dateModified="2025-06-22")),
         "2020-01-08"),
        (page(front=H1 + "<p>Published January 8, 2020</p><p>Updated June 24, 2025</p>",
              linked=article(headline=TITLE, datePublished="2025-06-24",
                             dateModified="2025-06-23")),
         "2020-01-08"),
        # the days of a life, or of an event
        (page(front=H1 + "<p>May 5, 1991 - December 21, 2019</p>",
              linked=article(headline=TITLE, datePublished="2020-01-08",
                             dateModified="2020-01-08")),
         "2020-01-08"),
        (page(front=H1 + '<p class="event-date">January 2, 2020</p>',
              linked=article(headline=TITLE, datePublished="2020-01-08",
                             dateModified="2020-01-08")),
         "2020-01-08"),
        # times of other articles around it
        (page(front=H1 + '<time datetime="2020-01-08">Jan 8</time>',
              end='<div class="sidebar"><time datetime="2021-02-03">Feb 3</time></div>' * 5),
         "2020-01-08"),
        # the day as readers saw it, where machines are told UTC
        (page(front=H1 + "<p>January 8, 2020</p>",
              head=meta(PUBLISHED, "2020-01-09T02:41:00+00:00")),
         "2020-01-08"),
        (page(front=H1 + "<p>January 8, 2020</p>",
              head=meta(PUBLISHED, "2020-01-08T22:41:00+00:00")),
         "2020-01-08"),
    ],
)  # fmt: skip
def test_traps(source: str, value: str) -> None:
    found = clean(source)
    assert found.date is not None
    assert found.date[:10] == value


@pytest.mark.parametrize(
    ("language", "url", "text", "value"),
    [
        ("en-US", "https://example.com/a", "03/04/2020", "2020-03-04"),
        ("en-GB", "https://example.com/a", "03/04/2020", "2020-04-03"),
        ("fr", "https://example.com/a", "03/04/2020", "2020-04-03"),
        ("en", "https://example.co.uk/a", "03/04/2020", "2020-04-03"),
        ("en", "https://example.gov/a", "03/04/2020", "2020-03-04"),
        ("en-US", "https://example.co.za/a", "03/04/2020", "2020-04-03"),
        ("en", "https://example.com/a", "03/04/2020", None),
        ("en", "https://example.com/a", "03/04/2020 04:55 PM EDT", "2020-03-04T16:55:00-04:00"),
        ("en", "https://example.com/a", "03/04/2020 04:55 PM GMT", None),
        ("en", "https://example.com/a", "13/04/2020", "2020-04-13"),
    ],
)
def test_the_order_of_numbers_follows_evidence(
    language: str, url: str, text: str, value: str | None
) -> None:
    assert clean(page(front=f"{H1}<p>{text}</p>", language=language), url=url).date == value


def test_another_day_of_the_page_gives_the_order_away() -> None:
    end = '<div class="related"><p>25/12/2019</p></div>'
    assert clean(page(front=f"{H1}<p>03/04/2020</p>", end=end)).date == "2020-04-03"


def test_the_address_is_the_last_evidence() -> None:
    url = "https://example.com/2020/01/08/bridge"
    assert (clean(page(front=H1), url=url).date, clean(page(front=H1), url=url).source.date) == (
        "2020-01-08", "url",
    )  # fmt: skip
    stated = clean(page(front=H1, head=meta(PUBLISHED, MOMENT)), url=url)
    assert (stated.date, stated.source.date) == (MOMENT, "meta")


def test_conflicts_are_told_and_the_better_evidence_wins() -> None:
    front = H1 + "<p>Posted March 2, 2020</p>"
    found = clean(page(front=front, linked=article(headline=TITLE, datePublished=MOMENT)))
    assert found.date == MOMENT
    assert Caution.DATE_CONFLICT in found.warnings


def test_of_two_days_with_equal_evidence_the_first_is_the_publication() -> None:
    head = meta("published-time", "2026-03-09T08:45:32Z") + meta("published-date", "2021-02-16")
    found = clean(page(front=H1, head=head))
    assert found.date == "2021-02-16"
    assert Caution.DATE_CONFLICT in found.warnings


def test_a_visible_change_is_no_conflict() -> None:
    front = H1 + "<p>Updated March 2, 2020</p>"
    data = article(headline=TITLE, datePublished=MOMENT, dateModified="2020-03-02T10:00:00Z")
    found = clean(page(front=front, linked=data))
    assert (found.date, found.date_modified) == (MOMENT, "2020-03-02T10:00:00+00:00")
    assert Caution.DATE_CONFLICT not in found.warnings


@pytest.mark.parametrize(
    ("days", "stay"),
    [
        (("March 5, 2019", "April 2, 2019", "Friday, May 3, 2019"), True),
        (("March 5, 2019", "April 2, 2019"), False),
        (("March 5, 2019", "How it began", "May 3, 2019"), False),
    ],
)
def test_days_that_head_the_parts_of_a_text(days: tuple[str, ...], stay: bool) -> None:
    parts = zip(days, PARAGRAPHS, strict=False)
    body = "".join(f"<h2>{day}</h2><p>{text}</p>" for day, text in parts)
    found = clean(page(front=H1, body=body))
    assert (found.date is None) is stay
    assert (days[0] in found.body) is stay


@pytest.mark.parametrize(
    "line",
    [
        "Published January 8, 2020 | Updated March 2, 2020",
        "Posted: January 8, 2020 / Updated: March 2, 2020",
        "Updated March 2, 2020 | Published January 8, 2020",
        "January 8, 2020 | Updated: March 2, 2020",
    ],
)
def test_both_days_of_a_line(line: str) -> None:
    found = clean(page(front=f"{H1}<p>{line}</p>"))
    assert (found.date, found.date_modified) == ("2020-01-08", "2020-03-02")


@pytest.mark.parametrize(
    "value", ["1970-01-01T00:00:00Z", "1066-10-14", "0001-01-01", "2999-01-01"]
)
def test_implausible_dates_are_refused(value: str) -> None:
    found = clean(linked(datePublished=value))
    assert found.date is None
    assert Caution.DATE_IMPLAUSIBLE in found.warnings
    better = page(front=H1 + "<p>January 8, 2020</p>", linked=article(datePublished=value))
    assert clean(better).date == "2020-01-08"


@pytest.mark.parametrize("value", ["2350-05-05", "9999-12-31"])
def test_no_number_of_witnesses_makes_a_day_to_come_one_of_publication(value: str) -> None:
    head = f'<meta property="article:published_time" content="{value}">'
    found = clean(page(head=head, linked=article(datePublished=value)))
    assert found.date is None
    assert Caution.DATE_IMPLAUSIBLE in found.warnings


def test_an_old_date_needs_two_witnesses() -> None:
    front = H1 + "<p>Published: January 8, 1985</p>"
    assert clean(page(front=front)).date is None
    assert clean(page(front=front, linked=article(datePublished="1985-01-08"))).date == "1985-01-08"


@pytest.mark.parametrize(
    ("capture", "refused"),
    [("2020-01-08", False), ("2020-01-07", False), ("2020-01-06", True), ("2021-01-01", False)],
)
def test_a_date_after_the_capture_is_refused(capture: str, refused: bool) -> None:
    data = linked(datePublished=MOMENT, dateModified=MOMENT)
    article = cleaner.clean(data, captured=datetime.date.fromisoformat(capture))
    assert article.date == (None if refused else MOMENT)
    assert article.date_modified == (None if refused else MOMENT)
    assert (Caution.DATE_IMPLAUSIBLE in article.warnings) == refused


def test_a_moment_of_the_capture_counts_as_its_day() -> None:
    data = linked(datePublished=MOMENT)
    for hour in (0, 23):
        moment = datetime.datetime(2020, 1, 8, hour, tzinfo=datetime.UTC)
        article = cleaner.clean(data, captured=moment)
        assert article == cleaner.clean(data, captured=moment.date())
        assert article.source.captured == "2020-01-08"


BODY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"date 2020-01-08 {TITLE}\n\n{BODY}", "2020-01-08"),
        (f"{TITLE}\n\nPosted January 8, 2020 5:04 pm\n\n{BODY}", "2020-01-08T17:04:00"),
        (f"{TITLE}\n\nJanuary 8, 2020\n\n{BODY}", "2020-01-08"),
        (f"{TITLE}\n\nBy Jane Doe | 8 January 2020\n\n{BODY}", "2020-01-08"),
        (f"Tuesday, March 3, 2026\n\n{TITLE}\n\n{BODY}", None),
        # the nearer to the headline
        (
            f"{TITLE}\n8 January 2020 Updated at 16:01 4 minutes to read\nMore\nA\nB\n"
            f"by John Roe 6 January 2020\n{BODY}",
            "2020-01-08",
        ),
        # the page's title stands far above its article, and so does the day of the visit
        (
            f"{TITLE}\nTuesday, March 3, 2026\n"
            + "Menu\n" * 40
            + f"By Jane Doe\n8 January 2020\n{BODY}",
            "2020-01-08",
        ),
        (f"January 8, 2020\n\n{BODY}", "2020-01-08"),
        # no line of the text is a whole paragraph
        (
            f"{TITLE}\n8 January 2020\nShare\n" + f"The town\n, {PARAGRAPHS[0][4:90]}\nsaid\n" * 30,
            "2020-01-08",
        ),
        (f"{TITLE}\n\nOn January 8, 2020, the bridge was closed.\n\n{BODY}", None),
        (f"{TITLE}\n\n{BODY}\n\nJan 8, 2020\n\nJan 9, 2020", None),
        (f"{TITLE}\n\n3 hours ago\n\n{BODY}", None),
        (f"{TITLE}\n\n{BODY}", None),
    ],
)
def test_dates_of_dumps(text: str, value: str | None) -> None:
    assert cleaner.clean(text, kind="text").date == value


def test_an_age_in_front_of_a_dump_is_removed_and_not_resolved() -> None:
    found = cleaner.clean(f"{TITLE}\n\n3 hours ago\n\n{BODY}", kind="text")
    assert (found.date, found.body) == (None, BODY)
    assert [(r.text, str(r.reason)) for r in found.removed] == [("3 hours ago", "metadata")]


@pytest.mark.parametrize(
    ("caption", "bound"),
    [
        ("The bridge from above – Jan 8, 2020", "2020-01-08"),
        ("The bridge from above", None),
        ("The bridge from above on Jan 8, 2020, before the cracks", None),
    ],
)
def test_dated_captions_bound_the_date_of_pages_too(caption: str, bound: str | None) -> None:
    figure = f"<figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure>"
    found = clean(page(front=H1 + figure))
    assert (found.date, found.date_not_before) == (None, bound)
    stated = clean(page(front=H1 + figure, linked=article(datePublished=MOMENT)))
    assert (stated.date, stated.date_not_before) == (MOMENT, None)
