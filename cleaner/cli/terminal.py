"""What the commands print, and how: never a broken line, never a trace for a closed pipe."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING

import click

from cleaner.normalize import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["on_one_line", "print_json", "print_text", "standard_output"]


def print_json(text: str) -> None:
    """Print JSON as UTF-8 whatever the terminal's encoding; half a pair is an escape there."""
    with standard_output():
        click.echo(text.encode("utf-8", "backslashreplace"))


def print_text(text: str) -> None:
    """Print finished lines in the terminal's encoding; what it has not is an escape there."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    with standard_output():
        click.echo(text.encode(encoding, "backslashreplace"), nl=False)


@contextlib.contextmanager
def standard_output() -> Iterator[None]:
    """Say what is wrong with standard output; a reader that has seen enough is no error."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:  # click ends quietly
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more can be written at the end
        raise click.ClickException(f"standard output: {error.strerror or error}") from error


def on_one_line(message: str) -> str:
    """Escape what would break a line or a terminal: names of files hold anything."""
    return printable(message)
