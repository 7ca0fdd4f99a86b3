"""Small pages for the tests of fields: only what a test is about is in them."""

from __future__ import annotations

import json
from typing import Any

import cleaner

PARAGRAPHS = [
    "The bridge over the river was closed on Monday after engineers found cracks in two of its"
    " pillars, and nobody could say when it would be open to traffic again.",
    "The mayor said that the town had asked for money to repair it for years, and that the money"
    " had been promised by every government since the bridge was built.",
    "Drivers must now take the road through the valley, which adds half an hour to the way to work"
    " and leads past the school at the time when the children arrive.",
    "A ferry is to be put into service by the end of the week, but it will carry no more than"
    " twenty cars at a time and will not sail at night or in strong wind.",
]
TITLE = "Bridge closed after cracks found"


def page(  # noqa: PLR0913  (each is a place of a page)
    *,
    head: str = "",
    title: str | None = None,
    front: str = "",
    body: str = "",
    end: str = "",
    linked: dict[str, Any] | None = None,
    language: str | None = "en",
) -> str:
    """Return a page: `front` stands between the body's start and the text, `end` behind it."""
    data = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    named = f"<title>{title}</title>" if title is not None else ""
    lang = f' lang="{language}"' if language else ""
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html{lang}><head>{named}{head}{data}</head>"
        f"<body><main><article>{front}{text}</article></main>{end}</body></html>"
    )


def meta(name: str, content: str) -> str:
    """Return a meta tag, whichever attribute its name asks for."""
    key = "property" if ":" in name else "name"
    return f'<meta {key}="{name}" content="{content}">'


def article(**fields: Any) -> dict[str, Any]:
    """Return a JSON-LD article."""
    return {"@context": "https://schema.org", "@type": "Article", **fields}


def clean(source: str, url: str | None = None) -> cleaner.Article:
    """Clean a page."""
    return cleaner.clean(source, url=url, kind="html")
