"""How the server is reached: over stdio, or by streamable HTTP, with a token or from this machine alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import KGError, StoreError
from kg.mcp.reader import Reader
from kg.mcp.server import build
from kg.web.requests import line, shows
from kg.web.server import run
from kg.web.settings import Settings

PATH = "/mcp"


def serve_stdio(settings: Settings) -> None:
    """Serve the client that started this process, over standard input and output, until the input ends."""
    _check(settings)

    async def serve() -> None:
        async with Reader(settings) as reader:
            await build(reader).run_stdio_async()

    asyncio.run(serve())


def serve_http(settings: Settings, ready: Callable[[int], None] | None = None) -> None:
    """Serve by streamable HTTP until interrupted; `ready` hears the port once it is held."""
    _check(settings)
    run(application(settings), settings, ready)


def application(settings: Settings) -> Starlette:
    """Return the application: one address, for who shows the token, or for this machine alone where there is none."""
    reader = Reader(settings)
    # Without a token only names of this machine are answered, so that no web page gets in under another name.
    here = [f"{name}:*" for name in ("127.0.0.1", "localhost", "[::1]")]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=not settings.token,
        allowed_hosts=here,
        allowed_origins=[f"http://{name}" for name in here],
    )
    app = build(reader).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,  # nothing is told before the answer
        stateless_http=True,  # and nothing is kept between two
        max_request_body_size=2 * settings.text,
        transport_security=security,
    )
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        try:
            async with reader, inner(app):
                yield
        except KGError as error:
            app.state.failure = error  # for whoever started the server
            raise

    app.router.lifespan_context = life
    app.add_middleware(Gate, token=settings.token)
    return app


class Gate:
    """Lets pass who asks by POST and shows the token, where there is one.

    A GET would open a stream for what the server says unasked, which is nothing: MCP lets servers refuse it with 405.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        answer: ASGIApp = self.app
        if scope["type"] == "http":
            if self.token and not shows(Request(scope), self.token):
                wants = {"WWW-Authenticate": 'Bearer realm="kg", Basic realm="kg"'}
                answer = line(401, "this server needs the token: Authorization: Bearer TOKEN", wants)
            elif scope["method"] != "POST":
                answer = line(405, f"MCP is asked by POST, at {PATH}", {"Allow": "POST"})
        await answer(scope, receive, send)


def _check(settings: Settings) -> None:
    if not (settings.store / "CURRENT").is_file():
        raise StoreError(f"{settings.store} holds no store: make one with `kg build … --store`")
