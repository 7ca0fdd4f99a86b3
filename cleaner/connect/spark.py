"""Apache Spark: a data frame of documents to a data frame of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.errors import CleanerError

try:  # before what needs a part of it, and would ask for that part alone
    import pyarrow as pa  # noqa: TC002  (so that its lack is told here)
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as _error:
    raise CleanerError("this needs pyspark: pip install 'news-cleaner[spark]'") from _error

from cleaner.arrow import SCHEMA
from cleaner.connect.arrow import clean_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

    from cleaner.records import Fields
    from cleaner.rules import Rules

__all__ = ["clean_dataframe"]


def clean_dataframe(
    documents: DataFrame,
    *,
    fields: Fields | None = None,
    rules: Rules | None = None,
    explain: bool = False,
) -> DataFrame:
    """Return a data frame with a row of `cleaner.connect.arrow.SCHEMA` for each row of `documents`.

    Columns are found as `cleaner.clean_batch` finds them; it does the work, in the executors.
    """

    def clean_all(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield clean_batch(batch, fields=fields, rules=rules, explain=explain)

    return documents.mapInArrow(clean_all, from_arrow_schema(SCHEMA))
