"""`kg explore`: a graph → one HTML page that opens without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import GraphPath, Language, LeastConfidence, PageLang, Verbose, known_ending, loaded


def explore(
    graph: GraphPath,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PAGE.html", show_default=False)],
    title: Annotated[str | None, typer.Option("--title", help="The page's heading.")] = None,
    lang: PageLang = Language.EN,
    drawn: Annotated[
        int, typer.Option("--drawn", min=1, help="Pairs of actors drawn at once, the strongest first.")
    ] = 1000,
    min_confidence: LeastConfidence = None,
    verbose: Verbose = 0,
) -> None:
    """Write a page with the network and its sentences."""
    known_ending(output, (".html", ".htm"))
    loaded(graph, min_confidence).explore(
        output, title=title or (graph.stem if isinstance(graph, Path) else graph.name), lang=lang.value, drawn=drawn
    )
    typer.echo(f"Wrote {output}", err=True)
