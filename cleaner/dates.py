"""Days and times as pages write them, read strictly: what is not stated is not filled in.

No clock is consulted, so a relative age ("4 years ago") is no date here. A numeric day whose order
is open ("03/04/2020") is read only where the caller knows the order.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "CLOCK",
    "Moment",
    "Order",
    "changes",
    "day",
    "find_dates",
    "find_moments",
    "numeric_order",
    "parse_iso",
    "parse_stamp",
    "tells_of_change",
    "url_day",
]

Order = Literal["dmy", "mdy"]

CLOCK = re.compile(r"\d[:.h]\d\d")  # what a time of day is seen by
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?\Z"
)
# Zones whose abbreviation means one offset wherever it is printed; "CST" or "IST" do not.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120,
    "eest": 180, "wib": 420, "wita": 480, "wit": 540, "jst": 540, "kst": 540, "msk": 180,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "sast": 120, "hkt": 480, "sgt": 480,
}  # fmt: skip
_ZONE = (
    r"(?P<zone>\(?(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?(?![\d:])\)?|\(?(?:"
    + "|".join(sorted(_ZONES, key=len, reverse=True))
    + r")(?!\w|[+-]\d)\)?)?"
)
# What stands between a day and its time: punctuation, or the word for "at".
_JOINT = (
    r"(?:\s*(?:[,;|·•/()・T–-]|\b(?:at|um|à|a las|a la|às|as|alle|ore|ora|kl|klo|om|o|godz|saat|saa"
    r"|pukul|u|в|о|في|الساعة|ב|lúc|เวลา)(?!\w)\.?))*\s*"
)
_HALF = r"(?P<half>[ap]\.?\s?m\b\.?|am|pm|π\.?μ|μ\.?μ|م|ص|مساء|صباحا|مساءً|صباحاً)?"
_CLOCK = (
    r"(?P<before>午前|午後|上午|下午|오전|오후|晚上|早上)?\s*"
    r"(?P<hour>\d{1,2})(?:\s?[:h時时시點点]\s?|\.(?=\d\d(?!\.?\d)))(?P<minute>\d{2})?"
    r"(?![\d])(?:[:m分분](?P<second>\d{2})(?!\d))?"
    rf"\s*[分분]?\s*{_HALF}\s*(?:uhr\b|hrs?\b|น\.|秒)?\s*{_ZONE}"
)
_TIME_AFTER = re.compile(_JOINT + _CLOCK, re.IGNORECASE)
_TIME_BEFORE = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\b\.?)?"
    rf"\s*(?:uhr\b|hrs?\b|น\.)?\s*{_ZONE}[\s,;|·•/–-]*(?:(?:on|am|le|el|di|на)\s)?"
    r"(?:[^\W\d]{2,12},?\s)?\Z",
    re.IGNORECASE,
)
_PM = ("p", "午後", "下午", "오후", "晚", "م", "μ.μ", "μμ")
_AM = ("a", "午前", "上午", "오전", "早", "ص", "π")

# A month is any word that stands where one should; the table tells whether it is one.
_WORD = r"[^\s\d.,;:/|()\[\]–—\"'-]{3,14}"
_MONTH = rf"(?P<m>{_WORD}|[ก-๙]\.[ก-๙]|د[یي])\.?(?:\s?/\s?(?P<m2>{_WORD}))?"
# Behind a year: no digit but a clock's ("202010:43", "2020-19:20"), no range ("2020-21").
_YEAR_ENDS = r"(?!\d(?!\d?:\d\d)|-(?!\s|\d\d?:\d\d))"
_LONGEST_MONTH = 34  # characters from its first to the day behind it, two names and a slash
_OF = r"(?:de|del|do|di|da|d'|of|del|ta'|ng)"
_WRITTEN = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|re|ère|º|°|ª|ra|-?го|-?а|\.º|\.)?"
    rf"[\s-]{{0,2}}(?:{_OF}\s)?{_MONTH},?[\s-]{{0,2}}(?:{_OF}\s)?(?P<y>\d{{4}}){_YEAR_ENDS}"
    rf"(?!\.\d))|(?<!\w)(?P<y3>\d{{4}})\.?,?\s(?:m\.\s)?{_MONTH.replace('<m', '<n')}\s"
    r"(?P<d3>\d{1,2})(?![\w:])"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_MONTH}\s{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s,?\s?|\s?-\s?)"
    rf"(?P<y>\d{{4}}){_YEAR_ENDS}"
)
_CJK = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]?"
    r"(?:\s?[(（].{1,3}[)）])?"
)
_VIETNAMESE = re.compile(r"(?<!\d)(?P<d>\d{1,2}) tháng (?P<m>\d{1,2})(?:,| năm|, năm) (?P<y>\d{4})")
# Words of East Asia need no space in front of a number.
_YEAR_FIRST = re.compile(
    r"(?:(?<![\w./-])|(?<=[가-힣一-鿿]))"
    r"(?P<y>(?:19|20)\d{2}|1(?:3[5-9]|4[0-4])\d(?=/))(?P<sep>[./-]|\. )"
    r"(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d/-])\.?"
)
_YEAR_LAST = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})(?P=sep)"
    rf"(?P<y>(?:19|20|25)\d{{2}})(?!/){_YEAR_ENDS}"
)
_STAMP = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:]\d*)?)?"
    r"(?!\s*[ap]\.?\s?m\b)\s*(Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?)?"
    r"(?:\s*[\[(]?[A-Za-z_/ ]{1,40}[\])]?)?\Z",
    re.IGNORECASE,
)
# "Tue Jan 07 2020 12:30:00 GMT+0100 (CET)", "Tue Jan 07 12:30:00 EST 2020": as programs print it.
_PRINTED = re.compile(
    r"[A-Z][a-z]{2} (?P<m>[A-Z][a-z]{2}) (?P<d>\d{1,2}) (?:(?P<y>\d{4}) )?"
    r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2}) "
    r"(?P<zone>[A-Z]{2,4}(?:[+-]\d{4})?|[+-]\d{4})(?: (?P<y2>\d{4})| \(.*\))?\Z"
)
_HEBREW_IN = "ב"
# A digit of any script as one of ours: those of ten stand in a row, and few scripts are in use.
_ZEROS = "٠۰०০๐０"
_DIGITS = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_TOGETHER = re.compile(r"(?:19|20)\d{10}(?:\d\d)?\Z")  # "20240305103000"
_EPOCH = re.compile(r"\d{10}(?:\d{3})?\Z")
_IRANIAN_YEARS = range(1350, 1450)
_BEFORE_IRANIAN_ERA = 226894  # the ordinal of the day before its first
_LONG_MONTHS = 6  # of 31 days
_YEAR = re.compile(r"\d{4}")
_DIGIT = re.compile(r"\d")
_SEPARATED = re.compile(r"\d\s?[./-]")  # in every numeric day
_MOST_CHARACTERS = 400
_URL_DAY = re.compile(
    r"(?<=[/_=-])((?:19[89]|20[0-4])\d)(?:([/_-])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})|(0[1-9]|1[0-2])([0-2]\d|3[01]))"
    r"(?![\da-z])",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """A day or a moment found in a text: its ISO 8601 form and where it stood."""

    value: str
    start: int
    end: int


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("cleaner") / "dates.toml").read_text("utf-8"))


def _listed(names: str) -> list[str]:
    return [name.replace("_", " ") for name in fold(names).split()]


@cache
def _months() -> dict[str, int]:
    months = _data()["months"]
    return {name: int(number) for number, names in months.items() for name in _listed(names)}


def _month(name: str) -> int | None:
    """Return the number of a month, None for no month: "in March" is one word in Hebrew."""
    months = _months()
    return months.get(name) or months.get(name.removeprefix(_HEBREW_IN))


@cache
def _iranian_months() -> dict[str, int]:
    months = _data()["iranian"]
    return {name: int(number) for number, names in months.items() for name in _listed(names)}


@cache
def _changed() -> re.Pattern[str]:
    stems = _listed(_data()["words"]["changed"])
    return re.compile("|".join(re.escape(stem) for stem in stems))


@lru_cache(maxsize=64)  # the few words that stand around the days of one page
def tells_of_change(text: str) -> bool:
    """Whether `text` beside a day says that something was changed then: "Last updated:"."""
    return _changed().search(fold(text)) is not None


def changes(text: str, moments: Iterable[Moment]) -> Iterator[tuple[Moment, bool]]:
    """Yield each day of a text, and whether the words since the one before tell of a change."""
    start = 0
    for moment in moments:
        yield moment, tells_of_change(text[start : moment.start])
        start = moment.end


def day(value: str) -> date:
    """Return the day of an ISO 8601 value as this module returns it."""
    return date.fromisoformat(value[:10])


def parse_iso(text: str) -> str | None:
    """Return an ISO 8601 day or moment in its canonical form, None for anything else.

    The time and the offset are there exactly if `text` has them; nothing is converted.
    """
    match = _ISO.match(text.strip())
    if match is None:
        return None
    year, month, day_of_month, hour, minute, second, offset = match.groups()
    zone = _offset(offset)
    if zone is None:
        return None
    return _value(year, month, day_of_month, (hour, minute, second, zone))


def parse_stamp(text: str, order: Order | None = None) -> str | None:
    """Return what a machine-readable statement of one date says, None where it says none.

    Knows ISO 8601 and its careless forms, what programs print, seconds since 1970, and text that
    holds exactly one day. `order` is that of numeric days, where it is known.
    """
    text = text.strip()
    return _stamp(text, order) if 4 <= len(text) <= _MOST_CHARACTERS else None


@lru_cache(maxsize=64)  # a page states the same moment to several kinds of machines
def _stamp(text: str, order: Order | None) -> str | None:
    if _TOGETHER.match(text) is not None:
        text = f"{text[:8]}T{text[8:]}"
    match = _STAMP.match(text)
    iranian = match is not None and int(match[1]) in _IRANIAN_YEARS
    value = None if iranian else parse_iso(text)
    if value is not None:
        return value
    if match is not None:
        year, month, dom, hour, minute, second, zone = match.groups()
        if iranian:
            value = _from_iranian(int(year), int(month), int(dom))
            if value is None:
                return None
            year, month, dom = value.split("-")
        return _value(year, month, dom, (hour, minute, second, _zone(zone)))
    if _EPOCH.match(text) is not None:
        return _from_epoch(int(text[:10]))
    match = _PRINTED.match(text)
    if match is not None:
        number = _months().get(match["m"].lower(), 0)
        clock = (match["hour"], match["minute"], match["second"], _zone(match["zone"]))
        return _value(match["y"] or match["y2"], number, match["d"], clock)
    moments = find_moments(text, order)
    return moments[0].value if len({m.value[:10] for m in moments}) == 1 else None


def _from_epoch(seconds: int) -> str | None:
    if seconds == 0:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="seconds")


Clock = tuple["str | None", "str | None", "str | None", str]


def _value(year: str | None, month: str | int, dom: str, clock: Clock | None = None) -> str | None:
    """Return the canonical form of a day and perhaps its time, None where there is no such day."""
    hour, minute, second, zone = clock or (None, None, None, "")
    try:
        moment = datetime(
            int(year or 0), int(month), int(dom), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None
    if hour is None:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds") + zone


@lru_cache(maxsize=256)
def _offset(text: str | None) -> str | None:
    """Return "+02:00" and the like, "" for no offset, None for an impossible one."""
    if text is None:
        return ""
    if text in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = text[1:].replace(":", "")
    digits = digits.zfill(2).ljust(4, "0") if len(digits) <= 2 else digits.zfill(4)
    hours, minutes = int(digits[:2]), int(digits[2:])
    return f"{text[0]}{hours:02}:{minutes:02}" if hours <= 15 and minutes < 60 else None


def _zone(text: str | None) -> str:
    """Return the offset that a zone's name or number states, "" for none or an ambiguous one."""
    name = (text or "").strip("() ").lower()
    if name in _ZONES:
        sign, minutes = "-" if _ZONES[name] < 0 else "+", abs(_ZONES[name])
        return f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    name = name.removeprefix("utc").removeprefix("gmt").strip()
    return (_offset(name) or "") if name[:1] in ("+", "-") else ""


