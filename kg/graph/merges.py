"""Merges as triples of the shared graph: which names are held for one actor's, why, and what retired IRIs became."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.rdf import naming_iri
from kg.graph.terms import text
from kg.model import Merge, Resolved
from kg.vocab import DCTERMS, KG, RDF, XSD, base_iri

if TYPE_CHECKING:
    from kg.graph.store import Store

_OF_MERGE = (KG.merged, KG.mergedNaming, KG.mergedName, KG.mergeReason, KG.mergeScore)


def merge_triples(merges: Iterable[Merge]) -> set[ox.Triple]:
    """Return what the graph says of merges; each has an IRI made of the two names and their articles."""
    found = set()
    for merge in merges:
        key = "\n".join((*merge.left, *merge.right))
        node = ox.NamedNode(f"{base_iri()}merge/{hashlib.sha256(key.encode()).hexdigest()[:24]}")
        score = ox.Literal(f"{merge.score:.2f}".rstrip("0").rstrip("."), datatype=XSD.decimal)
        found |= {
            ox.Triple(node, RDF.type, KG.Merge),
            ox.Triple(node, KG.merged, ox.NamedNode(merge.actor)),
            ox.Triple(node, KG.mergeReason, text(merge.reason)),
            ox.Triple(node, KG.mergeScore, score),
        }
        for iri, name, article in (merge.left, merge.right):
            found.add(ox.Triple(node, KG.mergedName, text(name)))
            if article:
                found.add(ox.Triple(node, KG.mergedNaming, naming_iri(article, iri)))
    return found


def replaced(actors: Mapping[tuple[str, str], Resolved]) -> set[ox.Triple]:
    """Return what each IRI that no article is left with was replaced by; several where articles meant several."""
    live = {actor.iri for actor in actors.values()}
    return {
        ox.Triple(ox.NamedNode(local), DCTERMS.isReplacedBy, ox.NamedNode(actor.iri))
        for (_, local), actor in actors.items()
        if local not in live
    }


def told(store: Store) -> set[ox.Triple]:
    """Return all such triples that a store has."""
    found = store.shared(RDF.type, KG.Merge) | store.shared(DCTERMS.isReplacedBy)
    for predicate in _OF_MERGE:
        found |= store.shared(predicate)
    return found
