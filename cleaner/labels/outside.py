"""What of an HTML page is not the article: the page around it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cleaner.article import Reason

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block, Box

__all__ = ["label_outside"]

_GOOD_LENGTH = 80
_MOST_LINKED = 0.35
_SHARE = 0.75
_FURNITURE = {
    "nav": Reason.NAVIGATION, "footer": Reason.NAVIGATION, "aside": Reason.OUTSIDE_ARTICLE,
    "form": Reason.CALL_TO_ACTION, "menu": Reason.NAVIGATION,
}  # fmt: skip
_COMMENTS = re.compile(r"(?<![a-z])(?:comments?|commentlist|disqus\w*|respond)(?![a-z])", re.IGNORECASE)


def label_outside(draft: Draft) -> None:
    """Remove everything outside the smallest box that holds most of the page's prose."""
    if draft.page.document != "html":
        return
    _label_furniture(draft)
    main = _main_box(draft)
    for index, block in draft.kept():
        assert block.markup is not None
        outside = main is not None and main not in block.markup.box.path()
        if outside or block.markup.box.hidden or _link_share(block) > 0.8:
            draft.remove(index, Reason.OUTSIDE_ARTICLE, "outside-main-box")


def _label_furniture(draft: Draft) -> None:
    for index, block in draft.kept():
        assert block.markup is not None
        for box in block.markup.box.path():
            if box.tag in _FURNITURE:
                draft.remove(index, _FURNITURE[box.tag], box.tag)
                break
            if _COMMENTS.search(box.attributes) is not None:
                draft.remove(index, Reason.COMMENTS, "comments-box")
                break


def _main_box(draft: Draft) -> Box | None:
    text: Counter[Box] = Counter()
    total = 0
    for _, block in draft.kept():
        assert block.markup is not None
        if len(block.text) > _GOOD_LENGTH and _link_share(block) < _MOST_LINKED:
            total += len(block.text)
            for box in block.markup.box.path():
                text[box] += len(block.text)
    enough = [box for box, amount in text.items() if amount >= _SHARE * total]
    return max(enough, key=lambda box: (box.depth, -box.index), default=None)


def _link_share(block: Block) -> float:
    assert block.markup is not None
    return block.markup.linked / max(1, len(block.text))
