"""`kg evaluate`: extraction against gold, explained; the agreement of two languages; floors."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import results
from kg.cli.options import Lang, Verbose

if TYPE_CHECKING:
    from kg.evaluate import Explained, GoldDocument, Score


class Format(StrEnum):
    """How figures are written."""

    TABLE = "table"
    JSON = "json"


class Part(StrEnum):
    """What extraction can be deprived of, to see what it brings."""

    COREFERENCE = "coreference"
    PARSER = "parser"
    NAMES = "names"


def evaluate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="GOLD.jsonl TEXTS",
            show_default=False,
            exists=True,
            help="Gold, and the folder of its texts (or statements of 'kg extract'); with --agree, two of the latter.",
        ),
    ] = None,
    *,
    lang: Lang = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show every error, and why.")] = False,
    without: Annotated[list[Part] | None, typer.Option("--without", help="Take this away. May be repeated.")] = None,
    agree: Annotated[bool, typer.Option("--agree", help="Compare two languages of the same articles.")] = False,
    floors: Annotated[
        Path | None,
        typer.Option(
            "--floors", metavar="FILE.toml", exists=True, help="Measure the sets of this file; fail below a floor."
        ),
    ] = None,
    up: Annotated[bool, typer.Option("--raise", help="Raise the floors to what is reached now.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How figures are written.")] = Format.TABLE,
    verbose: Verbose = 0,
) -> None:
    """Measure extraction: precision, recall and F1 against gold, what was missed and why."""
    if floors:
        _floors(floors, format, up=up)
        return
    if not paths or len(paths) != 2:
        raise typer.BadParameter("give GOLD.jsonl and TEXTS, or --agree and two folders, or --floors FILE.toml")
    if agree:
        _agree(paths[0], paths[1], format)
        return
    from kg.evaluate import explain as explained
    from kg.evaluate import read_gold, run, said, score

    gold, texts = read_gold(paths[0]), paths[1]
    language = _language(lang, gold)
    if texts.suffix == ".jsonl":
        if explain or without:
            raise typer.BadParameter("statements cannot be explained or taken apart; give the folder of their texts")
        _write(score(gold, said(texts, language), language), [], format)
        return
    ran = run(texts, language, without=[str(part) for part in without or ()])
    result = score(gold, ran.said, language)
    _write(result, list(explained(result, ran)) if explain else [], format)


def _language(given: str | None, gold: list[GoldDocument]) -> str:
    if given:
        return str(given)
    languages = {language for document in gold for language in document.languages}
    if len(languages) != 1:
        raise typer.BadParameter(f"the gold is in {' and '.join(sorted(languages))}; say which one: --lang")
    return languages.pop()


def _write(result: Score, errors: list[Explained], format: Format) -> None:
    if format == Format.JSON:
        typer.echo(json.dumps(result.to_json() | {"errors": [e.to_json() for e in errors]}, ensure_ascii=False))
        return
    for error in errors:
        typer.echo(
            f"{error.kind.upper()} {error.doc} {error.relation}: {error.subject} -> {error.object} ({error.cause})"
        )
        for note in error.notes:
            typer.echo(f"    {note}")
        typer.echo()
    rows = [*sorted(result.relations.items()), ("all", result.overall)]
    results(
        ("relation", "right", "extra", "missed", "P", "R", "F1"),
        [
            (name, str(t.right), str(t.extra), str(t.missed), f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}")
            for name, t in rows
        ],
    )
    typer.echo()
    results(
        ("of the matched", "right", "of", "share"),
        [(name, str(s.right), str(s.of), f"{s.value:.3f}") for name, s in result.shares.items()],
    )
    if errors:
        counts = sorted({(e.kind, e.cause): 0 for e in errors})
        table = [(kind, cause, str(sum((e.kind, e.cause) == (kind, cause) for e in errors))) for kind, cause in counts]
        typer.echo()
        results(
            ("", "likely cause", "count"),
            sorted(table, key=lambda row: (("miss", "extra", "wrong").index(row[0]), -int(row[2]))),
        )


def _agree(first: Path, second: Path, format: Format) -> None:
    from kg.evaluate import agreement, common, said

    both = said(first, None), said(second, None)
    texts = ".jsonl" not in (first.suffix, second.suffix)  # lines do not tell of articles that gave nothing
    found = agreement(*(common(*both) if texts else both))
    if format == Format.JSON:
        typer.echo(
            json.dumps(
                {"both": found.both, "first": found.first, "second": found.second, "agreement": round(found.value, 4)}
            )
        )
        return
    results(
        ("in both", "only first", "only second", "agreement"),
        [(str(found.both), str(found.first), str(found.second), f"{found.value:.3f}")],
    )


def _floors(path: Path, format: Format, *, up: bool) -> None:
    from dataclasses import replace

    from kg.evaluate import floors as pinned

    sets = pinned.read_floors(path)
    reached = pinned.measured(path, sets)
    fallen = {one.name: pinned.fallen(one.floors, reached[one.name]) for one in sets}
    if format == Format.JSON:
        typer.echo(
            json.dumps(
                {
                    one.name: {
                        key: {"floor": one.floors.get(key), "reached": round(value, 4)}
                        for key, value in reached[one.name].items()
                    }
                    for one in sets
                }
            )
        )
    else:
        results(
            ("set", "figure", "floor", "reached", ""),
            [
                (
                    one.name,
                    key,
                    f"{one.floors.get(key, 0):.2f}",
                    f"{value:.3f}",
                    "fallen" if key in fallen[one.name] else "",
                )
                for one in sets
                for key, value in reached[one.name].items()
            ],
        )
    if up:
        pinned.write_floors(path, [replace(one, floors=pinned.raised(one.floors, reached[one.name])) for one in sets])
        typer.echo(f"Wrote {path}", err=True)
    count = sum(map(len, fallen.values()))
    if count:
        typer.echo(f"kg: {count} figures are below their floors in {path}", err=True)
        raise typer.Exit(1)
