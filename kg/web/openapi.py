"""The OpenAPI description of the server: every address, parameter, and status that it answers with."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg._version import __version__
from kg.graph.media_types import ENDINGS, GRAPHS, TABLES
from kg.graph.queries import load, names
from kg.web.actors import ACTS
from kg.web.manifest import KINDS

Json = dict[str, Any]
EXPLORED = {"application/json", "text/turtle"}
EXPLORER = {
    "id": "node: the actor's IRI",
    "steps": "node: 1 or 2",
    "first": "evidence, compare: an actor's IRI",
    "second": "evidence, compare: another one's",
    "stated": "evidence: the relation between both",
    "from": "path: an actor's IRI",
    "to": "path: another one's",
    "since": "new: a day, 2020-10-06; a week before the newest where none is given",
    "q": "search: a name",
    "lang": "en or id",
    "offset": "how many to pass over",
    "limit": "how many at most",
    "text": "words that all must occur",
    "start": "from this day on, 2020-10-06",
    "end": "up to this day",
    "by": "event or published",
    "confidence": "the least probability, 0 to 1; what has none is left out",
    **{
        f"{no}{facet}": f"{'not ' if no else ''}this {facet}; may be repeated"
        for no in ("", "no-")
        for facet in ("relation", "type", "factuality", "agreement", "publisher", "source", "language")
    },
}
_TEXT: Json = {"type": "string"}
_MEANINGS = {
    200: "the answer",
    201: "made",
    202: "the store is being read: ask again",
    204: "done",
    303: "the page",
    400: "the request or query is wrong",
    401: "the token is missing or wrong",
    403: "writing is not allowed",
    409: "cannot be done as the store is now",
    404: "not found",
    406: "no format that is accepted",
    408: "the request came too slowly",
    413: "the request is too large",
    414: "the address is too long",
    415: "the body is of no known type",
    503: "too busy, or out of time",
}


async def describe(request: Request) -> Response:
    """Return the description."""
    return JSONResponse(document())


def document() -> Json:
    """Return the description as JSON."""
    results, graphs = {*TABLES, *GRAPHS}, set(GRAPHS)
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "enum": names()}}
    one_graph = [_parameter("graph", "the graph's IRI"), _parameter("default", "the default graph")]
    path = {"name": "path", "in": "path", "required": True, "schema": {"type": "string", "pattern": r"^[\w.-]+$"}}
    question = {
        **name,
        "name": "question",
        "schema": {"type": "string", "enum": ["overview", "node", "evidence", "path", "compare", "new", "search"]},
    }
    query = [
        _parameter("query", "a SPARQL query; without it, the service is described"),
        _several("default-graph-uri"),
        _several("named-graph-uri"),
    ]
    write = (201, 204, 400, 401, 403, 404, 408, 413, 415, 503)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "newskg",
            "version": __version__,
            "description": "A graph of who did what to whom in the news: SPARQL 1.1 Protocol and Graph Store "
            "Protocol, named queries, and each actor as data.",
        },
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/sparql": {
                "get": _operation("Ask by GET", query, (200, 303, 400, 406, 414, 503), results | {"text/html"}),
                "post": {
                    **_operation(
                        "Ask or update by POST",
                        [_several("using-graph-uri"), _several("using-named-graph-uri"), *query[1:]],
                        (200, 204, 400, 401, 403, 406, 408, 413, 415, 503),
                        results,
                    ),
                    "security": [{}, {"token": []}],
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/x-www-form-urlencoded": {
                                "schema": {"type": "object", "properties": {"query": _TEXT, "update": _TEXT}}
                            },
                            "application/sparql-query": {"schema": _TEXT},
                            "application/sparql-update": {"schema": _TEXT},
                        },
                    },
                },
            },
            "/store": {
                "get": _operation("Read a graph", one_graph, (200, 400, 404, 406, 414, 503), graphs),
                **{
                    method: _written(f"{verb} a graph", one_graph, write, method != "delete")
                    for method, verb in (("put", "Replace"), ("post", "Add to"), ("delete", "Drop"))
                },
            },
            "/store/{path}": {
                "get": _operation("Read the graph of this address", [path], (200, 400, 404, 406, 503), graphs),
                **{
                    method: _written(f"{verb} the graph of this address", [path], write, method != "delete")
                    for method, verb in (("put", "Replace"), ("post", "Add to"), ("delete", "Drop"))
                },
            },
            "/ask": {
                "get": _operation(
                    "Ask in words, English or Indonesian",
                    [
                        _parameter("q", "the question"),
                        _parameter("lang", "en or id: of names; by default the question's"),
                    ],
                    (200, 400, 413, 414, 503),
                    {"application/json"},
                )
            },
            "/queries": {"get": _operation("List the named queries", [], (200,), {"application/json"})},
            "/queries/{name}": {
                "get": _operation(
                    "Ask a named query", [name, *_parameters()], (200, 400, 404, 406, 414, 503), set(TABLES)
                )
            },
            **{
                f"/{kind}/{{path}}": {
                    "get": _operation(
                        f"One {kind} as data; endings .json {' '.join('.' + ending for ending in ENDINGS)}",
                        [path],
                        (200, 400, 404, 406, 503),
                        graphs | {"application/json"},
                    )
                }
                for kind in ("entity", "article", "event")
            },
            "/explore": {
                "get": _operation(
                    "The explorer, and as data its overview",
                    [_parameter("lang", "en or id")],
                    (200, 202, 400, 406, 414, 503),
                    {"text/html", *EXPLORED},
                )
            },
            "/explore/{question}": {
                "get": _operation(
                    "What the explorer shows, as data; endings .json .ttl",
                    [question, *(_parameter(each, meaning) for each, meaning in EXPLORER.items())],
                    (200, 202, 303, 400, 404, 406, 414, 503),
                    EXPLORED,
                )
            },
            **_actors(),
            **_reconciliation(),
            "/health": {"get": _operation("Whether questions are answered", [], (200, 503), {"application/json"})},
            "/openapi.json": {"get": _operation("This description", [], (200,), {"application/json"})},
            "/": {
                "get": _operation(
                    "The query page; as data the named queries, or the service's description",
                    [],
                    (200,),
                    {"text/html", *EXPLORED},
                )
            },
        },
    }


def _actors() -> Json:
    many = [_parameter("offset", "how many to pass over"), _parameter("limit", "how many at most")]
    lang, data = _parameter("lang", "en or id: of the page and of reasons"), {"application/json"}
    named = [_parameter("q", "a part of a name"), _parameter("merged", "1: only actors of several names")]
    statuses, write = (200, 400, 406, 414, 503), (200, 400, 401, 403, 408, 409, 413, 415, 503)
    pairs = "The doubtful pairs with the sentences of both sides; a browser is led to the page"
    return {
        "/actors": {
            "get": _operation(
                "Who is who: the page, and the actors as data", [*named, *many, lang], statuses, {"text/html", *data}
            )
        },
        "/actors/actor": {
            "get": _operation(
                "One actor: names, articles, merges with reason and score",
                [_parameter("id", "its IRI or name"), lang],
                (*statuses, 303, 404),
                data,
            )
        },
        "/actors/review": {"get": _operation(pairs, [*many, lang], (*statuses, 303), data)},
        "/actors/judgements": {"get": _operation("What was judged, the last first", [lang], (*statuses, 303), data)},
        **{
            f"/actors/{name}": {
                "post": {
                    **_operation(f"{name.capitalize()}: {takes}", [], write, data),
                    "security": [{"token": []}],
                    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
                }
            }
            for name, takes in ACTS.items()
        },
    }


def _reconciliation() -> Json:
    asked = [
        _parameter("queries", "a batch of queries, as JSON"),
        _parameter("extend", "ids and properties, as JSON"),
        _parameter("callback", "a function's name, for JSONP"),
    ]
    others = [
        _parameter("id", "preview, flyout: of an actor, property or type"),
        _parameter("prefix", "suggest: what begins so"),
        _parameter("cursor", "suggest: how many to pass over"),
        _parameter("type", "properties: of this type"),
        _parameter("limit", "properties: how many at most"),
    ]
    names = ["preview", "properties", *(f"{of}/{kind}" for of in ("suggest", "flyout") for kind in KINDS)]
    path = {"name": "path", "in": "path", "required": True, "schema": {"type": "string", "enum": names}}
    form = {name["name"]: _TEXT for name in asked}
    statuses, types = (200, 400, 413, 414, 503), {"application/json", "text/javascript"}
    return {
        "/reconcile": {
            "get": _operation("Match names (W3C Reconciliation API 0.2), or its manifest", asked, statuses, types),
            "post": {
                **_operation("Match names by POST", asked, (*statuses, 408, 415), types),
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": form}}
                    },
                },
            },
        },
        "/reconcile/{path}": {
            "get": _operation(
                "Previews, suggestions, flyouts and properties; /reconcile/en and /reconcile/id have all in a language",
                [path, *others, asked[-1]],
                (200, 400, 404, 414, 503),
                types | {"text/html"},
            )
        },
    }


def _parameter(name: str, description: str) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": _TEXT, "allowEmptyValue": True}


def _several(name: str) -> Json:
    return {
        "name": name,
        "in": "query",
        "description": "IRIs of graphs",
        "explode": True,
        "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
    }


def _parameters() -> list[Json]:
    known = {name: meaning for query in names() for name, meaning in load(query).parameters.items()}
    return [_parameter(name, meaning) for name, meaning in sorted(known.items())]


def _operation(summary: str, parameters: list[Json], statuses: tuple[int, ...], types: set[str]) -> Json:
    def response(status: int) -> Json:
        found: Json = {"description": _MEANINGS[status]}
        if status == 200:
            found["content"] = {name: {"schema": {} if name.endswith("json") else _TEXT} for name in sorted(types)}
        elif status >= 400:
            found["content"] = {"text/plain": {"schema": _TEXT}}
        return found

    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {str(status): response(status) for status in statuses},
    }


def _written(summary: str, parameters: list[Json], statuses: tuple[int, ...], has_body: bool) -> Json:
    found = {**_operation(summary, parameters, statuses, set(GRAPHS)), "security": [{"token": []}]}
    if has_body:
        found["requestBody"] = {"required": True, "content": {name: {"schema": _TEXT} for name in GRAPHS}}
    return found
