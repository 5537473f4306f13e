"""Store → a folder of CSV files for `neo4j-admin database import`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.export import property_graph as pg
from kg.export.gathered import Gathered, gather
from kg.graph.files import whole_file
from kg.graph.store import Store

IMPORT = (
    "neo4j-admin database import full neo4j --nodes=actors.csv --nodes=articles.csv "
    "--relationships=statements.csv --relationships=mentions.csv"
)
# One sign for each, so that offsets into a sentence stay right: the import reads one line for a row by default.
_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\x00": "\ufffd"})


def write_folder(store: Store, folder: str | Path, *, language: str = "en") -> None:
    """Write actors.csv, articles.csv, statements.csv and mentions.csv; make the folder where there is none.

    Texts are as they are, not guarded against spreadsheets. Raise StoreError where the folder cannot be made or holds
    other files.
    """
    folder = Path(folder)
    found = gather(store, language)
    tables = {"actors": _actors, "articles": _articles, "statements": _statements, "mentions": _mentions}
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made a folder: {error.strerror or error}") from error
    if strange := sorted({path.name for path in folder.iterdir()} - {f"{name}.csv" for name in tables}):
        raise StoreError(f"{folder} holds other files ({strange[0]}): name a new folder or an empty one")
    for name, rows in tables.items():
        with whole_file(folder / f"{name}.csv") as file:
            file.writelines(_csv(rows(found)))


def _actors(found: Gathered) -> Iterator[list[Any]]:
    yield ["iri:ID(Actor)", *_typed(pg.ACTOR), ":LABEL"]
    for iri, node in found.actors.items():
        if iri:
            yield [iri, *pg.actor(node).values(), ("Actor", pg.label(node.type))]


def _articles(found: Gathered) -> Iterator[list[Any]]:
    yield ["iri:ID(Article)", *_typed(pg.ARTICLE), ":LABEL"]
    for iri, ref in found.articles.items():
        yield [iri, *pg.article(ref).values(), "Article"]


def _statements(found: Gathered) -> Iterator[list[Any]]:
    yield [":START_ID(Actor)", ":END_ID(Actor)", ":TYPE", "iri:string", *_typed(pg.STATEMENT)]
    for row in pg.relations(found):
        ends = row.subject.iri, row.object.iri
        yield [*ends, pg.relationship_type(row.relation), row.iri, *pg.statement(row).values()]


def _mentions(found: Gathered) -> Iterator[list[Any]]:
    yield [":START_ID(Article)", ":END_ID(Actor)", ":TYPE"]
    for pair in pg.mentions(found):
        yield [*pair, "MENTIONS"]


def _typed(properties: dict[str, str]) -> list[str]:
    return [f"{name}:{kind}" for name, kind in properties.items()]


def _csv(rows: Iterable[list[Any]]) -> Iterator[bytes]:
    for row in rows:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerow(map(_cell, row))
        yield buffer.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):  # semicolons part the elements of a list, and nothing escapes them
        return ";".join(_cell(element).replace(";", ",") for element in value)
    return str(value).lower() if isinstance(value, bool) else str(value).translate(_BREAKS)
