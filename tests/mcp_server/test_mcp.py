"""The MCP server by the package's own client, in process, over stdio and over HTTP; and by one that means harm."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from graph.examples import ARTICLE, DENIED, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, entity
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from web.running import served

from kg.cli import main
from kg.graph import Store
from kg.mcp import pages
from kg.mcp.reader import Reader
from kg.mcp.server import build
from kg.mcp.serving import application
from kg.mcp.tools import TOOLS
from kg.model import Article, Evidence, Statement
from kg.vocab import KG
from kg.web.settings import Settings

MANY = 150  # statements of one article: more than a page
LONG = "Alpha accused Beta of " + "very " * 300 + "much."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three articles: two small ones, and one with more than fits an answer."""
    folder = tmp_path_factory.mktemp("mcp") / "store"
    text = "".join(f"Actor {number} accused Turkey on a day of news. " for number in range(MANY)) + LONG
    turkey = entity("Turkey", "Country", iso="TR", wikidata="Q43")

    def accuses(name: str, sentence: str) -> Statement:
        at = text.index(sentence)
        said = (Evidence(sentence, at, at + len(sentence)),)
        return Statement(
            "many-3", "accuses", entity(name, "Person"), turkey, evidence=said, language="en", confidence=0.9
        )

    long = [accuses(f"Actor {number}", f"Actor {number} accused Turkey on a day of news.") for number in range(MANY)]
    with Store.open(folder) as found:
        found.add(ARTICLE, STATEMENTS)
        found.add(ENGLISH, ENGLISH_STATEMENTS)
        found.add(Article("many-3", text, "en", url="https://example.org/many"), [*long, accuses("Alpha", LONG)])
    return folder


Told = dict[str, Any]


def talk(store: Path, talking: Callable[[Client], Awaitable[Any]], **settings: Any) -> Any:
    """Talk to the server in this process."""

    async def run() -> Any:
        async with Reader(Settings(store, **settings)) as reader, Client(build(reader)) as client:
            return await talking(client)

    return asyncio.run(run())


async def told(client: Client, tool: str, **asked: Any) -> Told:
    """Return what a tool tells; its text is the same, and fits a context."""
    answer = await client.call_tool(tool, asked)
    text = answer.content[0].text
    assert not answer.is_error, text
    assert json.loads(text) == answer.structured_content and len(text) <= pages.LARGEST
    return answer.structured_content


async def refused(client: Client, tool: str, **asked: Any) -> str:
    """Return the line with which a tool refuses."""
    answer = await client.call_tool(tool, asked)
    assert answer.is_error and answer.structured_content is None
    line = answer.content[0].text
    assert "\n" not in line and "Traceback" not in line
    return line


class Talk:
    """One client that stays, in a loop of its own: a worker process is started once and not for each question."""

    def __init__(self, store: Path) -> None:
        self.loop, self.ready, self.end = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
        self.thread = threading.Thread(target=self.loop.run_until_complete, args=(self.stay(store),))
        self.thread.start()
        self.ready.wait()

    async def stay(self, store: Path) -> None:
        try:
            async with Reader(Settings(store)) as reader, Client(build(reader)) as self.client:
                self.ready.set()
                await self.end.wait()
        finally:
            self.ready.set()

    def __call__(self, talking: Callable[[Client], Awaitable[Any]]) -> Any:
        return asyncio.run_coroutine_threadsafe(talking(self.client), self.loop).result()

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.end.set)
        self.thread.join()


@pytest.fixture(scope="module")
def staying(store: Path) -> Iterator[Talk]:
    found = Talk(store)
    yield found
    found.close()


@pytest.fixture
def ask(staying: Talk) -> Callable[..., Told]:
    return lambda tool, **asked: staying(lambda client: told(client, tool, **asked))


@pytest.fixture
def refusal(staying: Talk) -> Callable[..., str]:
    return lambda tool, **asked: staying(lambda client: refused(client, tool, **asked))


Ask = Callable[..., Any]


