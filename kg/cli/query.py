"""`kg query`: a graph → rows, by SPARQL, a query file, or a named query."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import results
from kg.cli.options import GraphPath, Language, LeastConfidence, Verbose, loaded, parameters

if TYPE_CHECKING:
    from kg.graph.results import Result


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"


def query(
    graph: GraphPath,
    sparql: Annotated[
        str,
        typer.Argument(
            metavar="'SPARQL'|QUERY.rq|NAME",
            show_default=False,
            help="A query, a file with one, or a named query (see 'kg queries').",
        ),
    ],
    *,
    format: Annotated[Format, typer.Option("--format", help="Results as; ttl for CONSTRUCT.")] = Format.TABLE,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            metavar="NAME=VALUE",
            help="A named query's parameter, as actor=TR. May be repeated.",
        ),
    ] = None,
    lang: Annotated[
        Language | None,
        typer.Option("--lang", show_default=False, help="The language of names in a named query's answer."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DAY",
            show_default=False,
            help="What a named query tells as of a day (2020-10-06), month or year: the same as --param on=DAY.",
        ),
    ] = None,
    min_confidence: LeastConfidence = None,
    verbose: Verbose = 0,
) -> None:
    """Ask a graph: SPARQL, a file, or a named query."""
    given = parameters(param)
    if on is not None:
        if not _is_name(sparql):
            raise typer.BadParameter("--on is for named queries; in SPARQL filter by schema:datePublished")
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", on):
            raise typer.BadParameter(f"--on takes a day such as 2020-10-06, not '{on}'")
        given = {"on": on, **given}
    if lang and not _is_name(sparql):
        raise typer.BadParameter("--lang is for named queries; in SPARQL write FILTER(LANG(?name) = 'id')")
    given = {"lang": lang.value, **given} if lang else given
    text = _file(Path(sparql)) if sparql.endswith(".rq") else _named(sparql)
    write(loaded(graph, min_confidence).query(text, **given), format)


def write(result: Result, format: Format) -> None:
    """Write what a query returned to standard output."""
    if format == Format.TABLE:
        results(result.vars, result.table())
        return
    data = result.serialize(format.value)
    if format == Format.CSV:  # which people open in spreadsheets; what programs ask a server for stays as it is
        from kg.export.cells import neutral_table

        data = neutral_table(data)
    typer.echo(data, nl=not data.endswith(b"\n"))


def _is_name(sparql: str) -> bool:
    return sparql.isascii() and sparql.replace("-", "").isalnum()


def _named(sparql: str) -> str:
    from kg.graph import queries

    if _is_name(sparql) and sparql not in queries.names():
        raise typer.BadParameter(f"'{sparql}' is neither SPARQL nor a named query; 'kg queries' lists those")
    return sparql


def _file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise typer.BadParameter(f"{path} does not exist") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is not UTF-8 text; save it as UTF-8") from None
