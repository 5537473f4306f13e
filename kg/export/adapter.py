"""Store → rdflib, for people's own code: a copy, as rdflib's engine over a live store has too many traps."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.graph.store import Store
from kg.vocab import XSD, prefixes

if TYPE_CHECKING:
    import rdflib


def to_rdflib(store: Store) -> rdflib.Dataset:
    """Return a copy as an rdflib dataset, whose queries see the union of all graphs."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, space in prefixes().items():
        dataset.bind(prefix, space)
    cache: dict[Any, Any] = {}

    def convert(term: Any) -> Any:
        if term not in cache:
            cache[term] = _converted(term)
        return cache[term]

    for quad in store:
        s, p, o = convert(quad.subject), convert(quad.predicate), convert(quad.object)
        default = isinstance(quad.graph_name, ox.DefaultGraph)
        context = dataset.default_graph if default else dataset.graph(convert(quad.graph_name))
        context.add((s, p, o))
    return dataset


def _converted(term: Any) -> Any:
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
