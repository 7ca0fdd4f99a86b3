"""A page while it is being labelled."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.article import Reason
from cleaner.rules import Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cleaner.model.judgement import Model
    from cleaner.page import Block, Page
    from cleaner.rules import Found, Rule, Rules, Signal

__all__ = ["ABOUT_ARTICLES", "UNNAMED_RULES", "Draft"]

# Reasons of lines that say of an article who wrote it, or when.
ABOUT_ARTICLES = frozenset((Reason.BYLINE, Reason.METADATA))
# They know that a block is out, not what it is.
UNNAMED_RULES = ("model", "named-box", "body-from-data")


class Draft:
    """The blocks of a page, with their lines prepared for the rules, shared by the passes."""

    def __init__(
        self, page: Page, rules: Rules, url: str | None = None, model: Model | None = None
    ):
        self.page = page
        self.blocks = page.blocks
        self.rules = rules.for_document([block.text for block in page.blocks])
        self.model = model  # of the page's door; None: the one that ships with cleaner
        self.url = url
        self.site = _host(url)
        self.headings: dict[int, Rule] = {}  # blocks that head a list of links to elsewhere
        self.ends: dict[int, Rule] = {}  # blocks below which nothing is the article's
        # By text: a quarter of the lines of a page's dump stand there more than once.
        self._lines: dict[str, Line] = {}
        self._matches: dict[str, Found[Rule] | None] = {}
        self._hinted: dict[str, frozenset[str]] = {}  # signals that a line may carry
        self._carriers: dict[str, list[int]] | None = None  # blocks by signals that they may carry
        self._joined: tuple[str, list[int]] | None = None  # all texts, and where each ends
        # No block comes back, so that each look at them is only at those of the last one.
        self._kept: Sequence[int] = range(len(self.blocks))
        self._unnamed: Sequence[int] = self._kept

    def line(self, index: int) -> Line:
        """Return the block's text prepared for look-ups."""
        text = self.blocks[index].text
        line = self._lines.get(text)
        if line is None:
            line = self._lines[text] = Line(text)
        return line

    def match(self, index: int) -> Found[Rule] | None:
        """Return the rule that removes the whole block at `index`, None for no such rule."""
        text = self.blocks[index].text
        if text not in self._matches:
            self._matches[text] = self.rules.match(self.line(index), self.site)
        return self._matches[text]

    def replace_blocks(self, blocks: list[Block], moved: list[int]) -> None:
        """Put other blocks in the place of all; `moved` tells for each old one where it is now."""
        self.page.blocks = self.blocks = blocks
        self.page.facts = [
            fact if fact.block is None or fact.block >= len(moved)
            else replace(fact, block=moved[fact.block])
            for fact in self.page.facts
        ]  # fmt: skip
        self.headings.clear()
        self.ends.clear()
        self._kept = self._unnamed = range(len(blocks))
        self._carriers = None
        self._joined = None

    def holding(self, *marks: str) -> set[int]:
        """Return the blocks whose texts hold one of the marks.

        All texts are searched as one: of most marks, few lines of a page have any.
        """
        if self._joined is None:
            texts = [block.text for block in self.blocks]
            # Where each ends, with the line end behind it.
            self._joined = "\n".join(texts), list(accumulate(len(text) + 1 for text in texts))
        text, ends = self._joined
        found: set[int] = set()
        for mark in marks:
            at = text.find(mark)
            while at >= 0:
                index = bisect_right(ends, at)
                found.add(index)
                at = text.find(mark, ends[index])
        return found

    def signal(self, name: str, index: int) -> Found[Signal] | None:
        """Return what the signal finds in the block at `index`, None for nothing or no block."""
        if not 0 <= index < len(self.blocks):
            return None
        hinted = self._signals_hinted(index)
        return self.rules.signal(name, self.line(index)) if name in hinted else None

    def signals(self, name: str, index: int) -> bool:
        """Whether the block at `index` exists and carries the signal."""
        return self.signal(name, index) is not None

    def signals_any(self, names: Collection[str], index: int) -> bool:
        """Whether the block at `index` exists and carries one of the signals."""
        if not 0 <= index < len(self.blocks) or self._signals_hinted(index).isdisjoint(names):
            return False
        return any(self.signals(name, index) for name in names)

    def may_signal(self, name: str) -> Sequence[int]:
        """Return the blocks, in order, that may carry the signal, of those no rule has named.

        One look at the blocks for all signals; there are few of each. What a rule has named since
        the first look is still among them.
        """
        if self._carriers is None:
            self._carriers = {}
            for index, _ in self.unnamed():
                for hinted in self._signals_hinted(index):
                    self._carriers.setdefault(hinted, []).append(index)
        return self._carriers.get(name, ())

    def _signals_hinted(self, index: int) -> frozenset[str]:
        text = self.blocks[index].text
        hinted = self._hinted.get(text)
        if hinted is None:
            short = len(text) <= self.rules.longest_signal
            hinted = self.rules.signals_hinted(self.line(index)) if short else frozenset()
            self._hinted[text] = hinted
        return hinted

    def kept(self) -> Iterator[tuple[int, Block]]:
        """Yield the blocks still in the body with their indexes; safe while removing."""
        blocks = self.blocks
        self._kept = kept = [index for index in self._kept if blocks[index].kept]
        for index in kept:
            block = blocks[index]
            if block.kept:
                yield index, block

    def unnamed(self) -> Iterator[tuple[int, Block]]:
        """Yield the kept blocks, and those that no rule has named: dropped for where they stand.

        What a line says tells more than the name of the box that it stands in.
        """
        blocks, unnamed = self.blocks, self._unnamed
        self._unnamed = unnamed = [
            i for i in unnamed if blocks[i].kept or blocks[i].rule in UNNAMED_RULES
        ]
        for index in unnamed:
            block = blocks[index]
            if block.kept or block.rule in UNNAMED_RULES:
                yield index, block

    def remove(self, index: int, reason: Reason, rule: str) -> None:
        """Remove the block at `index`."""
        self.blocks[index].remove(reason, rule)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
