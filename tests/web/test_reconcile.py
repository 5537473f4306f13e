"""The reconciliation service: every answer by the specification's schemas; a foreign client; a frame."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import httpx
import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS
from graph.examples import TURKEY as TURKI
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from kg.graph import Store
from kg.reconcile.protocol import BATCH
from web.conftest import Server
from web.running import answered, served

SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "reconciliation").glob("*.json")
}
ENTITY = "https://w3id.org/newskg/entity/"
TURKEY = f"{ENTITY}country/TR"
ASKED = {
    "q0": {"query": "Türkiye"},
    "q1": {"query": "ilham aliev", "type": "Person", "limit": 2, "type_strict": "should"},
    "q2": {"query": "Baku", "type": ["Place", "Country"]},
    "q3": {"query": "Azerbaijan", "properties": [{"pid": "iso", "v": "AZ"}, {"pid": "office", "v": ["x", 1, True]}]},
    "q4": {"properties": [{"pid": "wikidata", "v": {"id": "Q399", "name": "x"}}]},
    "q5": {"query": "nobody at all is called so"},
}


def valid(schema: str, data: object) -> object:
    """Check data by a schema of the specification."""
    told = SCHEMAS[schema]
    kept = {
        key: value for key, value in told.items() if key != "$schema"
    }  # "the newest", which no library knows by name
    kept.pop("$id", None)
    if schema == "manifest":  # it names a schema on another site for what we do not offer
        assert "authentication" not in data
        kept["properties"] = {key: value for key, value in kept["properties"].items() if key != "authentication"}
    registry = Registry().with_resource("type.json", Resource(SCHEMAS["type"] | {"$id": "type.json"}, DRAFT7))
    Draft7Validator(kept, registry=registry).validate(data)
    return data


def fill(folder: Path) -> Path:
    """Write a store of an Indonesian and an English article, which name a country each in its language."""
    turki = replace(TURKI, name="Turki")
    with Store.open(folder) as store:
        store.add(ARTICLE, [replace(one, subject=turki) if one.subject == TURKI else one for one in STATEMENTS])
        store.add(ENGLISH, ENGLISH_STATEMENTS)
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = fill(tmp_path_factory.mktemp("matched") / "store")
    with served(folder) as url, httpx.Client(base_url=url, timeout=180) as client:
        answered(client, "/explore.json")
        yield Server(url, folder, client)


@pytest.fixture(scope="module", params=["/reconcile", "/reconcile/id"])
def base(request: pytest.FixtureRequest) -> str:
    return request.param


def asked(server: Server, queries: object, base: str = "/reconcile") -> dict:
    answer = server.client.post(base, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    return valid("reconciliation-result-batch", answer.json())


def test_the_manifest(ready: Server, base: str) -> None:
    answer = ready.client.get(base)
    manifest = valid("manifest", answer.json())
    assert manifest["versions"] == ["0.2"] and manifest["batchSize"] == BATCH
    assert manifest["identifierSpace"] == ENTITY and answer.headers["access-control-allow-origin"] == "*"
    assert {kind["id"] for kind in manifest["defaultTypes"]} == {"Country", "Organization", "Person", "Place"}
    # every address that it names answers
    of = {"entity": TURKEY, "property": "office", "type": "Person"}
    for kind, told in manifest["suggest"].items():
        assert ready.client.get(told["service_url"] + told["service_path"], params={"prefix": "a"}).status_code == 200
        fly = told["flyout_service_url"] + told["flyout_service_path"].replace("${id}", quote(of[kind], safe=""))
        assert ready.client.get(fly).json()["id"] == of[kind] and ready.client.get(fly).json()["html"]
    for url in (manifest["preview"]["url"], manifest["view"]["url"]):
        assert ready.client.get(url.replace("{{id}}", quote(TURKEY, safe=""))).status_code == 200
    extend = manifest["extend"]["propose_properties"]
    assert (
        ready.client.get(extend["service_url"] + extend["service_path"], params={"type": "Person"}).status_code == 200
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch(ready: Server, base: str, method: str) -> None:
    valid("reconciliation-query-batch", ASKED)
    given = {"queries": json.dumps(ASKED)}
    answer = ready.client.get(base, params=given) if method == "GET" else ready.client.post(base, data=given)
    found = valid("reconciliation-result-batch", answer.json())
    assert list(found) == list(ASKED) and answer.headers["access-control-allow-origin"] == "*"
    first = {key: each["result"][0] for key, each in found.items() if each["result"]}
    assert first["q0"]["id"] == TURKEY and first["q0"]["match"] and first["q0"]["score"] > 95
    assert first["q0"]["name"] == ("Turki" if base.endswith("id") else "Turkey")
    assert first["q1"]["id"].endswith("person/ilham-aliyev") and first["q1"]["match"]
    assert first["q1"]["type"] == [{"id": "Person", "name": "orang" if base.endswith("id") else "person"}]
    assert first["q2"]["id"].endswith("place/baku") and len(found["q1"]["result"]) <= 2
    assert {each["id"]: each["value"] for each in first["q3"]["features"]}["property:iso"] == 1
    assert first["q4"]["id"].endswith("country/AM") and found["q5"]["result"] == []
    for each in found.values():
        scores = [one["score"] for one in each["result"]]
        assert scores == sorted(scores, reverse=True) and sum(one["match"] for one in each["result"]) <= 1


@pytest.mark.parametrize("text", ["Turki", "TURKEY", "TUR", "tr", "Q43", TURKEY])
def test_by_any_name_code_or_id(ready: Server, text: str) -> None:
    (best, *_) = asked(ready, {"q": {"query": text}})["q"]["result"]
    assert best["id"] == TURKEY and best["match"]
    suggested = ready.client.get("/reconcile/suggest/entity", params={"prefix": text}).json()["result"]
    assert suggested[0]["id"] == TURKEY
    if not text.startswith("http"):
        assert ready.client.get("/explore/search.json", params={"q": text}).json()["actors"][0]["id"] == TURKEY


def test_each_query_is_answered_by_itself(ready: Server) -> None:
    together = asked(ready, ASKED)
    for key, query in ASKED.items():
        assert asked(ready, {key: query}) == {key: together[key]}


@pytest.mark.parametrize(
    ("kind", "prefix", "first"),
    [
        ("entity", "aze", f"{ENTITY}country/AZ"),
        ("entity", "alij", None),  # a spelling, where nothing begins so
        ("property", "off", "office"),
        ("type", "per", "Person"),
        ("type", "", "Country"),
    ],
)
def test_suggestions(ready: Server, kind: str, prefix: str, first: str | None) -> None:
    address = f"/reconcile/suggest/{kind}"
    name = {"entity": "entities", "property": "properties", "type": "types"}[kind]
    answer = ready.client.get(address, params={"prefix": prefix})
    found = valid(f"suggest-{name}-response", answer.json())["result"]
    assert first is None or found[0]["id"] == first
    rest = ready.client.get(address, params={"prefix": prefix, "cursor": 1}).json()["result"]
    assert rest[: len(found) - 1] == found[1:]


def test_a_table_is_extended(ready: Server, base: str) -> None:
    names = ["label_id", "office", "iso", "articles", "supports", "nothing"]
    query = {"ids": [TURKEY, f"{ENTITY}person/ilham-aliyev", "nobody"], "properties": [{"id": name} for name in names]}
    valid("data-extension-query", query)
    for answer in (
        ready.client.get(base, params={"extend": json.dumps(query)}),
        ready.client.post(base, data={"extend": json.dumps(query)}),
    ):
        found = valid("data-extension-response", answer.json())
        assert [column["id"] for column in found["meta"]] == names and set(found["rows"]) == set(query["ids"])
        turkey, person, nobody = (found["rows"][key] for key in query["ids"])
        assert turkey["label_id"] == [{"str": "Turki"}] and turkey["iso"] == [{"str": "TR"}]
        assert turkey["articles"] == [{"int": 2}] and turkey["supports"][0]["name"] == "Azerbaijan"
        assert person["office"] == [{"str": "Presiden"}] and not any(nobody.values()) and turkey["nothing"] == []
    proposed = ready.client.get(f"{base}/properties", params={"type": "Person", "limit": 3}).json()
    assert len(valid("data-extension-property-proposal", proposed)["properties"]) == 3


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q": {}}'}, 400),
        ({"queries": '{"q": {"query": 1}}'}, 400),
        ({"queries": '{"q": {"query": "x", "limit": 0}}'}, 400),
        ({"queries": '{"q": {"query": "x", "limit": "many"}}'}, 400),
        ({"queries": '{"q": {"query": "x", "properties": [{"v": 1}]}}'}, 400),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(BATCH + 1)})}, 413),
        ({"queries": "[" * 50_000}, 400),
        ({"extend": "{}"}, 400),
        ({"extend": '{"ids": [1], "properties": []}'}, 400),
        ({"other": "x"}, 400),
    ],
)
def test_what_is_no_query_is_refused_in_a_line(ready: Server, given: dict[str, str], status: int) -> None:
    answer = ready.client.post("/reconcile", data=given)
    assert answer.status_code == status and len(answer.text.splitlines()) == 1, answer.text


def test_strange_names_are_only_names(ready: Server) -> None:
    names = ['" } DROP ALL #', "> ?s ?p ?o", "\ud800", "a" * 200_000, "\x00\n", "<script>alert(1)</script>", "=1+1"]
    found = asked(ready, {str(at): {"query": name} for at, name in enumerate(names)})
    assert not any(one["match"] for each in found.values() for one in each["result"])
    assert asked(ready, {"q": {"query": ""}}) == {"q": {"result": []}}  # an empty cell
    assert ready.client.post("/reconcile", content=b"{}").status_code == 415
    assert ready.client.get("/reconcile/nothing").status_code == 404
    assert ready.client.get("/reconcile/flyout/entity", params={"id": "x"}).status_code == 404


def test_other_sites_may_read(ready: Server) -> None:
    for path in (
        "/reconcile",
        "/reconcile/suggest/type",
        "/reconcile/preview?id=x",
        f"/reconcile/flyout/entity?id={TURKEY}",
    ):
        answer = ready.client.get(path, headers={"Origin": "https://tool.example"})
        assert answer.headers["access-control-allow-origin"] == "*", path
        allowed = ready.client.options(path, headers={"Origin": "https://tool.example"})
        assert "GET" in allowed.headers["access-control-allow-methods"]


def test_jsonp(ready: Server) -> None:
    answer = ready.client.get("/reconcile", params={"callback": "jQuery_1.f", "queries": '{"q": {"query": "Turki"}}'})
    assert answer.headers["content-type"].startswith("text/javascript")
    told = re.fullmatch(r"/\*\*/jQuery_1\.f\((.*)\);", answer.text)
    assert told and json.loads(told[1])["q"]["result"][0]["id"] == TURKEY
    for wrong in ("alert(1)", "a;b", "<x", "é"):
        assert ready.client.get("/reconcile", params={"callback": wrong}).status_code == 400


def test_the_preview_may_be_framed_and_nothing_else_may(ready: Server, base: str) -> None:
    answer = ready.client.get(f"{base}/preview", params={"id": TURKEY})
    assert "frame-ancestors *" in answer.headers["content-security-policy"] and "x-frame-options" not in answer.headers
    assert "Turki" in answer.text and "Ankara" in answer.text and "Q43" in answer.text and "<q>" in answer.text
    assert "<script" not in answer.text
    assert ready.client.get(f"{base}/preview", params={"id": "<b>"}).status_code == 404
    assert ready.client.get("/").headers["x-frame-options"] == "DENY"


@pytest.fixture(scope="module")
def indonesian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server in Indonesian for its own pages alone."""
    folder = fill(tmp_path_factory.mktemp("id") / "store")
    with served(folder, "--lang", "id", "--cors", "none") as url, httpx.Client(base_url=url, timeout=180) as client:
        answered(client, "/explore.json")
        yield client


