"""The spider: from feeds, sitemaps and fronts to articles, as Scrapy's engine brings the pages."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.exceptions import CloseSpider, DownloadTimeoutError, IgnoreRequest
from scrapy.http import HtmlResponse
from scrapy.utils.response import response_status_message
from twisted.internet.task import LoopingCall

from cleaner.errors import CleanerError, OutputError
from cleaner.headers import charset_of
from cleaner.pipeline import clean
from cleaner.web.discovery import (
    articles_and_sections,
    decompressed,
    feeds_of,
    is_of,
    is_web,
    joined,
    kind_of,
    listed,
    site_of,
)
from cleaner.web.fetch import REDIRECTS, Limits
from cleaner.web.frontier import Link
from cleaner.web.output import NameRefused
from cleaner.web.resolver import refusals
from cleaner.web.waiting import TRANSIENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.robotstxt import RobotParser
    from twisted.python.failure import Failure

    from cleaner.article import Article
    from cleaner.rules import Rules
    from cleaner.web.discovery import Listing
    from cleaner.web.frontier import Frontier, Row
    from cleaner.web.output import Output

__all__ = ["LARGEST_SOURCE", "ArticleSpider", "FrontierScheduler", "NotNow"]

LARGEST_SOURCE = 64 * 2**20  # bytes: sitemaps may have 50 MB
_FORBIDDEN = "Forbidden by robots.txt"  # in the words of Scrapy
_EVERY = 30.0  # seconds between two lines of progress


class NotNow(IgnoreRequest):
    """A request that is not sent in this run: its address waits for the next one."""


class FrontierScheduler(BaseScheduler):
    """Hands out the requests of the spider's frontier, and before them those to be tried again.

    One at a time to each host: what waits in Scrapy for its host would take the place of another's,
    and be sent whatever the host has said since.
    """

    def __init__(self, spider: ArticleSpider):
        self._spider = spider
        self._retries: list[Request] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """Make the scheduler of a crawler whose spider has a frontier."""
        assert isinstance(crawler.spider, ArticleSpider)
        return cls(crawler.spider)

    def has_pending_requests(self) -> bool:
        """Whether there is anything left to ask for."""
        return bool(self._retries) or self._spider.frontier.has_next(self._busy())

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that is to be sent again."""
        self._retries.append(request)
        return True

    def next_request(self) -> Request | None:
        """Return the next request, None for none at the moment."""
        if self._retries:
            return self._retries.pop(0)
        while (row := self._spider.frontier.take(self._busy())) is not None:
            request = self._spider.request(row)
            if request is not None:
                return request
        return None

    def _busy(self) -> set[str]:
        return self._spider.frontier.asked | self._spider.left_alone


