"""Sources → records: which reader a file, folder, address or the standard input needs, and the limits on each."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg.errors import SpecError
from kg.ingest import sitemaps, web, zips
from kg.ingest.decode import EMPTY
from kg.ingest.formats import HEAD, PIECEMEAL, WHOLE, Origin
from kg.ingest.kinds import KINDS, LIMITS, PACKED, STREAMED, check_size, kind_of, sniff, stem_of
from kg.ingest.records import Record, Skip, Skipped, told, url_id
from kg.ingest.streams import GZIP, Joined, Unpacked

STDIN = "-"
BREAKS_OFF = "breaks off ({}); what follows is left out, fetch it again"


def read_source(source: str, skip: Skip) -> Iterator[Record]:
    """Yield the records of one source; what is no article goes to `skip` with its reason."""
    yield from _whatever_happens(_from_source(source, skip), source, skip)


def read_page(url: str, skip: Skip, on_redirect: Callable[[str], None] | None = None) -> Iterator[Record]:
    """Yield the records of the page at an address; raise Skipped, its kinds of `web` among them, where it has none.

    `on_redirect` hears where the address leads before that is asked, and may raise Skipped.
    """
    try:
        yield from _from_web(url, skip, listed=True, on_redirect=on_redirect)
    except (Skipped, SpecError):
        raise
    except Exception as error:  # as above
        raise Skipped(f"cannot be read ({told(error)}); give its text as .txt") from error


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


def _from_web(
    url: str, skip: Skip, *, listed: bool = False, on_redirect: Callable[[str], None] | None = None
) -> Iterator[Record]:
    answer = web.fetch(url, on_redirect=on_redirect)
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
    yield from (HOLDERS.get(kind) or WHOLE[kind])(data, origin, skip)


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


def read_bytes(data: bytes, name: str, skip: Skip, *, path: str | None = None) -> Iterator[Record]:
    """Yield the records of bytes that somebody else has read from a source of that name; else as `read_source`."""
    origin = Origin(name, stem_of(name.rpartition("/")[2]), path)
    yield from _whatever_happens(_from_stream(io.BytesIO(data), kind_of(name), origin, skip, len(data)), name, skip)


def _from_member(stream: BinaryIO, name: str, size: int, *, origin: Origin, skip: Skip) -> Iterator[Record]:
    """Yield the records of a member of an archive, which is known as a file in a folder is."""
    path = f"{origin.path}/{name}" if origin.path else None
    member = Origin(f"{origin.source}/{name}", stem_of(name), path)
    records = _from_stream(stream, kind_of(name), member, skip, 0 if name.lower().endswith(PACKED) else size)
    yield from _whatever_happens(records, member.source, skip)


def _zip(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    return zips.records(io.BytesIO(data), origin.source, skip, partial(_from_member, origin=origin, skip=skip))


def _sitemap(data: bytes, origin: Origin, skip: Skip) -> Iterator[Record]:
    def read(url: str) -> Iterator[Record]:
        return _whatever_happens(_from_web(url, skip, listed=True), url, skip)

    if origin.listed:
        raise Skipped("a sitemap that another one lists; give its own address")
    return sitemaps.records(data, origin.source, origin.url, skip, read)


# The readers of what holds other sources.
HOLDERS = {"sitemap": _sitemap, "zip": _zip}
