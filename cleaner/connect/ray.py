"""Ray: the files of a folder, local or remote, cleaned by a cluster into a folder of Parquet."""

from __future__ import annotations

import logging
import shutil
import tempfile
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from cleaner.errors import CleanerError, InputError, OutputError

try:  # before what needs a part of it, and would ask for that part alone
    import fsspec
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.dataset as pads
    import ray
    import ray.data
    from pyarrow.fs import FSSpecHandler, PyFileSystem
except ImportError as _error:
    raise CleanerError("this needs Ray: pip install 'news-cleaner[ray]'") from _error

from cleaner.arrow import SCHEMA, to_batch
from cleaner.batch.inputs import Inputs, container
from cleaner.batch.pool import Failure, Ready
from cleaner.batch.sources import is_document
from cleaner.batch.tasks import Settings, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.batch.tasks import Result

__all__ = ["Outcome", "clean_dataset"]

_ROWS = 256  # of one batch
_FILES = 16  # documents of one task; a collection is a task of its own


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: rows written, and how many of them are errors."""

    documents: int
    failed: int


def clean_dataset(
    inputs: Sequence[str],
    output: str,
    settings: Settings | None = None,
    storage: dict[str, Any] | None = None,
) -> Outcome:
    """Clean files and folders into a folder of Parquet with the columns of `connect.arrow.SCHEMA`.

    `inputs` and `output` are paths or addresses that fsspec knows ("s3://bucket/folder"),
    `storage` the options for those. What is read, and the rows that come of it, are those of
    `cleaner clean INPUT -o x.parquet`, in the same order; a document that failed is a row as well,
    with its reason in `error`. Each file is read by one worker, so big ones are best had in parts.
    A worker that dies is replaced, and what it was at done again.

    Runs on the cluster that Ray is connected to, or on this machine. Raises InputError where an
    input is not there and OutputError where the output exists and is not empty.
    """
    settings = replace(settings or Settings(), form="article")
    storage = storage or {}
    files = [file for address in inputs for file in _files(address, storage)]
    to, root = fsspec.core.url_to_fs(output, **storage)
    if to.exists(root) and (not to.isdir(root) or to.ls(root)):
        raise OutputError(f"{output}: exists and is not empty")
    if not files:
        raise InputError("nothing to read: no documents at the inputs")
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    groups = [{"files": group} for group in _grouped(files)]
    articles = ray.data.from_items(groups, override_num_blocks=len(groups)).map_batches(
        _cleaner(settings, storage), batch_size=1, batch_format="pyarrow"
    )
    to.makedirs(root, exist_ok=True)
    handler: Any = FSSpecHandler  # abstract only to type checkers
    filesystem = PyFileSystem(handler(to))
    articles.write_parquet(root, filesystem=filesystem, compression="zstd")
    written = pads.dataset(root, SCHEMA, "parquet", filesystem=filesystem)
    return Outcome(written.count_rows(), written.count_rows(filter=pc.field("error").is_valid()))


def _files(address: str, storage: dict[str, Any]) -> list[dict[str, str]]:
    """Return the files at an address that hold documents, each with the name of its documents."""
    system, root = fsspec.core.url_to_fs(address, **storage)
    if system.isfile(root):
        return [{"address": system.unstrip_protocol(root), "name": PurePosixPath(root).name}]
    if not system.isdir(root):
        raise InputError(f"{address}: No such file or folder")
    names = (PurePosixPath(path).relative_to(root) for path in system.find(root))
    return [
        {"address": system.unstrip_protocol(f"{root}/{name}"), "name": str(name)}
        for name in sorted(names, key=lambda name: name.parts)
        if is_document(name.name) or container(name.name)
    ]


def _grouped(files: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Yield the files of each task, in order: a collection alone, documents together."""
    group: list[dict[str, str]] = []
    for file in files:
        single = container(file["name"]) is not None
        if group and (single or len(group) == _FILES or container(group[-1]["name"])):
            yield group
            group = []
        group.append(file)
    if group:
        yield group


def _cleaner(settings: Settings, storage: dict[str, Any]) -> Callable[[Any], Iterator[Any]]:
    """Return what a worker does with each task: a table of files in, tables of articles out."""

    def clean_files(batch: pa.Table) -> Iterator[pa.Table]:
        for group in batch.column("files").to_pylist():
            for file in group or ():
                rows = _rows(file, settings, storage)
                while chunk := list(islice(rows, _ROWS)):
                    yield pa.Table.from_batches([to_batch(chunk)])

    return clean_files


def _rows(
    file: dict[str, str], settings: Settings, storage: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of one file, read as the local engine reads it: from a folder on the disk."""
    work = worker(settings)
    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder) / file["name"]
        local.parent.mkdir(parents=True, exist_ok=True)
        with fsspec.open(file["address"], "rb", **storage) as source, local.open("wb") as target:
            shutil.copyfileobj(source, target)
        for tag, task in Inputs([Path(folder)], settings.fields, settings.size):
            outcome = task.result if isinstance(task, Ready) else work(task)
            yield _row(tag.name, outcome, settings.explain)


def _row(name: str, outcome: Result | Failure, explain: bool) -> dict[str, Any]:
    if isinstance(outcome, Failure):
        message = f"{outcome.error}: {outcome.message}"
        return {"id": outcome.identity or name, "error": message}
    return {"id": outcome.identity or name, **outcome.data.to_dict(explain=explain)}
