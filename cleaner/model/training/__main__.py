"""Train the body model, and say how good it is on sites it has not seen."""

from __future__ import annotations

import gzip
import hashlib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from cleaner.errors import CleanerError
from cleaner.labels import label
from cleaner.model.body import BodyModel, save
from cleaner.model.training.dataset import Example, load_corpus, part_of
from cleaner.model.training.fit import fit, fit_confidence, probabilities
from cleaner.model.training.score import Score, page_score, summary
from cleaner.model.trust import trust
from cleaner.readers import read
from cleaner.rules import builtin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DEFAULT = Path(__file__).resolve().parent.parent / "weights" / "html.npz"


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", default=_DEFAULT, type=click.Path(path_type=Path))
@click.option(
    "--folds", default=5, show_default=True, help="Parts of the cross-validation by site."
)
def main(corpora: tuple[Path, ...], output: Path, folds: int) -> None:
    """Cross-validate on the folders CORPORA by site, then train on all of them."""
    try:
        examples = [example for folder in corpora for example in load_corpus(folder)]
    except CleanerError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(examples)} pages of {len({e.site for e in examples})} sites")
    found, scores = _cross_validate(examples, folds)
    for corpus in dict.fromkeys(example.corpus for example in examples):
        chosen = [s for e, s in zip(examples, scores, strict=True) if e.corpus == corpus]
        figures = " ".join(f"{name} {value:.4g}" for name, value in summary(chosen).items())
        click.echo(f"{corpus:10} {figures}")
    model = fit(examples, version=_version(examples))
    model.confidence = fit_confidence(examples, found, [s.f1 for s in scores])
    _print_reliability(model, examples, found, scores)
    output.parent.mkdir(parents=True, exist_ok=True)
    save(model, str(output))
    click.echo(f"wrote {output}, {output.stat().st_size // 1024} kB, version {model.version}")


def _cross_validate(examples: list[Example], folds: int) -> tuple[list[Floats], list[Score]]:
    """Return each page's probabilities and score by a model that has seen no page of its site."""
    part = [part_of(example.site, folds) for example in examples]
    found: list[Floats] = [np.zeros(0)] * len(examples)
    scores: list[Score] = [Score(None, 0.0, False)] * len(examples)
    for held_out in range(folds):
        model = fit([e for e, p in zip(examples, part, strict=True) if p != held_out])
        for i, example in enumerate(examples):
            if part[i] == held_out:
                found[i] = probabilities(model, example)
                scores[i] = page_score(_body(example, model), example.gold, example.optional)
        click.echo(f"part {held_out + 1} of {folds} done", err=True)
    return found, scores


def _body(example: Example, model: BodyModel) -> str:
    """Return the body that the whole pipeline gives with `model`: rules and all."""
    page = read(gzip.decompress(example.path.read_bytes()), "html")
    label(page, builtin(), model=model)
    return "\n\n".join(block.text for block in page.kept())


def _print_reliability(
    model: BodyModel, examples: list[Example], found: list[Floats], scores: list[Score]
) -> None:
    """Print how confidence and quality go together, page by page."""
    judged = zip(examples, found, strict=True)
    sure = np.array(
        [trust(model.confidence, e.rows, p, e.lengths) if len(p) else 0.0 for e, p in judged]
    )
    f1 = np.array([score.f1 for score in scores])
    click.echo("confidence   pages   mean confidence   mean F1   pages under .8")
    for low, high in pairwise((0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            click.echo(
                f"{low:.2f}-{min(high, 1):.2f}    {inside.sum():6}   {sure[inside].mean():15.3f}"
                f"   {f1[inside].mean():7.3f}   {(f1[inside] < 0.8).sum():6}"
            )


def _version(examples: list[Example]) -> str:
    """Name the weights by what they were made of."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.id}\0{example.gold}\0".encode())
        digest.update(np.ascontiguousarray(example.rows, np.float32).tobytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    main()
