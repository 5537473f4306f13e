"""Who is meant: an actor's name in any language, code, or id → its IRI in a store.

The names that the graph has are asked first, in any case. Then come codes of countries (TR, TUR), their names in any
language, and Wikidata's ids; then names written without accents, points or article. Where nothing fits, the error says
which names are nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.readable import Readable
from kg.graph.terms import SCHEMA_TYPES, is_iri
from kg.likeness import folded, likeness, nearest
from kg.vocab import OWL, RDF, RDFS, SKOS, WD, entity_iri, prefixes

NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_CALLED = f"?who {'|'.join(map(str, NAMES))} ?name FILTER (LCASE(STR(?name)) = LCASE("
NEAR = 0.6  # how alike a name must be to be suggested: half the letters of a part of it
SUGGESTED = 3
COMPARED = 50  # names that are weighed closely, of those that are spelt most like what was asked


class UnknownActorError(QueryError):
    """Nobody in the graph is called so."""


def settled(store: Readable, parameters: Mapping[str, str]) -> dict[str, str | tuple[str, ...]]:
    """Return a named query's parameters with the actor's IRIs in the place of its name, code or id.

    Several actors may have one name. A name that nobody has raises UnknownActorError, with the nearest names.
    """
    given: dict[str, str | tuple[str, ...]] = dict(parameters)
    if text := parameters.get("actor"):
        found = find(store, text)
        if not found:
            raise UnknownActorError(unknown(store, text))
        if all(isinstance(actor, ox.NamedNode) for actor in found):  # a blank node has no name that a query could say
            given["actor"] = tuple(actor.value for actor in found)
    return given


def find(store: Readable, text: str) -> list[ox.NamedNode | ox.BlankNode]:
    """Return the actors that a text means, in the order of their IRIs; none where nobody is called so."""
    for found in (_by_iri(store, text), _by_name(store, text), _by_code(store, text), _folded(store, text)):
        if found:
            return sorted(found, key=str)
    return []


def unknown(store: Readable, text: str) -> str:
    """Return the line that says that nobody is called so, with the names that are nearest."""
    owners: dict[str, ox.NamedNode] = {}
    for actor, name in _names(store):
        owners.setdefault(name, actor)
    near = sorted(nearest(text, list(owners), COMPARED), key=lambda name: (-likeness(text, name), name))
    first = {owners[name]: name for name in reversed(near) if likeness(text, name) >= NEAR}
    shown = list(first.values())[::-1][:SUGGESTED]
    remedy = (
        f"did you mean {' or '.join(shown)}?" if shown else "a name in any language, TR, TUR, Q43 or an IRI will do"
    )
    return f"no actor here is called {text[:80]!r}; {remedy}"


def names(store: Readable) -> Iterator[tuple[ox.NamedNode, ox.Literal, ox.NamedNode]]:
    """Yield every name of every person, country, organisation and place with the property that it is told by."""
    actors = {
        quad.subject
        for kind in SCHEMA_TYPES
        for quad in store.quads(None, RDF.type, kind)
        if isinstance(quad.subject, ox.NamedNode)
    }
    for kind in NAMES:
        for quad in store.quads(None, kind):
            if quad.subject in actors and isinstance(quad.object, ox.Literal):
                yield quad.subject, quad.object, kind  # type: ignore[misc]


def _names(store: Readable) -> Iterator[tuple[ox.NamedNode, str]]:
    return ((actor, name.value) for actor, name, _ in names(store))


def _by_iri(store: Readable, text: str) -> set[ox.NamedNode | ox.BlankNode]:
    prefix, colon, local = text.strip().partition(":")
    iri = prefixes()[prefix] + local if colon and prefix in prefixes() else text.strip()
    if re.fullmatch(r"[Qq]\d+", iri):
        iri = WD.iri + iri.upper()
    if not re.match(r"https?://", iri) or not is_iri(iri):
        return set()
    node = ox.NamedNode(iri)
    same = {quad.subject for quad in store.quads(None, OWL.sameAs, node)}
    known = any(True for kind in NAMES for _ in store.quads(node, kind))
    return {actor for actor in same | ({node} if known else set()) if not isinstance(actor, ox.Triple)}


def _by_name(store: Readable, text: str) -> set[ox.NamedNode | ox.BlankNode]:
    literal = ox.Literal(" ".join(text.encode("utf-8", "replace").decode().split()))
    rows = store.query(f"SELECT DISTINCT ?who WHERE {{ {_CALLED}{literal})) }}").rows
    return {row[0] for row in rows if isinstance(row[0], ox.NamedNode | ox.BlankNode)}


def _by_code(store: Readable, text: str) -> set[ox.NamedNode | ox.BlankNode]:
    from kg.gazetteer import country  # it takes as long to load as all else that a worker needs

    iso = country(text)
    return _by_iri(store, entity_iri("Country", "", iso)) if iso else set()


def _folded(store: Readable, text: str) -> set[ox.NamedNode | ox.BlankNode]:
    wanted = folded(text)
    return {actor for actor, name in _names(store) if folded(name) == wanted} if wanted else set()
