"""Every actor, article and event as data, under the path of its IRI: /entity/country/TR.json, .ttl, .nt, .rdf, .jsonld.

Where the base IRI is the server's own address, these are the IRIs themselves.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.media_types import ENDINGS, GRAPHS, choose
from kg.graph.terms import is_iri
from kg.vocab import base_iri
from kg.web.protocol import ask
from kg.web.requests import Refused
from kg.worker import messages

JSON = "application/json"


async def entity(kind: str, request: Request) -> Response:
    """Return everything about a node, in the format of the ending, or of the Accept header; JSON where neither says."""
    path: str = request.path_params["path"]
    name, _, ending = path.rpartition(".")
    if not name or ending not in (*ENDINGS, "json"):
        name, ending = path, ""
    # An IRI of ours is written with what the path had to escape.
    iri = f"{base_iri()}{kind}/{quote(name, safe='/-._~')}"
    if not name or not is_iri(iri):
        raise Refused(404, "nothing is known by that address")
    if not ending:
        offered = {JSON: "json", **dict.fromkeys(GRAPHS, "")}
        chosen = choose(request.headers.get("accept", "").replace("text/html", JSON), offered)
        if chosen is None:
            raise Refused(406, f"comes as {', '.join(offered)}")
        ending = chosen[1]
    return await ask(request, messages.Request(op="describe", iri=iri, ending=ending))
