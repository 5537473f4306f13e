"""The explorer over the store: the page of `kg explore`, and its data by address, as JSON and as Turtle.

    /explore            the page; what it looks at is in its address after #   (.json, .ttl: as overview)
    /explore/overview   the strongest pairs of all
    /explore/search     ?q= actors by name
    /explore/node       ?id= an actor's strongest neighbours
    /explore/evidence   ?first= &second= &stated= the newest statements, 40 at a time
    /explore/path       ?from= &to= a shortest path
    /explore/compare    ?first= &second= what two actors have in common, and what not
    /explore/new        ?since= what nothing before that day told of

All take the filters of `kg.explore.filters`, and all but search tell what each filter would leave. The format is that
of the ending (/explore/node.ttl) or of the Accept header; a browser is led to the page. The questions are few and of
our own making, so they run in threads over the index of the snapshot.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.errors import KGError
from kg.explore import answers, news, paths, turtle
from kg.explore.filters import Filters
from kg.explore.index import STEPS
from kg.graph.media_types import choose
from kg.labels import LANGUAGES
from kg.view import labels, render
from kg.web.index_views import IndexView, IndexViews, NotYet
from kg.web.requests import Refused, line, pairs, settings

READ = ["GET", "HEAD"]
LONGEST = 2_000
THREADS = 8  # questions at a time
PAGE = 500  # statements at most in one answer
HTML, JSON, TURTLE = "text/html", "application/json", "text/turtle"
ENDINGS = {".json": JSON, ".ttl": TURTLE}
# what a page's address calls what the data's address calls otherwise
IN_PAGE = {
    "id": "focus",
    "first": "select",
    "second": "select",
    "stated": "select",
    "start": "from",
    "end": "to",
    "from": "path",
    "to": "path",
}


class Explorer:
    """The addresses under /explore."""

    def __init__(self) -> None:
        self.views = IndexViews()
        self.room = asyncio.Semaphore(THREADS)
        self.close = self.views.close

    def routes(self) -> list[Route]:
        """Return them for the application."""
        return [
            Route("/explore", self.page, methods=READ),
            Route("/explore/", lambda request: RedirectResponse("/explore"), methods=READ),
            *(Route(f"/explore{ending}", self.answer, methods=READ) for ending in ENDINGS),
            Route("/explore/{name}", self.answer, methods=READ),
        ]

    async def page(self, request: Request) -> Response:
        """Return the page; its policy allows its own two scripts, its style, and data from here."""
        if _format(request, HTML, JSON, TURTLE) != HTML:
            return await self.answer(request)
        html = render.served_page(
            title=request.app.state.settings.store.name, language=_language(request), labels=labels(), base="/explore"
        )
        policy = render.policy(served=True) + "; frame-ancestors 'none'"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def answer(self, request: Request) -> Response:
        """Return data."""
        path = request.url.path.removeprefix("/explore").lstrip("/")
        ending = next((ending for ending in ENDINGS if path.endswith(ending)), "")
        name = path.removesuffix(ending) or "overview"
        if name not in QUESTIONS:
            raise Refused(404, f"there are {', '.join(QUESTIONS)}")
        format_ = ENDINGS.get(ending) or _format(request, JSON, TURTLE, HTML)
        if format_ == HTML:
            return RedirectResponse(_in_page(request, name), 303)
        try:
            filters = Filters.read([(key, value[:LONGEST]) for key, value in pairs(request.url.query)])
            async with self.views.view(request.app.state.source) as view, self.room:
                return await asyncio.to_thread(QUESTIONS[name], view, request, filters, format_)
        except NotYet as waiting:
            if format_ == JSON:
                return JSONResponse({"reading": waiting.done, "of": STEPS}, 202, {"Retry-After": "1"})
            return line(503, f"the store is being read: {waiting.done} of {STEPS} steps are done")
        except ValueError as error:
            raise Refused(400, str(error)) from error
        except KGError as error:
            raise Refused(500, str(error)) from error


def _overview(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    language = _language(request)

    def drawn(filters: Filters) -> dict[str, Any]:
        first = None if filters == Filters() else view.once("overview", (Filters(), language), lambda: drawn(Filters()))
        actors = first["actors"] if first else {}
        known = dict(zip(actors["id"], zip(actors["x"], actors["y"], strict=True), strict=True)) if first else None
        return answers.overview(view.filtered(filters), language=language, known=known)

    return _network(view, view.once("overview", (filters, language), lambda: drawn(filters)), format_)


def _node(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    return _network(
        view,
        answers.node(
            view.filtered(filters),
            _text(request, "id"),
            language=_language(request),
            steps=_number(request, "steps", 1, 2),
            limit=_number(request, "limit", answers.LIMIT, answers.MOST),
        ),
        format_,
    )


def _path(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    return _network(
        view,
        paths.path(view.filtered(filters), _text(request, "from"), _text(request, "to"), language=_language(request)),
        format_,
    )


def _compare(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    first, second = _text(request, "first"), _text(request, "second")
    return _network(view, answers.compare(view.filtered(filters), first, second, language=_language(request)), format_)


def _new(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    since = _text(request, "since")
    return _network(view, news.news(view.filtered(filters), since, language=_language(request)), format_)


def _evidence(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    first, second, relation = (_text(request, name) for name in ("first", "second", "stated"))
    data = answers.evidence(
        view.filtered(filters),
        first,
        second,
        relation=relation,
        language=_language(request),
        offset=_number(request, "offset", 0, 100_000_000),
        limit=_number(request, "limit", 40, PAGE),
    )
    events = data.pop("events")
    return (
        Response(turtle.evidence(view.index.store, events), media_type=TURTLE)
        if format_ == TURTLE
        else JSONResponse(data)
    )


def _search(view: IndexView, request: Request, filters: Filters, format_: str) -> Response:
    data = answers.search(view.index, _text(request, "q"), language=_language(request))
    return (
        Response(turtle.actors(view.index.store, data), media_type=TURTLE) if format_ == TURTLE else JSONResponse(data)
    )


QUESTIONS: dict[str, Callable[[IndexView, Request, Filters, str], Response]] = {
    "overview": _overview,
    "node": _node,
    "evidence": _evidence,
    "path": _path,
    "compare": _compare,
    "new": _new,
    "search": _search,
}


def _network(view: IndexView, data: dict[str, Any], format_: str) -> Response:
    return (
        Response(turtle.network(view.index.store, data), media_type=TURTLE) if format_ == TURTLE else JSONResponse(data)
    )


def _format(request: Request, *offered: str) -> str:
    chosen = choose(request.headers.get("accept", ""), dict.fromkeys(offered))
    if chosen is None:
        raise Refused(406, f"comes as {', '.join(offered)}")
    return chosen[0]


def _in_page(request: Request, name: str) -> str:
    """Return the address of the page that shows what an address of data tells."""
    called = IN_PAGE | ({"first": "about", "second": "about"} if name == "compare" else {})
    given = [("page", name)] if name in ("compare", "new") else []
    given += [
        (called.get(key, key), value)
        for key, value in request.query_params.multi_items()
        if key not in ("limit", "offset", "q", "lang") and value
    ]
    language = f"?lang={_language(request)}" if "lang" in request.query_params else ""
    return f"/explore{language}" + (f"#{urlencode(given)}" if given else "")


def _text(request: Request, name: str) -> str:
    return request.query_params.get(name, "")[:LONGEST]


def _number(request: Request, name: str, usual: int, most: int) -> int:
    text = request.query_params.get(name, "")
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else usual


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else settings(request).lang
