"""Unicode and white space: what text looks like in the output, and how it is compared.

Two forms. The *normal* form is what is published: NFC, one space for any run of white space,
invisible characters gone, quotation marks and dashes as the publisher typed them. The *folded*
form is what rules are matched against: lower case, one kind of quote, one kind of dash, the marks
of Chinese and Japanese as narrow as others.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "normal", "printable", "words"]

# Zero-width spaces, soft hyphens, byte-order marks and direction marks carry no content. Joiners
# (U+200C, U+200D) stay: Persian and Indic spelling and emoji need them. Controls count as white
# space or nothing; a lone surrogate cannot be written as UTF-8.
_DIRECTION = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = "".join(map(chr, (0xAD, 0x200B, 0x2060, 0xFEFF, *_DIRECTION)))
_CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
_CLEAN = dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_CONTROLS, " ")
_JOINERS = " \u200c\u200d"
_SURROGATES = "\ud800-\udfff"
_UNCLEAN = re.compile(f"[{_CONTROLS}{_SURROGATES}{_INVISIBLE}]")

_FOLDED = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("ⓒⒸ", "©"),
    **dict(zip("＆：！？＞／，＝", "&:!?>/,=", strict=True)),  # as wide as a Chinese letter
    "İ": "i",  # the one letter whose lower case is longer than itself
    "ı": "i",  # what the lower case of a Turkish I should be and is not
}
_FOLDABLE = re.compile(f"[{''.join(_FOLDED)}]")
_WORD = re.compile(r"\w+")
_MOST_MARKS = 100  # on one letter


def normal(text: str) -> str:
    """Return `text` in normal form on one line."""
    line = text.strip()
    # Printable text has no white space but spaces, and none of the characters to be scrubbed;
    # asking is cheaper than searching.
    if "  " in line or not line.isprintable():
        line = " ".join(line.split())
        if not line.isprintable():
            line = _scrub(line).strip(_JOINERS)  # at an end they join nothing
    if line.isascii() or unicodedata.is_normalized("NFC", line):
        return line
    return " ".join(_composed(line).split())


def _composed(text: str) -> str:
    """Return `text` in NFC, but for letters under more marks than any writing puts on one.

    The time to sort the marks on one letter grows with their square, so that such a row is
    composed piece by piece (compare the Stream-Safe Text Format of UAX #15).
    """
    if len(text) <= _MOST_MARKS:
        return unicodedata.normalize("NFC", text)
    pieces: list[str] = []
    start = marks = 0
    for at, char in enumerate(text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MOST_MARKS:
            pieces.append(unicodedata.normalize("NFC", text[start:at]))
            start, marks = at, 1
    pieces.append(unicodedata.normalize("NFC", text[start:]))
    return "".join(pieces)


def _scrub(text: str) -> str:
    clean = _UNCLEAN.sub(lambda found: _CLEAN.get(found[0], "\ufffd"), text)
    return " ".join(clean.split())


def fold(text: str) -> str:
    """Return the folded form of a normal `text`, of the same length, for matching."""
    if text.isascii():  # one of the characters to be folded is
        return text.replace("`", "'").lower()
    return _FOLDABLE.sub(lambda match: _FOLDED[match[0]], text).lower()


def words(text: str) -> list[str]:
    """Return the lower-case words of `text`, punctuation left out."""
    return _WORD.findall(text.lower())


def printable(text: str) -> str:
    """Return `text` with escapes for what would break a line or command a terminal."""
    if text.isprintable():
        return text
    joiners = "\u200c\u200d"
    return "".join(c if c.isprintable() or c in joiners else repr(c)[1:-1] for c in text)
