"""Apache Arrow's columns: the fixed schema of articles, rows out of columns and into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.errors import CleanerError
from cleaner.records import Unreadable

try:
    import pyarrow as pa
except ImportError as _error:
    raise CleanerError("this needs pyarrow: pip install 'news-cleaner[arrow]'") from _error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["SCHEMA", "records", "table_records", "to_batch"]

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


def records(batch: pa.RecordBatch | pa.Table, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what the named columns hold in each row; what cannot be read is Unreadable.

    Of several columns of one name, which Arrow allows, the first counts.
    """
    names = list(dict.fromkeys(names))
    columns = [batch.column(batch.schema.names.index(name)) for name in names]
    for cells in zip(*columns, strict=True):
        yield {name: _value(cell) for name, cell in zip(names, cells, strict=True)}


def table_records(path: Path, rows: int) -> Iterator[dict[str, Any]]:
    """Yield the records of a Parquet file, of which so many rows are read at once."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (for files alone)

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(rows, use_threads=False):
            yield from records(batch, batch.schema.names)


def _value(cell: Any) -> Any:
    """Return a cell as Python has it.

    Some of what Arrow holds it has not: text that is no UTF-8 comes as its bytes, a moment in
    nanoseconds as text. Whatever any library finds odd in a cell must not cost the other rows.
    """
    try:
        return cell.as_py()
    except Exception as error:
        kind = pa.binary() if isinstance(error, UnicodeDecodeError) else pa.string()
        try:
            return cell.cast(kind).as_py()
        except Exception:
            return Unreadable(str(error))


def to_batch(rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    """Return rows as one batch of SCHEMA; what a row does not name is null."""
    rows = list(rows)
    columns = [
        pa.array([_storable(row.get(field.name)) for row in rows], type=field.type)
        for field in SCHEMA
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _storable(value: Any) -> Any:
    """Spell out halves of surrogate pairs, which JSON can hold and Arrow cannot."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode() if not value.isascii() else value
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    return value
