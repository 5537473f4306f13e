"""Terms and quads made safely from text, and the names of the graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocab import KG, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, base_iri

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

LAYOUT = 2
# How a property of a naming, in an article's graph, becomes a property of the entity, in the shared graph.
DERIVED = {
    KG.mainName: RDFS.label,
    KG.name: SKOS.altLabel,
    KG.namedType: RDF.type,
    KG.namedIso: KG.iso,
    KG.namedSameAs: OWL.sameAs,
    KG.localName: SKOS.altLabel,
    KG.actorSameAs: OWL.sameAs,
}
# schema.org's class is written beside ours, so that a tool without our ontology knows what it sees.
SCHEMA_TYPES = {KG[name]: SCHEMA[name] for name in ("Person", "Country", "Organization", "Place")}

_DATES = {
    re.compile(r"\d{4}"): XSD.gYear,
    re.compile(r"\d{4}-\d\d"): XSD.gYearMonth,
    re.compile(r"\d{4}-\d\d-\d\d"): XSD.date,
}


def shared_graph() -> ox.NamedNode:
    """Return the graph of the entities and of the plain triples derived from all events."""
    return ox.NamedNode(base_iri() + "graph/entities")


def layout_quads(graph: ox.NamedNode) -> list[ox.Quad]:
    """Return the mark by which a store or file is known as ours."""
    version = ox.Literal(LAYOUT)
    return [ox.Quad(graph, RDF.type, KG.EntityGraph, graph), ox.Quad(graph, KG.layoutVersion, version, graph)]


def is_iri(text: str) -> bool:
    """Say whether a text is an absolute IRI."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def node(iri: str | None, what: str) -> ox.NamedNode:
    """Return the IRI as a node; `what` names its owner in the error."""
    try:
        return ox.NamedNode(iri or "")
    except ValueError as error:
        raise StoreError(f"{what} has no valid IRI ({iri!r}): link it first") from error


def text(value: str, language: str | None = None) -> ox.Literal:
    """Return a literal, tagged where the language is a usable tag; lone surrogates become U+FFFD."""
    value = value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value
    if language and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
        return ox.Literal(value, language=language)
    return ox.Literal(value)


def lexical(term: object) -> str:
    """Return the bare text of a term."""
    return str(getattr(term, "value", term))


def timestamp(value: str, what: str) -> ox.Literal:
    """Return an ISO 8601 year, month or day as a typed literal."""
    for pattern, datatype in _DATES.items():
        if pattern.fullmatch(value):
            try:
                date.fromisoformat((value + "-01-01")[:10])
            except ValueError:
                break
            return ox.Literal(value, datatype=datatype)
    raise StoreError(f"{what} has the date {value!r}: YYYY, YYYY-MM or YYYY-MM-DD is needed")


def probability(value: float, what: str) -> ox.Literal:
    """Return a number from 0 to 1 as a decimal of at most two digits, in the form in which pyoxigraph stores it."""
    if not 0 <= value <= 1:
        raise StoreError(f"{what} has the confidence {value!r}: a number from 0 to 1 is needed")
    return ox.Literal(f"{value:.2f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def moment(value: datetime) -> ox.Literal:
    """Return a time of publication; one without a zone stays without.

    The form is the one that pyoxigraph stores, so that what is read back equals what was written.
    """
    offset = value.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        value = value.astimezone(UTC)  # historic zones have seconds, which xsd:dateTime has not
    lexical = value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return ox.Literal(lexical, datatype=XSD.dateTime)


def in_graph(graph: ox.NamedNode, triples: Iterable[tuple[Subject, ox.NamedNode, Term | None]]) -> set[ox.Quad]:
    """Return the triples that have an object as quads of one graph."""
    return {ox.Quad(s, p, o, graph) for s, p, o in triples if o is not None}
