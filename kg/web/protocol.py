"""SPARQL 1.1 Protocol: queries and updates by GET and POST, the Service Description; named queries; health."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kg._version import __version__
from kg.graph import queries
from kg.graph.media_types import GRAPHS, choose
from kg.graph.terms import is_iri
from kg.web.requests import Refused, body, check_writer, content_type, endpoint, line, pairs, reply, settings
from kg.worker import messages
from kg.worker.messages import Answer
from kg.worker.service_description import description

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MAX_GRAPHS = 1_000

Pairs = list[tuple[str, str]]


async def sparql(request: Request) -> Response:
    """Answer a query or an update, or describe the service where neither is given."""
    given = pairs(request.url.query)
    if request.method in ("GET", "HEAD"):
        if _all(given, "update"):
            raise Refused(400, "an update needs POST")
        if not _all(given, "query"):
            return _description(request)
        return await _query(request, _one(given, "query"), given)
    kind, charset = content_type(request)
    if kind not in (FORM, QUERY, UPDATE):
        raise Refused(415, f"POST takes {FORM}, {QUERY} or {UPDATE}")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, "the text must be UTF-8")
    data = await body(request)
    if kind == FORM:
        given = [*given, *pairs(data, what="the form")]
        if _all(given, "update"):
            if _all(given, "query"):
                raise Refused(400, "give either a query or an update")
            return await _update(request, _one(given, "update"), given)
        return await _query(request, _one(given, "query"), given)
    if _all(given, "query") or _all(given, "update"):
        raise Refused(400, "give the text either in the address or in the body")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "the text is not UTF-8") from error
    return await (_query if kind == QUERY else _update)(request, text, given)


async def _query(request: Request, text: str, given: Pairs) -> Response:
    if len(text) > settings(request).text:
        raise Refused(413, f"the query is larger than {settings(request).text // 1000} kB")
    default, named = _iris(given, "default-graph-uri"), _iris(given, "named-graph-uri")
    if not default and not named:
        return await ask(request, messages.Request(op="query", query=text))
    return await ask(request, messages.Request(op="query", query=text, default=tuple(default), named=tuple(named)))


async def ask(request: Request, what: messages.Request) -> Response:
    """Have a reader answer, over the current snapshot."""
    return reply(await answer(request, what))


async def answer(request: Request, what: messages.Request) -> Answer:
    """Return what a reader answers."""
    state, limits = request.app.state, settings(request)
    accept = ",".join(request.headers.getlist("accept"))
    async with state.source.reading() as snapshot:
        found: Answer = await state.pool.run(
            replace(what, accept=accept, base=endpoint(request), limit=limits.result, store=snapshot)
        )
    return found


async def _update(request: Request, text: str, given: Pairs) -> Response:
    check_writer(request)
    what = messages.Request(
        op="update",
        update=text,
        base=endpoint(request),
        default=tuple(_iris(given, "using-graph-uri")),
        named=tuple(_iris(given, "using-named-graph-uri")),
    )
    return reply(await request.app.state.source.write(what, b""))


def _all(given: Pairs, name: str) -> list[str]:
    return [value for key, value in given if key == name]


def _one(given: Pairs, name: str) -> str:
    found = _all(given, name)
    if len(found) != 1:
        raise Refused(400, f"give one {name}")
    return found[0]


def _iris(given: Pairs, name: str) -> list[str]:
    found = _all(given, name)
    if len(found) > MAX_GRAPHS:
        raise Refused(400, f"{name}: more than {MAX_GRAPHS} graphs")
    for iri in found:
        check_iri(iri, name)
    return found


def check_iri(iri: str, what: str) -> str:
    """Return an absolute IRI, or refuse it."""
    if not is_iri(iri):
        raise Refused(400, f"{what}: {iri[:100]!r} is no absolute IRI")
    return iri


def _description(request: Request) -> Response:
    accept = request.headers.get("accept", "")
    chosen = choose(accept, GRAPHS)
    if "text/html" in accept and (chosen is None or "text/turtle" not in accept):
        return RedirectResponse("/", 303)
    if chosen is None:
        raise Refused(406, f"the service description comes as {', '.join(GRAPHS)}")
    address = endpoint(request, request.url.path)
    data = description(address, chosen[1], writable=settings(request).write)
    return reply(Answer(200, data, chosen[0]))


async def listing(request: Request) -> Response:
    """List the named queries: name, titles, parameters, text."""
    found = [queries.load(name) for name in queries.names()]
    return JSONResponse(
        [
            {"name": query.name, "titles": query.titles, "parameters": query.parameters, "sparql": query.text}
            for query in found
        ]
    )


async def named(request: Request) -> Response:
    """Answer a named query, whose parameters are those of the address: /queries/about?actor=Turkey."""
    name = request.path_params["name"]
    if name not in queries.names():
        raise Refused(404, f"no query is named so; there are {', '.join(queries.names())}")
    given = pairs(request.url.query)
    known = queries.load(name).parameters
    parameters = {key: value for key, value in given if key in known and value}
    if len(parameters) < sum(key in known and bool(value) for key, value in given):
        raise Refused(400, "give each parameter once")
    if "lang" in known:
        parameters.setdefault("lang", settings(request).lang)
    return await ask(request, messages.Request(op="named", name=name, parameters=parameters))


async def health(request: Request) -> Response:
    """Say whether questions are answered."""
    found = await answer(request, messages.Request(op="ask"))
    if found.status != 200:
        return line(503, found.message if found.status == 503 else "the store cannot be read")
    return JSONResponse({"status": "ok", "version": __version__, "writable": settings(request).write})
