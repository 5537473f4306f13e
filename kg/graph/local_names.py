"""Who is meant, in an article's graph: local names read from it, actors written into it, and taken out of it again.

An article's graph says whom its events speak of by the actor's IRI, and beside it, where the article itself called for
another, by the local one: `kg:subject` and `kg:localSubject`. So what resolution did can be undone to the last quad,
and the events keep their IRIs, which are made of the local ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.graph.terms import Term, lexical, text
from kg.model import Local, Resolved
from kg.vocab import KG, PROV, RDF, SCHEMA, SEM, WD, ontology

Quads = set[ox.Quad]
# What points to an entity, and what keeps the IRI, or the name, that the article itself gave it.
LOCAL = {
    KG.naming: KG.localActor,
    KG.subject: KG.localSubject,
    KG.object: KG.localObject,
    KG.place: KG.localPlace,
    KG.source: KG.localSource,
    PROV.agent: KG.localAgent,
    SCHEMA.publisher: KG.localPublisher,
    KG.citesAgency: KG.localAgency,
}
# What repeats one of the above without a role of its own.
_FOLLOW = {
    SEM.hasActor: (KG.subject, KG.object),
    SEM.hasPlace: (KG.subject, KG.object, KG.place),
    PROV.wasAttributedTo: (KG.source, PROV.agent),
}
_KEPT = {*LOCAL.values(), KG.localName}
_ENDS = (KG.subject, KG.object)
_ORDERED = (*_ENDS, KG.localSubject, KG.localObject)


def said(quads: Iterable[ox.Quad]) -> Quads:
    """Return an article's graph as the article itself says it, without what resolution made of it."""
    quads = set(quads)
    kept = {(q.subject, q.predicate): q.object for q in quads if q.predicate in _KEPT}
    own = {q for q in quads if q.predicate != KG.actorSameAs}
    if not kept:
        return own
    places = _places(own)
    renamed = {q.subject for q in own if q.predicate == KG.localName}
    found = {
        q
        for q in own
        if q.predicate not in _KEPT
        and q.predicate not in (*LOCAL, *_FOLLOW)
        and not (q.predicate == KG.mainName and q.subject in renamed)
    }
    found |= {ox.Quad(q.subject, KG.mainName, q.object, q.graph_name) for q in own if q.predicate == KG.localName}
    pairs: dict[tuple[Term, ox.NamedNode], list[tuple[Term, Term]]] = defaultdict(list)
    for q in own:
        if q.predicate in LOCAL:
            local = kept.get((q.subject, LOCAL[q.predicate]), q.object)
            pairs[q.subject, q.predicate].append((q.object, local))
            found.add(ox.Quad(q.subject, q.predicate, local, q.graph_name))
    found = _sorted_ends(found)
    links = {q.object: q.subject for q in own if q.predicate == PROV.qualifiedAttribution}
    for (link, predicate), those in list(pairs.items()):
        if predicate == PROV.agent and link in links:
            pairs.setdefault((links[link], PROV.agent), []).extend(those)
    for q in own:
        if q.predicate in _FOLLOW:
            locals_ = {
                local
                for role in _FOLLOW[q.predicate]
                if role not in _ENDS or (q.object in places) == (q.predicate == SEM.hasPlace)
                for actor, local in pairs.get((q.subject, role), ())
                if actor == q.object
            }
            found |= {ox.Quad(q.subject, q.predicate, local, q.graph_name) for local in locals_ or {q.object}}
    return found


def _places(quads: Quads) -> set[Term]:
    named = {q.subject for q in quads if q.predicate == KG.namedType and q.object == KG.Place}
    return {q.object for q in quads if q.predicate == KG.naming and q.subject in named}


