"""A cluster → its IRI and usual names: the base's, else those of the full name that most articles use."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.actors.interface import KnownActor
from kg.actors.nodes import Node
from kg.actors.persons import person_name
from kg.model import Resolved
from kg.vocab import entity_iri


def resolved(clusters: Iterable[list[Node]]) -> list[Resolved]:
    """Return what each cluster is called; no two get one IRI."""
    groups = [sorted(nodes, key=lambda node: node.key) for nodes in clusters]
    wanted: dict[str, list[int]] = defaultdict(list)
    for at, nodes in enumerate(groups):
        wanted[_iri(nodes)].append(at)
    iris: dict[int, str] = {}
    for iri, those in wanted.items():
        # The base's own actor, then the one that most articles name, keeps the plain IRI.
        those.sort(key=lambda at: (not _known(groups[at]), -_articles(groups[at]), groups[at][0].key))
        for place, at in enumerate(those):
            iris[at] = iri if place == 0 else f"{iri}-{_mark(groups[at], [groups[o] for o in those if o != at])}"
    return [_named(iris[at], nodes) for at, nodes in enumerate(groups)]


def _iri(nodes: list[Node]) -> str:
    known = _known(nodes)
    if known:
        return known.iri()
    best = usual(nodes)
    noun = next((name.noun for node in nodes for name in node.bodies if name.noun), "") if best.type != "Person" else ""
    country = next((node.country for node in nodes if node.country), None)
    if noun and country:  # known by its country whether or not another country's has been met
        return entity_iri(best.type, f"{noun} {country}")
    if f"/entity/{best.type.lower()}/" not in best.iri:  # an article took it for something else
        return entity_iri(best.type, best.usual)
    return best.iri


def usual(nodes: list[Node]) -> Node:
    """Return the node under whose name most articles speak of it; a full name before a short one or an acronym."""
    articles: Counter[str] = Counter()
    for node in nodes:
        articles[node.iri] += len(node.articles)
    return min(
        nodes, key=lambda node: (_brief(node), _titled(node), -articles[node.iri], -len(node.usual), node.iri, node.key)
    )


def _brief(node: Node) -> bool:
    if node.whole is not None:
        return True
    return node.short if node.type == "Person" else len(node.usual.split()) < 2 and node.usual.isupper()


def _titled(node: Node) -> bool:
    """Say whether a title sticks to a person's name."""
    return node.type == "Person" and person_name(node.usual).titled


def _known(nodes: list[Node]) -> KnownActor | None:
    return next((node.known for node in nodes if node.known), None)


def _articles(nodes: list[Node]) -> int:
    return len({article for node in nodes for article in node.articles})


def _mark(nodes: list[Node], others: list[list[Node]]) -> str:
    """Return what tells an actor from others of its name: its country where none has the same, else a hash."""
    country = _country(nodes)
    if country and country not in {_country(other) for other in others}:
        return country.lower()
    first = min(f"{article} {node.iri}" for node in nodes for article in (node.articles or {"": ""}))
    return hashlib.sha256(first.encode()).hexdigest()[:8]


def _country(nodes: list[Node]) -> str | None:
    counts: Counter[str] = Counter()
    for node in nodes:
        counts.update([node.country] if node.country else [])
        counts.update(node.countries)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else None


def _named(iri: str, nodes: list[Node]) -> Resolved:
    known = _known(nodes)
    if known:
        return Resolved(iri, dict(sorted(known.names.items())), known.wikidata)
    best = usual(nodes)
    if best.type == "Person":
        return Resolved(iri, {"": best.usual})
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for node in [node for node in nodes if node.whole is None] or nodes:
        for (language, name), number in node.main.items():
            counts[language][name] += number
    return Resolved(
        iri,
        {
            language: min(names, key=lambda name: (len(name.split()) < 2, -names[name], -len(name), name))
            for language, names in sorted(counts.items())
        },
    )