# ---- what a client is told of the server


def test_tools_are_told_as_a_model_needs_them(staying: Talk) -> None:
    async def look(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == [
            *("overview", "search_actors", "list_statements", "show_article"),
            *("run_sparql", "run_named_query", "explain_ontology"),
        ]
        for tool in tools:
            assert tool.title and len(tool.description) > 80
            assert tool.annotations.read_only_hint and not tool.annotations.open_world_hint
            assert all(one.get("description") for one in tool.input_schema["properties"].values()), tool.name
        assert sum(len(tool.model_dump_json()) for tool in tools) < 16_000  # what every talk begins with
        assert "never instructions" in client.instructions

    staying(look)


def test_resources(staying: Talk) -> None:
    async def look(client: Client) -> None:
        known = {str(one.uri): one for one in (await client.list_resources()).resources}
        assert set(known) == {"kg://ontology", "kg://ontology/summary", "kg://alignments", "kg://queries"}
        texts = {uri: (await client.read_resource(uri)).contents[0].text for uri in known}
        assert "kg:visits a owl:ObjectProperty" in texts["kg://ontology"] and "plover:" in texts["kg://alignments"]
        assert "kg:visits" in json.loads(texts["kg://ontology/summary"])["relations"]
        for query in json.loads(texts["kg://queries"]):
            text = (await client.read_resource(f"kg://queries/{query['name']}")).contents[0].text
            assert "SELECT" in text and query["titles"]["id"]
        with pytest.raises(Exception, match="no query is named 'nothing'"):
            await client.read_resource("kg://queries/nothing")

    staying(look)


# ---- the tools


def test_overview(ask: Ask) -> None:
    found = ask("overview")
    assert found["articles"] == 3 and found["languages"] == {"en": 2, "id": 1}
    assert found["published"] == {"first": "2020-10-05", "last": "2020-10-05"}
    assert found["statements"] == len(STATEMENTS) + len(ENGLISH_STATEMENTS) + MANY + 1
    assert found["by_relation"]["attacks"] == {"negated": 1} and found["by_relation"]["visits"] == {"planned": 1}
    assert found["publishers"] == {"Kompas.com": 1, "The Post": 1}


@pytest.mark.parametrize("name", ["Turkey", "turki", "TR", "TUR", "Q43"])
def test_an_actor_is_found_by_any_name_or_code(ask: Ask, name: str) -> None:
    found = ask("search_actors", name=name)["actors"][0]
    assert found["iri"].endswith("entity/country/TR") and found["match"] and found["codes"] == ["TR", "TUR"]
    assert found["type"] == "Country" and found["wikidata"] == "Q43" and found["articles"] == 3


def test_search_by_type_and_beginning(ask: Ask) -> None:
    assert {one["type"] for one in ask("search_actors", type="Country")["actors"]} == {"Country"}
    assert ask("search_actors", type="Country")["actors"][0]["name"] in ("Turkey", "Türkiye")  # in most articles
    assert ask("search_actors", name="Mevl")["actors"][0]["name"] == "Mevlut Cavusoglu"
    assert ask("search_actors", name="Zzzyx") == {"actors": [], "total": 0, "shown": "0 of 0"}


def test_each_statement_has_its_sentence_address_graph_and_iri(ask: Ask) -> None:
    found = ask("list_statements", relation="visits")
    (visit,) = found["statements"]
    assert visit["subject"]["name"] == "Mevlut Cavusoglu" and visit["object"]["iso"] == "AZ"
    assert (visit["factuality"], visit["date"], visit["source"]) == ("planned", "2020-10-06", "Anadolu Agency")
    assert visit["sentence"] == STATEMENTS[0].evidence[0].sentence
    assert visit["article"]["url"] == ARTICLE.url and visit["article"]["headline"] == ARTICLE.headline
    assert visit["article"]["published"] == "2020-10-05" and visit["graph"].endswith("article/visit-1")
    query = f"ASK {{ GRAPH <{visit['graph']}> {{ <{visit['iri']}> kg:relation kg:visits }} }}"
    assert ask("run_sparql", query=query) == {"boolean": True}
    assert None not in visit.values()  # what is not known takes no room


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"actor": "Armenia"}, 4),
        ({"actor": "Armenia", "role": "subject"}, 3),
        ({"actor": "Armenia", "role": "object"}, 3),  # clashes are either way
        ({"actor": "AM", "partner": "Azerbaijan"}, 2),
        ({"actor": "AM", "partner": "AZ", "role": "subject"}, 2),
        ({"partner": "Armenia"}, 4),
        ({"relation": "meets"}, 1),
        ({"relation": "kg:meets"}, 1),
        ({"factuality": "negated"}, 1),
        ({"from_date": "2020-10-06"}, 2),  # the visit, and the meeting some day of the month
        ({"from_date": "2020-10-07", "relation": "visits"}, 0),
        ({"to_date": "1999"}, 1),
        ({"from_date": "1990", "to_date": "2020-10-05"}, 4),  # undated ones have the article's day
        ({"min_confidence": 0.8}, MANY + 1),
        ({"min_confidence": 0.95}, 0),
        ({"text": "membantah MENYERANG"}, 1),
        ({"text": "nowhere"}, 0),
    ],
)
def test_filters(ask: Ask, asked: Told, count: int) -> None:
    assert ask("list_statements", **asked)["total"] == count


