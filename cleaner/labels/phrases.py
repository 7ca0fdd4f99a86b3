"""Lines that a rule of the data files knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.labels.shape import ends_sentence, is_title_like
from cleaner.rules import Scope

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["label_phrases"]

_LONGEST = 400  # no rule removes a longer line


def label_phrases(draft: Draft) -> None:
    """Remove every line that a rule matches; note the headings of lists for a later pass."""
    for index, block in draft.kept():
        if len(block.text) > _LONGEST:
            continue
        found = draft.rules.match(draft.line(index), draft.site)
        if found is None:
            continue
        rule = found.owner
        if rule.scope is Scope.LIST:
            draft.headings[index] = rule
        else:
            draft.remove(index, rule.reason, rule.id)
            if rule.scope is Scope.NEXT and not found.rest:
                _remove_next_title(draft, index)


def _remove_next_title(draft: Draft, index: int) -> None:
    """Remove the title that a bare "Read more:" or "Next story" points to."""
    after = index + 1
    if after >= len(draft.blocks) or not draft.blocks[after].kept:
        return
    text = draft.blocks[after].text
    if draft.rules.match(draft.line(after), draft.site) is not None:
        return  # it has a rule of its own
    if is_title_like(text) and not ends_sentence(text):
        rule = draft.blocks[index]
        assert rule.reason is not None
        draft.remove(after, rule.reason, rule.rule)
