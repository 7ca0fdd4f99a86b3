"""Which line of a dump is its headline, if it has one."""

from __future__ import annotations

import re
from itertools import islice
from string import ascii_letters, digits
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from cleaner.article import Reason
from cleaner.joints import breaks_off
from cleaner.labels.draft import ABOUT_ARTICLES
from cleaner.labels.topic import Topic, telling_words
from cleaner.names import is_name
from cleaner.shape import ends_sentence, is_long_title, is_prose, is_title_like
from cleaner.titles import Sites, title_key, variants, without_site
from cleaner.torn import goes_on, is_half_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.labels.draft import Draft

__all__ = ["dump_headline"]

_LONGEST_TITLE = 300  # characters
_LONGEST_NAME = 40
_LEAST_KEY = 8  # characters of a title's part that can stand for the whole
_PROSE_WITHIN = 15  # lines below a headline in which its text begins
_ENOUGH_PROSE = 2  # paragraphs of it, for the text to have begun
_SEPARATED = re.compile(r"\s[|\-–—:•·]\s|[|｜：ㅣ]")
_LOOKED_AT = 12  # kept lines of a dump within which its headline must stand
_LEAST_WORDS = 2
_ABOUT_THE_TEXT = 0.3  # of its telling words stand in them
_RIGHT_ABOVE, _SOON_ABOVE = 2, 4  # lines
_SURELY_ABOUT_IT = 0.5
_MOST_FACTS = 4
_CLOSE_ABOVE = 4  # lines
_HEAD_WITHIN = 30  # lines from the first fact about an article to its text
_LONGEST_KICKER = 3  # words
_LEAST_SPACES = 3  # in a short line that shares no word with the text
_PASSED = 2  # sentences in front of the headline: notices and teasers
_NOTICES = 5  # sentences among the menus, at most, above a byline
_LEAST_SHARED, _REWORDED = 2, 0.3  # words, and their share, that a rewording has in common
_LONGEST_OF_DUMPS = 200  # characters: longer lines without a full stop are standfirsts
_LONGEST_AS_TWO = 110  # characters: a longer line of two sentences is a standfirst
_CRUMB = re.compile(r"\s[»›>/]\s")
_WAY = re.compile(r"\s[»›>]\s")  # no title has two of these
_INITIALS = frozenset(ascii_letters + digits)
_NO_TITLES = ("age", "duration", "role")  # signals
_NO_TITLE = re.compile(r"\d{1,2}[.)]\s|[•▪●○■□✓✔✅‒–—*#>|…-]")  # an item, a row, the rest of a line
_COUNTED = re.compile(r"\(\d{1,3}\)\Z")  # how many articles there are of a topic
_SIGNS_OF_OTHERS = ("://", "www.", "©")  # of addresses and credits


def dump_headline(draft: Draft) -> int | None:
    """Return the line of a dump that is its headline, None where it has none.

    A dump of a whole page begins with the page's title, the site's name and all; the headline is
    the later line that repeats it without that, or says it in other words. Other dumps begin with
    the headline itself.
    """
    text = Topic(draft)
    title = _page_title(draft)
    if title is not None:
        repeated = _repetition(draft, title)
        if repeated is None:
            repeated = _rewording(draft, title, text)
        if repeated is not None and not _is_of_the_site(draft, title, repeated, text):
            if repeated != title:
                draft.remove(title, Reason.DUPLICATE, "page-title")
            return repeated
    found = _first_line_like_a_title(draft, text)
    if found is None or not _is_over_the_text(draft, found, text):
        lower = _title_over_the_text(draft, text)
        if lower is not None and (found is None or _is_above_a_menu(draft, found, lower, text)):
            found = lower
    if found is not None and found == title:
        _cut_site(draft, found)
    return found


