"""`kg train`: public treebanks and name sets → a pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import ArticleLanguage, Verbose


def train(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DATA_FOLDER",
            show_default=False,
            help="A folder with ud/*.conllu and ner/*; where each set is "
            "published: kg/docs/decisions/0002-pipelines.md.",
        ),
    ],
    *,
    lang: Annotated[ArticleLanguage, typer.Option("--lang", help="The language to train for.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Gets DIR/LANG, DIR/manifest.toml, and DIR/work.")],
    teacher: Annotated[
        str | None,
        typer.Option(
            "--teacher",
            metavar="NAME",
            help="Keep tagger and parser of this installed spaCy pipeline; train names only.",
        ),
    ] = None,
    verbose: Verbose = 0,
) -> None:
    """Train a pipeline from treebanks and name sets; about an hour on one core."""
    if not data.is_dir():
        raise typer.BadParameter(f"{data}: no such folder", param_hint="DATA_FOLDER")
    import sys

    from kg.train.pipeline import train as run

    entry = run(data, str(lang), out, teacher=teacher, log=sys.stderr if verbose else None)
    for test, scores in entry["scores"].items():
        row = scores.get("all") or {name: value for name, value in scores.items() if name != "labels"}
        typer.echo(f"{test}: " + ", ".join(f"{name} {value}" for name, value in row.items()))
    typer.echo(f"Saved {out / str(lang)}", err=True)
