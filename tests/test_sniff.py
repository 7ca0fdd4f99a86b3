"""HTML or a text dump?"""

from __future__ import annotations

import pytest

from cleaner.readers.sniff import sniff

PROSE = "The bridge was closed on Monday after engineers found cracks in two pillars. " * 10

HTML = [
    "<!DOCTYPE html><html><body><p>Text</p></body></html>",
    "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<html>",
    "  \n\t<html lang='en'><p>Text",
    "\ufeff<html><p>Text",
    "<HTML><BODY>Text</BODY></HTML>",
    "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html><html>",
    "<!-- saved from url=(0020)http://example.com/ -->\n<!DOCTYPE html><html>",
    "<!-- a --><!-- b\n --><head><title>T</title></head>",
    "<head>\n<title>Text</title></head>",
    "<body class='a'>Text</body>",
    "<div class='story'><p>Text</p><p>More text</p></div>",
    f"<article><h1>Title</h1><p>{PROSE[:300]}</p></article>",
    "<p>One<br>two<br/>three</p>",
]

TEXT = [
    "",
    "   \n",
    "Just a line",
    PROSE,
    "date 2020-01-07 A headline\n\n" + PROSE,
    "<3 is how the young write love.\n" + PROSE,
    "<b>Forgotten tag</b> in front of a dump.\n" + PROSE,
    "5 < 7 and 9 > 3, as the <p> in this line knows.\n" + PROSE,
    "He wrote <html> on the wall.\n" + PROSE,
    '{"headline": "A story", "articleBody": "Text"}',
    "<unknown>Text</unknown>",
    "<http://example.com/> was the address.\n" + PROSE,
]


@pytest.mark.parametrize("text", HTML)
@pytest.mark.parametrize("suffix", ["", ".html", ".htm"])
def test_html(text: str, suffix: str) -> None:
    assert sniff(text, suffix) == "html"


@pytest.mark.parametrize("text", TEXT)
@pytest.mark.parametrize("suffix", ["", ".txt", ".md"])
def test_text(text: str, suffix: str) -> None:
    assert sniff(text, suffix) == "text"


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        # a page is a page, whatever its file is called
        ("<!DOCTYPE html><html><p>Text</p></html>", ".txt", "html"),
        ("<html><p>Text</p></html>", ".json", "html"),
        # the suffix has the last word where the text is unclear
        ("Text <p>and more", ".html", "html"),
        ("Text <p>and more", ".txt", "text"),
        ("Text <p>and more", "", "text"),
        # a name alone makes no page
        ("date 2020-01-07 A headline\n\n" + PROSE, ".html", "text"),
        ("", ".html", "text"),
        # junk before the page
        ("HTTP/1.1 200 OK\nServer: x\n\n<html><head></head><body>Text</body></html>", "", "html"),
    ],
)
def test_the_suffix_decides_in_doubt(text: str, suffix: str, expected: str) -> None:
    assert sniff(text, suffix) == expected


@pytest.mark.parametrize(
    "text", [" " * 1_000_000, "<!--" * 250_000, "<" * 1_000_000, "<p " * 300_000]
)
def test_degenerate_texts_are_told_at_once(text: str) -> None:
    assert sniff(text) in ("html", "text")
