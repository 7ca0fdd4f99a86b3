"""The body of an HTTP message in an archive: as the server wrapped it, or unwrapped already.

Crawlers differ: some store what came over the wire, others what was in it, and many of the latter
keep headers that tell of a wrapping which is gone. So a header is believed where the bytes bear it
out, and what is text as it stands is left as it stands.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING

from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["unwrapped"]

_GZIP = b"\x1f\x8b"
_GZIP_FORMAT, _ZLIB_FORMAT, _BARE_FORMAT = 31, 15, -15  # as zlib calls them
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,16}[ \t]{0,16}(?:;[^\r\n]{0,100})?\r?\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # what no encoding of text begins with
_START = 512
_LONGEST_CAUSE = 200  # characters; libraries quote all the data that they do not understand


def unwrapped(fields: Mapping[str, str], body: bytes, most: int) -> bytes:
    """Return the page in a message with the header `fields` (names in lower case).

    Of a page larger than `most` bytes there is at least one byte more. Raises InputError where the
    body is damaged or ends too early.
    """
    for coding in _codings(fields):
        body = _without(coding, body, most)
    return body


def _codings(fields: Mapping[str, str]) -> list[str]:
    """Return what a body is wrapped in, the outermost first."""
    headers = ("transfer-encoding", "content-encoding")
    return [
        coding.strip().lower()
        for header in headers
        for coding in reversed(fields.get(header, "").split(","))
    ]


def _without(coding: str, body: bytes, most: int) -> bytes:
    """Take off one coding; one that is unknown, or that is not there, takes nothing off."""
    try:
        match coding:
            case "gzip" | "x-gzip" if body.startswith(_GZIP):
                return _inflated(body, most, _GZIP_FORMAT)
            case "deflate":
                is_zlib = body[:1] == b"\x78"  # many servers send what is in a zlib stream, bare
                return _inflated(body, most, _ZLIB_FORMAT if is_zlib else _BARE_FORMAT)
            case "chunked" if _CHUNK.match(body):
                return _read_by_fastwarc("Transfer-Encoding", coding, body, most)
            case "br" | "zstd":
                return _read_by_fastwarc("Content-Encoding", coding, body, most)
    except (OSError, zlib.error) as error:
        if coding == "chunked" or _CONTROL.search(body, 0, _START):
            raise InputError(f"broken {coding} data: {str(error)[:_LONGEST_CAUSE]}") from error
    return body


def _inflated(body: bytes, most: int, form: int) -> bytes:
    """Decompress all members of a body; what follows the last is no part of it."""
    page = b""
    while True:
        inflate = zlib.decompressobj(form)
        page += inflate.decompress(body, most + 1 - len(page))
        if len(page) > most:
            return page
        if not inflate.eof:
            raise zlib.error("they end too early")
        body = inflate.unused_data
        if not (form == _GZIP_FORMAT and body.startswith(_GZIP)):
            return page


def _read_by_fastwarc(header: str, coding: str, body: bytes, most: int) -> bytes:
    """Take off a coding that FastWARC knows, by a record with nothing else in it."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415  (an extra)

    message = f"HTTP/1.1 200 OK\r\n{header}: {coding}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(message)}\r\n\r\n"
    )
    archive = ArchiveIterator(io.BytesIO(head.encode() + message), auto_decode="all")
    return next(iter(archive)).reader.read(most + 1)