def test_statements_without_a_confidence_are_counted(ask: Ask) -> None:
    assert ask("list_statements", min_confidence=0.1)["without_confidence"] == 8


def test_names_are_in_the_language_that_is_asked(tmp_path: Path) -> None:
    folder, turki = tmp_path / "store", entity("Turki", "Country", iso="TR")
    with Store.open(folder) as found:
        found.add(ENGLISH, ENGLISH_STATEMENTS)
        found.add(ARTICLE, [replace(DENIED, subject=turki)])

    def name(**asked: str) -> str:
        found = talk(folder, lambda client: told(client, "list_statements", relation="attacks", **asked))
        return found["statements"][0]["subject"]["name"]

    assert name(lang="id") == "Turki" and name() == "Turkey"
    found = talk(folder, lambda client: told(client, "list_statements", relation="attacks"), lang="id")
    assert found["statements"][0]["subject"]["name"] == "Turki"


def test_pages_hold_everything_once(staying: Talk) -> None:
    async def read(client: Client) -> None:
        seen, cursor, answers = [], None, 0
        while True:
            found = await told(client, "list_statements", actor="Turkey", relation="accuses", limit=100, cursor=cursor)
            seen += [one["iri"] for one in found["statements"]]
            answers += 1
            cursor = found.get("next_cursor")
            if cursor is None:
                break
            assert f"{found['total'] - len(seen)} left out" in found["note"] and "cursor" in found["note"]
        assert len(seen) == len(set(seen)) == found["total"] == MANY + 2 and answers > 2

        rows, cursor = [], None
        while cursor is not None or not rows:
            found = await told(client, "run_sparql", query="SELECT ?s { ?s a sem:Event }", limit=100, cursor=cursor)
            rows += found["rows"]
            cursor = found.get("next_cursor")
        assert len(rows) == found["total"] == len({row[0] for row in rows})

    staying(read)


def test_a_long_text_is_cut_and_says_so(ask: Ask) -> None:
    (found,) = ask("list_statements", actor="Alpha")["statements"]
    assert len(found["sentence"]) < 800 and "characters more)" in found["sentence"]


@pytest.mark.parametrize("name", ["visit-1", ARTICLE.url, "https://w3id.org/newskg/article/visit-1"])
def test_an_article(ask: Ask, name: str) -> None:
    found = ask("show_article", article=name)
    about = found["article"]
    assert (about["id"], about["publisher"], about["cites_agency"]) == ("visit-1", "Kompas.com", "Anadolu Agency")
    assert about["related_headlines"] == ["Perang Karabakh"] and about["language"] == "id"
    assert {"Country", "Person", "Organization", "Place"} == {one["type"] for one in about["names"]}
    assert found["statements"][0]["relation"] == "visits" and found["total"] == len(STATEMENTS)


