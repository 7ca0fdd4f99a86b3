"""Clean web archives with datatrove.

python examples/datatrove_warc.py warcs/ articles/
"""

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner.connect.datatrove import Cleaner

if __name__ == "__main__":
    source, target = sys.argv[1:]
    LocalPipelineExecutor(
        pipeline=[WarcReader(source), Cleaner(), JsonlWriter(target)],
        logging_dir=f"{target}/logs",
    ).run()
