"""Every regular expression and every phrase against text made to defeat it: linear time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import cleaner
from cleaner.normalize import normal
from cleaner.rules import builtin
from cleaner.rules.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The parser of the standard library's re, under either of its names.
parser: Any = importlib.import_module("re._parser")
constants: Any = importlib.import_module("re._constants")

LENGTH, LONGER = 2_000, 16_000  # characters
MOST_TIMES = 2.3**3  # as much time for eight times the text
SHORT = 0.003  # seconds: less is mostly noise

# These are only ever given so many characters: even the worst of so few is read at once.
BOUNDED = {
    "cleaner.dates._TIME_BEFORE": 40, "cleaner.dates.": 400, "cleaner.fields.place.": 160,
    "cleaner.fields.byline.": 160, "cleaner.fields.credit.": 160,
    "cleaner.labels.media.": 700, "cleaner.labels.people.": 160,
    "cleaner.labels.name_lines.": 160, "cleaner.names._IS_NAME": 60,
    "cleaner.reporters.": 100,
    "cleaner.rules.keys.": 1000, "cleaner.rules.phrase.": 1000, "cleaner.rules.sequence.": 1000,
}  # fmt: skip
# These are only ever tried at one place.
MATCHED = (
    "cleaner.rules.index._FIRST", "cleaner.names._lead", "cleaner.labels.bios._SUBJECT",
    "cleaner.batch.warc._STATUS",
    "cleaner.web.discovery._ROOT", "phrase",
)  # fmt: skip
# These read the source itself; all others are given lines in normal form, without double blanks.
RAW = ("cleaner.readers.", "cleaner.rules.ruleset.", "cleaner.normalize.")


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield every compiled pattern of the package: in its modules, or made once by a function."""
    for found in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if ".training" in found.name or found.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(found.name)
        except (ImportError, cleaner.CleanerError):  # an optional extra is missing
            continue
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{found.name}.{name}", value
            elif hasattr(value, "cache_info") and value.__module__ == found.name:
                made = value.__wrapped__.__annotations__.get("return", "")
                if str(made).startswith("re.Pattern"):
                    yield f"{found.name}.{name}", value()


PATTERNS = dict(patterns())


