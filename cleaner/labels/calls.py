"""Calls to action of several sentences: "Enjoying this? Join our WhatsApp channel."

What leads up to a call is worded in any number of ways, the call itself is not: where a sentence of
a short line is one that the rules know, and little else is said, the line as a whole is a call.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.rules import Line

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.rules import Rule

__all__ = ["label_calls"]

_LONGEST = 260  # characters
_LONGEST_LEAD = 120  # characters of all that is no call
_MOST_SENTENCES = 4
_LEAST_SPACES = 2  # in a call: "Facebook" may be what the rest is about
_PITCHES = frozenset(("business-pitch",))  # a company's article may end in one of its own
_BETWEEN = re.compile(r"(?<=[.!?…]) | ?: |(?<=[。！？])")
_QUOTING = frozenset("\"'“„«‘")  # somebody calls, in the article


def label_calls(draft: Draft) -> None:
    """Remove short lines of which a sentence is a call to action, by its rule."""
    for index, block in draft.unnamed():
        text = block.text
        if len(text) > _LONGEST or text[0] in _QUOTING or _BETWEEN.search(text) is None:
            continue
        rule = _call_among(draft, _BETWEEN.split(text))
        if rule is not None and draft.match(index) is None:
            draft.remove(index, rule.reason, rule.id)


def _call_among(draft: Draft, sentences: list[str]) -> Rule | None:
    """Return the rule of the last call among few sentences, None where too much else is said."""
    if len(sentences) > _MOST_SENTENCES:
        return None
    rule, others = None, 0
    for sentence in filter(None, sentences):
        known = _call(draft, sentence)
        if known is not None:
            rule = known
            continue
        others += len(sentence)
        if others > _LONGEST_LEAD:
            return None
    return rule


def _call(draft: Draft, sentence: str) -> Rule | None:
    if sentence.count(" ") < _LEAST_SPACES:
        return None
    found = draft.rules.match(Line(sentence), draft.site)
    if found is None or found.owner.id in _PITCHES:
        return None
    return found.owner if found.owner.reason is Reason.CALL_TO_ACTION else None