def _is_of_the_site(draft: Draft, title: int, repeated: int, text: Topic) -> bool:
    """Whether a short line that a dump says twice is the site's name, or one of its sections.

    In a menu it is where it shares nothing with the text; elsewhere, where a title stands below
    the menu, or it is said again right below a title.
    """
    name = draft.blocks[title].text
    if is_long_title(name):
        return False
    foreign = text.shared_at_all(repeated) == 0.0
    if title > 0 and foreign:
        return True
    longer = _title_over_the_text(draft, text)
    if longer is None:
        return False
    if repeated > longer or longer - repeated > _CLOSE_ABOVE or (foreign and " " not in name):
        return True
    return any(b.text == name for b in draft.blocks[longer + 1 : longer + 1 + _CLOSE_ABOVE])


def _is_over_the_text(draft: Draft, index: int, text: Topic) -> bool:
    return is_long_title(draft.blocks[index].text) and text.is_above(index, _CLOSE_ABOVE)


def _is_above_a_menu(draft: Draft, name: int, title: int, text: Topic) -> bool:
    """Whether a line is the site's name, and the title far below it the headline."""
    if not is_long_title(draft.blocks[name].text):
        return True
    apart = title - name > _CLOSE_ABOVE
    return apart and text.shared_at_all(title) >= text.shared_at_all(name)


def _first_line_like_a_title(draft: Draft, text: Topic) -> int | None:
    """Return the title-like line in front that is about what the text is about, None for none.

    A line that opens the dump may be a play on words that shares none with it. A short one, more
    often the name of a section, is heard where no longer one stands.
    """
    short: int | None = None
    longer = False
    for index, looked_at, passed in _title_like(draft):
        shared = text.shared(index)
        opens = looked_at == 0 or (looked_at == 1 and _is_below_a_kicker(draft, index, text))
        if is_long_title(draft.blocks[index].text):
            opens &= text.is_above(index, _SOON_ABOVE if shared else _RIGHT_ABOVE)
            if opens or shared >= (_SURELY_ABOUT_IT if passed else _ABOUT_THE_TEXT):
                return index
            longer = True
        elif short is None:
            line = draft.blocks[index].text
            opens &= text.is_above(index, 1) and not is_name(line)
            if text.prose:  # "In short" heads no article
                opens &= shared > 0.0 or line.count(" ") >= _LEAST_SPACES
            short = index if opens or shared >= _SURELY_ABOUT_IT else None
    return None if longer else short


def _is_below_a_kicker(draft: Draft, index: int, text: Topic) -> bool:
    """Whether the line is the second of a dump, below a few words about its text."""
    if index != 1 or draft.blocks[1].gap or not text.shared(0):
        return False
    return len(draft.blocks[0].text.split()) <= _LONGEST_KICKER


def _title_over_the_text(draft: Draft, text: Topic) -> int | None:
    """Return the title below the menus: above byline or day, or else above the text itself.

    It is about the text, or there is no other right above byline or day.
    """
    facts = list(islice(_facts(draft, text), _MOST_FACTS))
    for anchor in facts:
        for index in _titles_above(draft, anchor):
            if text.shared_at_all(index) >= _ABOUT_THE_TEXT:
                return index
    for index in _titles_above(draft, _start(draft)):
        if text.shared_at_all(index) >= _SURELY_ABOUT_IT:
            return index
    titles = _titles_above(draft, facts[0]) if facts else []
    return titles[0] if len(titles) == 1 and facts[0] - titles[0] <= _CLOSE_ABOVE else None


def _titles_above(draft: Draft, anchor: int) -> list[int]:
    """Return the lines above another that may be the headline.

    Lines of a menu are none where blank lines part others from it.
    """
    titles = list(_may_be_titles(draft, anchor))
    parted = any(draft.blocks[index].gap for index in titles)
    return [index for index in titles if not (parted and _is_in_menu(draft, index))]


def _is_in_menu(draft: Draft, index: int) -> bool:
    """Whether a line stands between two short ones, with no blank line to part it from them."""
    if not 0 < index < len(draft.blocks) - 1:
        return False
    above, line, below = draft.blocks[index - 1 : index + 2]
    parted = line.gap or below.gap
    return not parted and max(len(above.text), len(below.text)) < _LONGEST_NAME


