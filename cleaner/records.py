"""Records of a data set: which field holds the page, its address, its name, its day of capture.

A field that somebody named must hold what it should. One that is only usually called so may be
another thing altogether: where it does not fit, it is left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.errors import EmptyInput, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.readers import Door

__all__ = ["Content", "Fields", "Unreadable", "read_record"]


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record.

    None takes the usual names. The page is in the first of these that is there and not empty:
    `html` (usually "html" or "raw_html"), `text` ("text"), or "content" or "raw_content", which
    may hold either. `captured` is the day of the fetch, never the day of publication.
    """

    html: str | None = None
    text: str | None = None
    url: str | None = None
    id: str | None = None
    captured: str | None = None

    def contents(self) -> tuple[tuple[str, Door], ...]:
        """Return the fields that may hold the page, in order, and what each of them holds."""
        if self.html is None and self.text is None:
            return _CONTENTS
        named: tuple[tuple[str | None, Door], ...] = ((self.html, "html"), (self.text, "text"))
        return tuple((name, kind) for name, kind in named if name is not None)

    def wanted(self, names: Iterable[str]) -> list[str]:
        """Return those of `names` that hold anything for us."""
        contents = [name for name, _ in self.contents()]
        others = (self.url or _URL, self.id or _ID, *self._captured())
        return [name for name in names if name in (*contents, *others)]

    def identity(self, record: Mapping[str, Any]) -> str | None:
        """Return the name that `record` has for itself, None where it has none, or no plain one."""
        value = _value(record, self.id or _ID)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        unfit = isinstance(value, Unreadable | Mapping | list)
        return None if value is None or unfit else str(value) or None

    def _captured(self) -> tuple[str, ...]:
        return _CAPTURED if self.captured is None else (self.captured,)

    def _contents_are_named(self) -> bool:
        return self.html is not None or self.text is not None


_CONTENTS: tuple[tuple[str, Door], ...] = (
    ("html", "html"), ("raw_html", "html"), ("text", "text"), ("content", "auto"),
    ("raw_content", "auto"),
)  # fmt: skip
_URL = "url"
_ID = "id"
_CAPTURED = ("captured", "crawl_date")


@dataclass(frozen=True, slots=True)
class Content:
    """What `cleaner.clean` takes."""

    data: bytes | str
    kind: Door
    url: str | None = None
    captured: dt.date | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """In place of a value that there is, but that cannot be had, and why."""

    reason: str


def read_record(record: Mapping[str, Any], fields: Fields) -> Content:
    """Return what is to be cleaned of one record.

    Raises InputError where no field holds a page, or one that was named holds what it cannot, and
    EmptyInput where the fields are there with nothing in them.
    """
    data, kind = _page(record, fields)
    return Content(data, kind, _url(record, fields), _captured(record, fields))


def _page(record: Mapping[str, Any], fields: Fields) -> tuple[bytes | str, Door]:
    contents = fields.contents()
    empty: InputError | None = None
    unfit: InputError | None = None
    for name, kind in contents:
        value = _value(record, name)
        if value is None:
            continue
        if isinstance(value, bytearray | memoryview):
            value = bytes(value)
        if not isinstance(value, bytes | str):
            unfit = unfit or _not_text(name, value)
            if fields._contents_are_named():
                raise unfit
        elif value.strip():
            return value, kind
        else:
            empty = EmptyInput(f"field {name!r} is empty")
    names = ", ".join(name for name, _ in contents)
    raise unfit or empty or InputError(f"no field holds a page (looked for {names})")


def _url(record: Mapping[str, Any], fields: Fields) -> str | None:
    name = fields.url or _URL
    value = _value(record, name)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return value or None
    if value is None or fields.url is None:
        return None
    raise _not_text(name, value)


def _captured(record: Mapping[str, Any], fields: Fields) -> dt.date | None:
    """Return the first day that one of the fields holds."""
    for name in fields._captured():
        value = _value(record, name)
        day = _day(value)
        if day is not None:
            return day
        blank = value is None or (isinstance(value, str) and not value.strip())
        if fields.captured is not None and not blank:
            raise _unfit(name, value, f"day of capture: {value!r} is no ISO 8601 date")
    return None


def _day(value: object) -> dt.date | None:
    """Return the day of a moment, None where it has none; text in ISO 8601 begins with it."""
    try:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, str):
            return dt.date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
    return value if isinstance(value, dt.date) else None


def _value(record: Mapping[str, Any], name: str) -> Any:
    """Return what is in a field, None for nothing.

    Where there is nothing, pandas has NaN or NaT, which do not even equal themselves.
    """
    value = record.get(name)
    missing = isinstance(value, float | dt.datetime) and value != value  # noqa: PLR0124
    return None if missing else value


def _not_text(name: str, value: object) -> InputError:
    return _unfit(name, value, f"field {name!r}: {type(value).__name__}, not text")


def _unfit(name: str, value: object, message: str) -> InputError:
    if isinstance(value, Unreadable):
        message = f"field {name!r} cannot be read: {value.reason}"
    return InputError(message)
