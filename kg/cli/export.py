"""`kg export`: a graph → RDF, network, or table files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import RDF_ENDINGS
from kg.cli.options import GraphPath, Language, Verbose, known_ending

ENDINGS = (*RDF_ENDINGS, ".graphml", ".gexf", ".csv", ".jsonl")


def export(
    graph: GraphPath,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", show_default=False, help=" ".join(ENDINGS))],
    lang: Annotated[
        Language | None,
        typer.Option("--lang", show_default=False, help="The language of names in networks and tables; en by default."),
    ] = None,
    verbose: Verbose = 0,
) -> None:
    """Write a graph in another format."""
    known_ending(output, ENDINGS)
    if lang and output.suffix.lower() in RDF_ENDINGS:
        raise typer.BadParameter(f"{output}: RDF has the names of all languages; --lang is for networks and tables")
    from kg.api import Graph

    Graph.load(graph).write(output, lang=(lang or Language.EN).value)
    typer.echo(f"Wrote {output}", err=True)
