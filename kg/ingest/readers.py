"""Sources → records: which reader a file, folder, address or the standard input needs, and the limits on each."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import SpecError
from kg.ingest import feeds, html, mail, tables, warc, web
from kg.ingest.decode import EMPTY, REPAIR, check_text, decode, encoding_of
from kg.ingest.records import (
    MAX_CHARS,
    MAX_JSON_BYTES,
    MAX_PAGE_BYTES,
    Record,
    Skip,
    Skipped,
    record_id,
    text_id,
    url_id,
)
from kg.ingest.streams import Joined

KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "tsv",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
    ".eml": "mail", ".mht": "mail", ".mhtml": "mail", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
# Bytes that are read at once; the other kinds are read line by line, however long they are. A character of a text takes
# up to four bytes.
LIMITS = {"text": 4 * MAX_CHARS, "html": MAX_PAGE_BYTES, "feed": MAX_PAGE_BYTES, "json": MAX_JSON_BYTES}
LIMITS["mail"] = MAX_JSON_BYTES  # with its pictures
STREAMED = frozenset({"jsonl", "csv", "tsv"})
STDIN = "-"
HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from: the name for messages, and what becomes of it in the record."""

    source: str
    stem: str | None = None
    path: str | None = None
    url: str | None = None
    charset: str | None = None


def read_source(source: str, skip: Skip) -> Iterator[Record]:
    """Yield the records of one source; what is no article goes to `skip` with its reason."""
    try:
        if source == STDIN:
            yield from _from_stdin(skip)
        elif web.is_address(source):
            yield from _from_web(source, skip)
        elif Path(source).is_dir():
            yield from _from_folder(Path(source), skip)
        else:
            yield from _from_file(Path(source), skip)
    except Skipped as reason:
        skip(source, str(reason))
    except OSError as error:
        skip(source, f"cannot be opened ({error.strerror or error}); check the path and its permissions")
    except SpecError:  # the package's own data: no article's fault
        raise
    except Exception as error:  # a page that breaks a parser must not stop the others
        text = " ".join(str(error).split())[:200]
        skip(source, f"cannot be read ({type(error).__name__}: {text}); give its text as .txt")


def kind_of(name: str) -> str:
    """Return the kind of a file that its name's ending tells; empty where it tells none."""
    name = name.lower()
    return KINDS.get(".warc.gz" if name.endswith(".warc.gz") else Path(name).suffix, "")


def _from_folder(folder: Path, skip: Skip) -> Iterator[Record]:
    def trouble(error: OSError) -> None:
        skip(str(error.filename), f"cannot be opened ({error.strerror}); check its permissions")

    found = 0
    for root, folders, names in os.walk(folder, onerror=trouble):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and kind_of(name):
                found += 1
                yield from read_source(str(path), skip)
    if not found:
        raise Skipped(f"a folder without articles; put files named {', '.join(KINDS)} in it")


def _from_file(path: Path, skip: Skip) -> Iterator[Record]:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Skipped("no such file or folder; check the path") from error
    except ValueError as error:  # a NUL in the name
        raise Skipped(f"no usable path ({error}); check it") from error
    kind = kind_of(path.name)
    if stat.S_ISREG(status.st_mode) and status.st_size == 0:
        raise Skipped(EMPTY)
    with path.open("rb") as stream:
        size = status.st_size if stat.S_ISREG(status.st_mode) else 0  # a pipe's is known at its end
        yield from _from_stream(stream, kind, Origin(str(path), path.stem, str(path)), skip, size)


def _from_stdin(skip: Skip) -> Iterator[Record]:
    raw = getattr(sys.stdin, "buffer", None)
    stream = raw if raw is not None else io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass"))
    yield from _from_stream(stream, "", Origin(STDIN), skip)


def _from_web(url: str, skip: Skip) -> Iterator[Record]:
    answer = web.fetch(url)
    if answer.type.split("/")[0] not in {"text", "application"}:
        raise Skipped(f"{answer.type} is no article; give the address of a page")
    kind = kind_of(re.sub(r"[?#].*", "", answer.url))
    if answer.type.endswith(("rss+xml", "atom+xml")):
        kind = "feed"
    elif kind not in STREAMED:  # the bytes tell better than an address, whose .html may be anything
        kind = ""
    origin = Origin(url, url_id(answer.url), None, answer.url, answer.charset)
    yield from _from_stream(io.BytesIO(answer.data), kind, origin, skip)


def _from_stream(stream: BinaryIO, kind: str, origin: Origin, skip: Skip, size: int = 0) -> Iterator[Record]:
    head = stream.read(HEAD)
    if not head:
        raise Skipped(EMPTY)
    kind = _sniff(head, kind)
    joined = Joined(head, stream)
    if kind in STREAMED:
        lines = _text_stream(joined, head)
        if kind == "jsonl":
            yield from tables.json_lines(lines, origin.source, origin.path, skip)
        else:
            yield from tables.rows(lines, origin.source, origin.path, skip, tabs=kind == "tsv")
        return
    if kind == "warc":
        packed = head.startswith(warc.GZIP)
        yield from warc.records(io.BufferedReader(joined), origin.source, origin.path, skip, packed=packed)
        return
    _check_size(size, kind)  # before the rest is read
    data = joined.read_up_to(LIMITS[kind] + 1)
    _check_size(len(data), kind)
    if kind == "feed":
        yield from feeds.records(data, origin.source, origin.path, skip)
        return
    if kind == "mail":
        yield mail.record(data, origin.source, origin.stem, path=origin.path)
        return
    text = decode(data, origin.source, origin.charset or (html.declared(head) if kind == "html" else None))
    if kind == "json":
        yield from tables.json_file(text, origin.source, origin.stem or text_id(text), origin.path, skip)
        return
    id_ = origin.stem or record_id(None, origin.url, text)
    if kind == "html":
        yield html.record(text, origin.source, id_, url=origin.url, path=origin.path)
    else:
        yield Record(id=id_, text=text, source=origin.source, url=origin.url, path=origin.path)


def _check_size(size: int, kind: str) -> None:
    if size > LIMITS[kind]:
        remedy = "give JSON Lines (.jsonl) instead" if kind == "json" else "split it into one file per article"
        raise Skipped(f"larger than {LIMITS[kind] / 1e6:,.0f} MB, the limit for one {kind} file; {remedy}")


def _sniff(head: bytes, kind: str) -> str:
    """Return the kind of a source: a page wins over its file's name, and without a name the first bytes tell."""
    if kind == "" and head.startswith(warc.MARKS):
        return "warc"
    start = head[:4096].decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if kind in {"", "text", "feed"} and html.looks_like_page(start):
        return "html"
    if kind:
        return kind
    if mail.looks_like_mail(start):
        return "mail"
    if re.match(r"<(?:\?xml|rss|feed|rdf:RDF)\b", start):
        return "feed"
    if re.match(r"\[\s*\{\s*\"", start):
        return "json"
    if re.match(r"\{\s*\"", start):
        first = start.split("\n", 1)[0]
        try:
            json.loads(first)
        except ValueError:
            return "jsonl" if len(first) >= 4000 else "json"
        return "jsonl"
    return "text"


def _text_stream(joined: Joined, head: bytes) -> io.TextIOWrapper:
    encoding = encoding_of(head)
    if encoding == "utf-8" and b"\x00" in head:
        decode(head)  # refuses it as binary
    errors = REPAIR if encoding.startswith("utf-8") else "replace"
    check_text(head.decode(encoding, errors))
    return io.TextIOWrapper(io.BufferedReader(joined), encoding=encoding, errors=errors, newline="")
