"""`kg validate`: a graph against the shapes, and against the texts that it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import complain
from kg.cli.options import GraphPath, Language, PageLang, Verbose, whole
from kg.cli.tables import results

if TYPE_CHECKING:
    from kg.model import Article


class Format(StrEnum):
    """How what is wrong is told."""

    TABLE = "table"
    TTL = "ttl"


def validate(
    graph: GraphPath,
    *,
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--texts",
            metavar="PATH",
            help="The articles it was built from: "
            "each quoted sentence must stand there at its offsets. May be repeated.",
        ),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            help="A table of what is wrong, or the SHACL report.",
        ),
    ] = Format.TABLE,
    lang: PageLang = Language.EN,
    verbose: Verbose = 0,
) -> None:
    """Check a graph against the shapes."""
    articles: Iterator[Article] = iter(())
    loaded = whole(graph)
    if texts:
        from kg import ingest

        articles = ingest.read(texts, on_skip=lambda source, reason: None, id_for=loaded.store.id_for)
    report = loaded.validate(lang=lang.value, articles=articles)
    if texts and not report.compared:
        raise typer.Exit(
            complain(f"none of the articles of {graph} is in {', '.join(texts)}: give what it was built from")
        )
    if format == Format.TTL:
        typer.echo(report.turtle(), nl=False)
    if report.conforms:
        compared = f"; {report.compared} of its articles were compared with their texts" if texts else ""
        if format == Format.TABLE:
            typer.echo(f"{graph} conforms{compared}")
        return
    if format == Format.TABLE:
        results(
            ("where", "property", "value", "what is wrong"),
            [(row.focus, row.path, row.value, row.message) for row in report.rows],
        )
    typer.echo(f"kg: {graph} does not conform: {len(report.rows)} violations", err=True)
    raise typer.Exit(1)
