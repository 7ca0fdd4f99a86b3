"""Phrases read: runs of literal text between brackets of alternatives, and what they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Union

from cleaner.rules.keys import beginning, ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Groups", "PhraseError", "Sequence", "expression", "follows", "forms", "lasts", "needs", "read",
]  # fmt: skip

_MOST_FORMS = 200  # wordings kept for look-up; a phrase with more becomes a pattern
_MOST_ENDS = 1000
_APART = r"(?:[ ]|(?<!\w)|(?!\w))"  # brackets are words of their own
_NO_WORD = "a phrase needs a word at its fixed end"
_NUMBER = "\ue000"  # stands for # once a phrase is read
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[^()\[\]|\\#]+")
_WHOLE_FIRST = re.compile(r"[^\w©]*(?:\w+\W|©)")
_WHOLE_BEGINNING = re.compile(r"[^\w©]*(?:\w+(?=\W)|©)[ ]*(?:\w+\W|[^\w\s])")
_WHOLE_LAST = re.compile(r"(?:\W\w+|©)[^\w©]*\Z")

Sequence = list[Union[str, "Alternatives"]]
Alternatives = tuple[Sequence, ...]
Groups = tuple[tuple[str, ...], ...]


class PhraseError(ValueError):
    """A phrase breaks the language's rules; the message says where."""


def read(segment: str) -> Sequence:
    """Read what stands between two gaps. Raises PhraseError."""
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


def needs(sequence: Sequence) -> Groups:
    """Return groups of words of which every wording has at least one each."""
    groups: list[tuple[str, ...]] = []
    for part in sequence:
        options: Iterable[Sequence] = [[part]] if isinstance(part, str) else part
        words = tuple(map(_longest_word, options))
        if all(words):
            groups.append(words)
    return tuple(groups)


def _longest_word(sequence: Sequence) -> str:
    """Return the longest word outside the brackets of a sequence, "" for none."""
    runs = (part for part in sequence if isinstance(part, str))
    return max((word for run in runs for word in _LETTERS.findall(run)), key=len, default="")


def forms(sequence: Sequence) -> set[str] | None:
    """Return every wording that a sequence stands for, None where there are too many."""
    found = {""}
    for part in sequence:
        if isinstance(part, str):
            found = {form + part for form in found}
            continue
        choices: set[str] = set()
        for alternative in part:
            inner = forms(alternative)
            if inner is None:
                return None
            choices |= inner
        if len(found) * len(choices) > _MOST_FORMS:
            return None
        found = {form + choice for form in found for choice in choices}
    return found


def lasts(sequence: Sequence) -> frozenset[str]:
    """Return the words that a wording can end with."""
    found = frozenset(map(ending, _cut_forms(sequence, _WHOLE_LAST, from_left=False)))
    if "" in found:
        raise PhraseError(_NO_WORD)
    return found


def follows(sequence: Sequence) -> Mapping[str, str]:
    """Return what a wording can begin with, each with what can follow it, "" for anything.

    The words that can follow are one text, parted by blanks: of thousands of phrases few are asked.
    """
    found: dict[str, set[str]] = defaultdict(set)
    try:
        for first, second in map(beginning, _cut_forms(sequence, _WHOLE_BEGINNING, from_left=True)):
            found[first].add(second)
    except PhraseError:  # there are too many of two words
        for form in _cut_forms(sequence, _WHOLE_FIRST, from_left=True):
            found[beginning(form)[0]].add("")
    if "" in found:
        raise PhraseError(_NO_WORD)
    return {
        first: "" if "" in seconds else " ".join(sorted(seconds))
        for first, seconds in found.items()
    }


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


def expression(sequence: Sequence) -> str:
    """Return the regular expression of a sequence."""
    parts: list[str] = []
    for part in sequence:
        if isinstance(part, str):
            beside = zip(["", *part], [*part[1:], ""], strict=False)  # brackets are beside the ends
            parts += map(_character, part, beside)
        else:
            parts.append(f"(?:{'|'.join(map(expression, part))})")
    return "".join(parts)


def _character(char: str, beside: tuple[str, str]) -> str:
    if char == " ":
        if all(map(str.isalnum, beside)):
            return "[ ]"
        # A mark or a number needs no space beside it.
        return "[ ]?" if any(c and not c.isalnum() for c in beside) else _APART
    # A number is taken whole or not at all, or a row of numbers could take long to fail.
    return r"\d++" if char == _NUMBER else re.escape(char)
