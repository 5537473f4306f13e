"""What is looked at before pyoxigraph reads it: no way of writing hides SERVICE or LOAD, and no text takes long."""

from __future__ import annotations

import time

import pytest

from kg.errors import QueryError
from kg.graph.vet import clear_silently, shape, skeleton, using, vet

CALL = "SERVICE<http://127.0.0.1:9/>{?a ?b ?c}"
# pyoxigraph parses each of these; of those whose pattern matches, a listening server was seen to be called.
HIDDEN = {
    "a number before it": f"ASK {{ ?s ?p 5.0e0{CALL} }}",
    "true before it": f"ASK {{ ?s ?p true{CALL} }}",
    "a name without a local part": f"PREFIX e:<http://e/> ASK {{ ?s ?p e:.{CALL} }}",
    "a name after it": "PREFIX e:<http://127.0.0.1:9/> ASK { ?s ?p ?o.SERVICEe:y{?a ?b ?c} }",
    "a name after it and a comment": "PREFIX e:<http://127.0.0.1:9/> ASK { SERVICEe:y#x\n{?a ?b ?c} }",
    "silent and a name": "PREFIX e:<http://127.0.0.1:9/> ASK { SERVICESILENTe:y{?a ?b ?c} }",
    "silent and an address": f"ASK {{ {CALL.replace('SERVICE', 'SERVICESILENT')} }}",
    "silent and a variable": "ASK { SERVICESILENT?x{?a ?b ?c} VALUES ?x {<http://127.0.0.1:9/>} }",
    "an escaped hash": f"PREFIX e:<http://e/> ASK {{ FILTER(1 != e:a\\#) {CALL}\n}}",
    "an escaped quote": f"PREFIX e:<http://e/> ASK {{ FILTER(1 != e:a\\') {CALL} FILTER('a'!='') }}",
    "a comparison like an IRI": "PREFIX :<http://127.0.0.1:9/> ASK { FILTER(?a<?b)SERVICE:x#>\n{?x ?y ?z} }",
    "a comparison with a string": f"ASK {{ FILTER(?a<'>'){CALL} #'\n }}",
    "a comparison with a string that holds an end": f"ASK {{ FILTER(?a<'x>y'){CALL} }}",
    "a comparison and a comment": f"ASK {{ FILTER(?a<#>'''\n2){CALL}#'''\n }}",
    "an IRI with an escape": f"ASK {{ FILTER(1 != <http://e/\\u0041#>){CALL}\n }}",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_no_way_of_writing_hides_a_service(way: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        vet(HIDDEN[way])
    with pytest.raises(QueryError, match="SERVICE is refused"):
        vet(HIDDEN[way].replace("ASK", "INSERT { ?s ?p ?o } WHERE"), update=True)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD<http://e/>",
        "LOADSILENT<http://e/>",
        "PREFIX e:<http://e/> LOADe:x",
        "PREFIX e:<http://e/>LOADSILENTe:x",
        "PREFIX e:<http://e/> INSERT DATA {<a:a> <a:b> e:a\\#};LOAD e:x\n",
        "PREFIX e:<http://e/> CLEAR DEFAULT;LOADe:x",
        "PREFIX e:<http://e/> CREATE GRAPH e:GRAPH;LOADe:x",
        "load # x\n <http://e/>",
    ],
)
def test_no_way_of_writing_hides_a_load(update: str) -> None:
    with pytest.raises(QueryError, match="LOAD is refused"):
        vet(update, update=True)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <http://e/service#> ASK { ?s service:type ?o ; ?p <http://e/SERVICE#x> }",
        "PREFIX bd: <http://e/> ASK { ?serviceOf bd:serviceParam 'SERVICE <http://e/> {}' } # SERVICE <http://e/> {}",
        'ASK { ?s ?p \'it\\\'s # no SERVICE\' ; <http://e/it\'s> """SERVICE \'""" }',
        "ASK { FILTER(?a < 1 && ?b > 2) FILTER(?a<?b&&?c>?d) }",
    ],
)
def test_other_words_are_let_pass(query: str) -> None:
    assert "SERVICE" not in vet(query).words


def test_names_like_keywords_are_let_pass_in_updates() -> None:
    vet(
        "PREFIX load:<http://e/> INSERT DATA { GRAPH load:a { load:a load:b 1 } } ; CLEAR GRAPH load:b ;"
        " WITH load:g DELETE { ?s ?p ?o } USING NAMED load:n WHERE { ?s ?p ?o }",
        update=True,
    )


def test_words_stay_what_they_were() -> None:
    found = shape("SELECT*FROM<http://e/a>FROM NAMED<http://e/b>WHERE{?s ?p 1-1.5-2 UNION e:x-y}")
    assert {"SELECT", "FROM", "NAMED", "WHERE", "UNION"} <= found.words
    assert found.sources == ("http://e/a", "http://e/b") and found.operators == 3 and found.unions == 1
    assert skeleton("SELECT * { ?s ?p 10 } LIMIT 5 # x") == skeleton("SELECT * {?s ?p 2.5} LIMIT 70")
    assert using("DELETE WHERE { ?s ?p 1 }", ["http://e/a"], []) == (
        "DELETE  { ?s ?p 1 } USING <http://e/a> WHERE { ?s ?p 1 }"
    )
    assert clear_silently("CLEAR ALL ; CLEAR # x\n SILENT DEFAULT") == "CLEAR SILENT ALL ; CLEAR # x\n SILENT DEFAULT"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "-",
        ".",
        "_",
        "é",
        "\\'",
        "'\\'",
        '"""\\"',
        "<",
        "<a",
        "a:",
        "'",
        "'''",
        "\\",
        "#",
        "e:\\'",
        "1.",
        "a-",
        "<'",
        "?",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    def spent(text: str) -> float:
        """Return the processor seconds that looking at a text takes, the lesser of two."""
        found = []
        for _ in range(2):
            before = time.process_time()
            shape(text)
            skeleton(text)
            found.append(time.process_time() - before)
        return min(found)

    for start in ("", "'"):
        short, long = (spent(start + piece * (size // len(piece))) for size in (6_250, 100_000))
        assert long < 16 * 6 * max(short, 0.001)  # sixteen times the text; what tries twice takes 256 times as long
