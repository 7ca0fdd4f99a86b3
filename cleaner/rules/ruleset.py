"""Rules: data files of phrases, checked, compiled and indexed once.

A file is TOML with two kinds of tables. A `[[rule]]` removes the lines that it matches; a
`[[signal]]` tells a labelling pass something about a line ("this is an age: 4 years ago") and
removes nothing by itself. Both carry lines that they must match and look-alikes that they must
not, which the tests replay.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cleaner.article import Reason
from cleaner.errors import RulesError
from cleaner.reported import is_reported
from cleaner.rules.catalogue import read_shipped
from cleaner.rules.index import Found, Index, Line
from cleaner.rules.letters import LETTERS, languages_by_letters
from cleaner.rules.phrase import Phrase
from cleaner.rules.sequence import PhraseError
from cleaner.shape import is_long_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["Rest", "Rule", "Rules", "Scope", "Signal", "builtin"]

_Hints = dict[str, frozenset[str]]  # names of signals by a line's key, first or last word

_DEFAULT_LONGEST = 250
_NONE = frozenset[str]()
_NO_PHRASES: Mapping[str, Phrase] = MappingProxyType({})
_FIRST = "en"
_OPENING = "\"'“‘„«‹([¿¡ "  # marks in front of a title
# What people say to each other in an article, too: there it is told who said it.
_SPOKEN = frozenset((Reason.CALL_TO_ACTION, Reason.LEGAL))
_TABLE = re.compile(r"^\s*\[\[\s*(rule|signal)\s*\]\]", re.MULTILINE)


class Scope(StrEnum):
    """How far a rule reaches beyond the wording it matches."""

    LINE = "line"  # the line
    NEXT = "next"  # the line and, if nothing follows the phrase on it, the title on the next one
    LIST = "list"  # the line as a heading, and all that follows until prose resumes
    INLINE = "inline"  # the line; also cut out where it stands between two sentences
    REST = "rest"  # the line and, where it stands below the text of a dump, all that follows


class Rest(StrEnum):
    """What follows the wording of a phrase with an open end, if anything does."""

    ANY = "any"
    NAME = "name"  # something with a capital: "More from Politics", but not "More from less"
    TITLE = "title"  # what begins as a title does: "Video: Bridge falls", but not "Video: 4K"


def _may_be_title(text: str) -> bool:
    begin = text.lstrip(_OPENING)[:1]
    return is_long_title(text) if begin.isdigit() else begin.isalpha() and not begin.islower()


_FITS: Mapping[Rest, Callable[[str], bool]] = {
    Rest.ANY: lambda _: True,
    Rest.NAME: lambda text: not text.islower(),
    Rest.TITLE: _may_be_title,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines that are noise, and why.

    `longest` bounds the line in characters, `upper` asks for the fixed wording in capitals,
    `unfinished` for a line that does not end in a full stop, as headings and titles do not,
    `rest` for something of a kind where the wording is open at its end; `sites` limits the rule to
    pages of these hosts and their subdomains. Calls that somebody is said to make ("Email me, she
    said.") are noise only to a rule of which `reported` is true, as people mean their own to be.
    """

    id: str
    reason: Reason
    phrases: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    scope: Scope = Scope.LINE
    longest: int = _DEFAULT_LONGEST
    upper: bool = False
    unfinished: bool = False
    rest: Rest = Rest.ANY
    sites: tuple[str, ...] = ()
    reported: bool = False

    def applies(self, found: Found[Rule], line: Line, site: str) -> bool:
        """Whether a match of the rule's wording counts on this line of this site."""
        if len(line.text) > self.longest or (self.upper and not found.wording.isupper()):
            return False
        if self.unfinished and line.text.endswith((".", "。")):
            return False
        if found.rest and not _FITS[self.rest](found.rest):
            return False
        if not self.reported and self.reason in _SPOKEN and _is_told(found):
            return False
        return not self.sites or any(site == s or site.endswith("." + s) for s in self.sites)


def _is_told(found: Found[Rule]) -> bool:
    """Whether what follows the wording says who said it."""
    return is_reported(found.wording[-1:] + found.rest)


@dataclass(frozen=True, slots=True)
class Signal:
    """Lines that tell a labelling pass something."""

    name: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    longest: int = _DEFAULT_LONGEST


