"""Other people's clients, every format, named queries, CORS, and a store that grows while it is served."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS

from kg.cli import main
from kg.graph import Store, queries
from web.conftest import Server
from web.running import served

VISITS = "SELECT ?a ?b { ?a kg:visits ?b }"
PREFIXED = "PREFIX kg: <https://w3id.org/newskg/ontology#> " + VISITS


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json,text/javascript", "application/json"),
        ("application/sparql-results+xml", None),
        ("text/csv", None),
        ("text/tab-separated-values", None),
        ("text/csv;q=0.1, application/xml", "application/xml"),
        ("application/rdf+xml, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("application/*;q=0.2, text/csv", "text/csv"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_formats_of_tables(reader: Server, accept: str, kind: str | None) -> None:
    answer = reader.ask(VISITS, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == (kind or accept)
    assert "azerbaijan" in answer.text.lower() or "country/AZ" in answer.text


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_formats_of_graphs(reader: Server, accept: str) -> None:
    answer = reader.ask("CONSTRUCT { ?a kg:visits ?b } WHERE { ?a kg:visits ?b }", accept)
    assert answer.headers["content-type"].startswith(accept) and "visits" in answer.text


def test_what_cannot_be_given_is_said(reader: Server) -> None:
    assert reader.ask(VISITS, "image/png").status_code == 406
    assert reader.ask(VISITS, "text/turtle").status_code == 406
    assert reader.ask("ASK {}", "text/csv").status_code == 406
    wrong = reader.ask("SELECT ?a {")
    assert wrong.status_code == 400 and "parse" in wrong.text and wrong.text.count("\n") == 1


def test_what_a_format_does_not_have_is_said(writer: Server) -> None:
    about = "<http://e/s> <http://e/p> <<( <http://e/a> <http://e/b> 1 )>> ."
    put = writer.client.put("/store?graph=http://e/about", content=about, headers={"content-type": "text/turtle"})
    assert put.status_code in (201, 204)
    for accept, status in (("text/turtle", 200), ("application/ld+json", 400)):
        for path in (
            "/store?graph=http://e/about",
            "/sparql?query=CONSTRUCT{?s+?p+?o}{GRAPH<http://e/about>{?s+?p+?o}}",
        ):
            answer = writer.client.get(path, headers={"Accept": accept})
            assert answer.status_code == status and str(writer.store.parent) not in answer.text
    assert "JSON-LD" in answer.text and answer.text.count("\n") == 1


def test_unknown_parameters_are_passed_over_and_nothing_is_decoded_twice(reader: Server) -> None:
    answer = reader.ask('SELECT ("%41+%20" AS ?x) {}', "text/csv", format="json", output="json", results="json")
    assert answer.text.splitlines()[1] == "%41+%20"


def test_sparqlwrapper(reader: Server, writer: Server) -> None:
    from SPARQLWrapper import CSV, JSON, N3, POST, SPARQLWrapper

    wrapper = SPARQLWrapper(f"{reader.url}/sparql")
    wrapper.setQuery(PREFIXED)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.query().convert()["results"]["bindings"]) == 1
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(CSV)
    assert b"country/AZ" in wrapper.query().convert()
    wrapper.setQuery("DESCRIBE <https://w3id.org/newskg/entity/country/AZ>")
    wrapper.setReturnFormat(N3)
    assert b"Azerbaijan" in wrapper.query().convert()
    update = SPARQLWrapper(f"{writer.url}/sparql")
    update.setMethod(POST)
    update.setQuery("INSERT DATA { GRAPH <http://e/wrapped> { <http://e/s> <http://e/p> 'wrapped' } }")
    update.query()
    assert writer.ask("ASK { ?s ?p 'wrapped' }", "*/*").json()["boolean"]


def test_rdflib(reader: Server, writer: Server) -> None:
    from rdflib import Graph, Literal, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

    for method in ("GET", "POST"):
        graph = Graph(SPARQLStore(f"{reader.url}/sparql", method=method))
        (row,) = graph.query(PREFIXED)
        assert str(row[1]).endswith("country/AZ")
        assert graph.query("ASK {}").askAnswer is True
    store = SPARQLUpdateStore(f"{writer.url}/sparql", f"{writer.url}/sparql")
    graph = Graph(store, URIRef("http://e/rdflib"))
    graph.add((URIRef("http://e/s"), URIRef("http://e/p"), Literal("by rdflib")))
    store.commit()
    assert (None, None, Literal("by rdflib")) in graph and len(graph) == 1


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl")
def test_curl(reader: Server, writer: Server, tmp_path: Path) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-sS", "--max-time", "20", *arguments], capture_output=True, text=True, check=True
        ).stdout

    assert json.loads(curl(f"{reader.url}/sparql", "--data-urlencode", f"query={VISITS}"))["results"]["bindings"]
    assert "country/AZ" in curl(
        "-G", f"{reader.url}/sparql", "-H", "Accept: text/csv", "--data-urlencode", f"query={VISITS}"
    )
    data = tmp_path / "x.ttl"
    data.write_text("<http://e/s> <http://e/p> 'by curl' .")
    curl("-T", str(data), "-H", "Content-Type: text/turtle", f"{writer.url}/store?graph=http://e/curl")
    assert "by curl" in curl(f"{writer.url}/store?graph=http://e/curl")
    data.write_text("<http://e/s> <http://e/p> 'form' .")
    curl("-F", f"a=@{data};type=text/turtle", f"{writer.url}/store?graph=http://e/curl")
    assert "form" in curl(f"{writer.url}/store?graph=http://e/curl")
    assert "HTTP/1.1 200" in curl("-I", f"{writer.url}/store?graph=http://e/curl")


@pytest.mark.parametrize("name", queries.names())
def test_named_queries(reader: Server, name: str) -> None:
    assert reader.client.get(f"/queries/{name}").status_code == 200
    assert any(one["name"] == name and "id" in one["titles"] for one in reader.client.get("/queries").json())
    about = reader.client.get("/queries/about", params={"actor": "Turki"}, headers={"Accept": "text/csv"})
    assert len(about.text.splitlines()) > 2
    assert reader.client.get("/queries/about?actor=a&actor=b").status_code == 400


def test_cors(reader: Server) -> None:
    asked = {"Origin": "https://e.example", "Access-Control-Request-Method": "POST"}
    answer = reader.client.options("/sparql", headers=asked)
    assert answer.status_code == 200 and "POST" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD"),
        ("/sparql", "GET, HEAD, POST"),
        ("/store/x", "GET, HEAD, POST, PUT, DELETE"),
        ("/explore/node", "GET, HEAD"),
        ("/entity/country/TR", "GET, HEAD"),
    ],
)
def test_each_address_says_what_it_takes(reader: Server, path: str, methods: str) -> None:
    assert reader.client.options(path).headers["allow"] == f"{methods}, OPTIONS"
    described = reader.client.get("/openapi.json").json()["paths"]
    told = next(
        found
        for name, found in described.items()
        if name.split("{")[0] == path[: len(name.split("{")[0])] and ("{" in name) == (path.count("/") > 1)
    )
    assert {method.upper() for method in told} == set(methods.split(", ")) - {"HEAD"}
    assert reader.client.options("/nowhere").status_code == 404


def test_openapi_names_what_there_is(reader: Server) -> None:
    paths = reader.client.get("/openapi.json").json()["paths"]
    assert {"/sparql", "/store", "/queries", "/health", "/"} <= set(paths)
    for path, methods in paths.items():
        if "{" not in path:
            assert reader.client.get(path).status_code in ((200, 400) if "get" in methods else (405,)), path
            assert "post" not in methods or reader.client.post(path).status_code != 405, path
    for kind, told in paths["/queries/{name}"]["get"]["responses"]["200"]["content"].items():
        assert (told["schema"] == {}) == kind.endswith("json"), kind  # JSON is no string


@pytest.mark.slow
def test_what_is_built_meanwhile_is_served(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
    with served(tmp_path / "store") as url:
        with Store.open(tmp_path / "store") as store:  # a server that reads does not hold the store
            store.add(ENGLISH, ENGLISH_STATEMENTS)
        end, said = time.monotonic() + 180, ""
        while time.monotonic() < end and "supports" not in said:
            said = httpx.get(f"{url}/sparql", params={"query": "SELECT ?r { ?e kg:relation ?r }"}).text
            time.sleep(0.5)
        assert "supports" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["--write"],
        ["--token", "x"],
        ["--open"],
        ["--write", "--open", "--token", "x"],
        ["--write", "--open", "--host", "0.0.0.0"],
        ["--cors", "evil"],
        ["--port", "99999"],
        ["--timeout", "0"],
    ],
)
def test_bad_usage(tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", str(tmp_path), *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_what_keeps_a_server_from_starting_is_one_line(tmp_path: Path) -> None:
    def refusal(store: Path, *options: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", str(store), *options],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        said = [line for line in done.stderr.splitlines() if not line.startswith("Serving")]
        assert done.returncode == 1 and len(said) == 1
        return said[0]

    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "--port" in refusal(tmp_path / "store", "--port", str(taken.getsockname()[1]))
    with Store.open(tmp_path / "store"):
        assert "another process" in refusal(tmp_path / "store", "--port", "0", "--write", "--open")
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    assert "damaged" in refusal(tmp_path / "store", "--port", "0")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", str(tmp_path / "none")]) == 1
    assert "holds no store" in capsys.readouterr().err.splitlines()[-1]
