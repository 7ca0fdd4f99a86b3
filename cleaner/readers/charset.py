"""Bytes to text.

In this order: a byte-order mark; valid UTF-8, whatever the page claims, since other encodings
hardly ever happen to be valid UTF-8; nearly valid UTF-8, where one broken byte must not turn the
page into mojibake; what the page declares; what is said about it elsewhere, a server's header
for instance, which is often the same for all of its pages; detection.
"""

from __future__ import annotations

import codecs
import re
import string
from typing import NamedTuple

from cleaner.errors import BinaryInput

__all__ = ["Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that write everything in ASCII bytes: valid UTF-8 is no evidence against them. The
# escape sequence of the Japanese one stands in no other text.
_SEVEN_BIT = re.compile(rb"\x1b[$(]|~\{")
_JAPANESE = re.compile(rb"\x1b\$[@B]")
# Character sets by their Python names; `codecs` also knows ciphers, escapes and compressions.
_CHARACTER_SET = re.compile(
    r"utf-(?:8|16|32)|ascii|cp\d|iso8859|iso2022|koi8|kz1048|ptcp|mac|gb|big5|euc|shift_jis|johab|hz"
    r"|tis"
)
# Browsers read these labels as a superset (WHATWG Encoding Standard).
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932",
    "big5": "big5hkscs",
}  # fmt: skip
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b",
    b"\x7fELF", b"\xfd7zXZ", b"Rar!\x1a", b"\x28\xb5\x2f\xfd", b"OggS\0", b"\x00\x00\x01\x00",
)  # fmt: skip
# Which bytes of four are not zero where ASCII is written in a wide encoding.
_TEXT_AT = {"utf-32-le": {0}, "utf-32-be": {3}, "utf-16-le": {0, 2}, "utf-16-be": {1, 3}}
_ODD = bytes((*range(9), *range(14, 27), *range(28, 32)))  # controls that text has no use for
_DECLARATION_WITHIN = 4096
# Whole non-ASCII characters for each broken one in nearly valid UTF-8. Chinese in its own encodings
# has half a one by chance, others have hardly any; descriptions are often cut inside a character.
_INTACT = 3
_INTACT_AS_SAID = 2 / 3  # where the page, or who sent it, calls it UTF-8
_MARKUP = re.compile(rb"<[^<>]*>")
_ASCII_LETTERS = string.ascii_letters.encode()
# ASCII, and the typographic marks of windows-1252.
_NO_LETTERS = bytes(range(0x80)) + "‚„…‘’“”•–—™\xa0§©«®°·»€£".encode("cp1252")
# What pages are written in, of all that the detector knows (WHATWG Encoding Standard).
_ON_THE_WEB = [
    *(f"cp{n}" for n in range(1250, 1259)), *(f"iso8859_{n}" for n in (2, 5, 7, 8)),
    "koi8_r", "koi8_u", "cp866", "cp874", "gb18030", "big5", "big5hkscs", "euc_jp", "cp932",
    "euc_kr", "cp949",
]  # fmt: skip
# Letters that no western language has, and those that would be symbols inside words there.
_EASTERN = re.compile("[ŠšŽžÝý]|[a-z][¹³¿±¶¼º¾ª][a-z]".encode("cp1252"))
# What servers say of all pages because it is written in their manuals.
_SAYS_NOTHING = ("utf-8", "cp1252")
_ALIKE = 0.02  # difference in the detector's measure of noise
_FEW = 0.02  # other bytes for each ASCII letter


