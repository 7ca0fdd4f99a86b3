"""Apache Arrow: the fixed schema of articles, and batches of documents to batches of articles.

Every engine that speaks Arrow (Spark, Ray, DuckDB, Polars, pandas) can call `clean_batch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.errors import CleanerError, InputError
from cleaner.pipeline import clean
from cleaner.records import Fields, read_record

try:
    import pyarrow as pa
except ImportError as _error:
    raise CleanerError("this needs pyarrow: pip install 'news-cleaner[arrow]'") from _error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.rules import Rules

    Batch = TypeVar("Batch", pa.RecordBatch, pa.Table)

__all__ = ["SCHEMA", "clean_batch", "to_batch"]

_REMOVED = pa.struct(
    [
        ("text", pa.string()),
        ("reason", pa.string()),
        ("rule", pa.string()),
        ("line", pa.int32()),
    ]
)
_SOURCE = pa.struct(
    [
        ("document", pa.string()),
        ("headline", pa.string()),
        ("date", pa.string()),
        ("date_modified", pa.string()),
        ("authors", pa.string()),
        ("url", pa.string()),
        ("captured", pa.string()),
    ]
)
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("headline", pa.string()),
        ("date", pa.string()),
        ("body", pa.string()),
        ("standfirst", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("credits", pa.list_(pa.string())),
        ("language", pa.string()),
        ("url", pa.string()),
        ("site", pa.string()),
        ("date_modified", pa.string()),
        ("date_not_before", pa.string()),
        ("confidence", pa.float64()),
        ("warnings", pa.list_(pa.string())),
        ("source", _SOURCE),
        ("removed", pa.list_(_REMOVED)),
        ("duplicate_of", pa.string()),
        ("error", pa.string()),
    ]
)
"""The columns of every batch and file of articles, whatever the options.

First `id`, then the fields of an Article. `removed` is null unless asked for; `duplicate_of` is
the id of an earlier article, null where there is none or none was looked for; `error` is null, or
says why the document has no article, and then all between it and `id` is null.
"""


def clean_batch(
    batch: Batch, *, fields: Fields | None = None, rules: Rules | None = None, explain: bool = False
) -> Batch:
    """Turn a batch (or table) of documents into a batch (or table) of articles, row by row.

    The columns of `batch` are found by name (see `Fields`); text may be string or binary in any
    of Arrow's layouts. The result has the columns of SCHEMA and a row for each row of `batch`, in
    order: a document that cannot be cleaned has its reason in `error` and costs no other.
    `explain` fills the column `removed`.

    Raises InputError where no column can hold a page.
    """
    fields = Fields() if fields is None else fields
    contents = [name for name, _ in fields.contents()]
    if not set(contents) & set(batch.schema.names):
        raise InputError(f"no column holds pages (looked for {', '.join(contents)})")
    columns = {name: batch.column(name) for name in fields.wanted(batch.schema.names)}
    rows = [
        _clean_row(
            {name: column[i].as_py() for name, column in columns.items()}, fields, rules, explain
        )
        for i in range(batch.num_rows)
    ]
    result = to_batch(rows)
    return result if isinstance(batch, pa.RecordBatch) else pa.Table.from_batches([result])


def to_batch(rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    """Return rows as one batch of SCHEMA; what a row does not name is null."""
    rows = list(rows)
    columns = [
        pa.array([_storable(row.get(field.name)) for row in rows], type=field.type)
        for field in SCHEMA
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _clean_row(
    record: Mapping[str, Any], fields: Fields, rules: Rules | None, explain: bool
) -> dict[str, Any]:
    identity = fields.identity(record)
    try:
        content = read_record(record, fields)
        article = clean(
            content.data, content.url, content.kind, rules=rules, captured=content.captured
        )
    except CleanerError as error:
        return {"id": identity, "error": f"{type(error).__name__}: {error}"}
    except Exception as error:  # a mistake of ours must not cost the rows that follow
        message = f"{type(error).__name__}: {error} (please report this)"
        return {"id": identity, "error": message}
    return {"id": identity, **article.to_dict(explain)}


def _storable(value: Any) -> Any:
    """Spell out halves of surrogate pairs, which JSON can hold and Arrow cannot."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode() if not value.isascii() else value
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return value