_Form = tuple[str, Rule]  # a wording, and the rule whose it is


class Rules:
    """A compiled set of rules and signals. Immutable; share one among threads.

    What they do not decide is left to `base`, if given. Raises RulesError for phrases that break
    the phrase language; those that are `checked` already need not be read before they are tried,
    and those that are `known` not even for being looked up. To those that are `joinable` the
    rules of further languages are joined, where a document needs them.
    """

    def __init__(  # noqa: PLR0913  (what they are, and what is known of them)
        self,
        rules: Iterable[Rule],
        signals: Iterable[Signal] = (),
        base: Rules | None = None,
        *,
        checked: bool = False,
        known: Mapping[str, Phrase] = _NO_PHRASES,
        joinable: bool = False,
    ):
        own_rules, own_signals = tuple(rules), tuple(signals)
        self._base = base
        self._joinable = joinable
        self._own = own_rules, own_signals
        self._joined: dict[tuple[str, ...], Rules] = {}
        self._index: Index[Rule] = Index()
        self._signals: dict[str, Index[Signal]] = {}
        self._own_inline: list[_Form] = []
        self._inline_by_two: dict[str, Mapping[str, Sequence[_Form]]] = {}
        for rule in own_rules:
            for text in rule.phrases:
                phrase = known.get(text) or _compile(text, rule.id, checked)
                self._index.add(phrase, rule)
                if rule.scope is Scope.INLINE:
                    self._own_inline += ((form, rule) for form in sorted(phrase.keys.forms or ()))
        for signal in own_signals:
            index = self._signals.setdefault(signal.name, Index())
            for text in signal.phrases:
                index.add(known.get(text) or _compile(text, signal.name, checked), signal)
        self.rules: tuple[Rule, ...] = own_rules if base is None else (*own_rules, *base.rules)
        self.signals: tuple[Signal, ...] = (
            own_signals if base is None else (*own_signals, *base.signals)
        )

    @property
    def inline(self) -> tuple[_Form, ...]:
        """All wordings of scope "inline", each with its rule."""
        return (*self._own_inline, *(() if self._base is None else self._base.inline))

    @cached_property
    def inline_by_first(self) -> Mapping[str, Sequence[_Form]]:
        """The wordings of scope "inline" by their first word."""
        found: dict[str, list[_Form]] = {}
        for form, rule in self._own_inline:
            found.setdefault(form.partition(" ")[0], []).append((form, rule))
        if self._base is None:
            return found
        others = self._base.inline_by_first
        return {**others, **{first: [*own, *others.get(first, ())] for first, own in found.items()}}

    def inline_by_two(self, first: str) -> Mapping[str, Sequence[_Form]]:
        """Return the wordings of scope "inline" that begin with a word, by their first two.

        In each list the longest come first. Those of a single word are in all lists, that of ""
        among them.
        """
        if first not in self._inline_by_two:
            self._inline_by_two[first] = _by_two(self.inline_by_first.get(first, ()))
        return self._inline_by_two[first]

    @cached_property
    def shortest_inline(self) -> int:
        """The length in characters of the shortest wording of scope "inline"."""
        others = sys.maxsize if self._base is None else self._base.shortest_inline
        return min([others, *(len(form) for form, _ in self._own_inline)])

    @classmethod
    def load(cls, *paths: str | Path, base: Rules | None = None) -> Rules:
        """Read rules files and put them in front of `base` (the built-in rules by default).

        Raises RulesError, naming file, line and cause.
        """
        rules: list[Rule] = []
        signals: list[Signal] = []
        for path in paths:
            new_rules, new_signals = parse(_read(path), str(path))
            rules += (replace(rule, reported=True) for rule in new_rules)
            signals += new_signals
        return cls(rules, signals, builtin() if base is None else base, checked=True)  # by parse

    def for_document(self, texts: Sequence[str]) -> Rules:
        """Return these rules joined by those of the languages that a document's blocks need."""
        return self.joined(languages_by_letters(texts))

    def joined(self, codes: tuple[str, ...]) -> Rules:
        """Return these rules joined by those that ship for the languages with these codes.

        They come in front of the built-in ones, and are not joined to rules without those.
        """
        if codes not in self._joined:  # of few languages, and together seldom
            self._joined[codes] = self._join(codes) if codes else self
        return self._joined[codes]

    def _join(self, codes: tuple[str, ...]) -> Rules:
        if self._joinable:
            return _of_languages(codes, self)
        if self._base is None:
            return self
        base = self._base.joined(codes)
        return self if base is self._base else Rules(*self._own, base, checked=True)

    def match(self, line: Line, site: str = "") -> Found[Rule] | None:
        """Return the first rule that removes the whole line, None for no such rule."""
        for found in self._index.find(line):
            if found.owner.applies(found, line, site):
                return found
        return None if self._base is None else self._base.match(line, site)

    def signals_hinted(self, line: Line) -> frozenset[str]:
        """Return the signals that a line may carry by what it is, begins or ends with: no others.

        One look for all signals; most lines carry none.
        """
        by_key, by_first, by_last = self._hints
        if line.first not in by_first and line.key not in by_key and line.last not in by_last:
            return _NONE
        return by_key.get(line.key, _NONE).union(
            by_first.get(line.first, _NONE), by_last.get(line.last, _NONE)
        )

    @cached_property
    def _hints(self) -> tuple[_Hints, _Hints, _Hints]:
        tables: dict[str, _Hints] = {"key": {}, "first": {}, "last": {}}
        if self._base is not None:
            tables = dict(zip(tables, map(dict, self._base._hints), strict=True))
        for name, index in self._signals.items():
            alone = frozenset((name,))
            for kind, text in index.hints():
                others = tables[kind].get(text)
                tables[kind][text] = alone if others is None else others | alone
        return tables["key"], tables["first"], tables["last"]

    @cached_property
    def longest_signal(self) -> int:
        """The length in characters of the longest line that may carry a signal."""
        return max((signal.longest for signal in self.signals), default=0)

    def signal(self, name: str, line: Line) -> Found[Signal] | None:
        """Return what the signal called `name` finds in the line, None for nothing."""
        index = self._signals.get(name)
        for found in () if index is None else index.find(line):
            if len(line.text) <= found.owner.longest:
                return found
        return None if self._base is None else self._base.signal(name, line)