class Decoded(NamedTuple):
    """The text of some bytes, whether every one of them made sense, and if they are the text's
    own UTF-8.
    """

    text: str
    intact: bool
    is_utf8: bool = False


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """Return the text of `data`.

    `hint` is the label of an encoding, believed where the data say nothing themselves.
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
        return _decode_other(data, hint)
    # Both are rare, and told faster by these than by searching for what they write.
    seven_bit = b"\x1b" in data or b"hz-gb" in data[:_DECLARATION_WITHIN].lower()
    if seven_bit and _SEVEN_BIT.search(data) is not None:
        declared = _declared(data)
        if declared is not None and declared.startswith(("iso2022", "hz")):
            return _lenient(data, declared)
        if _JAPANESE.search(data) is not None:
            return _lenient(data, "iso2022_jp")
    return Decoded(text, intact=True, is_utf8=True)


def _decode_other(data: bytes, hint: str | None) -> Decoded:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    intact = len(text) - len(text.encode("ascii", "ignore")) - broken
    if intact >= _INTACT * broken or (intact and _is_valid_start(data, "utf-8")):
        return Decoded(text, intact=False)
    declared, hinted = _declared(data), _encoding(hint)
    if (declared or hinted) == "utf-8" and intact >= _INTACT_AS_SAID * broken:
        return Decoded(text, intact=False)
    if declared is not None and declared != "utf-8":
        return _lenient(data, declared)
    if hinted is not None and hinted not in _SAYS_NOTHING:
        decoded = _lenient(data, hinted)
        if decoded.intact:
            return decoded
    return _detect(data)


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), intact=True)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), intact=False)


def _declared(data: bytes) -> str | None:
    """Return Python's name of the encoding in an XML declaration or <meta>, None for none."""
    from bs4.dammit import EncodingDetector  # noqa: PLC0415  (heavy, and most need it not)

    head = data[:_DECLARATION_WITHIN]
    return _encoding(
        EncodingDetector.find_declared_encoding(head, is_html=True, search_entire_document=True)
    )


def _encoding(label: str | None) -> str | None:
    """Return Python's name of the encoding that a label means, None for none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return None
    if _CHARACTER_SET.match(name) is None:
        return None
    if name.startswith(("utf-16", "utf-32")):  # it could not have been read as ASCII then
        return "utf-8"
    return _SUPERSETS.get(name, name)


def _detect(data: bytes) -> Decoded:
    """Decode by what the text looks like, markup aside."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (heavy, and most need it not)

    text = _MARKUP.sub(b" ", data)
    if _is_nearly_ascii(text):
        return _lenient(data, "cp1252")
    matches = from_bytes(text, steps=10, chunk_size=4096, cp_isolation=_ON_THE_WEB)
    best = matches.best()
    if best is None:
        return Decoded(data.decode("cp1252", "replace"), intact=False)
    # Short western text looks to the detector like its eastern neighbours'.
    if best.encoding in ("cp1250", "cp1257") and _EASTERN.search(text) is None:
        for match in matches:
            alike = match.chaos <= best.chaos + _ALIKE and match.coherence >= best.coherence
            if match.encoding == "cp1252" and alike:
                best = match
                break
    return _lenient(data, _SUPERSETS.get(codecs.lookup(best.encoding).name, best.encoding))


def _is_nearly_ascii(text: bytes) -> bool:
    """Whether too little is not ASCII to guess from: quotation marks, a foreign name."""
    letters = len(text) - len(text.translate(None, _ASCII_LETTERS))
    return len(text.translate(None, _NO_LETTERS)) <= _FEW * letters


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a mark by where the zero bytes of their ASCII stand."""
    sample = data[:2000]
    quarter = len(sample) // 4
    if quarter == 0 or sample.count(0) < quarter:
        return None
    zeros = [sample[i::4].count(0) / quarter for i in range(4)]
    for encoding, text_at in _TEXT_AT.items():
        if all((zero < 0.2) == (i in text_at) for i, zero in enumerate(zeros)):
            return encoding if _is_valid_start(sample, encoding) else None
    return None


def _is_valid_start(data: bytes, encoding: str) -> bool:
    """Whether nothing is wrong with `data` but perhaps its end inside a character."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_binary(data: bytes) -> None:
    if data.startswith(_MAGIC):
        raise BinaryInput("this is a binary file, not text or HTML")
    sample = data[:8000]
    if _wide(sample):
        return
    odd = len(sample) - len(sample.translate(None, _ODD))
    if odd > max(8, len(sample) // 20):
        raise BinaryInput("this is binary data, not text or HTML")
