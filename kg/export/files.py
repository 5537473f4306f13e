"""Store → file, in the format that the file's extension names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.export import network
from kg.export.cells import neutral
from kg.export.rows import statements
from kg.graph import formats
from kg.graph.files import whole_file
from kg.graph.store import Store

COLUMNS = (
    "relation",
    "subject",
    "subject_type",
    "subject_iso",
    "subject_iri",
    "object",
    "object_type",
    "object_iso",
    "object_iri",
    "factuality",
    "date",
    "place",
    "source",
    "office",
    "confidence",
    "sentence",
    "start",
    "end",
    "language",
    "article",
    "headline",
    "url",
    "publisher",
    "agency",
    "published",
    "iri",
)


def write(store: Store, path: str | Path) -> None:
    """Write the store to a file: RDF, .graphml or .gexf, or the statements as .csv or .jsonl."""
    suffix = Path(path).suffix.lower()
    if suffix in formats.FORMATS:
        store.dump(path)
        return
    if suffix not in OTHERS:
        known = ", ".join((*formats.FORMATS, *OTHERS))
        raise StoreError(f"{path}: the extension names no format; use one of {known}")
    with whole_file(path) as file:
        file.writelines(OTHERS[suffix](store))


def jsonl(store: Store) -> Iterator[bytes]:
    """Yield the statement lines that `kg extract` prints."""
    for row in statements(store):
        yield json.dumps(row.to_json(), ensure_ascii=False).encode() + b"\n"


def table(store: Store) -> Iterator[bytes]:
    """Yield a CSV table of the statements, with a header; a cell that a spreadsheet would run is made a text."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in statements(store):
        writer.writerow({name: neutral(value) for name, value in row.flat().items()})
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


OTHERS: dict[str, Callable[[Store], Iterator[bytes]]] = {
    ".graphml": lambda store: iter((network.graphml(store),)),
    ".gexf": lambda store: iter((network.gexf(store),)),
    ".csv": table,
    ".jsonl": jsonl,
}
