"""`kg export`: a graph → RDF, network, or table files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.build import RDF_ENDINGS
from kg.cli.options import GraphPath, Language, LeastConfidence, Verbose, known_ending, loaded, whole

ENDINGS = (*RDF_ENDINGS, ".graphml", ".gexf", ".csv", ".jsonl", ".xlsx", ".parquet", ".dot", ".cypher")


class Layout(StrEnum):
    """What no ending tells: the event coders' scheme that a table is in, or whose files a folder holds."""

    PLOVER = "plover"
    CAMEO = "cameo"
    NEO4J = "neo4j"
    RO_CRATE = "ro-crate"


def export(
    graph: GraphPath,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", show_default=False, help=" ".join(ENDINGS))],
    lang: Annotated[
        Language | None,
        typer.Option("--lang", show_default=False, help="The language of names in networks and tables; en by default."),
    ] = None,
    as_: Annotated[
        Layout | None,
        typer.Option(
            "--as",
            show_default=False,
            help="A .csv of coded events: plover in POLECAT's columns, cameo in those of ICEWS and GDELT. "
            "Or a folder: neo4j, for its admin import; ro-crate, a research object, also as .zip.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", show_default=False, help="The name of a research object.")
    ] = None,
    license_: Annotated[
        str | None,
        typer.Option(
            "--license", metavar="URL", show_default=False, help="The licence that you give the graph in one."
        ),
    ] = None,
    min_confidence: LeastConfidence = None,
    verbose: Verbose = 0,
) -> None:
    """Write a graph in another format."""
    if as_ == Layout.RO_CRATE:
        if output.suffix.lower() in ENDINGS:
            raise typer.BadParameter(f"{output}: --as ro-crate writes several files; name a folder, or a .zip file")
        if license_ and not license_.startswith(("http://", "https://")):
            raise typer.BadParameter(
                f"--license {license_}: give an address, such as https://spdx.org/licenses/CC0-1.0"
            )
        if lang:
            raise typer.BadParameter(f"{output}: RDF has the names of all languages; --lang is for networks and tables")
        from kg.export.ro_crate import write_crate

        write_crate(loaded(graph, min_confidence).store, output, title=title, license_=license_)
        typer.echo(f"Wrote {output}", err=True)
        return
    if title or license_:
        raise typer.BadParameter("--title and --license are for --as ro-crate")
    if as_ == Layout.NEO4J:
        if output.suffix.lower() in ENDINGS:
            raise typer.BadParameter(
                f"{output}: --as neo4j writes several files; name a folder, or a .cypher file alone"
            )
        _neo4j(graph, output, (lang or Language.EN).value)
        return
    known_ending(output, ENDINGS)
    if as_ and output.suffix.lower() != ".csv":
        raise typer.BadParameter(f"{output}: --as {as_.value} writes a table; name a .csv file")
    if lang and output.suffix.lower() in RDF_ENDINGS:
        raise typer.BadParameter(f"{output}: RDF has the names of all languages; --lang is for networks and tables")
    chosen, language = loaded(graph, min_confidence), (lang or Language.EN).value
    if as_:
        from kg.export.events import write_events

        told = write_events(chosen.store, output, as_.value, language=language).told(as_.value)
        typer.echo(f"Wrote {output}: {told}", err=True)
        return
    chosen.write(output, lang=language)
    typer.echo(f"Wrote {output}", err=True)


def _neo4j(graph: Path, folder: Path, language: str) -> None:
    from kg.export.neo4j import IMPORT, write_folder

    write_folder(whole(graph).store, folder, language=language)
    typer.echo(f"Wrote {folder}; import it there by `{IMPORT}`", err=True)
