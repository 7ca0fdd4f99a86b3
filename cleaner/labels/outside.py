"""What of an HTML page is not the article, as the learned model sees it.

This pass comes first: later ones look only at what it kept, and give what it dropped a better
reason where a rule knows one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cleaner.article import Caution, Reason
from cleaner.labels.box_names import BoxReasons, certain_reason
from cleaner.labels.neighbours import keep_neighbours

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block

__all__ = ["LINK_RULE", "MODEL_RULE", "NAMED_RULE", "label_outside"]

MODEL_RULE = "model"
NAMED_RULE = "named-box"  # likely by its text, noise by the name of its box
LINK_RULE = "link-row"  # short, all link, and far from the body: nobody is asked

# How sure the model must be of a block whose box is named like noise. What readers wrote reads
# like an article; and there are articles in boxes that are called "comments" or "video".
_SURE: dict[Reason | None, float] = {
    Reason.COMMENTS: 0.9, Reason.MEDIA_CAPTION: 0.75,
    **dict.fromkeys(
        (Reason.AD_MARKER, Reason.SPONSORED, Reason.CALL_TO_ACTION, Reason.TEASER_LIST,
         Reason.AUTHOR_BIO, Reason.BYLINE, Reason.METADATA, Reason.LEGAL),
        0.7),
}  # fmt: skip
_UNDOUBTED = max(_SURE.values())
_ABOVE, _BELOW = 12, 40  # blocks around the body within which links may be its own noise


def label_outside(draft: Draft) -> None:
    """Remove the blocks of an HTML page that the model does not take for body."""
    page = draft.page
    if page.document != "html":
        return
    if Caution.BODY_FROM_DATA in page.warnings:  # data hold no page around the article
        _remove_certain(draft)
        return
    from cleaner.model.body import builtin_model  # noqa: PLC0415  (numpy: not for dumps)

    judgement = (draft.model or builtin_model()).judge(page)
    page.trust = judgement.confidence
    probabilities: list[float] = judgement.probabilities.tolist()
    kept = [probability > judgement.threshold for probability in probabilities]
    keep_neighbours(page.blocks, probabilities, kept)
    _remove(page.blocks, probabilities, kept)


def _remove(blocks: list[Block], probabilities: list[float], kept: list[bool]) -> None:
    """Remove what is not kept, and of the rest what stands in a box that is named like noise."""
    body = [index for index, keep in enumerate(kept) if keep]
    near = range(body[0] - _ABOVE, body[-1] + _BELOW) if body else range(0)
    reasons = BoxReasons()
    of_body = _reason_of_most([blocks[index] for index in body], reasons)
    for index, block in enumerate(blocks):
        if not block.kept:  # the reader has taken it out
            continue
        if kept[index]:
            reason = certain_reason(block)
            if reason is None and probabilities[index] < _UNDOUBTED:
                doubtful = reasons.of(block)
                if doubtful is not of_body and probabilities[index] < _SURE.get(doubtful, 0.0):
                    reason = doubtful
            if reason is not None:
                block.remove(reason, NAMED_RULE)
            continue
        asked = probabilities[index] > 0 or index in near
        named = reasons.of(block)
        if named is None or (asked and named is of_body):  # which says nothing
            named = Reason.OUTSIDE_ARTICLE if asked else Reason.NAVIGATION
        block.remove(named, MODEL_RULE if asked else LINK_RULE)


def _reason_of_most(blocks: list[Block], reasons: BoxReasons) -> Reason | None:
    """Return what the names of their boxes say of most of the text, None for nothing.

    Of the article that says nothing: there are some in boxes called "no-share", "newsletter-post".
    """
    lengths: Counter[Reason | None] = Counter()
    for block in blocks:
        lengths[reasons.of(block)] += len(block.text)
    found, length = lengths.most_common(1)[0] if lengths else (None, 0)
    return found if 2 * length > lengths.total() else None


def _remove_certain(draft: Draft) -> None:
    """Remove the blocks whose box is called what holds none of an article."""
    for index, block in draft.kept():
        reason = certain_reason(block)
        if reason is not None:
            draft.remove(index, reason, NAMED_RULE)
