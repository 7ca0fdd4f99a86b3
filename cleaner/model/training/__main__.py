"""Train a body model, and say how good it is on sites it has not seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model.training.examples import Example

_WEIGHTS = Path(__file__).resolve().parent.parent / "weights"
_CORPORA = click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
_FOLDS = click.option(
    "--folds", default=5, show_default=True, help="Parts of the cross-validation by site."
)


@click.group()
def main() -> None:
    """Train the model of one of the two doors."""


@main.command()
@_CORPORA
@click.option("-o", "--output", default=_WEIGHTS / "html.npz", type=click.Path(path_type=Path))
@_FOLDS
def html(corpora: tuple[Path, ...], output: Path, folds: int) -> None:
    """Cross-validate on the folders CORPORA of pages by site, then train on all of them."""
    from cleaner.model.body import save  # noqa: PLC0415  (each door needs libraries of its own)
    from cleaner.model.training.fit import fit_pages, judge_page  # noqa: PLC0415
    from cleaner.model.training.pages import load_pages  # noqa: PLC0415
    from cleaner.model.training.validate import Method, train  # noqa: PLC0415
    from cleaner.model.trust import evidence  # noqa: PLC0415

    examples = _load(corpora, load_pages)
    reported = {example.corpus for example in examples}
    model = train(Method(fit_pages, judge_page, evidence), examples, reported, folds)
    save(model, _made(output))
    _tell(output, model.version)


@main.command()
@_CORPORA
@click.option("-o", "--output", default=_WEIGHTS / "text.npz", type=click.Path(path_type=Path))
@_FOLDS
@click.option(
    "--pages",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder of pages to make more dumps of, to train on; may be repeated.",
)
def text(corpora: tuple[Path, ...], output: Path, folds: int, pages: tuple[Path, ...]) -> None:
    """Cross-validate on the folders CORPORA of dumps by site, then train on all of them."""
    from cleaner.model.dump import evidence, save  # noqa: PLC0415  (as above)
    from cleaner.model.training.fit_lines import fit_lines, judge_lines  # noqa: PLC0415
    from cleaner.model.training.lines import (  # noqa: PLC0415
        load_dumps,
        make_dumps,
        weigh_news,
    )
    from cleaner.model.training.validate import Method, train  # noqa: PLC0415

    examples = _load(corpora, load_dumps)
    reported = {example.corpus for example in examples}
    examples += _load(pages, make_dumps)
    weigh_news(examples, {e.site for e in examples if e.corpus.startswith("news")})
    model = train(Method(fit_lines, judge_lines, evidence), examples, reported, folds)
    save(model, _made(output))
    _tell(output, model.version)


def _load(folders: tuple[Path, ...], load: Callable[[Path], list[Example]]) -> list[Example]:
    try:
        examples = [example for folder in folders for example in load(folder)]
    except CleanerError as error:
        raise click.ClickException(str(error)) from error
    if folders:
        sites = len({example.site for example in examples})
        click.echo(f"{len(examples)} pages of {sites} sites")
    return examples


def _made(output: Path) -> str:
    output.parent.mkdir(parents=True, exist_ok=True)
    return str(output)


def _tell(output: Path, version: str) -> None:
    click.echo(f"wrote {output}, {output.stat().st_size // 1024} kB, version {version}")


if __name__ == "__main__":
    main()
