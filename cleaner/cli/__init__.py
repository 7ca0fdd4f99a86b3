"""The command line: one module a command, loaded when that command is called."""

from __future__ import annotations

from importlib import import_module

import click

from cleaner import __version__

__all__ = ["main"]

# In the order of the help text; the command has the name of its module.
_COMMANDS = ("clean", "fetch", "crawl", "explain", "report", "golden", "schema")


class _Commands(click.Group):
    """A group that imports a command's module only to run it or to describe it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cleaner")
def main() -> None:
    """Turn news pages and text dumps into clean article JSON."""
