"""The normal form of text in the output, and the folded form that rules are matched against."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.normalize import fold, normal, words

# Text as pages have it at their worst: any character, lone surrogates included.
ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("  two   words \n", "two words"),
        ("tab\there\r\nand there", "tab here and there"),
        ("no\u00a0break\u202fspaces\u2009here", "no break spaces here"),
        ("line\u2028separator\u2029here", "line separator here"),
        ("ideographic\u3000space", "ideographic space"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffmark", "mark"),
        ("\u200eleft \u200fright \u202aembedded\u202c", "left right embedded"),
        ("\u2066isolated\u2069 \u061cletter", "isolated letter"),
        ("bell\x07form\x0cfeed\x00null\x85next", "bell form feed null next"),
        ("cafe\u0301", "caf\u00e9"),
        ("cafe\u200b\u0301", "caf\u00e9"),
        ("\u1100\u1161", "\uac00"),
        ("half a pair \ud83d here", "half a pair \ufffd here"),
        # typographic marks, emoji and joiners stay as the publisher typed them
        ("“Quotes” – ‘and’ — dashes…", "“Quotes” – ‘and’ — dashes…"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍🚀 up", "👩‍🚀 up"),
        ("\u200d", ""),  # joiners with nothing to join
        ("\u200c up \u200d", "up"),
        ("ﬁne ½ №", "ﬁne ½ №"),  # compatibility forms are no business of NFC
    ],
)
def test_normal(text: str, expected: str) -> None:
    assert normal(text) == expected


@given(ANYTHING)
@example("\u0340")
@example("a\u200b\u0301")
@example("\u200d \u200c\u200da")
@example("\u1100\u2060\u1161\u11a8")
@example(" \u0301")
@example("\u2000\u2001\u212a")
def test_normal_form(text: str) -> None:
    result = normal(text)
    assert normal(result) == result
    assert unicodedata.is_normalized("NFC", result)
    assert result == " ".join(result.split())
    assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in result)
    assert result.encode("utf-8").decode("utf-8") == result


@given(ANYTHING)
def test_visible_text_is_never_lost(text: str) -> None:
    kept = [char for char in unicodedata.normalize("NFKD", text) if char.isalnum()]
    assert [c for c in unicodedata.normalize("NFKD", normal(text)) if c.isalnum()] == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("READ MORE", "read more"),
        ("Don’t ‘miss’ it", "don't 'miss' it"),
        ("“A” „b“ «c»", '"a" "b" "c"'),
        ("a–b—c−d", "a-b-c-d"),
        ("Photo：x ＆ y", "photo:x & y"),
        ("写真＝横浜／東京？！", "写真=横浜/東京?!"),
        ("ÉCOLE ÜBER", "école über"),
        ("İstanbul", "istanbul"),
        ("Kadıköy KADIKÖY", "kadiköy kadiköy"),
        ("straße", "straße"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(ANYTHING)
def test_fold_keeps_the_length_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_fold_keeps_the_length_of_every_character() -> None:
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if len(fold(c)) != 1] == []


@given(ANYTHING)
def test_what_is_folded_is_found_where_it_stood(text: str) -> None:
    text = normal(text)
    for i, char in enumerate(fold(text)):
        # A final sigma depends on its neighbours; every other character folds by itself.
        assert char == fold(text[i]) or text[i] == "Σ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("… – “”", []),
        ("Don't, he said.", ["don", "t", "he", "said"]),
        ("Über 20 Tote", ["über", "20", "tote"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
