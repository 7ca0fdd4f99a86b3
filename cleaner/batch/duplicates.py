"""The same story twice: word for word, or nearly so, as when ten sites print one agency's text.

Near duplicates are found by MinHash (Broder 1997) with banding (Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3): every text has a sketch of 128 numbers, two sketches
agree in as many places as the texts share shingles, and only texts with an equal band of their
sketches are compared. Sketches and bands lie in a database on disk, so memory stays bounded.

Thousands of stories from one template share the bands of the template. Only the first of a band
are kept with it and compared, so that each story costs about the same: a story that was there
before has bands of its own in common with its original as well, or is word for word the same.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from cleaner.errors import CleanerError

if TYPE_CHECKING:
    import sqlite3

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Duplicates", "require", "sketch"]

_SHINGLE = 5  # words
_CHARACTERS = 5  # in place of words, in scripts that put no space between them
_NUMBERS = 128
_BANDS, _ROWS = 20, 6  # texts that share 80 % of their shingles meet in 998 cases of 1,000
_SIMILAR = 0.8
_DIGEST = 16
_CROWD = 64  # stories that a band tells of
_WORD = re.compile(r"\w+")
# Thai, Lao, Khmer, Burmese, Japanese, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

_TABLES = """
create table if not exists stories (n integer primary key, id text, digest blob, numbers blob);
create index if not exists stories_digest on stories (digest);
create table if not exists bands (band blob, n integer, primary key (band, n)) without rowid;
"""
_ADD_BAND = (
    "insert into bands select ?1, ?2 where"
    f" (select count(*) from (select 1 from bands where band = ?1 limit {_CROWD})) < {_CROWD}"
)


def require() -> None:
    """Raise CleanerError where what finds near duplicates is not installed."""
    try:
        import datasketch  # noqa: F401, PLC0415  (an extra)
    except ImportError as error:
        message = "--dedupe needs datasketch: pip install 'news-cleaner[dedupe]'"
        raise CleanerError(message) from error


def sketch(body: str) -> bytes:
    """Return what tells a text from others: a digest, then 128 numbers where it is long enough.

    Case, punctuation and white space make no difference. Empty for a text without a word.
    """
    words = _WORD.findall(body.casefold())
    if not words:
        return b""
    text = " ".join(words)
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST).digest()
    if 2 * len(_UNSPACED.findall(text)) > len(text):
        shingles = {text[i : i + _CHARACTERS] for i in range(len(text) - _CHARACTERS + 1)}
    else:
        ends = range(_SHINGLE, len(words) + 1)
        shingles = {" ".join(words[end - _SHINGLE : end]) for end in ends}
    if not shingles:
        return digest
    from datasketch import MinHash  # noqa: PLC0415  (an extra)

    numbers = MinHash(num_perm=_NUMBERS, seed=1)
    numbers.update_batch([shingle.encode("utf-8", "replace") for shingle in shingles])
    return digest + bytes(numbers.hashvalues.astype("<u4").tobytes())


class Duplicates:
    """The stories seen so far, in tables of `database`; the first of its kind stands for all."""

    def __init__(self, database: sqlite3.Connection):
        self._database = database
        for statement in _TABLES.split(";"):  # `executescript` would commit
            database.execute(statement)

    def original(self, n: int, identity: str, mark: bytes) -> str | None:
        """Return the id of the story that document `n` repeats; remember it if there is none."""
        if not mark:
            return None
        digest, numbers = mark[:_DIGEST], mark[_DIGEST:]
        bands = _bands(numbers)
        found = self._same(digest) or self._similar(bands, numbers)
        if found is None:
            row = (n, identity.encode("utf-8", "surrogatepass"), digest, numbers)
            self._database.execute("insert into stories values (?, ?, ?, ?)", row)
            self._database.executemany(_ADD_BAND, [(band, n) for band in bands])
        return found

    def forget(self, n: int) -> None:
        """Forget document `n` and all after it."""
        self._database.execute("delete from stories where n >= ?", (n,))
        self._database.execute("delete from bands where n >= ?", (n,))

    def _same(self, digest: bytes) -> str | None:
        query = "select id from stories where digest = ? order by n limit 1"
        row = self._database.execute(query, (digest,)).fetchone()
        return None if row is None else row[0].decode("utf-8", "surrogatepass")

    def _similar(self, bands: list[bytes], numbers: bytes) -> str | None:
        if not bands:
            return None
        holes = ", ".join("?" * len(bands))
        query = (
            "select id, numbers from stories where n in"
            f" (select n from bands where band in ({holes})) order by n"
        )
        rows = self._database.execute(query, bands).fetchall()
        alike = _likeness(numbers, [other for _, other in rows]) >= _SIMILAR
        first = next(
            (identity for (identity, _), like in zip(rows, alike, strict=True) if like), None
        )
        return None if first is None else str(first.decode("utf-8", "surrogatepass"))


def _bands(numbers: bytes) -> list[bytes]:
    """Return a digest of each band of a sketch; the same numbers elsewhere are another band."""
    width = 4 * _ROWS
    if not numbers:
        return []
    return [
        blake2b(bytes([i]) + numbers[i * width : (i + 1) * width], digest_size=8).digest()
        for i in range(_BANDS)
    ]


def _likeness(one: bytes, others: list[bytes]) -> NDArray[np.float64]:
    """Estimate the share of shingles in common (Jaccard) with each of some sketches."""
    import numpy as np  # noqa: PLC0415  (for duplicates alone)

    numbers = np.frombuffer(b"".join(others), "<u4").reshape(-1, _NUMBERS)
    same: NDArray[np.float64] = (numbers == np.frombuffer(one, "<u4")).mean(axis=1)
    return same
