"""`kg load`: a graph file or a store → a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import console
from kg.cli.groups import Target
from kg.cli.options import Verbose


def load(
    graph: Annotated[Path, typer.Argument(metavar="DIR|FILE", show_default=False, help="A store or a graph file.")],
    *,
    target: Target,
    verbose: Verbose = 0,
) -> None:
    """Write a graph to a SPARQL endpoint.

    It comes beside what is there; the same command resumes what broke off.
    """
    address = target.address()
    if address is None:
        raise typer.BadParameter("give --endpoint URL, where it is written to")
    from kg.pipeline import remote

    with console().status(f"Loading into {address.name}") as status:
        articles, done = remote.load(
            graph,
            address,
            on_written=lambda now, of: status.update(f"Loading into {address.name}: {now} of {of} articles"),
        )
    typer.echo(f"Loaded {graph} into {address}: {articles} articles, {done} changed there", err=True)