def find_dates(text: str) -> list[tuple[date, int, int]]:
    """Return every written-out day in a normal `text` with its start and end."""
    if _YEAR.search(text) is None:
        return []
    return [(day(m.value), m.start, m.end) for m in sorted(_written(fold(text)), key=_start)]


def _start(moment: Moment) -> int:
    return moment.start


def find_moments(text: str, order: Order | None = None) -> tuple[Moment, ...]:
    """Return every day in a normal `text`, with the time that stands beside it, in text order.

    `order` says how numeric days are written where they leave it open; without it those are
    passed over.
    """
    if len(text) > _MOST_CHARACTERS or _YEAR.search(text) is None:
        return ()
    return _moments(text, order)


@lru_cache(maxsize=64)  # pass after pass asks for the few lines of a page that hold a year
def _moments(text: str, order: Order | None) -> tuple[Moment, ...]:
    folded = fold(text)
    if not folded.isascii():
        folded = folded.translate(_DIGITS)
    days = sorted((*_written(folded), *_numeric(folded, order)), key=_start)
    found: list[Moment] = []
    for moment in days:
        if not found or moment.start >= found[-1].end:
            found.append(_with_time(folded, moment))
    return tuple(found)


def _written(folded: str) -> Iterator[Moment]:
    """Yield the days that name their month."""
    digit = _DIGIT.search(folded)
    first = 0 if digit is None else digit.start()
    for match in _WRITTEN.finditer(folded, first):
        dom, name, _, year, year_first, name_behind, _, dom_last = match.groups()
        month = _month(name or name_behind)
        value = _in_month(month, name, year or year_first, dom or dom_last)
        if value is not None:
            yield Moment(value, match.start(), match.end())
    for match in _MONTH_FIRST.finditer(folded, max(0, first - _LONGEST_MONTH)):
        name, second_name, dom, year = match.groups()
        month, start = _month(name), match.start()
        if month is None and second_name:
            # "EXAMPLE.COM / Dec 6, 2020": no month in two languages
            month, start = _month(second_name), match.start("m2")
        value = _in_month(month, name, year, dom)
        if value is not None:
            yield Moment(value, start, match.end())


