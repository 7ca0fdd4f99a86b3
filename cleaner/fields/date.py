"""The dates: stated, in the order of credibility; never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Caution, Reason
from cleaner.dates import find_dates, parse_iso
from cleaner.labels.media import caption_day_start

if TYPE_CHECKING:
    from cleaner.page import FactName, Page

__all__ = ["date", "date_not_before"]

_ORDER = ("dump-header", "json-ld", "meta", "time", "text")
_FIRST_YEAR = "1990"


def date(page: Page, name: FactName = "date") -> tuple[str | None, str | None]:
    """Return the date called `name` ("date" or "modified") and the kind of statement it is from.

    An implausible statement is passed over with a warning.
    """
    for source in _ORDER:
        for fact in page.stated(name, source):
            value = _read(fact.value)
            if value is None:
                continue
            if value[:4] < _FIRST_YEAR:
                page.warn(Caution.DATE_IMPLAUSIBLE)
                continue
            return value, source
    return None, None


def _read(text: str) -> str | None:
    value = parse_iso(text)
    if value is not None:
        return value
    days = find_dates(text)
    return days[0][0].isoformat() if len(days) == 1 else None


def date_not_before(page: Page) -> str | None:
    """Return the latest day that closes a media caption, None for none.

    What shows a video of that day was not published before it: a bound, not the date.
    """
    days = []
    for block in page.blocks:
        if block.reason is Reason.MEDIA_CAPTION:
            start = caption_day_start(block.text)
            if start is not None:
                days.append(find_dates(block.text[start:])[0][0])
    return max(days).isoformat() if days else None