def test_sparql(ask: Ask) -> None:
    found = ask("run_sparql", query="SELECT ?who ?where { ?who kg:visits ?where }")
    assert found["columns"] == ["who", "where"] and found["rows"] == [["person:mevlut-cavusoglu", "country:AZ"]]
    # what an answer calls it, the next query may
    assert ask("run_sparql", query="ASK { person:mevlut-cavusoglu kg:visits country:AZ }") == {"boolean": True}
    graph = ask("run_sparql", query="CONSTRUCT { ?s kg:visits ?o } { ?s kg:visits ?o }")["turtle"]
    assert KG.visits.value in graph
    assert ask("run_sparql", query="SELECT ?x { OPTIONAL { ?x kg:visits kg:nobody } }")["rows"] == [[None]]


def test_named_queries(ask: Ask, refusal: Ask) -> None:
    found = ask("run_named_query", name="about", parameters={"actor": "Turki"}, limit=2)
    assert "sentence" in found["columns"] and len(found["rows"]) == 2 and found["next_cursor"]
    assert "has no parameter 'akt'" in refusal("run_named_query", name="about", parameters={"akt": "TR"})
    assert "no query is named 'abot'; there are about," in refusal("run_named_query", name="abot")


def test_the_ontology_is_explained(ask: Ask, refusal: Ask) -> None:
    found = ask("explain_ontology")
    assert len(found["relations"]) == 11 and found["relations"]["kg:meets"]["symmetric"]
    for query in found["examples"].values():
        assert "rows" in ask("run_sparql", query=query)
    for term in ("meets", "kg:meets", KG.meets.value, "bertemu"):
        meets = ask("explain_ontology", term=term)
        assert meets["event_class"] == "kg:Meeting" and meets["event_coders_codes"]["plover"] == "CONSULT Consult"
        assert "rows" in ask("run_sparql", query=meets["example"])
    assert ask("explain_ontology", term="Visit")["event_coders_codes"]["plover"] == "CONSULT (mode visit)"
    assert ask("explain_ontology", term="confidence")["comments"]["id"]
    assert "did you mean visits or Visit" in refusal("explain_ontology", term="visitz")


# ---- what is asked wrongly, and by who means harm


