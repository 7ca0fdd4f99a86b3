"""News agencies: telling them from people, and calling each by one name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["Agency", "agency", "agency_pattern"]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency; `images` tells those that only hold pictures."""

    name: str
    variants: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    images: bool = False


@cache
def _agencies() -> tuple[Agency, ...]:
    data = tomllib.loads((resources.files("cleaner") / "agencies.toml").read_text("utf-8"))
    return tuple(
        Agency(
            row["name"],
            tuple(row.get("variants", ())),
            tuple(row.get("codes", ())),
            row.get("images", False),
        )
        for row in data["agency"]
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
    """Return the agency that `name` stands for, with or without "the"; codes only in capitals."""
    name = name.strip(" .,;:()[]-–—")
    return _by_code().get(name) or _by_name().get(_key(name))


@cache
def agency_pattern() -> str:
    """Return a pattern for any agency's name in any case, or its code in capitals, as a group."""
    names = sorted(_by_name(), key=lambda name: (-len(name), name))
    codes = sorted(_by_code(), key=lambda code: (-len(code), code))
    anycase = "|".join(re.escape(name).replace(r"\ ", r"[ ]") for name in names)
    exact = "|".join(re.escape(code) for code in codes)
    return rf"(?:(?i:(?:the[ ])?(?:{anycase}))|{exact})"
