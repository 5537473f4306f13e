"""Names beside IRIs, and rows that only the language of labels parts."""

from __future__ import annotations

import pytest

from kg.api import Graph
from kg.graph.labelled import names_of, one_per_statement

DATA = """
INSERT DATA {
  <x:tr> rdfs:label "Turki"@id, "Turkey"@en ; skos:prefLabel "Türkiye"@en ; skos:altLabel "Republik Turki"@id .
  <x:ge> rdfs:label "Georgia"@en, "Georgia"@id . <x:mo> rdfs:label "Moscow"@en, "Moskwa"@id .
  <x:w> rdfs:label "Wira" ; skos:altLabel "Pak Wira"@id, "Mr Wira"@en .
  <x:e1> <x:by> <x:w> ; <x:to> <x:tr> ; <x:said> "satu" . <x:e2> <x:by> <x:w> ; <x:to> <x:mo> ; <x:said> "satu" .
  <x:e3> <x:by> <x:tr> ; <x:to> <x:mo> ; <x:said> "tiga" .
}"""
ASKED = "SELECT ?who ?where ?said { ?e <x:by>/rdfs:label ?who ; <x:to>/rdfs:label ?where ; <x:said> ?said }"


@pytest.fixture(scope="module")
def graph():
    from kg.vocab import prefixes

    made = Graph()
    made.store.inner.update(DATA, prefixes=prefixes())
    return made


@pytest.mark.parametrize(("language", "named"), [("en", {"Turkey", "Moscow"}), ("id", {"Turki", "Moskwa"})])
def test_one_row_per_statement_in_one_language(graph, language, named):
    rows = graph.query(ASKED).rows
    kept, alike = one_per_statement(rows, graph.query, language)
    assert len(rows) == 8 and (len(kept), alike) == (3, 5)
    assert {row[1].value for row in kept} == named  # two places in one sentence stay two rows
    assert {row[0].value for row in kept} == {"Wira", named & {"Turkey", "Turki"} and min(named & {"Turkey", "Turki"})}


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?n { <x:tr> rdfs:label ?n }",  # names alone are what was asked for
        "SELECT ?x ?n { ?x skos:altLabel ?n }",  # other names are no labels of one statement
        'SELECT ?x ?n { VALUES (?x ?n) { (1 "a"@en) (1 "b"@id) } }',  # nobody's labels
        'SELECT ?x ?n { VALUES (?x ?n) { (1 "Moscow"@en) (1 "Turki"@id) } }',  # labels of two things
        "SELECT ?x ?y { ?e <x:by> ?x ; <x:to> ?y }",
    ],
)
def test_rows_that_differ_otherwise_stay(graph, sparql):
    rows = graph.query(sparql).rows
    assert len(rows) > 1 and one_per_statement(rows, graph.query, "en") == (rows, 0)


def test_names_in_a_language_where_there_is_a_choice(graph):
    rows = graph.query("SELECT ?x ?y { ?e <x:by> ?x ; <x:to> ?y }").rows
    assert names_of(rows, graph.query, "id") == {"<x:tr>": "Turki", "<x:mo>": "Moskwa", "<x:w>": "Wira"}
    assert names_of(rows, graph.query, "en")["<x:tr>"] == "Turkey"
