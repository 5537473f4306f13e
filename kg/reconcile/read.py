"""A store → who can be matched: each person, country, organisation and place with all of its names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg import labels
from kg.graph import who
from kg.graph.results import plain
from kg.graph.store import Store
from kg.graph.terms import SCHEMA_TYPES
from kg.vocab import KG, OWL, RDF, WD


@dataclass(frozen=True, slots=True)
class Actor:
    """Who can be matched: IRI, type, label per language, every name, codes, and how many articles name it."""

    iri: str
    type: str
    label: dict[str, str]
    names: tuple[str, ...]
    iso: str = ""
    wikidata: str = ""
    articles: int = 0


@dataclass(slots=True)
class _Found:
    """The names of one actor by the property that tells them."""

    kinds: list[list[labels.Name]] = field(default_factory=lambda: [[] for _ in who.NAMES])


def actors(store: Store) -> list[Actor]:
    """Return every person, country, organisation and place of the store that has a name, by IRI."""
    found: dict[str, _Found] = {}
    for node, name, kind in who.names(store):
        kinds = found.setdefault(node.value, _Found()).kinds
        kinds[who.NAMES.index(kind)].append((name.language or "", name.value))
    types: dict[str, str] = {}
    for kind in sorted(SCHEMA_TYPES, key=str, reverse=True):  # of several the first by name
        types |= {
            plain(quad.subject) or "": kind.value.removeprefix(KG.iri) for quad in store.quads(None, RDF.type, kind)
        }
    isos = {plain(quad.subject): plain(quad.object) or "" for quad in store.quads(None, KG.iso)}
    ids = {
        plain(quad.subject): same.removeprefix(WD.iri)
        for quad in store.quads(None, OWL.sameAs)
        if (same := plain(quad.object) or "").startswith(WD.iri)
    }
    articles = Counter(plain(quad.object) for quad in store.quads(None, KG.naming))  # one for each article and actor
    return [
        Actor(
            iri,
            types[iri],
            {language: labels.pick(of.kinds[:2], language) or iri.rpartition("/")[2] for language in labels.LANGUAGES},
            tuple(dict.fromkeys(name for kind in of.kinds for _, name in kind)),
            isos.get(iri, ""),
            ids.get(iri, ""),
            articles[iri],
        )
        for iri, of in sorted(found.items())
    ]
