"""The Entity Reconciliation Service API 0.2 over the store: OpenRefine and its like match the names in their tables.

    /reconcile                      the manifest; ?queries= a batch, ?extend= columns; by GET or POST
    /reconcile/en, /reconcile/id    the same with labels in that language
    …/preview                       ?id= an actor on a small page, for a frame
    …/suggest/entity|property|type  ?prefix= what begins so, ?cursor= how many to pass over
    …/flyout/entity|property|type   ?id= one of these in a few words
    …/properties                    ?type= what a table may be extended by

All may be read from pages of other sites, as the protocol demands, unless --cors says otherwise; `callback=` gives
JSONP where all sites may read. Queries are matched in threads over the index of the snapshot, as the explorer's are.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kg.labels import LANGUAGES
from kg.reconcile import protocol
from kg.web import offers
from kg.web.explorer import Explorer
from kg.web.index_views import NotYet
from kg.web.manifest import manifest
from kg.web.previews import policy
from kg.web.requests import Refused, body, content_type, line, pairs, settings

READ = ["GET", "HEAD"]
FORM = "application/x-www-form-urlencoded"
BASE = "/reconcile"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,99}")
Given = dict[str, str]


class Reconciliation:
    """The addresses under /reconcile; the index is the explorer's."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer

    def routes(self) -> list[Route]:
        """Return them for the application; those of a language go before what may stand under /reconcile/."""
        return [
            route
            for base in (*(f"{BASE}/{language}" for language in LANGUAGES), BASE)
            for route in (
                Route(base, self.service, methods=[*READ, "POST"]),
                Route(f"{base}/", self.service, methods=[*READ, "POST"]),
                Route(f"{base}/{{path:path}}", self.other, methods=READ),
            )
        ]

    async def service(self, request: Request) -> Response:
        """Answer a batch of queries, extend a table, or give the manifest where neither is asked."""
        given = dict(pairs(request.url.query))
        if request.method == "POST":
            if content_type(request)[0] != FORM:
                raise Refused(415, f"POST takes {FORM}")
            given |= dict(pairs(await body(request), what="the form"))
        callback = _callback(request, given)
        language, base = _place(request)
        if "queries" in given:
            return await self._asked(request, callback, offers.matched, given["queries"], language)
        if "extend" in given:
            return await self._asked(request, callback, offers.extended, given["extend"], language)
        if request.method == "POST":
            raise Refused(400, "give 'queries' or 'extend' in the form")
        address = str(request.base_url).rstrip("/")
        return _json(manifest(settings(request).store.name, address, address + base, language), callback)

    async def other(self, request: Request) -> Response:
        """Answer what stands under the service's address."""
        given = dict(pairs(request.url.query))
        language, _ = _place(request)
        path = request.path_params["path"]
        if path == "preview":
            return await self._preview(request, given.get("id", ""), language)
        if path not in offers.OFFERS:
            raise Refused(404, f"there are preview, {', '.join(offers.OFFERS)}")
        return await self._asked(request, _callback(request, given), offers.OFFERS[path], given, language)

    async def _asked(
        self, request: Request, callback: str, question: Callable[..., Any], asked: object, language: str
    ) -> Response:
        found = await self._over_index(request, question, asked, language)
        return found if isinstance(found, Response) else _json(found, callback)

    async def _preview(self, request: Request, iri: str, language: str) -> Response:
        found = await self._over_index(request, offers.preview, iri, language)
        if isinstance(found, Response):
            return found
        known, html = found
        return HTMLResponse(html, 200 if known else 404, {"Content-Security-Policy": policy()})

    async def _over_index(self, request: Request, question: Callable[..., Any], asked: object, language: str) -> Any:
        """Return what a question over the index gives; while that is being made, wait as long as queries do."""
        views, until = self.explorer.views, asyncio.get_running_loop().time() + settings(request).wait
        try:
            while True:
                try:
                    async with views.view(request.app.state.source) as view, self.explorer.room:
                        return await asyncio.to_thread(question, view.index, asked, language)
                except NotYet:  # programs do not ask again, as the explorer's page does
                    if asyncio.get_running_loop().time() > until:
                        return line(503, "the store is being read: ask again")
        except protocol.TooManyError as error:
            raise Refused(413, str(error)) from error
        except ValueError as error:
            raise Refused(400, str(error)) from error
        except LookupError as error:
            raise Refused(404, str(error.args[0])) from error


def _place(request: Request) -> tuple[str, str]:
    """Return the language of an address, and the service's path."""
    first = request.url.path.removeprefix(BASE).lstrip("/").partition("/")[0]
    return (first, f"{BASE}/{first}") if first in LANGUAGES else (settings(request).lang, BASE)


def _callback(request: Request, given: Given) -> str:
    """Return the function that JSONP calls; other sites' pages read that, so it is for servers that all may read."""
    name = given.get("callback", "")
    if name and not _CALLBACK.fullmatch(name):
        raise Refused(400, "callback is no name of a function")
    if name and settings(request).cors != "*":
        raise Refused(400, "no callback here: this server lets not every site read")
    return name


def _json(data: Any, callback: str) -> Response:
    text = json.dumps(data, ensure_ascii=False)
    if not callback:
        return Response(text, media_type="application/json")
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends to JavaScript of old
    return Response(f"/**/{callback}({safe});", media_type="text/javascript; charset=utf-8")
