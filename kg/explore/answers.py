"""The page's data over a store of millions of statements: what is looked at, and never all of it.

Each function answers one address of the server with what `kg.view.data.columns` gives for a file's page. Lines come as
counts (a row of weight n stands for n statements); the statements behind them are asked for when they are read. All of
them see only what the filters leave.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from kg.explore.filters import FACETS, Filtered
from kg.explore.index import Index, Tie
from kg.export import nodes_of, statements_of
from kg.graph.terms import is_iri
from kg.view.data import columns
from kg.view.network import network
from kg.view.packing import Points
from kg.view.rows import Actors, Row, from_statements, names_of
from kg.vocab import ontology

LIMIT, MOST = 200, 1000  # neighbours, lines
SECOND, EACH = 20, 15  # neighbours of whom a second step tells, and how much of each
AMONG = 60  # neighbours up to which their ties to each other are told
STEPS = 6
LISTED = 150  # values of a filter
Data = dict[str, Any]
Ties = dict[Tie, tuple[int, int, bool]]


def overview(filtered: Filtered, *, language: str = "en", limit: int = MOST, known: Points | None = None) -> Data:
    """Return the strongest pairs of the whole store; who has a place in `known` keeps it."""
    index, rows = filtered.index, filtered.of()
    pairs = index.pairs[rows]
    found, counts = np.unique(pairs, return_counts=True)
    degree = index.degree[found // index.many] + index.degree[found % index.many]
    kept = found[np.lexsort((found, -degree, -counts))[:limit]]
    ties = index.ties(rows[np.isin(pairs, kept)])
    ends = np.zeros(index.many, dtype=bool)
    ends[index.subject[rows]] = ends[index.object[rows]] = True
    return (
        _data(index, ties, language, places=known or {})
        | _counts(filtered, language)
        | {"total": {"statements": len(rows), "pairs": len(found), "actors": int(ends.sum())}}
    )


def node(filtered: Filtered, iri: str, *, language: str = "en", steps: int = 1, limit: int = LIMIT) -> Data:
    """Return an actor's strongest neighbours, `limit` at most, and how many statements of each relation it has."""
    _check(iri)
    index = filtered.index
    actor = index.number(iri)
    everything = index.rows(actor)
    rows = filtered.of(everything)
    others, counts = np.unique(index.others(rows, actor), return_counts=True)
    near = others[np.lexsort((others, -counts))[:limit]]
    ties = index.ties(rows[np.isin(index.others(rows, actor), near)])
    if len(near) <= AMONG:
        inside = np.zeros(index.many, dtype=bool)
        inside[near] = True
        ties |= index.ties(np.flatnonzero(filtered.mask & inside[index.subject] & inside[index.object]))
    for other in near[:SECOND].tolist() if steps == 2 else ():
        further = index.ties(filtered.of(index.rows(other)))
        ties |= dict(sorted(further.items(), key=lambda item: (-item[1][0], item[0]))[:EACH])
    return (
        _data(index, ties, language, wanted=[iri])
        | _counts(filtered, language, everything)
        | {"total": {"statements": len(rows), "pairs": len(others), "actors": len(others) + 1}}
    )


def evidence(
    filtered: Filtered,
    first: str = "",
    second: str = "",
    *,
    relation: str = "",
    language: str = "en",
    offset: int = 0,
    limit: int = 40,
) -> Data:
    """Return the newest statements of all, of an actor, of a pair, or of a relation of a pair."""
    _check(*filter(None, (first, second)))
    index = filtered.index
    rows = filtered.of(index.rows(index.number(first))) if first else filtered.of()
    if second:
        rows = rows[index.others(rows, index.number(first)) == index.number(second)]
    if relation:
        rows = rows[index.relation[rows] == (index.relations.index(relation) if relation in index.relations else -1)]
        known = ontology().relations.get(relation)
        if second and not (known and known.symmetric):
            rows = rows[index.subject[rows] == index.number(first)]
    page = rows[offset : offset + limit]
    events = index.events(page)
    statements = {statement.iri: statement for statement in statements_of(index.store, events, language=language)}
    read = [at for at, event in enumerate(events) if event in statements]
    found = from_statements((statements[events[at]] for at in read), language)
    standing = [(int(index.sources[page[at]]), bool(index.disputed[page[at]])) for at in read]
    return columns(network(found, placed=False), found, [0] * len(found), standing) | {
        "more": len(rows) > offset + limit,
        "total": {"statements": len(rows)},
        "events": events,
    }


def path(filtered: Filtered, first: str, last: str, *, language: str = "en") -> Data:
    """Return the ties along a shortest path, found from both ends; nothing where there is none in six steps."""
    _check(first, last)
    index = filtered.index
    ends = [index.number(first), index.number(last)]
    seen: list[dict[int, int]] = [{end: -1} for end in ends]
    edges = [[end] for end in ends]
    meeting = ends[0] if ends[0] == ends[1] else -1
    for _ in range(STEPS):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        if meeting >= 0 or min(ends) < 0 or not edges[side]:
            break
        found: dict[int, int] = {}
        for near in edges[side]:
            for far in np.unique(index.others(filtered.of(index.rows(near)), near)).tolist():
                if far not in seen[side]:
                    seen[side][far] = found[far] = near
        edges[side] = sorted(found)
        meeting = min((far for far in found if far in seen[1 - side]), default=-1)
    way = [meeting] if meeting >= 0 else []
    while way and (before := seen[0][way[0]]) >= 0:
        way.insert(0, before)
    while way and (after := seen[1][way[-1]]) >= 0:
        way.append(after)
    ties: Ties = {}
    for one, other in pairwise(way):
        rows = filtered.of(index.rows(one))
        ties |= index.ties(rows[index.others(rows, one) == other])
    return (
        _data(index, ties, language, wanted=[first, last])
        | _counts(filtered, language)
        | {"total": {"statements": sum(count for count, *_ in ties.values()), "pairs": max(0, len(way) - 1)}}
    )


def search(index: Index, words: str, *, language: str = "en", most: int = 12) -> Data:
    """Return the actors with a name like this, the best connected first among equals."""
    found = [int(index.ranked[line]) for line in index.names.first(words, most)]
    actors, nodes = Actors(language, {}), nodes_of(index.store, [index.actors[at] for at in found], language=language)
    return {
        "actors": [
            {
                "id": iri,
                "name": actors(node).name,
                "type": node.type,
                "alias": "",
                "count": int(index.degree[index.number(iri)]),
            }
            for iri, node in nodes.items()
        ]
    }


def _counts(filtered: Filtered, language: str, rows: np.ndarray | None = None) -> Data:
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
    return {"facets": facets, "days": filtered.histogram(rows), "all": everything}


def _data(index: Index, ties: Ties, language: str, *, places: Points | None = None, wanted: Iterable[str] = ()) -> Data:
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
    return columns(net, rows, weights, standing)


def _check(*iris: str) -> None:
    for iri in iris:
        if not is_iri(iri):
            raise ValueError(f"{iri[:80]!r} is no IRI")
