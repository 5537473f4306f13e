"""Who is meant: an actor's name in any language, code, or id → its IRI in a store.

The names that the graph has are asked first, in any case. Then come codes of countries (TR, TUR), their names in any
language, and Wikidata's ids; then names written without accents, points or article. Where nothing fits, the error says
which names are nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

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
LONGEST = 80  # letters of what was asked that are told again
COMPARED = 50  # names that are weighed closely, of those that are spelt most like what was asked


Node = ox.NamedNode | ox.BlankNode


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


class Known(Protocol):
    """Who is called what in a store: read through each time, or kept (`names_index`)."""

    def called(self, text: str) -> set[Node]:
        """Return all that is called exactly so, in any case."""

    def like(self, text: str) -> set[Node]:
        """Return the actors that are called so, but for case, accents and points."""

    def names(self) -> Iterator[tuple[ox.NamedNode, str]]:
        """Yield every name of every actor."""


def find(store: Readable, text: str, known: Known | None = None) -> list[Node]:
    """Return the actors that a text means, in the order of their IRIs; none where nobody is called so."""
    known = known or _Scanned(store)
    return sorted(
        _by_iri(store, text) or known.called(text) or _by_code(store, text) or known.like(text),
        key=str,
    )


def near(store: Readable, text: str, known: Known | None = None) -> list[str]:
    """Return the names that are nearest to one that nobody has, of three actors at most; none where none is near."""
    owners: dict[str, ox.NamedNode] = {}
    for actor, name in (known or _Scanned(store)).names():
        owners.setdefault(name, actor)
    alike = sorted(nearest(text, list(owners), COMPARED), key=lambda name: (-likeness(text, name), name))
    first = {owners[name]: name for name in reversed(alike) if likeness(text, name) >= NEAR}
    return list(first.values())[::-1][:SUGGESTED]


def unknown(store: Readable, text: str) -> str:
    """Return the line that says that nobody is called so, with the names that are nearest."""
    shown = near(store, text)
    remedy = (
        f"did you mean {' or '.join(shown)}?" if shown else "a name in any language, TR, TUR, Q43 or an IRI will do"
    )
    return f"no actor here is called {text[:LONGEST]!r}; {remedy}"


def actors(store: Readable) -> set[ox.NamedNode]:
    """Return every person, country, organisation and place."""
    return {
        quad.subject
        for kind in SCHEMA_TYPES
        for quad in store.quads(None, RDF.type, kind)
        if isinstance(quad.subject, ox.NamedNode)
    }


def names(store: Readable) -> Iterator[tuple[ox.NamedNode, ox.Literal, ox.NamedNode]]:
    """Yield every name of every actor with the property that it is told by."""
    known = actors(store)
    for kind in NAMES:
        for quad in store.quads(None, kind):
            if quad.subject in known and isinstance(quad.object, ox.Literal):
                yield quad.subject, quad.object, kind  # type: ignore[misc]


def tidied(text: str) -> str:
    """Return a name as it is asked for: single blanks, and no half of a letter that UTF-8 cannot write."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _by_iri(store: Readable, text: str) -> set[Node]:
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


def _by_code(store: Readable, text: str) -> set[Node]:
    from kg.gazetteer import country  # it takes as long to load as all else that a worker needs

    iso = country(text)
    return _by_iri(store, entity_iri("Country", "", iso)) if iso else set()


class _Scanned:
    """Who is called what, by reading all names of a store, or asking an endpoint, each time."""

    def __init__(self, store: Readable) -> None:
        self._store = store

    def called(self, text: str) -> set[Node]:
        rows = self._store.query(f"SELECT DISTINCT ?who WHERE {{ {_CALLED}{ox.Literal(tidied(text))})) }}").rows
        return {row[0] for row in rows if isinstance(row[0], ox.NamedNode | ox.BlankNode)}

    def like(self, text: str) -> set[Node]:
        wanted = folded(text)
        return {actor for actor, name in self.names() if folded(name) == wanted} if wanted else set()

    def names(self) -> Iterator[tuple[ox.NamedNode, str]]:
        return ((actor, name.value) for actor, name, _ in names(self._store))
