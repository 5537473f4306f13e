"""Kinds → their readers, in two tables: what is read piece by piece, and what is read whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from kg.ingest import docx, feeds, html, liveblog, mail, mbox, pdf, tables, warc
from kg.ingest.decode import REPAIR, check_text, decode, encoding_of
from kg.ingest.records import Record, Skip, record_id, text_id
from kg.ingest.streams import Joined

HEAD = 65_536  # bytes that tell a source's kind and encoding


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from: the name for messages, and what becomes of it in the record.

    `listed` is the page of a sitemap, which is not followed further.
    """

    source: str
    stem: str | None = None
    path: str | None = None
    url: str | None = None
    charset: str | None = None
    listed: bool = False


def _json_lines(stream: Joined, head: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return tables.json_lines(_text_stream(stream, head), origin.source, origin.path, skip)


def _rows(stream: Joined, head: bytes, origin: Origin, skip: Skip, *, tabs: bool) -> Iterator[Record]:
    return tables.rows(_text_stream(stream, head), origin.source, origin.path, skip, tabs=tabs)


def _pages(stream: Joined, _head: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return warc.records(io.BufferedReader(stream), origin.source, origin.path, skip)


def _mails(stream: Joined, _head: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return mbox.records(io.BufferedReader(stream), origin.source, origin.path, skip)


def _feed(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return feeds.records(data, origin.source, origin.path, skip)


def _mail(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    yield mail.record(data, origin.source, origin.stem, path=origin.path)


def _docx(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    yield docx.record(data, origin.source, origin.stem, path=origin.path)


def _pdf(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    yield pdf.record(data, origin.source, origin.stem, path=origin.path)


def _json(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    text = decode(data, origin.source, origin.charset)
    return tables.json_file(text, origin.source, origin.stem or text_id(text), origin.path, skip)


def _page(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    text = decode(data, origin.source, origin.charset or html.declared(data[:HEAD]))
    id_ = origin.stem or record_id(None, origin.url, text)
    yield from liveblog.page_records(text, origin.source, id_, url=origin.url, path=origin.path)


def _text(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    text = decode(data, origin.source, origin.charset)
    id_ = origin.stem or record_id(None, origin.url, text)
    yield Record(id=id_, text=text, source=origin.source, url=origin.url, path=origin.path)


def _text_stream(joined: Joined, head: bytes) -> io.TextIOWrapper:
    encoding = encoding_of(head)
    if encoding == "utf-8" and b"\x00" in head:
        decode(head)  # refuses it as binary
    errors = REPAIR if encoding.startswith("utf-8") else "replace"
    check_text(head.decode(encoding, errors))
    return io.TextIOWrapper(io.BufferedReader(joined), encoding=encoding, errors=errors, newline="")


# The readers by kind. What is read piece by piece gets its stream and the first bytes of it, the others all bytes.
PIECEMEAL: dict[str, Callable[[Joined, bytes, Origin, Skip], Iterator[Record]]] = {
    "jsonl": _json_lines,
    "csv": partial(_rows, tabs=False),
    "tsv": partial(_rows, tabs=True),
    "mbox": _mails,
    "warc": _pages,
}
WHOLE: dict[str, Callable[[bytes, Origin, Skip], Iterator[Record]]] = {
    "docx": _docx,
    "feed": _feed,
    "html": _page,
    "json": _json,
    "mail": _mail,
    "pdf": _pdf,
    "text": _text,
}