@pytest.mark.parametrize(
    ("tool", "asked", "says"),
    [
        ("list_statements", {"actor": "Azerbaijn"}, "no actor here is called 'Azerbaijn'; did you mean Azerbaijan?"),
        ("list_statements", {"aktor": "TR"}, "list_statements has no argument 'aktor'; did you mean actor?"),
        ("list_statements", {"relation": "visit"}, "no relation is called 'visit'; there are accuses,"),
        ("list_statements", {"factuality": "true"}, "factuality: Input should be 'asserted', 'planned' or 'negated'"),
        ("list_statements", {"limit": "many"}, "limit: Input should be a valid integer"),
        ("list_statements", {"limit": 100_000}, "limit: Input should be less than or equal to 100"),
        ("list_statements", {"min_confidence": 7}, "min_confidence: Input should be less than or equal to 1"),
        ("list_statements", {"min_confidence": "nan"}, "min_confidence: Input should be"),
        ("list_statements", {"actor": ["TR"]}, "actor: Input should be a valid string"),
        ("list_statements", {"actor": {"a": 1}}, "actor: Input should be a valid string"),
        ("list_statements", {"from_date": "yesterday"}, "from_date: 'yesterday' is no day; write 2020-10-06"),
        ("list_statements", {"role": "subject"}, "name an actor"),
        ("list_statements", {"cursor": "99"}, "cursor: give the next_cursor"),
        ("list_statements", {"cursor": "5-00000000"}, "cursor: it is of another question"),
        ("list_statements", {"cursor": "-5-00000000"}, "cursor: give the next_cursor"),
        ("show_article", {"article": "../../etc/passwd"}, "no article here has the id or address"),
        ("show_article", {}, "article: Field required"),
        ("run_sparql", {"query": 7}, "query: Input should be a valid string"),
        ("run_sparql", {"query": "SELECT"}, "the query does not parse"),
        ("run_sparql", {"query": "INSERT DATA { <x:a> <x:b> 1 }"}, "updates are refused"),
        ("run_sparql", {"query": "DROP ALL"}, "updates are refused"),
        ("run_sparql", {"query": "LOAD <http://example.org/>"}, "updates are refused"),
        ("run_sparql", {"query": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "SERVICE is refused"),
        ("run_sparql", {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, "nothing is fetched"),
        ("run_sparql", {"query": "ASK " + "{" * 300 + "}" * 300}, "nested too deeply"),
        ("run_sparql", {"query": "ASK { ?s ?p ?o }" + " " * 1_000_001}, "the query is larger than 1000 kB"),
        ("drop_everything", {}, "no tool is called 'drop_everything'; there are overview,"),
    ],
)
def test_what_is_asked_wrongly_ends_with_a_line(refusal: Ask, tool: str, asked: Told, says: str) -> None:
    assert says in refusal(tool, **asked)


NASTY = [
    '" } } DROP ALL #',
    "\x00",
    "\ud800",
    "🦀" * 500,
    "<script>",
    "http://e/> } ?s ?p ?o #",
    "'; DROP ALL; --",
    "\\1",
]


@pytest.mark.parametrize("value", NASTY)
def test_no_value_leaves_its_place(staying: Talk, value: str) -> None:
    async def try_all(client: Client) -> None:
        for name in ("actor", "partner"):
            assert (await refused(client, "list_statements", **{name: value})).startswith("no actor here is called")
        assert (await told(client, "list_statements", text=value))["total"] == 0
        assert "actors" in await told(client, "search_actors", name=value)
        assert "no article here" in await refused(client, "show_article", article=value)
        assert (await told(client, "overview"))["articles"] == 3

    staying(try_all)


CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUGE = 'SELECT (CONCAT(STR(?a), STR(?b), STR(?c), "{}") AS ?x) {{ ?a ?p ?b . ?c ?q ?d }}'.format("x" * 2000)


@pytest.mark.slow
def test_runaway_queries_are_stopped_and_the_others_answered(store: Path) -> None:
    async def attack(client: Client) -> None:
        runaway = [asyncio.create_task(refused(client, "run_sparql", query=f"{CROSS} # {n}")) for n in range(3)]
        assert (await told(client, "overview"))["articles"] == 3
        for line in await asyncio.gather(*runaway):
            assert "stopped after 20 s" in line or "the server is busy" in line
        assert "the result is larger than 5 MB" in await refused(client, "run_sparql", query=HUGE)
        assert (await told(client, "overview"))["articles"] == 3

    talk(store, attack, timeout=20.0)


def test_a_refused_query_ends_as_the_servers_does(store: Path, refusal: Ask) -> None:
    queries = [
        "SELECT",
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * FROM <http://example.org/g> { ?s ?p ?o }",
        "ASK " + "{" * 300 + "}" * 300,
        "SELECT (1/0 AS ?x) { ?s ?p",
    ]
    with served(store) as url, httpx2.Client(base_url=url, timeout=60) as client:
        for query in queries:
            answer = client.post("/sparql", data={"query": query})
            assert answer.status_code == 400 and refusal("run_sparql", query=query) == answer.text.strip()


def test_what_is_built_meanwhile_is_seen(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store.open(folder) as found:
        found.add(ENGLISH, ENGLISH_STATEMENTS)

    async def wait(client: Client) -> None:
        assert (await told(client, "overview"))["articles"] == 1
        with Store.open(folder) as found:
            found.add(ARTICLE, STATEMENTS)
        for _ in range(600):
            if (await told(client, "overview"))["articles"] == 2:
                return
            await asyncio.sleep(0.1)
        raise AssertionError("never seen")

    talk(folder, wait, refresh=0.1)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["store"]  # no snapshot is left


# ---- how it is reached

ROOT = Path(pages.__file__).parents[2]
DOC = (ROOT / "kg" / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_the_page_about_it_tells_the_truth(store: Path, tmp_path: Path) -> None:
    assert re.findall(r"^\| `(\w+)` \|", DOC, re.M) == list(TOOLS)
    assert f"{pages.LARGEST:,} characters at most" in DOC and f"at most {pages.MOST} entries" in DOC
    (tmp_path / "news-store").symlink_to(store)
    code = re.search(r"```python\n(.*?)```", DOC, re.S)[1]
    # the client hands the server hardly anything of the environment: so the command is made to be this tree's
    command = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m kg "$@"\n'
    (tmp_path / "kg").write_text(command, encoding="utf-8")
    (tmp_path / "kg").chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PATH": os.pathsep.join([str(tmp_path), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("Turkey Azerbaijan Turkey supports Azerbaijan.")


def test_over_stdio(store: Path) -> None:
    started = StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", str(store)], env=dict(os.environ))

    async def run() -> None:
        async with Client(started) as client:
            assert (await told(client, "overview"))["articles"] == 3
            assert "SERVICE" in await refused(client, "run_sparql", query="ASK { SERVICE <x:y> { } }")
        async with Client(started, mode="legacy") as client:  # clients of the protocol's years before
            assert client.server_info.name == "newskg"
            assert (await told(client, "list_statements", relation="visits"))["total"] == 1

    asyncio.run(run())


def test_a_client_that_knows_the_protocol_alone(store: Path) -> None:
    """A foreign client: lines of JSON-RPC, as the specification of 2025-06-18 has them, and no package."""
    line = [sys.executable, "-m", "kg", "mcp", str(store)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as server:
        assert server.stdin and server.stdout

        def send(method: str, params: Told, number: int | None = None) -> Told:
            asked = {"jsonrpc": "2.0", "method": method, "params": params} | ({"id": number} if number else {})
            print(json.dumps(asked), file=server.stdin, flush=True)
            return json.loads(server.stdout.readline()) if number else {}

        who = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "foreign", "version": "1"}}
        begun = send("initialize", who, 1)["result"]
        assert begun["protocolVersion"] == "2025-06-18" and begun["serverInfo"]["name"] == "newskg"
        send("notifications/initialized", {})
        tools = send("tools/list", {}, 2)["result"]["tools"]
        assert {tool["name"] for tool in tools} == set(TOOLS)
        assert sum(len(json.dumps(tool)) for tool in tools) < 16_000
        calls = [
            ("list_statements", {"actor": "TR", "limit": 100}),
            ("run_sparql", {"query": "DROP ALL"}),
            ("no_such_tool", {}),
        ]
        for number, (name, arguments) in enumerate(calls, 3):
            answer = send("tools/call", {"name": name, "arguments": arguments}, number)
            assert answer["id"] == number
            (told_,) = answer["result"]["content"]
            assert len(told_["text"]) <= pages.LARGEST
            assert answer["result"].get("isError", False) == (name != "list_statements"), told_["text"]
        assert send("no/such/method", {}, 9)["error"]["code"] == -32601
        server.stdin.close()
        assert server.wait(60) == 0


def over_http(store: Path, talking: Callable[[str, httpx2.AsyncClient], Awaitable[None]], token: str = "") -> None:
    """Talk HTTP to the application in this process."""

    async def run() -> None:
        app = application(Settings(store, token=token))
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app), timeout=60) as client,
        ):
            await talking("http://127.0.0.1:8000/mcp", client)

    asyncio.run(run())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http(store: Path, mode: str) -> None:
    async def talking(url: str, http: httpx2.AsyncClient) -> None:
        async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
            assert (await told(client, "overview"))["articles"] == 3
            assert "SERVICE" in await refused(client, "run_sparql", query="ASK { SERVICE <x:y> { } }")

    over_http(store, talking)


