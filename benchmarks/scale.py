"""What a document of a web archive costs from end to end: processor time, memory, bytes.

    python -m benchmarks.scale CORPUS [PAGES]

Writes the pages of a corpus (a folder with `pages/*.html.gz`), over and over until there are
PAGES of them, into a .warc.gz as crawlers do, cleans that by the command with one worker, and
measures the processes from outside. docs/scale.md calculates with these figures.
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from cleaner.batch.inputs import Inputs
from cleaner.records import Fields

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def write_warc(path: Path, pages: list[bytes], count: int) -> None:
    with path.open("wb") as file:
        for i, page in enumerate(islice(cycle(pages), count)):
            body = HEAD + page
            record = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{i}>\r\n"
                f"WARC-Target-URI: https://site-{i}.example/\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            ).encode()
            file.write(gzip.compress(record + body + b"\r\n\r\n"))


def main(corpus: str, count: str = "2000") -> None:
    pages = [gzip.decompress(path.read_bytes()) for path in sorted(Path(corpus).glob("pages/*.gz"))]
    number = int(count)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "pages.warc.gz", Path(folder) / "articles.jsonl.gz"
        write_warc(source, pages, number)
        command = ["clean", str(source), "-o", str(target), "--jobs", "1", "--quiet", "--explain"]
        start = time.monotonic()
        subprocess.run([sys.executable, "-m", "cleaner", *command], check=True)
        wall = time.monotonic() - start
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        core = usage.ru_utime + usage.ru_stime
        print(f"{number} pages, {sum(map(len, pages)) / len(pages) / 1e3:.0f} kB of HTML each")
        print(f"in   {source.stat().st_size / number / 1e3:.1f} kB a page (.warc.gz)")
        print(f"out  {target.stat().st_size / number / 1e3:.1f} kB a page (.jsonl.gz, --explain)")
        print(f"core seconds {core:.1f}: {number / core:.1f} pages a core second (wall {wall:.1f})")
        start = time.process_time()
        assert sum(1 for _ in Inputs([source], Fields(), 1 << 28)) == number
        reading = time.process_time() - start
        print(
            f"of which reading the archive, in one process: {number / reading:.0f} pages a second"
        )
        print(f"largest process {usage.ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
