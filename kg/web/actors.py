"""Who is who, to see and to judge: a page, and its data by address as JSON.

    /actors             the page; as data the actors, ?q= by part of a name, ?merged=1 those with merges
    /actors/actor       ?id= one actor: names, articles, and merges with reason and score
    /actors/review      the doubtful pairs, the surest first, with the sentences of both sides
    /actors/judgements  what was judged, the last first
    POST /actors/merge, /split, /answer, /undo    with the token; what each takes is in `kg.pipeline.acts`

Lists take offset and limit. Judging goes through the one writer as updates do, and is told where `kg actors` tells it:
in the file beside the store. A body must be application/json, which no form of another site can send.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.graph.media_types import choose
from kg.labels import LANGUAGES
from kg.pipeline.acts import TAKES
from kg.web import page
from kg.web.protocol import ask
from kg.web.requests import Refused, body, check_writer, content_type, pairs, reply, settings
from kg.worker import messages

READ = ["GET", "HEAD"]
HTML, JSON = "text/html", "application/json"
ASKED: dict[str, messages.Read] = {"actor": "actor", "review": "review", "judgements": "judged"}
ACTS = TAKES
_WORDS = Path(__file__).parent / "pages" / "actors.json"


def routes() -> list[Route]:
    """Return the addresses for the application."""
    return [
        Route("/actors", _actors, methods=READ),
        Route("/actors/", lambda request: RedirectResponse("/actors"), methods=READ),
        *(Route(f"/actors/{name}", _asked, methods=READ) for name in ASKED),
        *(Route(f"/actors/{name}", _judge, methods=["POST"]) for name in ACTS),
    ]


async def _actors(request: Request) -> Response:
    """Return the page, or the actors as data."""
    if _format(request) == JSON:
        return await _data(request, "actors")
    known = settings(request)
    writing = "none" if not known.write else "open" if known.open else "token"
    html = page.document("actors")
    for mark, value in (("lang", _language(request)), ("writing", writing), ("words", _words())):
        html = html.replace(f"/*{mark}*/", value)
    return HTMLResponse(html, headers={"Content-Security-Policy": page.policy("actors")})


async def _asked(request: Request) -> Response:
    """Return what the page shows of one actor, of doubtful pairs, or of judgements; a browser is led to the page."""
    name = request.url.path.rpartition("/")[2]
    if _format(request) == JSON:
        return await _data(request, ASKED[name])
    query = "?lang=" + _language(request) if "lang" in request.query_params else ""
    shown = f"{request.url.query}" if name == "actor" else name
    return RedirectResponse(f"/actors{query}#{shown}", 303)


async def _data(request: Request, op: messages.Read) -> Response:
    given = dict(pairs(request.url.query))
    iri = given.pop("id", "")
    if op == "actor" and not iri:
        raise Refused(400, "give the actor: ?id=IRI or name")
    given["lang"] = _language(request)
    folder = str(request.app.state.source.store)
    return await ask(request, messages.Request(op=op, iri=iri, parameters=given, folder=folder))


async def _judge(request: Request) -> Response:
    """Have the writer judge, and answer when who is who was derived again."""
    check_writer(request)
    if content_type(request)[0] != JSON:
        raise Refused(415, f"POST takes {JSON}")
    what = messages.Request(op="judge", name=request.url.path.rpartition("/")[2])
    return reply(await request.app.state.source.write(what, await body(request)))


def _format(request: Request) -> str:
    chosen = choose(request.headers.get("accept", ""), dict.fromkeys((JSON, HTML)))
    if chosen is None:
        raise Refused(406, f"comes as {JSON} or {HTML}")
    return chosen[0]


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else settings(request).lang


@cache
def _words() -> str:
    """Return the page's words in both languages, as they may stand in a script element."""
    return json.dumps(json.loads(_WORDS.read_text(encoding="utf-8")), ensure_ascii=False).replace("<", "\\u003c")
