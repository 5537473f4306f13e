"""Where an endpoint is, and who asks: `sparql+https://name:password@host/path` as its parts."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import StoreError

SCHEME = "sparql+"
TIMEOUT = 120.0  # seconds that an answer may take


@dataclass(frozen=True)
class Address:
    """An endpoint: `url` answers queries, `update` takes updates; neither holds a password."""

    url: str
    update: str
    token: str = field(default="", repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)
    timeout: float = TIMEOUT

    @classmethod
    def parse(cls, text: str, *, update: str = "", token: str = "") -> Address:
        """Return the address that a source or option gives, with or without `sparql+` before it.

        The token is `$KG_ENDPOINT_TOKEN` where none is given, the login `$KG_ENDPOINT_LOGIN` (name:password) where the
        address has none, and the address of updates `$KG_ENDPOINT_UPDATE`, or else what servers usually have. An answer
        may take `$KG_ENDPOINT_TIMEOUT` seconds. Raises StoreError for what is no http(s) address, token or time.
        """
        url, login = _without_login(text.removeprefix(SCHEME))
        update, other = _without_login(update or os.environ.get("KG_ENDPOINT_UPDATE", "") or _usual_update(url))
        name, colon, password = os.environ.get("KG_ENDPOINT_LOGIN", "").partition(":")
        token = _shown(token or os.environ.get("KG_ENDPOINT_TOKEN", ""))
        timeout = _seconds(os.environ.get("KG_ENDPOINT_TIMEOUT") or str(TIMEOUT))
        return cls(url, update, token, login or other or ((name, password) if colon else None), timeout)

    def asked(self, *, token: str | None = None, timeout: float | None = None) -> Address:
        """Return the same address, asked with another token or with more or less time; None leaves it as it is."""
        return replace(self, token=_shown(token) if token else self.token, timeout=timeout or self.timeout)

    @property
    def name(self) -> str:
        """A short name for titles: the host and the path."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}{parts.path}".rstrip("/")

    @property
    def folder(self) -> Path:
        """The folder of this endpoint's copy, under `$KG_CACHE`, `$XDG_CACHE_HOME` or `~/.cache`."""
        cache = os.environ.get("KG_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "newskg"
        return Path(cache).expanduser() / "endpoints" / hashlib.sha256(self.url.encode()).hexdigest()[:16]

    @property
    def copy(self) -> Path:
        """The store in that folder; its name is shown as a title."""
        return self.folder / (re.sub(r"\W+", "-", self.name).strip("-") or "endpoint")

    def __str__(self) -> str:
        return self.url


def is_endpoint(source: object) -> bool:
    """Say whether a source names an endpoint rather than a file or folder."""
    return isinstance(source, str) and source.startswith((f"{SCHEME}http://", f"{SCHEME}https://"))


def _without_login(url: str) -> tuple[str, tuple[str, str] | None]:
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise StoreError(f"{bare(url)}: no address of an endpoint: {bare(str(error))}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(f"{bare(url)}: no address of an endpoint; it begins with http:// or https://")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    clean = urlunsplit((parts.scheme, host + port, parts.path, parts.query, ""))
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return clean, login


def bare(url: str) -> str:
    """Return what somebody gave as an address without what may be a login in it."""
    before, at, rest = url.rpartition("@")
    scheme, slashes, _ = before.partition("//")
    return f"{scheme}{slashes}{rest}" if at and slashes else rest


def _shown(token: str) -> str:
    """Return a token as a header has it; what no header can have would come back in errors, with the token."""
    token = token.strip()
    if any(not "!" <= char <= "~" for char in token):
        raise StoreError("the endpoint's token has blanks or other characters that no token has; check how it is given")
    return token


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise StoreError(f"KG_ENDPOINT_TIMEOUT={text}: give seconds, such as 300")
    return seconds


def _usual_update(url: str) -> str:
    """Return where servers take updates: beside /query (Oxigraph, Fuseki), below a repository (RDF4J, GraphDB)."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path.endswith("/query"):
        path = f"{path.removesuffix('query')}update"
    elif path.rpartition("/")[0].endswith("/repositories"):
        path += "/statements"
    else:
        path = parts.path
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
