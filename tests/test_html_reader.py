"""The reader of HTML pages: its blocks and their kinds, and what a page states of itself."""

from __future__ import annotations

import gc

import pytest

import cleaner
from cleaner.page import Box, Kind, Page
from cleaner.readers.html import read_html


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html).blocks]


def kinds(html: str) -> list[tuple[str, Kind, int]]:
    return [(block.text, block.kind, block.level) for block in read_html(html).blocks]


def facts(html: str, name: str) -> list[tuple[str, str]]:
    return [(f.value, f.source) for f in read_html(html).facts if f.name == name]


# --- blocks --------------------------------------------------------------------------------------

LONG = (
    "The bridge over the river was closed on Monday, after engineers found cracks in its pillars."
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("   \n ", []),
        ("<html></html>", []),
        ("<p></p><div> \n</div><p>&nbsp;</p>", []),
        ("plain text", ["plain text"]),
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("before<p>one</p>between<p>two</p>after", ["before", "one", "between", "two", "after"]),
        # what is inline flows on, whether or not spaces stand around it
        ("<p>one <b>two</b> <i>three</i></p>", ["one two three"]),
        ("<p>o<b>n</b>e, <a href='/'>tw</a>o</p>", ["one, two"]),
        ("<p>one<span> two</span><em>three</em></p>", ["one twothree"]),
        ("<p>H<sub>2</sub>O and 10<sup>th</sup></p>", ["H2O and 10th"]),
        # two elements that only their letters part are two
        ("<p><b>By Jane Doe</b><i>Politics</i></p>", ["By Jane Doe Politics"]),
        ("<p><a>Facebook</a><a>Email</a><a>share</a></p>", ["Facebook Emailshare"]),
        ("<p><i>Published 2024</i><i>Updated</i> today</p>", ["Published 2024 Updated today"]),
        ("<p>You<b>Tube</b> and <b>Mac</b>Book, <b>Acme</b><sup>TM</sup></p>",
         ["YouTube and MacBook, AcmeTM"]),
        ("<p><b>one</b><img><b>Two</b></p><p>three<b>Four</b></p>", ["one Two", "threeFour"]),
        # so is what HTML does not know, within a line
        ("<p>one <unknown-tag>two</unknown-tag> three</p>", ["one two three"]),
        ("<p><noindex><a>one</a></noindex> two</p>", ["one two"]),
        ("<p>o<my-tip>n</my-tip>e <st1:place>two</st1:place></p>", ["one two"]),
        ("<h2><my-tip>one</my-tip> two</h2>", ["one two"]),
        ("<div>one <my-card>two</my-card> three</div>", ["one two three"]),
        ("<div><my-card>one</my-card><my-card>two</my-card></div>", ["one", "two"]),
        ("<p>one <my-card><div>two</div></my-card></p>", ["one", "two"]),
        ("<p>one <picture><source><img></picture>two</p>", ["one two"]),
        # what browsers add to a text
        ("<p>She said <q>no</q>, <q>never</q>.</p>", ["She said “no”, “never”."]),
        ("<p><q>No</q></p>", ["“No”"]),
        ("<p><ruby>橋<rt>はし</rt></ruby>が</p>", ["橋（はし）が"]),
        ("<p><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>が</p>", ["橋(はし)が"]),
        ("<p><ruby>橋<rp>（</rp><rt>はし</rt><rp>）</rp></ruby>が</p>", ["橋（はし）が"]),
        # a button that is all of a heading
        ("<h2><button>one</button></h2><p>two</p>", ["one", "two"]),
        ("<h2>one <button>#</button></h2>", ["one"]),
        ("<template shadowrootmode=open><p>one</p></template>", ["one"]),
        ("<p>exam<wbr>ple</p>", ["example"]),
        ("<p>one<!-- comment -->two</p>", ["onetwo"]),
        ("<p>one <img src='x.png' alt='a picture'> two</p>", ["one two"]),
        ("<p>one\n  two\n\tthree</p>", ["one two three"]),
        ("<p>on <time datetime='2020-01-08'>a day</time>, she said</p>", ["on a day, she said"]),
        # one break is white space, two part paragraphs
        ("<p>one<br>two</p>", ["one two"]),
        ("<p>one<br/><br/>two</p>", ["one", "two"]),
        ("<p>one<br> <br>\n<br>two</p>", ["one", "two"]),
        ("<p>one<br>&nbsp;<br>two</p>", ["one", "two"]),
        ("<div>one<br><br>two<br><br>three<br>four</div>", ["one", "two", "three four"]),
        ("<p>one<b><br><br>two</b> three</p>", ["one", "two three"]),
        ("<p><br><br>one<br><br></p>", ["one"]),
        # a blank line of the source below a sentence, as style sheets can show it
        ("<p>One.\n\nTwo\n\nthree.\n\n<b>Four</b>\n\n\u3000五</p>",
         ["One.", "Two three.", "Four", "五"]),
        ("<pre>One.\n\nTwo.</pre>", ["One. Two."]),
        (f"<pre>{LONG}\n \n{LONG}\n\n</pre>", [LONG, LONG]),
        (f"<pre>{LONG}\n\nx = 1\n\ny = 2\n</pre>", [f"{LONG} x = 1 y = 2"]),
        # breaks by style
        ('<p>one<span class="x br"></span>two</p>', ["one two"]),
        ('<p>one<span class="br"></span><span class="br"></span>two</p>', ["one", "two"]),
        ('<p>one<span class="brand"></span>two</p>', ["onetwo"]),
        # entities
        ("<p>&ldquo;A&rdquo; &amp; B &#8212; C&hellip;</p>", ["“A” & B — C…"]),
        ("<p>AT&T and R&D &unknown; &lt;p&gt;</p>", ["AT&T and R&D &unknown; <p>"]),
        ("<p>caf&eacute; cafe&#769;</p>", ["café café"]),
        ("<p>one&nbsp;&nbsp;two&#8203;</p>", ["one two"]),
        ("<p>&#x1F680; 🚀</p>", ["🚀 🚀"]),
        # unclosed and misplaced tags
        ("<p>one <b>two<p>three</b> four", ["one two", "three four"]),
        ("<ul><li>one<li>two</ul>three", ["one", "two", "three"]),
        ("</p></div>one</span>", ["one"]),
        ("<p>one</div></p><p>two", ["one", "two"]),
        ("<p>one < two", None),
        ("<table><tr><td>one<td>two<tr><td>three</table>", ["one", "two", "three"]),
        ("<p>one</p></body></html><p>two</p>", ["one", "two"]),
        ("<html><p>one</p></html><html><body><p>two</p></body></html>", ["one", "two"]),
        # characters that parsers trip over
        ("<p>one\x00two</p><p>three</p>", ["one two", "three"]),
        ("<p>one \ud800 two</p>", ["one ? two"]),
        ("<p>one\x0btwo\x01</p>", ["one two"]),
        ("\ufeff<p>one</p>", ["one"]),
    ],
)  # fmt: skip
def test_blocks(html: str, expected: list[str] | None) -> None:
    found = texts(html)
    if expected is None:  # more than one reading is right; nothing readable may be lost
        assert found
        assert "one" in " ".join(found) or "two" in " ".join(found)
    else:
        assert [text.replace("\ufffd", "?") for text in found] == expected


