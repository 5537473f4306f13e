"""SPARQL 1.1 Graph Store Protocol: graphs named by a parameter, or by the address under /store/ itself."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from email import policy
from email.parser import BytesParser
from urllib.parse import urljoin

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.media_types import GRAPHS
from kg.web.protocol import answer, check_iri
from kg.web.requests import Refused, body, check_writer, content_type, endpoint, pairs, reply
from kg.worker import messages
from kg.worker.messages import Answer

ALIASES = {
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
}
MULTIPART = "multipart/form-data"


@dataclass(frozen=True)
class Part:
    """One body of RDF: its media type and its bytes."""

    type: str
    data: bytes


async def indirect(request: Request) -> Response:
    """Serve `?graph=IRI` and `?default`; POST without either makes a new graph."""
    if request.method not in ("GET", "HEAD"):
        check_writer(request)  # who may not write learns that first
    given = pairs(request.url.query)
    graphs = [value for key, value in given if key == "graph"]
    default = [value for key, value in given if key == "default"]
    if len(graphs) + len(default) > 1:
        raise Refused(400, "name one graph: ?graph=IRI or ?default")
    if graphs:
        return await _serve(request, _resolved(request, graphs[0]))
    if default:
        return await _serve(request, "")
    if request.method == "POST":
        address = endpoint(request, f"/store/{uuid.uuid4()}")
        return await _serve(request, address, new=True)
    raise Refused(400, "name a graph: ?graph=IRI or ?default")


def _resolved(request: Request, graph: str) -> str:
    """Return the IRI of a graph that may be given relative to this store."""
    try:
        if re.search(r"[\x00-\x20\x7f<>\"{}|\\^`]", graph):  # urljoin would drop some of these
            raise ValueError
        return check_iri(urljoin(endpoint(request, "/store"), graph), "graph")
    except ValueError as error:
        raise Refused(400, f"graph: {graph[:100]!r} is no IRI") from error


async def direct(request: Request) -> Response:
    """Serve the graph whose name is the address of the request."""
    given = pairs(request.url.query)
    if any(key in ("graph", "default") for key, _ in given):
        raise Refused(400, "the address names the graph already: leave out ?graph and ?default")
    return await _serve(request, check_iri(endpoint(request, request.url.path), "the address"))


async def _serve(request: Request, graph: str, *, new: bool = False) -> Response:
    if request.method in ("GET", "HEAD"):
        return reply(await answer(request, messages.Request(op="graph", graph=graph)))
    check_writer(request)
    if request.method == "DELETE":
        return reply(await request.app.state.source.write(messages.Request(op="delete", graph=graph), b""))
    parts = _parts(request, await body(request))
    what = messages.Request(
        op="put" if request.method == "PUT" else "post",
        graph=graph,
        base=graph or endpoint(request, "/store"),
        parts=tuple(messages.Part(part.type, len(part.data)) for part in parts),
    )
    done: Answer = await request.app.state.source.write(what, b"".join(part.data for part in parts))
    if new and done.status == 201:
        done = replace(done, location=graph)
    return reply(done)


def _parts(request: Request, data: bytes) -> list[Part]:
    kind, charset = content_type(request)
    if kind == MULTIPART:
        return _multipart(request.headers["content-type"], data)
    # The protocol reads a body without a type as RDF/XML.
    return [Part(_type(kind or "application/rdf+xml", charset), data)]


def _multipart(header: str, data: bytes) -> list[Part]:
    if not header.isascii() or "boundary" not in header.lower():
        raise Refused(400, "multipart/form-data needs a boundary")
    message = BytesParser(policy=policy.HTTP).parsebytes(b"Content-Type: " + header.encode() + b"\r\n\r\n" + data)
    if not message.is_multipart():
        raise Refused(400, "the body is no multipart/form-data")
    found = []
    for part in message.iter_parts():  # type: ignore[attr-defined]
        raw = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(raw, bytes):
            raise Refused(400, "the parts of the body are RDF, each of one piece")
        found.append(Part(_type(part.get_content_type(), part.get_content_charset() or ""), raw))
    if not found:
        raise Refused(400, "the body has no parts")
    return found


def _type(kind: str, charset: str) -> str:
    kind = ALIASES.get(kind, kind)
    if kind not in GRAPHS:
        raise Refused(415, f"a graph comes as {', '.join(GRAPHS)}")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, "the data must be UTF-8")
    return kind