@cache  # threads that are the first together each read them: nothing depends on who got which
def builtin() -> Rules:
    """Return the rules that ship with cleaner and are always in force.

    Pages mix languages (an English interface around a French text), and looking up one phrase
    among many costs no more than among few. `Rules.for_document` adds what a document needs.
    """
    names = sorted(
        name
        for file in (resources.files("cleaner.rules") / "data").iterdir()
        if (name := file.name.removesuffix(".toml")) != file.name and name not in LETTERS
    )
    # Words that languages share ("Video: …") are English ones to the audit trail.
    return _of_languages((_FIRST, *(name for name in names if name != _FIRST)), None)


def _of_languages(codes: Iterable[str], base: Rules | None) -> Rules:
    """Return the rules that ship for some languages, in front of `base`, or to be joined to."""
    rules: list[Rule] = []
    signals: list[Signal] = []
    phrases: dict[str, Phrase] = {}
    folder = resources.files("cleaner.rules") / "data"
    for code in codes:
        tables, known = read_shipped(folder, code)
        rules += [_rule(table, code) for table in tables.get("rule", ())]
        signals += [_signal(table, code) for table in tables.get("signal", ())]
        phrases.update(known)
    # They are checked by the tests.
    return Rules(rules, signals, base, checked=True, known=phrases, joinable=base is None)


def _by_two(forms: Iterable[_Form]) -> Mapping[str, Sequence[_Form]]:
    lists: dict[str, list[_Form]] = {"": []}
    for form, rule in sorted(forms, key=_longest_first):
        two = " ".join(form.split(" ", 2)[:2])
        if " " in two:
            lists.setdefault(two, []).append((form, rule))
        else:  # the shortest that begins so
            for others in lists.values():
                others.append((form, rule))
    return lists


def _longest_first(form: _Form) -> int:
    return -len(form[0])


