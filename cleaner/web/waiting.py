"""How long a server asks to be left alone."""

from __future__ import annotations

from urllib3.exceptions import HTTPError
from urllib3.util import Retry

__all__ = ["TRANSIENT", "asked_to_wait"]

TRANSIENT = (408, 425, 429, 500, 502, 503, 504)  # answers that may be others the next time
_ASKS = (429, 503)


def asked_to_wait(status: int, retry_after: str | None) -> float:
    """Return the seconds that an answer asks to wait for, 0 for none."""
    if retry_after is None or status not in _ASKS:
        return 0.0
    try:
        return Retry().parse_retry_after(retry_after)
    except (HTTPError, ValueError, OverflowError):  # neither seconds nor a date, or none there is
        return 0.0
