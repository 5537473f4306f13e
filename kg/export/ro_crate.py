"""Store → an RO-Crate 1.2: a folder or .zip of the graph and what it needs, each file with its SHA-256.

The specification: https://w3id.org/ro/crate/1.2. What stands in ro-crate-metadata.json is made by `crate_metadata`.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from kg.errors import StoreError
from kg.export import crate_metadata
from kg.export.cells import neutral
from kg.export.crate_metadata import ARTICLES, GRAPH, MANIFEST, ONTOLOGIES, Described, Source
from kg.graph.files import whole_file
from kg.graph.store import Store
from kg.graph.terms import lexical
from kg.vocab import ontology_file

METADATA = "ro-crate-metadata.json"
SOURCES = """
SELECT ?iri ?id ?sha256 ?language ?headline ?url ?published ?publisher ?publisher_iri WHERE {
  ?iri a kg:Article ; kg:articleId ?id ; kg:textSha256 ?sha256 .
  OPTIONAL { ?iri schema:inLanguage ?language } OPTIONAL { ?iri schema:headline ?headline }
  OPTIONAL { ?iri schema:url ?url } OPTIONAL { ?iri schema:datePublished ?published }
  OPTIONAL { ?iri schema:publisher ?publisher_iri .
             OPTIONAL { SELECT ?publisher_iri (MIN(STR(?name)) AS ?publisher) { ?publisher_iri rdfs:label ?name }
                        GROUP BY ?publisher_iri } }
} ORDER BY ?id
"""
ACTIVITIES = "SELECT DISTINCT ?software { ?activity prov:wasAssociatedWith ?software } ORDER BY ?software"
WEIGHTS = "SELECT DISTINCT ?weights ?digest { ?weights a prov:Entity ; schema:sha256 ?digest } ORDER BY ?weights"


def write_crate(store: Store, output: str | Path, *, title: str | None = None, license_: str | None = None) -> None:
    """Write the crate into a folder, made where there is none, or as the .zip that the path names.

    `license_` is the address of the graph's licence. Raises StoreError where the folder holds other files, or what is
    named cannot be written. Of two crates of one graph, only the day in them differs; SOURCE_DATE_EPOCH says another.
    """
    output = Path(output)
    packed = output.suffix.lower() == ".zip"
    if not output.absolute().parent.is_dir():
        raise StoreError(f"{output} cannot be written: make the folder {output.parent} first")
    with tempfile.TemporaryDirectory(prefix=".kg-crate-", dir=output.absolute().parent) as made:
        names = _files(store, Path(made), title, license_)
        if packed:
            with whole_file(output) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    _pack(archive, Path(made, name), name)
        else:
            _move(Path(made), names, output)


def _files(store: Store, folder: Path, title: str | None, license_: str | None) -> list[str]:
    """Write all files into an empty folder; return their names, that of the metadata last: without it, it is none."""
    found = Described(
        sources=[Source(*row) for row in _rows(store, SOURCES)],
        software=[row[0] for row in _rows(store, ACTIVITIES) if row[0]],
        weights=[(row[0], row[1]) for row in _rows(store, WEIGHTS) if row[0] and row[1]],
        title=title,
        license_=license_,
        day=_day(),
    )
    store.dump(folder / GRAPH)
    (folder / ARTICLES).write_bytes(b"".join(_table(found.sources)))
    (folder / "ontologies").mkdir()
    for name in ONTOLOGIES:
        shutil.copyfile(ontology_file(name), folder / "ontologies" / name)
    names = [GRAPH, ARTICLES, *(f"ontologies/{name}" for name in ONTOLOGIES)]
    if found.manifest:
        (folder / MANIFEST).write_bytes(found.manifest)
        names.append(MANIFEST)
    (folder / METADATA).write_bytes(crate_metadata.described(found, folder, names))
    return [*names, METADATA]


def _rows(store: Store, query: str) -> Iterator[tuple[str | None, ...]]:
    for row in store.query(query).stream():
        yield tuple(lexical(term) if term is not None else None for term in row)


def _table(sources: list[Source]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(Source._fields)
    for source in sources:
        writer.writerow([neutral(value or "") for value in source])
    yield buffer.getvalue().encode("utf-8", "replace")


def _day() -> date:
    """Return today, or the day that reproducible builds ask for (reproducible-builds.org/specs/source-date-epoch)."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(told), UTC) if told.isascii() and told.isdigit() else datetime.now(UTC)).date()


def _pack(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name)  # of 1980: the same files give the same bytes
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _move(made: Path, names: list[str], folder: Path) -> None:
    try:
        (folder / "ontologies").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made a folder: {error.strerror or error}") from error
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    if strange := sorted(there - {*names, MANIFEST}):
        raise StoreError(f"{folder} holds other files ({strange[0]}): name a new folder or an empty one")
    for name in sorted(there):
        (folder / name).unlink()
    for name in names:
        (made / name).replace(folder / name)
