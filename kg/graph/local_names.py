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
_KEPT_TOGETHER = {KG.mainName: KG.localName, KG.namedType: KG.localType}
_BACK = {to: of for of, to in _KEPT_TOGETHER.items()}
_REPEATS = {SEM.hasActor, SEM.hasPlace, PROV.wasAttributedTo}
_KEPT = {*LOCAL.values(), *_BACK}
_ENDS = (KG.subject, KG.object)
_ORDERED = (*_ENDS, KG.localSubject, KG.localObject)


def said(quads: Iterable[ox.Quad]) -> Quads:
    """Return an article's graph as the article itself says it, without what resolution made of it."""
    own = {q for q in quads if q.predicate != KG.actorSameAs}
    kept = {(q.subject, q.predicate): q.object for q in own if q.predicate in _KEPT}
    if not kept:
        return own
    # An article may have several main names for an entity: all of them are kept together.
    gone = {(q.subject, of) for q in own for of, to in _KEPT_TOGETHER.items() if q.predicate == to}
    found: Quads = set()
    for q in own:
        if q.predicate in LOCAL:
            local = kept.get((q.subject, LOCAL[q.predicate]), q.object)
            found.add(ox.Quad(q.subject, q.predicate, local, q.graph_name))
        elif q.predicate in _BACK:
            found.add(ox.Quad(q.subject, _BACK[q.predicate], q.object, q.graph_name))
        elif q.predicate not in _KEPT and (q.subject, q.predicate) not in gone:
            found.add(q)
    return _repeated(_sorted_ends(found))


def _repeated(quads: Quads) -> Quads:
    """Return the quads with what repeats the roles of events made anew, as ends and their types have changed."""
    named = {q.subject for q in quads if q.predicate == KG.namedType and q.object == KG.Place}
    places = {q.object for q in quads if q.predicate == KG.naming and q.subject in named}
    links = {q.object: q.subject for q in quads if q.predicate == PROV.qualifiedAttribution}
    events = {q.subject for q in quads if q.predicate in (*_ENDS, KG.place, KG.source)}
    found = {q for q in quads if q.predicate not in _REPEATS or q.subject not in events}
    for q in quads:
        if q.predicate in _ENDS:
            role = SEM.hasPlace if q.object in places else SEM.hasActor
            found.add(ox.Quad(q.subject, role, q.object, q.graph_name))
        elif q.predicate == KG.place:
            found.add(ox.Quad(q.subject, SEM.hasPlace, q.object, q.graph_name))
        elif q.predicate == KG.source:
            found.add(ox.Quad(q.subject, PROV.wasAttributedTo, q.object, q.graph_name))
        elif q.predicate == PROV.agent and q.subject in links:
            found.add(ox.Quad(links[q.subject], PROV.wasAttributedTo, q.object, q.graph_name))
    return found


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
    if not actors:
        return quads
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
        elif q.predicate == KG.namedType and (actor := named.get(q.subject)) and actor.type:
            found.add(ox.Quad(q.subject, KG.localType, q.object, q.graph_name))
            value = KG[actor.type]
        elif q.predicate in LOCAL:
            actor = actors.get(lexical(q.object))
            value = ox.NamedNode(actor.iri) if actor else value
        if value != q.object and q.predicate in LOCAL:
            found.add(ox.Quad(q.subject, LOCAL[q.predicate], q.object, q.graph_name))
        found.add(ox.Quad(q.subject, q.predicate, value, q.graph_name))
        if q.predicate == KG.naming and (actor := named.get(q.subject)) and actor.wikidata:
            same = ox.NamedNode(WD.iri + actor.wikidata.rpartition("/")[2])
            found.add(ox.Quad(q.subject, KG.actorSameAs, same, q.graph_name))
    return _repeated(_sorted_ends(found))


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
    roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for properties in about.values():
        ends = [_first(properties, end) for end in _ENDS]
        if KG.relation in properties and all(ends):
            subject, object_ = ends
            apart[subject].add(object_)
            apart[object_].add(subject)
            relation = _first(properties, KG.relation).removeprefix(KG.iri)
            roles[subject].add((relation, "subject"))
            roles[object_].add((relation, "object"))
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
                    roles=tuple(sorted(roles[iri])),
                )
            )
    return sorted(found, key=lambda local: local.iri)


def _first(properties: Mapping[ox.NamedNode, list[Term]], predicate: ox.NamedNode) -> str:
    return min(map(lexical, properties.get(predicate, ())), default="")
