"""SPARQL 1.1 Protocol over HTTP: one request with a time limit, tried again where that helps, and errors of one line.

W3C: https://www.w3.org/TR/sparql11-protocol/. Queries are sent by POST as application/x-www-form-urlencoded, updates
directly as application/sparql-update.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Generator
from email.utils import parsedate_to_datetime
from types import TracebackType

import pyoxigraph as ox

from kg._version import __version__
from kg.endpoint.address import Address, bare
from kg.errors import QueryError, StoreError
from kg.graph.results import Result, graph_of

try:
    import httpx2
except ModuleNotFoundError as missing:
    raise StoreError("endpoints need the package httpx2: `pip install 'newskg[endpoint]'`") from missing

TRIES = 5
FIRST_PAUSE = 0.5  # seconds; then twice as long each time
LONGEST_PAUSE = 30.0
AGAIN = {408, 425, 429, 500, 502, 503, 504}
RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
GRAPHS = "application/n-triples, text/turtle;q=0.8"
TABLES = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML)  # others tell no IRI from a text
log = logging.getLogger("kg.endpoint")


class EndpointError(StoreError):
    """An endpoint cannot be reached, refuses, or answers what is no answer; says which and what to do."""


class Client:
    """A connection to an endpoint; a context manager."""

    def __init__(self, address: Address, *, timeout: float | None = None, tries: int = TRIES) -> None:
        self.address, self.timeout, self.tries = address, timeout or address.timeout, tries
        headers = {"User-Agent": f"newskg/{__version__}"}
        if address.token:
            headers["Authorization"] = f"Bearer {address.token}"
        self._http = httpx2.Client(
            auth=_Login(*address.login) if address.login and not address.token else None,
            timeout=httpx2.Timeout(self.timeout, connect=min(self.timeout, 10.0)),
            headers=headers,
        )  # redirects are told and not followed: most turn a POST into a GET, whose success would say nothing

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def ask(self, query: str, *, graph: bool = False) -> tuple[Result, httpx2.Headers]:
        """Return the answer to a query, with the answer's headers; `graph` for CONSTRUCT and DESCRIBE."""
        url, accept = self.address.url, GRAPHS if graph else RESULTS
        answer = self._send(url, {"Accept": accept}, data={"query": query})
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if _is_partial(answer):
            raise EndpointError(f"{url} reached its time limit and answers in part only: ask for less, or elsewhere")
        try:
            if graph and (rdf := ox.RdfFormat.from_media_type(kind)):
                return graph_of(quad.triple for quad in ox.parse(answer.content, rdf)), answer.headers
            table = ox.QueryResultsFormat.from_media_type(kind)
            if table not in TABLES:
                raise EndpointError(
                    f"{url} answers {kind or 'something'} instead of results: "
                    "give the address of the endpoint itself, as …/sparql or …/query"
                )
            result = Result(ox.parse_query_results(answer.content, table))
            len(result)  # all of it is read here, so that what is broken further down is told as well
            return result, answer.headers
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{url} answers what is no {kind}: {_short(str(error))}") from error

    def update(self, update: str) -> None:
        """Send an update; sending it once more must change nothing, for a lost answer is asked for again."""
        self._send(self.address.update, {"Accept": "*/*", "Content-Type": "application/sparql-update"}, update.encode())

    def _send(
        self, url: str, headers: dict[str, str], content: bytes | None = None, data: dict[str, str] | None = None
    ) -> httpx2.Response:
        for attempt in range(1, self.tries + 1):
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * random.uniform(0.8, 1.2)  # noqa: S311  no secret
            try:
                answer = self._http.post(url, headers=headers, content=content, data=data)
            except httpx2.TimeoutException as error:
                problem = EndpointError(
                    f"{url} gave no answer within {self.timeout:g} s: ask for less, or later, or give it more seconds "
                    "by --timeout or $KG_ENDPOINT_TIMEOUT"
                )
                problem.__cause__ = error
                if not isinstance(error, httpx2.ConnectTimeout):
                    raise problem from error  # it works on it still; asking again would double the load
            except (httpx2.TransportError, httpx2.InvalidURL, httpx2.TooManyRedirects, httpx2.DecodingError) as error:
                problem = EndpointError(f"{url} cannot be reached: {_short(str(error)) or type(error).__name__}")
                problem.__cause__ = error
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in AGAIN or _is_final(answer):
                    raise _refused(url, answer)
                problem = _failed(url, answer)
                asked_for = _seconds(answer.headers.get("retry-after", ""))
                pause = pause if asked_for is None else min(LONGEST_PAUSE, asked_for)
            if attempt < self.tries:
                log.info("%s; trying again in %.1f s", problem, pause)
                time.sleep(pause)
        raise problem


