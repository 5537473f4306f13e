"""What a client makes of answers: results, or one line that says what to do."""

# ruff: noqa: SIM117  the server is one thing, who asks it another
from __future__ import annotations

import pytest

from endpoint.scripted import Said, scripted
from kg.endpoint import Address, Client, Remote, client
from kg.endpoint.address import is_endpoint
from kg.errors import KGError, QueryError

ASKED = "ASK { ?s ?p ?o }"
ROWS = b'{"head": {"vars": ["n"]}, "results": {"bindings": [%s]}}'


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(client, "LONGEST_PAUSE", 0.05)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(401), "KG_ENDPOINT_TOKEN"),
        (Said(403), "KG_ENDPOINT_LOGIN"),
        (
            Said(301, headers={"Location": "https://me:hush@elsewhere.example/sparql"}),
            "to https://elsewhere.example/sparql: give",
        ),
        (Said(302), "has moved"),
        (Said(308, headers={"Location": "/query"}), "to /query"),
        (Said(404), "check the address"),
        (Said(429), "too many requests"),
        (Said(500, b"out of luck", "text/plain"), "out of luck"),
        (Said(503), "failed (HTTP 503)"),
        (Said(headers={"X-SQL-State": "S1TAT"}), "answers in part only"),
        (Said(507), "no space left"),
        (Said(200, b"<html><body>Welcome</body></html>", "text/html"), "text/html instead of results"),
        (Said(200, b'{"head": {"vars": ', "application/sparql-results+json"), "what is no application/sparql"),
        (Said(200, b'{"head": {}, "boolean": true}', cut=True), "cannot be reached"),
        (Said(200, b"n\n1\n", "text/csv"), "text/csv instead of results"),
        (Said(200, ROWS % b'{"n": {"type": "uri", "value": "x> } ; DROP ALL #"}}'), "Invalid IRI"),
        (Said(200, ROWS[:-3] % b'{"n": {"type": "literal", "value": "1"}}, Timeout!'), "what is no application/sparql"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Said) else "",
)
def test_what_is_no_answer_is_one_line_with_the_remedy(said, words):
    with scripted(lambda path, body: said) as server, Client(Address.parse(f"{server.url}/sparql")) as asking:
        with pytest.raises(KGError) as error:
            asking.ask(ASKED)
    assert words in str(error.value)
    assert server.url in str(error.value)
    assert "\n" not in str(error.value)


def test_a_refused_query_is_the_querys_fault_and_is_not_sent_again():
    with scripted(lambda path, body: Said(400, b"line 1: syntax", "text/plain")) as server:
        with Client(Address.parse(server.url)) as asking, pytest.raises(QueryError, match="line 1: syntax"):
            asking.ask("SELECT")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "told", [b"Virtuoso 37000 Error SP030: SPARQL compiler, line 1", b"Virtuoso S1T00 Error SR171: timed out"]
)
def test_what_virtuoso_cannot_do_is_not_asked_five_times(told):
    with scripted(lambda path, body: Said(500, told, "text/plain")) as server:
        with Client(Address.parse(server.url)) as asking, pytest.raises(QueryError, match="refuses the request: Virt"):
            asking.ask("SELECT")
    assert len(server.asked) == 1


def test_nobody_there_is_told_after_some_tries():
    with pytest.raises(KGError, match="cannot be reached"), Client(Address.parse("http://127.0.0.1:9/")) as asking:
        asking.ask(ASKED)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_waited_for(status):
    said = iter([Said(status, headers={"Retry-After": "0"}), Said(status), Said()])
    with scripted(lambda path, body: next(said)) as server, Client(Address.parse(server.url)) as asking:
        assert asking.ask(ASKED)[0].boolean
    assert len(server.asked) == 3


def test_an_update_is_not_taken_for_done_where_the_address_has_moved():
    """As a browser does, a client would follow by a GET, and the page that it finds there is no success."""

    def script(path: str, body: bytes) -> Said:
        return Said(301, headers={"Location": "/form"}) if path == "/update" else Said(200, b"<html>", "text/html")

    with scripted(script) as server, Client(Address.parse(f"{server.url}/query")) as asking:
        with pytest.raises(KGError, match="has moved"):
            asking.update("INSERT DATA { <urn:a> <urn:b> 1 }")
    assert [path for path, _, _ in server.asked] == ["/update"]


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [("7", 7), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("", None), ("soon", None), ("-1", None), ("1.5", None)],
)
def test_how_long_a_server_asks_to_wait(wait, seconds):
    assert client._seconds(wait) == seconds


def test_what_is_slow_is_not_asked_again():
    with scripted(lambda path, body: Said(sleep=5)) as server:
        with Client(Address.parse(server.url), timeout=0.3) as asking, pytest.raises(KGError, match=r"within 0\.3 s"):
            asking.ask(ASKED)
    assert len(server.asked) == 1


