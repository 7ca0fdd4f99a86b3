"""The body of a page that keeps its text in data, for a script to draw.

Such a page holds hardly any prose itself; the text stands in JSON-LD, or in the state of the
application, in its scripts. It is found there by its shape, as the strings in one place of the data
that hold the most prose, and read as HTML like any other text.
"""

from __future__ import annotations

import html
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from cleaner.article import Caution, Reason
from cleaner.normalize import fold, normal
from cleaner.page import told_upwards
from cleaner.readers.scripts import data_of
from cleaner.shape import is_prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.page import Block, Box, Page

__all__ = ["add_body_from_data"]

_HARDLY_ANY = 300  # characters of prose below which the page's own text may not be the article
_TIMES_MORE = 3  # as much prose must the data hold
_ENOUGH = 250  # characters of prose that data must hold to be an article
_MOST_NODES = 200_000
_HEAD = 60  # characters of a paragraph by which it is found again
_MOST_ESCAPED = 8  # characters of data for one of a title

_FURNITURE = frozenset(("nav", "footer", "aside", "form"))
# Under these keys stands prose that is not this article's: readers', other pages', the interface's.
_ELSEWHERE = re.compile(
    r"comment|repl(?:y|ies)|related|recommend|popular|trending|teaser|promo|newsletter|consent|cookie"
    r"|privacy|legal|footer|menu|i18n|locale|translation|message|author|bio|caption|credit|alt\Z"
    r"|description|summary|excerpt|standfirst|seo",
    re.IGNORECASE,
)
# Parts of an article's tree that are none of its text, by their type.
_FURNITURE_TYPE = re.compile(
    r"link|image|photo|picture|gallery|video|audio|embed|promo|advert|newsletter|raw_html",
    re.IGNORECASE,
)
_ITEMS = "items"  # of a list: they stand where the list does
_DIGITS = re.compile(r"\d+")
_TAG = re.compile(r"<[^<>]{1,500}>")
_BLOCK_TAG = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|figure|section|table|pre)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"</p>|<br\s*/?>\s*<br|\n[ \t]*\n", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]+")
_CLOSING = tuple(",.;:!?)]”’")

Strings = list[str]


def add_body_from_data(page: Page, scripts: Iterable[str], parse: Callable[[str], Page]) -> None:
    """Put the text that a page's data hold in the place of its own, where that is hardly any.

    `scripts` are the texts of its scripts, `parse` reads HTML without looking at scripts.
    """
    prose = _shown_prose(page)
    if prose is None:
        return
    amounts = [sum(map(len, texts)) for texts in prose.values()]
    if sum(amounts) < _HARDLY_ANY:
        candidates = _not_hidden(page, _candidates(page, scripts, set(chain(*prose.values()))))
        least = max(_ENOUGH, _TIMES_MORE * sum(amounts))
    else:  # scattered: teasers
        candidates = _not_shown(page, _candidates(page, scripts, set()))
        least = max(_ENOUGH, _TIMES_MORE * max(amounts))
    for strings in candidates:
        if _amount_of_prose(strings) >= least:
            for block in page.blocks:
                block.remove(Reason.OUTSIDE_ARTICLE, "body-from-data")
            _append(page, parse("".join(map(_markup, strings))))
            page.warn(Caution.BODY_FROM_DATA)
            return


def _shown_prose(page: Page) -> dict[int, list[str]] | None:
    """Return the prose that a page shows, by box; None where one box holds enough of it."""
    prose: dict[int, list[str]] = {}
    furniture: dict[Box | None, bool | None] = {None: False}
    for index, block in enumerate(page.blocks):
        if is_prose(block.text) and _is_shown(block, furniture):
            beside = prose.setdefault(_around(page.blocks, index), [])
            beside.append(block.text)
            if sum(map(len, beside)) >= _HARDLY_ANY:
                return None
    return prose


def _around(blocks: list[Block], index: int) -> int:
    """Return the number of the smallest box in which a block stands with another.

    A paragraph may be wrapped in boxes of its own; a teaser shares the box with its title.
    """
    markups = [block.markup for block in blocks[max(0, index - 1) : index + 2]]
    own = blocks[index].markup
    assert own is not None
    others = [markup.box.index for markup in markups if markup is not None and markup is not own]
    for box in own.box.path():
        if any(box.index <= other < box.end for other in others):
            return box.index
    return 0


