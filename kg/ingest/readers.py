"""Sources → records: which reader a file, folder, address or the standard input needs, and the limits on each."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg.errors import SpecError
from kg.ingest import docx, feeds, html, mail, mbox, pdf, sitemaps, tables, warc, web, zips
from kg.ingest.decode import EMPTY, REPAIR, check_text, decode, encoding_of
from kg.ingest.kinds import KINDS, LIMITS, PACKED, STREAMED, check_size, kind_of, sniff, stem_of
from kg.ingest.records import Record, Skip, Skipped, record_id, text_id, told, url_id
from kg.ingest.streams import GZIP, Joined, Unpacked

STDIN = "-"
HEAD = 65_536
BREAKS_OFF = "breaks off ({}); what follows is left out, fetch it again"


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


def read_source(source: str, skip: Skip) -> Iterator[Record]:
    """Yield the records of one source; what is no article goes to `skip` with its reason."""
    yield from _whatever_happens(_from_source(source, skip), source, skip)


def _from_source(source: str, skip: Skip) -> Iterator[Record]:
    if source == STDIN:
        yield from _from_stdin(skip)
    elif web.is_address(source):
        yield from _from_web(source, skip)
    elif Path(source).is_dir():
        yield from _from_folder(Path(source), skip)
    else:
        yield from _from_file(Path(source), skip)


def _whatever_happens(records: Iterator[Record], source: str, skip: Skip) -> Iterator[Record]:
    """Yield records up to what ends them, whose reason goes to `skip`."""
    try:
        yield from records
    except Skipped as reason:
        skip(source, str(reason))
    except OSError as error:
        skip(source, f"cannot be opened ({error.strerror or error}); check the path and its permissions")
    except SpecError:  # the package's own data: no article's fault
        raise
    except Exception as error:  # a page that breaks a parser must not stop the others
        skip(source, f"cannot be read ({told(error)}); give its text as .txt")


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
        yield from _from_stream(stream, kind, Origin(str(path), stem_of(path.name), str(path)), skip, size)


def _from_stdin(skip: Skip) -> Iterator[Record]:
    raw = getattr(sys.stdin, "buffer", None)
    stream = raw if raw is not None else io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass"))
    yield from _from_stream(stream, "", Origin(STDIN), skip)


def _from_web(url: str, skip: Skip, *, listed: bool = False) -> Iterator[Record]:
    answer = web.fetch(url)
    if answer.type.split("/")[0] not in {"text", "application"}:
        raise Skipped(f"{answer.type} is no article; give the address of a page")
    kind = kind_of(re.sub(r"[?#].*", "", answer.url))
    if answer.type.endswith(("rss+xml", "atom+xml")):
        kind = "feed"
    elif kind not in STREAMED:  # the bytes tell better than an address, whose .html may be anything
        kind = ""
    origin = Origin(url, url_id(answer.url), None, answer.url, answer.charset, listed)
    yield from _from_stream(io.BytesIO(answer.data), kind, origin, skip)


def _from_stream(
    stream: BinaryIO, kind: str, origin: Origin, skip: Skip, size: int = 0, *, unpacked: Unpacked | None = None
) -> Iterator[Record]:
    head = stream.read(HEAD)
    if unpacked is None and head.startswith(GZIP):
        yield from _from_gzip(io.BufferedReader(Joined(head, stream)), kind, origin, skip)
        return
    if not head:
        raise Skipped(EMPTY)
    kind = sniff(head, kind)
    if kind == "zip" and stream.seekable():  # its table of contents stands at its end
        yield from zips.records(stream, origin.source, skip, partial(_from_member, origin=origin, skip=skip))
        return
    joined = Joined(head, stream)
    if kind in PIECEMEAL:
        yield from PIECEMEAL[kind](joined, head, origin, skip)
        return
    check_size(size, kind)  # before the rest is read
    data = joined.read_up_to(LIMITS[kind] + 1)
    check_size(len(data), kind)
    if unpacked and unpacked.broken:
        raise Skipped(BREAKS_OFF.format(unpacked.broken))  # half an article is none
    yield from WHOLE[kind](data, origin, skip)


def _from_gzip(packed: BinaryIO, kind: str, origin: Origin, skip: Skip) -> Iterator[Record]:
    unpacked = Unpacked(packed)
    try:
        yield from _from_stream(io.BufferedReader(unpacked), kind, origin, skip, unpacked=unpacked)
    except Skipped:
        if not unpacked.broken:
            raise
        raise Skipped(BREAKS_OFF.format(unpacked.broken)) from None
    if unpacked.broken:
        skip(origin.source, BREAKS_OFF.format(unpacked.broken))


def _from_member(stream: BinaryIO, name: str, size: int, *, origin: Origin, skip: Skip) -> Iterator[Record]:
    """Yield the records of a member of an archive, which is known as a file in a folder is."""
    path = f"{origin.path}/{name}" if origin.path else None
    member = Origin(f"{origin.source}/{name}", stem_of(name), path)
    records = _from_stream(stream, kind_of(name), member, skip, 0 if name.lower().endswith(PACKED) else size)
    yield from _whatever_happens(records, member.source, skip)


def _json_lines(stream: Joined, head: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return tables.json_lines(_text_stream(stream, head), origin.source, origin.path, skip)


def _rows(stream: Joined, head: bytes, origin: Origin, skip: Skip, *, tabs: bool) -> Iterator[Record]:
    return tables.rows(_text_stream(stream, head), origin.source, origin.path, skip, tabs=tabs)


def _pages(stream: Joined, _head: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return warc.records(io.BufferedReader(stream), origin.source, origin.path, skip)


def _mails(stream: Joined, _head: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return mbox.records(io.BufferedReader(stream), origin.source, origin.path, skip)


def _zip(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return zips.records(io.BytesIO(data), origin.source, skip, partial(_from_member, origin=origin, skip=skip))


def _feed(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return feeds.records(data, origin.source, origin.path, skip)


def _mail(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    yield mail.record(data, origin.source, origin.stem, path=origin.path)


def _docx(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    yield docx.record(data, origin.source, origin.stem, path=origin.path)


def _pdf(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    yield pdf.record(data, origin.source, origin.stem, path=origin.path)


def _sitemap(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    def read(url: str) -> Iterator[Record]:
        return _whatever_happens(_from_web(url, skip, listed=True), url, skip)

    if origin.listed:
        raise Skipped("a sitemap that another one lists; give its own address")
    return sitemaps.records(data, origin.source, origin.url, skip, read)


def _json(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    text = decode(data, origin.source, origin.charset)
    return tables.json_file(text, origin.source, origin.stem or text_id(text), origin.path, skip)


def _page(data: bytes, origin: Origin, _skip: Skip) -> Iterator[Record]:
    text = decode(data, origin.source, origin.charset or html.declared(data[:HEAD]))
    id_ = origin.stem or record_id(None, origin.url, text)
    yield html.record(text, origin.source, id_, url=origin.url, path=origin.path)


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
    "sitemap": _sitemap,
    "text": _text,
    "zip": _zip,
}