def _may_be_titles(draft: Draft, anchor: int) -> Iterator[int]:
    for index in range(max(0, anchor - _LOOKED_AT), anchor):
        block = draft.blocks[index]
        if not (block.kept and is_long_title(block.text) and is_title_like(block.text)):
            continue
        text_like = ". " in block.text and len(block.text) >= _LONGEST_AS_TWO
        if not (text_like or breaks_off(block.text) or _is_something_else(draft, index)):
            yield index


def _facts(draft: Draft, text: Topic) -> Iterator[int]:
    """Yield the lines of a dump, not far above text, that say who wrote it, or when."""
    sentences = 0
    for index, block in enumerate(draft.blocks):
        if block.reason in ABOUT_ARTICLES and text.follows(index, _HEAD_WITHIN):
            yield index
        sentences += block.kept and ends_sentence(block.text)
        if sentences > _NOTICES:
            return  # no menus: the text has begun


def _start(draft: Draft) -> int:
    """Return the first paragraph of a dump that others follow below menus, 0 for none."""
    sentences = 0
    for index, block in draft.kept():
        if is_prose(block.text) and _prose_below(draft, index) >= _ENOUGH_PROSE:
            return index
        sentences += ends_sentence(block.text)
        if sentences > _PASSED:
            return 0  # no menus: the text has begun
    return 0


def _title_like(draft: Draft) -> Iterator[tuple[int, int, int]]:
    """Yield the title-like lines in front, with how many lines and sentences they stand behind."""
    dated = {fact.block for fact in draft.page.stated("date", "text") if fact.detail == "line"}
    passed = 0
    for looked_at, (index, block) in enumerate(islice(draft.kept(), _LOOKED_AT)):
        line = block.text
        if index in dated:
            continue
        if is_prose(line) or passed > _PASSED:
            return
        if not is_title_like(line):
            passed += ends_sentence(line)
        elif _is_something_else(draft, index):
            continue
        elif is_long_title(line) or len(line.split()) >= _LEAST_WORDS:
            yield index, looked_at, passed


def _rewording(draft: Draft, title: int, text: Topic) -> int | None:
    """Return the line over the text that says the page's title in other words, None for none."""
    if _prose_below(draft, title) >= _ENOUGH_PROSE:
        return None  # the text begins below the first line: it is the headline itself
    key = title_key(draft.blocks[title].text)
    words = telling_words(draft.blocks[title].text)
    best: tuple[float, int] | None = None
    last = text.prose[_PASSED] if len(text.prose) > _PASSED else len(draft.blocks)
    for index in range(title + 1, last):
        line = draft.blocks[index].text
        if not is_title_like(line) or not is_long_title(line):
            continue
        if title_key(line) == key:
            return None
        own = telling_words(line)
        common = len(own & words)
        if common < _LEAST_SHARED or common < _REWORDED * len(own | words):
            continue
        rank = (common / len(own | words), index)
        if _prose_below(draft, index) >= _ENOUGH_PROSE and (best is None or rank > best):
            best = rank
    return None if best is None else best[1]


def _is_something_else(draft: Draft, index: int) -> bool:
    """Whether a title-like line is an age, a role, an item of a list: what stands by a headline."""
    text = draft.blocks[index].text
    if len(text) > _LONGEST_OF_DUMPS or _NO_TITLE.match(text) is not None:
        return True
    crumbs = _WAY.split(text, maxsplit=2)
    if len(crumbs) > 2 and not is_long_title(crumbs[0]):
        return True
    if _COUNTED.search(text, max(0, len(text) - 5)) is not None:
        return True
    if any(sign in text for sign in _SIGNS_OF_OTHERS) or _leads_to(draft, index):
        return True
    above = draft.blocks[index - 1].text if index and not draft.blocks[index].gap else ""
    if above and goes_on(text) and is_half_a_sentence(above):
        return True
    return draft.signals_any(_NO_TITLES, index)