@pytest.mark.parametrize(
    "element",
    [
        "<script>var one = '<p>two</p>';</script>",
        "<script type='application/ld+json'>{}</script>",
        "<style>p { color: red }</style>",
        "<noscript><p>Please enable JavaScript</p></noscript>",
        "<template><p>two</p></template>",
        "<svg><title>two</title><text>two</text></svg>",
        "<select><option>two</option></select>",
        "<button>two</button>",
        "<textarea>two</textarea>",
        "<iframe src='x'>two</iframe>",
        "<video><source src='x'>Your browser does not support video</video>",
        "<object>two</object>",
        "<title>two</title>",
        "<!-- <p>two</p> -->",
        "<input value='two'>",
    ],
)
def test_what_holds_no_text_of_the_page(element: str) -> None:
    assert texts(f"<p>one</p>{element}<p>three</p>") == ["one", "three"]
    assert "".join(texts(f"<p>o{element}ne</p>")).replace(" ", "") == "one"


def test_kinds() -> None:
    html = """
        <h1>a</h1><h2>b</h2><h3><a href='/'>c</a></h3><h6>d</h6>
        <p>e</p><div>f</div><ul><li>g</li><li><p>h</p></li></ul><ol><li><a href='/'>i</a></li></ol>
        <dl><dt>j</dt><dd>k</dd></dl>
        <blockquote>l</blockquote><blockquote><p>m</p></blockquote>
        <figure><img src='x'><figcaption>n</figcaption></figure>
        <figure><figcaption><p>o</p></figcaption></figure>
        <pre>p</pre><table><caption>q</caption><tr><th>r</th><td>s</td></tr></table>
        <section><p>t</p></section>
    """
    heading, item, quote = Kind.HEADING, Kind.ITEM, Kind.QUOTE
    caption, cell, paragraph = Kind.CAPTION, Kind.CELL, Kind.PARAGRAPH
    assert kinds(html) == [
        ("a", heading, 1), ("b", heading, 2), ("c", heading, 3), ("d", heading, 6),
        ("e", paragraph, 0), ("f", paragraph, 0), ("g", item, 0), ("h", item, 0), ("i", item, 0),
        ("j", item, 0), ("k", item, 0), ("l", quote, 0), ("m", quote, 0), ("n", caption, 0),
        ("o", caption, 0), ("p", Kind.PREFORMATTED, 0), ("q", caption, 0), ("r", cell, 0),
        ("s", cell, 0), ("t", paragraph, 0),
    ]  # fmt: skip