def _read(path: str | Path) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RulesError(f"{path}: {error.strerror or error}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RulesError(f"{path}: line {line}: not UTF-8: {error.reason}") from error


def parse(text: str, name: str) -> tuple[list[Rule], list[Signal]]:
    """Read the text of a rules file called `name`. Raises RulesError with file, line and cause."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise RulesError(f"{name}: {error}") from error
    lines: dict[str, list[int]] = {"rule": [], "signal": []}
    for match in _TABLE.finditer(text):
        lines[match[1]].append(text.count("\n", 0, match.end()) + 1)
    unknown = data.keys() - {"rule", "signal", "language"}
    if unknown:
        raise RulesError(f"{name}: line 1: unknown key {min(unknown)!r}")
    rules = [_rule(t, f"{name}: line {n}") for t, n in _tables(data, "rule", lines, name)]
    signals = [_signal(t, f"{name}: line {n}") for t, n in _tables(data, "signal", lines, name)]
    for rule, n in zip(rules, lines["rule"], strict=True):
        _check_rule(rule, f"{name}: line {n}")
    for signal, n in zip(signals, lines["signal"], strict=True):
        _check(signal.phrases, f"{name}: line {n}")
    return rules, signals


def _tables(
    data: dict[str, Any], kind: str, lines: dict[str, list[int]], name: str
) -> list[tuple[dict[str, Any], int]]:
    tables = data.get(kind, [])
    if not isinstance(tables, list) or len(tables) != len(lines[kind]):
        raise RulesError(f"{name}: line 1: write each {kind} as a [[{kind}]] table of its own")
    return list(zip(tables, lines[kind], strict=True))


def _rule(table: dict[str, Any], where: str) -> Rule:
    fields = _fields(
        table, where,
        {"id": str, "reason": str, "scope": str, "case": str, "longest": int, "unfinished": bool,
         "rest": str},
        ("phrases", "examples", "counterexamples", "sites"), ("id", "reason", "phrases"),
    )  # fmt: skip
    if fields.pop("case", "any") not in ("any", "upper"):
        raise RulesError(f"{where}: case is 'any' or 'upper'")
    for field, closed in (("reason", Reason), ("scope", Scope), ("rest", Rest)):
        if field in fields:
            try:
                fields[field] = closed(fields[field])
            except ValueError:
                choice = ", ".join(closed)
                raise RulesError(
                    f"{where}: {field} {fields[field]!r} is none of {choice}"
                ) from None
    # A host is compared in lower case and without "www.".
    fields["sites"] = tuple(s.lower().removeprefix("www.") for s in fields.get("sites", ()))
    return Rule(**fields, upper=table.get("case") == "upper")


def _signal(table: dict[str, Any], where: str) -> Signal:
    return Signal(
        **_fields(
            table,
            where,
            {"name": str, "longest": int},
            ("phrases", "examples", "counterexamples"),
            ("name", "phrases"),
        )
    )


def _fields(
    table: dict[str, Any],
    where: str,
    single: dict[str, type],
    several: tuple[str, ...],
    required: tuple[str, ...],
) -> dict[str, Any]:
    """Check a table's keys and types; lists of strings become tuples."""
    fields: dict[str, Any] = {}
    for name, value in table.items():
        if name in single:
            if type(value) is not single[name]:
                raise RulesError(f"{where}: {name} must be {single[name].__name__}")
            fields[name] = value
        elif name in several:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise RulesError(f"{where}: {name} must be a list of strings")
            fields[name] = tuple(value)
        else:
            raise RulesError(f"{where}: unknown key {name!r}")
    for name in required:
        if not fields.get(name):
            raise RulesError(f"{where}: {name} is missing")
    return fields


def _check_rule(rule: Rule, where: str) -> None:
    _check(rule.phrases, where)
    if rule.scope is Scope.INLINE:
        for phrase in rule.phrases:
            if not _compile(phrase, where).literal:
                raise RulesError(
                    f"{where}: phrase {phrase!r}: inline phrases are plain words, without gaps and"
                    " numbers, in at most 200 wordings"
                )


def _check(phrases: tuple[str, ...], where: str) -> None:
    for phrase in phrases:
        _compile(phrase, where)


def _compile(text: str, where: str, checked: bool = False) -> Phrase:
    try:
        phrase = _compiled(text)
        if not checked:
            phrase.check()
    except PhraseError as error:
        raise RulesError(f"{where}: phrase {text!r}: {error}") from error
    return phrase


_compiled = lru_cache(maxsize=10_000)(Phrase)
