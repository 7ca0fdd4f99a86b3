"""Days and times as pages write them, read strictly: what is not stated is not filled in.

No clock is consulted, so a relative age ("4 years ago") is no date here.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from cleaner.normalize import fold

__all__ = ["find_dates", "parse_iso"]

# Month names and the abbreviations in print, folded, in the languages of the rules and some more.
_MONTHS = """
january jan janvier janv januar jän jänner gennaio gen enero ene janeiro januari januar styczeń stycznia
february feb febr février févr fév februar februari febbraio febrero fevereiro fev luty lutego
march mar mars märz mrz marzo março maart mrt mart marzec marca
april apr avril avr aprile abril abr kwiecień kwietnia
may mai maggio mag mayo maio mei maj maja
june jun juin juni giugno giu junio junho czerwiec czerwca
july jul juillet juil juli luglio lug julio julho lipiec lipca
august aug août agosto ago augustus sierpień sierpnia
september sep sept septembre settembre set septiembre setiembre setembro wrzesień września
october oct okt octobre oktober ottobre ott octubre outubro out październik października
november nov novembre noviembre novembro listopad listopada
december dec déc dez dicembre dic diciembre dezembro dezember december décembre grudzień grudnia
"""

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?\Z"
)


@cache
def _month_numbers() -> dict[str, int]:
    lines = _MONTHS.strip().splitlines()
    return {name: number for number, line in enumerate(lines, 1) for name in line.split()}


@cache
def _written() -> re.Pattern[str]:
    """Match "Jan 8, 2020", "8. Januar 2020", "8 de enero de 2020", "1er mars 2020"."""
    month = "|".join(sorted(_month_numbers(), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?<!\w)(?:(?P<m1>{month})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})"
        rf"|(?P<d2>\d{{1,2}})(?:\.|er|st|nd|rd|th|º|°)? (?:de |of )?(?P<m2>{month})\.?,?"
        rf" (?:de |del )?(?P<y2>\d{{4}}))(?![\w-])"
    )


def parse_iso(text: str) -> str | None:
    """Return an ISO 8601 day or moment in its canonical form, None for anything else.

    The time and the offset are there exactly if `text` has them; nothing is converted.
    """
    match = _ISO.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    if hour is None:
        return moment.date().isoformat()
    zone = _offset(offset)
    return None if zone is None else moment.isoformat(timespec="seconds") + zone


def _offset(text: str | None) -> str | None:
    """Return "+02:00" and the like, "" for no offset, None for an impossible one."""
    if text is None:
        return ""
    if text in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    return f"{text[0]}{hours:02}:{minutes:02}" if hours <= 15 and minutes < 60 else None


def find_dates(text: str) -> list[tuple[date, int, int]]:
    """Return every written-out day in a normal `text` with its start and end."""
    found: list[tuple[date, int, int]] = []
    if not any(char.isdigit() for char in text):
        return found
    for match in _written().finditer(fold(text)):
        n = "1" if match["m1"] else "2"
        try:
            day = date(int(match["y" + n]), _month_numbers()[match["m" + n]], int(match["d" + n]))
        except ValueError:
            continue
        found.append((day, match.start(), match.end()))
    return found