def test_lists_in_lists() -> None:
    html = "<ul><li>one<ul><li>two<ol><li>three</li></ol></li></ul>four</li><li>five</li></ul>"
    assert kinds(html) == [(text, Kind.ITEM, 0) for text in ("one", "two", "three", "four", "five")]


PROSE = "".join(
    f"<p>The bridge over the {river} was closed on Monday after engineers found cracks in two of"
    " its pillars, and nobody could say when it would be open to traffic again.</p>"
    for river in ("Elbe", "Oder", "Rhine", "Danube", "Seine")
)


@pytest.mark.parametrize(
    "attribute",
    ["hidden", "hidden=''", "aria-hidden='true'", "style='display:none'",
     "style='color:red; DISPLAY : none;'", "style='visibility:hidden'"],
)  # fmt: skip
def test_what_is_hidden_is_no_body(attribute: str) -> None:
    secret = f"<div {attribute}><p>Secret words are in here, and nobody sees them.</p></div>"
    article = cleaner.clean(f"<html><body><article>{PROSE}{secret}{PROSE}</article>", kind="html")
    assert "Secret" not in article.body
    assert "Danube" in article.body


@pytest.mark.parametrize(
    ("html", "kept", "removed"),
    [
        ("<p>see <a>it<i class=sr-only> (opens in a new tab)</i></a></p>", "see it",
         "(opens in a new tab)"),
        ("<p>one <b class='x screen-reader-text'><i>two</i></b> three</p>", "one three", "two"),
        ("<p>one<b style='display: none'>two</b></p>", "one", "two"),
        ("<p>one<b hidden>two</b></p>", "one", "two"),
        ("<h1><i class=visually-hidden>Subscribers:</i> one</h1>", "one", "Subscribers:"),
        ("<p><i aria-hidden=true>T</i><i class=sr-only>T</i>he</p>", "The", "T"),
        # marks are no words
        ("<h1><b>Kicker</b><i class=sr-only>: </i>one</h1>", "Kicker: one", ""),
        # what a line is, in front of it
        ("<p><i class=sr-only>Posted by</i> one</p>", "Posted by one", ""),
        ("<div>one <i class=sr-only>two</i></div>", "one two", ""),
        # what a click shows
        (f"<p>one <b style='display:none'>{LONG}</b></p>", f"one {LONG}", ""),
        ("<p>one<b class='paid-content' style='display:none'> two</b></p>", "one two", ""),
        ("<p>one <b class='sr-only-not'>two</b></p>", "one two", ""),
        ("<p>one <b aria-hidden=true>two</b></p>", "one two", ""),
        ("<p>one <b style='color: red'>two</b></p>", "one two", ""),
    ],
)  # fmt: skip
def test_what_is_not_shown_within_a_line_is_set_apart(html: str, kept: str, removed: str) -> None:
    blocks = read_html(html).blocks
    assert [block.text for block in blocks if block.kept] == [kept]
    assert [(b.text, b.rule) for b in blocks if not b.kept] == (
        [(removed, "unseen")] if removed else []
    )


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("article__body article__body--p", True), ("subscriber-only", True),
        ("story-content", True), ("premium-content", True), ("paywall-body", True),
        ("paywall", False), ("teaser-premium--text-on-image", False), ("subscribe", False),
        ("article-bodyguard", False),
    ],
)  # fmt: skip
def test_what_a_script_shows_to_those_who_pay_is_text(names: str, shown: bool) -> None:
    (block,) = read_html(f"<div class='{names}' style='display:none'>The text</div>").blocks
    assert block.markup is not None
    assert block.markup.box.hidden is not shown


