"""What the headers of an answer say."""

from __future__ import annotations

from email.message import Message

__all__ = ["charset_of"]


def charset_of(content_type: str | None) -> str | None:
    """Return the character set that a Content-Type header names, None where it makes no sense."""
    message = Message()
    message["Content-Type"] = content_type or ""
    try:
        return message.get_content_charset() or None
    except (TypeError, ValueError):  # the library's way to fail at broken continuations
        return None
