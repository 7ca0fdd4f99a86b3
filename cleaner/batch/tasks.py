"""Documents on their way to a worker, as cheap to send as can be, and what comes back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias

from cleaner.batch.duplicates import sketch
from cleaner.batch.pool import Failure, Ready
from cleaner.batch.warc import read_response
from cleaner.errors import CleanerError, EmptyInput, InputError
from cleaner.files import LARGEST, check_size
from cleaner.records import Content, Fields, read_record

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from cleaner.article import Article, Schema
    from cleaner.rules import Rules

__all__ = [
    "Bare", "File", "Form", "Line", "Page", "Result", "Row", "Settings", "Tag", "Task", "digest",
    "identity_of", "worker",
]  # fmt: skip

Form = Literal["article", "file", "line"]
# Its id, and what cleans it, to the article and the size of what was cleaned: even a document
# that cannot be cleaned has an id.
Opened: TypeAlias = "tuple[str, Callable[[], tuple[Article, int]]]"
# Loads the parser, the rules and the model before the first document is timed.
_WARM_UP = "<h1>A headline</h1><p>Rules and models are loaded once, before the first page.</p>" * 3


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are cleaned and what becomes of their articles.

    `form` is what a result holds: the Article itself, a JSON file, or one line of JSON with the
    document's id. `size` is how many bytes a document may have.
    """

    form: Form = "article"
    schema: Schema = "cleaner"
    explain: bool = False
    rules: Rules | None = None
    fields: Fields = field(default_factory=Fields)
    size: int = LARGEST
    sketch: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """What is known of a document before it is cleaned, and kept until it is written.

    `origin` says where it is, for messages, and `name` is its id unless it has one of its own.
    `fingerprint` changes when the document does. `is_file` tells a document that is a file, whose
    name is a path, from a record.
    """

    origin: str
    name: str
    fingerprint: bytes
    is_file: bool = False


class Result(NamedTuple):
    """An article in the form asked for, and what the summary counts."""

    data: Any
    identity: str | None
    empty: bool
    warnings: tuple[str, ...]
    size: int
    sketch: bytes | None = None


class Task(Protocol):
    """A document for a worker."""

    def open(self, settings: Settings) -> Opened:
        """Return the document's id and what cleans it. Raises CleanerError, as does the other."""


class File(NamedTuple):
    """A document that is a file, plain or .gz."""

    path: str
    name: str

    def tag(self, status: os.stat_result) -> Tag:
        fingerprint = digest(self.name, f"{status.st_size} {status.st_mtime_ns}")
        return Tag(self.path, self.name, fingerprint, is_file=True)

    def open(self, settings: Settings) -> Opened:
        from cleaner.pipeline import clean_measured  # noqa: PLC0415  (for workers alone)

        return self.name, lambda: clean_measured(self.path, settings.rules, settings.size)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A document as it stands in a file of many."""

    data: bytes
    name: str

    @property
    def weight(self) -> int:
        return len(self.data)

    def tag(self, origin: str) -> Tag:
        return Tag(origin, self.name, digest(self.name, self.data))


class Line(_Piece):
    """A line of JSON."""

    __slots__ = ()

    def open(self, settings: Settings) -> Opened:
        try:
            record = json.loads(self.data)
        except (ValueError, RecursionError) as error:
            raise InputError(f"no JSON: {error}") from error
        if not isinstance(record, dict):
            raise InputError(f"a JSON {type(record).__name__}, not an object")
        return _open_record(record, self.name, settings)


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a table: columns by name."""

    record: Mapping[str, Any]
    name: str

    @property
    def weight(self) -> int:
        return sum(len(v) for v in self.record.values() if isinstance(v, bytes | str))

    def tag(self, origin: str) -> Tag:
        return Tag(origin, self.name, digest(self.name, repr(sorted(self.record.items()))))

    def open(self, settings: Settings) -> Opened:
        return _open_record(self.record, self.name, settings)


class Page(_Piece):
    """A response record of a web archive."""

    __slots__ = ()

    def open(self, settings: Settings) -> Opened:
        def clean_it() -> tuple[Article, int]:
            content = read_response(self.data, settings.size)
            if not content.data or content.data.isspace():
                raise EmptyInput("the page is empty")
            return _clean(content, settings)

        return self.name, clean_it


@dataclass(frozen=True, slots=True)
class Bare:
    """A document as it was given to the library."""

    content: Content

    @property
    def weight(self) -> int:
        return len(self.content.data)

    def open(self, settings: Settings) -> Opened:
        return "", lambda: _clean(self.content, settings)


def worker(settings: Settings) -> Callable[[Task], Result | Failure]:
    """Return what cleans one document after the other, never raising for the sake of one."""
    from cleaner.pipeline import clean  # noqa: PLC0415  (for workers alone)

    article = clean(_WARM_UP, kind="html")
    if settings.sketch:
        sketch(article.body)

    def work(task: Task) -> Result | Failure:
        identity = None
        try:
            identity, clean_it = task.open(settings)
            article, size = clean_it()
            return Result(
                _render(identity, article, settings),
                identity,
                not article.body,
                tuple(map(str, article.warnings)),
                size,
                sketch(article.body) if settings.sketch else None,
            )
        except CleanerError as error:
            return Failure(type(error).__name__, str(error), identity)
        except MemoryError:
            raise  # for the pool to judge
        except Exception as error:  # a mistake of ours must not cost the documents that follow
            message = f"{type(error).__name__}: {error} (please report this)"
            return Failure(type(error).__name__, message, identity)

    return work


def identity_of(task: Task | Ready | None, settings: Settings) -> str | None:
    """Return the id of a document that no worker can tell, None where it cannot be had."""
    if task is None or isinstance(task, Ready):
        return None
    if isinstance(task, File):  # to open it takes what only workers load
        return task.name
    try:
        return task.open(settings)[0]
    except CleanerError:
        return None


def _open_record(record: Mapping[str, Any], name: str, settings: Settings) -> Opened:
    identity = settings.fields.identity(record) or name
    return identity, lambda: _clean(read_record(record, settings.fields), settings)


def _clean(content: Content, settings: Settings) -> tuple[Article, int]:
    from cleaner.pipeline import clean  # noqa: PLC0415  (for workers alone)

    check_size(content.data, settings.size)
    article = clean(
        content.data, content.url, content.kind, rules=settings.rules, captured=content.captured,
        encoding=content.encoding,
    )  # fmt: skip
    return article, len(content.data)


def _render(identity: str, article: Article, settings: Settings) -> Any:
    if settings.form == "article":
        return article
    if settings.form == "file":
        text = article.to_json(settings.explain, settings.schema) + "\n"
    else:
        record = {"id": identity, **article.to_dict(settings.explain, settings.schema)}
        text = json.dumps(record, ensure_ascii=False) + "\n"
    # Halves of surrogate pairs, which UTF-8 cannot hold, stand as the escapes that JSON has.
    return text.encode("utf-8", "backslashreplace")


def digest(name: str, content: bytes | str) -> bytes:
    """Return what differs for another document in its first 8 bytes, for another content after."""
    origin = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8)
    result = blake2b(digest_size=16)
    result.update(
        content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    )
    return origin.digest() + result.digest()
