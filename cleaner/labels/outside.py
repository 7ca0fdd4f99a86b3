"""What of an HTML page is not the article, as the learned model sees it.

This pass comes first: later ones look only at what it kept, and give what it dropped a better
reason where a rule knows one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Caution, Reason
from cleaner.model.tokens import split_names

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft
    from cleaner.page import Block, Box

__all__ = ["label_outside"]

MODEL_RULE = "model"

# Words in the names of boxes, and elements, that say what is in them.
_NAMED: dict[str, Reason] = {
    **dict.fromkeys(
        ("comment", "comments", "commentlist", "disqus", "respond", "livefyre", "coral-talk"),
        Reason.COMMENTS),
    **dict.fromkeys(("nav", "navbar", "navigation", "breadcrumb", "breadcrumbs", "menu", "footer"),
        Reason.NAVIGATION),
    **dict.fromkeys(("newsletter", "subscribe", "signup", "share", "sharing", "social", "paywall"),
        Reason.CALL_TO_ACTION),
    **dict.fromkeys(("related", "recommended", "recirculation", "trending", "teaser", "teasers",
        "outbrain", "taboola", "popular"), Reason.TEASER_LIST),
    **dict.fromkeys(("caption", "figcaption", "credit", "video", "gallery", "player"),
        Reason.MEDIA_CAPTION),
    **dict.fromkeys(("ad", "ads", "advert", "advertisement", "dfp"), Reason.AD_MARKER),
    **dict.fromkeys(("sponsored", "sponsor", "promoted"), Reason.SPONSORED),
    **dict.fromkeys(("cookie", "cookies", "consent", "copyright", "gdpr"), Reason.LEGAL),
    **dict.fromkeys(("bio", "author-bio", "about-author"), Reason.AUTHOR_BIO),
    **dict.fromkeys(("byline", "author", "authors"), Reason.BYLINE),
    **dict.fromkeys(("dateline", "timestamp", "pubdate", "datetime"), Reason.METADATA),
}  # fmt: skip
_TAGS = {"nav": Reason.NAVIGATION, "footer": Reason.NAVIGATION, "figcaption": Reason.MEDIA_CAPTION}
_SURE = (
    0.9  # what readers wrote reads like an article; above it, a box called "comments" may be one
)


def label_outside(draft: Draft) -> None:
    """Remove the blocks of an HTML page that the model does not take for body."""
    page = draft.page
    if page.document != "html" or Caution.BODY_FROM_DATA in page.warnings:
        return
    from cleaner.model.body import builtin_model  # noqa: PLC0415  (numpy: not for dumps)

    judgement = (draft.model or builtin_model()).judge(page)
    page.trust = judgement.confidence
    names: dict[int, Reason | None] = {}
    doubtful: list[int] = []
    for index, probability in enumerate(judgement.probabilities.tolist()):
        block = page.blocks[index]
        if probability <= judgement.threshold:
            block.remove(_reason(block, names) or Reason.OUTSIDE_ARTICLE, MODEL_RULE)
        elif probability < _SURE:
            doubtful.append(index)
    for index in doubtful:
        if _reason(page.blocks[index], names) is Reason.COMMENTS:
            draft.remove(index, Reason.COMMENTS, "comments-box")


def _reason(block: Block, names: dict[int, Reason | None]) -> Reason | None:
    """Return what the innermost telling box around a block says it is; `names` remembers."""
    assert block.markup is not None
    path: list[Box] = []
    found: Reason | None = None
    for box in block.markup.box.path():
        if box.index in names:
            found = names[box.index]
            break
        path.append(box)
        found = _named(box)
        if found is not None:
            break
    for box in path:
        names[box.index] = found
    return found


def _named(box: Box) -> Reason | None:
    for word in split_names(box.attributes) if box.attributes else ():
        if word in _NAMED:
            return _NAMED[word]
    return _TAGS.get(box.tag)
