"""Ties and what filters would leave, as the page reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from kg.explore.filters import FACETS, Filtered
from kg.explore.index import Index, Tie
from kg.export import nodes_of
from kg.graph.offices import offices
from kg.graph.terms import is_iri
from kg.view.data import columns
from kg.view.network import network
from kg.view.packing import Points
from kg.view.render import held as offices_in
from kg.view.rows import Actors, Row, names_of
from kg.vocab import ontology

LISTED = 150  # values of a filter
Data = dict[str, Any]
Ties = dict[Tie, tuple[int, int, bool]]


def of_filters(filtered: Filtered, language: str, rows: np.ndarray | None = None) -> Data:
    """Return what each filter would leave, the most frequent values first, and when."""
    facets: dict[str, list[list[Any]]] = {}
    for facet in FACETS:
        counts = filtered.counts(facet, rows)
        asked = (*filtered.filters.only, *filtered.filters.without)
        chosen = {value for of, values in asked if of == facet for value in values}
        ordered = sorted(counts, key=lambda value: (-counts[value], value))
        kept = [*ordered[:LISTED], *sorted(chosen - {*ordered[:LISTED]})]
        facets[facet] = [[value, counts[value]] for value in kept]
        if facet in ("publisher", "source"):
            nodes, make = nodes_of(filtered.index.store, filter(is_iri, kept), language=language), Actors(language, {})
            facets[facet] = [
                [value, count, *([make(nodes[value]).name] if value in nodes else [])] for value, count in facets[facet]
            ]
    everything = {"statements": len(filtered.index), "actors": len(filtered.index.actors)}
    return {"facets": facets, "days": filtered.histogram(rows), "rated": filtered.rated(rows), "all": everything}


def of_ties(
    index: Index, ties: Ties, language: str, *, places: Points | None = None, wanted: Iterable[str] = ()
) -> Data:
    """Return ties as rows of weight; `wanted` actors are there even without ties, with all their names."""
    everyone = {index.actors[end] for subject, _, object_, _ in ties for end in (subject, object_)} | set(wanted)
    nodes = nodes_of(index.store, sorted(everyone), language=language)
    actors = Actors(language, {iri: names_of(index.store, iri) for iri in wanted})
    symmetric = {name for name, relation in ontology().relations.items() if relation.symmetric}
    rows, weights, standing = [], [], []
    for (subject, kind, object_, stance), (count, sources, disputed) in sorted(ties.items()):
        relation = index.relations[kind]
        rows.append(
            Row(
                actors(nodes[index.actors[subject]]),
                relation,
                actors(nodes[index.actors[object_]]),
                index.factualities[stance],
                symmetric=relation in symmetric,
            )
        )
        weights.append(count)
        standing.append((sources, disputed))
    net = network(rows, placed=places is not None, known=places)
    drawn = {each["id"] for each in net.nodes}
    alone = [Row(actors(nodes[iri]), "", actors(nodes[iri])) for iri in wanted if iri not in drawn]
    net.nodes += network(alone, placed=False).nodes
    held = {iri: found for iri in wanted for found in offices(index.store, iri).values()}
    return columns(net, rows, weights, standing) | {"offices": offices_in(net, held)}


def about(filtered: Filtered, iri: str) -> Data:
    """Return how many statements, articles and partners an actor has under the filters, and on which days."""
    index = filtered.index
    actor = index.number(iri)
    rows = filtered.of(index.rows(actor))
    return {
        "statements": len(rows),
        "articles": len(np.unique(index.article[rows])),
        "partners": len(np.unique(index.others(rows, actor))),
        "days": filtered.days(rows),
    }


def check_iris(*iris: str) -> None:
    """Raise a ValueError for what is no IRI."""
    for iri in iris:
        if not is_iri(iri):
            raise ValueError(f"{iri[:80]!r} is no IRI")