def _not_shown(page: Page, candidates: Iterable[Strings]) -> Iterator[Strings]:
    """Yield the texts of which the page shows nothing, not even in boxes of their own."""
    return _without(page.blocks, candidates)


def _not_hidden(page: Page, candidates: Iterable[Strings]) -> Iterator[Strings]:
    """Yield the texts of which the page hides nothing, for a script to show."""
    hidden = [b for b in page.blocks if b.markup is not None and b.markup.box.hidden]
    return _without(hidden, candidates)


def _without(blocks: list[Block], candidates: Iterable[Strings]) -> Iterator[Strings]:
    held = "\n".join(block.text for block in blocks)
    for strings in candidates:
        if not any(is_prose(line) and line[:_HEAD] in held for line in map(_plain, strings)):
            yield strings


def _is_shown(block: Block, furniture: dict[Box | None, bool | None]) -> bool:
    assert block.markup is not None
    box = block.markup.box
    return (
        not box.hidden
        and block.markup.linked * 2 < len(block.text)
        and not told_upwards(box, furniture, _is_furniture)
    )


def _is_furniture(box: Box) -> bool | None:
    """Return True for furniture of the page, None for what does not say."""
    return True if box.tag in _FURNITURE else None


def _candidates(page: Page, scripts: Iterable[str], shown: set[str]) -> Iterator[Strings]:
    """Yield what may be the article: the stated body, then the best place in the scripts."""
    for fact in page.stated("body"):
        yield [_with_tags(fact.value)]
    groups = _groups_of_page(page, scripts, {text[:_HEAD] for text in shown})
    if groups:
        yield max(groups, key=_amount_of_prose)


def _groups_of_page(page: Page, scripts: Iterable[str], heads: set[str]) -> list[Strings]:
    """Return the texts of a page's scripts that are its own: not of consent, or other articles.

    What the page shows of the data, by its `heads`, tells which part of them that is; where it
    shows other prose, the data with the text name its headline, and where it shows none, any do.
    """
    titles = _titles(page)
    shown: list[Strings] = []
    named: list[Strings] = []
    others: list[Strings] = []
    is_named = not titles
    for data in data_of(scripts):
        groups = _groups(data)
        shown += [g for g in groups if heads and any(_plain(text)[:_HEAD] in heads for text in g)]
        names_it = not titles or _names_one(data, titles)
        is_named = is_named or names_it
        (named if names_it else others).extend(groups)
    return shown or (named if heads or not is_named else named + others)


def _titles(page: Page) -> list[str]:
    """Return what a page states or shows to be its headline, folded, but for the site's name."""
    stated = [fact.value for fact in page.stated("headline")]
    shown = [block.text for block in page.blocks if block.level == 1]
    sites = {fold(fact.value) for fact in page.stated("site")}
    return [t for t in (fold(normal(title)) for title in (*stated, *shown)) if t not in sites]


def _names_one(data: Any, titles: list[str]) -> bool:
    """Whether a string of the data is a title, or most of one: the rest may be the site's name."""
    longest = max(map(len, titles))
    for _, _, text in _strings(data):
        if len(text) <= _MOST_ESCAPED * longest:
            name = fold(_plain(text))
            if any(_is_most_of(name, title) for title in titles):
                return True
    return False


def _is_most_of(name: str, title: str) -> bool:
    if 2 * len(name) >= len(title):
        return name in title
    return " " in name and title.startswith((f"{name} |", f"{name} -"))  # a long name of a site


def _groups(data: Any) -> list[Strings]:
    """Return the strings of JSON data by where they stand: the keys that lead there.

    The items of a list stand in one place, and so do all levels of a tree of like nodes.
    """
    groups: dict[int, list[tuple[int, str]]] = {}
    whole: list[Strings] = []
    for place, inside, text in _strings(data):
        if _has_paragraphs(text):
            whole.append([text])  # a text of several paragraphs stands alone
        else:
            groups.setdefault(place, []).append((inside, text))
    return whole + [_joined(strings) for strings in groups.values()]


def _has_paragraphs(text: str) -> bool:
    # Most strings are names and numbers, for which it is enough to ask this.
    return ("<" in text or "\n" in text) and len(_PARAGRAPH_END.findall(text)) >= 2


