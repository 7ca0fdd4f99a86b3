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
from typing import Union

from cleaner.normalize import fold

__all__ = ["Phrase", "PhraseError", "beginning", "ending", "key"]

_MOST_FORMS = 200  # wordings kept for look-up; a phrase with more becomes a pattern
_MOST_GAPS = 2
_DEEPEST = 20  # brackets in brackets
_MOST_ENDS = 1000
_LONGEST = 1000
_GAP = r"[ ](?:[^ ]+[ ]){0,12}?"
_APART = r"(?:[ ]|(?<!\w)|(?!\w))"  # brackets are words of their own
_NO_WORD = "a phrase needs a word at its fixed end"
_NUMBER = "\ue000"  # stands for # once a phrase is read
_TOKEN = re.compile(r"\w+|©")  # what a line is looked up by
_TAIL_LOOKED_AT = 60
_LETTERS = re.compile(r"[^\W\d_]+")
_STRUCTURE = re.compile(r"\\.?|[()\[\]…]", re.DOTALL)  # what is escaped has none
_PLAIN = re.compile(r"[^()\[\]|\\#]+")
_BEGINNING = re.compile(r"[^\w©]*(\w+|©)[ ]*(\w+|[^\w\s])?")
_WHOLE_FIRST = re.compile(r"[^\w©]*(?:\w+\W|©)")
_WHOLE_BEGINNING = re.compile(r"[^\w©]*(?:\w+(?=\W)|©)[ ]*(?:\w+\W|[^\w\s])")
_WHOLE_LAST = re.compile(r"(?:\W\w+|©)[^\w©]*\Z")
_HEAD = " *-•·>|►▶→▸»▪●○■□+"
_TAIL = " .:!…>|→›▸►"
_BULLETS = _HEAD.replace("|", "")  # in a phrase | means something

# A phrase read: runs of literal text, and brackets as lists of alternatives.
Sequence = list[Union[str, "Alternatives"]]
Alternatives = tuple[Sequence, ...]


class PhraseError(ValueError):
    """A phrase breaks the language's rules; the message says where."""


def key(folded: str) -> str:
    """Return what of a folded line is compared: no bullet in front, no punctuation behind."""
    return folded.strip(_HEAD).rstrip(_TAIL)


def beginning(folded: str, start: int = 0) -> tuple[str, str]:
    """Return what a line is looked up by: its first word, and the word or mark that follows.

    Either is "" where there is none. "#" stands for a number, and for a following word that begins
    with a digit: there may be no space behind a number.
    """
    match = _BEGINNING.match(folded, start)
    if match is None:
        return "", ""
    second = match[2] or ""
    return _look_up(match[1]), "#" if second[:1].isdigit() else second


def ending(key: str) -> str:
    """Return what a line is looked up by from its end: its last word, "" for none."""
    words = _TOKEN.findall(key.rpartition(" ")[2][-_TAIL_LOOKED_AT:])
    if not words:  # a dash or a bullet behind the last one
        words = _TOKEN.findall(key[-_TAIL_LOOKED_AT:])
    return _look_up(words[-1]) if words else ""


def _look_up(word: str) -> str:
    return "#" if word.isdigit() else word


class Phrase:
    """One compiled phrase.

    `forms` holds every wording of a phrase without gaps and numbers, ready for a look-up; others
    are matched by `pattern`, and are found by their `firsts` (possible first words) or, where a
    gap stands in front, by their `lasts` (possible last words). `seconds` are what can follow a
    first word (see `beginning`), none if anything can; `needed` is a word that every wording has,
    "" for none. Raises PhraseError.
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
            inner[0] = inner[0].lstrip(_BULLETS)  # as it is cut from lines
        # Kept as text: most patterns are never needed, and what is read is thousands of lists.
        self._segments = tuple(part.strip() for part in inner)
        segments = [_read(segment) for segment in self._segments]
        gapless = len(inner) == 1 and not self.open_start and not self.open_end
        forms = _forms(segments[0]) if gapless and "#" not in text else None
        self.literal = forms is not None
        self.forms = frozenset(key(" ".join(form.split())) for form in forms or ())
        if "" in self.forms:
            raise PhraseError("it would match a line without words")
        self.needed = "" if self.literal else _needed(segments)
        self.firsts = self.seconds = self.lasts = frozenset[str]()
        if self.open_start:
            self.lasts = _lasts(segments[-1])
        elif not self.literal:
            self.firsts, self.seconds = _beginnings(segments[0])

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a whole folded line; group 1 is the wording up to an open end."""
        core = _GAP.join(_expression(_read(segment)) for segment in self._segments)
        head = r"(?:.*[^\w])?" if self.open_start else ""
        rest = r"(?:(?<!\w)|(?!\w))(.*)" if self.open_end else "()"
        return re.compile(rf"{head}({core}){rest}[{re.escape(_TAIL)}]*\Z", re.DOTALL)


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


