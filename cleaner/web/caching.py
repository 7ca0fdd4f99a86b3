"""Which answers a crawl keeps to ask for them more cheaply the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.httpcache import RFC2616Policy

if TYPE_CHECKING:
    from scrapy.http import Request, Response

__all__ = ["CachePolicy"]


class CachePolicy(RFC2616Policy):
    """Keeps what HTTP allows, but no failures, no redirects and no robots.txt.

    A kept failure would be the answer to each further try, and a robots.txt may not be believed
    for longer than a day (RFC 9309, 2.4), whatever its headers say.
    """

    def should_cache_request(self, request: Request) -> bool:
        """Whether a request may be answered from the cache: not one that reads a robots.txt."""
        of_robots = bool(request.meta.get("dont_obey_robotstxt"))  # so does Scrapy mark them
        return not of_robots and super().should_cache_request(request)

    def should_cache_response(self, response: Response, request: Request) -> bool:
        """Whether an answer is kept."""
        return response.status == 200 and super().should_cache_response(response, request)

    def is_cached_response_valid(
        self,
        cachedresponse: Response,  # noqa: ARG002  (Scrapy's signature)
        response: Response,
        request: Request,  # noqa: ARG002
    ) -> bool:
        """Whether nothing changed, as the server says; what was does not hide a failure."""
        return response.status == 304
