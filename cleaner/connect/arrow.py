"""Apache Arrow: batches of documents to batches of articles, with the columns of SCHEMA.

Every engine that speaks Arrow (Spark, Ray, DuckDB, Polars, pandas) can call `clean_batch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.arrow import SCHEMA, records, to_batch
from cleaner.errors import CleanerError, InputError
from cleaner.pipeline import clean
from cleaner.records import Fields, read_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from cleaner.rules import Rules

    Batch = TypeVar("Batch", pa.RecordBatch, pa.Table)

__all__ = ["SCHEMA", "clean_batch", "to_batch"]


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
    import pyarrow as pa  # noqa: PLC0415  (first of all it is said what to install)

    fields = Fields() if fields is None else fields
    contents = [name for name, _ in fields.contents()]
    if not set(contents) & set(batch.schema.names):
        raise InputError(f"no column holds pages (looked for {', '.join(contents)})")
    rows = records(batch, fields.wanted(batch.schema.names))
    result = to_batch(_clean_row(row, fields, rules, explain) for row in rows)
    return result if isinstance(batch, pa.RecordBatch) else pa.Table.from_batches([result])


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