def _strings(data: Any) -> Iterator[tuple[int, int, str]]:
    """Yield the strings of JSON data, each with the numbers of its place and its innermost list."""
    places = _Places()
    lists = 0
    stack: list[tuple[Any, int, int]] = [(data, 0, 0)]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        node, place, inside = stack.pop()
        if isinstance(node, list):
            lists += 1
            stack += [(item, place, lists) for item in reversed(node)]
        elif isinstance(node, dict) and not _is_furniture_node(node):
            for key in reversed(node):
                below, value = places.below(place, key), node[key]
                if below is None:
                    continue
                if key == _ITEMS and isinstance(value, list):  # each by itself, no pieces of one
                    stack += [(item, below, lists + n) for n, item in enumerate(value, 1)][::-1]
                    lists += len(value)
                else:
                    stack.append((value, below, inside))
        elif isinstance(node, str) and node.strip():
            yield place, inside, _with_tags(node)


def _is_furniture_node(node: dict[str, Any]) -> bool:
    """Whether a node of an article's tree says that it is an image, an embed, a link elsewhere."""
    kind = node.get("type")
    return isinstance(kind, str) and _FURNITURE_TYPE.search(kind) is not None


class _Places:
    """Numbers the places in a tree of keys; 0 is the top."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int | None] = {}
        self._keys = [""]  # the last key on the way to each place

    def below(self, place: int, key: str) -> int | None:
        """Return the place under `key` at `place`: the same where it repeats or holds items.

        None under keys of what is not the article's.
        """
        way = place, key
        if way not in self._numbers:  # like nodes have like keys
            self._numbers[way] = self._number(place, key)
        return self._numbers[way]

    def _number(self, place: int, key: str) -> int | None:
        if _ELSEWHERE.search(key) is not None:
            return None
        key = _DIGITS.sub("#", key)  # identifiers as keys make a dictionary what a list is
        if key in {self._keys[place], _ITEMS}:
            return place
        number = self._numbers.setdefault((place, key), len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        return number


def _joined(strings: list[tuple[int, str]]) -> Strings:
    """Join the pieces of paragraphs that are cut where their style changes."""
    joined: list[list[str]] = []
    before, last = -1, ""
    for inside, text in strings:
        if inside == before and _continues(last, text):
            joined[-1].append(text)
        else:
            joined.append([text])
        before, last = inside, text
    return ["".join(parts) for parts in joined]


def _continues(last: str, text: str) -> bool:
    """Whether `text` goes on where `last` was cut, judged by the edges of both."""
    if _BLOCK_TAG.search(text) is not None or (is_prose(last.strip()) and is_prose(text.strip())):
        return False
    cut = last[-1].isspace() or text[0].isspace()
    return cut or text[0].islower() or text.startswith(_CLOSING)


def _amount_of_prose(strings: Strings) -> int:
    lines = (line for text in strings for line in _LINE_END.split(_plain(text, keep_lines=True)))
    return sum(len(line) for line in lines if is_prose(line.strip()))


def _plain(text: str, keep_lines: bool = False) -> str:
    """Return a string of the data without its markup, in normal form unless by lines."""
    if "<" in text:
        text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    text = html.unescape(text)
    return text if keep_lines else normal(text)


def _with_tags(text: str) -> str:
    """Return a string of the data with its tags as tags: some data hold them escaped."""
    return html.unescape(text) if "&lt;" in text and "<" not in text else text


def _markup(text: str) -> str:
    """Return a string of the data as HTML."""
    if _BLOCK_TAG.search(text) is not None:
        return f"<div>{text}</div>"
    if _INLINE_TAG.search(text) is not None:
        return f"<p>{text}</p>"
    lines = (html.escape(html.unescape(line), quote=False) for line in _LINE_END.split(text))
    return "".join(f"<p>{line}</p>" for line in lines)


def _append(page: Page, text: Page) -> None:
    """Append the blocks of `text` to `page`, and their boxes below its root."""
    root, start = page.boxes[0], len(page.boxes)
    for box in text.boxes:
        box.index += start
        box.end += start
        if box.parent is None:
            box.parent = root
    page.boxes += text.boxes
    root.end = len(page.boxes)
    page.blocks += text.blocks