def test_the_token_is_shown_and_never_told():
    address = Address.parse("http://127.0.0.1:9/x", token="hush-hush")
    assert "hush" not in repr(address) + str(address)
    with scripted(lambda path, body: Said()) as server:
        with Client(Address.parse(f"{server.url}/x", token="hush-hush")) as asking:
            asking.ask(ASKED)
    assert server.asked[0][2]["Authorization"] == "Bearer hush-hush"


@pytest.mark.parametrize("token", ["hush\nhush", "hush hüsh", "hush hush"])
def test_a_token_that_no_header_can_have_is_not_told_either(token):
    with pytest.raises(KGError) as error:
        Address.parse("http://127.0.0.1:9/x", token=token)
    assert "token" in str(error.value) and "hush" not in str(error.value)


@pytest.mark.parametrize(
    "wrong", ["ftp://me:secret@h/x", "http://me:secret@h:port/", "http://me:secret@", "me:secret@h"]
)
def test_a_login_in_a_wrong_address_is_not_told(wrong):
    with pytest.raises(KGError) as error:
        Address.parse(wrong)
    assert "secret" not in str(error.value)


def test_how_long_an_answer_may_take(monkeypatch):
    usual = Address.parse("http://127.0.0.1:9/x")
    assert (usual.timeout, usual.asked(timeout=7).timeout, usual.asked().timeout) == (120, 7, 120)
    monkeypatch.setenv("KG_ENDPOINT_TIMEOUT", "600")
    assert Address.parse("http://127.0.0.1:9/x").timeout == 600
    for wrong in ("soon", "-1", "0", "inf", "nan"):
        monkeypatch.setenv("KG_ENDPOINT_TIMEOUT", wrong)
        with pytest.raises(KGError, match="KG_ENDPOINT_TIMEOUT"):
            Address.parse("http://127.0.0.1:9/x")


def test_a_login_waits_until_it_is_asked_for():
    asks = Said(401, headers={"WWW-Authenticate": 'Basic realm="x"'})
    said = iter([asks, Said(), Said()])
    with scripted(lambda path, body: next(said)) as server:
        address = Address.parse(server.url.replace("//", "//me:secret@"))
        assert "secret" not in repr(address)
        with Client(address) as asking:
            asking.ask(ASKED)
            asking.ask(ASKED)
    shown = [headers.get("Authorization", "") for _, _, headers in server.asked]
    assert not shown[0]
    assert shown[1].startswith("Basic ")


def test_an_answer_that_a_server_cuts_is_asked_for_to_its_end():
    row = b'{"n": {"type": "literal", "value": "%d"}}'

    def script(path: str, body: bytes) -> Said:
        if b"ASK" in body:
            return Said()
        first = int(body.rpartition(b"OFFSET+")[2]) if b"OFFSET" in body else 0
        last = min(first + 200, 450)  # this server gives 200 rows at most, and does not say so
        return Said(body=ROWS % b",".join(row % n for n in range(first, last)))

    with scripted(script) as server, Client(Address.parse(server.url)) as asking:
        rows = Remote(asking).query("SELECT ?n WHERE { ?n ?p ?o } ORDER BY ?n").dicts()
    assert [row["n"] for row in rows] == [str(n) for n in range(450)]


def test_a_default_graph_without_the_articles_is_told():
    def script(path: str, body: bytes) -> Said:
        return Said(body=b'{"head": {}, "boolean": %s}' % (b"true" if b"GRAPH" in body else b"false"))

    with scripted(script) as server, Client(Address.parse(f"{server.url}/query")) as asking:
        with pytest.raises(KGError, match=r"/query\?union-default-graph"):
            Remote(asking).query("SELECT ?s WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("url", "update"),
    [
        ("http://h:7878/query?union-default-graph", "http://h:7878/update"),
        ("https://h/ds/query", "https://h/ds/update"),
        ("https://h/repositories/news", "https://h/repositories/news/statements"),
        ("https://h/sparql", "https://h/sparql"),
    ],
)
def test_where_servers_take_updates(url, update):
    assert Address.parse(f"sparql+{url}") == Address(url, update)


def test_what_is_no_address_is_told():
    assert is_endpoint("sparql+https://h/sparql")
    assert not is_endpoint("news.ttl")
    for wrong in ("ftp://h/x", "news.ttl", "http://", "http://h:port/"):
        with pytest.raises(KGError, match="no address"):
            Address.parse(wrong)
    for wrong in ("ftp://me:hush-hush@h/x", "http://me:hush-hush@h:port/", "me:hush-hush@h/x"):
        with pytest.raises(KGError, match=r"h.*no address") as error:
            Address.parse(wrong)
        assert "hush" not in str(error.value)
