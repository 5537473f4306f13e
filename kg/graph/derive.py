"""Quads of article graphs → the triples of the shared graph.

The shared graph is the union of what each article's graph yields on its own. So the order of building does not matter,
the union of graphs built apart is the graph built together, and taking an article back needs one question per triple:
does another article yield it too?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote

import pyoxigraph as ox
from babel import Locale, UnknownLocaleError

from kg.graph import happenings, held
from kg.graph.terms import DERIVED, SCHEMA_TYPES, Term
from kg.vocab import KG, PROV, RDF, RDFS, SCHEMA, SKOS, ontology


def derived(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    """Return the shared triples that the quads of one article's graph yield."""
    about: dict[object, dict[ox.NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        about[quad.subject][quad.predicate].append(quad.object)
    triples: set[ox.Triple] = set()
    for subject, properties in about.items():
        if KG.naming in properties:
            triples |= _entity(properties)
        elif KG.relation in properties and KG.negated not in properties.get(KG.factuality, ()):
            triples |= _plain(properties)
            if isinstance(subject, ox.NamedNode):
                triples |= happenings.happening(subject, properties, about)
        for agent in properties.get(PROV.wasAssociatedWith, ()):
            triples |= _software(agent)
        for used in properties.get(PROV.used, ()):
            triples |= _weights(used)
    return triples


def _plain(properties: dict[ox.NamedNode, list[Term]]) -> set[ox.Triple]:
    """Return both directions of a symmetric relation: either way of asking works."""
    relation, subject, object_ = (_iri(properties, p) for p in (KG.relation, KG.subject, KG.object))
    if not (relation and subject and object_) or subject == object_:  # none relates an actor to itself
        return set()
    triples = {ox.Triple(subject, relation, object_)}
    if relation in _symmetric():
        triples.add(ox.Triple(object_, relation, subject))
    return triples


def _entity(properties: dict[ox.NamedNode, list[Term]]) -> set[ox.Triple]:
    entity = _iri(properties, KG.naming)
    if not entity:
        return set()
    triples = {ox.Triple(entity, to, value) for of, to in DERIVED.items() for value in properties.get(of, ())}
    for type_ in properties.get(KG.namedType, ()):
        if type_ in SCHEMA_TYPES:
            triples.add(ox.Triple(entity, RDF.type, SCHEMA_TYPES[type_]))  # type: ignore[index]
    for office in properties.get(KG.namedOffice, ()):
        triples |= held.triples(entity, office)
    for code in properties.get(KG.namedIso, ()):
        triples |= {ox.Triple(entity, SKOS.prefLabel, name) for name in country_names(str(getattr(code, "value", "")))}
    return triples


def _iri(properties: dict[ox.NamedNode, list[Term]], predicate: ox.NamedNode) -> ox.NamedNode | None:
    """Return the property's IRI; a graph edited by hand may hold anything else, and then yields nothing."""
    value = next(iter(properties.get(predicate, ())), None)
    return value if isinstance(value, ox.NamedNode) else None


def _software(agent: Term) -> set[ox.Triple]:
    if not isinstance(agent, ox.NamedNode):
        return set()
    name, _, version = agent.value.rpartition("/")[2].rpartition("-")
    label = ox.Literal(f"{name} {unquote(version)}")
    return {ox.Triple(agent, RDF.type, PROV.SoftwareAgent), ox.Triple(agent, RDFS.label, label)}


def _weights(used: Term) -> set[ox.Triple]:
    if not isinstance(used, ox.NamedNode) or "/weights/" not in used.value:
        return set()
    name, _, digest = used.value.partition("/weights/")[2].partition("/")
    told: dict[ox.NamedNode, Term] = {
        RDF.type: PROV.Entity,
        RDFS.label: ox.Literal(f"weights {name}"),
        SCHEMA.sha256: ox.Literal(digest),
    }
    return {ox.Triple(used, predicate, value) for predicate, value in told.items()}


@cache
def country_names(code: str) -> frozenset[ox.Literal]:
    """Return the country's name in each language that the ontology speaks, from CLDR."""
    found = set()
    for language in ontology().languages:
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            found.add(ox.Literal(name, language=language))
    return frozenset(found)


@cache
def _symmetric() -> frozenset[ox.NamedNode]:
    return frozenset(KG[name] for name, relation in ontology().relations.items() if relation.symmetric)


def support(triple: ox.Triple, gone: ox.NamedNode) -> str:
    """Return a query that asks whether a graph other than `gone` yields the triple."""
    s, p, o = triple.subject, triple.predicate, triple.object
    if happenings.is_happening(triple):
        return happenings.support(triple, gone)
    if held.is_held(triple):
        pattern = held.support(triple)
    elif "/software/" in str(s):
        pattern = f"?n {PROV.wasAssociatedWith} {s}"
    elif "/weights/" in str(s):
        pattern = f"?n {PROV.used} {s}"
    elif p == SKOS.prefLabel:
        codes = " ".join(str(ox.Literal(code)) for code in _codes(o))
        pattern = f"?n {KG.naming} {s} ; {KG.namedIso} ?code VALUES ?code {{ {codes} }}"
    elif p in DERIVED.values():
        ours: dict[Term, Term] = {theirs: ours for ours, theirs in SCHEMA_TYPES.items()}
        of = "|".join(str(of) for of, to in DERIVED.items() if to == p)
        pattern = f"?n {KG.naming} {s} ; {of} {ours.get(o, o)}"
    else:
        ways = [(s, o), (o, s)] if p in _symmetric() else [(s, o)]
        pattern = " UNION ".join(
            f"{{ ?e {KG.relation} {p} ; {KG.subject} {a} ; {KG.object} {b} ; {KG.factuality} ?f"
            f" FILTER(?f != {KG.negated}) }}"
            for a, b in ways
        )
    return f"ASK {{ GRAPH ?g {{ {pattern} }} FILTER(?g != {gone}) }}"


def _codes(name: Term) -> list[str]:
    """Return the codes of the countries of that name in that language."""
    assert isinstance(name, ox.Literal)
    territories = Locale.parse(name.language or "en").territories
    return [code for code, found in territories.items() if found == name.value]
