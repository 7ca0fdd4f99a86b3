"""News agencies: telling them from people, and calling each by one name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

__all__ = [
    "Agency", "agencies_of_line", "agency", "agency_pattern", "begins_agencies", "may_name_agency",
]  # fmt: skip

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\A(?:l['’]|la\s)", re.IGNORECASE)
_LONGEST_LINE = 80  # characters
_EDGES = " .,;:()[]*-–—"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency; `images` tells those that only hold pictures."""

    name: str
    variants: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    images: bool = False


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("cleaner") / "agencies.toml").read_text("utf-8"))


@cache
def _agencies() -> tuple[Agency, ...]:
    return tuple(
        Agency(
            row["name"],
            tuple(row.get("variants", ())),
            tuple(row.get("codes", ())),
            row.get("images", False),
        )
        for row in _data()["agency"]
    )


@cache
def _by_name() -> dict[str, Agency]:
    table: dict[str, Agency] = {}
    for entry in _agencies():
        for name in (entry.name, *entry.variants):
            table[_key(name)] = entry
    return table


@cache
def _by_code() -> dict[str, Agency]:
    return {code: entry for entry in _agencies() for code in entry.codes}


def _key(name: str) -> str:
    name = " ".join(name.split()).lower()
    return name.removeprefix("the ")


def agency(name: str) -> Agency | None:
    """Return the agency that `name` stands for, with or without "the"; codes only in capitals.

    "Agenzia", "Redaktion" and the like may stand beside the name.
    """
    name = name.strip(_EDGES)
    return _known(name) if len(name) <= _LONGEST_LINE else None


@lru_cache(maxsize=4096)
def _known(name: str) -> Agency | None:
    found = _by_code().get(name) or _by_name().get(_key(name))
    if found is not None or " " not in name:
        return found
    rest = " ".join(word for word in name.split() if word.lower() not in _words_beside())
    return _by_code().get(rest) or _by_name().get(_key(rest))


@cache
def _words_beside() -> frozenset[str]:
    return frozenset(_data()["beside"].split())


@cache
def _first_words() -> frozenset[str]:
    """Return the words that a line of agencies can begin with."""
    starts = {"the", "l", "la", *_data()["with"].split()}
    for name in (*_by_name(), *_by_code()):
        first = _WORD.match(name.lower())
        assert first is not None
        starts.add(first[0])
    return frozenset(starts)


@cache
def _words_of_line() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what stands in front of agencies on a line, and between them."""
    front, between = (
        "|".join(re.escape(word) for word in _data()[key].split()) for key in ("with", "and")
    )
    return (
        re.compile(rf"(?:{front})\s+", re.IGNORECASE),
        re.compile(rf"\s*[,/|]\s*(?:(?:{between})\s+)?|\s+(?:{between})\s+", re.IGNORECASE),
    )


def begins_agencies(word: str) -> bool:
    """Whether a line of agencies can begin with a word in lower case."""
    return word in _first_words()


_BUTTONS = ("AA",)  # as a line, it changes the size of the letters

# "dpa/lby", "AFP/jd": who of them, or for which region.
_DESK = re.compile(r"(?<=\w)/[a-z]{2,4}\Z")


def agencies_of_line(line: str) -> list[Agency]:
    """Return the agencies of a line that is them and no more ("Avec AFP et Reuters"), else []."""
    if len(line) > _LONGEST_LINE:
        return []
    line = line.strip(_EDGES)
    first = _WORD.match(line)
    if first is None or not begins_agencies(first[0].lower()) or line in _BUTTONS:
        return []
    whole = agency(line)
    if whole is not None:
        return [whole]
    front, between = _words_of_line()
    start = front.match(line)
    found: list[Agency] = []
    named = _DESK.sub("", line[start.end() if start is not None else 0 :])
    for part in between.split(named):
        source = agency(part) or agency(_ARTICLE.sub("", part))
        if source is None:
            return []
        found.append(source)
    return found


@cache
def _last_words() -> frozenset[str]:
    """Return the words that the names of agencies end with."""
    return frozenset(_WORD.findall(name.lower())[-1] for name in (*_by_name(), *_by_code()))


def may_name_agency(text: str) -> bool:
    """Whether a text has the last word of an agency's name: cheaper than the pattern of all."""
    return not _last_words().isdisjoint(_WORD.findall(text.lower()))


@cache
def agency_pattern() -> str:
    """Return a pattern for any agency's name in any case, or its code in capitals, as a group."""
    names = sorted(_by_name(), key=lambda name: (-len(name), name))
    codes = sorted(_by_code(), key=lambda code: (-len(code), code))
    anycase = "|".join(re.escape(name).replace(r"\ ", r"[ ]") for name in names)
    exact = "|".join(re.escape(code) for code in codes)
    return rf"(?:(?i:(?:the[ ])?(?:{anycase}))|{exact})"
