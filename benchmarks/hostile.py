"""Input that wants to break a cleaner: one table, used by the tests, `growth` and `fuzz`.

Each kind is a function that makes a document which grows with n: markup without end, attributes of
megabytes, data nested or typed as no one would, text that is all marks. What a kind is called says
what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable

__all__ = ["KINDS", "Document", "Make", "sized"]

Document = bytes | str

_PROSE = (
    "The bridge over the river was closed on Monday after engineers found cracks in two of its"
    " pillars, and nobody could say when it would be open to traffic again."
)


Make = Callable[[int], Document]
MakeText = Callable[[int], str]


def sized(make: Make, characters: int) -> Document:
    """Return the document of a kind that has about so many characters, at least one step."""
    few, more = len(make(16)), len(make(48))
    return make(max(1, round((characters - few) * 32 / (more - few)) + 16))


def _article(inner: str, head: str = "") -> str:
    """Return a page with a proper article around what is hostile."""
    text = "".join(f"<p>{_PROSE} ({i})</p>" for i in range(5))
    return (
        f"<!DOCTYPE html><html lang=en><head><title>A bridge is closed</title>{head}</head>"
        f"<body><article><h1>A bridge is closed</h1>{text}{inner}</article></body></html>"
    )


def _script(data: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{data}</script>'


def _linked(**fields: object) -> str:
    return json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **fields})


def _distinct(n: int, each: Callable[[int], str]) -> str:
    return "".join(map(each, range(n)))


def _nested(tag: str) -> Make:
    return lambda n: _article(f"<{tag}>" * n + _PROSE + f"</{tag}>" * n)


def _many(piece: str) -> MakeText:
    """Return a page with a piece of markup n times in its article, never closed."""
    return lambda n: _article(piece * n)


def _bare(piece: str) -> Make:
    """Return a page that is nothing but a piece of markup n times."""
    return lambda n: f"<html><body>{piece * n}"


def _attribute(tag: str, name: str, piece: str) -> Make:
    return lambda n: _article(f'<{tag} {name}="{piece * n}">{_PROSE}</{tag}>')


def _meta(name: str, piece: str) -> Make:
    return lambda n: _article("", f'<meta property="{name}" content="{piece * n}">')


def _ld(make: Callable[[int], str]) -> Make:
    return lambda n: _article("", _script(make(n)))


def _state(make: Callable[[int], str]) -> Make:
    """Return a page without text of its own, whose script holds data."""
    return lambda n: f"<html><body><div id=app></div><script>{make(n)}</script></body></html>"


def _repeat(piece: str) -> Make:
    return lambda n: piece * n


def _dump(piece: str) -> MakeText:
    return lambda n: f"date 2020-01-07 A bridge is closed\n\n{_PROSE}\n\n{piece * n}\n\n{_PROSE}\n"


def _markdown(piece: str) -> MakeText:
    return lambda n: f"# A bridge is closed\n\n## Today\n\n{_PROSE}\n\n{piece * n}\n\n{_PROSE}\n"


def _encoded(encoding: str) -> Callable[[int], bytes]:
    return lambda n: _many(f"<p>{_PROSE}</p>")(n).encode(encoding)


def _entity_bomb(n: int) -> str:
    levels = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(n))
    return (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "boom">{levels}]>'
        f"<html><body><p>&e{n};</p><p>{_PROSE}</p></body></html>"
    )


def _alternating_marks(n: int) -> str:
    """Return a letter under marks that canonical order wants sorted."""
    marks = "\u0301\u0323" * n
    return f"{_PROSE}\n\ne{marks}\n"


_HTML: dict[str, Make] = {
    # Nesting.
    "nested div": _nested("div"),
    "nested span": _nested("span"),
    "nested b": _nested("b"),
    "nested a": _nested("a"),
    "nested table": _nested("table"),
    "nested blockquote": _nested("blockquote"),
    "nested ul": _nested("ul"),
    "nested article": _nested("article"),
    "nested svg": _nested("svg"),
    "nested select": _nested("select"),
    "nested template": _nested("template"),
    "nested, text at each level": _many(f"<div>{_PROSE}"),
    "nested, a class at each level": lambda n: _article(
        _distinct(n, lambda i: f"<div class='c{i:x}x{i}'>text")
    ),
    "nested, words in classes": lambda n: _article(
        _distinct(n, lambda i: f"<div class='{_word(i)}'>{_PROSE}")
    ),
    "nested table cells": _many(f"<table><tr><td>{_PROSE}"),
    "nested hidden": _many("<div hidden style='display:none'>text"),
    "nested asides": _many(f"<aside><h2>Read more</h2><p>{_PROSE}"),
    "nested figures": _many(f"<figure><figcaption>{_PROSE}"),
    "nested in a menu": lambda n: _article(f"<nav>{f'<div><p>{_PROSE}</p>' * n}"),
    "only nested in a menu": lambda n: f"<html><body><nav>{f'<div><p>{_PROSE}</p>' * n}",
    "nested, teaser headings": _many(f"<div><h2>Just Posted</h2><p>{_PROSE}</p><p>A title</p>"),
    "nested, times": _many("<div><time datetime=2020-01-07>7 January 2020</time><p>x</p>"),
    "nested in a cell": _many(f"<td>x<div><p>{_PROSE}</p>"),
    # Siblings.
    "siblings teaser headings and prose": _many(f"<h2>Just Posted</h2><p>{_PROSE * 2}</p>"),
    "siblings, quotations": _many(f"<blockquote>{_PROSE[:70]}</blockquote><p>{_PROSE[:60]}</p>"),
    "siblings, headings alone in boxes": _many(
        f"<div><h3>A title</h3><a href=x>{_PROSE}</a></div>"
    ),
    "siblings of a long description": lambda n: _article(
        f"<p>{_PROSE[:70]}</p>" * n, f'<meta name=description content="{_PROSE * n}">'
    ),
    "siblings of a long body": lambda n: _article(
        f"<p>{_PROSE[:70]}</p>" * n, _script(_linked(articleBody=f"It was said. {_PROSE[9:]}" * n))
    ),
    "siblings of a long title": lambda n: (
        f"<title>{_distinct(n, lambda i: f'{_word(i)} ')}</title>{f'<p>{_word(1)}</p>' * n}"
    ),
    "json-ld, articles of many titles": lambda n: _article(
        "",
        _distinct(n, lambda i: f'<meta property=og:title content="Title {i}">')
        + _script(json.dumps([{"@type": "NewsArticle", "headline": f"No {i}"} for i in range(n)])),
    ),
    "authors and sites": lambda n: _article(
        "",
        _distinct(
            n,
            lambda i: (
                f'<meta name=author content="{_word(i).title()} Doe">'
                f'<meta property=og:site_name content="{_word(i)} News">'
            ),
        ),
    ),
    "meta author, distinct": lambda n: _meta(
        "author", _distinct(n, lambda i: f"{_word(i).title()} Doe, ")
    )(1),
    "siblings p": _many(f"<p>{_PROSE}</p>"),
    "siblings short p": _many("<p>x</p>"),
    "siblings empty p": _many("<p></p>"),
    "siblings distinct p": lambda n: _article(
        _distinct(n, lambda i: f"<p>{_PROSE[i % 90 :]} {i}.</p>")
    ),
    "siblings li": _many("<li><a href=/x>A title that leads elsewhere</a></li>"),
    "siblings h2": _many("<h2>Read more</h2>"),
    "siblings h1": _many("<h1>A bridge is closed</h1>"),
    "siblings distinct h1": lambda n: _article(
        _distinct(n, lambda i: f"<h1>Bridge {i} is closed today</h1>")
    ),
    "siblings br": _many("<br>"),
    "siblings br and text": _many("x<br><br>"),
    "siblings span": _many("<span>x</span>"),
    "siblings time": _many("<time datetime=2020-01-07>7 Jan 2020</time>"),
    "siblings distinct time": (
        lambda n: _article(
            _distinct(n, lambda i: f"<p><time datetime={1990 + i % 99}-01-{1 + i % 28:02}>x</time>")
        )
    ),
    "siblings dates": _many("<p>Published 7 January 2020</p>"),
    "siblings bylines": _many("<p>By Jane Doe, Reuters</p>"),
    "siblings names": lambda n: _article(
        _distinct(n, lambda i: f"<p>By {_word(i).title()} Doe</p>")
    ),
    "siblings bios": _many("<p>Jane Doe is a reporter for the Banner.</p>"),
    "siblings captions": _many(
        "<figure><img><figcaption>A bridge. Photo: Jane Doe/AP</figcaption></figure>"
    ),
    "siblings about the author": _many("<h3>About the author</h3><p>Jane Doe"),
    "siblings related": _many("<p>READ MORE: Bridge closed</p><p>Advertisement</p>"),
    "siblings teaser headings": _many("<h2>Just Posted</h2><p>A title</p>"),
    "siblings td": _many("<td>x"),
    "siblings comments": _many("<div class=comment><p>I agree.</p></div>"),
    "siblings forms": _many("<form><input><button>Send</button></form>"),
    "siblings script": _many("<script>a={}</script>"),
    "siblings json-ld": _many(_script(_linked(headline="x"))),
    "siblings meta": lambda n: _article("", '<meta property="og:title" content="A bridge">' * n),
    "siblings distinct meta": (
        lambda n: _article(
            "", _distinct(n, lambda i: f'<meta name=author content="{_word(i).title()} Doe">')
        )
    ),
    "siblings distinct site": (
        lambda n: _article(
            "", _distinct(n, lambda i: f'<meta property=og:site_name content="{_word(i)} News">')
        )
    ),
    "siblings title": lambda n: _article("", "<title>A bridge | News</title>" * n),
    "siblings canonical": lambda n: _article(
        "", "<link rel=canonical href=https://example.org/2020/01/07/x>" * n
    ),
    # Attributes.
    "attribute class": _attribute("div", "class", "word "),
    "attribute class in one word": _attribute("div", "class", "x"),
    "attribute id on inline": _attribute("span", "id", "aB"),
    "attribute style": _attribute("div", "style", "display "),
    "attribute style of spaces": _attribute("div", "style", "display   "),
    "attribute href": _attribute("a", "href", "/../"),
    "attribute datetime": _attribute("time", "datetime", "2020-01-"),
    "attribute datetime of digits": _attribute("time", "datetime", "9"),
    "attribute itemprop": _attribute("span", "itemprop", "datePublished "),
    "attribute lang": lambda n: f"<html lang='{'en-' * n}'><p>{_PROSE}",
    "attributes, distinct": lambda n: _article(
        f"<div{_distinct(n, lambda i: f' a{i}={i}')}>{_PROSE}</div>"
    ),
    "attributes, the same": lambda n: _article(f"<div{' class=x' * n}>{_PROSE}</div>"),
    "attributes on inline": lambda n: _article(
        f"<a{_distinct(n, lambda i: f' a{i}')}>{_PROSE}</a>"
    ),
    "meta title": _meta("og:title", "A bridge is closed | "),
    "meta title of colons": _meta("og:title", "a: "),
    "meta title of bars": _meta("og:title", "|"),
    "meta title of dashes": _meta("og:title", " - "),
    "meta date": _meta("article:published_time", "2020-01-07T"),
    "meta date of spaces": _meta("article:published_time", "2020    "),
    "meta author": _meta("author", "Jane Doe, "),
    "meta author and": _meta("author", "Jane Doe and "),
    "meta author brackets": _meta("author", "(Jane "),
    "meta author mails": _meta("author", "a@"),
    "meta author letters": _meta("author", "Aa"),
    "meta author name": _meta("author", "Jane "),
    "meta author digits": _meta("author", "1 "),
    "meta author initials": _meta("author", "J. "),
    "meta author particles": _meta("author", "Jane de la "),
    "meta site": _meta("og:site_name", "The Banner | "),
    "meta description": _meta("og:description", f"{_PROSE} "),
    "meta url": _meta("og:url", "https://x.example/2020/01/07/"),
    "meta url of digits": _meta("og:url", "2020/1"),
    "meta url of brackets": _meta("og:url", "http://["),
    "meta locale": _meta("og:locale", "en_"),
    "title of parts": lambda n: _article(f"<h1>{'A bridge – ' * n}</h1>"),
    # Never closed, never opened, wrongly closed.
    **{
        f"unclosed {tag}": _many(f"<{tag}>")
        for tag in "p a b li td table font option select h1 nobr form button svg iframe".split()
    },
    **{
        f"unclosed {tag} with text": _many(f"<{tag}>Some text ")
        for tag in "p a b i li td dd table h2 small figcaption span div center".split()
    },
    **{f"only </{tag}>": _bare(f"</{tag}>") for tag in "p div b a html body br".split()},
    "misnested b and i": _many("<b><i>x</b></i>"),
    "misnested p and table": _many("<p><table><p>x</table>"),
    "misnested a and div": _many("<a><div></a><a></div>"),
    "misnested select and table": _many("<select><table><option>x"),
    **{
        f"only {name}": _bare(piece)
        for name, piece in {
            "less-than": "<",
            "tag names": "<a ",
            "open comments": "<!--",
            "declarations": "<!",
            "comments": "<!-- <p>x</p> -->",
            "dashes of comments": "<!-->",
            "end tags": "</",
            "ampersands": "&",
            "named entities": "&amp;",
            "wrong entities": "&nonsense;",
            "numbered entities": "&#x1F600;",
            "zero entities": "&#0;",
            "huge entities": "&#x9999999;",
            "processing": "<?php ",
            "quotes": "<a href='",
            "equals": "<a =",
            "slashes": "<a/",
            "cdata": "<![CDATA[<p>x</p>]]>",
            "open cdata": "<![CDATA[",
            "script ends": "</script",
            "open scripts": "<script>",
            "script comments": "<script><!--<script>",
            "open titles": "<title>",
            "open textareas": "<textarea>",
            "open styles": "<style>",
            "plaintext": "<plaintext>",
            "doctypes": "<!DOCTYPE html>",
            "bodies": "<body class=x>",
            "htmls": "<html lang=en>",
            "frames": "<frameset><frame src=x>",
            "noscript": "<noscript>x",
            "colspan": "<td colspan=999999999999>x</td>",
            "bases": "<base href=//x>",
            "namespaces": "<h:p xmlns:h='http://www.w3.org/1999/xhtml'>x</h:p>",
            "svg text": "<svg><text>x</text></svg>",
            "math": "<math><mi>x</mi></math>",
            "amp": "<amp-img src=x><amp-ad>x</amp-ad>",
            "template": "<template><p>x</template>",
        }.items()
    },
    "entity bomb": _entity_bomb,
    "plaintext": lambda n: f"<p>{_PROSE}</p><plaintext>{'<p>x</p>' * n}",
    "a comment with markup": lambda n: _article(f"<!--{'<p>x</p>' * n}-->"),
    "a script with markup": lambda n: _article(_script("<p>x</p>" * n, "text/x")),
    "one text": _many("word "),
    "one word": _many("x"),
    "white space": _many(" \n\t"),
    "a text of sentences": _many("It is so. "),
    "a text of dates": _many("7 January 2020 "),
    "a text of quotes": _many("“No”, "),
    "a text of ad markers": _many("It is so. Story continues below advertisement "),
    "xhtml": (
        lambda n: (
            "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'>"
            f"<body>{f'<p>{_PROSE}</p>' * n}</body></html>"
        )
    ),
    # Data.
    "json-ld, a long string": _ld(lambda n: _linked(articleBody=f"{_PROSE} " * n)),
    "json-ld, a long headline": _ld(lambda n: _linked(headline="A bridge. " * n)),
    "json-ld, tags in a headline": _ld(lambda n: _linked(headline="<b " * n)),
    "json-ld, many articles": (
        _ld(
            lambda n: json.dumps(
                [{"@type": "NewsArticle", "headline": f"Title {i}"} for i in range(n)]
            )
        )
    ),
    "json-ld, a graph": (
        _ld(
            lambda n: json.dumps(
                {
                    "@graph": [
                        {"@type": "Person", "@id": f"#{i}", "name": "Jane Doe"} for i in range(n)
                    ]
                }
            )
        )
    ),
    "json-ld, many authors": _ld(
        lambda n: _linked(author=[{"name": f"{_word(i).title()} Doe"} for i in range(n)])
    ),
    "json-ld, many keys": _ld(lambda n: _linked(**{f"k{i}": i for i in range(n)})),
    "json-ld, nested lists": _ld(lambda n: "[" * n),
    "json-ld, nested and closed": _ld(lambda n: "[" * n + "]" * n),
    "json-ld, nested objects": _ld(lambda n: '{"a":' * n + "1" + "}" * n),
    "json-ld, a number": _ld(lambda n: f'{{"@type":"NewsArticle","x":{"9" * n}}}'),
    "json-ld, commas": _ld(lambda n: "[1" + "," * n),
    "json-ld, commas and spaces": _ld(lambda n: "[1" + ",    " * n),
    "json-ld, spaces": _ld(lambda n: " " * n + "x"),
    "json-ld, comment ends": _ld(lambda n: "{}" + "--> " * n + "x"),
    "json-ld, slashes": _ld(lambda n: "{}" + "// " * n + "x"),
    "json-ld, several": _ld(lambda n: '{"@type":"Article"}' * n),
    "json-ld, a broken string": _ld(lambda n: '{"headline":"' + "x" * n),
    "json-ld, escapes": _ld(lambda n: '{"headline":"' + "\\u0041" * n + '"}'),
    "state, assignments": _state(lambda n: 'a={"' * n),
    "state, open assignments": _state(lambda n: "a  =  " * n),
    "state, spaces": _state(lambda n: "a" + " " * n),
    "state, spaces in braces": _state(lambda n: "a={" + " " * n + "x"),
    "state, words": _state(lambda n: "a " * n),
    "state, brackets": _state(lambda n: "a=" + "[" * n),
    "state, a number": _state(lambda n: f'a=["{_PROSE}", {"9" * n}]'),
    "state, parse": _state(lambda n: 'a=JSON.parse("' * n),
    "state, parsed brackets": _state(lambda n: f'a=JSON.parse("{"[" * n}")'),
    "state, nested data": _state(lambda n: f"a={json.dumps({'a': _PROSE})[:-1]}," * n),
    "state, strings": _state(lambda n: "a=" + json.dumps({"text": [_PROSE] * n})),
    "state, objects": _state(
        lambda n: "a=" + json.dumps({f"{_word(i)}": {"x": _PROSE} for i in range(n)})
    ),
    "state, pieces": _state(lambda n: "a=" + json.dumps({"t": ["and so "] * n})),
    "state, tags": _state(lambda n: "a=" + json.dumps({"t": f"{_PROSE}<p " * n})),
    "state, markup": _state(lambda n: "a=" + json.dumps({"t": f"<p>{_PROSE}</p>" * n})),
    "state, escaped markup": _state(lambda n: "a=" + json.dumps({"t": f"&lt;p>{_PROSE}" * n})),
    "state, keys": _state(lambda n: "a=" + json.dumps({_word(i) * 3: "x" for i in range(n)})),
    "state, line breaks": _state(lambda n: "a=" + json.dumps({"t": "\n \t" * n})),
}

_TEXT: dict[str, Make] = {
    "dump, lines": _dump(f"{_PROSE}\n"),
    "dump, one line": _dump("word "),
    "dump, one word": _dump("x"),
    "dump, short lines": _dump("x\n"),
    "dump, a torn run": lambda n: f"It met (\ntwice\n).\n\n{_PROSE}\n\n" * 4 + "so on\n" * n,
    "dump, wrapped": _dump(
        "It was closed for a day. Nobody had told the people of the\ntown that live on the other"
        " bank of it, which is why some\nof them came. They had to go by the ferry, the mayor said"
        "\nat once, or to wait. It was late. Some went home, to their\nbeds. "
    ),
    "dump, pages of a PDF": _dump("\f1/2\nA title of all the pages\nA line of it\n"),
    "dump, lone stops": _dump("Share this story\n.\n"),
    "dump, lists that count": _dump("1. One fell\n2. Two fell\n3. Three fell\n"),
    "dump, mail header": _dump("From: a@b.example\nSubject: It\n"),
    "dump, torn lists": _dump("Just Posted\nA title of something\n, and more\n"),
    "dump, list headings and days": _dump("Just Posted\nMay 8, 2025 5:04 pm\n"),
    "dump, advertisements in sentences": _dump(f"{_PROSE[:60]}\nAdvertisement\nso on,\n"),
    "dump, empty lines": _dump("\n"),
    "dump, carriage returns": _dump("\r"),
    "dump, separator lines": _dump("\u2028x"),
    "dump, spaces": _dump(" "),
    "dump, wide spaces": _dump("\u3000"),
    "dump, zero-width spaces": _dump("\u200b"),
    **{
        f"only separators, {name}": _repeat(piece)
        for name, piece in (
            ("dashes", "-"),
            ("bars", "|"),
            ("lines", "---\n"),
            ("bullets", "* "),
            ("stars", "* * *\n"),
            ("dots", "."),
            ("arrows", "▶ "),
            ("dashes spaced", " - "),
            ("slashes", " / "),
            ("colons", ": "),
            ("commas", ", "),
            ("brackets", "("),
        )
    },
    "dump, capitals": _dump("READ MORE "),
    "dump, sentences": _dump("It is so. "),
    "dump, names": _dump("Jane Doe\n"),
    "dump, a line of names": _dump("Jane Doe "),
    "dump, bylines": _dump("By Jane Doe\n"),
    "dump, agencies": _dump("Reuters\n"),
    "dump, bios": _dump("Jane Doe is a reporter for the Banner.\n"),
    "dump, bio headings": _dump("About the author\nJane Doe\n"),
    "dump, captions": _dump("A bridge. (Photo: Jane Doe/AP)\n"),
    "dump, video cards": _dump("0:35\nA bridge is closed\n4 years ago\n"),
    "dump, clocks": _dump("0:35\n"),
    "dump, ages": _dump("4 years ago\n"),
    "dump, dates": _dump("7 January 2020\n"),
    "dump, a line of dates": _dump("7 January 2020 "),
    "dump, digits": _dump("1"),
    "dump, digits and colons": _dump("1:"),
    "dump, digits and slashes": _dump("1/1/"),
    "dump, digits and dashes": _dump("2020-"),
    "dump, digits and dots": _dump("1. "),
    "dump, teaser headings": _dump("Just Posted\nA bridge is closed\n"),
    "dump, related": _dump("READ MORE: A bridge is closed\n"),
    "dump, next": _dump("READ MORE:\nA bridge is closed\n"),
    "dump, ad markers": _dump("Story continues below advertisement\n"),
    "dump, ad markers in a line": _dump("It is so. Story continues below advertisement "),
    "dump, titles": lambda n: _distinct(n, lambda i: f"Bridge {i} is closed today\n"),
    "dump, a title of parts": lambda n: f"{'A bridge | ' * n}\n\n{_PROSE}\n",
    "dump, addresses": _dump("jane@example.org\n"),
    "dump, quotes": _dump("“No.” "),
    "dump, right to left": _dump("الجسر مغلق "),
    "dump, chinese": _dump("桥已关闭。"),
    "dump, chinese without end": _dump("桥"),
    "dump, emoji": _dump("👩‍👩‍👧‍👦"),
    "dump, flags": _dump("🇩🇪"),
    "dump, one combining mark": _dump("\u0301"),
    "dump, letters and marks": _dump("e\u0301"),
    "dump, alternating marks": _alternating_marks,
    "dump, jamo": _dump("\u1112\u1161\u11ab"),
    "dump, direction marks": _dump("\u202e"),
    "dump, capital dotted i": _dump("İ"),
    "dump, ligatures": _dump("ﷺ"),
    "dump, surrogates": _dump("\ud83d"),
    "dump, zero bytes": _dump("\0"),
    "dump, controls": _dump("\x1b[31m"),
    "dump, byte-order marks": _dump("\ufeff"),
    **{
        f"dump, markdown {name}": _markdown(piece)
        for name, piece in (
            ("links", "[a](http://b.example/c) "),
            ("open links", "["),
            ("open targets", "[a]("),
            ("nested targets", "[a](b("),
            ("open images", "!["),
            ("bold", "**a** "),
            ("open bold", "**a"),
            ("open italic", "*a "),
            ("open code", "`a"),
            ("escapes", "\\*"),
            ("quotes", "> "),
            ("rules", "|:-"),
            ("headings", "# a\n"),
            ("items", "- **a**\n"),
        )
    },
    "dump, pieces": _dump("and so it went\non, it\n"),
    "dump, distinct lines": lambda n: _distinct(n, lambda i: f"{_word(i)} {_PROSE} {_word(i)}.\n"),
    "dump, less-than": _dump("<"),
    "dump, tags": _dump("a <b "),
}

_BYTES: dict[str, Make] = {
    "utf-16": _encoded("utf-16"),
    "utf-16 without a mark": _encoded("utf-16-le"),
    "utf-32": _encoded("utf-32"),
    "utf-32 without a mark": _encoded("utf-32-be"),
    "half a utf-16": lambda n: b"\xff\xfe" + b"\x00\xd8" * n + b"x",
    "zero bytes": lambda n: _article("\0" * n).encode(),
    "marks within": lambda n: _article("\ufeff" * n).encode(),
    "a wrong charset": (
        lambda n: _article(
            f"<p>Das Brückenstück über Öl: {_PROSE}</p>" * n, "<meta charset=utf-8>"
        ).encode("cp1252")
    ),
    "an unknown charset": (
        lambda n: _article(
            f"<p>Brücke, Straße, Öl. {_PROSE}</p>" * n, "<meta charset=rot13>"
        ).encode("cp1252")
    ),
    "a charset of other bytes": (
        lambda n: _article(f"<p>Мост закрыт. {_PROSE}</p>" * n, "<meta charset=shift_jis>").encode(
            "cp1251"
        )
    ),
    "mixed encodings": (
        lambda n: (
            (
                f"Brücke {_PROSE}\n".encode()
                + f"Brücke {_PROSE}\n".encode("cp1252")
                + f"Мост {_PROSE}\n".encode("cp1251")
            )
            * n
        )
    ),
    "broken utf-8": lambda n: b"<p>" + b"\xc3( abc \xff\n" * n,
    "no encoding": lambda n: b"<p>" + bytes(range(0xA0, 0x100)) * n,
    "other letters only": lambda n: _dump("Мост закрыт до понедельника. ")(n).encode("koi8-r"),
    "less-than of other bytes": lambda n: b"<\xe4" * n,
    "declared escapes": lambda n: b"<meta charset=hz-gb-2312><p>" + b"~{<:~} " * n,
    "japanese escapes": lambda n: b"<p>" + b"\x1b$B$3\x1b(B " * n,
    "open escapes": lambda n: b"<p>" + b"\x1b$B" * n,
    "a charset without end": lambda n: b"<meta charset='" + b"x" * n + b"\xff",
    "open declarations": lambda n: b"\xff" + b"<meta " * n,
}


def _word(number: int) -> str:
    """Return a word of letters that is another one for each number."""
    letters = ""
    while True:
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[digit] + "aeiou"[digit % 5]
        if not number:
            return letters


KINDS = {**_HTML, **_TEXT, **_BYTES}
