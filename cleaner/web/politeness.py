"""What Scrapy leaves out of politeness: waiting when a site asks to, and before trying again."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest

from cleaner.web.addresses import AddressRefused, check_url
from cleaner.web.resolver import refusals
from cleaner.web.spider import ArticleSpider, NotNow
from cleaner.web.waiting import asked_to_wait

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.robotstxt import RobotParser
    from scrapy.settings import BaseSettings

__all__ = ["AddressMiddleware", "BackoffMiddleware"]

_GLANCE = 0.5  # seconds between two looks at whether the crawl is to stop


class AddressMiddleware:
    """Refuses requests to what is no http or https address, whoever makes them."""

    def process_request(self, request: Request) -> None:
        """Check the address of a request, that of a redirect or of robots.txt included."""
        try:
            check_url(request.url)
        except AddressRefused as error:
            raise IgnoreRequest(str(error)) from error


class BackoffMiddleware(RetryMiddleware):
    """Retries after growing waits, and leaves a host alone as long as it asks to be.

    The waits are DOWNLOAD_DELAY, Retry-After of an answer and Crawl-delay of robots.txt. A site
    that asks for more patience than LONGEST_WAIT seconds is not asked again in this run. Nothing
    that waits is sent once the crawl is to stop.
    """

    def __init__(self, settings: BaseSettings):
        super().__init__(settings)
        self._backoff = settings.getfloat("BACKOFF")
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        self._longest_wait = settings.getfloat("LONGEST_WAIT")
        self._crawl_delay: dict[str, float] = {}
        self._free_from: dict[str, float] = defaultdict(float)  # by host, monotonic clock

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        """Make the middleware as Scrapy does, and listen for what robots.txt say."""
        middleware = super().from_crawler(crawler)
        crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the delay that a site asks for."""
        agent = request.headers.get("User-Agent") or self.crawler.settings["USER_AGENT"]
        delay = robotparser.crawl_delay(agent)
        if delay:
            self._crawl_delay[_host(request)] = min(delay, self._longest_wait)

    async def process_request(self, request: Request) -> None:
        """Hold a request back until its host may be asked again."""
        host = _host(request)
        while (wait := self._free_from[host] - time.monotonic()) > 0 and not self._spider.stopping:
            await asyncio.sleep(min(wait, _GLANCE))
        if self._spider.stopping or host in self._spider.left_alone:
            raise NotNow
        self._free_from[host] = time.monotonic() + max(self._delay, self._crawl_delay.get(host, 0))

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002  (Scrapy's signature)
    ) -> Request | Response:
        """Retry as Scrapy does, but later."""
        if response.status in self.retry_http_codes:
            wait = self._wait(request, response)
            if wait > self._longest_wait:
                self._spider.leave_alone(_host(request), wait)
                return response
            self._hold(request, wait)
        return super().process_response(request, response)

    def process_exception(
        self,
        request: Request,
        exception: Exception,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response | None:
        """Retry as Scrapy does, but later, and not what was refused or had its time."""
        if isinstance(exception, DownloadTimeoutError):
            return None
        if _host(request) in refusals:
            return None
        if isinstance(exception, self.exceptions_to_retry):
            self._hold(request, self._wait(request, None))
        return super().process_exception(request, exception)

    @property
    def _spider(self) -> ArticleSpider:
        assert isinstance(self.crawler.spider, ArticleSpider)
        return self.crawler.spider

    def _wait(self, request: Request, response: Response | None) -> float:
        wait: float = self._backoff * 2 ** request.meta.get("retry_times", 0)
        if response is None:
            return wait
        value = response.headers.get("Retry-After")
        text = None if value is None else value.decode("latin-1")
        return max(wait, asked_to_wait(response.status, text))

    def _hold(self, request: Request, wait: float) -> None:
        host = _host(request)
        self._free_from[host] = max(self._free_from[host], time.monotonic() + wait)


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
