"""The application: which address leads to what, and what starts and ends with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.routing import Route

from kg.errors import KGError
from kg.web import actors, entities, graphstore, page, protocol
from kg.web.explorer import Explorer
from kg.web.guard import Guard
from kg.web.openapi import describe
from kg.web.pool import Pool
from kg.web.reconcile import Reconciliation
from kg.web.requests import failure
from kg.web.settings import Settings
from kg.web.source import Source
from kg.web.words import words

READ = ["GET", "HEAD"]


def application(settings: Settings) -> Starlette:
    """Return the application of one store."""
    explorer = Explorer()

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        source, pool = Source(settings), Pool(settings)
        app.state.source, app.state.pool = source, pool
        try:
            await source.start()
            yield
        except KGError as error:
            app.state.failure = error  # for whoever started the server
            raise
        finally:
            await explorer.close()
            await pool.close()
            await source.close()

    writes = [*READ, "PUT", "POST", "DELETE"]
    app = Starlette(
        lifespan=life,
        exception_handlers={404: failure, 405: failure, Exception: failure},
        routes=[
            Route("/", page.page, methods=READ),
            Route("/sparql", protocol.sparql, methods=[*READ, "POST"]),
            Route("/sparql/", protocol.sparql, methods=[*READ, "POST"]),
            Route("/store", graphstore.indirect, methods=writes),
            Route("/store/{path:path}", graphstore.direct, methods=writes),
            Route("/ask", words, methods=READ),
            Route("/queries", protocol.listing, methods=READ),
            Route("/queries/{name}", protocol.named, methods=READ),
            *(
                Route(f"/{kind}/{{path:path}}", partial(entities.entity, kind), methods=READ)
                for kind in ("entity", "article", "event")
            ),
            *actors.routes(),
            *explorer.routes(),
            *Reconciliation(explorer).routes(),
            Route("/health", protocol.health, methods=READ),
            Route("/openapi.json", describe, methods=READ),
        ],
    )
    app.state.settings = settings
    app.add_middleware(Guard, settings=settings, policy=page.policy())
    return app
