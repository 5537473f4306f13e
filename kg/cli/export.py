"""`kg export`: a graph → RDF, network, or table files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import RDF_ENDINGS
from kg.cli.options import GraphPath, Language, Verbose, known_ending

ENDINGS = (*RDF_ENDINGS, ".graphml", ".gexf", ".csv", ".jsonl", ".xlsx", ".parquet", ".dot")


class Scheme(StrEnum):
    """The event coders' schemes that a table may be in."""

    PLOVER = "plover"
    CAMEO = "cameo"


def export(
    graph: GraphPath,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", show_default=False, help=" ".join(ENDINGS))],
    lang: Annotated[
        Language | None,
        typer.Option("--lang", show_default=False, help="The language of names in networks and tables; en by default."),
    ] = None,
    as_: Annotated[
        Scheme | None,
        typer.Option(
            "--as",
            show_default=False,
            help="A .csv of coded events: plover in POLECAT's columns, cameo in those of ICEWS and GDELT.",
        ),
    ] = None,
    verbose: Verbose = 0,
) -> None:
    """Write a graph in another format."""
    known_ending(output, ENDINGS)
    if as_ and output.suffix.lower() != ".csv":
        raise typer.BadParameter(f"{output}: --as {as_.value} writes a table; name a .csv file")
    if lang and output.suffix.lower() in RDF_ENDINGS:
        raise typer.BadParameter(f"{output}: RDF has the names of all languages; --lang is for networks and tables")
    from kg.api import Graph

    loaded, language = Graph.load(graph), (lang or Language.EN).value
    if as_:
        from kg.export.events import write_events

        told = write_events(loaded.store, output, as_.value, language=language).told(as_.value)
        typer.echo(f"Wrote {output}: {told}", err=True)
        return
    loaded.write(output, lang=language)
    typer.echo(f"Wrote {output}", err=True)
