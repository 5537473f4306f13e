"""`kg validate`: a graph against the shapes."""
from __future__ import annotations

import typer

from kg.cli.console import results
from kg.cli.options import GraphPath, Language, PageLang, Verbose


def validate(graph: GraphPath, *, lang: PageLang = Language.EN, verbose: Verbose = 0) -> None:
    """Check a graph against the shapes."""
    from kg.api import Graph

    report = Graph.load(graph).validate(lang=lang.value)
    if report.conforms:
        typer.echo(f"{graph} conforms")
        return
    results(("where", "property", "value", "what is wrong"),
            [(row.focus, row.path, row.value, row.message) for row in report.rows])
    typer.echo(f"kg: {graph} does not conform: {len(report.rows)} violations", err=True)
    raise typer.Exit(1)
