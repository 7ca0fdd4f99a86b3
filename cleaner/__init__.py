"""cleaner: news pages and text dumps to article JSON, with an account of what was removed."""

from cleaner.article import Article, Caution, Reason, Removed, Source
from cleaner.errors import (
    BinaryInput,
    CleanerError,
    EmptyInput,
    FetchError,
    InputError,
    OutputError,
    RulesError,
)
from cleaner.pipeline import clean, clean_file
from cleaner.rules import Rules

__all__ = [
    "Article",
    "BinaryInput",
    "Caution",
    "CleanerError",
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
    "clean_file",
]

__version__ = "0.1.0"
