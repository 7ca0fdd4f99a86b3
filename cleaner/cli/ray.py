"""`cleaner clean --engine ray`: the same documents, cleaned by a cluster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from cleaner.batch.inputs import STDIN
from cleaner.cli.terminal import on_one_line
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.batch.tasks import Settings
    from cleaner.cli.clean import Request

__all__ = ["clean_with_ray"]

_SOME_FAILED = 1
# Of the local engine only; Ray has its own ways to spread work and to try again.
_LOCAL = (
    "url", "files_from", "jobs", "unordered", "resume", "overwrite", "strict", "dedupe",
    "drop_duplicates", "errors", "summary",
)  # fmt: skip
_PROTOCOL = re.compile(r"^([a-z][a-z0-9+.-]+):/(?!/)")


def clean_with_ray(request: Request, settings: Settings) -> int:
    """Clean files and folders into a folder of Parquet; return the exit code."""
    output = request.output
    for name in _LOCAL:
        if getattr(request, name) not in (None, False):
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} and --engine ray do not go together")
    if request.kind != "auto" or request.schema != "cleaner" or STDIN in request.paths:
        raise click.UsageError("-, --kind and --schema do not go with --engine ray")
    if output is None or output.name.endswith((".jsonl", ".parquet", ".gz", ".zst")):
        raise click.UsageError("--engine ray writes a folder of Parquet: add -o FOLDER")
    try:
        from cleaner.connect.ray import clean_dataset  # noqa: PLC0415  (an optional extra)

        outcome = clean_dataset([_address(p) for p in request.paths], _address(output), settings)
    except CleanerError as error:
        raise click.ClickException(on_one_line(str(error))) from error
    plural = "" if outcome.documents == 1 else "s"
    click.echo(
        f"{outcome.documents} document{plural}: {outcome.documents - outcome.failed} cleaned,"
        f" {outcome.failed} failed (column `error`)",
        err=True,
    )
    return _SOME_FAILED if outcome.failed else 0


def _address(path: Path) -> str:
    """Return what was written, where a path took the // of s3://bucket for a slip of the pen."""
    return _PROTOCOL.sub(r"\1://", str(path))
