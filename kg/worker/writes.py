"""What the one worker that owns the store writes for the server: updates, and graphs of the Graph Store Protocol.

These are raw: a graph that is put here is kept as it comes, and the shared graph is not derived from it. Articles come
by `kg build`. Each write is one transaction, on disk before it is answered.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.formats import is_bomb
from kg.graph.media_types import GRAPHS
from kg.graph.store import Store
from kg.graph.store_errors import short
from kg.graph.vet import clear_silently, using, vet
from kg.vocab import prefixes
from kg.worker.messages import Answer, Request


def update(store: Store, request: Request, body: bytes) -> Answer:
    """Run a SPARQL update, over the dataset that the protocol names."""
    vet(request.update, update=True)
    text = clear_silently(using(request.update, request.default or (), request.named or ()))
    try:
        store.inner.update(text, base_iri=request.base, prefixes=prefixes())
    except SyntaxError as error:
        raise QueryError(f"the update does not parse: {short(error)}") from error
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"the update failed: {short(error)}") from error
    store.flush()
    return Answer(204)


def put(store: Store, request: Request, body: bytes) -> Answer:
    """Put a graph in the place of its former self."""
    node, there = _graph(store, request)
    triples = _parsed(request, body)
    # One update is one transaction; blank nodes of the data stay apart from those of the store by their fresh names.
    target = "DEFAULT" if isinstance(node, ox.DefaultGraph) else f"GRAPH {node}"
    create = "" if isinstance(node, ox.DefaultGraph) else f"CREATE SILENT {target} ;"
    store.inner.update(f"CLEAR SILENT {target} ; {create} INSERT DATA {{ {_data(node, triples)} }}")
    store.flush()
    return Answer(204 if there else 201)


def post(store: Store, request: Request, body: bytes) -> Answer:
    """Add to a graph; one that is not there is made."""
    node, there = _graph(store, request)
    triples = _parsed(request, body)
    if isinstance(node, ox.NamedNode):
        store.inner.add_graph(node)
    store.inner.extend(ox.Quad(t.subject, t.predicate, t.object, node) for t in triples)
    store.flush()
    return Answer(204 if there else 201)


def delete(store: Store, request: Request, body: bytes) -> Answer:
    """Drop a graph."""
    node, there = _graph(store, request)
    if not there:
        return Answer(404, b"no graph has that name")
    store.inner.remove_graph(node)
    store.flush()
    return Answer(204)


def snapshot(store: Store, request: Request, body: bytes) -> Answer:
    """Take a snapshot for the readers."""
    store.snapshot(Path(request.folder))
    return Answer(200)


def _graph(store: Store, request: Request) -> tuple[ox.NamedNode | ox.DefaultGraph, bool]:
    if not request.graph:
        # The default graph is always there, and yet the W3C's tests want 201 for the first data in it.
        return ox.DefaultGraph(), bool(next(store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph()), None))
    node = ox.NamedNode(request.graph)
    return node, store.inner.contains_named_graph(node)


def _parsed(request: Request, body: bytes) -> list[ox.Triple]:
    """Parse the bodies, all before anything is written; blank nodes of each get names that nothing else has."""
    triples: list[ox.Triple] = []
    at = 0
    for part in request.parts:
        data = body[at : at + part.size]
        at += part.size
        format = GRAPHS[part.type]
        if format == ox.RdfFormat.RDF_XML and is_bomb(data):
            raise QueryError("the data defines entities by entities: write it out without them")
        try:
            quads = ox.parse(
                data, format=format, base_iri=request.base, without_named_graphs=True, rename_blank_nodes=True
            )
            triples += [quad.triple for quad in quads]
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"the data is no valid {format.name}: {short(error)}") from error
    return triples


def _data(node: ox.NamedNode | ox.DefaultGraph, triples: list[ox.Triple]) -> str:
    text = " .\n".join(map(str, triples))
    return text if isinstance(node, ox.DefaultGraph) else f"GRAPH {node} {{ {text} }}"
