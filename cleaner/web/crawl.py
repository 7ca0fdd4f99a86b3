"""Crawling with Scrapy: the settings of its engine, and one round of a crawl."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy.crawler import CrawlerProcess

from cleaner.errors import OutputError
from cleaner.web.addresses import AddressRefused, check_url
from cleaner.web.caching import CachePolicy
from cleaner.web.discovery import is_web, site_of
from cleaner.web.fetch import Limits
from cleaner.web.frontier import Frontier, Link
from cleaner.web.spider import ArticleSpider, FrontierScheduler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from twisted.internet.defer import Deferred

    from cleaner.rules import Rules
    from cleaner.web.output import Output

__all__ = ["Outcome", "Politeness", "crawl"]

_SLOWEST = 60.0  # seconds between two requests to a host that is slow, or --delay if it is more
_HOSTS_AT_ONCE = 100
STATE = ".crawl"  # folder of the frontier and the HTTP cache, in that of the articles


@dataclass(frozen=True, slots=True)
class Politeness:
    """How sites are asked; `delay` and `backoff` in seconds, as in `cleaner.web.fetch.Fetcher`."""

    user_agent: str
    delay: float = 1.0
    backoff: float = 1.0
    obey_robots: bool = True
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of a crawl came to: `finished` is false where it was stopped before its end."""

    tally: Counter[str]
    waiting: int
    resumed: bool
    finished: bool
    problem: str | None


def crawl(  # noqa: PLR0913  (one argument for each choice of the user)
    seeds: Iterable[str],
    output: Output,
    report: Callable[[str], object],
    politeness: Politeness,
    *,
    limits: Limits | None = None,
    pages: int = 0,
    depth: int = 2,
    rules: Rules | None = None,
) -> Outcome:
    """Crawl from `seeds` (fronts, feeds, sitemaps) into a folder; go on where it was stopped.

    `pages` is the most that are asked for in one round, 0 for no limit, `depth` how many links
    deep they are looked for from a front. A process can do this once: Twisted's reactor does not
    start again.

    Raises OutputError where the folder cannot be used, FetchError for a seed that is no address.
    """
    limits = limits or Limits()
    links = [_seed(url, depth) for url in seeds]
    frontier = Frontier(output.root / STATE / "frontier.sqlite", pages)
    try:
        resumed = frontier.begin(links)
        unwritten = frontier.write_to(output)
        for problem in unwritten:
            report(problem)
        process = _Process(_settings(politeness, limits, output.root / STATE), report)
        crawler = process.create_crawler(ArticleSpider)
        process.crawl(crawler, frontier, output, report, rules, limits)
        process.start()
        spider = crawler.spider
        if not isinstance(spider, ArticleSpider):  # it failed before it began
            return Outcome(Counter(), frontier.waiting(), resumed, False, "Scrapy did not start")
        if spider.finished:
            frontier.finish()
        spider.tally["failed"] += len(unwritten)
        return Outcome(spider.tally, frontier.waiting(), resumed, spider.finished, spider.problem)
    except sqlite3.Error as error:
        raise OutputError(f"the state of the crawl cannot be stored: {error}") from error
    finally:
        frontier.close()


class _Process(CrawlerProcess):
    """Says so when it is told to stop: what is on its way may take a while."""

    def __init__(self, settings: dict[str, Any], report: Callable[[str], object]):
        super().__init__(settings)
        self._report = report

    def stop(self) -> Deferred[Any]:
        """Stop as Scrapy does, which calls this at the first Ctrl-C, and at the end."""
        if any(crawler.crawling for crawler in self.crawlers):
            self._report("stopping when what is on its way has come; once more to stop at once")
        return super().stop()


def _seed(url: str, depth: int) -> Link:
    check_url(url)
    if not is_web(url):
        raise AddressRefused("no valid address")
    return Link(url, "source", site_of(url), depth)


def _settings(politeness: Politeness, limits: Limits, state: Path) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "USER_AGENT": politeness.user_agent,
        "ROBOTSTXT_OBEY": politeness.obey_robots,
        "SCHEDULER": FrontierScheduler,
        "DOWNLOADER_MIDDLEWARES": {
            "cleaner.web.politeness.AddressMiddleware": 50,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "cleaner.web.politeness.BackoffMiddleware": 550,
        },
        # Nothing but the web, and never with a cookie, a password or another's address.
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # Politeness: a host is asked one thing at a time, and less often when it is slow. A
        # request that waits for its host takes none of the places of the others.
        "CONCURRENT_REQUESTS": _HOSTS_AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": politeness.delay,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": politeness.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(_SLOWEST, politeness.delay),
        "RETRY_TIMES": limits.retries,
        "RETRY_PRIORITY_ADJUST": 0,
        "BACKOFF": politeness.backoff,
        "LONGEST_WAIT": limits.longest_wait,
        # Bounds.
        "DOWNLOAD_TIMEOUT": limits.seconds,
        "DOWNLOAD_MAXSIZE": limits.size,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": limits.redirects,
        # Feeds, sitemaps and fronts are asked for only if they are new.
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_POLICY": CachePolicy,
        "HTTPCACHE_DIR": str((state / "httpcache").absolute()),
        "LOG_LEVEL": "CRITICAL",  # what matters is reported by the spider
    }
    if not politeness.allow_private:
        settings["TWISTED_DNS_RESOLVER"] = "cleaner.web.resolver.CheckedResolver"
    else:
        settings["TWISTED_DNS_RESOLVER"] = "scrapy.resolver.CachingHostnameResolver"
    return settings