def _read(segment: str) -> Sequence:
    alternatives, end = _read_alternatives(segment, 0)
    if end != len(segment):
        raise PhraseError(f"{segment[end]!r} without an opening bracket")
    if len(alternatives) > 1:
        raise PhraseError("| outside brackets")
    return alternatives[0]


def _read_alternatives(text: str, start: int) -> tuple[Alternatives, int]:
    """Read "a|b" from `start` up to a closing bracket; return it and where reading stopped."""
    done: list[Sequence] = [[]]
    i = start
    while i < len(text) and text[i] not in ")]":
        char = text[i]
        if char == "|":
            done.append([])
        elif char in "([":
            inner, i = _read_alternatives(text, i + 1)
            if text[i : i + 1] != (")" if char == "(" else "]"):
                raise PhraseError(f"{char!r} is never closed")
            done[-1].append((*inner, [""]) if char == "[" else inner)
        elif char == "\\":
            i += 1
            if i == len(text):
                raise PhraseError("nothing follows the last \\")
            _add(done[-1], text[i])
        elif char == "#":
            _add(done[-1], _NUMBER)
        else:
            plain = _PLAIN.match(text, i)
            assert plain is not None
            _add(done[-1], plain[0])
            i = plain.end() - 1
        i += 1
    return tuple(done), i


def _add(sequence: Sequence, text: str) -> None:
    """Add literal text to a sequence: to its last run where there is one."""
    if sequence and isinstance(sequence[-1], str):
        sequence[-1] += text
    else:
        sequence.append(text)


def _needed(segments: list[Sequence]) -> str:
    """Return the longest word outside all brackets: no line without it need be matched."""
    runs = (run for segment in segments for run in segment if isinstance(run, str))
    return max((word for run in runs for word in _LETTERS.findall(run)), key=len, default="")


def _forms(sequence: Sequence) -> set[str] | None:
    """Return every wording that a sequence stands for, None where there are too many."""
    forms = {""}
    for part in sequence:
        if isinstance(part, str):
            forms = {form + part for form in forms}
            continue
        choices: set[str] = set()
        for alternative in part:
            inner = _forms(alternative)
            if inner is None:
                return None
            choices |= inner
        if len(forms) * len(choices) > _MOST_FORMS:
            return None
        forms = {form + choice for form in forms for choice in choices}
    return forms


def _lasts(sequence: Sequence) -> frozenset[str]:
    """Return the words that a wording can end with."""
    lasts = frozenset(map(ending, _cut_forms(sequence, _WHOLE_LAST, from_left=False)))
    if "" in lasts:
        raise PhraseError(_NO_WORD)
    return lasts


def _beginnings(sequence: Sequence) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a wording can begin with, and what can follow that; nothing for anything."""
    try:
        forms = _cut_forms(sequence, _WHOLE_BEGINNING, from_left=True)
    except PhraseError:  # there are too many of two words
        forms = _cut_forms(sequence, _WHOLE_FIRST, from_left=True)
    firsts, seconds = map(frozenset, zip(*map(beginning, forms), strict=True))
    if "" in firsts:
        raise PhraseError(_NO_WORD)
    return firsts, frozenset() if "" in seconds else seconds


def _cut_forms(sequence: Sequence, whole: re.Pattern[str], from_left: bool) -> set[str]:
    """Return all wordings, each cut off once what it begins (ends) with is whole; numbers are 0."""
    is_whole = whole.match if from_left else whole.search
    forms = {""}
    for part in sequence if from_left else reversed(sequence):
        if all(map(is_whole, forms)):
            break
        if isinstance(part, str):
            choices = {part.replace(_NUMBER, "0")}
        else:
            choices = set().union(*(_cut_forms(option, whole, from_left) for option in part))
        longer: set[str] = set()
        for form in forms:
            if is_whole(form) is not None:
                longer.add(form)
            else:
                longer |= {form + c if from_left else c + form for c in choices}
            if len(longer) > _MOST_ENDS:
                raise PhraseError("too many wordings of its first or last word")
        forms = longer
    return forms


def _expression(sequence: Sequence) -> str:
    """Return the regular expression of a sequence."""
    parts: list[str] = []
    for part in sequence:
        if isinstance(part, str):
            beside = zip(["", *part], [*part[1:], ""], strict=False)  # brackets are beside the ends
            parts += map(_character, part, beside)
        else:
            parts.append(f"(?:{'|'.join(map(_expression, part))})")
    return "".join(parts)


def _character(char: str, beside: tuple[str, str]) -> str:
    if char == " ":
        if all(map(str.isalnum, beside)):
            return "[ ]"
        # A mark or a number needs no space beside it.
        return "[ ]?" if any(c and not c.isalnum() for c in beside) else _APART
    # A number is taken whole or not at all, or a row of numbers could take long to fail.
    return r"\d++" if char == _NUMBER else re.escape(char)
