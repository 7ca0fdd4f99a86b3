"""cleaner: news pages and text dumps to article JSON, with an account of what was removed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
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

if TYPE_CHECKING:
    from cleaner.batch.many import clean_many
    from cleaner.connect.arrow import clean_batch
    from cleaner.pipeline import clean, clean_file
    from cleaner.rules import Rules

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

if find_spec("pyarrow") is None:  # then `from cleaner import *` goes without
    __all__.remove("clean_batch")

__version__ = "0.1.0"

# What takes long to import is imported when it is asked for: a process that only hands out work, or
# shows a help text, does without.
_LAZY = {
    "Rules": "cleaner.rules",
    "clean": "cleaner.pipeline",
    "clean_batch": "cleaner.connect.arrow",
    "clean_file": "cleaner.pipeline",
    "clean_many": "cleaner.batch.many",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_LAZY[name]), name)
    return value
