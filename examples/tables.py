"""pandas, polars and Hugging Face datasets: one line each.

python examples/tables.py documents.parquet
"""

import sys

import datasets
import pandas as pd
import polars as pl
import pyarrow as pa

import cleaner

if __name__ == "__main__":
    (source,) = sys.argv[1:]
    frame = pd.read_parquet(source)
    articles = cleaner.clean_batch(pa.Table.from_pandas(frame)).to_pandas()
    print("pandas", list(articles["headline"]))

    table = pl.read_parquet(source)
    articles = pl.from_arrow(cleaner.clean_batch(table.to_arrow()))
    print("polars", articles["headline"].to_list())

    dataset = datasets.Dataset.from_parquet(source).with_format("arrow")
    articles = dataset.map(cleaner.clean_batch, batched=True, remove_columns=dataset.column_names)
    print("datasets", list(articles.with_format(None)["headline"]))
