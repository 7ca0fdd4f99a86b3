"""Clean the documents of a table with Spark.

python examples/spark_table.py documents.parquet articles/
"""

import sys

from pyspark.sql import SparkSession

from cleaner.connect.spark import clean_dataframe

if __name__ == "__main__":
    source, target = sys.argv[1:]
    spark = SparkSession.builder.appName("cleaner").getOrCreate()
    documents = spark.read.parquet(source)  # columns html or text, perhaps url, id, captured
    clean_dataframe(documents).write.parquet(target)
    spark.stop()