def _sorted_ends(quads: Quads) -> Quads:
    """Return the quads with both ends of a symmetric event in the order of their IRIs."""
    symmetric = {KG[name] for name, relation in ontology().relations.items() if relation.symmetric}
    events = {q.subject for q in quads if q.predicate == KG.relation and q.object in symmetric}
    ends = {(q.subject, q.predicate): q for q in quads if q.predicate in _ORDERED and q.subject in events}
    swapped: Quads = set()
    gone: Quads = set()
    for event in events:
        first, second = ends.get((event, KG.subject)), ends.get((event, KG.object))
        if first and second and lexical(first.object) > lexical(second.object):
            for one, other in ((KG.subject, KG.object), (KG.localSubject, KG.localObject)):
                for of, to in ((one, other), (other, one)):
                    if q := ends.get((event, of)):
                        gone.add(q)
                        swapped.add(ox.Quad(event, to, q.object, q.graph_name))
    return (quads - gone) | swapped


def resolved(quads: Iterable[ox.Quad], actors: Mapping[str, Resolved]) -> Quads:
    """Return an article's own graph with the actors that its local names mean, by local IRI."""
    quads = set(quads)
    language = next((lexical(q.object) for q in quads if q.predicate == SCHEMA.inLanguage), None)
    named = {q.subject: actors.get(lexical(q.object)) for q in quads if q.predicate == KG.naming}
    # Where one article has several main names for an entity, all are kept when one gives way.
    renamed = {
        q.subject: name
        for q in quads
        if q.predicate == KG.mainName
        and (actor := named.get(q.subject))
        and (name := actor.named(language))
        and name != lexical(q.object)
    }
    found: Quads = set()
    for q in quads:
        value: Term = q.object
        if q.predicate == KG.mainName and q.subject in renamed:
            found.add(ox.Quad(q.subject, KG.localName, q.object, q.graph_name))
            value = text(renamed[q.subject], getattr(q.object, "language", None))
        elif q.predicate in LOCAL or q.predicate in _FOLLOW:
            actor = actors.get(lexical(q.object))
            value = ox.NamedNode(actor.iri) if actor else value
        if value != q.object and q.predicate in LOCAL:
            found.add(ox.Quad(q.subject, LOCAL[q.predicate], q.object, q.graph_name))
        found.add(ox.Quad(q.subject, q.predicate, value, q.graph_name))
        if q.predicate == KG.naming and (actor := named.get(q.subject)) and actor.wikidata:
            same = ox.NamedNode(WD.iri + actor.wikidata.rpartition("/")[2])
            found.add(ox.Quad(q.subject, KG.actorSameAs, same, q.graph_name))
    return _sorted_ends(found)


def locals_of(quads: Iterable[ox.Quad]) -> list[Local]:
    """Return the entities of an article's own graph as it names them."""
    about: dict[object, dict[ox.NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for q in quads:
        about[q.subject][q.predicate].append(q.object)
    article = next((lexical(s) for s, p in about.items() if KG.Article in p.get(RDF.type, ())), None)
    if article is None:
        return []
    meta = about[ox.NamedNode(article)]
    offices: dict[str, set[tuple[str, str]]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for properties in about.values():
        ends = [_first(properties, end) for end in _ENDS]
        if KG.relation in properties and all(ends):
            subject, object_ = ends
            apart[subject].add(object_)
            apart[object_].add(subject)
            if title := _first(properties, KG.office):
                offices[subject].add((title, object_))
    found = []
    for properties in about.values():
        if KG.naming in properties:
            iri = _first(properties, KG.naming)
            names = {lexical(name) for name in properties.get(KG.name, ())}
            found.append(
                Local(
                    article=article,
                    iri=iri,
                    type=_first(properties, KG.namedType).removeprefix(KG.iri),
                    name=_first(properties, KG.mainName),
                    names=tuple(sorted(names, key=lambda name: (-len(name), name))),
                    iso=_first(properties, KG.namedIso) or None,
                    language=_first(meta, SCHEMA.inLanguage) or None,
                    date=_first(meta, SCHEMA.datePublished)[:10] or None,
                    publisher=_first(meta, SCHEMA.publisher) or None,
                    offices=tuple(sorted(offices[iri])),
                    apart=frozenset(apart[iri] - {iri}),
                )
            )
    return sorted(found, key=lambda local: local.iri)


def _first(properties: Mapping[ox.NamedNode, list[Term]], predicate: ox.NamedNode) -> str:
    return min(map(lexical, properties.get(predicate, ())), default="")
