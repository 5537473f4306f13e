"""A web archive (.warc, .warc.gz) → a record for each page of it that holds an article, known by its address."""

from __future__ import annotations

import contextlib
import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from kg.ingest import html, liveblog
from kg.ingest.decode import decode
from kg.ingest.records import MAX_PAGE_BYTES, Record, Skip, Skipped, url_id

log = logging.getLogger("kg.ingest")

PAGES = {"text/html", "application/xhtml+xml"}
NO_PAGE = "a web archive without a page; give one that holds answers of type text/html"


def records(stream: BinaryIO, source: str, path: str | None, skip: Skip) -> Iterator[Record]:
    """Yield the records of an archive, one page at a time; pages without an article are counted in one line.

    What is no page (pictures, styles, redirects, failures) is passed over. An archive that breaks off gives what comes
    before the break. Raises Skipped where it is no archive, or has no page.
    """
    pages = empty = 0
    for found in _opened(stream, source, skip):
        address, kind = found.rec_headers.get_header("WARC-Target-URI") or "", _type(found)
        if not (kind in PAGES or (kind == "text/plain" and found.rec_type == "conversion")):
            continue
        pages += 1
        try:
            yield from _records(found, kind, address.strip("<>"), source, path)
        except Skipped as reason:
            empty += 1
            log.info("%s: %s: %s", source, address, reason)
    if not pages:
        raise Skipped(NO_PAGE)
    if empty:
        skip(source, f"{empty} of its {pages} pages hold no article that could be read; -v tells which")


def _opened(stream: Any, source: str, skip: Skip) -> Iterator[Any]:
    """Yield the records of the archive that may hold pages; say so where it breaks off."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found, count = iter(ArchiveIterator(stream)), 0
    while True:
        try:
            with contextlib.redirect_stderr(io.StringIO()):  # where warcio speaks of lengths that are wrong
                record = next(found, None)
        except (ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error) as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            if not count:
                raise Skipped(f"no web archive that can be read ({reason}); give a .warc or .warc.gz file") from error
            skip(source, f"breaks off after {count} records ({reason}); the rest of it is left out, fetch it again")
            return
        if record is None:
            return
        count += 1
        if record.rec_type in {"response", "resource", "conversion"}:
            yield record


def _type(found: Any) -> str:
    headers = found.http_headers if found.rec_type == "response" else found.rec_headers
    if headers is None or (found.rec_type == "response" and headers.get_statuscode() != "200"):
        return ""
    return (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _records(found: Any, kind: str, address: str, source: str, path: str | None) -> list[Record]:
    stream, data = found.content_stream(), bytearray()
    try:
        while len(data) <= MAX_PAGE_BYTES and (piece := stream.read(65_536)):
            data += piece
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise Skipped(f"its content is broken ({error}); fetch it again") from error
    if found.raw_stream.limit > 0 and not found.raw_stream.read(1):
        raise Skipped("it is cut off; fetch it again")
    if len(data) > MAX_PAGE_BYTES:
        raise Skipped(f"larger than {MAX_PAGE_BYTES:,} bytes; save the article's text in a file")
    said = (found.http_headers or found.rec_headers).get_header("Content-Type") or ""
    text = decode(bytes(data), address, _charset(said) or html.declared(bytes(data[:65_536])))
    if kind not in PAGES:
        return [Record(id=url_id(address), text=text, source=source, where=f"{address}: ", url=address, path=path)]
    pages = liveblog.page_records(text, source, url_id(address), url=address or None, path=path)
    return [replace(page, where=f"{address}: ") for page in pages]


def _charset(content_type: str) -> str | None:
    _, found, value = content_type.lower().partition("charset=")
    return value.split(";")[0].strip(" \"'") or None if found else None
