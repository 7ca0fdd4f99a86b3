"""How good trafilatura's bodies are, by the measure that the training command prints for ours.

    python -m benchmarks.peers CORPUS...

A corpus is a folder with `gold.jsonl` (`id`, `body`, perhaps `optional`) and `pages/ID.html.gz`.
Our own figures are those of the cross-validation: the weights that ship have seen these pages.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import click
from trafilatura import bare_extraction

from cleaner.model.training.score import page_score, summary


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(corpora: tuple[Path, ...]) -> None:
    """Score trafilatura on the pages of CORPORA that have a body in the gold."""
    for corpus in corpora:
        scores = []
        with (corpus / "gold.jsonl").open(encoding="utf-8") as gold:
            rows = [json.loads(line) for line in gold]
        for row in rows:
            if not row.get("body"):
                continue
            page = gzip.decompress((corpus / "pages" / f"{row['id']}.html.gz").read_bytes())
            found = bare_extraction(page, with_metadata=True, include_comments=False)
            body = found.text or "" if found is not None else ""
            scores.append(page_score(body, row["body"], row.get("optional") or ""))
        figures = " ".join(f"{name} {value:.4g}" for name, value in summary(scores).items())
        click.echo(f"{corpus.name:10} {figures}")


if __name__ == "__main__":
    main()