def test_blocks_know_where_elements_meet() -> None:
    (line, other) = read_html(
        "<p>By <a>Jane Doe</a><i>Politics</i><i>Leeds</i></p><p><a>one</a><a>two</a></p>"
    ).blocks
    assert line.markup is not None
    assert line.markup.apart == "By Jane Doe | Politics | Leeds"
    assert other.markup is not None
    assert not other.markup.apart


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<span>Published</span><time>15 March</time>", "Published 15 March"),
        ("<b>Windows</b><i>v2</i>", "Windowsv2"),
        ("<span>Nelson</span>Since Monday the bridge is closed.",
         "Nelson Since Monday the bridge is closed."),
        ("<b>T</b>he bridge is <i>very</i>Old", "The bridge is veryOld"),
        ("<b>Mc</b>Donald said", "McDonald said"),
        ("an <b>R</b><i>2</i> and <b>v</b><i>2</i>", "an R2 and v2"),
        ("CO<sub>2</sub> and metres<sup>2</sup>", "CO2 and metres2"),
        ("21<b>st</b>", "21st"),
    ],
)  # fmt: skip
def test_what_an_element_holds_by_itself_is_no_part_of_a_word(html: str, text: str) -> None:
    assert [block.text for block in read_html(f"<p>{html}</p>").blocks] == [text]


def test_blocks_know_how_much_of_them_is_linked() -> None:
    page = read_html("<p>one <a href='/'>two</a> three</p><li><a href='/'>four</a></li><p>five</p>")
    markup = [block.markup for block in page.blocks]
    assert [(m.links, m.linked) for m in markup if m is not None] == [(1, 3), (1, 4), (0, 0)]


def test_blocks_know_the_elements_around_them() -> None:
    (block,) = read_html("<main><div class='story body' id='x'><p>one</p></div></main>").blocks
    assert block.markup is not None
    path = list(block.markup.box.path())
    assert [box.tag for box in path][:3] == ["p", "div", "main"]
    assert {"story", "body", "x"} <= set(path[1].attributes.split())
    assert [box.index for box in path] == sorted((box.index for box in path), reverse=True)


# --- the worst pages -----------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [400, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "ul"])
def test_deep_nesting_loses_no_text(tag: str, depth: int) -> None:
    html = f"<p>before</p>{f'<{tag}>' * depth}inside{f'</{tag}>' * depth}<p>after</p>"
    assert texts(html) == ["before", "inside", "after"]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "one",
        "<p>one" * 50_000,
        "<b>one" * 20_000,
        "<table><tr><td>" * 5_000 + "one",
        "<a href=x>" * 50_000 + "one",
        "one<br>" * 50_000,
        "one.\n\n" * 50_000,
        "<p " + "x" * 2_000_000 + ">one</p>",
        "<p " + " ".join(f"a{i}='1'" for i in range(20_000)) + ">one</p>",
        "one " + "<" * 500_000,
        "one " + "&" * 500_000,
        "one<!--" + "-" * 500_000,
        "<p>one</p><script>" + "x" * 2_000_000,
    ],
    ids=[
        "div",
        "p",
        "b",
        "table",
        "a",
        "br",
        "blank",
        "name",
        "attributes",
        "<",
        "&",
        "comment",
        "script",
    ],
)
def test_degenerate_pages_are_read(html: str) -> None:
    assert "one" in " ".join(texts(html))


@pytest.mark.parametrize(
    "tags",
    ["div", "article", "section", "blockquote", "address", "dl", "ul li", "ol li", "details p"],
)
def test_a_deep_page_is_cleaned(tags: str) -> None:
    nested = "".join(f"<{tag}>" for tag in tags.split())
    article = cleaner.clean(f"<html><body>{nested * 100_000}<p>{PROSE}</p>", kind="html")
    assert "Danube" in article.body


# --- what a page states --------------------------------------------------------------------------