def _seconds(wait: str) -> float | None:
    """Return the seconds of a Retry-After, which has a number or a time (RFC 9110, 10.2.3); None for neither."""
    if wait.isdecimal():
        return float(wait)
    try:
        return max(0.0, parsedate_to_datetime(wait).timestamp() - time.time())
    except ValueError:
        return None


def _is_partial(answer: httpx2.Response) -> bool:
    """Say whether rows are missing, which Virtuoso tells in a header where an address has `timeout=` ("anytime")."""
    return answer.headers.get("x-sql-state", "") == "S1TAT"


def _is_final(answer: httpx2.Response) -> bool:
    """Say whether a server's error would come again: Virtuoso has 500 for what it cannot compile, or not in time."""
    told = answer.text[:500].lower()
    return answer.status_code == 500 and ("compiler" in told or "s1t00" in told)


def _refused(url: str, answer: httpx2.Response) -> EndpointError | QueryError:
    """Return what an answer says of the request, which would be answered so again."""
    code = answer.status_code
    if 300 <= code < 400:
        to = answer.headers.get("location", "")
        return EndpointError(f"{url} has moved (HTTP {code}){f' to {bare(to[:200])}' if to else ''}: give that address")
    if code in (401, 403):
        return EndpointError(
            f"{url} refuses (HTTP {code}): give --token or $KG_ENDPOINT_TOKEN, "
            "or a login as $KG_ENDPOINT_LOGIN=name:password"
        )
    if code in (404, 405):
        return EndpointError(
            f"{url} is no endpoint (HTTP {code}): check the address, and that of updates ($KG_ENDPOINT_UPDATE)"
        )
    if code == 400 or _is_final(answer):
        return QueryError(f"{url} refuses the request{_told(answer)}")
    return _failed(url, answer)


def _failed(url: str, answer: httpx2.Response) -> EndpointError:
    """Return what an answer says of the server."""
    code, told = answer.status_code, _told(answer)
    if code == 429:
        return EndpointError(f"{url} has had too many requests (HTTP 429): try later")
    if code == 507 or "space" in told.lower():
        return EndpointError(f"{url} has no space left (HTTP {code}){told}; make room there and give the command again")
    return EndpointError(f"{url} failed (HTTP {code}){told}")


def _told(answer: httpx2.Response) -> str:
    text = "" if "html" in answer.headers.get("content-type", "") else _short(answer.text)
    return f": {text}" if text else ""


def _short(text: str) -> str:
    return " ".join(text.split())[:200]


class _Login(httpx2.Auth):
    """A name and a password, shown in the way that the server asks for: RFC 7616 (digest) or RFC 7617 (basic)."""

    def __init__(self, name: str, password: str) -> None:
        self._ways = {"digest": httpx2.DigestAuth(name, password), "basic": httpx2.BasicAuth(name, password)}
        self._way: str | None = None

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        if self._way:
            yield from self._ways[self._way].auth_flow(request)
            return
        answer = yield request
        way = answer.headers.get("www-authenticate", "").partition(" ")[0].lower()
        if answer.status_code == 401 and way in self._ways:
            self._way = way
            yield from self._ways[way].auth_flow(request)
