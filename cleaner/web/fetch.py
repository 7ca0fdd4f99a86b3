"""Fetching single pages: bounded in size and time, polite, and from public addresses only."""

from __future__ import annotations

import datetime as dt
import re
import ssl
import threading
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import make_headers
from urllib3.util.url import parse_url

from cleaner.errors import FetchError
from cleaner.headers import charset_of
from cleaner.web.addresses import check_url, resolve, without_default_port
from cleaner.web.robots import Robots
from cleaner.web.waiting import TRANSIENT, asked_to_wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3 import BaseHTTPResponse, HTTPHeaderDict

__all__ = ["REDIRECTS", "Fetched", "Fetcher", "Limits"]

T = TypeVar("T")

REDIRECTS = (301, 302, 303, 307, 308)
_ROBOTS_SIZE = 500 * 1024  # bytes, which RFC 9309 wants to be read at least
_AT_ONCE = 64 * 1024
# What goes wrong on a connection: urllib3 does not take all that it meets for its own.
_BROKEN = (HTTPError, HTTPException, OSError)
_LONGEST_CAUSE = 200  # characters: some causes quote what the server sent
_PAGE = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml)|", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may cost: bytes, seconds for each request, redirects, tries after the first."""

    size: int = 10 * 2**20
    seconds: float = 60.0
    redirects: int = 10
    retries: int = 3
    longest_wait: float = 120.0  # seconds that a site may ask for before the next try


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` is where the redirects ended, `encoding` what the header says."""

    url: str
    data: bytes
    encoding: str | None
    captured: dt.date  # UTC


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    headers: HTTPHeaderDict
    data: bytes


class Fetcher:
    """Fetches pages one after the other.

    `delay` is the seconds between two requests to one host, more where its robots.txt asks for
    it; `backoff` the seconds before the first retry, doubled with each. Cookies are neither kept
    nor sent, proxies not used.
    """

    def __init__(  # noqa: PLR0913  (one argument for each choice of the user)
        self,
        user_agent: str,
        *,
        limits: Limits | None = None,
        delay: float = 1.0,
        backoff: float = 1.0,
        allow_private: bool = False,
        obey_robots: bool = True,
    ):
        self._limits = limits or Limits()
        self._delay = delay
        self._backoff = backoff
        self._allow_private = allow_private
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.1",
            **make_headers(accept_encoding=True),
        }
        self._robots = Robots(user_agent, self._get_robots) if obey_robots else None
        self._free_from: dict[str, float] = defaultdict(float)  # by host, on the monotonic clock
        self._left_alone: dict[str, float] = {}  # seconds asked for by hosts that are left alone
        self._tls = ssl.create_default_context()
        self._tls.load_verify_locations(certifi.where())

    def fetch(self, url: str) -> Fetched:
        """Return the page at `url`.

        Raises FetchError, naming the address and the cause.
        """
        try:
            address, response = self._follow(url, self._ask_politely)
            if response.status != 200:
                raise FetchError(_status(response.status))
            if not response.data.strip():
                raise FetchError("the page is empty")
        except FetchError as error:
            raise type(error)(f"{url}: {error}", error.transient) from error
        today = dt.datetime.now(dt.UTC).date()
        encoding = charset_of(response.headers.get("Content-Type"))
        return Fetched(address, response.data, encoding, today)

    def _follow(self, url: str, ask: Callable[[str], _Response]) -> tuple[str, _Response]:
        """Ask for `url` and for what it redirects to; return the last address and its answer."""
        chain = [_normal(url)]
        try:
            while True:
                check_url(chain[-1])
                response = ask(chain[-1])
                location = response.headers.get("Location")
                if response.status not in REDIRECTS or not location:
                    return chain[-1], response
                target = _normal(_as_utf8(location).strip(), chain[-1])
                if target in chain:
                    raise FetchError(f"redirected in a circle, back to {target}")
                if len(chain) > self._limits.redirects:
                    raise FetchError(f"redirected more than {self._limits.redirects} times")
                chain.append(target)
        except FetchError as error:
            if len(chain) == 1:
                raise
            message = f"redirected to {chain[-1]}: {error}"
            raise type(error)(message, error.transient) from error

    def _ask_politely(self, url: str) -> _Response:
        if self._robots is not None:
            self._robots.check(url)
        return self._retry(url)

    def _get_robots(self, url: str) -> tuple[int, bytes]:
        response = self._follow(url, partial(self._retry, page=False))[1]
        return response.status, response.data

    def _retry(self, url: str, page: bool = True) -> _Response:
        """Ask until the answer is final or the tries are used up."""
        host = urlsplit(url).netloc
        pause = self._pause(url) if page else self._delay
        for attempt in range(self._limits.retries + 1):
            wait = pause
            self._wait_for(host)
            try:
                response = _within(self._limits.seconds, lambda: self._ask(url, page))
                if response.status not in TRANSIENT:
                    return response
                wait = max(wait, self._asked_to_wait(host, response))
                raise FetchError(_status(response.status), transient=True)
            except FetchError as error:
                if attempt == self._limits.retries or not error.transient:
                    raise
                wait = max(wait, self._backoff * 2**attempt)
            finally:
                self._free_from[host] = time.monotonic() + wait
        raise AssertionError("unreachable")

    def _wait_for(self, host: str) -> None:
        """Wait until a host may be asked; raise FetchError where that is not in this run."""
        if host in self._left_alone:
            raise FetchError(f"not asked: {host} asks to wait for {self._left_alone[host]:.0f} s")
        time.sleep(max(0.0, self._free_from[host] - time.monotonic()))

    def _pause(self, url: str) -> float:
        """Return the seconds to leave between requests to the host of `url`."""
        asked = 0.0 if self._robots is None else self._robots.delay(url)
        return max(self._delay, min(asked, self._limits.longest_wait))

    def _asked_to_wait(self, host: str, response: _Response) -> float:
        """Return the seconds that Retry-After asks for; raise FetchError where it is too many."""
        seconds = asked_to_wait(response.status, response.headers.get("Retry-After"))
        if seconds > self._limits.longest_wait:
            self._left_alone[host] = seconds
            raise FetchError(f"{_status(response.status)}, and asks to wait for {seconds:.0f} s")
        return seconds

    def _ask(self, url: str, page: bool) -> _Response:
        """Send one request and read the answer."""
        parts = parse_url(url)
        assert parts.host is not None  # checked before
        host = parts.host.strip("[]")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = self._connect(parts.scheme == "https", host, port)
        try:
            headers = {**self._headers, "Host": parts.netloc or host}
            connection.request("GET", parts.request_uri, headers=headers, preload_content=False)
            with closing(connection.getresponse()) as response:
                data = self._read(response, page) if response.status == 200 else b""
            return _Response(response.status, response.headers, data)
        except _BROKEN as error:
            raise FetchError(_cause(error), transient=True) from error
        finally:
            connection.close()

    def _connect(self, tls: bool, host: str, port: int) -> HTTPConnection:
        """Connect to an address of `host` that was checked: the name is not looked up again."""
        problem: FetchError | None = None
        for address in resolve(host, port, self._allow_private):
            connection: HTTPConnection
            if tls:
                connection = HTTPSConnection(
                    address, port, timeout=self._limits.seconds, ssl_context=self._tls,
                    server_hostname=host,
                )  # fmt: skip
            else:
                connection = HTTPConnection(address, port, timeout=self._limits.seconds)
            try:
                connection.connect()
            except _BROKEN as error:
                connection.close()
                final = isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error)
                problem = FetchError(_cause(error), transient=not final)
            else:
                return connection
        assert problem is not None
        raise problem

    def _read(self, response: BaseHTTPResponse, page: bool) -> bytes:
        """Return the body, decompressed piece by piece so that no bomb goes off."""
        if page:
            _check_type(response.headers.get("Content-Type", ""))
        ends = time.monotonic() + self._limits.seconds
        size = self._limits.size if page else _ROBOTS_SIZE
        chunks: list[bytes] = []
        length = 0
        while chunk := response.read1(_AT_ONCE):
            chunks.append(chunk)
            length += len(chunk)
            if length > size or response.tell() > size:
                if page:
                    raise FetchError(f"the page is larger than {size} bytes")
                break
            if time.monotonic() > ends:  # nobody waits any more
                raise FetchError("out of time")
        return b"".join(chunks)


def _normal(url: str, base: str = "") -> str:
    """Return an absolute address in ASCII, without the part that only browsers use."""
    try:
        return without_default_port(parse_url(urldefrag(urljoin(base, url)).url).url)
    except (ValueError, HTTPError) as error:
        raise FetchError(f"no valid address: {url!r}") from error


def _as_utf8(header: str) -> str:
    """Headers are read as Latin-1, but what is not ASCII in them is mostly UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _check_type(content_type: str) -> None:
    kind = content_type.partition(";")[0].strip()
    if _PAGE.fullmatch(kind) is None:
        raise FetchError(f"not a page but {kind}")


def _status(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def _cause(error: Exception) -> str:
    """Name the reason of a failed connection without the objects that urllib3 puts before it."""
    reason = error.__cause__ if isinstance(error.__cause__, OSError) else error
    text = f"{type(reason).__name__}: {getattr(reason, 'strerror', None) or reason}".strip()
    return text if len(text) <= _LONGEST_CAUSE else f"{text[:_LONGEST_CAUSE]}…"


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Run `work` for so long at most.

    The time-outs of sockets begin anew with every byte, and looking up a name has none; a thread
    that is waited for bounds all of it. One that hangs ends with the process.
    """
    outcome: list[T | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # raised again where it is waited for
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:  # it had its time: not to be tried again
        raise FetchError(f"not finished within {seconds:g} s")
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]
