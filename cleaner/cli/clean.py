"""`cleaner clean`: documents in, article JSON out."""

from __future__ import annotations

import os
import sys
from dataclasses import astuple, dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click
from click.core import ParameterSource

import cleaner
from cleaner.batch import duplicates
from cleaner.batch.inputs import STDIN, Container, Inputs, container, looks_like_lines, open_stdin
from cleaner.batch.output import STDOUT, Output
from cleaner.batch.pool import Limits, available_cores
from cleaner.batch.progress import Bar, Plain, Quiet
from cleaner.batch.run import Options, run
from cleaner.batch.sinks import ResumeError
from cleaner.batch.streams import Peeked, listed
from cleaner.batch.tasks import Settings
from cleaner.cli.inputs import (
    explain_option,
    load_rules,
    options,
    read_stdin,
    rules_option,
    schema_option,
)
from cleaner.cli.places import (
    own_files,
    refuse_clashes,
    refuse_foreign_summary,
    write_summary,
)
from cleaner.cli.ray import clean_with_ray
from cleaner.cli.terminal import on_one_line, print_json, standard_output
from cleaner.errors import CleanerError, InputError
from cleaner.files import LARGEST
from cleaner.records import Fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.article import Schema
    from cleaner.batch.tally import Tally
    from cleaner.batch.tasks import Form
    from cleaner.readers import Door
    from cleaner.rules import Rules

__all__ = ["clean"]

_SOME_FAILED = 1
_INTERRUPTED = 130
_MEGABYTE = 1 << 20
_MOST_MEGABYTES = 1 << 20  # of a document: more than any machine has memory for
_COLLECTIONS = ("jsonl", "warc", "parquet")
# Options that mean nothing to the one document that is printed.
_OF_BATCHES = (
    "html_field", "text_field", "url_field", "id_field", "captured_field", "jobs", "timeout",
    "max_memory", "unordered", "resume", "overwrite", "strict", "dedupe", "drop_duplicates",
    "errors", "summary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the arguments and options by their names."""

    paths: tuple[Path, ...]
    output: Path | None
    explain: bool
    schema: Schema
    kind: Door | Container
    url: str | None
    rules_files: tuple[Path, ...]
    files_from: Path | None
    html_field: str | None
    text_field: str | None
    url_field: str | None
    id_field: str | None
    captured_field: str | None
    jobs: int | None
    timeout: float
    max_memory: int
    max_size: int
    unordered: bool
    resume: bool
    overwrite: bool
    strict: bool
    dedupe: bool
    drop_duplicates: bool
    engine: Literal["local", "ray"]
    quiet: bool
    errors: Path | None
    summary: Path | None


_PATH = click.Path(path_type=Path)
_ARTICLES = options(
    click.option(
        "-o", "--output", type=_PATH,
        help="Folder for JSON files, or .jsonl[.gz|.zst] or .parquet file; - for JSON lines.",
    ),
    explain_option,
    schema_option,
    rules_option,
)  # fmt: skip
_DOCUMENTS = options(
    click.option(
        "--kind", type=click.Choice(["auto", "html", "text", "jsonl", "warc", "parquet"]),
        default="auto", show_default=True,
        help="What standard input and files without a suffix hold.",
    ),
    click.option("--url", help="Where the one document that is printed was published."),
    click.option("--files-from", type=_PATH, help="File with one path a line; - for stdin."),
    click.option("--html-field", help="Field or column with the page. [usually: html]"),
    click.option("--text-field", help="Field or column with the text. [usually: text]"),
    click.option("--url-field", help="Field or column with the address. [usually: url]"),
    click.option("--id-field", help="Field or column with the id. [usually: id]"),
    click.option("--captured-field", help="Field or column with the day of the fetch."),
)  # fmt: skip
_RUN = options(
    click.option("-j", "--jobs", type=click.IntRange(1), help="Workers. [default: all cores]"),
    click.option(
        "--timeout", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True,
        help="Seconds that a document may take.",
    ),
    click.option(
        "--max-memory", type=click.IntRange(1), default=2048, show_default=True,
        help="Megabytes that a worker may take for a document.",
    ),
    click.option(
        "--max-size", type=click.IntRange(1, _MOST_MEGABYTES), default=LARGEST // _MEGABYTE,
        show_default=True,
        help="Megabytes that a document may have, decompressed.",
    ),
    click.option("--unordered", is_flag=True, help="Write articles as they come."),
    click.option("--resume", is_flag=True, help="Go on with a run that was cut short."),
    click.option("--overwrite", is_flag=True, help="Begin anew, whatever is at the output."),
    click.option("--strict", is_flag=True, help="Stop at the first failure."),
    click.option("--dedupe", is_flag=True, help="Mark repeated stories (duplicate_of)."),
    click.option("--drop-duplicates", is_flag=True, help="Leave repeated stories out."),
    click.option(
        "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
        help="Where it runs: here, or on a Ray cluster into a folder of Parquet.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No progress, no summary, no warnings."),
    click.option("--errors", type=_PATH, help="File of errors. [default: OUTPUT.errors.jsonl]"),
    click.option("--summary", type=_PATH, help="File for the summary, as JSON."),
)  # fmt: skip


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=_PATH)
@_ARTICLES
@_DOCUMENTS
@_RUN
def clean(**arguments: Any) -> None:
    """Clean files, folders and collections of documents into article JSON.

    Takes .txt .html .htm .md (also .gz), .jsonl[.gz|.zst], .warc[.gz], .parquet, folders of these,
    and JSON lines on standard input (-). Without -o, the article of a single file is printed.
    Exits with 0 when all documents were cleaned, 1 when some failed or the output could not be
    written, 2 for wrong usage, 130 when interrupted.
    """
    request = Request(**arguments)
    if not request.paths and request.files_from is None:
        raise click.UsageError("Missing argument 'PATH...'.")
    rules = load_rules(request.rules_files)
    if request.engine == "ray":
        sys.exit(clean_with_ray(request, _settings(request, rules, "article")))
    stdin = _open_stdin() if STDIN in request.paths else None
    if request.output is None and _is_single(request, stdin):
        _refuse_options_of_batches(click.get_current_context())
        try:
            _print_one(request, stdin, rules)
        except KeyboardInterrupt:
            _say("interrupted")
            sys.exit(_INTERRUPTED)
        return
    _refuse_nonsense(request, stdin)
    sys.exit(_clean_all(request, stdin, rules))


