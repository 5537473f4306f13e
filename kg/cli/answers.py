"""What a query returned, as a table: names beside IRIs, one row per statement, sentences around what tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from kg.cli.excerpts import excerpt, relations_of, triggers
from kg.cli.tables import Shown, answer

if TYPE_CHECKING:
    from kg.graph.results import Result

Ask = Callable[[str], Any]  # a query → its Result


def show(
    result: Result,
    ask: Ask,
    sparql: str,
    *,
    language: str,
    wide: bool = False,
    limit: int | None = None,
    ranked: bool = True,
) -> None:
    """Write a result on standard output, and on standard error what of it is not shown.

    `ask` answers further queries about the same graph: whose labels are whose. Columns are `ranked` as
    named queries call them, or else go by their order.
    """
    from kg.graph.labelled import names_of, one_per_statement
    from kg.graph.results import display

    if result.boolean is not None:
        typer.echo(str(result.boolean).lower())
        return
    rows, alike = one_per_statement(result.rows, ask, language)
    more = limit is not None and len(rows) > limit
    rows = rows[:limit]
    names = names_of(rows, ask, language)
    cells = [tuple(display(term) for term in row) for row in rows]
    columns: list[Shown] = []
    places: list[int] = []  # of each shown column, the column that it is of
    for at, name in enumerate(result.vars):
        told = [row[at] for row in cells]
        called = [_called(names.get(str(row[at]), ""), shown, at) for row, shown in zip(rows, cells, strict=True)]
        if any(called):
            columns += [Shown(name, called), Shown(f"IRI of {name}", told, whole=True, belongs=True)]
            places += [at, at]
        else:
            columns.append(Shown(name, told, whole=any(_is_iri(row[at]) for row in rows)))
            places.append(at)
    left = answer(columns, wide=wide, ranked=ranked, shorten=shortener(result.vars, cells, places, sparql))
    for line in _left_out(len(rows), alike, left, more=more):
        typer.echo(line, err=True)


def _called(name: str, row: Sequence[str], at: int) -> str:
    """Return the name to show beside an IRI: none where the row tells it already."""
    return "" if any(cell == name for place, cell in enumerate(row) if place != at) else name


def shortener(
    columns: Sequence[str], cells: Sequence[Sequence[str]], places: Sequence[int], sparql: str
) -> Callable[[int, int, int], str]:
    """Return what cuts a sentence of the cells around its row's relation, or else the query's, and the row's names.

    `places` are the columns of the cells that the columns of the table show.
    """
    from kg.vocab import ontology

    named = relations_of(sparql)
    where = next((at for at, name in enumerate(columns) if name == "relation"), None)

    def shorten(number: int, column: int, width: int) -> str:
        row = cells[number]
        relation = row[where].removeprefix("kg:") if where is not None else ""
        wanted = frozenset({relation}) if relation in ontology().relations else named
        at = places[column]
        names = [cell for place, cell in enumerate(row) if place != at and len(cell) <= len(row[at])]
        return excerpt(row[at], width, triggers=triggers(wanted), names=names)

    return shorten


def _left_out(rows: int, alike: int, columns: Sequence[str], *, more: bool) -> list[str]:
    told = []
    if columns and rows:
        told.append(f"Not shown for want of room: {', '.join(columns)} (--wide shows all)")
    if alike:
        told.append(f"Not shown: {alike} {'row' if alike == 1 else 'rows'} that say the same in another language")
    if more:
        told.append(f"Only the first {rows} rows are shown; --limit 0 shows all")
    return told


def _is_iri(term: Any) -> bool:
    return type(term).__name__ == "NamedNode"
