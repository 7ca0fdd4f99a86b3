"""Teaser lists: a heading such as "Just Posted", and all that follows it until prose resumes."""

from __future__ import annotations

from bisect import bisect
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.dates import CLOCK, find_moments
from cleaner.shape import ends_sentence, is_long_title, is_prose
from cleaner.torn import Tears

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.labels.draft import Draft
    from cleaner.page import Box
    from cleaner.rules import Rule

__all__ = ["label_teasers"]

_LINKED = 0.5  # of its text: what a teaser in the middle of an article's own box is at least
_LONGEST_LIST = 300  # blocks
_SURELY_PROSE = 200  # characters: one such paragraph resumes the article by itself
# A list swallows what other passes saw in it, but not what is no part of any list.
_SWALLOWED = frozenset((Reason.MEDIA_CAPTION, Reason.RELATED_LINK, Reason.TEASER_LIST))
_CLOSING_QUOTES = frozenset("»”’")  # in some languages they open
_AFTER_QUOTES = frozenset((" ", ","))  # where they close: "” he said"
_BULLETS = ("- ", "* ", "• ", "· ", "– ", "> ", "▪ ", "■ ", "► ", "▶ ")
_HEAD = ("byline", "published", "updated")  # signals of lines between a headline and its text
_LONGEST_DAY, _CLOSE = 50, 4  # characters of a day and a time, lines from the title above
_NOTICES = 2  # paragraphs that may stand among the menus
_FEWEST_PARTED, _MOSTLY = 3, 0.8  # paragraphs, and the share of them, with a blank line above


def label_teasers(draft: Draft) -> None:
    """Remove each list that a rule found the heading of."""
    if not draft.headings:
        return
    end = resumed = -1
    text = sum(len(block.text) for _, block in draft.kept())  # characters of the body
    front = _Front(draft) if draft.page.document == "text" else None
    parted = front is not None and _are_paragraphs_parted(draft)
    sentences = _Sentences(draft)
    for index, rule in draft.headings.items():
        was_kept = draft.blocks[index].kept
        text -= was_kept * len(draft.blocks[index].text)
        draft.remove(index, rule.reason, rule.id)
        if index < end:
            continue
        if not was_kept:
            end = _name_items(draft, index, rule)
            continue
        if index >= resumed:
            resumed = _resumption(draft, index, text, sentences)
            if parted:
                resumed = min(resumed, _end_of_group(draft, index))
        end = index + 1 if front is not None and front.holds(index, resumed) else resumed
        for i in range(index + 1, end):
            block = draft.blocks[i]
            if block.kept or block.reason in _SWALLOWED:
                text -= block.kept * len(block.text)
                draft.remove(i, rule.reason, rule.id)


def _name_items(draft: Draft, heading: int, rule: Rule) -> int:
    """Give the list under a heading that is outside the article its reason; return its end."""
    level = draft.blocks[heading].level
    end = heading + 1
    for i in _container(draft, heading):
        block = draft.blocks[i]
        if block.kept or 0 < block.level <= level:
            return i
        if block.reason is Reason.OUTSIDE_ARTICLE or block.reason in _SWALLOWED:
            draft.remove(i, rule.reason, rule.id)
        end = i + 1
    return end


def _are_paragraphs_parted(draft: Draft) -> bool:
    """Whether blank lines part the paragraphs of a dump: then they part lists from them, too."""
    gaps = [block.gap for _, block in draft.kept() if is_prose(block.text)]
    return len(gaps) >= _FEWEST_PARTED and sum(gaps) >= _MOSTLY * len(gaps)


def _end_of_group(draft: Draft, heading: int) -> int:
    """Return where the next blank line is below a heading that has none right below it."""
    below = range(heading + 1, len(draft.blocks))
    if not below or draft.blocks[heading + 1].gap:
        return len(draft.blocks)
    return next((i for i in below if draft.blocks[i].gap), len(draft.blocks))


class _Sentences:
    """Where sentences begin that go on behind a list: they were torn apart in it."""

    def __init__(self, draft: Draft):
        self._blocks = draft.blocks

    @cached_property
    def _tears(self) -> Tears:
        return Tears(self._blocks)

    def begin(self, items: list[int]) -> int:
        """Return the first of the items that are pieces of the sentence of the last one."""
        at = len(items) - 1
        while at > 0 and items[at - 1] == items[at] - 1 and self._tears.is_piece(items[at]):
            at -= 1
        return items[at]


