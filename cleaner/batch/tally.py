"""What became of the documents of a run, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Tally"]


@dataclass(slots=True)
class Tally:
    """Counts of documents; `earlier` of them were done before this run was resumed, of which
    `failed_earlier` failed then.

    `bytes` and `seconds` are of this run alone. `read` counts the documents that were begun, `gone`
    the bytes of their files, as stored.
    """

    documents: int = 0
    empty: int = 0
    failed: int = 0
    duplicates: int = 0
    dropped: int = 0
    earlier: int = 0
    failed_earlier: int = 0
    ignored: int = 0
    bytes: int = 0
    read: int = 0
    gone: int = 0
    seconds: float = 0.0
    warnings: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def cleaned(self) -> int:
        return self.documents - self.failed

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, for a file."""
        return {
            "documents": self.documents,
            "articles": self.cleaned - self.empty,
            "empty": self.empty,
            "failed": self.failed,
            "duplicates": self.duplicates,
            "dropped_duplicates": self.dropped,
            "done_earlier": self.earlier,
            "failed_earlier": self.failed_earlier,
            "warnings": dict(sorted(self.warnings.items())),
            "skipped_records": dict(sorted(self.skipped.items())),
            "ignored_files": self.ignored,
            "seconds": round(self.seconds, 3),
            "documents_per_second": round(self._rate(self.documents - self.earlier), 2),
            "megabytes_per_second": round(self._rate(self.bytes / 1e6), 3),
        }

    def lines(self) -> list[str]:
        """Return it for people, the count of documents last."""
        details = []
        if self.warnings:
            details.append(f"warnings: {_list(self.warnings.most_common())}")
        if self.skipped:
            details.append(f"not pages, left alone: {_list(self.skipped.most_common())}")
        if self.ignored:
            details.append(f"{_plural(self.ignored, 'other file')} in folders left alone")
        if self.duplicates:
            dropped = " (dropped)" if self.dropped else ""
            details.append(f"{_plural(self.duplicates, 'duplicate')}{dropped}")
        if self.earlier:
            details.append(f"{_plural(self.earlier, 'document')} done before")
        speed = f"{self._rate(self.documents - self.earlier):,.1f} documents/s"
        details.append(f"{self.seconds:,.1f} s, {speed}, {self._rate(self.bytes / 1e6):,.2f} MB/s")
        return [
            *details,
            f"{_plural(self.documents, 'document')}: {self.cleaned} cleaned"
            f" ({self.empty} without an article), {self.failed} failed",
        ]

    def _rate(self, amount: float) -> float:
        return amount / self.seconds if self.seconds else 0.0


def _list(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts)


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
