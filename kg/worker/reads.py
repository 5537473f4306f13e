"""What a worker reads for the server: queries, named queries, graphs, and everything about one node."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import queries, who
from kg.graph.media_types import BOOLEANS, ENDINGS, GRAPHS, TABLES, choose
from kg.graph.results import Result
from kg.graph.store import Store
from kg.graph.store_errors import short
from kg.vocab import KG, OWL, RDF, RDFS, SKOS, prefixes
from kg.worker.messages import Answer, Request


class TooLarge(Exception):  # noqa: N818  what happened, and in a sentence
    """The answer grew past the limit."""


class Limited:
    """A file in memory that refuses to grow past a limit."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take the data, or raise TooLarge."""
        self.size += len(data)
        if self.size > self.limit:
            raise TooLarge(f"the result is larger than {self.limit // 1_000_000} MB: add LIMIT, or ask for less")
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def data(self) -> bytes:
        """Return all that was written."""
        return b"".join(self.pieces)


def query(store: Store, request: Request) -> Answer:
    """Answer a SPARQL query, in the format that the request likes best, over the dataset that the protocol names."""
    found = store.query(request.query, base=request.base, default=request.default, named=request.named)
    return written(found, request)


def named(store: Store, request: Request) -> Answer:
    """Answer a named query with its parameters."""
    if request.name not in queries.names():
        return Answer(404, f"no query is named so; there are {', '.join(queries.names())}".encode())
    try:
        given = who.settled(store, request.parameters)
    except who.UnknownActorError as error:
        return Answer(404, str(error).encode())
    return written(store.query(queries.load(request.name, **given), base=request.base), request)


def written(found: Result, request: Request) -> Answer:
    """Return what a query found in the format that the request likes best."""
    offered: dict[str, Any] = TABLES if found.kind == "rows" else BOOLEANS if found.kind == "boolean" else {**GRAPHS}
    chosen = choose(request.accept, offered)
    if chosen is None:
        return Answer(406, f"this answer comes as {', '.join(offered)}".encode())
    name, format = chosen
    out = Limited(request.limit)
    found.write(cast("IO[bytes]", out), format)
    return Answer(200, out.data(), name)


def graph(store: Store, request: Request) -> Answer:
    """Return one graph of the Graph Store Protocol; the default graph where none is named."""
    node = ox.NamedNode(request.graph) if request.graph else ox.DefaultGraph()
    if isinstance(node, ox.NamedNode) and not store.inner.contains_named_graph(node):
        return Answer(404, b"no graph has that name")
    return _graph((quad.triple for quad in store.inner.quads_for_pattern(None, None, None, node)), request)


def _graph(triples: Iterable[ox.Triple], request: Request) -> Answer:
    chosen = choose(request.accept, GRAPHS)
    if chosen is None:
        return Answer(406, f"a graph comes as {', '.join(GRAPHS)}".encode())
    out = Limited(request.limit)
    shown = {**prefixes()} if chosen[1] in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML) else None
    try:
        ox.serialize(triples, cast("IO[bytes]", out), format=chosen[1], prefixes=shown)
    except (OSError, ValueError) as error:  # triples about triples, which not every format has
        raise QueryError(f"the graph cannot be written as {chosen[0]}: {short(error)}") from error
    return Answer(200, out.data(), chosen[0])


def describe(store: Store, request: Request) -> Answer:
    """Return everything about a node: what is said of it, and the events that it takes part in."""
    node = ox.NamedNode(request.iri)
    inner = store.inner
    own = list(inner.quads_for_pattern(node, None, None, None))
    events = {
        quad.subject
        for role in (KG.subject, KG.object, KG.place, KG.source)
        for quad in inner.quads_for_pattern(None, role, node, None)
    }
    if not own and not events:
        return Answer(404, b"nothing is known by that address")
    if request.ending == "json":
        return Answer(200, _json(store, request, node), "application/json")
    triples = {quad.triple for quad in own}
    for event in events:
        triples |= {quad.triple for quad in inner.quads_for_pattern(event, None, None, None)}
    if request.ending:
        request = replace(request, accept=ENDINGS[request.ending])
    return _graph(sorted(triples, key=str), request)


def _json(store: Store, request: Request, node: ox.NamedNode) -> bytes:
    def values(predicate: ox.NamedNode) -> list[str]:
        found = {quad.object for quad in store.inner.quads_for_pattern(node, predicate, None, None)}
        return sorted(term.value for term in found if isinstance(term, ox.NamedNode | ox.Literal))

    rows = store.query(queries.load("about", actor=node.value)).dicts()
    about = {
        "iri": node.value,
        "types": values(RDF.type),
        "labels": values(RDFS.label),
        "names": sorted({*values(SKOS.prefLabel), *values(SKOS.altLabel)}),
        "iso": values(KG.iso),
        "sameAs": values(OWL.sameAs),
        "statements": rows,
    }
    out = Limited(request.limit)
    out.write(json.dumps(about, ensure_ascii=False).encode())
    return out.data()


def alive(store: Store, request: Request) -> Answer:
    """Say that the snapshot can be read."""
    return Answer(200, b"ok")
