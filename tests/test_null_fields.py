"""Null is a value: without its statements a field is empty, and the article says so."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pages import PARAGRAPHS, TITLE, article, clean, meta, page

import cleaner
from cleaner import Article, Caution

DAY = "2020-01-08"
MOMENT = f"{DAY}T17:04:00-05:00"
# Every way in which a generated page may state its date or its headline.
DATES = {
    "json-ld": "datePublished",
    "meta": meta("article:published_time", MOMENT),
    "named by the site": meta("bt:pubDate", MOMENT),
    "time": f'<time datetime="{MOMENT}">January 8</time>',
    "line": "<p>Posted January 8, 2020</p>",
    "bare": "<p>8 January 2020</p>",
    "url": f"https://www.thebanner.com/{DAY.replace('-', '/')}/bridge",
}
HEADLINES = {
    "json-ld": "headline",
    "meta": meta("og:title", f"{TITLE} - The Banner"),
    "title": f"{TITLE} | The Banner",
    "h1": f"<h1>{TITLE}</h1>",
}
# What stands on pages beside these and states neither.
NOISE = st.lists(
    st.sampled_from(
        [
            "<footer>© 2020 The Banner. January 1, 2020</footer>",
            "<aside><h3>Another story</h3><time datetime='2021-02-03'>Feb 3</time></aside>",
            "<div class='comments'><p>Jane, February 3, 2021</p></div>",
            "<div class='related'><h2>More from the river</h2><p>Feb 3, 2021</p></div>",
            "<nav><a href='/'>Home</a><a href='/2021/02/03/'>February 3, 2021</a></nav>",
            "<p>3 hours ago</p>",
        ]
    ),
    unique=True,
    max_size=4,
)
KNOWN = "https://www.thebanner.com/news/bridge"


def cleaned(dates: set[str], headlines: set[str], noise: list[str]) -> Article:
    """Clean a page that states its date and headline in the ways asked for, and in no other."""
    data: dict[str, Any] = article(publisher={"@type": "Organization", "name": "The Banner"})
    if "json-ld" in dates:
        data[DATES["json-ld"]] = MOMENT
    if "json-ld" in headlines:
        data[HEADLINES["json-ld"]] = TITLE
    head = "".join(DATES[way] for way in ("meta", "named by the site") if way in dates)
    head += "".join(HEADLINES[way] for way in ("meta",) if way in headlines)
    front = HEADLINES["h1"] if "h1" in headlines else ""
    front += "".join(DATES[way] for way in ("time", "line", "bare") if way in dates)
    source = page(
        head=head + meta("og:site_name", "The Banner"),
        title=HEADLINES["title"] if "title" in headlines else None,
        front=front,
        linked=data,
        end="".join(noise),
    )
    return clean(source, DATES["url"] if "url" in dates else KNOWN)


ways_of_dating = st.sets(st.sampled_from(sorted(DATES)))
ways_of_titling = st.sets(st.sampled_from(sorted(HEADLINES)))


@settings(deadline=None)  # the first page compiles the rules
@given(ways_of_dating, ways_of_titling, NOISE)
def test_a_field_is_there_exactly_if_something_states_it(
    dates: set[str], headlines: set[str], noise: list[str]
) -> None:
    found = cleaned(dates, headlines, noise)
    assert found.date is None or found.date.startswith(DAY)
    assert (found.date is None) == (not dates)
    assert (Caution.NO_DATE in found.warnings) == (not dates)
    assert (found.source.date is None) == (not dates)
    assert found.headline == (TITLE if headlines else None)
    assert (Caution.NO_HEADLINE in found.warnings) == (not headlines)
    assert (found.source.headline is None) == (not headlines)
    assert Caution.DATE_CONFLICT not in found.warnings


@settings(deadline=None)
@given(NOISE)
def test_people_language_and_address_too(noise: list[str]) -> None:
    found = cleaned(set(), set(), noise)
    assert (found.authors, found.credits, found.source.authors) == ((), (), None)
    assert (found.date_modified, found.standfirst) == (None, None)
    assert (found.url, found.site, found.language) == (KNOWN, "The Banner", "en")


# Lines in front of a dump's text that state no headline and no date, whatever their order.
FURNITURE = st.lists(
    st.sampled_from(
        ["Menu", "Skip to content", "Subscribe", "3 hours ago", "Share this", "1. Home",
         "• Most read stories of the week", "4 min read"]
    ),
    unique=True,
)  # fmt: skip
DAY_LINES = ("Posted January 8, 2020", "January 8, 2020", "By Jane Doe | January 8, 2020")


@settings(deadline=None)
@given(FURNITURE, st.booleans(), st.sampled_from((None, *DAY_LINES)))
def test_so_it_is_with_dumps(furniture: list[str], titled: bool, day_line: str | None) -> None:
    lines = [*furniture, *([TITLE] if titled else []), *([day_line] if day_line else [])]
    found = cleaner.clean("\n\n".join([*lines, *PARAGRAPHS]), kind="text")
    assert found.headline == (TITLE if titled else None)
    assert (Caution.NO_HEADLINE in found.warnings) == (not titled)
    assert found.date == (DAY if day_line else None)
    assert (Caution.NO_DATE in found.warnings) == (day_line is None)
    assert found.authors == (("Jane Doe",) if day_line and "Jane" in day_line else ())
