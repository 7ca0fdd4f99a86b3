"""Finding the phrase that a line matches without trying them all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from cleaner.normalize import fold
from cleaner.rules.keys import beginning, ending, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.rules.phrase import Phrase

__all__ = ["Found", "Index", "Line"]

Owner = TypeVar("Owner")


class Line:
    """A line prepared for look-ups: folded once, what it begins and ends with found once."""

    __slots__ = ("first", "folded", "key", "last", "second", "start", "text")

    def __init__(self, text: str):
        self.text = text
        self.folded = fold(text)
        self.key = key(self.folded)
        self.start = self.folded.find(self.key)
        self.first, self.second = beginning(self.folded, self.start)
        self.last = ending(self.key)


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
        self._by_first: dict[str, list[tuple[Phrase, Owner]]] = defaultdict(list)
        self._by_last: dict[str, list[tuple[Phrase, Owner]]] = defaultdict(list)

    def add(self, phrase: Phrase, owner: Owner) -> None:
        """Make `phrase` findable on behalf of `owner`."""
        for form in phrase.forms:
            if self._literal.setdefault(form, owner) is not owner:
                self._shared[form].append(owner)
        if phrase.literal:
            return
        ends, table = (
            (phrase.lasts, self._by_last) if phrase.open_start else (phrase.firsts, self._by_first)
        )
        entry = (phrase, owner)
        for word in ends:
            table[word].append(entry)

    def find(self, line: Line) -> Iterable[Found[Owner]]:
        """Yield what the whole line matches, the most telling first.

        That is: exact wordings, then phrases with a fixed beginning, then those with a fixed end,
        each in the order added. A line of prose is dismissed by three look-ups.
        """
        if (
            line.first not in self._by_first
            and line.last not in self._by_last
            and line.key not in self._literal
        ):
            return ()
        return self._find(line)

    def hints(self) -> Iterator[tuple[str, str]]:
        """Yield what lines are looked up by: ("key" or "first" or "last", the text it must be)."""
        yield from (("key", form) for form in self._literal)
        yield from (("first", word) for word in self._by_first)
        yield from (("last", word) for word in self._by_last)

    def _find(self, line: Line) -> Iterator[Found[Owner]]:
        if line.key in self._literal:
            for owner in (self._literal[line.key], *self._shared.get(line.key, ())):
                yield Found(owner, line.text, "")
        for table, word in ((self._by_first, line.first), (self._by_last, line.last)):
            for phrase, owner in table.get(word, ()):
                if not phrase.may_match(line.folded, line.first, line.second):
                    continue
                match = phrase.pattern.match(line.folded, line.start)
                if match is not None:
                    wording = line.text[match.start(1) : match.end(1)]
                    yield Found(owner, wording, line.text[match.start(2) : match.end(2)].strip())