class _Front:
    """What of a dump stands above its article: menus, where words that head lists stand too."""

    def __init__(self, draft: Draft):
        begun = (i for i, b in draft.kept() if is_prose(b.text) or is_long_title(b.text))
        self._begun = next(begun, len(draft.blocks))
        lines = range(len(draft.blocks))
        heads = (i for i in lines if draft.signals_any(_HEAD, i))
        self._head = next(heads, len(draft.blocks))
        self._blocks = draft.blocks
        prose = (i for i, block in draft.kept() if is_prose(block.text))
        self._in_the_text = next(islice(prose, _NOTICES, None), len(draft.blocks))

    def holds(self, heading: int, end: int) -> bool:
        """Whether the article has not begun at a heading, or begins in the list under it."""
        if heading > self._in_the_text:
            return False
        if heading < self._begun or heading < self._head < end:
            return True
        following = bisect(self._titles, (heading, len(self._blocks)))
        return following < len(self._titles) and self._titles[following][1] < end

    @cached_property
    def _titles(self) -> list[tuple[int, int]]:
        """The titles soon followed by a line that is a day and a time: the lines of both."""
        found: list[tuple[int, int]] = []
        for at, block in enumerate(self._blocks):
            text = block.text
            if len(text) > _LONGEST_DAY or CLOCK.search(text) is None or not find_moments(text):
                continue
            above = range(max(0, at - _CLOSE), at)
            found += [(i, at) for i in above if is_long_title(self._blocks[i].text)]
        return sorted(found)


def _resumption(draft: Draft, heading: int, text_of_body: int, sentences: _Sentences) -> int:
    """Return the index of the block where the article goes on after the list under `heading`."""
    limit = len(draft.blocks)
    if draft.page.document == "html":
        limit = max(_container(draft, heading), default=heading) + 1
        if _is_main(draft, heading, limit, text_of_body):
            return _end_of_links(draft, heading, limit)
    items: list[int] = []
    prose = False  # whether the last item may be where the article resumes
    bullet = _bullet(draft, heading)
    for i in range(heading + 1, limit):
        if not draft.blocks[i].kept:
            continue
        text = draft.blocks[i].text
        if bullet and not text.startswith(bullet):
            return i
        if prose and is_prose(text):
            return _with_short_sentences(draft, items)
        if items and _goes_on(text):
            return sentences.begin(items)
        items.append(i)
        prose = is_prose(text)
        if prose and (len(text) >= _SURELY_PROSE or _are_titles(draft, items[:-1])):
            return _with_short_sentences(draft, items)
    return limit


def _bullet(draft: Draft, heading: int) -> str:
    """Return the sign with which the items below a heading begin, "" where there is none."""
    below = draft.blocks[heading + 1].text if heading + 1 < len(draft.blocks) else ""
    return below[:2] if below.startswith(_BULLETS) else ""


def _are_titles(draft: Draft, items: list[int]) -> bool:
    """Whether a list has been of bare titles so far: then what follows is no summary in it."""
    return len(items) > 1 and all(is_long_title(draft.blocks[i].text) for i in items)


def _goes_on(text: str) -> bool:
    """Whether a line goes on with the sentence of the line above: no teaser is broken like that."""
    if text[0] in _CLOSING_QUOTES:
        return text[1:2] in _AFTER_QUOTES
    return text[0].islower() or text[0] in ",;)"


def _is_main(draft: Draft, heading: int, end: int, text_of_body: int) -> bool:
    """Whether what follows a heading in its box is most of the article, not just a list."""
    inside = sum(len(b.text) for b in draft.blocks[heading + 1 : end] if b.kept)
    return 2 * inside > text_of_body


def _end_of_links(draft: Draft, heading: int, end: int) -> int:
    for i in range(heading + 1, end):
        block = draft.blocks[i]
        assert block.markup is not None
        if block.kept and block.markup.linked < _LINKED * len(block.text):
            return i
    return end


def _with_short_sentences(draft: Draft, items: list[int]) -> int:
    """Extend resumed prose backwards over short sentences, unless summaries are in the list.

    In a list of bare titles a finished sentence before the prose belongs to the prose; in one that
    pairs titles with summaries it is the last summary.
    """
    start = len(items) - 1
    sentences = [ends_sentence(draft.blocks[i].text) for i in items]
    first = start
    while first > 0 and sentences[first - 1]:
        first -= 1
    titles = items[:first]
    pairs = any(sentences[:first])
    return items[first] if titles and not pairs and len(titles) >= 2 else items[start]


def _container(draft: Draft, heading: int) -> Iterator[int]:
    """Yield the list under a heading by the markup: what the box around it and the next holds."""
    blocks = draft.blocks
    markup = blocks[heading].markup
    following = blocks[heading + 1].markup if heading + 1 < len(blocks) else None
    if markup is None or following is None:
        yield from range(heading + 1, len(blocks))
        return
    shared = _smallest_around(markup.box, following.box)
    known = {shared}  # boxes inside, so that no path is walked twice
    for i in range(heading + 1, min(len(blocks), heading + _LONGEST_LIST)):
        inside = blocks[i].markup
        if inside is None or not _is_inside(inside.box, shared, known):
            return
        yield i


def _smallest_around(one: Box, other: Box) -> Box:
    """Return the smallest box around two; boxes are numbered in document order."""
    while one is not other:
        later = max(one, other, key=lambda box: box.index)
        assert later.parent is not None
        one, other = later.parent, other if later is one else one
    return one


def _is_inside(box: Box, shared: Box, known: set[Box]) -> bool:
    path: list[Box] = []
    for around in box.path():
        if around in known:
            known.update(path)
            return True
        if around.index < shared.index:
            break
        path.append(around)
    return False
