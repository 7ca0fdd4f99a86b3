"""The URL frontier: which addresses a crawl has yet to ask for, and what became of the others.

A SQLite file, so that a crawl that is killed at any moment knows on its next run where it was.
What a page gives (its state, the addresses on it, the files to write for it) is stored in one
transaction; the files are written after that, and on the next run where this was prevented.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from w3lib.url import canonicalize_url, url_query_cleaner

from cleaner.errors import OutputError
from cleaner.web.addresses import without_default_port

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cleaner.web.output import Output, Written

__all__ = ["Frontier", "Link", "Row", "url_key"]

Kind = Literal["source", "page"]
State = Literal["pending", "done", "section", "duplicate", "failed", "forbidden", "moved", "left"]

_TRACKING = (
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "fbclid",
    "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga",
)  # fmt: skip
_Lane = Literal["source", "new", "old"]
# Rows that wait, by where they queue; the parameters are the round and the last id handed out.
_LANES: dict[_Lane, str] = {
    "source": "state = 'pending' AND kind = 'source' AND found <= ? AND id > ?",
    "new": "state = 'pending' AND kind = 'page' AND found = ? AND id > ?",
    "old": "state = 'pending' AND kind = 'page' AND found < ? AND id > ?",
}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS urls (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    site TEXT,
    depth INTEGER NOT NULL,
    hops INTEGER NOT NULL,
    found INTEGER NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    again INTEGER NOT NULL,
    round INTEGER
);
CREATE INDEX IF NOT EXISTS pending ON urls (kind, found, id) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS articles (
    canonical TEXT NOT NULL, headline TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (canonical, headline)
);
CREATE TABLE IF NOT EXISTS unwritten (name TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS rounds (id INTEGER PRIMARY KEY, finished INTEGER NOT NULL DEFAULT 0);
"""
# An address that is known is asked again where it leads further than it did: a page that turns out
# to be a source, and a source or section (a page without an article) with more depth than before.
# It queues up anew, since its old place may have been passed in this run. What was listed as a
# page, by no link, stays one.
_ADD = """
INSERT INTO urls (key, url, kind, site, depth, hops, found, state, again)
VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?)
ON CONFLICT (key) DO UPDATE SET
    id = CASE state WHEN 'pending' THEN id ELSE (SELECT max(id) + 1 FROM urls) END,
    kind = excluded.kind, site = excluded.site, depth = excluded.depth, hops = excluded.hops,
    state = 'pending', again = excluded.again
WHERE CASE
    WHEN kind != excluded.kind THEN excluded.kind = 'source'
    WHEN kind = 'source' THEN depth < excluded.depth
    ELSE depth < excluded.depth AND site IS NOT NULL AND state IN ('section', 'pending')
END
"""


