"""Finding the phrase that a line matches without trying them all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from cleaner.normalize import fold
from cleaner.rules.keys import beginning, ending, first_word, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.rules.phrase import Phrase

__all__ = ["Found", "Index", "Line"]

Owner = TypeVar("Owner")
_Entry = tuple["Phrase", Owner]
_ANYTHING = " "  # stands for all words that are not listed: none is a space


class Line:
    """A line prepared for look-ups: folded once, what it begins and ends with found once."""

    __slots__ = ("first", "folded", "key", "last", "start", "text")

    def __init__(self, text: str):
        self.text = text
        self.folded = folded = fold(text)
        self.key = found = key(folded)
        self.start = 0 if folded.startswith(found) else folded.find(found)
        self.first = first_word(found)
        self.last = ending(found)


@dataclass(frozen=True, slots=True)
class Found(Generic[Owner]):
    """A phrase that matched: what it belongs to, its wording and what follows it, as typed."""

    owner: Owner
    wording: str
    rest: str


class Index(Generic[Owner]):
    """Phrases by their wording, first or last word."""

    def __init__(self) -> None:
        # Nearly all of thousands of wordings have one owner: a list for each would be many.
        self._literal: dict[str, Owner] = {}
        self._shared: dict[str, list[Owner]] = defaultdict(list)  # the owners after the first
        self._by_first: dict[str, list[_Entry[Owner]]] = defaultdict(list)
        self._by_last: dict[str, list[_Entry[Owner]]] = defaultdict(list)
        # Those of a first word by the second, once a line begins with it: phrases are read for it.
        self._by_second: dict[str, dict[str, tuple[_Entry[Owner], ...]]] = {}

    def add(self, phrase: Phrase, owner: Owner) -> None:
        """Make `phrase` findable on behalf of `owner`; all are added before the first look-up."""
        forms, firsts, lasts = phrase.keys
        if forms is not None:
            found = self._literal
            for form in forms:
                if found.setdefault(form, owner) is not owner:
                    self._shared[form].append(owner)
            return
        entry = (phrase, owner)
        for words, table in ((firsts, self._by_first), (lasts, self._by_last)):
            for word in words:
                table[word].append(entry)

    def find(self, line: Line) -> Iterable[Found[Owner]]:
        """Yield what the whole line matches, the most telling first.

        That is: exact wordings, then phrases with a fixed beginning, then those with a fixed end,
        each in the order added. A line of prose is dismissed by three look-ups.
        """
        begun = self._begun(line) if line.first in self._by_first else ()
        if not begun and line.last not in self._by_last and line.key not in self._literal:
            return ()
        return self._find(line, begun)

    def hints(self) -> Iterator[tuple[str, str]]:
        """Yield what lines are looked up by: ("key" or "first" or "last", the text it must be)."""
        yield from (("key", form) for form in self._literal)
        yield from (("first", word) for word in self._by_first)
        yield from (("last", word) for word in self._by_last)

    def _begun(self, line: Line) -> Sequence[_Entry[Owner]]:
        """Return the phrases with a fixed beginning whose first two words are the line's."""
        by_second = self._by_second.get(line.first)
        if by_second is None:
            by_second = _parted(self._by_first[line.first], line.first)
            self._by_second[line.first] = by_second
        second = beginning(line.folded, line.start)[1]
        return by_second.get(second, by_second[_ANYTHING])

    def _find(self, line: Line, begun: Sequence[_Entry[Owner]]) -> Iterator[Found[Owner]]:
        if line.key in self._literal:
            for owner in (self._literal[line.key], *self._shared.get(line.key, ())):
                yield Found(owner, line.text, "")
        for phrases in (begun, self._by_last.get(line.last, ())):
            for phrase, owner in phrases:
                if not phrase.may_match(line.folded):
                    continue
                match = phrase.pattern.match(line.folded, line.start)
                if match is not None:
                    wording = line.text[match.start(1) : match.end(1)]
                    yield Found(owner, wording, line.text[match.start(2) : match.end(2)].strip())


def _parted(entries: list[_Entry[Owner]], first: str) -> dict[str, tuple[_Entry[Owner], ...]]:
    """Return the phrases that begin with a word by what can follow it, in the order given.

    Those that anything can follow are in all rows, that of _ANYTHING among them.
    """
    seconds = [phrase.keys.firsts[first].split() for phrase, _ in entries]
    fitting: dict[str, list[int]] = {_ANYTHING: []}
    fitting |= {word: [] for words in seconds for word in words}
    for number, words in enumerate(seconds):
        for word in words or fitting:
            fitting[word].append(number)
    # Most rows hold the same few phrases: kept once, they are less for the collector to walk.
    rows: dict[tuple[int, ...], tuple[_Entry[Owner], ...]] = {}
    return {
        second: rows.setdefault(tuple(numbers), tuple(entries[n] for n in numbers))
        for second, numbers in fitting.items()
    }
