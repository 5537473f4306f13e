"""The page's data over a store of millions of statements: what is looked at, and never all of it.

Each function answers one address of the server with what `kg.view.data.columns` gives for a file's page. Lines come as
counts (a row of weight n stands for n statements); the statements behind them are asked for when they are read. All of
them see only what the filters leave.
"""

from __future__ import annotations

import numpy as np

from kg.explore import page_data
from kg.explore.filters import Filtered
from kg.explore.index import Index
from kg.explore.page_data import Data, Ties
from kg.export import nodes_of, statements_of
from kg.graph.namings import merges
from kg.reconcile.match import Query, candidates
from kg.view.data import columns
from kg.view.merges import reasons
from kg.view.network import network
from kg.view.packing import Points
from kg.view.rows import Actors, from_statements
from kg.vocab import ontology

LIMIT, MOST = 200, 1000  # neighbours, lines
SECOND, EACH = 20, 15  # neighbours of whom a second step tells, and how much of each
AMONG = 60  # neighbours up to which their ties to each other are told


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
        page_data.of_ties(index, ties, language, places=known or {})
        | page_data.of_filters(filtered, language)
        | {"total": {"statements": len(rows), "pairs": len(found), "actors": int(ends.sum())}}
    )


def node(filtered: Filtered, iri: str, *, language: str = "en", steps: int = 1, limit: int = LIMIT) -> Data:
    """Return an actor's strongest neighbours, `limit` at most, and how many statements of each relation it has."""
    page_data.check_iris(iri)
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
        page_data.of_ties(index, ties, language, wanted=[iri])
        | page_data.of_filters(filtered, language, everything)
        | {"total": {"statements": len(rows), "pairs": len(others), "actors": len(others) + 1}}
        | {"about": {iri: page_data.about(filtered, iri)}}
    )


def compare(filtered: Filtered, first: str, second: str, *, language: str = "en") -> Data:
    """Return two actors' ties: to whom both are tied and to each other, then each one's strongest, `LIMIT` at most."""
    page_data.check_iris(first, second)
    index = filtered.index
    ends = [index.number(first), index.number(second)]
    rows = [filtered.of(index.rows(end)) for end in ends]
    found = [np.unique(index.others(own, end), return_counts=True) for own, end in zip(rows, ends, strict=True)]
    counts = [dict(zip(others.tolist(), many.tolist(), strict=True)) for others, many in found]
    shared = sorted(counts[0].keys() & counts[1].keys(), key=lambda other: (-min(own[other] for own in counts), other))
    ties: Ties = {}
    for end, own, others in zip(ends, rows, counts, strict=True):
        strongest = sorted(others, key=lambda other: (-others[other], other))
        kept = [*shared[:LIMIT], *strongest[:LIMIT], *(other for other in ends if other in others)]
        ties |= index.ties(own[np.isin(index.others(own, end), kept)])
    return (
        page_data.of_ties(index, ties, language, wanted=[first, second])
        | page_data.of_filters(filtered, language, np.union1d(index.rows(ends[0]), index.rows(ends[1])))
        | {"total": {"statements": len(np.union1d(*rows)), "pairs": len(counts[0].keys() | counts[1].keys())}}
        | {"about": {iri: page_data.about(filtered, iri) for iri in (first, second)}}
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
    page_data.check_iris(*filter(None, (first, second)))
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
        "merges": reasons(merges(index.store, first)) if first and not second else [],
        "more": len(rows) > offset + limit,
        "total": {"statements": len(rows)},
        "events": events,
    }


def search(index: Index, words: str, *, language: str = "en", most: int = 12) -> Data:
    """Return the actors with this code or id, then those with a name like this, the best connected among equals first.

    Where no name begins so or has the words in it, those that are spelt nearly so.
    """
    meant = [index.who.actors[at].iri for at in index.who.known(words)]
    found = meant + [index.actors[index.ranked[line]] for line in index.names.first(words, most)]
    if not found:
        found = [one.actor.iri for one in candidates(index.who, Query(words, limit=most))]
    found = [iri for iri in dict.fromkeys(found) if index.number(iri) >= 0][:most]
    actors, nodes = Actors(language, {}), nodes_of(index.store, found, language=language)
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