def stated(head: str, body: str = "<p>Text</p>") -> Page:
    return read_html(f"<html lang='en-CA'><head>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("head", "name", "value", "source"),
    [
        ("<title>A  title\n &amp; more</title>", "headline", "A title & more", "title"),
        ("<meta property='og:title' content='A title'>", "headline", "A title", "meta"),
        ("<meta name=twitter:title content='A title'>", "headline", "A title", "meta"),
        ("<meta content=2020-01-08 property=article:published_time>", "date", "2020-01-08", "meta"),
        ("<META NAME='Date' CONTENT='2020-01-08'>", "date", "2020-01-08", "meta"),
        ("<meta name='lastmod' content='2020-01-09'>", "modified", "2020-01-09", "meta"),
        ("<meta name='author' content='Jane Doe'>", "author", "Jane Doe", "meta"),
        ("<meta name='description' content='What it is'>", "description", "What it is", "meta"),
        ("<meta property='og:site_name' content='The Banner'>", "site", "The Banner", "meta"),
        ("<link rel='canonical' href='https://a.com/b'>", "url", "https://a.com/b", "link"),
        ("<meta property='og:url' content='https://a.com/b'>", "url", "https://a.com/b", "meta"),
        ("", "language", "en-CA", "html"),
    ],
)
def test_facts_of_the_head(head: str, name: str, value: str, source: str) -> None:
    assert (value, source) in [(f.value, f.source) for f in stated(head).facts if f.name == name]


LD = """<script type="application/ld+json">%s</script>"""
NODE = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A title",
"datePublished": "2020-01-08T10:00:00Z", "dateModified": "2020-01-09", "inLanguage": "en",
"author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
"publisher": {"@type": "Organization", "name": "The Banner"},
"mainEntityOfPage": {"@id": "https://example.com/a"}, "articleBody": "One.\\n\\nTwo."}"""


@pytest.mark.parametrize(
    "script",
    [
        NODE,
        f"[{NODE}]",
        f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite"}}, {NODE}]}}',
        f"\n<!--\n{NODE}\n-->\n",
        NODE.replace('"NewsArticle"', '["Article", "NewsArticle"]'),
    ],
    ids=["node", "list", "graph", "comment", "types"],
)
def test_facts_of_json_ld(script: str) -> None:
    page = stated(LD % script)
    found = {(f.name, f.value) for f in page.facts if f.source == "json-ld"}
    assert found >= {
        ("headline", "A title"),
        ("date", "2020-01-08T10:00:00Z"),
        ("modified", "2020-01-09"),
        ("author", "Jane Doe"),
        ("author", "John Roe"),
        ("site", "The Banner"),
        ("url", "https://example.com/a"),
        ("language", "en"),
        ("body", "One.\n\nTwo."),
    }
    assert [block.text for block in page.blocks] == ["Text"]


@pytest.mark.parametrize(
    "script",
    ["", "{", "null", "[1, 2]", '"NewsArticle"', "[" * 50_000, '{"@type": 3}', NODE[:-20],
     '{"@type": "NewsArticle", "headline": {"a": 1}, "author": [null, 3, []], "datePublished": 5}',
     '{"@type": "NewsArticle", "headline": "\\ud800", "author": {"name": {"name": 1}}}'],
)  # fmt: skip
def test_broken_json_ld_breaks_nothing(script: str) -> None:
    page = stated(f"<title>A title</title>{LD % script}")
    assert [block.text for block in page.blocks] == ["Text"]
    assert ("headline", "A title") in [(f.name, f.value) for f in page.facts]
    assert cleaner.clean(f"<html><head>{LD % script}</head><p>Text</p>", kind="html").to_json()


def test_times_and_items_in_the_text_are_facts() -> None:
    body = (
        "<time datetime='2020-01-08T10:00:00Z'>Jan 8</time>"
        "<time class='updated' datetime='2020-01-09'>Jan 9</time>"
        "<span itemprop='datePublished' content='2020-01-07'></span>"
    )
    page = stated("", body)
    assert {(f.name, f.value) for f in page.facts} >= {
        ("date", "2020-01-08T10:00:00Z"),
        ("modified", "2020-01-09"),
        ("date", "2020-01-07"),
    }


def test_facts_of_other_scripts_and_of_the_text_are_none() -> None:
    page = stated(
        "<script>var x = {'@type': 'NewsArticle', 'headline': 'No'}</script>",
        "<p>&lt;meta name='author' content='No'&gt;</p><svg><title>No</title></svg>",
    )
    assert [f.value for f in page.facts if f.value == "No"] == []


def test_a_page_goes_with_its_last_reference() -> None:
    def boxes() -> int:
        return sum(type(thing) is Box for thing in gc.get_objects())

    gc.collect()
    gc.disable()  # which would find it in the end, at a price
    try:
        before = boxes()
        page = read_html("<main><p>One.</p><p>Two.</p></main>")
        assert boxes() > before
        del page
        assert boxes() == before
    finally:
        gc.enable()
