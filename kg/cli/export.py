"""`kg export`: a graph → RDF, network, or table files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import RDF_ENDINGS
from kg.cli.options import GraphPath, Verbose, known_ending

ENDINGS = (*RDF_ENDINGS, ".graphml", ".gexf", ".csv", ".jsonl")


def export(
    graph: GraphPath,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", show_default=False, help=" ".join(ENDINGS))],
    verbose: Verbose = 0,
) -> None:
    """Write a graph in another format."""
    known_ending(output, ENDINGS)
    from kg.api import Graph

    Graph.load(graph).write(output)
    typer.echo(f"Wrote {output}", err=True)
