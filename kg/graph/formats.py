"""RDF files: quads out in a fixed order, and in again with the graphs restored where the format lost them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg import vocab
from kg.errors import StoreError
from kg.graph.files import whole_file
from kg.graph.terms import LAYOUT
from kg.graph.turtle import Writer
from kg.vocab import KG, PROV, RDF, SCHEMA

# pyoxigraph expands XML entities without a limit. Entities for namespaces are common in RDF/XML, and short; those that
# hold others, or much text, are bombs.
_BOMB = re.compile(rb"""<!ENTITY\s+[^>"']*(?:"[^"]*&(?!\#)|'[^']*&(?!\#)|"[^"]{1000}|'[^']{1000})""")

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def format_of(path: str | Path) -> ox.RdfFormat:
    """Return the RDF format that the file's extension names."""
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise StoreError(f"{path}: the extension names no RDF format; use one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


def write(quads: Iterable[ox.Quad], path: str | Path, format: ox.RdfFormat | None = None) -> None:
    """Write the quads to a file, sorted; a format without graphs gets the union of them."""
    format = format or format_of(path)
    with whole_file(path) as file:
        write_to(quads, file, format)


def write_to(quads: Iterable[ox.Quad], file: IO[bytes], format: ox.RdfFormat) -> None:
    """Write the quads to an open binary file."""
    if format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        writer = Writer(vocab.prefixes(), graphs=format == ox.RdfFormat.TRIG)
        file.writelines(piece.encode() for piece in writer.document(quads))
    elif format == ox.RdfFormat.JSON_LD:
        expanded = json.loads(ox.serialize(sorted(quads, key=_order), format=format) or b"[]")
        file.write(json.dumps(expanded, ensure_ascii=False, indent=1).encode() + b"\n")
    elif format.supports_datasets:
        ox.serialize(sorted(quads, key=_order), file, format)
    elif format == ox.RdfFormat.RDF_XML:
        xml = ox.serialize(
            sorted({_for_xml(quad.triple) for quad in quads}, key=str), format=format, prefixes=vocab.prefixes()
        )
        assert xml is not None
        file.write(xml.replace(b"\r", b"&#13;"))  # XML parsers read a bare carriage return as a line feed
    else:
        ox.serialize(sorted({quad.triple for quad in quads}, key=str), file, format)


def _order(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """XML has no control characters, however escaped: they become U+FFFD."""
    value = triple.object
    if not isinstance(value, ox.Literal) or not _NOT_XML.search(value.value):
        return triple
    clean = _NOT_XML.sub("\ufffd", value.value)
    tag = {"language": value.language} if value.language else {"datatype": value.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(clean, **tag))  # type: ignore[call-overload]


def read(path: str | Path) -> list[ox.Quad]:
    """Read a file by its extension; graphs that a file of ours lost to a format of triples are restored."""
    path = Path(path)
    if not path.exists():
        option = f"-o {path.name}" if path.suffix.lower() in FORMATS else f"--store {path.name}"
        raise StoreError(f"{path} does not exist: build it with `kg build … {option}`")
    format = format_of(path)
    try:
        with path.open("rb") as file:
            if format == ox.RdfFormat.RDF_XML and is_bomb(file.read()):
                raise StoreError(f"{path} defines entities by entities: write it out without them")
            file.seek(0)
            quads = list(ox.parse(file, format, base_iri=path.absolute().as_uri()))
    except (SyntaxError, ValueError) as error:
        where = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise StoreError(f"{path}{where} is no valid {format.name}: {_one_line(error)}") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
    return quads if format.supports_datasets else regraph(quads)


def is_bomb(xml: bytes) -> bool:
    """Say whether RDF/XML defines entities that a parser would expand without end."""
    return _BOMB.search(xml) is not None


def _one_line(error: Exception) -> str:
    return " ".join((error.args[0] if error.args and isinstance(error.args[0], str) else str(error)).split())[:200]


def regraph(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Give the triples of a file of ours their graphs back: by the layout, each follows from the subject alone."""
    marks = [q for q in quads if q.predicate == KG.layoutVersion]
    if len(marks) != 1:
        return quads  # not ours: everything stays in the default graph
    shared = marks[0].subject
    home: dict[object, ox.NamedNode] = {
        q.subject: q.subject
        for q in quads
        if q.predicate == RDF.type and q.object == SCHEMA.NewsArticle and isinstance(q.subject, ox.NamedNode)
    }
    articles = dict(home)
    home |= {
        q.subject: articles[q.object] for q in quads if q.predicate == PROV.wasDerivedFrom and q.object in articles
    }

    def graph(subject: object) -> ox.NamedNode:
        owner = ox.NamedNode(subject.value.partition("#")[0]) if isinstance(subject, ox.NamedNode) else subject
        return home.get(owner) or shared  # type: ignore[return-value]

    return [ox.Quad(q.subject, q.predicate, q.object, graph(q.subject)) for q in quads]


def check_layout(marks: Iterable[ox.Quad], path: str | Path) -> None:
    """Raise an error for a store that another version of the software laid out."""
    for mark in marks:
        if mark.object != ox.Literal(LAYOUT):
            found = getattr(mark.object, "value", "?")
            raise StoreError(f"{path} has graph layout {found}, and this version writes {LAYOUT}: build it again")
