"""The account of a run, on disk: what was done with every document, so that a run can go on.

A SQLite database, because it keeps to all-or-nothing when it is killed or the power fails, and
finds a name among ten million without holding them in memory. What it says is done is done: it is
committed after the output is on the disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO, TYPE_CHECKING, Any

from cleaner.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Entry", "Ledger", "Lock"]

_VERSION = 1
_TABLES = """
create table if not exists facts (name text primary key, value text);
create table if not exists documents (
    n integer primary key, fingerprint blob, end integer, size integer, empty integer,
    warnings text, written blob, error blob, duplicate integer
);
create table if not exists names (name blob primary key, n integer) without rowid;
create index if not exists names_n on names (n);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a document.

    `end` is the length of the output after it, where the output can be cut there, else None.
    `written` is what the sink said of the article, None where none was written. `error` is the
    line for the file of errors, None for a document that did not fail.
    """

    fingerprint: bytes
    end: int | None
    size: int
    empty: bool
    warnings: tuple[str, ...]
    written: bytes | None
    error: bytes | None
    duplicate: bool


class Lock:
    """Keeps a second run out of an output; the system takes it away from a process that ended.

    Raises OutputError where another run has it, or where the system has no such locks.
    """

    def __init__(self, path: Path, output: Path):
        try:
            import fcntl  # noqa: PLC0415  (not on Windows, where all that needs no lock works)
        except ImportError as error:
            raise OutputError(
                f"{output}: this system has no locks for files (fcntl), so nothing keeps two runs"
                " apart; -o - writes to standard output instead"
            ) from error
        self._path = path
        while True:
            try:
                self._file: IO[bytes] = path.open("ab")
            except OSError as error:
                raise OutputError(f"{path}: {error.strerror or error}") from error
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._file.close()
                raise OutputError(f"{output}: another run is writing there") from error
            if self._is_in_place():
                return
            self._file.close()  # the run before took it away with it

    def _is_in_place(self) -> bool:
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(os.fstat(self._file.fileno()), there)

    def release(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink()
        self._file.close()


class Ledger:
    """The account at `path`; a temporary one without a path.

    Raises OutputError where it cannot be opened or is none of ours.
    """

    def __init__(self, path: Path | None):
        self._path = path
        with self._named():
            self.database = sqlite3.connect("" if path is None else path, isolation_level=None)
            self.database.executescript(_TABLES)
            self.database.execute("begin")
            if self.fact("version") is None:
                self.set_fact("version", _VERSION)
            elif self.fact("version") != _VERSION:
                raise OutputError(f"{path}: written by another version of cleaner")

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(f"{self._path or 'temporary database'}: {error}") from error

    def fact(self, name: str) -> Any:
        """Return what was noted under a name, None for nothing."""
        row = self.database.execute("select value from facts where name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def set_fact(self, name: str, value: Any) -> None:
        row = (name, json.dumps(value))
        self.database.execute("insert or replace into facts values (?, ?)", row)

    def entry(self, n: int) -> Entry | None:
        """Return what became of the document at place `n`, None where it is not done."""
        with self._named():
            query = "select * from documents where n = ?"
            row = self.database.execute(query, (n,)).fetchone()
        if row is None:
            return None
        _, fingerprint, end, size, empty, warnings, written, error, duplicate = row
        return Entry(
            fingerprint, end, size, bool(empty), tuple(warnings.split()), written, error,
            bool(duplicate),
        )  # fmt: skip

    def add(self, n: int, entry: Entry) -> None:
        """Note what became of a document."""
        row = (
            n, entry.fingerprint, entry.end, entry.size, int(entry.empty),
            " ".join(entry.warnings), entry.written, entry.error, int(entry.duplicate),
        )  # fmt: skip
        with self._named():
            self.database.execute(
                "insert or replace into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row
            )

    def claim(self, name: str, n: int) -> bool:
        """Give a name to a document; return whether no other has it."""
        key = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._named():
            add = "insert or ignore into names values (?, ?)"
            if self.database.execute(add, (key, n)).rowcount:
                return True
            query = "select n from names where name = ?"
            (owner,) = self.database.execute(query, (key,)).fetchone()
        return bool(owner == n)

    def release(self, n: int) -> None:
        """Take the name of a document away, which will be done again."""
        with self._named():
            self.database.execute("delete from names where n = ?", (n,))

    def last_end(self, n: int) -> tuple[int, int]:
        """Return the place of the first document after the last cut before `n`, and the cut."""
        query = "select n, end from documents where n < ? and end is not null order by n desc"
        with self._named():
            row = self.database.execute(query + " limit 1", (n,)).fetchone()
        return (0, 0) if row is None else (row[0] + 1, row[1])

    def last(self) -> int | None:
        """Return the place of the last document that is done, None where none is."""
        with self._named():
            row = self.database.execute("select max(n) from documents").fetchone()
        return None if row[0] is None else int(row[0])

    def errors(self) -> Iterator[bytes]:
        """Yield the line of each document that failed, in order."""
        query = "select error from documents where error is not null order by n"
        with self._named():
            for (line,) in self.database.execute(query):
                yield line

    def articles(self, start: int, stop: int) -> int:
        """Count the articles of a range of documents."""
        query = "select count(*) from documents where n >= ? and n < ? and written is not null"
        with self._named():
            return int(self.database.execute(query, (start, stop)).fetchone()[0])

    def length(self) -> int:
        """Return the length of the output that is accounted for."""
        with self._named():
            row = self.database.execute("select max(end) from documents").fetchone()
        return int(row[0] or 0)

    def forget(self, n: int) -> None:
        """Forget document `n` and all after it."""
        with self._named():
            self.database.execute("delete from documents where n >= ?", (n,))
            self.database.execute("delete from names where n >= ?", (n,))

    def commit(self) -> None:
        """Make all that was noted last."""
        with self._named():
            self.database.execute("commit")
            self.database.execute("begin")

    def roll_back(self) -> None:
        """Take back all that was noted since the last commit."""
        with self._named():
            self.database.execute("rollback")
            self.database.execute("begin")

    def close(self) -> None:
        """Close it without what was not committed."""
        self.database.close()