def test_without_a_token_only_this_machine_is_answered(store: Path) -> None:
    async def talking(url: str, http: httpx2.AsyncClient) -> None:
        for headers, status in (
            ({"host": "evil.example"}, 421),
            ({"host": "127.0.0.1.evil.example:8000"}, 421),
            ({"origin": "http://evil.example"}, 403),
        ):
            assert (await http.post(url, json={}, headers=headers)).status_code == status
        assert (await http.get(url)).status_code == 405  # a stream that would stay open, for nothing
        assert (await http.delete(url)).status_code == 405
        assert (
            await http.post(url, content=b"x" * 3_000_000, headers={"content-type": "application/json"})
        ).status_code == 413
        assert (await http.post(url.replace("/mcp", "/other"), json={})).status_code == 404
        assert (await http.post(url, content=b"{", headers={"content-type": "application/json"})).status_code == 400

    over_http(store, talking)


def test_with_a_token_it_must_be_shown(store: Path) -> None:
    async def talking(url: str, http: httpx2.AsyncClient) -> None:
        for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Bearer "}, {"authorization": "x"}):
            answer = await http.post(url, json={}, headers=headers)
            assert (
                answer.status_code == 401
                and answer.text == "this server needs the token: Authorization: Bearer TOKEN\n"
            )
        http.headers["authorization"] = "Bearer s3cret"
        async with Client(streamable_http_client(url.replace("127.0.0.1", "news.example"), http_client=http)) as client:
            assert (await told(client, "overview"))["articles"] == 3

    over_http(store, talking, token="s3cret")


