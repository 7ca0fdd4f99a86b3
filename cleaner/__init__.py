"""cleaner: news pages and text dumps to article JSON, with an account of what was removed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.article import Article, Caution, Reason, Removed, Source
from cleaner.errors import (
    BinaryInput,
    CleanerError,
    DocumentError,
    EmptyInput,
    FetchError,
    InputError,
    OutputError,
    RulesError,
)
from cleaner.pipeline import clean, clean_file
from cleaner.rules import Rules

if TYPE_CHECKING:
    from cleaner.batch.many import clean_many
    from cleaner.connect.arrow import clean_batch

__all__ = [
    "Article",
    "BinaryInput",
    "Caution",
    "CleanerError",
    "DocumentError",
    "EmptyInput",
    "FetchError",
    "InputError",
    "OutputError",
    "Reason",
    "Removed",
    "Rules",
    "RulesError",
    "Source",
    "clean",
    "clean_batch",
    "clean_file",
    "clean_many",
]

__version__ = "0.1.0"

# What few need and what takes long to import is imported when it is asked for.
_LAZY = {"clean_batch": "cleaner.connect.arrow", "clean_many": "cleaner.batch.many"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
