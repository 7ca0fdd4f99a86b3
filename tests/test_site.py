"""Address and site: as the page states them."""

from __future__ import annotations

import pytest
from pages import TITLE, article, clean, meta, page

KNOWN = "https://www.thebanner.com/news/bridge?utm_source=x"


def canonical(address: str) -> str:
    return page(head=f'<link rel="canonical" href="{address}">')


@pytest.mark.parametrize(
    ("source", "known", "url"),
    [
        (canonical("https://www.thebanner.com/news/bridge"), KNOWN, "https://www.thebanner.com/news/bridge"),
        (canonical("/news/bridge"), KNOWN, "https://www.thebanner.com/news/bridge"),
        (canonical("//thebanner.com/bridge"), KNOWN, "https://thebanner.com/bridge"),
        (canonical("https://www.thebanner.com/news/bridge"), None, "https://www.thebanner.com/news/bridge"),
        (page(head=meta("og:url", "https://thebanner.com/b")), None, "https://thebanner.com/b"),
        (page(linked=article(mainEntityOfPage={"@id": "https://thebanner.com/b"})), None,
         "https://thebanner.com/b"),
        (page(), KNOWN, KNOWN),
        # mistakes of sites
        (canonical("https://www.thebanner.com/"), KNOWN, KNOWN),
        (canonical("https://www.thebanner.com"), KNOWN, KNOWN),
        (canonical(""), KNOWN, KNOWN),
        (canonical("javascript:void(0)"), KNOWN, KNOWN),
        (canonical("http://[broken"), KNOWN, KNOWN),
        # nothing known
        (page(), None, None),
        (canonical("/news/bridge"), None, None),
        (canonical("https://www.thebanner.com/"), None, "https://www.thebanner.com/"),
    ],
)  # fmt: skip
def test_addresses(source: str, known: str | None, url: str | None) -> None:
    assert clean(source, url=known).url == url


@pytest.mark.parametrize(
    ("source", "site"),
    [
        (page(head=meta("og:site_name", "The Banner")), "The Banner"),
        (page(head=meta("application-name", "The Banner")), "The Banner"),
        (page(head=meta("application-name", "Banner App") + meta("og:site_name", "The Banner")),
         "The Banner"),
        (page(linked=article(publisher={"@type": "Organization", "name": "The Banner"})),
         "The Banner"),
        (page(linked=article(publisher="The Banner")), "The Banner"),
        (page(linked={"@type": "WebSite", "name": "The Banner"}), "The Banner"),
        # no names
        (page(head=meta("og:site_name", "@thebanner")), None),
        (page(head=meta("og:site_name", "https://thebanner.com")), None),
        (page(head=meta("og:site_name", f"{TITLE} on Monday"), title=f"{TITLE} on Monday"), None),
        (page(head=meta("og:site_name", "The Banner " * 20)), None),
        (page(title="Bridge closed | The Banner"), None),
        (page(), None),
    ],
)  # fmt: skip
def test_sites(source: str, site: str | None) -> None:
    assert clean(source, url=KNOWN).site == site