def _leads_to(draft: Draft, index: int) -> bool:
    """Whether a line is the way to the title below it: "Home » Soups » White Bean Soup"."""
    last = _CRUMB.split(draft.blocks[index].text)[-1]
    below = draft.blocks[index + 1 : index + 1 + _CLOSE_ABOVE]
    return last != draft.blocks[index].text and any(block.text == last for block in below)


def _page_title(draft: Draft) -> int | None:
    """Return the index of the first line if it may be the page's title."""
    for index, block in draft.kept():
        return index if len(block.text) <= _LONGEST_TITLE else None
    return None


def _repetition(draft: Draft, title: int) -> int | None:
    """Return the line that says the title, or the longest part of it, over most prose."""
    text = draft.blocks[title].text
    said = (text, *variants(text))
    kickers = (part.partition(": ") for part in said if is_title_like(part))
    unled = [rest for kicker, _, rest in kickers if len(kicker) <= _LONGEST_NAME]
    parts = [key for key in map(title_key, (*said, *unled)) if len(key) >= _LEAST_KEY]
    words = frozenset(key.partition(" ")[0] for key in parts)
    initials = "".join(key[0] for key in parts)
    others = _INITIALS.difference(initials, initials.upper())
    lines: dict[str, list[int]] = {}
    for index, block in enumerate(draft.blocks):
        text = block.text
        if text[0] in others or _begins_otherwise(text, words, initials):
            continue  # dismissed without comparing them
        if index != title and len(text) <= _LONGEST_TITLE:
            lines.setdefault(title_key(text), []).append(index)
    for key in parts:
        if key in lines and len(key) * 3 >= len(parts[0]):
            best = max(lines[key], key=lambda i: (*_text_below(draft, i), i))
            if key == parts[0] and _prose_below(draft, title) >= _ENOUGH_PROSE:
                return title
            if _prose_below(draft, best):
                return best
    return _repetition_above_a_long_head(draft, parts, lines)


def _repetition_above_a_long_head(
    draft: Draft, parts: list[str], lines: dict[str, list[int]]
) -> int | None:
    """Return the first line that says most of the title, with its text below a long head.

    Decks, authors, places and buttons may stand in between.
    """
    for key in parts:
        if key not in lines or 2 * len(key) < len(parts[0]):
            continue
        first = lines[key][0]
        if is_long_title(draft.blocks[first].text) and _prose_below(draft, first, _HEAD_WITHIN):
            return first
    return None


def _begins_otherwise(text: str, words: frozenset[str], initials: str) -> bool:
    """Whether a line's key begins with none of the words, as far as that is plain to see."""
    word = text.partition(" ")[0]
    if word.isascii():
        return word.isalnum() and word.lower() not in words
    letter = text[0].lower()
    return letter.isalpha() and letter not in initials and is_normalized("NFKC", text[:2])


def _prose_below(draft: Draft, index: int, within: int = _PROSE_WITHIN) -> int:
    return sum(is_prose(b.text) for b in draft.blocks[index + 1 : index + 1 + within])


def _text_below(draft: Draft, index: int) -> tuple[int, int]:
    """Return how much prose stands right below a line, and below a long head of it."""
    return _prose_below(draft, index), _prose_below(draft, index, _HEAD_WITHIN)


def _cut_site(draft: Draft, index: int) -> None:
    """Cut the site's name from a page's title: it, or most of the title, is some other line."""
    block = draft.blocks[index]
    others = {b.text for b in draft.blocks if b is not block and len(b.text) <= _LONGEST_TITLE}
    shown = next((part for part in variants(block.text) if part in others), "")
    most = 2 * len(shown) > len(block.text)
    if most or (3 * len(shown) > len(block.text) and block.text.startswith(shown)):
        text = shown
    elif _SEPARATED.search(block.text) is not None:
        text = without_site(block.text, Sites(sorted(t for t in others if len(t) <= _LONGEST_NAME)))
    else:
        return
    if text and text != block.text:
        block.source = block.source or block.text
        block.text = text
