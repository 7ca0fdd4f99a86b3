"""Readers: from bytes or text to the model of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cleaner.article import Caution
from cleaner.readers.charset import decode
from cleaner.readers.sniff import MARKDOWN, sniff
from cleaner.readers.text import read_text

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["Door", "read"]

Door = Literal["auto", "html", "text"]


def read(
    data: bytes | str, kind: Door = "auto", suffix: str = "", encoding: str | None = None
) -> Page:
    """Return the page that `data` holds.

    `suffix` is a file name's, a hint at its kind; `encoding` a hint at that of its bytes.

    Raises BinaryInput for bytes that are no text and ValueError for an unknown `kind`.
    """
    if kind not in ("auto", "html", "text"):
        raise ValueError(f"unknown kind {kind!r}: 'auto', 'html' or 'text'")
    text, intact, is_utf8 = (
        decode(data, encoding) if isinstance(data, bytes) else (data, True, False)
    )
    document = sniff(text, suffix) if kind == "auto" else kind
    if document == "html":
        from cleaner.readers.html import read_html  # noqa: PLC0415  (dumps need no lxml)

        # Bytes that need no decoding are spared the way back.
        page = read_html(data if is_utf8 else text)
    else:
        page = read_text(text, markdown=suffix == MARKDOWN)
    if not intact:
        page.warn(Caution.DECODING_ERRORS)
    return page
