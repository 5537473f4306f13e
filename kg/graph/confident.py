"""A graph without the statements that are less probable than one asks: the filter by confidence of all commands.

A statement without a confidence (read by rules alone, or written by others) is left out and counted: nobody can say how
probable it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from kg.graph.derive import derived
from kg.graph.results import plain
from kg.graph.store import Store
from kg.graph.terms import Term
from kg.vocab import KG, OA, PROV, RDF, SEM

Properties = dict[ox.NamedNode, list[Term]]
# What leads from a statement to what is of it alone: its sentences, where they stand, and who says so.
_PARTS = (KG.evidence, OA.hasSelector, PROV.qualifiedAttribution)


class LeftOut(NamedTuple):
    """How many statements were left out: those less probable, and those of which that is not known."""

    improbable: int
    without: int


def probability(value: str | None) -> float | None:
    """Return a number between 0 and 1 as a graph has it, or None where it has none such."""
    try:
        found = float(value or "nan")
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def fits(value: str | None, least: float) -> bool | None:
    """Say whether a confidence as a graph has it is at least `least`; None for what is none."""
    found = probability(value)
    return None if found is None else found >= least


def at_least(store: Store, least: float) -> tuple[Store, LeftOut]:
    """Return a copy in memory with only the statements of at least this confidence (0 to 1), and what was left out.

    It is the graph that would have been built of these statements alone: plain triples, happenings, and actors that
    only the others speak of are gone as well. The store itself stays as it is.
    """
    quads = list(store)
    about: dict[object, Properties] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        about[quad.subject][quad.predicate].append(quad.object)
    events = [
        node
        for node, properties in about.items()
        if KG.relation in properties or SEM.Event in properties.get(RDF.type, ())
    ]
    told = {node: fits(_confidence(about[node]), least) for node in events}
    kept, lost = ([node for node in events if bool(told[node]) is wanted] for wanted in (True, False))
    gone = _whole(lost, about) - _whole(kept, about)
    left = _without_names(quads, gone)
    unsupported = derived(quads) - derived(left)
    return Store.of([quad for quad in left if quad.triple not in unsupported], store.path), LeftOut(
        sum(fit is False for fit in told.values()), sum(fit is None for fit in told.values())
    )


def _confidence(properties: Properties) -> str | None:
    return plain(min(properties.get(KG.confidence, ()), key=str, default=None))


def _whole(nodes: Iterable[object], about: dict[object, Properties]) -> set[object]:
    """Return the nodes with their parts, and the parts of these."""
    found: set[object] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [part for name in _PARTS for part in about[node].get(name, ())] if node in about else []
    return found


def _without_names(quads: Iterable[ox.Quad], gone: set[object]) -> list[ox.Quad]:
    """Return the quads without those of the nodes, and of how an article names whom only these speak of."""
    left, mentioned, unmentioned = [], set(), set()
    namings: dict[object, set[tuple[object, object]]] = defaultdict(set)
    for quad in quads:
        whom = (quad.graph_name, quad.object)
        if quad.subject in gone:
            unmentioned.add(whom)
        elif quad.object not in gone:
            left.append(quad)
            if quad.predicate == KG.naming:
                namings[quad.subject].add(whom)
            else:
                mentioned.add(whom)
    alone = {node for node, whom in namings.items() if whom & (unmentioned - mentioned)}
    return [quad for quad in left if quad.subject not in alone]