def _open_stdin() -> Peeked:
    try:
        return Peeked(open_stdin())
    except CleanerError as error:
        raise click.ClickException(str(error)) from error


# --- one document ---------------------------------------------------------------------------------


def _is_single(request: Request, stdin: Peeked | None) -> bool:
    """Whether one document is to be printed."""
    if len(request.paths) != 1 or request.files_from is not None:
        return False
    if request.kind in ("html", "text"):
        return not os.path.isdir(request.paths[0])
    if stdin is not None:
        return request.kind == "auto" and not looks_like_lines(stdin.first_line)
    path = request.paths[0]
    return request.kind == "auto" and container(path.name) is None and not os.path.isdir(path)


def _refuse_options_of_batches(context: click.Context) -> None:
    """Raise UsageError for an option that would be silently without effect."""
    for name in _OF_BATCHES:
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} is for batches: add -o FOLDER, or -o -")


def _print_one(request: Request, stdin: Peeked | None, rules: Rules | None) -> None:
    from cleaner.pipeline import clean as clean_data  # noqa: PLC0415  (for many, workers have it)
    from cleaner.pipeline import clean_measured  # noqa: PLC0415

    kind = cast("Door", request.kind)
    path = request.paths[0]
    most = request.max_size * _MEGABYTE
    try:
        if stdin is None:
            article, _ = clean_measured(path, rules, most, request.url, kind)
        else:
            data = read_stdin(stdin, most)
            article = clean_data(data, request.url, kind, rules=rules)
    except CleanerError as error:
        message = str(error) if stdin is None else f"standard input: {error}"
        raise click.ClickException(on_one_line(message)) from error
    print_json(article.to_json(explain=request.explain, schema=request.schema))


# --- many documents -------------------------------------------------------------------------------


def _refuse_nonsense(request: Request, stdin: Peeked | None) -> None:
    """Raise UsageError for options that do not go together."""
    output = request.output
    if request.url is not None or request.kind in ("html", "text"):
        hint = "" if output is None else ", which is printed: they do not go with -o"
        raise click.UsageError(f"--url and --kind html or text are for a single document{hint}")
    if stdin is not None and request.kind in ("warc", "parquet"):
        raise click.UsageError("standard input holds JSON lines; archives and tables are named")
    first = stdin.first_line if stdin is not None and request.kind == "auto" else b""
    if first.strip() and not looks_like_lines(first):
        raise click.UsageError(
            "standard input holds no JSON lines; a single document is printed without -o"
        )
    if output is None and request.files_from is None and not _all_collections(request):
        raise click.UsageError(
            "several documents need a place to go to: add -o FOLDER, or -o - for JSON lines"
        )
    to_stdout = output is None or output == STDOUT
    conflicts = {
        "--resume and --overwrite": request.resume and request.overwrite,
        "--resume and standard output": request.resume and to_stdout,
        "--unordered and --dedupe": request.unordered and _dedupes(request),
        "--schema schema.org and .parquet": (
            request.schema != "cleaner" and str(output).lower().endswith(".parquet")
        ),
    }
    for names, conflict in conflicts.items():
        if conflict:
            raise click.UsageError(f"{names} do not go together")
    if request.files_from is not None and not _is_stream(request.files_from):
        try:
            request.files_from.open("rb").close()
        except OSError as error:
            raise click.UsageError(f"{request.files_from}: {error.strerror or error}") from error
    if request.files_from == STDIN and STDIN in request.paths:
        raise click.UsageError("standard input cannot be both a list of files and documents")


