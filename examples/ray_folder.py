"""Clean the documents of a table with Ray Data.

    python examples/ray_folder.py documents.parquet articles/

Whole folders of files, archives and tables: `cleaner clean INPUT -o OUTPUT --engine ray`.
"""

import sys

import ray

import cleaner

if __name__ == "__main__":
    source, target = sys.argv[1:]
    documents = ray.data.read_parquet(source)  # columns html or text, perhaps url, id, captured
    articles = documents.map_batches(cleaner.clean_batch, batch_format="pyarrow", batch_size=256)
    articles.write_parquet(target)
