"""Web archives (WARC 1.0 and 1.1, ISO 28500): their records, one after the other.

The libraries for WARC stop at the first broken byte. An archive of a crawl is worth more than
that: here its records are only told apart, with their offsets, and what is broken is stepped over
to the next record; the page in a record is unwrapped in the worker.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING

from cleaner.batch.payload import unwrapped
from cleaner.errors import InputError
from cleaner.headers import charset_of
from cleaner.records import Content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Problem", "Response", "Skipped", "read_response", "read_warc"]

_BLOCK = 1 << 16
_PEEK = 4096  # compressed bytes that give away what is in them
_GZIP = b"\x1f\x8b\x08"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LINE_ENDS = re.compile(rb"[\r\n]*")
_NEXT = re.compile(rb"WARC/1\.\d\r?\n")
_NEXT_LENGTH = 12
_LONGEST_HEAD = 1 << 16
_CUT = "the file ends in it"
_FIELD = re.compile(rb"^([A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_STATUS = re.compile(rb"HTTP/\S+ +(\d{3})")
_LENGTH = re.compile(r"[0-9]{1,18}")  # what is longer is no length of anything
_HELD = 8 << 20  # bytes of records that wait for their gzip member to prove sound, at most
_HTML = ("text/html", "application/xhtml+xml")
_HTTP = "application/http"


@dataclass(frozen=True, slots=True)
class Response:
    """A record with an HTML page: where it begins, its name, and the record itself."""

    offset: int
    identity: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Skipped:
    """A response that is no page, and why: its status, or what it is instead."""

    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something broken in an archive."""

    offset: int
    message: str


@dataclass(slots=True)
class _Part:
    """A piece of the decompressed archive.

    `offset` is where it is in the file (for gzip: its member). `first` and `last` mark the ends of
    a member; `broken` says why there is no more of this member.
    """

    offset: int
    data: bytes
    first: bool = False
    last: bool = False
    broken: str = ""


def read_warc(path: Path, most: int) -> Iterator[Response | Skipped | Problem]:
    """Yield the responses in an archive and what is wrong with it, in the order of the file.

    A record may have `most` bytes. Raises OSError where the file cannot be read and InputError
    without FastWARC.
    """
    if find_spec("fastwarc") is None:
        raise InputError(f"{path}: this needs FastWARC: pip install 'news-cleaner[warc]'")
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP[:2]
        file.seek(0)
        splitter = _Splitter(most, packed)
        for part in _members(file) if packed else _plain(file):
            yield from splitter.feed(part)


def read_response(data: bytes, most: int) -> Content:
    """Return the page in a response record, with its address and the day it was fetched.

    Raises InputError where the record or the HTTP message in it makes no sense.
    """
    fields, start = _head(data, 0)
    http, end = _head(data, start)
    if not start or not end:
        raise InputError("broken record: its head does not end")
    page = unwrapped(http, data[end:], most)
    url = fields.get("warc-target-uri", "").strip("<>")
    charset = charset_of(http.get("content-type"))
    return Content(page, "html", url or None, _day(fields.get("warc-date", "")), charset)