def _is_stream(path: Path | None) -> bool:
    """Whether a path is read once and for all: standard input, or a pipe."""
    if path is None or path == STDIN:
        return path is not None
    return os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path))


def _all_collections(request: Request) -> bool:
    return all(
        path == STDIN
        or (
            not os.path.isdir(path) and (container(path.name) is not None or request.kind != "auto")
        )
        for path in request.paths
    )


def _dedupes(request: Request) -> bool:
    return request.dedupe or request.drop_duplicates


def _clean_all(request: Request, stdin: Peeked | None, rules: Rules | None) -> int:
    """Run over all documents and return the exit code."""
    target = STDOUT if request.output is None else request.output
    refuse_clashes(_named(request), target, request.errors, request.summary)
    try:
        if _dedupes(request):
            duplicates.require()
        if request.summary is not None:
            refuse_foreign_summary(request.summary, request.overwrite)
        output = Output(
            target, _identity(request), request.resume, request.overwrite, request.errors
        )
    except CleanerError as error:
        raise click.UsageError(on_one_line(str(error))) from error
    inputs = partial(_inputs, request, stdin, target)
    watch = _watch(request, inputs, output.errors)
    hint = "" if target == STDOUT else "; the same command with --resume goes on"
    try:
        with standard_output():
            tally = run(
                inputs,
                output,
                _settings(request, rules, output.form),
                _options(request),
                watch,
            )
    except KeyboardInterrupt:
        watch.close()
        _say(f"interrupted{hint}")
        return _INTERRUPTED
    except CleanerError as error:
        watch.close()
        _say(f"{error}{'' if isinstance(error, ResumeError) else hint}")
        return _SOME_FAILED
    finally:
        output.close()
    watch.close()
    _report(request, tally, output.errors)
    return _SOME_FAILED if tally.failed else 0


def _named(request: Request) -> list[Path]:
    """Return the files that are read and that were named, not found in folders or lists."""
    lists = [] if request.files_from is None else [request.files_from]
    return [path for path in (*request.paths, *lists, *request.rules_files) if path != STDIN]


def _identity(request: Request) -> dict[str, Any]:
    """Return the options that the bytes of the output depend on, by the names people know."""
    rules = blake2b(digest_size=16)
    for path in request.rules_files:
        rules.update(path.read_bytes() + b"\0")
    return {
        "version of cleaner": cleaner.__version__,
        "--schema": request.schema,
        "--explain": request.explain,
        "--rules": rules.hexdigest(),
        "fields": list(astuple(_fields(request))),
        "--max-size": request.max_size,
        "--unordered": request.unordered,
        "--dedupe": _dedupes(request),
        "--drop-duplicates": request.drop_duplicates,
    }


def _fields(request: Request) -> Fields:
    return Fields(
        request.html_field, request.text_field, request.url_field, request.id_field,
        request.captured_field,
    )  # fmt: skip


def _settings(request: Request, rules: Rules | None, form: Form) -> Settings:
    return Settings(
        form=form,
        schema=request.schema,
        explain=request.explain,
        rules=rules,
        fields=_fields(request),
        size=request.max_size * _MEGABYTE,
        sketch=_dedupes(request),
    )


def _options(request: Request) -> Options:
    return Options(
        jobs=request.jobs or available_cores(),
        limits=Limits(request.timeout, request.max_memory * _MEGABYTE),
        ordered=not request.unordered,
        live=any(map(_is_stream, (*request.paths, request.files_from))),
        strict=request.strict,
        dedupe=_dedupes(request),
        drop=request.drop_duplicates,
    )


def _inputs(request: Request, stdin: Peeked | None, target: Path) -> Inputs:
    kind = cast("Container", request.kind) if request.kind in _COLLECTIONS else None
    return Inputs(
        request.paths,
        _fields(request),
        request.max_size * _MEGABYTE,
        kind=kind,
        stdin=stdin,
        listed=() if request.files_from is None else _listed(request.files_from),
        own=own_files(target, request.errors, request.summary),
    )


def _listed(path: Path) -> Iterator[Path]:
    """Yield the paths in a list. Raises InputError where it cannot be read."""
    try:
        with open_stdin() if path == STDIN else path.open("rb") as stream:
            for name in listed(stream):
                yield Path(os.fsdecode(name))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _watch(
    request: Request, inputs: Callable[[], Inputs], errors: Path | None
) -> Bar | Plain | Quiet:
    if request.quiet:
        return Quiet()
    if not sys.stderr.isatty():
        return Plain(_say, errors)
    files = STDIN not in request.paths and request.files_from is None
    return Bar(_say, errors, inputs().extent if files else None)


def _say(message: str) -> None:
    click.echo(f"cleaner: {on_one_line(message)}", err=True)


def _report(request: Request, tally: Tally, errors: Path | None) -> None:
    if not request.quiet:
        if tally.failed_earlier:
            _say(f"failed before and not tried again: {tally.failed_earlier:,} (see {errors})")
        for line in tally.lines():
            click.echo(line, err=True)
    if request.summary is not None:
        write_summary(tally, request.summary)
