"""What every address needs of a request: its parameters and body within the limits, who asks; and plain replies."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from urllib.parse import parse_qsl, urljoin, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.web.settings import Settings, is_loopback
from kg.worker.messages import Answer


class Refused(HTTPException):
    """A request that is answered with a status and one line."""


async def failure(request: Request, error: Exception) -> Response:
    """Return an error as one line of plain text."""
    if isinstance(error, HTTPException):
        return line(error.status_code, error.detail, dict(error.headers or {}))
    return line(500, "internal error")


def line(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """Return one line of plain text."""
    extra = {"Retry-After": "2"} if status == 503 else {}
    text = " ".join(message.split())
    return Response(text + "\n", status, {**extra, **(headers or {})}, "text/plain; charset=utf-8")


def reply(answer: Answer) -> Response:
    """Return a worker's answer."""
    if answer.status >= 400:
        return line(answer.status, answer.message)
    if not answer.body:
        return Response(
            status_code=answer.status,
            headers={"Location": answer.location} if answer.location else None,
            media_type=answer.type if answer.status == 200 else None,
        )
    charset = "; charset=utf-8" if answer.type.startswith("text/") else ""
    return Response(answer.body, answer.status, media_type=answer.type + charset)


def settings(request: Request) -> Settings:
    """Return the server's settings."""
    found: Settings = request.app.state.settings
    return found


def pairs(text: str | bytes, *, what: str = "the address") -> list[tuple[str, str]]:
    """Decode parameters, once, as UTF-8."""
    try:
        text = text.decode("ascii") if isinstance(text, bytes) else text
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=1000)
    except (UnicodeError, ValueError) as error:
        raise Refused(400, f"the parameters of {what} are not URL-encoded UTF-8") from error


async def body(request: Request) -> bytes:
    """Read the body, up to the limit in bytes and in time."""
    limits = settings(request)
    declared = request.headers.get("content-length", "0")
    too_large = Refused(413, f"the request is larger than {limits.body // 1000} kB", {"Connection": "close"})
    if declared.isdigit() and int(declared) > limits.body:
        raise too_large

    async def read() -> bytes:
        pieces, size = [], 0
        async for piece in request.stream():
            size += len(piece)
            if size > limits.body:
                raise too_large
            pieces.append(piece)
        return b"".join(pieces)

    try:
        return await asyncio.wait_for(read(), limits.patience)
    except TimeoutError as error:
        raise Refused(408, "the request came too slowly", {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise Refused(400, "the request ended before its end") from error


def content_type(request: Request) -> tuple[str, str]:
    """Return the media type of the body, and its charset."""
    name, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = ""
    for parameter in parameters.split(";"):
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return name.strip().lower(), charset


def endpoint(request: Request, path: str = "/sparql") -> str:
    """Return the full address of a path of this server, as the client has written its host."""
    return urljoin(str(request.base_url), path)


def check_writer(request: Request) -> None:
    """Let pass who may write; a request from a web page, or under a foreign host's name, may not by being local."""
    known = settings(request)
    if not known.write:
        raise Refused(403, "this server is read-only: start it with --write and a token")
    if known.open:
        origin, host = request.headers.get("origin"), request.headers.get("host", "")
        here = f"{request.url.scheme}://{host}"
        if origin not in (None, here) or not is_loopback(urlsplit(here).hostname or ""):
            raise Refused(403, "without a token only programs on this machine may write")
        return
    if not shows(request, known.token):
        raise Refused(
            401,
            "writing needs the token: Authorization: Bearer TOKEN",
            {"WWW-Authenticate": 'Bearer realm="kg", Basic realm="kg"'},
        )


def shows(request: Request, token: str) -> bool:
    """Say whether a request shows the token: as a bearer, or as the password of basic authentication."""
    return hmac.compare_digest(_given(request).encode(), token.encode())


def _given(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""
