"""The page's data over a store of millions of statements: what is looked at, and never all of it.

Each function answers one address of the server with what `kg.view.data.columns` gives for a file's page. Lines come as
counts (a row of weight n stands for n statements); the statements behind them are asked for when they are read.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from kg.export import nodes_of, statements_of
from kg.graph.terms import is_iri
from kg.view.data import columns
from kg.view.index import Index, Rows, Tie
from kg.view.network import network
from kg.view.rows import Actors, Row, from_statements
from kg.vocab import ontology

LIMIT, MOST = 200, 1000  # neighbours, lines
SECOND, EACH = 20, 15  # neighbours of whom a second step tells, and how much of each
STEPS = 6
Data = dict[str, Any]


def overview(index: Index, *, language: str = "en", limit: int = MOST) -> Data:
    """Return the strongest pairs of the whole store."""
    pairs = index.pairs()
    known, counts = np.unique(pairs, return_counts=True)
    degree = index.degree[known // index.many] + index.degree[known % index.many]
    kept = known[np.lexsort((known, -degree, -counts))[:limit]]
    ties = index.ties(np.flatnonzero(np.isin(pairs, kept)))
    return _data(index, ties, language, placed=True,
                 total={"statements": len(index), "pairs": len(known), "actors": len(index.actors)})


def node(index: Index, iri: str, *, language: str = "en", steps: int = 1, limit: int = LIMIT, start: str = "",
         end: str = "", without: Iterable[str] = ()) -> Data:
    """Return an actor's strongest neighbours, `limit` at most, and how many statements of each relation it has."""
    _check(iri)
    actor, hidden = index.number(iri), _hidden(index, without)
    all_rows = index.rows(actor)
    dated = _within(index, all_rows, start, end)
    rows = dated[~np.isin(index.relation[dated], hidden)]
    relations = np.bincount(index.relation[dated], minlength=len(index.relations))
    others, counts = np.unique(index.others(rows, actor), return_counts=True)
    near = others[np.lexsort((others, -counts))[:limit]]
    ties = index.ties(rows[np.isin(index.others(rows, actor), near)])
    for other in near[:SECOND].tolist() if steps == 2 else ():
        further = _within(index, index.rows(other), start, end)
        strongest = sorted(index.ties(further[~np.isin(index.relation[further], hidden)]).items(),
                           key=lambda item: (-item[1], item[0]))
        ties |= Counter(dict(strongest[:EACH]))
    months = np.unique(index.day[all_rows] // 100, return_counts=True)
    return _data(index, ties, language, wanted=[iri], total={"statements": len(rows), "pairs": len(others)},
                 relations={name: int(count) for name, count in zip(index.relations, relations, strict=True) if count},
                 months={f"{month // 100:04}-{month % 100:02}": count for month, count
                         in zip(*(column.tolist() for column in months), strict=True) if 0 < month % 100 < 13})


def evidence(index: Index, first: str, second: str = "", *, relation: str = "", language: str = "en", offset: int = 0,
             limit: int = 40, start: str = "", end: str = "") -> Data:
    """Return the newest statements of an actor, of a pair, or of a relation of a pair."""
    _check(first, *([second] if second else []))
    one, other = index.number(first), index.number(second)
    rows = _within(index, index.rows(one), start, end)
    if second:
        rows = rows[index.others(rows, one) == other]
    if relation:
        kind = index.relations.index(relation) if relation in index.relations else -1
        rows = rows[index.relation[rows] == kind]
        known = ontology().relations.get(relation)
        if second and not (known and known.symmetric):
            rows = rows[index.subject[rows] == one]
    events = index.newest(rows, offset, limit)
    found = from_statements(statements_of(index.store, events, language=language), language)
    return columns(network(found, placed=False), found, [0] * len(found)) | {"more": len(rows) > offset + limit}


def path(index: Index, first: str, last: str, *, language: str = "en") -> Data:
    """Return the ties along a shortest path, found from both ends; nothing where there is none in six steps."""
    _check(first, last)
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
            for far in np.unique(index.others(index.rows(near), near)).tolist():
                if far not in seen[side]:
                    seen[side][far] = found[far] = near
        edges[side] = sorted(found)
        meeting = min((far for far in found if far in seen[1 - side]), default=-1)
    way = [meeting] if meeting >= 0 else []
    while way and (before := seen[0][way[0]]) >= 0:
        way.insert(0, before)
    while way and (after := seen[1][way[-1]]) >= 0:
        way.append(after)
    ties: Counter[Tie] = Counter()
    for one, other in pairwise(way):
        rows = index.rows(one)
        ties |= index.ties(rows[index.others(rows, one) == other])
    return _data(index, ties, language, wanted=[first, last])


def _within(index: Index, rows: Rows, start: str, end: str) -> Rows:
    for date in filter(None, (start, end)):
        if len(date) != 10 or not date.replace("-", "").isdecimal():
            raise ValueError("a date is written 2020-10-06")
    day = index.day[rows]
    kept = np.ones(len(rows), dtype=bool)
    if start:
        kept &= day >= int(start.replace("-", ""))
    if end:
        kept &= (day <= int(end.replace("-", ""))) & (day > 0)
    return rows[kept]


def _hidden(index: Index, without: Iterable[str]) -> list[int]:
    return [index.relations.index(name) for name in without if name in index.relations]


def _data(index: Index, ties: Counter[Tie], language: str, *, placed: bool = False, wanted: Iterable[str] = (),
          **more: Any) -> Data:
    """Return ties as rows of weight; `wanted` actors are there even without ties."""
    everyone = {iri for tie in ties for iri in (tie[0], tie[2])} | set(wanted)
    nodes = nodes_of(index.store, sorted(everyone), language=language)
    actors = Actors(language, {})
    symmetric = {name for name, relation in ontology().relations.items() if relation.symmetric}
    rows, weights = [], []
    for (subject, relation, object_, factuality), count in sorted(ties.items()):
        rows.append(Row(actors(nodes[subject]), relation, actors(nodes[object_]), factuality,
                        symmetric=relation in symmetric))
        weights.append(count)
    net = network(rows, placed=placed)
    alone = [Row(actors(nodes[iri]), "", actors(nodes[iri])) for iri in wanted if iri not in net.get_nodes()]
    net.nodes += [each for each in network(alone, placed=False).nodes if each["id"] not in net.get_nodes()]
    return columns(net, rows, weights) | more


def _check(*iris: str) -> None:
    for iri in iris:
        if not is_iri(iri):
            raise ValueError(f"{iri[:80]!r} is no IRI")

