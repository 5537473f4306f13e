"""An http(s) address → its bytes, within a time and a size; no other scheme is ever opened, redirects included."""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from kg._version import __version__
from kg.ingest.records import MAX_PAGE_BYTES, Skipped

TIMEOUT = 20.0  # seconds without a byte
DEADLINE = 60.0  # seconds for the whole page
AGENT = f"newskg/{__version__}"
UNTOUCHED = "%/:?#[]@!$&'()*+,;=~"  # what an address has and its parts may have (RFC 3986, 2.2); all else is quoted
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/json,text/plain;q=0.8"


@dataclass(frozen=True, slots=True)
class Response:
    """What an address answered: its final address, its bytes and what it says of them."""

    url: str
    data: bytes
    type: str
    charset: str | None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Skipped):
    """A server answers, and not with the page: its status, and its headers by their names in lower case."""

    def __init__(self, reason: str, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(reason)
        self.status, self.headers = status, headers


class Unreached(Skipped):
    """A server does not answer, or breaks off: another time it may."""


def is_address(source: str) -> bool:
    """Tell whether a source is an address rather than a path."""
    return "://" in source and source.split("://", 1)[0].isalnum()


def fetch(
    url: str, asked: Mapping[str, str] | None = None, *, on_redirect: Callable[[str], None] | None = None
) -> Response:
    """Return what an address answers, asked with these headers too; `on_redirect` may raise Skipped for where it leads.

    Raises Skipped, with the reason in one line, where it does not: `Refused` where it answers otherwise (304 and other
    statuses), `Unreached` where it may answer another time.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise Skipped(f"{url.split(':', 1)[0]} addresses are not read; give http, https or a file")
    headers = {"User-Agent": AGENT, "Accept": ACCEPT, **(asked or {})}
    started = time.monotonic()
    try:
        request = urllib.request.Request(_quoted(url), headers=headers)  # noqa: S310 - checked above
        with _opener(on_redirect).open(request, timeout=TIMEOUT) as answer:
            data = bytearray()
            while chunk := answer.read1(65_536):
                data += chunk
                if len(data) > MAX_PAGE_BYTES:
                    raise Skipped(f"larger than {MAX_PAGE_BYTES:,} bytes; save the article's text in a file")
                if time.monotonic() - started > DEADLINE:
                    raise Unreached(f"not complete after {DEADLINE:.0f} seconds; try again, or save the page in a file")
            kind = answer.headers.get_content_type()
            told = _lowered(answer.headers)
            return Response(answer.geturl(), bytes(data), kind, answer.headers.get_content_charset(), told)
    except urllib.error.HTTPError as error:
        error.close()
        reason = f"the server answers {error.code} {error.reason}; check the address"
        raise Refused(reason, error.code, _lowered(error.headers)) from error
    except urllib.error.URLError as error:
        raise Unreached(f"cannot be reached ({error.reason}); check the address and the network") from error
    except (OSError, HTTPException, ValueError) as error:
        trouble = f"cannot be read ({error or type(error).__name__}); try again, or save the page in a file"
        raise Unreached(trouble) from error


def _quoted(url: str) -> str:
    """Return an address in ASCII (RFC 3987, 3.1): feeds write letters and hosts of any script into links."""
    if url.isascii():
        return url
    parts = urllib.parse.urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    return urllib.parse.quote(urllib.parse.urlunsplit(parts._replace(netloc=host)), safe=UNTOUCHED)


def _lowered(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class _WebOnly(urllib.request.HTTPRedirectHandler):
    def __init__(self, on_redirect: Callable[[str], None] | None) -> None:
        self._on_redirect = on_redirect

    def redirect_request(  # noqa: PLR0917 - the library's signature
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Follow to http and https only."""
        if not newurl.lower().startswith(("http://", "https://")):
            raise Skipped("it redirects to what is no web page; give the article's own address")
        if self._on_redirect:
            self._on_redirect(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(on_redirect: Callable[[str], None] | None) -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()  # bare, so that file:, ftp: and data: have no handler
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    opener.add_handler(_WebOnly(on_redirect))
    return opener