class Pumps:
    """Makes texts from a pattern: what each of its repetitions matches many times over, cut short.

    `before` is a text that leads up to the repetition, so that the attempt is made at all.
    """

    def __init__(self, pattern: re.Pattern[Any]):
        self.found: dict[tuple[str, str], None] = {}
        whole = self.example(parser.parse(pattern.pattern, pattern.flags), "")
        self.found["", whole] = None

    def texts(self, length: int) -> Iterator[str]:
        for before, body in self.found:
            if body:
                for end in ("", "\x00"):
                    text = before + body * (length // len(body) + 1)
                    yield text[:length] + end
                    # Attempts from every place of a row of beginnings.
                    piece = (before + body) * 2
                    yield (piece * (length // len(piece) + 1))[:length] + end

    def example(self, sequence: Any, before: str) -> str:
        """Return a text that a sequence matches, noting its repetitions on the way."""
        text = ""
        for op, argument in sequence:
            text += self.part(op, argument, before + text)
        return text

    def part(self, op: Any, argument: Any, before: str) -> str:  # noqa: C901, PLR0911  (a case a node)
        c = constants
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            least, most, inner = argument
            body = self.example(inner, before)
            if most > 1:
                self.found[before[-200:], body] = None
                for option in self.options(inner):
                    self.found[before[-200:], option] = None
            return body * max(least, 1)
        if op is c.SUBPATTERN:
            return self.example(argument[-1], before)
        if op is c.ATOMIC_GROUP:
            return self.example(argument, before)
        if op is c.BRANCH:
            examples = [self.example(branch, before) for branch in argument[1][:40]]
            return examples[0]
        if op is c.LITERAL:
            return chr(argument)
        if op is c.NOT_LITERAL:
            return "a" if argument != ord("a") else "b"
        if op is c.ANY:
            return "a"
        if op is c.IN:
            return self.of_set(argument)
        return ""  # places, looks around and back: nothing of their own

    def of_set(self, items: Any) -> str:
        c = constants
        names = {c.CATEGORY_DIGIT: "1", c.CATEGORY_SPACE: " ", c.CATEGORY_NOT_WORD: " "}
        if items[0][0] is c.NEGATE:
            excluded = {chr(a) for op, a in items[1:] if op is c.LITERAL}
            negated = {a for op, a in items[1:] if op is c.CATEGORY}
            for char in "a1 .-<":
                fits = char not in excluded
                fits &= not (char.isspace() and c.CATEGORY_SPACE in negated)
                fits &= not (char.isalnum() and c.CATEGORY_WORD in negated)
                fits &= not (char.isdigit() and c.CATEGORY_DIGIT in negated)
                if fits:
                    return char
            return "\u0416"
        op, argument = items[0]
        if op is c.LITERAL:
            return chr(argument)
        if op is c.RANGE:
            return chr(argument[0])
        return names.get(argument, "a")

    def options(self, inner: Any) -> Iterator[str]:
        """Yield texts for every alternative of a repeated sequence that is a choice or a set."""
        for op, argument in inner:
            if op is constants.IN:
                for item in argument[:12]:
                    yield self.of_set([item])
            elif op is constants.SUBPATTERN:
                yield from self.options(argument[-1])
            elif op is constants.BRANCH:
                for branch in argument[1][:12]:
                    yield Pumps.__new__(Pumps).bare(branch)

    def bare(self, sequence: Any) -> str:
        self.found = {}
        return self.example(sequence, "")


def seconds(function: Callable[[str], object], text: str, runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        function(text)
        best = min(best, time.process_time() - start)
    return best


def is_linear(function: Callable[[str], object], short: str, long: str) -> bool:
    """Whether the time is about proportional; measured again where it does not look like it."""
    for runs in (1, 3, 6, 12):
        longer = seconds(function, long, runs)
        if longer <= SHORT or longer <= MOST_TIMES * max(seconds(function, short, runs), SHORT / 8):
            return True
    return False


def failures(pattern: re.Pattern[Any], length: int, longer: int, name: str = "") -> list[str]:
    """Return the texts that a pattern takes more than linear time to search."""
    tidy = str if name.startswith(RAW) or not name else normal
    attempt = pattern.match if name in MATCHED else pattern.search
    binary = isinstance(pattern.pattern, bytes)

    def search(text: str) -> object:
        given: Any = text.encode("latin-1", "replace") if binary else text
        return attempt(given)

    pumps = Pumps(pattern)
    pairs = zip(pumps.texts(length), pumps.texts(longer), strict=True)
    return [s[:80] for s, long in pairs if not is_linear(search, tidy(s), tidy(long))]


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_is_linear(name: str) -> None:
    bound = next((length for start, length in BOUNDED.items() if name.startswith(start)), None)
    if bound is None:
        assert failures(PATTERNS[name], LENGTH, LONGER, name) == []
        return
    for text in Pumps(PATTERNS[name]).texts(bound):
        assert seconds(PATTERNS[name].search, normal(text), 3) < 0.02


@cache
def phrases() -> list[Phrase]:
    rules = builtin()
    texts = [text for owner in (*rules.rules, *rules.signals) for text in owner.phrases]
    return [phrase for phrase in map(Phrase, dict.fromkeys(texts)) if not phrase.literal]


@pytest.mark.parametrize("part", range(8))
def test_every_phrase_is_linear(part: int) -> None:
    for phrase in phrases()[part::8]:
        assert failures(phrase.pattern, 500, 4_000, "phrase") == [], phrase.text


@pytest.mark.parametrize("pattern", [r"\s+$", r"\S+@", r"(?:a|b)*c"])
def test_the_measure_sees_a_square(pattern: str) -> None:
    assert failures(re.compile(pattern), 400, 3_200)


def test_the_measure_sees_a_line() -> None:
    assert not failures(re.compile(r"(?<!\S)\S+@"), LENGTH, LONGER)


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 100
    assert "cleaner.labels.media._image_credit" in PATTERNS
    assert len(phrases()) > 100
