"""What the names of boxes say is in them: the reason for a block that is out anyway."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.model.tokens import split_names

if TYPE_CHECKING:
    from cleaner.page import Block, Box

__all__ = ["BoxReasons"]

_NAMES = {
    Reason.COMMENTS: "comment comments commentlist disqus respond livefyre",
    Reason.NAVIGATION: "nav navbar navigation breadcrumb breadcrumbs menu footer",
    Reason.CALL_TO_ACTION: "newsletter subscribe signup share sharing social paywall",
    Reason.TEASER_LIST: "related recommended recirculation trending teaser teasers popular outbrain"
    " taboola",
    Reason.MEDIA_CAPTION: "caption figcaption credit video gallery player twitter-tweet"
    " instagram-media tiktok-embed fb-post bluesky-embed",
    Reason.AD_MARKER: "ad ads advert advertisement dfp",
    Reason.SPONSORED: "sponsored sponsor promoted",
    Reason.LEGAL: "cookie cookies consent copyright gdpr",
    Reason.AUTHOR_BIO: "bio author-bio about-author",
    Reason.BYLINE: "byline author authors",
    Reason.METADATA: "dateline timestamp pubdate datetime",
}  # fmt: skip
_BY_NAME = {name: reason for reason, names in _NAMES.items() for name in names.split()}
_BY_TAG = {
    "nav": Reason.NAVIGATION,
    "footer": Reason.NAVIGATION,
    "figcaption": Reason.MEDIA_CAPTION,
}


class BoxReasons:
    """Looks up reasons for the blocks of one page, remembering them box by box."""

    def __init__(self) -> None:
        self._known: dict[int, Reason | None] = {}

    def of(self, block: Block) -> Reason | None:
        """Return what the innermost telling box around a block says it is, None for nothing."""
        assert block.markup is not None
        box: Box | None = block.markup.box
        path: list[Box] = []
        found: Reason | None = None
        while box is not None and found is None:
            if box.index in self._known:
                found = self._known[box.index]
                break
            path.append(box)
            found = _BY_TAG.get(box.tag)
            if box.attributes:
                found = _telling(box.attributes) or found
            box = box.parent
        for below in path:
            self._known[below.index] = found
        return found


@lru_cache(maxsize=20_000)  # a pure function; pages of one site repeat their names
def _telling(names: str) -> Reason | None:
    return next((_BY_NAME[word] for word in split_names(names) if word in _BY_NAME), None)
