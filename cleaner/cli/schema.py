"""`cleaner schema`: the JSON Schema of an article."""

from __future__ import annotations

import json

import click

from cleaner.cli.terminal import print_json
from cleaner.schema import json_schema

__all__ = ["schema"]


@click.command()
def schema() -> None:
    """Print the JSON Schema of an article."""
    print_json(json.dumps(json_schema(), indent=2))