def _in_month(month: int | None, name: str | None, year: str, dom: str) -> str | None:
    """Return a day in a month told by its number, or by its `name` in the Iranian calendar."""
    if month is not None:
        return _value(_gregorian(year), month, dom)
    if name is None or int(year) not in _IRANIAN_YEARS or name not in _iranian_months():
        return None
    return _from_iranian(int(year), _iranian_months()[name], int(dom))


def _from_iranian(year: int, month: int, dom: int) -> str | None:
    """Return the day of a date of the Iranian calendar, None where there is no such day.

    Leap years recur in cycles of 33 years: exact for the years from 1178 to 1633 of the calendar.
    """
    longest = 31 if month <= _LONG_MONTHS else 30
    if not (1 <= month <= 12 and 1 <= dom <= longest):
        return None
    months = 31 * min(month - 1, _LONG_MONTHS) + 30 * max(month - 1 - _LONG_MONTHS, 0)
    if months + dom > _iranian_new_year(year + 1) - _iranian_new_year(year):
        return None
    return date.fromordinal(_iranian_new_year(year) + months + dom - 1).isoformat()


def _iranian_new_year(year: int) -> int:
    return _BEFORE_IRANIAN_ERA + 365 * (year - 1) + (8 * year + 21) // 33 + 1


def _gregorian(year: str) -> str:
    """Return the year, one of the Buddhist era converted."""
    return str(int(year) - 543) if 2500 <= int(year) < 2700 else year


