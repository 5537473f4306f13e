"""What stands in the graph for one article, as kg/docs/design.md has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pyoxigraph as ox
import pytest

from graph.examples import (
    ARMENIA,
    ARTICLE,
    AZERBAIJAN,
    CLASH,
    DENIED,
    ENGLISH,
    ENGLISH_STATEMENTS,
    MEETING,
    MINISTER,
    OFFICE,
    STATEMENTS,
    TEXT,
    VISIT,
)
from kg import vocab
from kg.errors import StoreError
from kg.graph import Store
from kg.graph.rdf import article_quads, event_iri
from kg.graph.validate import validate
from kg.vocab import KG, PROV, RDF, SCHEMA, SEM, XSD

GRAPH = ox.NamedNode(vocab.article_iri("visit-1"))


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    return store


def values(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> set[str]:
    return {str(quad.object) for quad in store.quads(subject, predicate)}


def test_the_simple_question_stays_simple(store: Store) -> None:
    rows = store.query("SELECT ?who ?where { ?w kg:visits ?c . ?w rdfs:label ?who . ?c rdfs:label ?where }").table()
    assert rows == [("Mevlut Cavusoglu", "Azerbaijan")]


def test_symmetric_relations_can_be_asked_either_way(store: Store) -> None:
    for one, other in (("AM", "AZ"), ("AZ", "AM")):
        assert store.query(f"ASK {{ country:{one} kg:clashesWith country:{other} }}")
    assert len(list(store.quads(None, RDF.type, KG.Clash))) == 1


def test_planned_statements_have_a_plain_triple_and_negated_ones_have_none(store: Store) -> None:
    assert store.query("ASK { ?a kg:visits ?b }") and store.query("ASK { ?e kg:factuality kg:planned }")
    assert not store.query("ASK { ?a kg:attacks ?b }")
    assert store.query("ASK { ?e a kg:Attack ; kg:factuality kg:negated ; kg:subject country:TR }")


def test_the_careful_question_is_possible(store: Store) -> None:
    (row,) = store.query("""SELECT ?date ?class ?source ?exact ?start ?end ?url {
        ?e a kg:Visit ; sem:hasTimeStamp ?date ; kg:source/rdfs:label ?source ; kg:relation kg:visits ;
           kg:evidence ?sentence .
        BIND (DATATYPE(?date) AS ?class)
        ?sentence oa:hasSource/schema:url ?url ; oa:hasSelector/oa:exact ?exact ; oa:hasSelector/oa:start ?start ;
           oa:hasSelector/oa:end ?end }""").dicts()
    assert row["date"] == "2020-10-06" and row["class"] == vocab.XSD.date.value and row["source"] == "Anadolu Agency"
    assert row["exact"] == TEXT[int(row["start"] or 0) : int(row["end"] or 0)]
    assert row["url"] == ARTICLE.url


def test_dates_have_the_type_of_what_is_known(store: Store) -> None:
    types = {
        str(q.object.datatype.value).rpartition("#")[2]
        for q in store.quads(None, SEM.hasTimeStamp)
        if isinstance(q.object, ox.Literal)
    }
    assert types == {"date", "gYear", "gYearMonth"}


def test_actors_places_and_the_chain_of_sources(store: Store) -> None:
    visit, meeting = event_iri(GRAPH, VISIT), event_iri(GRAPH, MEETING)
    assert values(store, visit, SEM.hasActor) == {f"<{MINISTER.iri}>", f"<{AZERBAIJAN.iri}>"}
    assert values(store, meeting, SEM.hasPlace) == values(store, meeting, KG.place) != set()
    assert len(values(store, visit, PROV.wasAttributedTo)) == 2 and len(values(store, visit, KG.source)) == 1
    chain = store.query(
        "SELECT ?name { ?e prov:qualifiedAttribution ?a . ?a prov:agent/rdfs:label ?name ; kg:position ?n } ORDER BY ?n"
    ).table()
    assert chain == [("Anadolu Agency",), ("Kementerian Luar Negeri Turki",)]
    assert values(store, event_iri(GRAPH, OFFICE), KG.office) == {'"Presiden"@id'}


def test_the_article_tells_where_it_comes_from(store: Store) -> None:
    (row,) = store.query("""SELECT * { ?a a schema:NewsArticle, kg:Article ; kg:articleId ?id ;
        schema:headline ?headline ; schema:datePublished ?when ; schema:inLanguage ?lang ;
        schema:publisher/rdfs:label ?publisher ;
        kg:citesAgency/rdfs:label ?agency ; schema:dateline ?dateline ; kg:relatedHeadline ?related ;
        kg:textSha256 ?hash }""").dicts()
    assert row["when"] == "2020-10-05T14:06:00+07:00" and row["publisher"] == "Kompas.com" and row["lang"] == "id"
    assert row["related"] == "Perang Karabakh" and len(row["hash"] or "") == 64
    assert {r[0] for r in store.query("SELECT ?n { ?a schema:author/schema:name ?n }").table()} == {"Ardi P.", "Tia S."}


def test_a_related_link_is_an_address_and_no_headline() -> None:
    article = replace(ARTICLE, related=("https://e.example/berita/1",))
    told = {q.predicate: q.object.value for q in article_quads(article, STATEMENTS)}
    assert told[SCHEMA.relatedLink] == "https://e.example/berita/1" and KG.relatedHeadline not in told


def test_entities_carry_names_codes_and_links(store: Store) -> None:
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    rows = store.query("SELECT ?n { country:TR skos:altLabel ?n }").rows
    assert {str(name) for (name,) in rows} == {'"Turki"@id', '"Ankara"@id', '"Turkey"@en'}
    assert store.query('ASK { country:TR kg:iso "TR" ; owl:sameAs wd:Q43 ; a kg:Country, schema:Country }')
    assert store.query('ASK { country:TR skos:prefLabel "Turki"@id }')
    labels = store.query("SELECT ?l { country:TR rdfs:label ?l } ORDER BY LANG(?l)").rows
    assert [str(label) for (label,) in labels] == ['"Turkey"@en', '"Turkey"@id']
    assert store.query('ASK { person:ilham-aliyev rdfs:label "Ilham Aliyev" }')  # of no language


def test_no_triple_is_in_two_graphs(store: Store) -> None:
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    quads = list(store)
    assert len({quad.triple for quad in quads}) == len(quads)
    (count,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").table()
    assert count == (str(len(quads)),)


def test_the_ontology_defines_every_term_that_is_written(store: Store) -> None:
    terms = {term.value for quad in store for term in quad.triple if isinstance(term, ox.NamedNode)}
    ours = {iri.removeprefix(KG.iri) for iri in terms if iri.startswith(KG.iri)}
    assert len(ours) > 40 and ours <= set(vocab.ontology().labels)


def test_a_symmetric_statement_is_one_event_in_either_order() -> None:
    turned = replace(CLASH, subject=CLASH.object, object=CLASH.subject)
    assert event_iri(GRAPH, CLASH) == event_iri(GRAPH, turned)
    assert article_quads(ARTICLE, [CLASH, turned]) == article_quads(ARTICLE, [CLASH])
    aimed = replace(DENIED, subject=DENIED.object, object=DENIED.subject)
    assert event_iri(GRAPH, DENIED) != event_iri(GRAPH, aimed)


def test_repeated_statements_are_one_event_with_all_sentences() -> None:
    again = replace(CLASH, evidence=VISIT.evidence)
    store = Store.memory()
    store.add(ARTICLE, [CLASH, again])
    assert len(list(store.quads(None, RDF.type, KG.Clash))) == 1
    assert len(store.query("SELECT ?s { ?e a kg:Clash ; kg:evidence ?s }")) == 2


@pytest.mark.parametrize("field", [{"date": "1995"}, {"factuality": "planned"}, {"office": "x"}, {"place": ARMENIA}])
def test_what_is_stated_makes_the_event(field: dict[str, object]) -> None:
    assert event_iri(GRAPH, CLASH) != event_iri(GRAPH, replace(CLASH, **field))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(CLASH, date="2020-13"), "2020-13"),
        (replace(CLASH, date="6 Oktober"), "YYYY"),
        (replace(CLASH, date="2021-02-29"), "2021-02-29"),
        (replace(CLASH, factuality="maybe"), "maybe"),
        (replace(CLASH, relation="loves"), "loves"),
        (replace(CLASH, subject=replace(ARMENIA, iri=None)), "link it first"),
        (replace(CLASH, subject=replace(ARMENIA, iri="not an iri")), "no valid IRI"),
        (replace(CLASH, subject=replace(ARMENIA, type="Dragon")), "Dragon"),
    ],
)
def test_what_cannot_be_said_is_refused_in_one_line(wrong: object, message: str) -> None:
    store = Store.memory()
    with pytest.raises(StoreError, match=message) as caught:
        store.add(ARTICLE, [VISIT, wrong])  # type: ignore[list-item]
    assert "\n" not in str(caught.value) and len(store) == 0


@pytest.mark.parametrize(
    "published",
    [
        datetime(2020, 1, 1, 5, 0, tzinfo=UTC),
        datetime(2020, 1, 1),
        datetime(2020, 1, 1, 1, 2, 3, 456789, tzinfo=UTC),
        datetime(1880, 1, 1, tzinfo=timezone(timedelta(hours=7, minutes=7, seconds=12))),
        datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    ],
)
def test_times_are_written_as_they_are_stored(published: datetime) -> None:
    store = Store.memory()
    article = replace(ARTICLE, published=published)
    assert [store.add(article, STATEMENTS), store.add(article, STATEMENTS)] == ["new", "same"]


def test_confidence_is_a_decimal_of_two_digits_and_renames_no_event() -> None:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, confidence=0.9), replace(MEETING, confidence=0.876), DENIED])
    event = event_iri(GRAPH, VISIT)
    assert event == event_iri(GRAPH, replace(VISIT, confidence=0.5))
    assert values(store, event, KG.confidence) == {str(ox.Literal("0.9", datatype=XSD.decimal))}
    assert values(store, event_iri(GRAPH, MEETING), KG.confidence) == {str(ox.Literal("0.88", datatype=XSD.decimal))}
    assert values(store, event_iri(GRAPH, DENIED), KG.confidence) == set()
    assert set(article_quads(ARTICLE, [replace(VISIT, confidence=0.9)])) <= set(store)  # as it was written
    assert validate(store).conforms


def test_of_statements_that_are_one_event_the_surest_counts() -> None:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, confidence=0.6), replace(VISIT, confidence=0.7), VISIT])
    assert len(values(store, event_iri(GRAPH, VISIT), KG.confidence)) == 1
    assert validate(store).conforms


@pytest.mark.parametrize("confidence", [1.5, -0.1, float("nan")])
def test_a_confidence_that_is_no_probability_is_refused(confidence: float) -> None:
    with pytest.raises(StoreError, match="from 0 to 1"):
        article_quads(ARTICLE, [replace(VISIT, confidence=confidence)])
