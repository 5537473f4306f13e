"""`kg query`: a graph → rows, by SPARQL, a query file, or a named query."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.answers import show
from kg.cli.empty import check, check_office, why
from kg.cli.options import GraphPath, Language, LeastConfidence, Verbose, asking, parameters

if TYPE_CHECKING:
    from kg.graph.results import Result


LONGEST_PATH = 250  # letters; what is longer is SPARQL


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
    format: Annotated[Format, typer.Option("--format", help="How rows are written; ttl for CONSTRUCT.")] = Format.TABLE,
    wide: Annotated[bool, typer.Option("--wide", help="In a table, all columns, and sentences in full.")] = False,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="COLUMN",
            show_default=False,
            help="Sort by a column; -date from last to first; a,b by two.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=0, show_default=False, help="Only the first N rows; 0 for all."),
    ] = None,
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
        typer.Option("--lang", show_default=False, help="The language of names, in tables and named queries."),
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
    named = _is_name(sparql)
    if on is not None:
        if not named:
            raise typer.BadParameter("--on is for named queries; in SPARQL filter by schema:datePublished")
        from kg.graph import queries

        if not queries.is_day(on):
            raise typer.BadParameter(f"--on takes a day such as 2020-10-06, a month or a year, not '{on}'")
        if "on" in given:
            raise typer.BadParameter(f"--on {on} and --param on={given['on']} are the same parameter: give one")
        given = {"on": on, **given}
    if lang and not named and format != Format.TABLE:
        raise typer.BadParameter(
            "--lang is for tables and named queries; in SPARQL write FILTER(LANG(?name) = 'id')", param_hint="--lang"
        )
    text = sparql = _named(sparql) if named else _text(sparql)
    if named:
        from kg.graph import queries

        given = {"lang": lang.value, **given} if lang else given
        text = queries.load(sparql, **given).text  # what is wrong with its parameters is said before the graph is read
    asked = asking(graph, min_confidence)
    if not named:
        check(asked, text)
    result = asked.query(sparql, **given)
    if result.kind != "rows" and (sort or limit):
        raise typer.BadParameter("--sort and --limit are for SELECT, which has rows")
    result.sort(sort.split(",") if sort else ())
    if format == Format.TABLE:
        none = result.kind == "rows" and not result.rows
        if none and "office" in given:
            check_office(asked, given["office"])
        show(
            result,
            asked.query,
            text,
            language=lang.value if lang else "en",
            wide=wide,
            limit=limit or None,
            ranked=named,
        )
    else:
        if limit:
            result.head(limit)
        none = write(result, format)
    if none:
        typer.echo(why(asked, sparql, given), err=True)
    elif sparql == "about" and "actor" not in given and format == Format.TABLE:
        typer.echo("About everyone; --param actor=NAME asks about one actor", err=True)


def write(result: Result, format: Format) -> bool:
    """Write what a query returned to standard output, as programs read it; say whether it has no rows."""
    data = result.serialize(format.value)
    if format == Format.CSV:  # which people open in spreadsheets; what programs ask a server for stays as it is
        from kg.export.cells import neutral_table

        data = neutral_table(data)
    typer.echo(data, nl=not data.endswith(b"\n"))
    return result.kind == "rows" and _is_empty(data, format)


def _is_empty(data: bytes, format: Format) -> bool:
    """Say whether results as programs read them have no rows; what was streamed cannot be read again."""
    if format == Format.JSON:
        return b'"bindings":[]' in data[-100:].replace(b" ", b"")
    return b"<result>" not in data if format == Format.XML else data.count(b"\n") <= 1


def _is_name(sparql: str) -> bool:
    return sparql.isascii() and sparql.replace("-", "").isalnum()


def _named(name: str) -> str:
    from kg.graph import queries

    if name not in queries.names():
        meant = queries.meant(name, queries.names())
        raise typer.BadParameter(f"'{name}' is neither SPARQL nor a named query; {meant}'kg queries' lists those")
    return name


def _text(given: str) -> str:
    """Return the SPARQL that is given, or that stands in a file."""
    path = Path(given)
    try:
        if not given.endswith(".rq") and not (len(given) < LONGEST_PATH and path.is_file()):
            return given
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise typer.BadParameter(f"{path} does not exist") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is not UTF-8 text; save it as UTF-8") from None
