"""What the names of boxes say is in them: the reason for a block that is out anyway."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.model.tokens import split_names
from cleaner.page import told_upwards

if TYPE_CHECKING:
    from cleaner.page import Block, Box

__all__ = ["BoxReasons", "certain_reason"]

_COMMENTS = (
    "comment comments commentlist commentaire commentaires kommentar kommentare comentario"
    " comentarios commento commenti reacties"
)
_NAMES = {
    Reason.COMMENTS: f"{_COMMENTS} disqus respond livefyre",
    Reason.NAVIGATION: "nav navbar navigation breadcrumb breadcrumbs menu footer",
    Reason.CALL_TO_ACTION: "newsletter subscribe signup share sharing social paywall",
    Reason.TEASER_LIST: "related recommended recirculation trending teaser teasers popular outbrain"
    " taboola read-next up-next next-article next-articles most-read most-popular more-on"
    " more-on-this-story more-stories more-articles more-news also-read see-also you-may-like",
    Reason.MEDIA_CAPTION: "caption figcaption credit video gallery player twitter-tweet"
    " instagram-media tiktok-embed fb-post bluesky-embed",
    Reason.AD_MARKER: "ad ads advert advertisement dfp",
    Reason.SPONSORED: "sponsored sponsor promoted-content promoted-stories promoted-links",
    Reason.LEGAL: "cookie cookies consent copyright gdpr cmp didomi onetrust usercentrics cookiebot"
    " vendor-list privacy-gate privacy-manager",
    Reason.AUTHOR_BIO: "bio author-bio about-author",
    Reason.BYLINE: "byline author authors",
    Reason.METADATA: "dateline timestamp pubdate datetime",
}  # fmt: skip
_BY_NAME = {name: reason for reason, names in _NAMES.items() for name in names.split()}
# What boxes so named hold is never the article, however much it reads like it, where no more than
# so many boxes stand around it. Others' posts have text enough for an article.
_CERTAIN = (
    (Reason.MEDIA_CAPTION, 2, frozenset(
        ("caption", "figcaption", "img-desc", "twitter-tweet", "instagram-media", "tiktok-embed",
         "fb-post", "bluesky-embed"))),
    (Reason.COMMENTS, 3, frozenset(_COMMENTS.split())),
    (Reason.BYLINE, 1, frozenset(("byline", "author", "authors"))),
    (Reason.CALL_TO_ACTION, 2, frozenset(("cta",))),
    (Reason.LEGAL, 1, frozenset(("disclaimer",))),
    (Reason.NAVIGATION, 1, frozenset(  # for readers who listen to the page
        ("sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden"))),
)  # fmt: skip
_LONGEST_CAPTION = 400  # characters
_MOST_CERTAIN = max(boxes for _, boxes, _ in _CERTAIN)
_HASH = re.compile(r"(?<![a-zA-Z0-9])[a-zA-Z]*\d+[a-zA-Z]+\d[a-zA-Z0-9]*")  # "b5ad5" is no ad
_NOT_ITSELF = frozenset(("has", "with", "no", "hide", "without"))  # "has-caption" is no caption
_BY_TAG = {
    "nav": Reason.NAVIGATION,
    "footer": Reason.NAVIGATION,
    "figcaption": Reason.MEDIA_CAPTION,
}


class BoxReasons:
    """Looks up reasons for the blocks of one page, remembering them box by box."""

    def __init__(self) -> None:
        self._known: dict[Box | None, Reason | None] = {None: None}

    def of(self, block: Block) -> Reason | None:
        """Return what the innermost telling box around a block says it is, None for nothing."""
        assert block.markup is not None
        return told_upwards(block.markup.box, self._known, _reason_of)


def _reason_of(box: Box) -> Reason | None:
    found = _telling(box.attributes) if box.attributes else None
    return _BY_TAG.get(box.tag) if found is None else found


def certain_reason(block: Block) -> Reason | None:
    """Return what the names of the boxes right around a block leave no doubt about."""
    assert block.markup is not None
    if len(block.text) <= _LONGEST_CAPTION and _is_caption(block.markup.inline):
        return Reason.MEDIA_CAPTION
    box: Box | None = block.markup.box
    for distance in range(_MOST_CERTAIN):
        if box is None:
            return None
        for most, reason in _certain(box.attributes):
            if distance < most:
                return reason
        box = box.parent
    return None


def _is_caption(names: str) -> bool:
    """Whether the first inline element of a block is called a caption."""
    return any(reason is Reason.MEDIA_CAPTION for _, reason in _certain(names))


@lru_cache(maxsize=20_000)  # a pure function; pages of one site repeat their names
def _certain(names: str) -> tuple[tuple[int, Reason], ...]:
    words = frozenset(_words(names))
    if not words.isdisjoint(_NOT_ITSELF):
        return ()
    return tuple((most, reason) for reason, most, sure in _CERTAIN if not words.isdisjoint(sure))


@lru_cache(maxsize=20_000)  # as above
def _telling(names: str) -> Reason | None:
    return next((_BY_NAME[word] for word in _words(names) if word in _BY_NAME), None)


def _words(names: str) -> tuple[str, ...]:
    return split_names(_HASH.sub(" ", names))
