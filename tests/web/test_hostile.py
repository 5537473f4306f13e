"""Hostile input: nothing leaks, nothing breaks."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

import httpx
import pytest
from graph.examples import TURKEY

from web.conftest import Server
from web.running import served

NASTY = [
    '" } } ?s ?p ?o . { { FILTER("',
    "http://e/> } } ?s ?p ?o #",
    "country:TR> } ?s ?p ?o #",
    '\\" \n } DROP ALL #',
    "<script>alert(1)</script>",
    "'; DROP ALL; --",
    "\\1 \\g<0>",
    "VALUES ?actor { UNDEF }",
    "\x00",
    "%00",
    "🦀" * 500,
]


@pytest.mark.parametrize("value", NASTY)
def test_no_parameter_leaves_its_place(reader: Server, value: str) -> None:
    for name in ("about", "timeline", "who-met-whom"):
        answer = reader.client.get(f"/queries/{name}", params={"actor": value}, headers={"Accept": "application/json"})
        assert answer.status_code == 404 and answer.text.startswith("no actor here is called ")  # it is but a name
        assert answer.headers["content-type"].startswith("text/plain") and answer.text.count("\n") == 1
        dated = reader.client.get("/queries/timeline", params={"from": value}, headers={"Accept": "application/json"})
        assert dated.status_code == 400 and dated.text.count("\n") == 1  # and this is no day


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "country/../../../etc/passwd",
        "country/%2e%2e/TR",
        "country/TR> } ?s ?p ?o #",
        'x"y<z>',
        "%00",
        "%ff%fe",
        "country/TR.exe",
        "",
        ".json",
        "a" * 5000,
        "country//TR",
        "person/%F0%9F%A6%80",
        "%25%25",
        "country/TR.json/..",
        "{}",
        "|",
        "\\..\\..\\etc",
    ],
)
def test_no_path_leads_out(reader: Server, path: str) -> None:
    for kind in ("entity", "article", "event", "store", "queries"):
        answer = reader.client.get(f"/{kind}/{path}")
        assert answer.status_code in (400, 404, 405, 307), (kind, answer.text)
        assert "root:" not in answer.text and "Traceback" not in answer.text and str(reader.store) not in answer.text


@pytest.mark.parametrize(
    "iri",
    ['http://e/"', "http://e/<x>", "http://e/ x", "x", "", "http://e/>\n", "http://[", "\x00", "javascript:alert(1)>"],
)
def test_bad_iris_are_refused(reader: Server, writer: Server, iri: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        assert reader.client.get("/sparql", params={"query": "ASK {}", name: iri}).status_code == 400
    update = writer.client.post(
        "/sparql",
        params={"using-graph-uri": iri},
        content="INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        headers={"content-type": "application/sparql-update"},
    )
    assert update.status_code == 400
    answer = writer.client.put("/store", params={"graph": iri}, content="", headers={"content-type": "text/turtle"})
    assert answer.status_code in (201, 204, 400) and (answer.status_code == 400 or iri in ("x", ""))


@pytest.mark.parametrize(
    "raw",
    [
        b"query=%FF%FE",
        b"query=ASK+{}&" + b"a=1&" * 2000,
        b"\xff\xfe",
        b"%",
        b"query",
        b"query=&query=",
        b"=&=&=",
        b"update=DROP+ALL&query=ASK{}",
    ],
)
def test_broken_forms_are_refused(reader: Server, raw: bytes) -> None:
    answer = reader.client.post("/sparql", content=raw, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        "text/turtle; charset=utf-16",
        "text/html",
        "text/turtle;;;=;",
        "é/ü",
        "/",
        "a" * 2000,
    ],
)
def test_broken_types_are_refused(writer: Server, type: str) -> None:
    answer = writer.client.post(
        "/store?graph=http://e/t", content=b"--x\r\n<a", headers={"content-type": type.encode()}
    )
    assert answer.status_code in (400, 415)


def test_reading_is_all_that_a_reader_allows(reader: Server) -> None:
    before = reader.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    assert reader.client.post("/sparql", data={"update": "DROP ALL"}).status_code == 403
    assert reader.client.post("/sparql", data={"query": "DROP ALL"}).status_code == 400
    assert reader.client.put("/store?default", content="").status_code == 403
    assert reader.client.delete("/store?default").status_code == 403
    assert reader.client.post("/store", content="").status_code == 403
    assert reader.client.patch("/store?default", content="").status_code == 405
    assert reader.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == before


def test_without_a_token_no_web_page_may_write(writer: Server) -> None:
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
    ):
        answer = writer.client.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
        assert answer.status_code == 403
    assert writer.client.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 204


def test_writing_needs_the_token(tmp_path) -> None:
    with served(tmp_path / "store", "--write", "--token", "s3cret") as url:
        update = {"update": "INSERT DATA { <http://e/s> <http://e/p> 1 }"}
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Basic %%"},
            {"Authorization": "s3cret"},
            {"Authorization": "Bearer é".encode()},
        ):
            refused = httpx.post(f"{url}/sparql", data=update, headers=headers)
            assert refused.status_code == 401 and "Bearer" in refused.headers["www-authenticate"]
            for address in ("/store?default", "/store?default&graph=", "/store/x"):
                assert httpx.put(f"{url}{address}", content="", headers=headers).status_code == 401
        assert httpx.post(f"{url}/sparql", data=update, headers={"Authorization": "Bearer s3cret"}).status_code == 204
        basic = base64.b64encode(b"any:s3cret").decode()
        assert httpx.post(f"{url}/sparql", data=update, headers={"Authorization": f"Basic {basic}"}).status_code == 204
        ask = {"query": "ASK { ?s ?p 1 }"}
        assert httpx.get(f"{url}/sparql", params=ask).json()["boolean"] is True  # reading needs none


def test_headers_keep_browsers_safe(reader: Server) -> None:
    for path in ("/", "/sparql", "/nowhere", "/entity/country/TR.json", "/queries/about?actor=%22"):
        headers = reader.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"] and "server" not in headers
        assert headers["access-control-allow-origin"] == "*" and "access-control-allow-credentials" not in headers


def test_the_page_has_nothing_from_elsewhere(reader: Server) -> None:
    page = reader.client.get("/").text
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    assert "innerHTML" not in page and "eval(" not in page


def test_addresses_are_those_of_the_entities(reader: Server) -> None:
    about = reader.client.get("/entity/country/TR.json").json()
    assert about["iri"] == TURKEY.iri and "Turkey" in about["labels"] and about["iso"] == ["TR"]
    assert {row["relation"] for row in about["statements"]} == {"supports", "accuses", "attacks"}
    for ending, kind in (
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
        ("jsonld", "application/ld+json"),
    ):
        answer = reader.client.get(f"/entity/country/TR.{ending}")
        assert answer.headers["content-type"].startswith(kind) and "Turkey" in answer.text
    assert reader.client.get("/entity/country/TR", headers={"Accept": "text/turtle"}).text.startswith("@prefix")
    assert reader.client.get("/article/visit-1.json").status_code == 200
    assert reader.client.get("/entity/country/ZZ.json").status_code == 404
    assert reader.client.get("/entity/" + quote("country/TR", safe="") + ".json").status_code in (200, 404)
