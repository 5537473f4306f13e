"""One happening seen by several articles: same relation, same participants, same date; derived for the shared graph.

What an article states alone is an event. The happening behind it is named by a hash of relation, participants and date,
so that articles that state the same meet in one node, whoever was built first. Each article adds its report, sentences
and time of publication to it. What depends on several articles (which dates are compatible, how many sources are
independent, first and last seen) is asked of these when it is wanted: `queries/corroborated.rq`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pyoxigraph as ox

from kg.graph.terms import Term
from kg.vocab import KG, PROV, RDF, SCHEMA, SEM, base_iri

Properties = Mapping[ox.NamedNode, list[Term]]
# How a happening repeats what its events say.
REPEATED = {KG.relation: KG.what, KG.subject: KG.who, KG.object: KG.whom, SEM.hasTimeStamp: KG.when}
OWN = (KG.report, KG.evidence)  # what one article adds, and no other can


def happening(event: ox.NamedNode, properties: Properties, about: Mapping[object, Properties]) -> set[ox.Triple]:
    """Return what an event that is not denied tells of its happening."""
    stated = {to: properties[of][0] for of, to in REPEATED.items() if properties.get(of)}
    if not {KG.what, KG.who, KG.whom} <= set(stated) or stated[KG.who] == stated[KG.whom]:
        return set()
    key = "\n".join(str(stated.get(to, "")) for to in REPEATED.values())
    node = ox.NamedNode(f"{base_iri()}happening/{hashlib.sha256(key.encode()).hexdigest()[:24]}")
    triples = {ox.Triple(node, to, value) for to, value in stated.items()}
    triples |= {ox.Triple(node, RDF.type, KG.Happening), ox.Triple(node, KG.report, event)}
    triples |= {ox.Triple(node, KG.evidence, sentence) for sentence in properties.get(KG.evidence, ())}
    for article in properties.get(PROV.wasDerivedFrom, ()):
        triples |= {ox.Triple(node, KG.seen, time) for time in about.get(article, {}).get(SCHEMA.datePublished, ())}
    return triples


def is_happening(triple: ox.Triple) -> bool:
    """Say whether a shared triple is about a happening."""
    return isinstance(triple.subject, ox.NamedNode) and "/happening/" in triple.subject.value


def support(triple: ox.Triple, gone: ox.NamedNode) -> str:
    """Return a query that asks whether a graph other than `gone` yields a triple about a happening."""
    if triple.predicate in OWN:
        return "ASK { FILTER(false) }"
    report = f"GRAPH ?shared {{ {triple.subject} {KG.report} ?e }} GRAPH ?g {{ ?e {KG.relation} ?r }}"
    if triple.predicate == KG.seen:
        report += f" GRAPH ?g {{ ?e {PROV.wasDerivedFrom}/{SCHEMA.datePublished} {triple.object} }}"
    return f"ASK {{ {report} FILTER(?g != {gone}) }}"
