"""Every error raised on purpose."""

from __future__ import annotations

__all__ = [
    "BinaryInput", "CleanerError", "DocumentError", "EmptyInput", "FetchError", "InputError",
    "OutputError", "RulesError",
]  # fmt: skip


class CleanerError(Exception):
    """Base of every error that cleaner raises on purpose."""


class InputError(CleanerError):
    """An input cannot be read: missing, unreadable, of an unknown kind."""


class EmptyInput(InputError):  # noqa: N818  (a kind of InputError)
    """A file holds nothing at all, which a download that failed leaves behind."""


class BinaryInput(InputError):  # noqa: N818  (a kind of InputError)
    """The bytes are no text: an image, an archive, a PDF."""


class DocumentError(CleanerError):
    """A document took too long, needed too much memory, or met a mistake of ours."""


class FetchError(InputError):
    """A page cannot be fetched; `transient` where it may work another time."""

    def __init__(self, message: str, transient: bool = False):
        super().__init__(message)
        self.transient = transient


class OutputError(CleanerError):
    """An output cannot be written where it was asked for."""


class RulesError(CleanerError):
    """A rules file is broken; the message names file, line and cause."""
