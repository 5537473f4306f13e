"""SPARQL that does not parse is explained in words, and never by the parser's own list of letters."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.store import Store

WRONG = {
    "SELECT ?a {": "a '{' is not closed",
    "SELECT ?a { ?a rdfs:label ?b } }": "closes nothing",
    "SELECT ?a { ?a kg:visits ?b )": "')' closes '{'",
    "SELECT ?a { ?a foo:bar ?b }": "no prefix foo: is known; declare it with PREFIX foo: <…>, or use one of ",
    "SELECT ?a { ?a schem:name ?b }": "did you mean schema:?",
    "PREFIX x: <http://x.example/> SELECT ?a { ?a x:y ?b ; z:y ?c }": "no prefix z: is known",
    "SELEC ?a { ?a ?b ?c }": "did you mean SELECT?",
    "mengunjungi Kyiv": "it begins with 'mengunjungi'",
    "  # nothing": "it is empty",
    "INSERT DATA { }": "INSERT is an update",
    "PREFIX x: <http://x.example/> DELETE WHERE { ?a ?b ?c }": "DELETE is an update",
    "SELECT ?a, ?b { ?a ?c ?b }": "without commas",
    "SELECT ?a { ?a ?b 'x }": "a quotation mark is not closed",
    "SELECT ?a { ?a ?b ?c FILTER ?c = 3 }": "write FILTER(?c …)",
    "SELECT ?a (COUNT(?b) AS ?n) { ?a ?c ?b }": "neither in the pattern nor in GROUP BY",
    "SELECT ?a { ?a a <foo bar> }": "an IRI in <…> is none",
    "SELECT ?a {\n ?a ?b }": "line 2, column 9; each pattern has three terms",
}


@pytest.mark.parametrize("sparql", WRONG)
def test_what_is_wrong_is_said_in_words(sparql):
    with pytest.raises(QueryError, match="the query does not parse") as told:
        Store.memory().query(sparql)
    assert WRONG[sparql] in str(told.value)
    assert "expected one of" not in str(told.value) and "'\\u{" not in str(told.value)


@pytest.mark.parametrize(
    "sparql",
    [
        "PREFIX x: <http://x.example/> ASK { ?a x:b <http://x.example/c> }",
        "BASE <http://x.example/> SELECT * { ?a ?b _:c }",
        "SELECT ?a { ?a ?b 'it\\'s { here', \"a:b\" } # with a { in it",
        "describe country:TR",
    ],
)
def test_what_is_right_is_answered(sparql):
    Store.memory().query(sparql)