def _day(moment: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(moment[:10])
    except ValueError:
        return None


# --- pieces of the file ---------------------------------------------------------------------------


def _plain(file: IO[bytes]) -> Iterator[_Part]:
    offset = 0
    data = file.read(_BLOCK)
    while data:
        following = file.read(_BLOCK)
        yield _Part(offset, data, first=offset == 0, last=not following)
        offset += len(data)
        data = following


def _members(file: IO[bytes]) -> Iterator[_Part]:
    """Yield the decompressed members of a gzip file; after a broken one goes on with the next."""
    offset: int | None = 0
    while offset is not None:
        file.seek(offset)
        inflate = zlib.decompressobj(31)
        read, data, broken = offset, b"", ""
        yield _Part(offset, b"", first=True)
        while not inflate.eof and not broken:
            if not data:
                data = file.read(_BLOCK)
                read += len(data)
                if not data:
                    if read == offset:  # the file ends where it should
                        return
                    broken = _CUT
                    break
            try:
                piece = inflate.decompress(data, _BLOCK)
            except zlib.error as error:
                broken = str(error)
                break
            data = inflate.unconsumed_tail
            yield _Part(offset, piece)
        if broken and offset and _is_padding(file, offset):
            return
        yield _Part(offset, b"", last=True, broken=broken)
        offset = _resync(file, offset + 1) if broken else read - len(inflate.unused_data)


def _is_padding(file: IO[bytes], offset: int) -> bool:
    """Whether there are only zero bytes from `offset` on, which programs for tapes leave."""
    file.seek(offset)
    return not any(block.strip(b"\0") for block in iter(partial(file.read, _BLOCK), b""))


def _resync(file: IO[bytes], start: int) -> int | None:
    """Return where the next gzip member begins that holds a record, None for nowhere."""
    file.seek(start)
    position, window = start, b""
    while block := file.read(_BLOCK):
        window += block
        at = window.find(_GZIP)
        while at >= 0:
            if _holds_record(file, position + at):
                return position + at
            at = window.find(_GZIP, at + 1)
        kept = len(_GZIP) - 1
        position += len(window) - kept
        window = window[-kept:]
        file.seek(position + kept)
    return None


def _holds_record(file: IO[bytes], offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(_PEEK), 5) == b"WARC/"
    except zlib.error:
        return False


# --- records in the pieces ------------------------------------------------------------------------


class _Splitter:
    """Cuts the pieces of an archive into records of at most `most` bytes."""

    def __init__(self, most: int, packed: bool):
        self._most = most
        self._packed = packed
        self._buffer = bytearray()
        self._offset = 0  # of the buffer, in a file that is not compressed
        self._skip = 0  # bytes of a record too large
        self._lost = False  # something was broken: look for the next record
        self._held: list[Response | Skipped | Problem] = []
        self._held_bytes = 0

    def feed(self, part: _Part) -> Iterator[Response | Skipped | Problem]:
        """Take the next piece; yield what is complete now."""
        if part.first:
            self._buffer.clear()
            self._lost = False
            self._skip = 0
        self._buffer += part.data
        for found in self._split(part.offset, part.last and not part.broken):
            self._held.append(found)
            self._held_bytes += len(found.data) if isinstance(found, Response) else 0
        if part.broken:
            yield from self._broken(part)
        elif part.last or not self._packed or self._held_bytes > _HELD:
            yield from self._release()

    def _release(self) -> Iterator[Response | Skipped | Problem]:
        held, self._held, self._held_bytes = self._held, [], 0
        yield from held

    def _broken(self, part: _Part) -> Iterator[Response | Skipped | Problem]:
        """End a member that is broken; only a mere cut leaves what came before it in no doubt."""
        records = sum(isinstance(held, Response) for held in self._held)
        lost = ""
        if part.broken == _CUT:
            yield from self._release()
        elif records:
            lost = f" (and with it {records} records before)" if records > 1 else ""
        self._held.clear()
        self._held_bytes = 0
        yield Problem(part.offset, f"broken gzip member: {part.broken}{lost}")

    def _split(self, member: int, final: bool) -> Iterator[Response | Skipped | Problem]:
        while self._find_start():
            offset = member if self._packed else self._offset
            buffer = self._buffer
            head = _HEAD_END.search(buffer, 0, _LONGEST_HEAD)
            if not buffer.startswith(b"WARC/"[: len(buffer)]):
                yield Problem(offset, "no record begins here")
                self._lose(1)
                continue
            if head is None:
                if final or len(buffer) > _LONGEST_HEAD:
                    yield Problem(offset, "truncated record: its head does not end")
                    self._lose(1)
                    continue
                return
            fields = _fields(bytes(buffer[: head.start()]))
            length = fields.get("content-length", "")
            if not _LENGTH.fullmatch(length):
                yield Problem(offset, "a record without a length")
                self._lose(head.end())
                continue
            total = head.end() + int(length)
            if int(length) > self._most:
                yield Problem(offset, f"a record larger than {self._most >> 20} MB")
                self._skip = total
                continue
            if len(buffer) < total + _NEXT_LENGTH and not final:
                return
            if len(buffer) < total or not _is_start(buffer[total : total + _NEXT_LENGTH]):
                has = min(len(buffer), total) - head.end()
                said = (
                    f"{has} of {length} bytes" if has < int(length) else f"not its {length} bytes"
                )
                yield Problem(offset, f"truncated record: {said}")
                self._lose(head.end())
                continue
            record = bytes(buffer[:total])
            self._drop(total)
            if fields.get("warc-type") == "response":
                yield _response(offset, fields, record, head.end())

    def _find_start(self) -> bool:
        """Drop what belongs to no record; return whether anything is left."""
        if self._skip:
            skipped = min(self._skip, len(self._buffer))
            self._skip -= skipped
            self._drop(skipped)
        if self._lost:
            found = _NEXT.search(self._buffer)
            self._lost = found is None
            self._drop(found.start() if found else max(0, len(self._buffer) - _NEXT_LENGTH))
        else:
            self._drop(_line_ends(self._buffer))
        return bool(self._buffer) and not self._lost

    def _lose(self, count: int) -> None:
        self._lost = True
        self._drop(count)

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._offset += count


def _line_ends(buffer: bytearray) -> int:
    """Count the line ends that a buffer begins with, without a copy of all that follows."""
    match = _LINE_ENDS.match(buffer)
    return match.end() if match else 0


def _is_start(data: bytearray) -> bool:
    """Whether a record, or nothing at all, follows line ends."""
    data = data.lstrip(b"\r\n")
    return data.startswith(b"WARC/"[: len(data)])


def _fields(head: bytes) -> dict[str, str]:
    return {
        name.decode("ascii").lower(): value.decode("utf-8", "replace")
        for name, value in _FIELD.findall(head)
    }


def _head(data: bytes, start: int) -> tuple[dict[str, str], int]:
    """Return the fields of a head that begins at `start`, and its end: 0 where it has none."""
    end = _HEAD_END.search(data, start, start + _LONGEST_HEAD)
    return (_fields(data[start : end.start()]), end.end()) if end else ({}, 0)


def _response(offset: int, fields: dict[str, str], record: bytes, body: int) -> Response | Skipped:
    status = _STATUS.match(record, body)
    if status is None:  # a look-up of a name, or the answer of another protocol
        kind = _media_type(fields)
        return Skipped(offset, kind if kind and kind != _HTTP else "no answer by HTTP")
    code = status[1].decode("ascii")
    if not code.startswith("2"):
        return Skipped(offset, f"HTTP {code}")
    kind = _media_type(_head(record, body)[0])
    if kind and kind not in _HTML:
        return Skipped(offset, kind)
    identity = fields.get("warc-record-id", "").strip("<> ")
    return Response(offset, identity or None, record)


def _media_type(fields: dict[str, str]) -> str:
    return fields.get("content-type", "").partition(";")[0].strip().lower()
