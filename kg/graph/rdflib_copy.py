"""Store → rdflib, for people's own code: a copy, as rdflib's engine over a live store has too many traps."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.vocab import XSD, prefixes

if TYPE_CHECKING:
    import rdflib


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Return a store's quads as an rdflib dataset, whose queries see the union of all graphs."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, space in prefixes().items():
        dataset.bind(prefix, space)
    for quad in quads:
        default = isinstance(quad.graph_name, ox.DefaultGraph)
        context = dataset.default_graph if default else dataset.graph(converted(quad.graph_name))
        context.add(_triple(quad))
    return dataset


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return the union of a store's graphs as one rdflib graph."""
    import rdflib

    graph = rdflib.Graph()
    for quad in quads:
        graph.add(_triple(quad))
    return graph


def _triple(quad: ox.Quad) -> tuple[Any, Any, Any]:
    return converted(quad.subject), converted(quad.predicate), converted(quad.object)


@lru_cache(maxsize=100_000)
def converted(term: Any) -> Any:
    """Return rdflib's term: a plain literal stays plain, where oxrdflib's would not equal `Literal("x")`."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise ValueError(f"rdflib has no triple terms: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype == XSD.string else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
