"""The language: what the page claims, checked against its text.

Small words tell languages of one script apart, scripts the rest. Nothing is loaded but a table.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from cleaner.article import Caution
from cleaner.page import Role

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["language"]

_HEADLINE = Role.HEADLINE  # looked up once
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]|\Z)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_INDIC_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+")  # vowel signs are no letters to it
_LOOKED_AT = 1200  # characters of text
_LEAST_WORDS = 12
_NO_LETTERS = bytes(i for i in range(128) if not chr(i).isalpha())
_LEAST_LETTERS = 30  # in scripts without spaces
_ENOUGH = 0.07  # share of small words that text of a language has at the least
_CLEAR = 1.35  # times the runner-up's score
_REFUTED = 0.04  # a share of small words that no text of the language claimed is below
_MOST_SAMPLED = 200  # letters looked at for their script
_KANA_SHARE = 0.08  # of the letters: Japanese mixes kana into Han, Chinese has none


@dataclass(frozen=True, slots=True)
class _Profiles:
    """The table, turned round: for each small word the languages that use it."""

    languages: dict[str, tuple[str, ...]]
    known: frozenset[str]
    alike: dict[str, frozenset[str]]
    scripts: dict[str, str]
    codes: dict[str, str]


@cache
def _profiles() -> _Profiles:
    data = tomllib.loads((resources.files("cleaner") / "languages.toml").read_text("utf-8"))
    languages: dict[str, list[str]] = defaultdict(list)
    for code, words in data["words"].items():
        for word in dict.fromkeys(words.split()):
            languages[word].append(code)
    alike: dict[str, frozenset[str]] = {}
    for group in data["alike"]["groups"]:
        for code in group.split():
            alike[code] = frozenset(group.split())
    return _Profiles(
        {word: tuple(codes) for word, codes in languages.items()},
        frozenset(data["words"]), alike, data["scripts"], data["codes"],
    )  # fmt: skip


def language(page: Page) -> str | None:
    """Return the ISO 639-1 code of the article's language, None where nothing tells.

    A claim that the text clearly contradicts gives way to the text, with a warning.
    """
    text = _sample(page)
    claimed = _claimed(page)
    told, shares = _judge(text)
    if claimed is None:
        return told
    if told is None:
        if claimed in shares and shares[claimed] < _REFUTED:
            page.warn(Caution.LANGUAGE_CONFLICT)
            return None
        return claimed
    if told == claimed or told in _profiles().alike.get(claimed, ()):
        return claimed
    page.warn(Caution.LANGUAGE_CONFLICT)
    return told


def _sample(page: Page) -> str:
    """Return the beginning of the article's text, or of all text where there is no article."""
    parts: list[str] = []
    length = 0
    for block in page.blocks:
        if block.kept or block.role is _HEADLINE:
            parts.append(block.text)
            length += len(block.text)
            if length >= _LOOKED_AT:
                break
    return " ".join(parts)[:_LOOKED_AT]


def _claimed(page: Page) -> str | None:
    """Return the language that the page claims: its own markup first."""
    for source in ("html", "json-ld", "meta"):
        for fact in page.stated("language", source):
            tag = _TAG.match(fact.value.strip())
            if tag is not None:
                code = tag[1].lower()
                code = _profiles().codes.get(code, code)
                if len(code) == 2:
                    return code
    return None


def _judge(text: str) -> tuple[str | None, dict[str, float]]:
    """Return the language of a text and, where its words were counted, their share by language.

    The shares are empty where there is too little text to count.
    """
    script = _script(text)
    if script in _profiles().scripts:
        enough = sum(map(str.isalpha, text)) >= _LEAST_LETTERS
        return (_profiles().scripts[script] if enough else None), {}
    if script == "DEVANAGARI":
        words = _INDIC_WORD.findall(text)
    else:
        words = _words(text.lower().replace("’", "'"))
    if len(words) < _LEAST_WORDS:
        return None, {}
    return _by_words(words)


def _words(text: str) -> list[str]:
    words: list[str] = []
    for token in text.split():
        if token.isalpha():  # most are
            words.append(token)
        else:
            words += _WORD.findall(token)
    return words


def _script(text: str) -> str:
    """Return the first word of the Unicode names of most letters, "" for no letters."""
    if text.isascii():
        return "LATIN"
    sample = text[:: max(1, len(text) // _MOST_SAMPLED)]
    plain = sample.encode("ascii", "ignore")
    if len(plain.translate(None, _NO_LETTERS)) > len(sample) - len(plain):
        return "LATIN"  # whatever the others are
    counts = Counter(map(_script_of, filter(str.isalpha, sample)))
    if not counts:
        return ""
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if kana >= _KANA_SHARE * counts.total() and kana + counts["CJK"] > counts.total() / 2:
        return "HIRAGANA"
    return counts.most_common(1)[0][0]


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    if char < "\u0250":
        return "LATIN"
    return unicodedata.name(char, "?").partition(" ")[0]


def _by_words(words: list[str]) -> tuple[str | None, dict[str, float]]:
    """Judge by small words: one that few languages use says more than one that many do."""
    profiles = _profiles()
    scores: dict[str, float] = defaultdict(float)
    hits: dict[str, int] = dict.fromkeys(profiles.known, 0)
    small = filter(profiles.languages.__contains__, words)
    for word, count in Counter(small).items():
        codes = profiles.languages[word]
        part = count / len(codes)
        for code in codes:
            scores[code] += part
            hits[code] += count
    shares = {code: count / len(words) for code, count in hits.items()}
    if not scores:
        return None, shares
    best = max(scores, key=lambda code: (scores[code], code))
    alike = profiles.alike.get(best, frozenset((best,)))
    rival = max((score for code, score in scores.items() if code not in alike), default=0.0)
    if shares[best] < _ENOUGH or scores[best] < _CLEAR * rival:
        return None, shares
    return best, shares
