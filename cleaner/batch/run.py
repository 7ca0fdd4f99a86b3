"""Running over many documents: each is cleaned, written or reported, whatever the others do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.errors import CleanerError
from cleaner.pipeline import clean_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.article import Article
    from cleaner.batch.sources import Input
    from cleaner.rules import Rules

__all__ = ["Tally", "run"]


@dataclass(slots=True)
class Tally:
    """What became of the documents."""

    documents: int = 0
    empty: int = 0
    failed: int = 0


def run(
    inputs: Iterable[Input],
    write: Callable[[str, Article], object],
    report: Callable[[str], object],
    rules: Rules | None = None,
) -> Tally:
    """Clean every input, `write` its article under its name, `report` the message of a failure."""
    tally = Tally()
    for item in inputs:
        tally.documents += 1
        try:
            if item.error is not None:
                raise item.error
            article = clean_file(item.path, rules=rules)
            write(item.name, article)
            tally.empty += not article.body
        except CleanerError as error:
            tally.failed += 1
            report(str(error))
        except Exception as error:  # a mistake of ours must not cost the documents that follow
            tally.failed += 1
            report(f"{item.path}: {type(error).__name__}: {error} (please report this)")
    return tally
