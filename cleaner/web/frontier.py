"""The URL frontier: which addresses a crawl has yet to ask for, and what became of the others.

A SQLite file, so that a crawl that is killed at any moment knows on its next run where it was.
What a page gives (its state, the addresses on it, the files to write for it) is stored in one
transaction; the files are written after that, and on the next run where this was prevented.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from cleaner.errors import OutputError
from cleaner.web.addresses import without_default_port

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
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
# Rows of a host that wait, by where they queue.
_LANES: dict[_Lane, str] = {
    "source": "state = 'pending' AND kind = 'source' AND found <= :round",
    "new": "state = 'pending' AND kind = 'page' AND found = :round",
    "old": "state = 'pending' AND kind = 'page' AND found < :round",
}
_QUEUES: dict[Kind, tuple[_Lane, ...]] = {"source": ("source",), "page": ("new", "old")}
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
    round INTEGER,
    host TEXT NOT NULL DEFAULT '',
    listed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS articles (
    canonical TEXT NOT NULL, headline TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (canonical, headline)
);
CREATE TABLE IF NOT EXISTS unwritten (name TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS rounds (id INTEGER PRIMARY KEY, finished INTEGER NOT NULL DEFAULT 0);
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS pending ON urls (kind, found, id) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS pending_of_host ON urls (host, kind, found, id) WHERE state = 'pending';
"""
# For files of before there were these columns.
_UPGRADE = """
ALTER TABLE urls ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE urls ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
UPDATE urls SET host = host_of(key), listed = kind = 'page' AND site IS NULL;
"""
# An address that is known is asked again where it leads further than it did: a page that turns out
# to be a source, a source or section (a page without an article) with more depth than before, and
# a page that was not taken for an article and is now listed as one. That it is listed changes
# nothing about the links on it; what was only listed so far stays a page whose links don't count.
_ADD = """
INSERT INTO urls (key, host, url, kind, site, depth, hops, listed, found, state, again)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)
ON CONFLICT (key) DO UPDATE SET
    kind = excluded.kind, hops = excluded.hops, state = 'pending', again = excluded.again,
    site = CASE WHEN excluded.listed THEN site ELSE excluded.site END,
    depth = CASE WHEN excluded.listed THEN depth ELSE excluded.depth END,
    listed = listed OR excluded.listed
WHERE CASE
    WHEN kind != excluded.kind THEN excluded.kind = 'source'
    WHEN kind = 'source' THEN depth < excluded.depth
    WHEN excluded.listed THEN NOT listed AND state IN ('section', 'moved', 'left', 'pending')
    ELSE depth < excluded.depth AND site IS NOT NULL AND state IN ('section', 'pending')
END
"""


@dataclass(frozen=True, slots=True)
class Link:
    """An address to ask for: a `source` of further ones (feed, sitemap, front) or a page.

    `site` is the host within which links on it are followed, None for not at all, `depth` how
    many links deep; `hops` counts the redirects and the indexes of sitemaps that led there.
    """

    url: str
    kind: Kind = "page"
    site: str | None = None
    depth: int = 0
    hops: int = 0

    @property
    def listed(self) -> bool:
        """Whether it comes from a feed or a sitemap, which list articles."""
        return self.kind == "page" and self.site is None


@dataclass(frozen=True, slots=True)
class Row:
    """A link with its place in the frontier."""

    id: int
    host: str
    link: Link


def url_key(url: str) -> str:
    """Return the same text for addresses of the same page: without what only counts visitors."""
    cleaned = url_query_cleaner(url, _TRACKING, remove=True, unique=False)
    return without_default_port(canonicalize_url(cleaned))


def _host_of(key: str) -> str:
    return urlsplit(key).hostname or ""


