"""The body of pages that keep their text in data."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

import cleaner
from cleaner.article import Caution, Reason
from cleaner.readers.html import read_html

if TYPE_CHECKING:
    from cleaner.page import Page

PROSE = [
    f"The {n} of the four bridges was closed on Monday, and the people of the town {rest}."
    for n, rest in (
        ("first", "took the long way round by the mill, as they had in the year of the flood"),
        ("second", "crossed on a plank, which the council says is against the bylaws of 1911"),
        ("third", "did not notice, since nobody has used it from the day that it was opened"),
        ("last", "asked what a bridge is for, if it is not to be left open when it matters"),
    )
]
TEASER = "A teaser of another article, which is a good deal longer than it would need to be."


def page_of(script: str, kind: str = "", dom: str = "") -> Page:
    attributes = f' type="{kind}"' if kind else ""
    return read_html(f"<body><h2>Bridges</h2>{dom}<script{attributes}>{script}</script></body>")


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks[1:]]


def from_json(data: Any, **options: str) -> list[str]:
    return texts(page_of(json.dumps(data), "application/json", **options))


def streamed(stream: str, size: int = 700) -> str:
    """Return a stream as React pushes it, cut into scripts at any place."""
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    pushed = "</script><script>".join(
        f"self.__next_f.push({json.dumps([1, piece])})" for piece in pieces
    )
    return f"(self.__next_f=self.__next_f||[]).push([0])</script><script>{pushed}"


def element(tag: str, *children: Any) -> list[Any]:
    return ["$", tag, None, {"className": f"story__{tag} wide", "children": list(children)}]


STREAM_HEAD = (
    '1:"$Sreact.fragment"\n2:I[1357,["2346","static/chunks/273.js"],"Layout"]\n'
    ':HL["/_next/static/css/a.css","style"]\n'
)


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_elements_in_a_stream(size: int) -> None:
    story = element("article", "$L2", *(element("p", text) for text in PROSE), "$$5")
    stream = f"{STREAM_HEAD}0:{json.dumps(story)}\n3:null\n"
    assert texts(page_of(streamed(stream, size))) == [*PROSE, "$5"]


@pytest.mark.parametrize("prose", [PROSE, [text.replace("o", "ö") for text in PROSE]])
def test_texts_in_a_stream_are_as_long_as_they_say_in_bytes(prose: list[str]) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    after = json.dumps({"state": {"html": "$3", "title": "1:Bridges"}})
    stream = f"{STREAM_HEAD}3:T{len(text.encode()):x},{text}4:{after}\n"
    assert texts(page_of(streamed(stream))) == prose


@pytest.mark.parametrize(
    "stream",
    [
        "0:T", "0:Tffffffff,", "0:Tffffffff," + PROSE[0], "0:T0,0:T0,", "zz", "0:{]\n", ":::\n\n\n",
        'a:I["' + PROSE[0] * 4 + '"]\n', 'e:E{"message":"' + PROSE[0] * 4 + '"}\n',
    ],
)  # fmt: skip
def test_broken_streams_state_nothing(stream: str) -> None:
    assert texts(page_of(streamed(stream))) == []


def test_captions_in_data_are_none_of_the_body() -> None:
    caption = "The first bridge on Monday, when it was closed, as it is seen from the mill above it"
    markup = "".join(f"<p>{text}</p>" for text in PROSE)
    html = f'<div class="caption"><p>{caption}</p></div>{markup}'
    data = json.dumps({"title": "Bridges", "html": html})
    article = cleaner.clean(f"<h1>Bridges</h1><script>window.__STATE__ = {data}</script>")
    assert article.body.split("\n\n") == PROSE
    assert [(r.text, r.reason, r.rule) for r in article.removed] == [
        (caption, Reason.MEDIA_CAPTION, "named-box")
    ]


@pytest.mark.parametrize(
    "wrap",
    [
        'w["__RQ_1_"] = w["__RQ_1_"] || []; w["__RQ_1_"].push({});', "dataLayer.push([{}, 1])",
        "{}", " {} ", "window.__STATE__ = {};", "window.__STATE__={}", "var state = {};",
        "window['state'] = {}; window.x = 1;", 'a = 1; b = {"c": 2};\nwindow.__DATA__ =\n {};',
        "var f = {a: 1}; window.x = {};", 'w = {"broken": x}; window.x = {};',
    ],
)  # fmt: skip
def test_scripts_that_hold_json(wrap: str) -> None:
    data = json.dumps({"article": {"paragraphs": PROSE}})
    page = page_of(wrap.replace("{}", data, 1))
    assert texts(page) == PROSE
    assert page.warnings == [Caution.BODY_FROM_DATA]


def test_json_in_a_string() -> None:
    inner = json.dumps(json.dumps({"article": {"paragraphs": PROSE}}))
    assert texts(page_of(f"window.__STATE__ = JSON.parse({inner});")) == PROSE


@pytest.mark.parametrize(
    "data",
    [
        PROSE,
        {"body": PROSE},
        {"body": [{"text": p} for p in PROSE]},
        {"body": [{"type": "p", "html": f"<p>{p}</p>"} for p in PROSE]},
        {"body": "".join(f"<p>{p}</p>" for p in PROSE)},
        {"body": "<br><br>".join(PROSE)},
        {"body": "\n\n".join(PROSE)},
        {"body": "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in PROSE), "kind": "escaped"},
        {"sections": [{"paragraphs": PROSE[:2]}, {"paragraphs": PROSE[2:]}]},
        {"entities": {f"Paragraph:{n}": {"text": p} for n, p in enumerate(PROSE)}},
        {"tree": {"content": [{"content": [{"text": p}]} for p in PROSE]}},
    ],
)
def test_shapes_of_data(data: Any) -> None:
    assert from_json(data) == PROSE


def test_pieces_of_a_paragraph_are_joined() -> None:
    first, second, third, last = PROSE
    cut = first.split(" bridges ")
    data = {"body": [
        {"children": [{"text": cut[0] + " "}, {"text": "bridges"}, {"text": " " + cut[1]}]},
        *({"children": [{"text": paragraph}]} for paragraph in (second, third, last)),
    ]}  # fmt: skip
    assert from_json(data) == PROSE


def test_paragraphs_with_spaces_at_their_ends_stay_apart() -> None:
    assert from_json({"body": [f" {p} " for p in PROSE]}) == PROSE


def test_headings_stay_with_the_paragraphs_they_stand_among() -> None:
    data = {"body": [{"type": "h", "text": "Bridges"}, *({"text": p} for p in PROSE)]}
    assert from_json(data) == ["Bridges", *PROSE]


def test_markup_in_data_is_read_as_markup() -> None:
    data = {"body": [f"<p><a href='/x'>{p[:9]}</a>{p[9:]}</p>" for p in PROSE] + ["<h2>Tolls</h2>"]}
    page = page_of(json.dumps(data), "application/json")
    assert texts(page) == [*PROSE, "Tolls"]
    markup = page.blocks[1].markup
    assert markup is not None
    assert (markup.links, markup.linked) == (1, 9)


def test_plain_text_in_data_is_not_read_as_markup() -> None:
    sums = [p[:-1] + " if 2 < 3 & 4 > 1." for p in PROSE]
    assert from_json({"body": sums}) == sums


def test_the_place_with_most_prose_wins() -> None:
    data = {"list": [{"deck": TEASER}] * 2, "body": PROSE, "options": ["x", "y"]}
    assert from_json(data) == PROSE


@pytest.mark.parametrize("key", ["comments", "relatedStories", "i18n", "cookieConsent", "caption"])
def test_prose_of_others_is_not_the_article(key: str) -> None:
    assert from_json({key: [{"text": TEASER}] * 30, "body": PROSE}) == PROSE
    assert from_json({key: [{"text": TEASER}] * 30}) == []


def test_whole_texts_are_not_mixed() -> None:
    short = "".join(f"<p>{TEASER}</p>" for _ in range(3))
    long = "".join(f"<p>{p}</p>" for p in PROSE)
    data = {"stories": [{"body": short}, {"body": long}, {"body": short}]}
    assert from_json(data) == PROSE


def test_what_the_page_shows_tells_which_text_is_its_own() -> None:
    longer = [f"{TEASER} It has a number, which is {n}." for n in range(9)]
    data = {"feed": longer, "story": PROSE}
    assert from_json(data, dom=f"<p>{PROSE[0]}</p>") == [PROSE[0], *PROSE]


BRIEF = "A brief is no more than a paragraph, which says that the old bridge is open again to all."
NOTICE = "".join(f"<p>{TEASER} Consent number {n} is asked for.</p>" for n in range(5))


@pytest.mark.parametrize(
    ("head", "dom", "data", "taken"),
    [
        # what a page shows nothing of, and what does not name it, is another's
        ("", f"<h1>Bridge opens</h1><p>{BRIEF}</p>", {"notice": {"html": NOTICE}}, False),
        ("", f"<h1>Bridge opens</h1><p>{BRIEF}</p>", {"latest": [{"body": NOTICE}]}, False),
        ("", "<h1>Page not found</h1>", {"stories": [{"title": "T", "body": NOTICE}]}, False),
        ("<title>Bridge opens | The Banner</title>", "", {"notice": NOTICE}, False),
        ("<title>Bridge opens | The Banner</title>", "", {"t": "The Banner", "h": NOTICE}, False),
        # a brief that the data state as well
        ("", f"<h1>Bridge opens</h1><p>{BRIEF}</p>",
         {"main": {"title": "Bridge opens", "body": BRIEF}, "next": [{"body": NOTICE}]}, False),
        # what a script is to show stands in the page
        ("", f"<h1>Bridge opens</h1><div hidden>{NOTICE}</div>",
         {"title": "Bridge opens", "body": NOTICE}, False),
        ("", "<h1>Bridge opens</h1>", {"title": "Bridge opens", "body": NOTICE}, True),
        ("", "<h1>Bridge&nbsp;opens</h1>", {"name": "BRIDGE OPENS ", "body": NOTICE}, True),
        ("<title>Bridge opens | The Banner</title>", "", {"t": "Bridge opens", "h": NOTICE}, True),
        ("<title>Loading</title>", "<h1>Bridge opens</h1>",
         {"t": "<b>Bridge</b> opens", "h": NOTICE}, True),
        ("", f"<h1>Bridge opens</h1><p>{TEASER} Consent number 0 is asked for.</p>",
         {"h": NOTICE}, True),
    ],
)  # fmt: skip
def test_data_of_something_else_are_not_the_article(
    head: str, dom: str, data: dict[str, Any], taken: bool
) -> None:
    page = read_html(f"<head>{head}</head>{dom}<script>window.x = {json.dumps(data)}</script>")
    assert (Caution.BODY_FROM_DATA in page.warnings) is taken


def test_the_headline_may_stand_in_other_data() -> None:
    page = read_html(
        f"<h1>Bridge opens</h1><script>window.x = {json.dumps({'h': NOTICE})}</script>"
        f"<script>window.y = {json.dumps({'page': {'title': 'Bridge opens'}})}</script>"
    )
    assert Caution.BODY_FROM_DATA in page.warnings


def test_no_page_vouches_for_a_body_from_data() -> None:
    data = json.dumps({"title": "Bridge opens", "body": PROSE})
    article = cleaner.clean(f"<h1>Bridge opens</h1><script>window.x = {data}</script>", kind="html")
    assert article.body.split("\n\n") == PROSE
    assert article.confidence == 0.9


def test_a_page_with_prose_of_its_own_needs_no_data() -> None:
    own = [f"{TEASER} It is shown, and it is the {n}th." for n in range(4)]
    page = page_of(json.dumps(PROSE), "application/json", "".join(f"<p>{p}</p>" for p in own))
    assert texts(page) == own
    assert page.warnings == []


def test_scattered_teasers_are_no_article() -> None:
    teasers = "".join(f"<div><h3>Title</h3><p>{n}. {TEASER}</p></div>" for n in range(9))
    assert from_json({"story": PROSE * 3}, dom=teasers)[-12:] == PROSE * 3
    # each paragraph may stand in a box of its own
    shown = "".join(f"<div><p>{text}</p></div>" for text in PROSE)
    data = {"story": PROSE * 3, "next": [f"{TEASER} {n} of them" * 5 + "." for n in range(9)]}
    assert from_json(data, dom=shown) == PROSE


def test_the_tree_of_an_article_in_data() -> None:
    tree = [
        {"type": "text", "content": f"<b>Nelson</b> {PROSE[0]}"},
        {"type": "interstitial_link", "content": f"READ MORE: {TEASER}"},
        {"type": "image", "subtitle": TEASER},
        {"type": "list", "items": [{"type": "text", "content": f"{n} bridge;"} for n in "ab"]},
        {"type": "text", "content": PROSE[1]},
    ]
    found = from_json({"content_elements": [*tree, {"type": "text", "content": PROSE[2]}]})
    assert found == [f"Nelson {PROSE[0]}", "a bridge;", "b bridge;", PROSE[1], PROSE[2]]


def test_furniture_is_no_prose_of_its_own() -> None:
    furniture = f"<footer><p>{TEASER * 5}</p></footer><p style='display:none'>{TEASER * 5}</p>"
    assert from_json({"body": PROSE}, dom=furniture)[-4:] == PROSE


def test_a_stated_body_comes_first() -> None:
    stated = {"@type": "NewsArticle", "headline": "Bridges", "articleBody": "\n".join(PROSE)}
    other = json.dumps({"other": [TEASER] * 20})
    page = read_html(
        f'<script type="application/ld+json">{json.dumps(stated)}</script>'
        f'<script type="application/json">{other}</script>'
    )
    assert [block.text for block in page.blocks] == PROSE


def test_a_stated_body_that_is_a_teaser_does_not() -> None:
    stated = {"@type": "NewsArticle", "headline": "Bridges", "articleBody": TEASER}
    page = read_html(
        f'<script type="application/ld+json">{json.dumps(stated)}</script>'
        f"<script>window.x = {json.dumps({'name': 'Bridges', 'text': PROSE})}</script>"
    )
    assert [block.text for block in page.blocks] == PROSE


def test_a_little_prose_is_no_article() -> None:
    assert from_json({"body": [TEASER]}) == []


@pytest.mark.parametrize(
    "script",
    [
        "", "null", "3", '"text"', "{", "[[[", '{"a": ', "window.x = {",
        'window.x = {"a": undefined}', "window.x = JSON.parse(", 'window.x = JSON.parse("{");',
        "x = [" * 2000,
        '{"a":' * 100_000, "x = " + '{"a":' * 100_000, "[" * 100_000, "window.x = " + '["' * 50_000,
    ],
)  # fmt: skip
def test_broken_data_state_nothing(script: str) -> None:
    for kind in ("", "application/json", "application/ld+json"):
        page = page_of(script, kind)
        assert texts(page) == []
        assert page.warnings == []


@pytest.mark.parametrize("value", [None, 3, True, 1.5, [], {}, [None], [[1]], {"a": None}])
def test_data_of_other_types_state_nothing(value: Any) -> None:
    assert from_json({"body": value}) == []
    stated = {"@type": "NewsArticle", "headline": "Bridges", "articleBody": value}
    assert texts(page_of(json.dumps(stated), "application/ld+json")) == []


@pytest.mark.parametrize(
    "script",
    [
        'x={"' * 250_000,
        "x=" * 500_000,
        "x = \n" * 200_000,
        'x={"a":1};' * 100_000,
        "x" + " " * 1_000_000,
        'x.push({"a":1});' * 60_000,
        'self.__next_f.push([1,"0:T9999999,0:T9999999,"]);' * 20_000,
        json.dumps({"a": ["<p" * 500_000, "<" * 300_000, "\n" * 300_000, "&" * 300_000]}),
        json.dumps([[{"k": {"text": "x"}}] * 50_000, ["y "] * 50_000]),
        "[" * 900 + "{}" + "]" * 900,
    ],
)
def test_time_is_linear(script: str) -> None:
    start = time.perf_counter()
    page_of(script, "application/json")
    page_of(script)
    assert time.perf_counter() - start < 5


def test_scripts_are_never_run_and_their_text_is_no_body() -> None:
    article = cleaner.clean(f"<script>document.write({json.dumps(PROSE[0])})</script><p>Hello.</p>")
    assert "bridges" not in article.body


def test_the_article_that_comes_of_it() -> None:
    data = json.dumps({"title": "Bridges of the town", "story": PROSE})
    article = cleaner.clean(
        "<html><head><title>Bridges of the town</title></head><body><div id=app></div>"
        f"<script>window.__STATE__ = {data};</script></body></html>"
    )
    assert article.headline == "Bridges of the town"
    assert article.body.split("\n\n") == PROSE
    assert Caution.BODY_FROM_DATA in article.warnings
