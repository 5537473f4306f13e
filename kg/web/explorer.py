"""The explorer over the store: the page of `kg explore`, and its data by address.

    /explore                the page; what it looks at is in its address after #
    /explore/overview.json  the strongest pairs of all           (also /explore.json)
    /explore/search.json    ?q= actors by name
    /explore/node.json      ?id= an actor's strongest neighbours, with counts per relation and month
    /explore/evidence.json  ?first= &second= &relation= the newest statements, 40 at a time
    /explore/path.json      ?from= &to= a shortest path

Its questions are few and of our own making, so they run in threads over the snapshot.
"""
from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.errors import KGError
from kg.graph.store import Store
from kg.view import find, labels, render, served
from kg.view.index import Index
from kg.web.requests import Refused

READ = ["GET", "HEAD"]
LONGEST = 2_000
log = logging.getLogger("kg.web")
QUICK = 1.0  # seconds that a reader may wait for the index of a new snapshot
THREADS = 8  # questions at a time
LANGUAGES = ("en", "id")


class Snapshot:
    """One snapshot as the explorer reads it, with what is worth keeping of it."""

    def __init__(self, path: str) -> None:
        started = monotonic()
        self.path = path
        self.index = Index(Store.open(path, read_only=True))
        self.cost = monotonic() - started  # seconds
        self._overviews: dict[str, dict[str, Any]] = {}
        self._names: find.Names | None = None
        self._counting, self._naming = Lock(), Lock()

    def search(self, words: str, language: str) -> dict[str, Any]:
        """Return actors by name; the names are read once."""
        with self._naming:
            self._names = self._names or find.Names(self.index)
        return self._names.search(words, language=language)

    def overview(self, language: str) -> dict[str, Any]:
        """Return the strongest pairs; they are counted and placed once."""
        with self._counting:
            if language not in self._overviews:
                self._overviews[language] = served.overview(self.index, language=language)
        return self._overviews[language]


class Explorer:
    """The addresses under /explore."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.opening = Lock()
        self.renewing = False
        self.room = asyncio.Semaphore(THREADS)

    def routes(self) -> list[Route]:
        """Return them for the application."""
        data = {"overview": self.overview, "search": self.search, "node": self.node, "evidence": self.evidence,
                "path": self.path}
        return [Route("/explore", self.page, methods=READ),
                Route("/explore/", lambda request: RedirectResponse("/explore"), methods=READ),
                Route("/explore.json", self.overview, methods=READ),
                *(Route(f"/explore/{name}.json", act, methods=READ) for name, act in data.items())]

    async def page(self, request: Request) -> Response:
        """Return the page; its policy allows its own two scripts, its style, and data from here."""
        html = render.served_page(title=request.app.state.settings.store.name, language=_language(request),
                                  labels=labels(), base="/explore")
        policy = render.policy(served=True) + "; frame-ancestors 'none'"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def overview(self, request: Request) -> Response:
        """Return the strongest pairs."""
        return await self._answer(request, lambda snapshot: snapshot.overview(_language(request)))

    async def search(self, request: Request) -> Response:
        """Return actors by name."""
        words = _text(request, "q")
        return await self._answer(request, lambda snapshot: snapshot.search(words, _language(request)))

    async def node(self, request: Request) -> Response:
        """Return an actor's neighbourhood."""
        iri, start, end = _text(request, "id"), _text(request, "start"), _text(request, "end")
        steps, limit = _number(request, "steps", 1, 2), _number(request, "limit", 200, served.MOST)
        without = request.query_params.getlist("without")[:50]
        return await self._answer(request, lambda snapshot: served.node(
            snapshot.index, iri, language=_language(request), steps=steps, limit=limit, start=start, end=end,
            without=without))

    async def evidence(self, request: Request) -> Response:
        """Return statements, the newest first."""
        first, second, relation, start, end = (_text(request, name) for name in (
            "first", "second", "relation", "start", "end"))
        offset = _number(request, "offset", 0, 1_000_000)
        return await self._answer(request, lambda snapshot: served.evidence(
            snapshot.index, first, second, relation=relation, language=_language(request), offset=offset, start=start,
            end=end))

    async def path(self, request: Request) -> Response:
        """Return a shortest path."""
        first, last = _text(request, "from"), _text(request, "to")
        return await self._answer(request, lambda snapshot: served.path(
            snapshot.index, first, last, language=_language(request)))

    async def _answer(self, request: Request, ask: Callable[[Snapshot], dict[str, Any]]) -> Response:
        async with request.app.state.source.reading() as path, self.room:
            try:
                return JSONResponse(await asyncio.to_thread(self._ask, path, ask))
            except ValueError as error:
                raise Refused(400, str(error)) from error
            except KGError as error:
                raise Refused(500, str(error)) from error

    def _ask(self, path: str, ask: Callable[[Snapshot], dict[str, Any]]) -> dict[str, Any]:
        with self.opening:
            if self.snapshot is None or (self.snapshot.path != path and self.snapshot.cost < QUICK):
                self.snapshot = Snapshot(path)
            elif self.snapshot.path != path and not self.renewing:
                # a large store that was written: what was read last goes on being shown until the new is read
                self.renewing = True
                Thread(target=self._renew, args=(path,), daemon=True).start()
            snapshot = self.snapshot
        return ask(snapshot)

    def _renew(self, path: str) -> None:
        try:
            self.snapshot = Snapshot(path)
        except Exception:  # the next snapshot has taken its place: that one is read next time
            log.debug("%s is gone", path, exc_info=True)
        finally:
            self.renewing = False


def _text(request: Request, name: str) -> str:
    return request.query_params.get(name, "")[:LONGEST]


def _number(request: Request, name: str, usual: int, most: int) -> int:
    text = request.query_params.get(name, "")
    return min(int(text), most) if text.isdecimal() and len(text) < 9 else usual


def _language(request: Request) -> str:
    return request.query_params.get("lang", "en") if request.query_params.get("lang") in LANGUAGES else "en"
