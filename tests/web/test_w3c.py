"""The W3C's tests of Protocol, Graph Store and Service Description, sent and judged here; see `w3c_cases.py`."""

from __future__ import annotations

import httpx
import pyoxigraph as ox
import pytest

from web.conftest import Server
from web.w3c_cases import DATA, GRAPH_STORE, OLDER, PROTOCOL, UPDATE, Ask, Case

pytestmark = pytest.mark.slow  # the W3C's own cases, of which our code seldom has news

RESULTS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def send(client: httpx.Client, endpoint: str, ask: Ask, location: str) -> httpx.Response:
    headers = {name: value for name, value in (("content-type", ask.type), ("accept", ask.accept)) if value}
    body = (
        None
        if ask.body is None
        else (ask.body.encode() if ask.encoding == "UTF-8" else ("\ufeff" + ask.body).encode("utf-16-le"))
    )
    path = ask.path.replace("$LOCATION$", location)
    return client.request(ask.method, endpoint + path, content=body, headers=headers)


def judge(answer: httpx.Response, ask: Ask) -> None:
    code = str(answer.status_code)
    assert any(code == wanted or (wanted[1:] == "xx" and code[0] == wanted[0]) for wanted in ask.status), answer.text
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if ask.format:
        assert kind in RESULTS[ask.format]
    if ask.boolean is not None:
        assert bool(ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)) is ask.boolean
    if ask.returns_type:
        assert kind == "text/turtle"
    if ask.returns:
        expected, found = (ox.Dataset(ox.parse(data, ox.RdfFormat.TURTLE)) for data in (ask.returns, answer.content))
        for dataset in (expected, found):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert expected == found


@pytest.mark.parametrize("case", PROTOCOL, ids=lambda case: case.name)
def test_protocol(writer: Server, case: Case) -> None:
    if case.graphs:
        data = "".join(
            f"GRAPH <{DATA.format(n)}> {{ <{DATA.format(n)}> a <http://xmlns.com/foaf/0.1/Document> }}"
            for n in case.graphs
        )
        loaded = writer.client.post(
            "/sparql", content=f"DROP SILENT ALL ; INSERT DATA {{ {data} }}", headers={"content-type": UPDATE}
        )
        assert loaded.status_code == 204
    for ask in case.asks:
        answer = send(writer.client, "/sparql", ask, "")
        judge(answer, ask)
    if case.name == "update_base_uri":
        (row,) = answer.json()["results"]["bindings"]
        assert row["o"] == {"type": "uri", "value": f"{writer.url}/test"}


@pytest.mark.parametrize("case", [*GRAPH_STORE, *OLDER], ids=lambda case: case.name)
def test_graph_store(writer: Server, case: Case) -> None:
    for ask in case.asks:
        if ask.path and "$" not in ask.path:
            writer.client.delete("/store" + ask.path)
    location = ""
    for ask in case.asks:
        answer = send(writer.client, "/store", ask, location)
        judge(answer, ask)
        location = answer.headers.get("location", location) if ask.location else location
    assert location.startswith(writer.url) or not any(ask.location for ask in case.asks)


@pytest.mark.parametrize(
    "format", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"]
)
def test_service_description(writer: Server, format: str) -> None:
    answer = writer.client.get("/sparql", headers={"Accept": format})
    assert answer.headers["content-type"].startswith(format)
    quads = set(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(format)))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    (service,) = (q.subject for q in quads if q.predicate.value == TYPE and q.object == ox.NamedNode(sd + "Service"))
    assert ox.Quad(service, ox.NamedNode(sd + "endpoint"), ox.NamedNode(f"{writer.url}/sparql")) in quads
    datasets = {q.subject for q in quads if q.object == ox.NamedNode(sd + "Dataset")}
    assert datasets == {q.subject for q in quads if q.predicate.value == sd + "defaultGraph"}