class Frontier:
    """The frontier in a file; `limit` is the number of pages of one round, 0 for no limit.

    A round ends when there is nothing left to ask for or its limit is reached; the next one asks
    the sources again, for the pages that are new to them, and then for those that earlier rounds
    left over or that failed in a way that may pass.

    Raises OutputError where another crawl uses the file, or it is none of ours.
    """

    def __init__(self, path: Path, limit: int = 0):
        self._limit = limit
        self._enough = False  # new pages are known to reach the limit
        self._asked: dict[int, Row] = {}  # taken and not settled
        # Hosts that may have something waiting, in the order in which they have their turn.
        self._hosts: dict[_Lane, dict[str, None]] = {lane: {} for lane in _LANES}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(f"BEGIN EXCLUSIVE; {_SCHEMA} COMMIT;")
            self._upgrade()
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            locked = "another crawl is writing there" if "locked" in str(error) else str(error)
            raise OutputError(f"{path}: {locked}") from error

    def _upgrade(self) -> None:
        """Add what a file of an earlier version lacks."""
        columns = {name for _, name, *_ in self._db.execute("PRAGMA table_info(urls)")}
        upgrade = "" if "host" in columns else _UPGRADE
        self._db.create_function("host_of", 1, _host_of)
        self._db.executescript(f"BEGIN; {upgrade} {_INDEXES} COMMIT;")

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
        self._hosts = {lane: dict.fromkeys(self._hosts_of(lane)) for lane in _LANES}
        return resumed

    def _hosts_of(self, lane: _Lane) -> list[str]:
        """Return the hosts of what waits, in the order in which it was found."""
        found = self._db.execute(
            f"SELECT host FROM urls WHERE {_LANES[lane]} GROUP BY host ORDER BY min(id)",
            {"round": self._round},
        )
        return [host for (host,) in found]

    def finish(self) -> None:
        """End the round."""
        self._db.execute("UPDATE rounds SET finished = 1 WHERE id = ?", (self._round,))

    @property
    def asked(self) -> set[str]:
        """The hosts of which an address was taken and is not settled yet."""
        return {row.host for row in self._asked.values()}

    def take(self, busy: Container[str] = ()) -> Row | None:
        """Return the next address to ask for in this run, None for none at the moment.

        `busy` hosts are passed over, the others have their turns. Sources come first, until they
        have given as many pages as may be asked for.
        """
        for lane in self._lanes(busy):
            hosts = self._hosts[lane]
            for host in [host for host in hosts if host not in busy]:
                row = self._first(lane, host)
                del hosts[host]  # to the end of the queue, or out of it
                if row is not None:
                    hosts[host] = None
                    self._asked[row.id] = row
                    self._pages += lane != "source"
                    return row
        return None

    def has_next(self, busy: Container[str] = ()) -> bool:
        """Whether `take` would return an address."""
        return any(
            self._first(lane, host) is not None
            for lane in self._lanes(busy)
            for host in self._hosts[lane]
            if host not in busy
        )

    def waiting(self) -> int:
        """Return how many pages are known and not asked for yet."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM urls WHERE state = 'pending' AND kind = 'page'"
        ).fetchone()
        return int(count)

    def _lanes(self, busy: Container[str]) -> tuple[_Lane, ...]:
        """Return where to take from now, in order."""
        left = self._limit - self._pages if self._limit else None
        if left is not None and left <= 0:
            return ()
        if self._enough or all(host in busy for host in self._hosts["source"]):
            return ("new", "old")
        # Once there is enough there always is: each page that is taken is one less to wait for.
        self._enough = left is not None and self._has_new(left)
        return ("new", "old") if self._enough else ("source", "new", "old")

    def _has_new(self, enough: int) -> bool:
        """Whether so many pages are new and not taken yet."""
        taken = sum(row.link.kind == "page" for row in self._asked.values())
        (count,) = self._db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM urls WHERE {_LANES['new']} LIMIT :most)",
            {"round": self._round, "most": enough + taken},
        ).fetchone()
        return int(count) >= enough + taken

    def _first(self, lane: _Lane, host: str) -> Row | None:
        """Return what waits longest at a host and was not taken yet."""
        found = self._db.execute(
            "SELECT id, host, url, kind, site, depth, hops FROM urls"
            f" WHERE host = :host AND {_LANES[lane]} ORDER BY found, id",
            {"host": host, "round": self._round},
        )
        rows = (Row(row[0], row[1], Link(*row[2:])) for row in found if row[0] not in self._asked)
        return next(rows, None)

    def is_listed(self, row: Row) -> bool:
        """Whether a feed or a sitemap lists an address as a page, perhaps since it was taken."""
        found = self._db.execute(
            "SELECT listed FROM urls WHERE id = ? AND kind = 'page'", (row.id,)
        ).fetchone()
        return found is not None and bool(found[0])

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
        """Store what became of an address, with all that came of it; `again` asks next round.

        A page that turned out to be a source while it was asked for still waits, as a source.
        """
        kind = row.link.kind
        with self._db:
            self._db.execute("BEGIN")
            settled = self._db.execute(
                "UPDATE urls SET state = ?, note = ?, again = ?, round = ?"
                " WHERE id = ? AND kind = ?",
                (state, note, again or kind == "source", self._round, row.id, kind),
            )
            self._add(links)
            self._db.executemany(
                "INSERT OR REPLACE INTO unwritten VALUES (?, ?)", (files or {}).items()
            )
        self._asked.pop(row.id, None)
        if not settled.rowcount:
            self._hosts["source"].setdefault(row.host)

    def move(self, row: Row, target: Link) -> str | None:
        """Store a redirect; return what is wrong with it, None for nothing."""
        if self._leads_back(url_key(target.url), url_key(row.link.url)):
            return f"redirected in a circle, back to {target.url}"
        targets = [target]
        if self.is_listed(row):  # so is where it leads
            targets.append(replace(target, site=None, depth=0))
        self.settle(row, "moved", url_key(target.url), links=targets)
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
        for link in links:
            key = url_key(link.url)
            host = _host_of(key)
            values = (link.url, link.kind, link.site, link.depth, link.hops, link.listed)
            self._db.execute(_ADD, (key, host, *values, self._round, link.kind == "source"))
            for lane in _QUEUES[link.kind]:
                self._hosts[lane].setdefault(host)
