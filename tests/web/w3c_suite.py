"""Have npm's rdf-test-suite judge a server: `python tests/web/w3c_suite.py NODE_FOLDER [URL]`.

NODE_FOLDER is one where `npm install rdf-test-suite@2.8.0` was done with `"overrides": {"n3": "2.7.12"}`. Without a
URL, a server is started here on an empty store. The manifests are written out of `w3c_cases.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from web.running import served
from web.w3c_cases import DATA, GRAPH_STORE, PROTOCOL, SERVICE, Ask, Case

BASE = "http://w3c.github.io/rdf-tests/"
HEAD = """@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix cnt: <http://www.w3.org/2011/content#> . @prefix ht: <http://www.w3.org/2011/http#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix st: <http://www.w3.org/2011/http-statusCodes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dawgt: <http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#> .
"""
CODES = {"200": "OK", "201": "Created", "204": "NoContent", "404": "NotFound"}


def text(value: str) -> str:
    return json.dumps(value)


def status(code: str) -> str:
    return f"st:StatusCode{code}" if code.endswith("xx") else f"st:{CODES[code]}"


def request(ask: Ask, prefix: str) -> str:
    headers = [("content-type", ask.type), ("accept", ask.accept)]
    shown = " ".join(f'[ ht:fieldName "{name}" ; ht:fieldValue {text(value)} ]' for name, value in headers if value)
    answer = [f"mf:expectedStatus {', '.join(map(status, ask.status))}"]
    if ask.format:
        answer.append(f"mf:expectedFormat {text(ask.format)}")
    if ask.boolean is not None:
        answer.append(f"mf:expectedBoolean {str(ask.boolean).lower()}")
    if ask.location:
        answer.append(f"mf:expectedLocation {text(ask.location)}")
    if ask.returns_type:
        answer.append(f'ht:headers ( [ ht:fieldName "content-type" ; ht:fieldValue {text(ask.returns_type)} ] )')
    if ask.returns:
        answer.append(f'ht:body [ cnt:characterEncoding "UTF-8" ; cnt:chars {text(ask.returns)} ]')
    parts = [
        f"ht:absolutePath {text(prefix + ask.path)}",
        f"ht:methodName {text(ask.method)}",
        f"ht:resp [ {' ; '.join(answer)} ]",
    ]
    if shown:
        parts.append(f"ht:headers ( {shown} )")
    if ask.body is not None:
        parts.append(f"ht:body [ cnt:characterEncoding {text(ask.encoding)} ; cnt:chars {text(ask.body)} ]")
    return f"[ {' ; '.join(parts)} ]"


def manifest(kind: str, prefix: str, cases: list[Case]) -> str:
    entries = " ".join(f"<#{case.name}>" for case in cases)
    pieces = [HEAD, f"<> a mf:Manifest ; mf:entries ( {entries} ) .\n"]
    for case in cases:
        graphs = "".join(
            f" ; ut:graphData [ ut:graph <data{n}.nt> ; rdfs:label {text(DATA.format(n))} ]" for n in case.graphs
        )
        asks = " ".join(request(ask, prefix) for ask in case.asks)
        pieces.append(
            f"<#{case.name}> a mf:{kind} ; mf:name {text(case.name)} ;"
            f" dawgt:approval dawgt:Approved{graphs} ; mf:action [ ht:requests ( {asks} ) ] .\n"
        )
    return "".join(pieces)


def services() -> str:
    entries = " ".join(f"<#s{n}>" for n in range(len(SERVICE)))
    return (
        HEAD
        + f"<> a mf:Manifest ; mf:entries ( {entries} ) .\n"
        + "".join(
            f"<#s{n}> a mf:ServiceDescriptionTest ; mf:name {text(name)} ; dawgt:approval dawgt:Approved .\n"
            for n, name in enumerate(SERVICE)
        )
    )


def run(node: Path, url: str) -> bool:
    with tempfile.TemporaryDirectory(dir=node) as folder:
        root = Path(folder)
        engine = root / "engine.js"
        engine.write_text("module.exports = { parse() {}, query() {}, update() {} };\n")
        for n in range(4):
            (root / f"data{n}.nt").write_text(
                f"<{DATA.format(n)}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
                " <http://xmlns.com/foaf/0.1/Document> .\n"
            )
        options = json.dumps(
            {
                "protocolEndpoint": f"{url}/sparql",
                "graphStoreEndpoint": f"{url}/store",
                "serviceDescriptionEndpoint": f"{url}/sparql",
            }
        )
        passed = True
        for name, body in (
            ("protocol", manifest("ProtocolTest", "/sparql/", PROTOCOL)),
            ("graph-store", manifest("GraphStoreProtocolTest", "/gsp", GRAPH_STORE)),
            ("service-description", services()),
        ):
            (root / f"{name}.ttl").write_text(body)
            done = subprocess.run(
                [
                    "node_modules/.bin/rdf-test-suite",
                    str(engine.relative_to(node)),
                    f"{BASE}{name}.ttl",
                    "-m",
                    f"{BASE}~{root}/",
                    "-i",
                    options,
                    "-d",
                    "15000",
                ],
                cwd=node,
                capture_output=True,
                text=True,
                check=False,
            )
            print(done.stdout[-6000:], done.stderr[-2000:])
            passed &= done.returncode == 0
        return passed


if __name__ == "__main__":
    where = Path(sys.argv[1]).absolute()
    if len(sys.argv) > 2:
        raise SystemExit(not run(where, sys.argv[2].rstrip("/")))
    with tempfile.TemporaryDirectory() as store, served(Path(store) / "store", "--write", "--open") as url:
        raise SystemExit(not run(where, url))