class ArticleSpider(scrapy.Spider):
    """Crawls what its frontier holds; `report` is told of each failure.

    `tally` counts what became of the addresses; `problem` is why the crawl had to end early;
    `left_alone` are the hosts that are not asked again in this run.
    """

    name = "cleaner"

    def __init__(
        self,
        frontier: Frontier,
        output: Output,
        report: Callable[[str], object],
        rules: Rules | None = None,
        limits: Limits | None = None,
    ):
        super().__init__()
        self.frontier = frontier
        self.tally: Counter[str] = Counter()
        self.problem: str | None = None
        self.finished = False
        self.left_alone: set[str] = set()
        self._output = output
        self._report = report
        self._rules = rules
        limits = limits or Limits()
        self._max_size = limits.size
        self._redirects = limits.redirects
        self._sitemaps: dict[str, list[str]] = defaultdict(list)
        self._progress: LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ArticleSpider:
        """Make the spider as Scrapy does, and listen to its engine."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        connect = crawler.signals.connect
        connect(spider.robots_parsed, signal=signals.robots_parsed)
        connect(spider.spider_opened, signal=signals.spider_opened)
        connect(spider.spider_closed, signal=signals.spider_closed)
        return spider

    def leave_alone(self, host: str, seconds: float) -> None:
        """Ask nothing of a host any more; what waits for it is asked for by the next run."""
        if host not in self.left_alone:
            self.left_alone.add(host)
            self._report(f"{host} asks to wait for {seconds:.0f} s: left to the next run")

    @property
    def stopping(self) -> bool:
        """Whether nothing is to be asked for any more."""
        return self.problem is not None or not self.crawler.crawling

    async def start(self) -> AsyncIterator[Any]:
        """Yield nothing: all requests come from the frontier."""
        return
        yield

    def spider_opened(self) -> None:
        """Begin to report progress."""
        self._progress = LoopingCall(self._say_how_far)  # not before: it wants a reactor
        self._progress.start(_EVERY, now=False)

    def spider_closed(self, reason: str) -> None:
        """Note whether the crawl came to its end."""
        if self._progress is not None:
            self._progress.stop()
        self.finished = reason == "finished"

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the sitemaps that a robots.txt names."""
        parser = getattr(robotparser, "rp", None)
        self._sitemaps[urlsplit(request.url).netloc] = list(getattr(parser, "sitemaps", ()))

    def request(self, row: Row) -> Request | None:
        """Return the request for an address of the frontier, None where Scrapy makes none of it."""
        try:
            return self._request(row)
        except ValueError as error:
            self._fail(row, f"no valid address ({error})")
            return None

    def _request(self, row: Row) -> Request:
        source = row.link.kind == "source"
        return scrapy.Request(
            row.link.url,
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"row": row},
            dont_filter=True,
            meta={
                # Redirects are addresses of their own here, and other answers are for us to judge.
                "handle_httpstatus_all": True,
                "dont_redirect": True,
                # A page is never asked for again; of a source it helps to know if it is new.
                "dont_cache": not source,
                "download_maxsize": LARGEST_SOURCE if source else self._max_size,
            },
        )

    def parse(self, response: Response, row: Row) -> None:
        """Store what an answer gives."""
        try:
            self._settle(response, row)
        except CleanerError as error:
            if isinstance(error, OutputError) and not isinstance(error, NameRefused):
                self._stop(str(error))
            self._fail(row, str(error))
        except sqlite3.Error as error:
            self._stop(f"the state of the crawl cannot be stored: {error}")
        except Exception as error:  # a mistake of ours must not cost the pages that follow
            self._fail(row, f"{type(error).__name__}: {error} (please report this)")

    def failed(self, failure: Failure) -> None:
        """Note why a request got no answer."""
        row = failure.request.cb_kwargs["row"]  # type: ignore[attr-defined]
        error = failure.value
        host = urlsplit(row.link.url).hostname or ""
        if isinstance(error, NotNow):
            return
        if isinstance(error, IgnoreRequest):
            if str(error) == _FORBIDDEN:
                self.tally["forbidden"] += 1
                self.frontier.settle(row, "forbidden")
                if row.link.kind == "source":
                    self._report(f"{row.link.url}: forbidden by robots.txt")
            else:
                self._fail(row, str(error))
        elif host in refusals:
            self._fail(row, refusals[host])
        elif isinstance(error, DownloadTimeoutError):
            self._fail(row, "not finished in time", transient=True)
        else:
            self._fail(row, f"{type(error).__name__}: {error}", transient=True)

    def _settle(self, response: Response, row: Row) -> None:
        if response.status in REDIRECTS and response.headers.get("Location"):
            self._move(response, row)
        elif response.status != 200:
            status = response_status_message(response.status)
            self._fail(row, f"HTTP {status}", transient=response.status in TRANSIENT)
        else:
            body = decompressed(response.body, LARGEST_SOURCE)
            kind = kind_of(body)
            if kind is None:
                self._settle_page(response, row)
            elif kind == "index" and row.link.hops >= self._redirects:
                self._fail(row, f"indexes of sitemaps more than {self._redirects} deep")
            else:
                self._settle_list(kind, body, response.url, row)

    def _settle_list(self, kind: Listing, body: bytes, base: str, row: Row) -> None:
        links = listed(kind, body, base)
        if kind == "index":
            links = (replace(link, hops=row.link.hops + 1) for link in links)
        self.frontier.settle(row, "done", links=links)

    def _move(self, response: Response, row: Row) -> None:
        location = (response.headers.get("Location") or b"").decode("utf-8", "replace")
        target = joined(response.url, location.strip())
        if target is None:
            self._fail(row, f"redirected to {location!r}, which is no valid address")
            return
        link = row.link
        off_site = link.site is not None and not is_of(target, link.site)
        site = link.site
        if off_site:  # the front of the site is elsewhere, or a page that is wanted anyway
            site = site_of(target) if link.kind == "source" else None
        if off_site and link.kind == "page" and not self.frontier.is_listed(row):
            self.frontier.settle(row, "left", target)
            return
        if link.hops >= self._redirects:
            self._fail(row, f"redirected more than {self._redirects} times")
            return
        moved = Link(target, link.kind, site, link.depth, link.hops + 1)
        problem = self.frontier.move(row, moved)
        if problem is not None:
            self._fail(row, problem)

    def _settle_page(self, response: Response, row: Row) -> None:
        body, link = response.body, row.link
        article = clean(
            body, response.url, "html" if _is_html(response) else "auto",
            rules=self._rules,
            captured=dt.datetime.now(dt.UTC).date(),
            encoding=charset_of((response.headers.get("Content-Type") or b"").decode("latin-1")),
        )  # fmt: skip
        links = list(self._links(response, link))
        # What was listed as an article is one; a page found on the way has to look like one.
        if not self.frontier.is_listed(row) and not (
            article.headline and article.date and article.body
        ):
            self.tally["without an article"] += 1
            self.frontier.settle(row, "section", links=links, again=link.depth > 0)
            return
        first = self._first(article, response.url)
        if first != response.url:
            self.tally["duplicate"] += 1
            self.frontier.settle(row, "duplicate", first, links=links)
            return
        files = self._output.files(response.url, body, article)
        self.frontier.settle(row, "done", links=links, files=files)
        self._output.write(files)
        self.frontier.written(files)
        self.tally["article"] += 1
        self.tally["empty"] += not article.body

    def _first(self, article: Article, url: str) -> str:
        """Return the address under which this article was met first.

        A canonical address alone is not believed: some sites give all their pages the same.
        """
        if article.url is None or not article.headline or not is_web(article.url):
            return url
        return self.frontier.first_with(article.url, article.headline, url)

    def _links(self, response: Response, link: Link) -> Iterator[Link]:
        if link.site is None:
            return
        page = HtmlResponse(response.url, headers=response.headers, body=response.body)
        if link.kind == "source":  # the front
            yield from feeds_of(page)
            for address in self._sitemaps[urlsplit(response.url).netloc]:
                whole = joined(urljoin(response.url, "/robots.txt"), address)
                if whole is not None:
                    yield Link(whole, "source")
        if link.depth > 0:
            yield from articles_and_sections(page, link.site, link.depth)

    def _fail(self, row: Row, message: str, transient: bool = False) -> None:
        self.tally["failed"] += 1
        self._report(f"{row.link.url}: {message}")
        try:
            self.frontier.settle(row, "failed", message, again=transient)
        except sqlite3.Error as error:
            self._stop(f"the state of the crawl cannot be stored: {error}")

    def _stop(self, problem: str) -> None:
        self.problem = problem
        raise CloseSpider("cannot go on")

    def _say_how_far(self) -> None:
        done = ", ".join(f"{count} {what}" for what, count in sorted(self.tally.items()))
        self._report(f"{done or 'nothing yet'}; {self.frontier.waiting()} addresses waiting")


def _is_html(response: Response) -> bool:
    return b"html" in (response.headers.get("Content-Type") or b"").lower()
