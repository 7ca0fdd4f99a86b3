"""What a line looks like: a sentence, prose, a title."""

from __future__ import annotations

import pytest

from cleaner.shape import ends_sentence, is_prose, is_title_like


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It snowed.", True),
        ("Did it snow?", True),
        ("It snowed!", True),
        ("“It snowed.”", True),
        ("He said: 'It snowed.'", True),
        ("(It snowed.)", True),
        ("雪が降った。", True),
        ("क्या बर्फ गिरी।", True),
        ("هل تساقط الثلج؟", True),
        ("« Il neige. »", True),
        ("Il a dit « oui »", False),
        ("« Il neige… »", False),
        ("It snowed", False),
        ("It snowed:", False),
        ("It snowed,", False),
        ("It snowed …", False),
        ("It snowed...", False),
        ("“It snowed…”", False),
        ("", False),
        ("“”", False),
    ],
)
def test_ends_sentence(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It snowed. " * 10 + "It did.", True),
        ("It snowed.", False),
        ("It snowed and snowed " * 10, False),
        ("大雪が降ったため、月曜日に橋が閉鎖されたと、市長が記者団に語った。", True),
        ("雪が降った。", False),
        ("", False),
    ],
)
def test_is_prose(text: str, expected: bool) -> None:
    assert is_prose(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bridge closed after snow", True),
        ("Will the bridge open again?", True),
        ("“Never again”", True),
        ("It snowed.", False),
        ("What we know:", False),
        ("It snowed, and", True),
        ("It snowed,", False),
        ("雪が降った。", False),
        ("Snow " * 60, False),
    ],
)
def test_is_title_like(text: str, expected: bool) -> None:
    assert is_title_like(text) is expected
