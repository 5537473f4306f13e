"""Store → an Excel workbook (Office Open XML): statements, actors, articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from kg.errors import StoreError
from kg.export.columns import COLUMNS
from kg.export.extras import needed
from kg.export.gathered import Gathered, days, gather, moment
from kg.graph.store import Store

# Excel's own limits (Microsoft, "Excel specifications and limits"): characters of a cell, rows and links of a sheet.
_CHARACTERS, _ROWS, _LINKS = 32_767, 1_048_576, 65_530
_WIDEST = 60  # characters; a sentence is read in the bar above, and the next column stays in sight
_SAMPLE = 500  # rows that widths are taken from
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST = date(1900, 3, 1)  # before it Excel counts a day that never was (29 February 1900), or none
# How precisely a date is known, by the length of 2020-10-06, 2020-10, 2020; and how its cell shows it.
_PRECISION = {10: ("day", "yyyy-mm-dd"), 7: ("month", "yyyy-mm"), 4: ("year", "yyyy")}

_AFTER_DATE = COLUMNS.index("date") + 1
HEADS = {
    "statements": (*COLUMNS[:_AFTER_DATE], "date_precision", *COLUMNS[_AFTER_DATE:]),
    "actors": ("label", "type", "iso", "wikidata", "names", "statements", "iri"),
    "articles": ("article", "headline", "publisher", "agency", "published", "language", "statements", "url", "iri"),
}

Cell = tuple[Any, str, str]  # value, number format, link; the latter two often empty


def xlsx(store: Store, language: str) -> Iterator[bytes]:
    """Yield the workbook. Dates are dates, numbers numbers, and any other cell is a text, never a formula.

    A month or year is its first day shown as a month or year, with `date_precision` beside it. Raise StoreError
    without openpyxl, and where there are more statements than a sheet has rows.
    """
    openpyxl = needed("openpyxl", ".xlsx")
    found = gather(store, language)
    if len(found.rows) >= _ROWS:
        raise StoreError(f"{len(found.rows):,} statements are more than the {_ROWS:,} rows of a sheet: write .parquet")
    book = openpyxl.Workbook(write_only=True)
    for title, rows in (("statements", _statements), ("actors", _actors), ("articles", _articles)):
        _sheet(book, title, rows(found))
    buffer = BytesIO()
    book.save(buffer)
    yield buffer.getvalue()


def _sheet(book: Any, title: str, rows: list[dict[str, Cell]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    head = HEADS[title]
    for number, name in enumerate(head, 1):
        width = max([len(name), *(len(_shown(row[name])) for row in rows[:_SAMPLE])]) + 2
        sheet.column_dimensions[get_column_letter(number)].width = min(width, _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    sheet.append([_written(sheet, (name, "", ""), head=True) for name in head])
    for number, row in enumerate(rows, 1):
        sheet.append([_written(sheet, row[name], link=number < _LINKS) for name in head])  # one link a row


def _written(sheet: Any, cell: Cell, *, head: bool = False, link: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    value, shape, target = cell
    if isinstance(value, str):
        made = WriteOnlyCell(sheet, value=_NOT_XML.sub("\ufffd", value)[:_CHARACTERS])
        made.data_type = "s"  # openpyxl takes what begins with = for a formula
    else:
        made = WriteOnlyCell(sheet, value=value)
    if shape:
        made.number_format = shape
    if head:
        made.font = Font(bold=True)
    elif link and target:
        made.hyperlink = target
        made.style = "Hyperlink"
    return made


def _shown(cell: Cell) -> str:
    return "" if cell[0] is None else str(cell[0]).partition("\n")[0]


def _plain(values: dict[str, Any]) -> dict[str, Cell]:
    return {name: (value, "", "") for name, value in values.items()}


def _statements(found: Gathered) -> list[dict[str, Cell]]:
    rows = []
    for row in found.rows:
        day, precision = _date(row.date)
        typed = {"date": day, "published": _moment(row.article.published), "url": _link(row.article.url)}
        rows.append(_plain(row.flat()) | _plain({"date_precision": precision}) | typed)
    return rows


def _actors(found: Gathered) -> list[dict[str, Cell]]:
    return [
        _plain({"label": node.label, "type": node.type, "iso": node.iso})
        | {"wikidata": _link(node.wikidata, "https://www.wikidata.org/wiki/")}
        | _plain({"names": "; ".join(node.names), "statements": found.statements_about.get(node.iri, 0), "iri": iri})
        for iri, node in sorted(found.actors.items(), key=lambda item: (item[1].label, item[0]))
    ]


def _articles(found: Gathered) -> list[dict[str, Cell]]:
    return [
        _plain({"article": ref.id, "headline": ref.headline, "publisher": ref.publisher, "agency": ref.agency})
        | {"published": _moment(ref.published)}
        | _plain({"language": ref.language, "statements": found.statements_in[iri]})
        | {"url": _link(ref.url)}
        | _plain({"iri": iri})
        for iri, ref in found.articles.items()
    ]


def _date(told: str | None) -> tuple[Cell, str | None]:
    span = days(told)
    if told is None or span is None or span[0] < _FIRST or len(told) not in _PRECISION:
        return (told, "", ""), None
    precision, shape = _PRECISION[len(told)]
    return (span[0], shape, ""), precision


def _moment(told: str | None) -> Cell:
    found = moment(told)
    if found is None or (found.date() if isinstance(found, datetime) else found) < _FIRST:
        return told, "", ""
    return found, "yyyy-mm-dd hh:mm" if isinstance(found, datetime) else "yyyy-mm-dd", ""


def _link(value: str | None, before: str = "") -> Cell:
    """Return a cell that opens a page of the web, and nothing else: addresses come from pages of strangers."""
    target = before + (value or "")
    return value, "", target if value and re.match(r"https?://[^\s\x00-\x1f]+$", target) else ""
