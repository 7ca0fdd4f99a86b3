"""The language in which noise phrases are written.

A phrase is plain words, compared without regard to case, kind of quote or dash, bullets in front
and punctuation behind. Beyond words it knows:

    (a|b c)   one of these          [a|b]   one of these, or nothing
    #         a number              …       a gap: up to 12 words inside a phrase,
                                            any text at either end
    \\        the next character as it is

Gaps stand between words, outside brackets, at most two inside a phrase; so no phrase can take
more than linear time, whatever the text.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.normalize import fold
from cleaner.rules.keys import BULLETS, TAIL, beginning, key
from cleaner.rules.sequence import PhraseError, expression, follows, forms, lasts, needs, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.rules.sequence import Groups

__all__ = ["Phrase"]

_MOST_GAPS = 2
_DEEPEST = 20  # brackets in brackets
_LONGEST = 1000
_GAP = r"[ ](?:[^ ]+[ ]){0,12}?"
_STRUCTURE = re.compile(r"\\.?|[()\[\]…]", re.DOTALL)  # what is escaped has none
# A bracket of plain words, alone or in front: most phrases begin so, and need no reading.
_FLAT = re.compile(r"\((?P<options>[^()\[\]\\#]+)\)(?=[ ]|\Z)")
_WORD = re.compile(r"\w+(?=[ ]|\Z)")
_NOTHING = frozenset[str]()


class Phrase:
    """One phrase, read as far as somebody asks: most are never tried on a line.

    `forms` holds every wording of a phrase without gaps and numbers (a `literal` one), ready for a
    look-up; others are matched by `pattern`, and are found by their `firsts` (possible first words)
    or, where a gap stands in front, by their `lasts` (possible last words). Raises PhraseError, for
    what is not looked at at once when `check` is called.
    """

    def __init__(self, text: str):
        self.text = text
        if len(text) > _LONGEST:
            raise PhraseError(f"longer than {_LONGEST} characters")
        parts = _split_gaps(fold(text))
        self.open_start = parts[0].strip() == ""
        self.open_end = len(parts) > 1 and parts[-1].strip() == ""
        inner = parts[self.open_start : len(parts) - self.open_end]
        if not inner or not all(part.strip() for part in inner):
            raise PhraseError("a gap needs words beside it")
        if len(inner) - 1 > _MOST_GAPS:
            raise PhraseError(f"more than {_MOST_GAPS} gaps inside would be slow")
        if self.open_start and self.open_end:
            raise PhraseError("a phrase open at both ends would match almost anything")
        if not self.open_start:
            inner[0] = inner[0].lstrip(BULLETS)  # as it is cut from lines
        # Kept as text: what is read is thousands of lists.
        self._segments = tuple(part.strip() for part in inner)
        gapless = len(inner) == 1 and not self.open_start and not self.open_end
        wordings = _wordings(self._segments[0]) if gapless and "#" not in text else None
        self.literal = wordings is not None
        self.forms = frozenset(map(key, _tidied(wordings or ())))
        if "" in self.forms:
            raise PhraseError("it would match a line without words")

    def check(self) -> None:
        """Read all of the phrase. Raises PhraseError."""
        sequences = list(map(read, self._segments))
        if self.open_start:
            lasts(sequences[-1])
        elif not self.literal:
            follows(sequences[0])

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The words that it can begin with, none for a gap or a literal phrase."""
        if self.open_start or self.literal:
            return _NOTHING
        found = _flat_firsts(self._segments[0])
        return frozenset(self._follows) if found is None else found

    @cached_property
    def lasts(self) -> frozenset[str]:
        """The words that it can end with, where a gap stands in front."""
        return lasts(read(self._segments[-1])) if self.open_start else _NOTHING

    def seconds(self, first: str) -> frozenset[str]:
        """Return what must follow the first word (see `keys.beginning`), nothing for anything."""
        return self._follows.get(first, _NOTHING)

    def may_match(self, folded: str) -> bool:
        """Whether a line has words of which every wording has one: cheaper than the pattern."""
        for group in self._needs:
            for word in group:
                if word in folded:
                    break
            else:
                return False
        return True

    @cached_property
    def _follows(self) -> Mapping[str, frozenset[str]]:
        return follows(read(self._segments[0]))

    @cached_property
    def _needs(self) -> Groups:
        return tuple(group for segment in self._segments for group in needs(read(segment)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a whole folded line; group 1 is the wording up to an open end."""
        core = _GAP.join(expression(read(segment)) for segment in self._segments)
        head = r"(?:.*[^\w])?" if self.open_start else ""
        rest = r"(?:(?<!\w)|(?!\w))(.*)" if self.open_end else "()"
        return re.compile(rf"{head}({core}){rest}[{re.escape(TAIL)}]*\Z", re.DOTALL)


def _wordings(segment: str) -> Iterable[str] | None:
    """Return every wording of a segment, None where there are too many."""
    flat = _FLAT.fullmatch(segment)
    return forms(read(segment)) if flat is None else flat["options"].split("|")


def _tidied(wordings: Iterable[str]) -> Iterable[str]:
    """Return wordings with single spaces: what may be left out leaves two around it."""
    return (" ".join(form.split()) if "  " in form else form for form in wordings)


def _flat_firsts(segment: str) -> frozenset[str] | None:
    """Return what a segment can begin with where that is plain to see, None where it is not."""
    word = _WORD.match(segment)
    if word is not None:
        return frozenset((beginning(word[0])[0],))
    flat = _FLAT.match(segment)
    if flat is None:
        return None
    found = frozenset(beginning(option)[0] for option in flat["options"].split("|"))
    return None if "" in found else found


def _split_gaps(text: str) -> list[str]:
    if "…" not in text and text.count("(") + text.count("[") <= _DEEPEST:
        return [text]
    depth, segments, start = 0, [], 0
    for mark in _STRUCTURE.finditer(text):
        if mark[0] in "([":
            depth += 1
            if depth > _DEEPEST:
                raise PhraseError(f"more than {_DEEPEST} brackets in brackets")
        elif mark[0] in ")]":
            depth -= 1
        elif mark[0] == "…":
            if depth:
                raise PhraseError("a gap inside brackets")
            segments.append(text[start : mark.start()])
            start = mark.end()
    segments.append(text[start:])
    return segments
