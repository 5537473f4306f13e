"""What the page shows, as RDF in Turtle: the plain triples of a network, the events and sentences of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.graph.store import Store
from kg.vocab import KG, OA, PROV, RDF, RDFS


def network(store: Store, data: dict[str, Any]) -> bytes:
    """Return who is tied to whom, as far as it is stated and not only denied, with everyone's type and name."""
    ids, rows, strings = data["actors"]["id"], data["rows"], data["strings"]
    ties = {
        (ids[one], strings[relation], ids[other])
        for one, relation, other in zip(rows["from"], rows["relation"], rows["to"], strict=True)
        if strings[relation].isalpha()
    }
    plain = " ".join(f"(<{one}> {KG[relation]} <{other}>)" for one, relation, other in sorted(ties))
    return _turtle(store, f"{{ VALUES (?s ?p ?o) {{ {plain} }} ?s ?p ?o }}", ids)


def actors(store: Store, data: dict[str, Any]) -> bytes:
    """Return the types and names of the actors that were found."""
    return _turtle(store, "", [actor["id"] for actor in data["actors"]])


def evidence(store: Store, events: Iterable[str]) -> bytes:
    """Return statements as the store has them: events, their sentences, and the articles that they are from."""
    chosen = f"VALUES ?e {{ {' '.join(f'<{event}>' for event in events)} }}"
    parts = [
        f"{chosen} BIND (?e AS ?s)",
        f"{chosen} ?e {KG.evidence} ?s",
        f"{chosen} ?e {PROV.wasDerivedFrom} ?s",
        f"{chosen} ?e {KG.evidence}/{OA.hasSelector} ?s",
    ]
    return _turtle(store, " UNION ".join(f"{{ {part} . ?s ?p ?o }}" for part in parts), [])


def _turtle(store: Store, pattern: str, named: Iterable[str]) -> bytes:
    who = f"VALUES ?s {{ {' '.join(f'<{iri}>' for iri in named)} }} VALUES ?p {{ {RDF.type} {RDFS.label} }} ?s ?p ?o"
    parts = [*([pattern] if pattern else []), f"{{ {who} }}"]
    return store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {' UNION '.join(parts)} }}").serialize("ttl")
