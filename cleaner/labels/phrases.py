"""Lines that a rule of the data files knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.article import Caution, Reason
from cleaner.rules import Scope
from cleaner.shape import MAIL_ADDRESS, ends_sentence, is_long_title, is_prose, is_title_like
from cleaner.torn import goes_on, is_half_a_sentence

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block
    from cleaner.rules import Found, Rule

__all__ = ["label_phrases"]

_ADDRESS = re.compile(
    r"(?:(?:e-?mail|contact|reach|write to)\b[^@.!?]{0,80}[ :])?"
    rf"{MAIL_ADDRESS}(?:(?:[,;]| and) ?{MAIL_ADDRESS}){{0,5}}(?: or [^.!?]{{1,60}})?\.?\Z",
    re.IGNORECASE,
)
_RULE = re.compile(r"([-=~_–—])\1{9,}")  # shorter ones part scenes
_SIGNS = frozenset((*"|•·×›»→←↑↓▶►▲▼", "###", "# # #", "-30-", "- 30 -", "–30–", "—30—"))
_STOPS = frozenset(".,;:!?)")
_STARS = frozenset("★☆⭐")
_VERDICT = re.compile(r"[★☆⭐]{3,5}\Z")  # of a critic, in the review
_ICONS = "\ue000\uf8ff"  # the first and last character that fonts of icons use
_IN_WORDLESS = ("@", "|", *_STARS, *(sign * 4 for sign in "_-=~–—"))  # or it is a short sign
_LONGEST_SIGN = max(map(len, _SIGNS))
_MOST_PIECES = 4  # of a title, besides the first
_CLOSED_BY = {"«": "»", "“": "”", "„": "“", "»": "«"}  # as lines of their own
_FACTS, _FACTS_WITHIN = ("byline", "published", "updated"), 3  # signals, lines below a headline
_LONGEST = 400  # no rule removes a longer line


def label_phrases(draft: Draft) -> None:
    """Remove every line that a rule matches; note for later passes the headings of lists, and ends.

    A line that is out already gets the rule's reason.
    """
    begun = False  # whether prose of the article stands above
    last: Block | None = None  # the one before
    above = ""  # the last kept line above
    may_be_wordless = draft.holding(*_IN_WORDLESS)
    for index, block in draft.unnamed():
        above = last.text if last is not None and last.kept else above
        last = block
        begun = begun or (block.kept and is_prose(block.text))
        if len(block.text) > _LONGEST:
            continue
        found = draft.match(index)
        if found is None and (index in may_be_wordless or len(block.text) <= _LONGEST_SIGN):
            _remove_wordless(draft, index, above)
        if found is None or _is_broken_out(draft, index) or _is_own_title(draft, index, found):
            continue
        if found.owner.scope is Scope.LIST:
            draft.headings[index] = found.owner
            continue
        _remove_found(draft, index, found, begun)


def _remove_found(draft: Draft, index: int, found: Found[Rule], begun: bool) -> None:
    """Remove a line that a rule matches, and what goes with it; `begun` as in `label_phrases`."""
    rule, was_kept = found.owner, draft.blocks[index].kept
    draft.remove(index, rule.reason, rule.id)
    if rule.scope is Scope.REST:
        draft.ends[index] = rule
    if rule.scope is Scope.NEXT:
        titled = bool(found.rest) or _remove_next_title(draft, index, was_kept, begun)
        if titled and was_kept and draft.page.document == "text":
            _remove_rest_of_title(draft, index, index + (not found.rest))
    if rule.reason is Reason.CALL_TO_ACTION:
        _remove_quoted_rest(draft, index)
        if _is_paywall(draft, index):
            draft.page.warn(Caution.PAYWALLED)


def _remove_wordless(draft: Draft, index: int, above: str) -> None:
    """Remove a line that is no more than an address or a sign; `above` is the last kept one."""
    block = draft.blocks[index]
    if not block.kept:
        return
    left_over = block.text in _STOPS and index > 0 and not draft.blocks[index - 1].kept
    if left_over and (not above or ends_sentence(above)):  # no sentence is without its end
        draft.remove(index, Reason.NAVIGATION, "no-words")
    elif "@" in block.text and _ADDRESS.match(block.text) is not None:
        draft.remove(index, Reason.CALL_TO_ACTION, "address")
    elif _is_no_text(block.text):
        draft.remove(index, Reason.NAVIGATION, "no-words")


def _is_broken_out(draft: Draft, index: int) -> bool:
    """Whether a line is a word or two of a sentence that its extractor broke at the links."""
    text = draft.blocks[index].text
    if draft.page.document != "text" or not text[0].islower() or text.count(" ") > 1:
        return False
    below = draft.blocks[index + 1].text if index + 1 < len(draft.blocks) else ""
    return below[:1].islower() or below.startswith((",", ";", ".", ")"))


def _is_own_title(draft: Draft, index: int, found: Found[Rule]) -> bool:
    """Whether the first line of a dump is its headline, though others so begun are captions.

    "Video: Bridge falls" above a byline or a day is what the article is called.
    """
    if index or draft.page.document != "text" or found.owner.reason is not Reason.MEDIA_CAPTION:
        return False
    below = range(1, 1 + _FACTS_WITHIN)
    return is_long_title(found.rest) and any(draft.signals_any(_FACTS, i) for i in below)


def _is_no_text(text: str) -> bool:
    """Whether a line is an arrow or a bullet by itself, or a rule: of a table, of an agency."""
    if text[0] == "_":
        return not text.strip("_")
    if _RULE.fullmatch(text) is not None:
        return True
    if _ICONS[0] <= text[0] <= _ICONS[1]:
        return len(text) <= _LONGEST_SIGN and not any(map(str.isalnum, text))
    if text[0] in _STARS:  # how readers rated it: "★★★★☆ (38)"
        return _VERDICT.match(text) is None and not any(map(str.isalpha, text))
    return text in _SIGNS or ("|" in text and not any(map(str.isalnum, text)))


def _is_paywall(draft: Draft, index: int) -> bool:
    markup = draft.blocks[index].markup
    shown = markup is None or not markup.box.hidden
    return shown and draft.signals("paywall", index)


def _remove_next_title(draft: Draft, index: int, was_kept: bool, begun: bool) -> bool:
    """Remove the title that a bare "Read more:" or "Next story" points to; tell whether it did.

    Where the label was out of the article already, its title is, and gets the reason.
    """
    after = index + 1
    if after >= len(draft.blocks):
        return False
    block = draft.blocks[after]
    if not (block.kept if was_kept else block.reason is Reason.OUTSIDE_ARTICLE):
        return False
    text = block.text
    if was_kept and block.gap and not begun:
        return False  # it may be the headline of an article below its pager
    if draft.match(after) is not None:
        return False  # it has a rule of its own
    if not is_title_like(text) or ends_sentence(text):
        return False
    rule = draft.blocks[index]
    assert rule.reason is not None
    draft.remove(after, rule.reason, rule.rule)
    return True


def _remove_quoted_rest(draft: Draft, call: int) -> None:
    """Remove what a call of a torn dump names in quotation marks: "Subscribe to", "«", "Daily"."""
    blocks = draft.blocks
    opening = blocks[call + 1].text if call + 1 < len(blocks) else ""
    if opening not in _CLOSED_BY or blocks[call + 1].gap:
        return
    for end in range(call + 2, min(call + 2 + _MOST_PIECES, len(blocks))):
        if blocks[end].gap or not blocks[end].kept:
            return
        if blocks[end].text == _CLOSED_BY[opening]:
            rule = blocks[call]
            assert rule.reason is not None
            for index in range(call + 1, end + 1):
                draft.remove(index, rule.reason, rule.rule)
            return


def _remove_rest_of_title(draft: Draft, label: int, title: int) -> None:
    """Remove the lines that go on with a title which its extractor tore apart.

    Where the text above the label is unfinished, it is the text that goes on.
    """
    blocks = draft.blocks
    if label and blocks[label - 1].kept and is_half_a_sentence(blocks[label - 1].text):
        return
    rule = blocks[label]
    assert rule.reason is not None
    for index in range(title + 1, min(title + 1 + _MOST_PIECES, len(blocks))):
        block = blocks[index]
        whole = ends_sentence(blocks[index - 1].text) or is_prose(block.text)
        if not block.kept or block.gap or whole or not goes_on(block.text):
            return
        draft.remove(index, rule.reason, rule.rule)
