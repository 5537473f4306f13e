"""What surrounds every request: security headers, CORS, and one answer for what breaks."""

from __future__ import annotations

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.requests import line
from kg.web.settings import Settings

log = logging.getLogger("kg.web")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept, Origin",
}
FRAMED = "frame-ancestors *"  # what any site may show in a frame
LONGEST_ADDRESS = 60_000
ORDER = ("GET", "HEAD", "POST", "PUT", "DELETE")


def _methods(scope: Scope) -> str:
    """Return what the address can be asked by; nothing where there is none."""
    routes = [route for route in scope["app"].routes if route.matches(scope)[0] != Match.NONE]
    return ", ".join(method for method in ORDER if any(method in route.methods for route in routes))


class Guard:
    """Adds to each answer what keeps browsers safe; lets other sites' pages read, and not write."""

    def __init__(self, app: ASGIApp, settings: Settings, policy: str) -> None:
        self.app, self.settings = app, settings
        self.headers = {**HEADERS, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if FRAMED in headers["Content-Security-Policy"]:
                    del headers["X-Frame-Options"]  # which knows no way to say so
                if self.settings.cors:
                    headers["Access-Control-Allow-Origin"] = self.settings.cors
                    headers["Access-Control-Expose-Headers"] = "Location, Retry-After"
            await send(message)

        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS":
            methods = _methods(scope)
            allowed = (
                {
                    "Access-Control-Allow-Methods": methods,
                    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
                    "Access-Control-Max-Age": "600",
                }
                if self.settings.cors and "origin" in headers
                else {}
            )
            answer = (
                line(200, methods, {"Allow": f"{methods}, OPTIONS", **allowed}) if methods else line(404, "Not Found")
            )
            await answer(scope, receive, dressed)
            return
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            await line(414, "the address is too long: use POST")(scope, receive, dressed)
            return
        try:
            await self.app(scope, receive, dressed)
        except Exception:
            log.debug("%s %s", scope["method"], scope["path"], exc_info=True)
            if not started:
                await line(500, "internal error")(scope, receive, dressed)