@dataclass(frozen=True, slots=True)
class Link:
    """An address to ask for: a `source` of further ones (feed, sitemap, front) or a page.

    `site` is the host within which links on it are followed, None for not at all, `depth` how
    many links deep; `hops` counts the redirects that led there.
    """

    url: str
    kind: Kind = "page"
    site: str | None = None
    depth: int = 0
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A link with its place in the frontier."""

    id: int
    link: Link


def url_key(url: str) -> str:
    """Return the same text for addresses of the same page: without what only counts visitors."""
    cleaned = url_query_cleaner(url, _TRACKING, remove=True, unique=False)
    return without_default_port(canonicalize_url(cleaned))


class Frontier:
    """The frontier in a file; `limit` is the number of pages of one round, 0 for no limit.

    A round ends when there is nothing left to ask for or its limit is reached; the next one asks
    the sources again, for the pages that are new to them, and then for those that earlier rounds
    left over or that failed in a way that may pass.

    Raises OutputError where another crawl uses the file, or it is none of ours.
    """

    def __init__(self, path: Path, limit: int = 0):
        self._limit = limit
        self._after: dict[_Lane, int] = dict.fromkeys(_LANES, 0)  # the last id handed out
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(f"BEGIN EXCLUSIVE; {_SCHEMA} COMMIT;")
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            locked = "another crawl is writing there" if "locked" in str(error) else str(error)
            raise OutputError(f"{path}: {locked}") from error

    def close(self) -> None:
        """Close the file, so that another crawl may use it."""
        self._db.close()

    def begin(self, seeds: Iterable[Link]) -> bool:
        """Go on with the last round, or begin the next one; return whether one is gone on with."""
        last = self._db.execute("SELECT id, finished FROM rounds ORDER BY id DESC").fetchone()
        resumed = last is not None and not last[1]
        with self._db:
            self._db.execute("BEGIN")
            if not resumed:
                self._db.execute("INSERT INTO rounds DEFAULT VALUES")
                self._db.execute("UPDATE urls SET state = 'pending', note = NULL WHERE again")
            (self._round,) = self._db.execute("SELECT max(id) FROM rounds").fetchone()
            self._add(seeds)
        (self._pages,) = self._db.execute(
            "SELECT count(*) FROM urls WHERE kind = 'page' AND round = ? AND state != 'pending'",
            (self._round,),
        ).fetchone()
        return resumed

    def finish(self) -> None:
        """End the round."""
        self._db.execute("UPDATE rounds SET finished = 1 WHERE id = ?", (self._round,))

    def take(self) -> Row | None:
        """Return the next address to ask for in this run, None for none at the moment.

        Sources come first, until they have given as many pages as may be asked for.
        """
        lane = self._next_lane()
        if lane is None:
            return None
        row = self._db.execute(
            "SELECT id, url, kind, site, depth, hops FROM urls"
            f" WHERE {_LANES[lane]} ORDER BY id LIMIT 1",
            (self._round, self._after[lane]),
        ).fetchone()
        self._after[lane] = row[0]
        self._pages += lane != "source"
        return Row(row[0], Link(*row[1:]))

    def has_next(self) -> bool:
        """Whether `take` would return an address."""
        return self._next_lane() is not None

    def waiting(self) -> int:
        """Return how many pages are known and not asked for yet."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM urls WHERE state = 'pending' AND kind = 'page'"
        ).fetchone()
        return int(count)

    def _next_lane(self) -> _Lane | None:
        left = self._limit - self._pages if self._limit else None
        if left is not None and left <= 0:
            return None
        enough = left is not None and self._ahead("new", left) >= left
        if not enough and self._ahead("source"):
            return "source"
        return "new" if self._ahead("new") else "old" if self._ahead("old") else None

    def _ahead(self, lane: _Lane, enough: int = 1) -> int:
        """Count what this run has not taken yet, up to `enough`."""
        (count,) = self._db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM urls WHERE {_LANES[lane]} LIMIT ?)",
            (self._round, self._after[lane], enough),
        ).fetchone()
        return int(count)

    def settle(  # noqa: PLR0913  (all that comes of an address)
        self,
        row: Row,
        state: State,
        note: str | None = None,
        *,
        links: Iterable[Link] = (),
        files: Written | None = None,
        again: bool = False,
    ) -> None:
        """Store what became of an address, with all that came of it; `again` asks next round."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute(
                "UPDATE urls SET state = ?, note = ?, again = ?, round = ? WHERE id = ?",
                (state, note, again or row.link.kind == "source", self._round, row.id),
            )
            self._add(links)
            self._db.executemany(
                "INSERT OR REPLACE INTO unwritten VALUES (?, ?)", (files or {}).items()
            )

    def move(self, row: Row, target: Link) -> str | None:
        """Store a redirect; return what is wrong with it, None for nothing."""
        if self._leads_back(url_key(target.url), url_key(row.link.url)):
            return f"redirected in a circle, back to {target.url}"
        self.settle(row, "moved", url_key(target.url), links=[target])
        return None

    def _leads_back(self, key: str | None, start: str) -> bool:
        """Whether the redirects known from `key` on end where they began."""
        seen = {start}
        while key is not None and key not in seen:
            seen.add(key)
            found = self._db.execute(
                "SELECT note FROM urls WHERE key = ? AND state = 'moved'", (key,)
            ).fetchone()
            key = found[0] if found else None
        return key is not None

    def first_with(self, canonical: str, headline: str, url: str) -> str:
        """Return the address of the first article with this canonical address and headline."""
        key = (url_key(canonical), headline)
        self._db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?, ?)", (*key, url))
        found = self._db.execute(
            "SELECT url FROM articles WHERE canonical = ? AND headline = ?", key
        ).fetchone()
        return str(found[0])

    def write_to(self, output: Output) -> list[str]:
        """Write the files that are stored but not written yet; return what went wrong.

        What cannot be written stays stored, and keeps none of the others from being written.
        """
        problems = []
        for (name,) in self._db.execute("SELECT name FROM unwritten ORDER BY name").fetchall():
            (data,) = self._db.execute(
                "SELECT data FROM unwritten WHERE name = ?", (name,)
            ).fetchone()
            try:
                output.write({name: data})
            except OutputError as error:
                problems.append(str(error))
            else:
                self.written([name])
        return problems

    def written(self, names: Iterable[str]) -> None:
        """Note that files are written, and need not be kept here any more."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("DELETE FROM unwritten WHERE name = ?", ((n,) for n in names))

    def _add(self, links: Iterable[Link]) -> None:
        """Add those addresses that are new, or lead further than they did."""
        self._db.executemany(
            _ADD,
            (
                (
                    *(url_key(k.url), k.url, k.kind, k.site, k.depth, k.hops),
                    *(self._round, k.kind == "source"),
                )
                for k in links
            ),
        )
