"""The model of a page, the same for both doors.

A reader turns bytes into a `Page`: its blocks in document order, and the statements it makes about
itself. Everything after the reader works on these and knows nothing of markup or lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from cleaner.article import Caution, Reason

__all__ = [
    "Block", "Box", "Fact", "Kind", "Markup", "Page", "Role", "told_upwards", "up_to_known",
]  # fmt: skip

T = TypeVar("T")


class Kind(StrEnum):
    """What a block is by its markup; lines of a dump are paragraphs."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CAPTION = "caption"
    PREFORMATTED = "preformatted"
    CELL = "cell"


class Role(StrEnum):
    """What a block is to the article."""

    BODY = "body"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    REMOVED = "removed"


_REMOVED = Role.REMOVED  # to look a member up takes longer than to create what it goes into


class Box:
    """A block-level element around one or more blocks: a light copy of the element tree."""

    __slots__ = ("attributes", "end", "hidden", "index", "parent", "tag")

    def __init__(self, tag: str, attributes: str, parent: Box | None, index: int, hidden: bool):
        self.tag = tag
        self.attributes = attributes  # class and id, separated by a space
        self.parent = parent
        self.index = index  # document order among boxes
        self.end = index + 1  # of the box after the last one inside, once that is known
        self.hidden = hidden  # itself or an ancestor

    def path(self) -> Iterator[Box]:
        """Yield the box and its ancestors, innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


def up_to_known(box: Box | None, known: Container[Box | None]) -> tuple[list[Box], Box | None]:
    """Return the boxes from `box` upwards, innermost first, that are not in `known`, and what is.

    For what is found out once a box: `known` holds None, which is above the root.
    """
    path: list[Box] = []
    while box not in known:
        assert box is not None
        path.append(box)
        box = box.parent
    return path, box


def told_upwards(
    box: Box, known: dict[Box | None, T | None], tell: Callable[[Box], T | None]
) -> T | None:
    """Return what the innermost box from `box` upwards says, of those that say anything.

    `tell` asks a box and returns None where it says nothing. `known` remembers each answer, and
    holds from the start what is true above the root, under None.
    """
    path: list[Box] = []
    above: Box | None = box
    while above not in known:
        assert above is not None
        path.append(above)
        found = tell(above)
        if found is not None:
            break
        above = above.parent
    else:
        found = known[above]
    known.update(dict.fromkeys(path, found))
    return found


@dataclass(slots=True)
class Markup:
    """What the markup says of one block's text: lengths in characters."""

    box: Box
    inline: str = ""  # tag, class and id of the first inline element at its start
    links: int = 0
    linked: int = 0
    bold: int = 0
    italic: int = 0
    broken: bool = False  # set apart by <br><br>, not by an element
    apart: str = ""  # the text with bars between inline elements that only their letters part


@dataclass(slots=True)
class Block:
    """A run of text that is kept or removed as one."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0  # of a heading: 1 to 6
    markup: Markup | None = None
    line: int | None = None
    gap: bool = True  # stands apart from the block before it
    edge: bool = False  # of a dump: one blank stands at the line break before it
    source: str = ""  # the whole line, where `text` is only what a prefix left of it
    role: Role = Role.BODY
    reason: Reason | None = None
    rule: str = ""
    kept: bool = True  # part of the body so far: its role, asked of every block by every pass

    def remove(self, reason: Reason, rule: str) -> None:
        """Drop the block from the body; it stays in the audit trail under `reason`."""
        self.role, self.reason, self.rule, self.kept = _REMOVED, reason, rule, False

    def claim(self, role: Role) -> None:
        """Take the block for another field of the article than the body."""
        self.role, self.reason, self.rule, self.kept = role, None, "", role is Role.BODY


FactName = Literal[
    "headline",
    "date",
    "modified",
    "author",
    "credit",
    "description",
    "site",
    "url",
    "language",
    "body",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that the page makes about itself, unjudged.

    `source` is the kind of statement (see `article.Source`), `detail` where exactly it stood,
    `block` the index of the block that it stood in, None for statements outside the text.
    """

    name: FactName
    value: str
    source: str
    detail: str = ""
    block: int | None = None


@dataclass(slots=True)
class Page:
    """A page as read: blocks and the boxes around them in document order, facts as they appear."""

    document: Literal["html", "text"]
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    trust: float | None = None  # the body model's confidence, where it was asked
    _by_name: dict[str, list[Fact]] = field(default_factory=dict, repr=False, compare=False)
    _indexed: int = field(default=0, repr=False, compare=False)

    def warn(self, caution: Caution) -> None:
        """Add a warning once."""
        if caution not in self.warnings:
            self.warnings.append(caution)

    def stated(self, name: FactName, *sources: str) -> list[Fact]:
        """Return the facts called `name`, of the given sources where any are given."""
        if self._indexed != len(self.facts):  # facts are only ever added
            self._by_name = {}
            for fact in self.facts:
                self._by_name.setdefault(fact.name, []).append(fact)
            self._indexed = len(self.facts)
        named = self._by_name.get(name, [])
        return [fact for fact in named if not sources or fact.source in sources]

    def place_of(self, role: Role) -> int | None:
        """Return the index of the first block in a role, None for none."""
        return next((i for i, block in enumerate(self.blocks) if block.role is role), None)

    def kept(self) -> list[Block]:
        """Return the blocks that are part of the body so far."""
        return [block for block in self.blocks if block.kept]
