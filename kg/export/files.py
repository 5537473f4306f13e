"""Store → file, in the format that the file's extension names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.export import cypher, dot, network, parquet, workbook
from kg.export.cells import neutral
from kg.export.columns import COLUMNS
from kg.export.rows import statements
from kg.graph import formats
from kg.graph.files import whole_file
from kg.graph.store import Store


def write(store: Store, path: str | Path, *, language: str = "en") -> None:
    """Write the store to a file: RDF, a network, or tables of statements.

    Networks and tables name actors in the language where the graph has such a name; RDF has all names.
    """
    suffix = Path(path).suffix.lower()
    if suffix in formats.FORMATS:
        store.dump(path)
        return
    if suffix not in OTHERS:
        known = ", ".join((*formats.FORMATS, *OTHERS))
        raise StoreError(f"{path}: the extension names no format; use one of {known}")
    with whole_file(path) as file:
        file.writelines(OTHERS[suffix](store, language))


def jsonl(store: Store, language: str) -> Iterator[bytes]:
    """Yield the statement lines that `kg extract` prints; each names an actor as its article does."""
    for row in statements(store, language=language):
        yield json.dumps(row.to_json(), ensure_ascii=False).encode() + b"\n"


def table(store: Store, language: str) -> Iterator[bytes]:
    """Yield a CSV table of the statements, with a header; a cell that a spreadsheet would run is made a text."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in statements(store, language=language):
        writer.writerow({name: neutral(value) for name, value in row.flat().items()})
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


OTHERS: dict[str, Callable[[Store, str], Iterator[bytes]]] = {
    ".graphml": lambda store, language: iter((network.graphml(store, language=language),)),
    ".gexf": lambda store, language: iter((network.gexf(store, language=language),)),
    ".csv": table,
    ".jsonl": jsonl,
    ".xlsx": workbook.xlsx,
    ".parquet": parquet.parquet,
    ".dot": dot.dot,
    ".cypher": cypher.cypher,
}
