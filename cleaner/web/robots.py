"""robots.txt, as RFC 9309 has it read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from cleaner.errors import FetchError
from cleaner.web.addresses import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Robots"]

_EMPTY = (204, *range(400, 500))  # answers that count as a robots.txt without a rule


class Robots:
    """What the sites' robots.txt permit `user_agent`, each asked for once.

    `get` returns the status and the body of an address, redirects followed, or raises FetchError.
    """

    def __init__(self, user_agent: str, get: Callable[[str], tuple[int, bytes]]):
        self._user_agent = user_agent
        self._get = get
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, url: str) -> None:
        """Raise FetchError where robots.txt forbids `url`, or cannot be read at the moment."""
        rules = self._of(url)
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, self._user_agent):
            raise FetchError("forbidden by robots.txt")

    def delay(self, url: str) -> float:
        """Return the seconds that the site asks for between two requests."""
        rules = self._of(url)
        return 0.0 if isinstance(rules, FetchError) else rules.crawl_delay(self._user_agent) or 0.0

    def _of(self, url: str) -> Protego | FetchError:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._read(f"{site}/robots.txt")
        return self._rules[site]

    def _read(self, address: str) -> Protego | FetchError:
        """A site without robots.txt permits all, one that fails to answer nothing (2.3.1)."""
        try:
            status, body = self._get(address)
        except AddressRefused as error:  # no fault of robots.txt
            return error
        except FetchError as error:
            return FetchError(f"robots.txt: {error}", transient=error.transient)
        if status in _EMPTY:
            body = b""
        elif status != 200:
            return FetchError(f"robots.txt: HTTP {status}", transient=True)
        return Protego.parse(body.decode("utf-8-sig", "replace"))
