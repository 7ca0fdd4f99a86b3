"""What single characters tell the models: the kind of script, how a text ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ENDINGS", "WIDE_FACTOR", "is_wide"]

# How a text ends: with a full stop, a question or exclamation, a quotation, a colon, trailing off,
# or in the middle.
ENDINGS = {
    **dict.fromkeys(".。．।۔", 0), **dict.fromkeys("!?！？؟", 1),
    **dict.fromkeys("\"”’»'）)』」", 2), **dict.fromkeys(":：", 3), "…": 4, ",": 5,
}  # fmt: skip
WIDE_FACTOR = 2.5
_WIDE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")  # one letter says what three do elsewhere
_MUCH = 0.3  # of the characters
_SAMPLE = 40  # texts looked at to tell the script


def is_wide(texts: Sequence[str], head: int) -> bool:
    """Whether texts are in a script of wide letters, judged by the first `head` characters each."""
    step = max(1, len(texts) // _SAMPLE)
    sample = "".join([text[:head] for text in texts[::step]])
    if sample.isascii():
        return False
    # A wide letter is three bytes long: where there are few more bytes than characters, there are
    # few of them. Counting bytes is cheaper than searching.
    more = len(sample.encode("utf-8", "surrogatepass")) - len(sample)
    enough = _MUCH * len(sample)
    return more > 2 * enough and len(_WIDE.findall(sample)) > enough
