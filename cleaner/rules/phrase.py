"""The language in which noise phrases are written.

A phrase is plain words, compared without regard to case, kind of quote or dash, bullets in front
and punctuation behind. Beyond words it knows:

    (a|b c)   one of these          [a|b]   one of these, or nothing
    #         a number              …       a gap: up to 12 words inside a phrase,
                                            any text at either end
    \\        the next character as it is

A mark needs no space beside it: "more : …" is "more: …" as well. Gaps stand between words, outside
brackets, at most two inside a phrase; so no phrase can take more than linear time, whatever the
text.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cleaner.normalize import fold
from cleaner.rules.keys import BULLETS, TAIL, key
from cleaner.rules.sequence import PhraseError, expression, follows, forms, lasts, needs, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from cleaner.rules.sequence import Groups

__all__ = ["Keys", "Phrase"]

_MOST_GAPS = 2
_DEEPEST = 20  # brackets in brackets
_LONGEST = 1000
_GAP = r"[ ](?:[^ ]+[ ]){0,12}?"
# A gap in front of a mark, which holds no such mark itself.
_GAP_TO_MARK = r"(?:[ ][^ {mark}]++){{0,12}}?[ ]?"
_MARKS = ",.:;!?"
_SPACE_BY_MARK = re.compile(rf" (?=[{_MARKS})\]](?: |\Z))|(?<=[(\[]) ")
_STRUCTURE = re.compile(r"\\.?|[()\[\]…]", re.DOTALL)  # what is escaped has none
# A bracket of plain words: many phrases are no more, and need no reading.
_FLAT = re.compile(r"\((?P<options>[^()\[\]\\#]+)\)")


class Keys(NamedTuple):
    """What a phrase is looked up by.

    `forms` are all wordings of a phrase without gaps and numbers, None where there are too many, or
    gaps or numbers; then it is looked up by its possible first words, each with what must follow it
    (see `keys.beginning`; parted by blanks, "" for anything), or where a gap stands in front by its
    last ones.
    """

    forms: Collection[str] | None
    firsts: Mapping[str, str]
    lasts: Collection[str]


class Phrase:
    """One phrase, read as far as somebody asks: most are never tried on a line.

    What it is looked up by is found out at once, unless its `keys` are known: one with `forms` is
    `literal`, ready for a look-up; others are matched by `pattern`. Raises PhraseError, for what is
    not looked at at once when `check` is called.
    """

    def __init__(self, text: str, keys: Keys | None = None):
        self.text = text
        self.keys = self._read_keys() if keys is None else keys

    def check(self) -> None:
        """Read all of the phrase. Raises PhraseError."""
        for segment in self._parts.segments:
            read(segment)

    def _read_keys(self) -> Keys:
        parts = self._parts
        gapless = len(parts.segments) == 1 and not parts.open_start and not parts.open_end
        wordings = _wordings(parts.segments[0]) if gapless and "#" not in self.text else None
        if wordings is not None:
            forms = frozenset(map(key, _tidied(wordings)))
            if "" in forms:
                raise PhraseError("it would match a line without words")
            return Keys(forms, {}, ())
        if parts.open_start:
            return Keys(None, {}, lasts(read(parts.segments[-1])))
        return Keys(None, follows(read(parts.segments[0])), ())

    @cached_property
    def _parts(self) -> _Parts:
        return _parted(self.text)

    @property
    def literal(self) -> bool:
        """Whether all of its wordings are known, so that it needs no pattern."""
        return self.keys.forms is not None

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
    def _needs(self) -> Groups:
        groups = [group for segment in self._parts.segments for group in needs(read(segment))]
        # Few lines have what is long and without a choice: "newsletter", not "(our|a|the)".
        return tuple(sorted(groups, key=lambda group: (len(group), -len(group[0]))))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a whole folded line; group 1 is the wording up to an open end."""
        segments, open_start, open_end = self._parts
        core = expression(read(segments[0]))
        for segment in segments[1:]:
            gap = _GAP_TO_MARK.format(mark=segment[0]) if segment[0] in _MARKS else _GAP
            core += gap + expression(read(segment))
        head = r"(?:.*[^\w])?" if open_start else ""
        rest = r"(?:(?<!\w)|(?!\w))(.*)" if open_end else "()"
        return re.compile(rf"{head}({core}){rest}[{re.escape(TAIL)}]*\Z", re.DOTALL)


class _Parts(NamedTuple):
    segments: tuple[str, ...]  # between the gaps; kept as text: what is read is thousands of lists
    open_start: bool
    open_end: bool


def _parted(text: str) -> _Parts:
    """Part a phrase at its gaps. Raises PhraseError."""
    if len(text) > _LONGEST:
        raise PhraseError(f"longer than {_LONGEST} characters")
    parts = _split_gaps(fold(text))
    open_start = parts[0].strip() == ""
    open_end = len(parts) > 1 and parts[-1].strip() == ""
    inner = parts[open_start : len(parts) - open_end]
    if not inner or not all(part.strip() for part in inner):
        raise PhraseError("a gap needs words beside it")
    if len(inner) - 1 > _MOST_GAPS:
        raise PhraseError(f"more than {_MOST_GAPS} gaps inside would be slow")
    if open_start and open_end:
        raise PhraseError("a phrase open at both ends would match almost anything")
    if not open_start:
        inner[0] = inner[0].lstrip(BULLETS)  # as it is cut from lines
    return _Parts(tuple(part.strip() for part in inner), open_start, open_end)


def _wordings(segment: str) -> Iterable[str] | None:
    """Return every wording of a segment, None where there are too many."""
    flat = _FLAT.fullmatch(segment)
    return forms(read(segment)) if flat is None else flat["options"].split("|")


def _tidied(wordings: Iterable[str]) -> Iterator[str]:
    """Yield wordings with single spaces: what may be left out leaves two around it.

    Those with a space beside a mark are yielded without it, too.
    """
    for wording in wordings:
        form = " ".join(wording.split()) if "  " in wording else wording
        yield form
        if _SPACE_BY_MARK.search(form) is not None:
            yield _SPACE_BY_MARK.sub("", form)


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
