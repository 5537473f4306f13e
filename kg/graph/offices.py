"""The offices that the base of actors knows, as a graph has them: what an actor's page shows."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph.store import Store
from kg.graph.terms import is_iri, lexical
from kg.vocab import KG


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office as the graph has it: title and body by language, dates as far as they are known ("" where not)."""

    title: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    seen: str = ""


def offices(store: Store, holder: str = "") -> dict[str, list[HeldOffice]]:
    """Return the offices that the base of actors knows, by their holder's IRI, the first held first; or one actor's."""
    if holder and not is_iri(holder):
        return {}
    found: dict[str, list[HeldOffice]] = {}
    for quad in store.quads(ox.NamedNode(holder) if holder else None, KG.held):
        if not isinstance(quad.object, ox.NamedNode):
            continue
        office = HeldOffice()
        dates = {KG.heldFrom: "", KG.heldUntil: "", KG.heldSeen: ""}
        for told in store.quads(quad.object):
            value = told.object
            words = {KG.heldTitle: office.title, KG.heldAtName: office.body}.get(told.predicate)
            if words is not None and isinstance(value, ox.Literal):
                words[value.language or ""] = value.value
            elif told.predicate in dates:
                dates[told.predicate] = lexical(value)
        found.setdefault(lexical(quad.subject), []).append(HeldOffice(office.title, office.body, *dates.values()))
    return {
        iri: sorted(held, key=lambda one: (one.since, one.until, sorted(one.title.items()), sorted(one.body.items())))
        for iri, held in sorted(found.items())
    }
