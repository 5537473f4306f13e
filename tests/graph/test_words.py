"""What a query names that a graph does not have: terms of the ontology, other properties, IRIs, names."""

from __future__ import annotations

import pytest

from kg.api import Graph
from kg.graph.words import absent, unknown_terms


@pytest.fixture(scope="module")
def ask(turtle):
    return Graph.load(turtle).query


@pytest.mark.parametrize(
    ("sparql", "meant"),
    [
        ("SELECT * { ?a kg:visit ?b }", "no kg:visit; did you mean kg:visits?"),
        ("SELECT * { ?a a kg:Vist }", "no kg:Vist; did you mean kg:Visit?"),
        ("SELECT * { ?e kg:evidense/oa:hasSelector ?b }", "did you mean kg:evidence?"),
        ("PREFIX k: <https://w3id.org/newskg/ontology#> ASK { ?a k:suports ?b }", "no k:suports; did you mean kg:supp"),
        ("ASK { ?a <https://w3id.org/newskg/ontology#meet> ?b }", "did you mean kg:meets?"),
        ("CONSTRUCT { ?a kg:new ?b } WHERE { ?a kg:vists ?b }", "no kg:vists"),
        ("ASK { ?a kg:zzqq ?b }", "its relations are "),
    ],
)
def test_a_term_that_the_ontology_does_not_have(ask, sparql, meant):
    (told,) = unknown_terms(sparql, ask)
    assert meant in told and "kg:new" not in told


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?e a kg:Visit ; kg:subject ?a ; kg:factuality kg:planned . ?x kg:visitedBy ?y }",
        "CONSTRUCT { ?a kg:new ?b } WHERE { ?a kg:visits ?b }",
        'ASK { ?a ?b "kg:visit" } # kg:visit',
        "PREFIX kg: <http://other.example/> ASK { ?a kg:visit ?b }",
    ],
)
def test_what_the_ontology_has_or_somebody_else_says(ask, sparql):
    assert unknown_terms(sparql, ask) == []


def test_a_term_that_somebody_wrote_into_the_graph_is_known(ask):
    graph = Graph()
    graph.store.inner.update("INSERT DATA { <x:a> <https://w3id.org/newskg/ontology#ours> <x:b> }")
    assert unknown_terms("ASK { ?a kg:ours ?b }", graph.query) == [] != unknown_terms("ASK { ?a kg:ours ?b }", ask)


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("ASK { ?a rdfs:lable ?b }", "nothing here is rdfs:lable; did you mean rdfs:label?"),
        ("ASK { place:bakku kg:visits ?b }", "nothing here is place:bakku; did you mean place:baku?"),
        ("ASK { ?a kg:visitedBy ?b }", "kg:visitedBy is never written: ask for ^kg:visits"),
        ('ASK { ?a rdfs:label "Turki" }', 'names have a language: write "Turki"@id for "Turki"'),
        ('ASK { ?a rdfs:label "Turky"@id }', 'nothing here is called "Turky"@id; did you mean Turki?'),
    ],
)
def test_what_the_graph_does_not_have(ask, sparql, told):
    assert absent(sparql, ask) == [told]


def test_what_stands_in_a_filter_is_no_name(ask):
    assert absent('ASK { ?a rdfs:label ?b FILTER (STRSTARTS(?b, "Zz")) FILTER (?b = "Qq") }', ask) == []
