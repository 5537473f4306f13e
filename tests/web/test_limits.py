"""The server goes on: queries that kill or hang others, too much, too many, too slow, and attempts to reach out."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import uvicorn
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS

from kg.graph import Store
from kg.graph.vet import skeleton
from kg.vocab import KG
from kg.web.process import in_thread_if_long
from web.conftest import Server
from web.running import served

MIXED = "SELECT * { VALUES ?o { 1 'a' true 2.5 <http://e/> 'b'@en 1e0 } VALUES ?p { 1 'a' true } } ORDER BY ?o ?p"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
KILLERS = {
    "braces": "ASK " + "{" * 2300 + "}" * 2300,
    "unions": "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 20_000) + " }",
    "negations": "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "sum": "ASK { FILTER(" + "+".join(["1"] * 50_000) + " > 0) }",
    "cross": CROSS,
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<http://e/>)+ ?b . ?c (!<http://e/>)+ ?d . ?e (!<http://e/>)+ ?f }",
    "service": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service glued to its name": "PREFIX : <http://127.0.0.1:9/> ASK{SERVICE:x{?s ?p ?o}}",
    "service in a subquery": "ASK { { SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    "optionals": "ASK { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 20_000 + "}",
    "a list": "ASK { ?s ?p (" + "1 " * 20_000 + ") }",
    "long path": "ASK { ?s " + "/".join(["<http://e/p>"] * 4_000) + " ?o }",
    "nested nodes": "ASK { ?s ?p " + "[ ?p " * 190 + "1" + " ]" * 190 + " }",
    "service behind a name": "PREFIX e:<http://e/> ASK { FILTER(1 != e:a\\#) SERVICE <http://127.0.0.1:9/> {}\n}",
    "load": "LOAD <http://127.0.0.1:9/>",
    "from elsewhere": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }",
    "memory": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "many rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server of two articles, whose queries may take two seconds."""
    folder = tmp_path_factory.mktemp("hurried") / "store"
    with Store.open(folder) as store:
        store.add(ARTICLE, STATEMENTS)
        store.add(ENGLISH, ENGLISH_STATEMENTS)
    with served(folder, "--timeout", "2") as url, httpx.Client(base_url=url, timeout=180) as client:
        yield Server(url, folder, client)


def patiently(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask, and again where a busy machine could not answer in time: 503 says after how long to come back."""
    for _ in range(10):
        answer = ask()
        if answer.status_code != 503:
            break
        time.sleep(float(answer.headers["retry-after"]))
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("name", KILLERS)
def test_what_kills_other_servers_ends_clearly(hurried: Server, name: str) -> None:
    answer = hurried.client.post("/sparql", data={"query": KILLERS[name]})  # some would go on for years
    assert 400 <= answer.status_code < 500 or answer.status_code == 503, answer.text
    assert answer.text.count("\n") == 1 and len(answer.text) < 400
    assert patiently(lambda: hurried.ask("ASK {}", "application/json")).json()["boolean"] is True


@pytest.mark.slow
def test_an_order_without_order_does_not_end_the_server(hurried: Server) -> None:
    query = "SELECT * { { ?s ?p ?o } UNION { VALUES ?o { 1 'a' true 2.5 1e0 'b'@en } } } ORDER BY ?o ?p"
    for asked in (MIXED, query, "SELECT * { ?s ?p ?o . ?s ?p2 ?o2 } ORDER BY ?o ?o2"):
        assert hurried.ask(asked).status_code in (200, 400, 503)
        assert patiently(lambda: hurried.ask("ASK {}", "*/*")).status_code == 200


@pytest.fixture
def trap() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who comes."""
    seen: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", seen
        server.shutdown()


def test_nothing_is_fetched(reader: Server, writer: Server, trap: tuple[str, list[str]]) -> None:
    url, seen = trap
    for query in (
        f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        f"ASK {{ SERVICE <{url}> {{}} }}",
        f"PREFIX : <{url}> ASK{{SERVICE:x{{?s ?p ?o}}}}",
        f"PREFIX : <{url}> ASK FROM:x{{?s ?p ?o}}",
    ):
        assert reader.ask(query, "*/*").status_code in (200, 400)
        assert reader.client.get("/sparql", params={"query": "ASK {}", "default-graph-uri": url}).status_code == 200
    for update in (
        f"LOAD <{url}>",
        f"LOAD SILENT <{url}> INTO GRAPH <http://e/>",
        f"PREFIX : <{url}> LOAD:x",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "LOAD <file:///etc/passwd>",
    ):
        answer = writer.client.post("/sparql", data={"update": update})
        assert answer.status_code == 400 and "refused" in answer.text
    context = json.dumps({"@context": url, "@id": "http://e/s", "name": "x"})
    put = writer.client.put("/store?graph=http://e/g", content=context, headers={"content-type": "application/ld+json"})
    assert put.status_code == 400
    dtd = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{url}">]><r xmlns="http://e/">&x;</r>'
    assert (
        writer.client.put(
            "/store?graph=http://e/g", content=dtd, headers={"content-type": "application/rdf+xml"}
        ).status_code
        == 400
    )
    assert seen == []


def test_entity_bombs_are_refused(writer: Server) -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]><r>&j;</r>"
    )
    answer = writer.client.put("/store?graph=http://e/b", content=bomb, headers={"content-type": "application/rdf+xml"})
    assert answer.status_code == 400 and "entities" in answer.text


