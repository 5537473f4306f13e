"""The pages that ask by SPARQL, and that judge: one HTML document each, with its style and script, and nothing else.

As data the query page is the named queries (JSON) or the description of the service (Turtle), by the Accept header.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.graph.media_types import GRAPHS, choose
from kg.web.protocol import listing
from kg.web.requests import endpoint, settings
from kg.worker.service_description import description

HTML, JSON, TURTLE = "text/html", "application/json", "text/turtle"
_FOLDER = Path(__file__).parent / "pages"


@cache
def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _style(name: str) -> str:
    """Return a page's style: what all have, and its own."""
    return _part("query.css") + ("" if name == "query" else _part(f"{name}.css"))


@cache
def document(name: str = "query") -> str:
    """Return a page with its style and script in it."""
    return _part(f"{name}.html").replace("/*style*/", _style(name)).replace("/*script*/", _part(f"{name}.js"))


async def page(request: Request) -> Response:
    """Return the query page, or what it is as data."""
    chosen = choose(request.headers.get("accept", ""), dict.fromkeys((HTML, JSON, TURTLE)))
    if chosen and chosen[0] == JSON:
        return await listing(request)
    if chosen and chosen[0] == TURTLE:
        text = description(endpoint(request), GRAPHS[TURTLE], writable=settings(request).write)
        return Response(text, media_type=TURTLE)
    return HTMLResponse(document())


def policy(name: str = "query") -> str:
    """Return the content security policy: a page's own style and script by their hashes, data from here only."""
    style, script = _hash(_style(name)), _hash(_part(f"{name}.js"))
    return (
        f"default-src 'none'; script-src '{script}'; style-src '{style}'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
