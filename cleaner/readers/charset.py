"""Bytes to text.

In this order: a byte-order mark; valid UTF-8, whatever the page claims, since other encodings
hardly ever happen to be valid UTF-8; what the page declares; nearly valid UTF-8, where one broken
byte must not turn the page into mojibake; detection.
"""

from __future__ import annotations

import codecs
import re

from cleaner.errors import BinaryInput

__all__ = ["decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that write everything in ASCII bytes: valid UTF-8 is no evidence against them.
_SEVEN_BIT = re.compile(rb"\x1b[$(]|~\{")
# Browsers read these labels as a superset (WHATWG Encoding Standard).
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932",
    "big5": "big5hkscs",
}  # fmt: skip
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"BZh",
    b"\x7fELF", b"\xfd7zXZ", b"Rar!", b"\x28\xb5\x2f\xfd", b"OggS", b"\x00\x00\x01\x00",
)  # fmt: skip
_DECLARATION_WITHIN = 4096
_MOST_BROKEN = 0.01  # of the non-ASCII bytes of nearly valid UTF-8


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text of `data` and whether every byte of it made sense.

    Raises BinaryInput for bytes that are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    _refuse_binary(data)
    wide = _wide(data)
    if wide:
        return _lenient(data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data)
    if _SEVEN_BIT.search(data) is not None:
        declared = _declared(data)
        if declared is not None and declared.startswith(("iso2022", "hz")):
            return _lenient(data, declared)
    return text, True


def _decode_other(data: bytes) -> tuple[str, bool]:
    declared = _declared(data)
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared), True
        except UnicodeDecodeError:
            pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    intact = sum(map(text.count, "\u2018\u2019\u201c\u201d\u2013\u2014")) + _multibyte(text)
    if broken <= max(1, _MOST_BROKEN * intact) and intact > broken:
        return text, False
    if declared is not None and declared != "utf-8":
        return _lenient(data, declared)
    return _detect(data)


def _multibyte(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _lenient(data: bytes, encoding: str) -> tuple[str, bool]:
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), False


def _declared(data: bytes) -> str | None:
    """Return Python's name of the encoding in an XML declaration or <meta>, None for none."""
    from bs4.dammit import EncodingDetector

    head = data[:_DECLARATION_WITHIN]
    label = EncodingDetector.find_declared_encoding(head, is_html=True, search_entire_document=True)
    if not label:
        return None
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32")):  # it could not have been read as ASCII then
        return "utf-8"
    return _SUPERSETS.get(name, name)


def _detect(data: bytes) -> tuple[str, bool]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_exclusion=["utf_7"]).best()
    if best is None:
        return data.decode("cp1252", "replace"), False
    return _lenient(data, _SUPERSETS.get(codecs.lookup(best.encoding).name, best.encoding))


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a mark by where the zero bytes of their ASCII stand."""
    sample = data[:2000]
    quarter = len(sample) // 4
    if quarter == 0 or sample.count(0) < quarter:
        return None
    zeros = [sample[i::4].count(0) / quarter for i in range(4)]
    for encoding, text_at in (("utf-32-le", {0}), ("utf-32-be", {3}), ("utf-16-le", {0, 2}), ("utf-16-be", {1, 3})):
        if all((zero < 0.2) == (i in text_at) for i, zero in enumerate(zeros)):
            return encoding
    return None


def _refuse_binary(data: bytes) -> None:
    if data.startswith(_MAGIC):
        raise BinaryInput("this is a binary file, not text or HTML")
    sample = data[:8000]
    if _wide(sample):
        return
    odd = sum(sample.count(c) for c in (*range(9), *range(14, 27), *range(28, 32)))
    if odd > max(8, len(sample) // 20):
        raise BinaryInput("this is binary data, not text or HTML")