@pytest.mark.slow
def test_sizes_are_limited(reader: Server, writer: Server) -> None:
    big = b"x" * 11_000_000
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert reader.client.post("/sparql", content=b"query=" + big, headers=form).status_code == 413
    refused = reader.client.post("/sparql", data={"query": "ASK {} #" + "x" * 1_100_000})
    assert refused.status_code == 413 and "query" in refused.text
    assert reader.client.get("/sparql", params={"query": "ASK { # " + "x" * 65_000 + "\n}"}).status_code in (400, 414)

    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * 100_000

    try:
        answer = writer.client.put(
            "/store?graph=http://e/x", content=endless(), headers={"content-type": "text/turtle"}
        )
        assert answer.status_code == 413
    except (httpx.WriteError, httpx.RemoteProtocolError):
        pass  # the answer came before the body was sent, and the connection was closed
    assert reader.client.get("/health").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1", "?a ?b ?c . ", "<a", "'\\'"])
def test_looking_at_a_long_query_keeps_nobody_waiting(reader: Server, piece: str) -> None:
    query = "ASK { FILTER(" + piece * (900_000 // len(piece)) + ") }"
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(lambda: httpx.post(f"{reader.url}/sparql", data={"query": query}, timeout=180).status_code)
        while not long.done():
            assert httpx.get(f"{reader.url}/queries", timeout=180).status_code == 200
        assert long.result() in (200, 400, 503)


def test_a_long_query_is_looked_at_beside_what_others_ask() -> None:
    async def turns(text: str) -> int:
        """Count the turns that others get while a query is looked at."""
        found = 0
        look = asyncio.ensure_future(in_thread_if_long(skeleton, text))
        await asyncio.sleep(0)
        while not look.done():
            found += 1
            await asyncio.sleep(0.001)
        return found

    assert asyncio.run(turns("ASK { FILTER(" + "?a ?b ?c . " * 80_000 + ") }")) > 3
    assert asyncio.run(turns("ASK {}")) == 0  # a short one is not worth a thread


@contextlib.contextmanager
def impatient(store: Path, patience: float = 1.0, **limits: int) -> Iterator[tuple[int, uvicorn.server.ServerState]]:
    """Serve in this process with little patience; give the port, and what the server knows of its clients."""
    from kg.web import Settings, application
    from kg.web.server import protocol

    server = uvicorn.Server(
        uvicorn.Config(
            application(Settings(store, patience=patience, fast=1)),
            port=0,
            log_level="error",
            http=protocol(patience, **limits),
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield port, server.server_state
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.mark.slow
def test_a_slow_client_is_let_go(tmp_path: Path) -> None:
    # A head that never ends, and a body that never comes.
    with Store.open(tmp_path / "store") as store:
        store.flush()
    with impatient(tmp_path / "store") as (port, _):
        for sent, expected in (
            (b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ", b""),
            (
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK",
                b"HTTP/1.1 408",
            ),
            (b"", b""),
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=180) as client:
                client.sendall(sent)
                assert client.recv(1000).startswith(expected)


@pytest.mark.slow
@pytest.mark.parametrize("limits", [{}, {"untaken": 20_000_000}])
def test_an_answer_that_is_not_taken_is_given_up(tmp_path: Path, limits: dict[str, int]) -> None:
    # 25 MB to each of three who read nothing: kept for as long as they stay, they would fill the memory.
    with Store.open(tmp_path / "store") as store:
        store.inner.extend(ox.Quad(KG.x, KG.y, ox.Literal("x" * 50_000 + str(n))) for n in range(500))

    def read(client: socket.socket) -> int:
        size = 0
        with contextlib.suppress(ConnectionError):
            while piece := client.recv(1 << 20):
                size += len(piece)
        return size

    def ask(port: int, n: int) -> socket.socket:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 10_000)
        client.settimeout(180)
        client.connect(("127.0.0.1", port))
        client.sendall(
            f"GET /sparql?query=SELECT+?o+{{?s+?p+?o}}%23{n} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            "Accept: text/csv\r\n\r\n".encode()
        )
        return client

    def until(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + 180
        while not condition():
            assert time.monotonic() < end, "never true"
            time.sleep(0.05)

    with impatient(tmp_path / "store", **limits) as (port, state):
        clients = [ask(port, n) for n in range(3)]
        until(lambda: state.total_requests == 3)
        until(lambda: not state.connections)
        assert all(read(client) < 20_000_000 for client in clients)
        assert httpx.get(f"http://127.0.0.1:{port}/health", timeout=180).status_code == 200
    if not limits:  # who takes it gets it all
        with impatient(tmp_path / "store", patience=60) as (port, _):
            assert read(ask(port, 4)) > 25_000_000


@pytest.mark.slow
def test_short_queries_are_answered_beside_long_ones(hurried: Server) -> None:
    def long(n: int) -> int:
        return httpx.post(f"{hurried.url}/sparql", data={"query": f"{CROSS} # {n}"}, timeout=180).status_code

    def short(n: int) -> int:
        asked = {"query": f"ASK {{}} # {n}"}
        return patiently(lambda: httpx.get(f"{hurried.url}/sparql", params=asked, timeout=180)).status_code

    with ThreadPoolExecutor(24) as pool:
        runaway = [pool.submit(long, n) for n in range(8)]
        good = [pool.submit(short, n) for n in range(60)]
        assert {one.result() for one in good} == {200}
        assert {one.result() for one in runaway} == {503}
    assert not list(hurried.store.parent.glob("*/core*"))


@pytest.mark.slow
def test_snapshots_are_tidied(tmp_path: Path) -> None:
    with served(tmp_path / "store", "--write", "--open") as url:
        for n in range(5):
            httpx.post(f"{url}/sparql", data={"update": f"INSERT DATA {{ <http://e/{n}> a <http://e/x> }}"})
        assert (
            httpx.get(f"{url}/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()["results"][
                "bindings"
            ][0]["n"]["value"]
            == "5"
        )
        (folder,) = tmp_path.glob(".store-served-*")
        assert len(list(folder.iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    with Store.load(tmp_path / "store") as store:
        assert len(store) == 5
