"""`kg reconcile`: a CSV with a column of names → who of the graph is meant."""

from __future__ import annotations

import csv
import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import GraphPath, Language, Verbose, whole
from kg.cli.tables import results

if TYPE_CHECKING:
    from kg.reconcile.columns import Found, Sheet


class Kind(StrEnum):
    """What the names are those of."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    PLACE = "place"


def reconcile(
    graph: GraphPath,
    table: Annotated[
        str,
        typer.Argument(metavar="TABLE.csv", show_default=False, help="A CSV with a header, or -."),
    ],
    *,
    column: Annotated[str, typer.Option("--column", metavar="NAME", show_default=False, help="The column of names.")],
    type_: Annotated[
        Kind | None, typer.Option("--type", show_default=False, help="Match only these; all by default.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT.csv",
            show_default=False,
            help="The table with iri, label, score, match and wikidata added; - for standard output.",
        ),
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of labels.")] = Language.EN,
    verbose: Verbose = 0,
) -> None:
    """Match a table's names to the graph's actors.

    A name in any language, a code (TR, TUR) or an id (Q43, an IRI) is matched where one actor stands out; else the
    nearest is given with match "false". Without -o, tells what was matched and what was not, and why.
    """
    from kg.reconcile import columns
    from kg.reconcile.read import actors
    from kg.reconcile.table import Table

    try:
        sheet = columns.read(_text(table))
        names = sheet.column(column)
    except columns.ColumnError as error:
        raise typer.BadParameter(f"{table}: {error}") from None
    known = Table.of(actors(whole(graph).store))
    found = columns.match(known, names, frozenset({type_.value.capitalize()} if type_ else ()))
    if output is None:
        _tell(found, lang.value)
    else:
        _write(output, _joined(sheet, names, found, lang.value))
    matched = sum(each.matched for each in found.values())
    rows = sum(each.rows for each in found.values() if each.matched)
    typer.echo(f"Matched {matched} of {len(found)} names, in {rows} of {len(names)} rows", err=True)


def _tell(found: dict[str, Found], language: str) -> None:
    """Print each name with who is meant, what was matched first."""
    ordered = sorted(found.values(), key=lambda each: (not each.matched, -each.rows, each.name))
    results(
        ("name", "match", "label", "score", "why"),
        [
            (
                each.name,
                "yes" if each.matched else "no",
                each.best.actor.label[language] if each.best else "",
                f"{each.best.score:.0f}" if each.best else "",
                each.why,
            )
            for each in ordered
        ],
    )


def _joined(sheet: Sheet, names: list[str], found: dict[str, Found], language: str) -> str:
    from kg.export.cells import neutral
    from kg.reconcile.columns import added, headings

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sheet.delimiter, lineterminator="\n")
    writer.writerow([*sheet.header, *headings(sheet.header)])
    width = len(sheet.header)
    for row, name in zip(sheet.rows, names, strict=True):
        padded = [*row, *[""] * (width - len(row))]
        writer.writerow([*padded, *map(neutral, added(found.get(name), language))])
    return out.getvalue()


def _text(table: str) -> str:
    try:
        data = sys.stdin.buffer.read() if table == "-" else Path(table).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise typer.BadParameter(f"{table} does not exist") from None
    except IsADirectoryError:
        raise typer.BadParameter(f"{table} is a folder; name a CSV file") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{table} is not UTF-8 text; save it as CSV in UTF-8") from None


def _write(output: str, text: str) -> None:
    if output == "-":
        typer.echo(text, nl=False)
        return
    from kg.graph.files import whole_file

    with whole_file(output) as file:
        file.write(text.encode())
    typer.echo(f"Wrote {output}", err=True)