def _numeric(folded: str, order: Order | None) -> Iterator[Moment]:
    separated = _SEPARATED.search(folded) is not None
    patterns = () if folded.isascii() else (_CJK, _VIETNAMESE)
    for pattern in (*patterns, _YEAR_FIRST) if separated else patterns:
        for match in pattern.finditer(folded):
            if int(match["y"]) in _IRANIAN_YEARS:
                value = _from_iranian(int(match["y"]), int(match["m"]), int(match["d"]))
            else:
                value = _value(match["y"], match["m"], match["d"])
            if value is not None:
                yield Moment(value, match.start(), match.end())
    for match in _YEAR_LAST.finditer(folded) if separated else ():
        a, b = int(match["a"]), int(match["b"])
        # Only one order is written with full stops.
        known = "dmy" if "." in match["sep"] else order
        if a > 12 or (a == b):
            known = "dmy"
        elif b > 12:
            known = "mdy"
        if known is not None:
            dom, month = (a, b) if known == "dmy" else (b, a)
            value = _value(_gregorian(match["y"]), month, str(dom))
            if value is not None:
                yield Moment(value, match.start(), match.end())


def numeric_order(text: str) -> Order | None:
    """Return the order that a numeric day in `text` gives away by a number above twelve."""
    match = _YEAR_LAST.search(text) if len(text) <= _MOST_CHARACTERS else None
    if match is None or "." in match["sep"]:
        return None
    a, b = int(match["a"]), int(match["b"])
    return None if (a > 12) == (b > 12) else "dmy" if a > 12 else "mdy"


def _with_time(folded: str, moment: Moment) -> Moment:
    """Return the moment with the time that stands behind or in front of its day, if one does."""
    if _DIGIT.search(folded, moment.end) is not None:
        match = _TIME_AFTER.match(folded, moment.end)
        if match is not None:
            return _timed(moment, match, moment.start, match.end())
    if ":" in folded:
        match = _TIME_BEFORE.search(folded, max(0, moment.start - 40), moment.start)
        if match is not None:
            return _timed(moment, match, match.start(), moment.end)
    return moment


def _timed(moment: Moment, match: re.Match[str], start: int, end: int) -> Moment:
    parts = match.groupdict()
    hour = int(parts["hour"])
    half = parts.get("before") or parts["half"] or ""
    if half.startswith(_PM) and hour < 12:
        hour += 12
    elif half.startswith(_AM) and hour == 12:
        hour = 0
    clock = (str(hour), parts["minute"], parts["second"], _zone(parts["zone"]))
    year, month, dom = moment.value.split("-")
    value = _value(year, month, dom, clock)
    return moment if value is None else Moment(value, start, end)


def url_day(url: str) -> str | None:
    """Return the day that stands in an address ("/2020/01/08/…"), None for none or for several."""
    days: set[str] = set()
    for match in _URL_DAY.finditer(url[:_MOST_CHARACTERS]):
        year, _, named, dom, month, dom_together = match.groups()
        number = _months().get(named.lower(), named) if named else month
        try:
            value = _value(year, int(number), dom or dom_together)
        except ValueError:
            continue
        if value is not None:
            days.add(value)
    return days.pop() if len(days) == 1 else None
