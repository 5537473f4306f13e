"""Answers as rows, tables and the W3C's formats."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib
from rdflib.query import Result as RdflibResult

from graph.examples import ARTICLE, STATEMENTS
from kg.errors import QueryError
from kg.graph import Store

SELECT = "SELECT ?e ?n ?d ?missing { ?e kg:subject/rdfs:label ?n OPTIONAL { ?e sem:hasTimeStamp ?d } } ORDER BY ?n ?e"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    return store


def test_rows_tables_and_dicts(store: Store) -> None:
    result = store.query(SELECT)
    assert result.vars == ("e", "n", "d", "missing") and result.kind == "rows" and len(result) == 5
    assert result.table()[0][0].startswith("event:") and result.table()[0][1:] == ("Armenia", "1994", "")
    assert result.dicts()[0]["missing"] is None and (result.dicts()[0]["e"] or "").startswith("https://")
    assert len(list(result)) == 5 and result


@pytest.mark.parametrize("read_first", [True, False])
@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_every_format_before_and_after_reading(store: Store, format: str, read_first: bool) -> None:
    result = store.query(SELECT)
    if read_first:
        assert result.rows
    data = result.serialize(format)
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode())))
    elif format == "json":
        rows = [{k: v["value"] for k, v in row.items()} for row in json.loads(data)["results"]["bindings"]]
    else:
        parsed = RdflibResult.parse(io.BytesIO(data), format=format)
        rows = [{str(k): str(v) for k, v in row.items()} for row in parsed.bindings]
    assert [row["n"] for row in rows] == [row[1] for row in store.query(SELECT).table()]
    assert rows[0]["d"] == "1994"


def test_ask(store: Store) -> None:
    assert store.query("ASK { ?s ?p ?o }").boolean is True and not store.query("ASK { ?s kg:none ?o }")
    assert json.loads(store.query("ASK { ?s ?p ?o }").serialize("json"))["boolean"] is True
    assert store.query("ASK { ?s ?p ?o }").table() == [("true",)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_construct(store: Store) -> None:
    result = store.query("CONSTRUCT { ?a kg:visits ?b } WHERE { ?a kg:visits ?b }")
    assert result.table() == [("person:mevlut-cavusoglu", "kg:visits", "country:AZ")]
    assert "person:mevlut-cavusoglu kg:visits country:AZ ." in result.serialize("ttl").decode()
    for format, name in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")):
        assert len(rdflib.Graph().parse(data=result.serialize(format), format=name)) == 1
    assert result.serialize("csv").decode().startswith("subject,predicate,object")
    assert b"mevlut" in store.query("DESCRIBE person:mevlut-cavusoglu").serialize("ttl")


def test_formats_that_do_not_fit(store: Store) -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        store.query(SELECT).serialize("ttl")
    with pytest.raises(QueryError, match="xlsx"):
        store.query(SELECT).serialize("xlsx")
