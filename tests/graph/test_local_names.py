"""What resolution writes into an article's graph can be taken out of it to the last quad."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.examples import AGENCY, ARTICLE, MINISTER, PRESIDENT, STATEMENTS
from graph.test_properties import articles
from kg.graph.local_names import locals_of, resolved, said
from kg.graph.rdf import article_quads
from kg.model import Resolved
from kg.vocab import KG, entity_iri

OWN = article_quads(ARTICLE, STATEMENTS)
FULL = Resolved(entity_iri("Person", "Mevlut Cavusoglu of Ankara"), {"": "Mevlut Cavusoglu of Ankara"}, "Q1")


def test_an_actor_stands_in_the_place_of_a_local_name_which_is_kept():
    told = resolved(OWN, {MINISTER.iri: FULL})
    subjects = {q.object.value for q in told if q.predicate == KG.subject}
    assert FULL.iri in subjects
    assert MINISTER.iri not in subjects
    assert {q.object.value for q in told if q.predicate == KG.localSubject} == {MINISTER.iri}
    assert {q.object.value for q in told if q.predicate == KG.localName} == {"Mevlut Cavusoglu"}
    assert {q.object.value for q in told if q.predicate == KG.actorSameAs} == {"http://www.wikidata.org/entity/Q1"}


def test_events_keep_their_iris():
    told = resolved(OWN, {MINISTER.iri: FULL})
    assert {q.subject for q in told if q.predicate == KG.relation} == {
        q.subject for q in OWN if q.predicate == KG.relation
    }


def test_nobody_meant_changes_nothing():
    assert resolved(OWN, {}) == OWN
    assert said(OWN) == OWN


def test_the_ends_of_a_symmetric_relation_stay_sorted():
    last = replace(FULL, iri=entity_iri("Person", "Zz"))
    told = resolved(OWN, {PRESIDENT.iri: last})
    meeting = next(q.subject for q in told if q.predicate == KG.relation and q.object == KG.meets)
    ends = {q.predicate: q.object.value for q in told if q.subject == meeting}
    assert ends[KG.subject] < ends[KG.object]
    assert said(told) == OWN


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_resolution_did_is_undone_exactly(data):
    article, statements = data.draw(articles)[0]
    own = article_quads(article, statements)
    locals_ = locals_of(own)
    actors = {}
    for local in locals_:
        target = data.draw(st.sampled_from(["", *(one.iri for one in locals_ if one.type == local.type), "new"]))
        if target:
            iri = entity_iri(local.type, "Somebody else") if target == "new" else target
            same, kind = data.draw(st.sampled_from([None, "Q2"])), data.draw(st.sampled_from([None, "Place"]))
            actors[local.iri] = Resolved(iri, {"": "Somebody", "id": "Seseorang"}, same, kind)
    assert said(resolved(own, actors)) == own


def test_local_names_are_read_with_offices_and_company():
    found = {local.iri: local for local in locals_of(OWN)}
    president = found[PRESIDENT.iri]
    assert president.offices == (("Presiden", entity_iri("Country", "Azerbaijan", "AZ")),)
    assert MINISTER.iri in president.apart
    assert president.date == "2020-10-05"
    assert president.publisher == entity_iri("Organization", "Kompas.com")
    assert found[AGENCY.iri].type == "Organization"
