"""What a reader hands to `kg.ingest.article`: one raw record, before cleaning, dates and language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

MAX_CHARS = 2_000_000  # one article; the longest that news sites print stay under a tenth of it
MAX_PAGE_BYTES = 10_000_000  # one HTML page or feed with its markup
MAX_JSON_BYTES = 64_000_000  # one .json file, which must be read whole

Skip = Callable[[str, str], None]
TOO_LONG = "larger than {limit:,} {unit}, the limit of one article; split it into one file per article"


class Skipped(Exception):  # noqa: N818 - it ends one record, and is no failure of the run
    """A source or record is no article; the message is the one-line reason with its remedy."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its container holds it: the text, and the fields beside it, verbatim.

    `source` names it in messages, and `where` says which of its lines or entries it is ("line 3: ").
    """

    id: str
    text: str
    source: str
    where: str = ""
    title: str | None = None
    published: str | datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    related: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    path: str | None = None


def told(error: Exception) -> str:
    """Return what a library's error says, in a line that is short enough for a reason."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".removesuffix(": ")


def url_id(url: str) -> str:
    """Return a readable, stable id of an address: its last telling path segment and a hash of the whole."""
    digest = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:8]
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[": no address, and still a name
        return digest
    segments = [re.sub(r"\.\w{2,5}$", "", part) for part in parts.path.split("/")]
    telling = [part for part in segments if len(part) > 3 and not part.isdigit()] or [parts.netloc]
    slug = re.sub(r"[^\w-]+", "-", max(telling[-2:], key=len)).strip("-").lower()[:60].strip("-")
    return f"{slug}-{digest}" if slug else digest


def text_id(text: str) -> str:
    """Return a stable id of a text that has no name of its own."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def record_id(value: object, url: str | None, text: str) -> str:
    """Return a record's own id (an address is shortened), or one derived from its address or its text."""
    own = "" if value is None else re.sub(r"\s+", "-", str(value).strip())
    if own.startswith(("http://", "https://")):
        return url_id(own)
    if own:
        return own[:200]
    return url_id(url) if url else text_id(text)