def test_the_servers_own_language(indonesian: httpx.Client) -> None:
    found = indonesian.get("/reconcile", params={"queries": '{"q": {"query": "Turkey"}}'})
    assert found.json()["q"]["result"][0]["name"] == "Turki" and "access-control-allow-origin" not in found.headers
    assert indonesian.get("/reconcile", params={"callback": "f"}).status_code == 400
    assert 'lang="id"' in indonesian.get("/explore", headers={"accept": "text/html"}).text
    rows = indonesian.get("/queries/about", params={"actor": "TUR"}, headers={"accept": "text/csv"}).text
    assert (
        "Turki," in rows
        and "Turki,"
        not in indonesian.get(
            "/queries/about", params={"actor": "TUR", "lang": "en"}, headers={"accept": "text/csv"}
        ).text
    )
    unknown = indonesian.get("/queries/about", params={"actor": "Turkistan"})
    assert unknown.status_code == 404 and "did you mean Turki?" in unknown.text


@pytest.mark.browser
def test_the_preview_fits_its_frame_in_a_page_of_another_site(ready: Server, browser, tmp_path: Path) -> None:
    """The other site is this machine as well: a browser keeps pages of the web from what is local."""
    address = f"{ready.url}/reconcile/preview?id={quote(TURKEY, safe='')}"
    (tmp_path / "index.html").write_text(f'<iframe src="{address}" width="430" height="300"></iframe>')
    other = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path))
    Thread(target=other.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{other.server_port}/")
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "Turkey"
    assert frame.locator("body").evaluate("b => b.scrollWidth <= innerWidth")
    page.close()
    other.shutdown()
    other.server_close()


@pytest.mark.slow
def test_a_foreign_client(ready: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyPI's `reconciler`, which is written for Wikidata's service; it brings pandas, so it is no dependency."""
    reconciler = pytest.importorskip("reconciler", reason="pip install reconciler")
    pandas = pytest.importorskip("pandas")
    monkeypatch.setattr("numpy.NaN", float("nan"), raising=False)  # its version 0.2.2 is older than NumPy 2
    column = pandas.Series(["Turki", "TUR", "ilham aliyev", "nobody at all is called so"])
    found = reconciler.reconcile(column, type_id=None, reconciliation_endpoint=f"{ready.url}/reconcile")
    matched = dict(zip(found["input_value"], found["id"], strict=True))
    assert matched["Turki"] == matched["TUR"] == TURKEY and matched["ilham aliyev"].endswith("ilham-aliyev")
    only = reconciler.reconcile(
        pandas.Series(["Baku", "Turki"]), type_id="Place", reconciliation_endpoint=f"{ready.url}/reconcile/id"
    )
    assert set(only.dropna(subset=["id"])["id"]) == {f"{ENTITY}place/baku"}