@pytest.fixture
def running(store: Path) -> Iterator[str]:
    """`kg mcp --http` as a process, with a token from the environment."""
    command = [sys.executable, "-m", "kg", "mcp", str(store), "--http", "127.0.0.1:0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "KG_TOKEN": "s3cret"}) as process:
        assert process.stderr
        said = process.stderr.readline().decode()
        try:
            yield re.search(r"on (http://\S+/mcp) ", said)[1]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def test_the_command_serves_http(running: str) -> None:
    async def run() -> None:
        async with (
            httpx2.AsyncClient(headers={"authorization": "Bearer s3cret"}, timeout=60) as http,
            Client(streamable_http_client(running, http_client=http)) as client,
        ):
            assert (await told(client, "overview"))["articles"] == 3

    asyncio.run(run())


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--http", "0.0.0.0:8001"], 2, "needs a --token, or $KG_TOKEN"),
        (["--http", "[::]:8001"], 2, "needs a --token"),
        (["--http", "8001"], 2, "should be HOST:PORT"),
        (["--http", "127.0.0.1:99999"], 2, "should be HOST:PORT"),
        (["--timeout", "0"], 2, "--timeout"),
        ([], 1, "holds no store: make one with `kg build … --store`"),
        (["--http", "127.0.0.1:0"], 1, "holds no store"),
    ],
)
def test_bad_usage_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, says: str
) -> None:
    assert main(["mcp", str(tmp_path / "none"), *options]) == code
    said = capsys.readouterr().err
    assert said.startswith("kg: ") and said.count("\n") == 1 and says in said


def test_without_the_package_the_extra_is_named(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp" or name.startswith("kg.mcp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert main(["mcp", str(store)]) == 1
    assert capsys.readouterr().err == "kg: kg mcp needs the package mcp: `pip install 'newskg[mcp]'`\n"


def test_a_damaged_store_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nonsense\n", encoding="utf-8")
    assert main(["mcp", str(tmp_path / "store")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_stored_confidence_that_is_none_is_no_hit(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store.open(folder) as found:
        found.add(ENGLISH, [replace(ENGLISH_STATEMENTS[0], confidence=0.5), *ENGLISH_STATEMENTS[1:]])
    answer = talk(folder, lambda client: told(client, "list_statements", min_confidence=0.5))
    assert answer["total"] == 1 and answer["without_confidence"] == 2
