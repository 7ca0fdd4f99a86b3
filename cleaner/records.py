"""Records of a data set: which field holds the page, its address, its name, its day of capture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.errors import EmptyInput, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.readers import Door

__all__ = ["Content", "Fields", "read_record"]


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
        """Return the name that `record` has for itself, None where it has none."""
        value = record.get(self.id or _ID)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        return None if value is None or value == "" else str(value)

    def _captured(self) -> tuple[str, ...]:
        return _CAPTURED if self.captured is None else (self.captured,)


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


def read_record(record: Mapping[str, Any], fields: Fields) -> Content:
    """Return what is to be cleaned of one record.

    Raises InputError where no field holds a page, or one holds what it cannot, and EmptyInput
    where the fields are there with nothing in them.
    """
    data, kind = _page(record, fields)
    url = record.get(fields.url or _URL)
    if isinstance(url, bytes):
        url = url.decode("utf-8", "replace")
    if url is not None and not isinstance(url, str):
        raise InputError(f"field {fields.url or _URL!r}: {type(url).__name__}, not text")
    captured = next((record[n] for n in fields._captured() if record.get(n) is not None), None)
    return Content(data, kind, url or None, _day(captured))


def _page(record: Mapping[str, Any], fields: Fields) -> tuple[bytes | str, Door]:
    contents = fields.contents()
    seen = None
    for name, kind in contents:
        value = record.get(name)
        if value is None:
            continue
        if isinstance(value, bytearray | memoryview):
            value = bytes(value)
        if not isinstance(value, bytes | str):
            raise InputError(f"field {name!r}: {type(value).__name__}, not text")
        if value.strip():
            return value, kind
        seen = name
    if seen is not None:
        raise EmptyInput(f"field {seen!r} is empty")
    names = ", ".join(name for name, _ in contents)
    raise InputError(f"no field holds a page (looked for {names})")


def _day(value: object) -> dt.date | None:
    """Return the day of a moment; the text of one begins with it in ISO 8601."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        if isinstance(value, str):
            return dt.date.fromisoformat(value.strip()[:10])
    except ValueError:
        pass
    raise InputError(f"day of capture: {value!r} is no ISO 8601 date")
