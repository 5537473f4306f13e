"""`kg evaluate`: extraction against gold, explained; the agreement of two languages; floors."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Fast, Lang, MaxCost, MaxRequests, MinConfidence, Verbose

if TYPE_CHECKING:
    from kg.evaluate import Confidence, GoldSet, Score, Scored
    from kg.readers import NamedReader


class Format(StrEnum):
    """How figures are written."""

    TABLE = "table"
    JSON = "json"


class Part(StrEnum):
    """What extraction can be deprived of, to see what it brings."""

    COREFERENCE = "coreference"
    PARSER = "parser"
    NAMES = "names"
    ENCODER = "encoder"


def evaluate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="GOLD.jsonl... TEXTS",
            show_default=False,
            exists=True,
            help="Gold files, and the folder of their texts (or statements of 'kg extract'); a language's texts may be "
            "in the folder's folder of its name. With --agree, two folders of texts.",
        ),
    ] = None,
    *,
    lang: Lang = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show every error, and why.")] = False,
    without: Annotated[list[Part] | None, typer.Option("--without", help="Take this away. May be repeated.")] = None,
    fast: Fast = False,
    min_confidence: MinConfidence = None,
    curve: Annotated[
        Path | None,
        typer.Option(
            "--curve", metavar="PAGE.html", help="Draw precision and recall over confidence, and its calibration."
        ),
    ] = None,
    agree: Annotated[bool, typer.Option("--agree", help="Compare two languages of the same articles.")] = False,
    floors: Annotated[
        Path | None,
        typer.Option(
            "--floors", metavar="FILE.toml", exists=True, help="Measure the sets of this file; fail below a floor."
        ),
    ] = None,
    up: Annotated[bool, typer.Option("--raise", help="Raise the floors to what is reached now.")] = False,
    reader: Annotated[
        list[str] | None,
        typer.Option(
            "--reader", metavar="NAME", help="Measure this reader beside our own (kg/docs/readers.md). May be repeated."
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="[NAME.]KEY=VALUE", help="An option of the reader, or of the one named. May be repeated."
        ),
    ] = None,
    max_requests: MaxRequests = None,
    max_cost: MaxCost = None,
    format: Annotated[Format, typer.Option("--format", help="How figures are written.")] = Format.TABLE,
    verbose: Verbose = 0,
) -> None:
    """Measure extraction against gold: precision, recall, F1.

    It also tells what was missed, and why.
    """
    as_json = format == Format.JSON
    if reader:
        if explain or without or curve or agree or floors:
            raise typer.BadParameter("--reader compares scores: leave --explain, --without, --curve and the like out")
        from kg.cli.reading import opened_all

        readers = opened_all(reader, set_ or [], max_requests, max_cost)
        _compare(_gold(paths, lang), readers, fast=fast, min_confidence=min_confidence, as_json=as_json)
        return
    if set_ or max_requests is not None or max_cost is not None:
        raise typer.BadParameter("--set, --max-requests and --max-cost are for another reader: give --reader NAME too")
    if floors:
        _floors(floors, up=up, as_json=as_json)
        return
    if not paths or len(paths) < 2 or (agree and len(paths) > 2):
        raise typer.BadParameter("give GOLD.jsonl and TEXTS, or --agree and two folders, or --floors FILE.toml")
    *golds, texts = paths
    if agree:
        _agree(golds[0], texts, fast=fast, min_confidence=min_confidence, as_json=as_json)
        return
    if texts.suffix == ".jsonl" and (explain or without or fast):
        raise typer.BadParameter("statements cannot be explained or read otherwise; give the folder of their texts")
    from kg.cli import figures
    from kg.evaluate import confidence, merged, score_sets

    sets = list(
        score_sets(
            _sets(golds, texts, lang),
            without=[str(part) for part in without or ()],
            fast=fast,
            min_confidence=min_confidence,
            explained=explain,
            unsure=curve is not None,
        )
    )
    total, found = merged(one.score for one in sets), confidence(merged(one.unsure for one in sets))
    if curve:
        _draw(curve, sets, total, found, min_confidence)
    write = figures.scores_json if as_json else figures.scores_tables
    write(sets, total, found, explained=explain)


def _gold(paths: list[Path] | None, lang: str | None) -> list[GoldSet]:
    if not paths or len(paths) < 2 or paths[-1].suffix == ".jsonl":
        raise typer.BadParameter("--reader needs GOLD.jsonl and the folder of its texts")
    return _sets(paths[:-1], paths[-1], lang)


def _compare(
    sets: list[GoldSet], readers: list[NamedReader], *, fast: bool, min_confidence: float | None, as_json: bool
) -> None:
    from kg.cli import figures
    from kg.cli.reading import told_usage
    from kg.evaluate import compared

    found = compared(sets, readers, fast=fast, min_confidence=min_confidence)
    for one in found:
        for reason in dict.fromkeys(one.skipped):
            typer.echo(f"kg: skipped {one.skipped.count(reason)}: {reason}", err=True)
    figures.readers(found, as_json=as_json)
    for named in readers:
        if usage := told_usage(named):
            typer.echo(usage, err=True)


def _sets(golds: list[Path], texts: Path, lang: str | None) -> list[GoldSet]:
    from kg.evaluate import LanguageUnclearError, gold_sets

    try:
        return gold_sets(golds, texts, str(lang) if lang else None)
    except LanguageUnclearError as error:
        raise typer.BadParameter(str(error)) from error


def _draw(path: Path, sets: list[Scored], total: Score, found: Confidence, min_confidence: float | None) -> None:
    from kg.encoder import bundled
    from kg.errors import SourceError
    from kg.evaluate import page

    if not found.points:
        raise SourceError(f"{path}: no event has a confidence; read without --fast, or give statements that have one")
    if min_confidence is None and sets[0].of.texts.suffix != ".jsonl":
        min_confidence = bundled().settings["threshold"]
    scores = {one.of.name: one.score for one in sets} | ({"micro": total} if len(sets) > 1 else {})
    path.write_text(page(scores, found, min_confidence), encoding="utf-8")
    typer.echo(f"Wrote {path}", err=True)


def _agree(first: Path, second: Path, *, fast: bool, min_confidence: float | None, as_json: bool) -> None:
    from kg.cli import figures
    from kg.evaluate import agreement, common, said

    one, other = (said(path, None, fast=fast, min_confidence=min_confidence) for path in (first, second))
    texts = ".jsonl" not in (first.suffix, second.suffix)  # lines do not tell of articles that gave nothing
    figures.agreement(agreement(*(common(one, other) if texts else (one, other))), as_json=as_json)


def _floors(path: Path, *, up: bool, as_json: bool) -> None:
    from dataclasses import replace

    from kg.cli import figures
    from kg.evaluate import floors as pinned

    sets = pinned.read_floors(path)
    reached = pinned.measured(path, sets)
    figures.floors(sets, reached, as_json=as_json)
    count = sum(len(pinned.fallen(one.floors, reached[one.name])) for one in sets)
    if up:
        pinned.write_floors(path, [replace(one, floors=pinned.raised(one.floors, reached[one.name])) for one in sets])
        typer.echo(f"Wrote {path}", err=True)
    if count:
        typer.echo(f"kg: {count} figures are below their floors in {path}", err=True)
        raise typer.Exit(1)
