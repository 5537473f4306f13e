"""A .zip archive → its members, each as if it lay in a folder of the archive's name; bombs are refused unopened."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from kg.ingest.kinds import KINDS, kind_of
from kg.ingest.records import Record, Skip, Skipped, told
from kg.ingest.streams import BOMB, is_bomb

Read = Callable[[BinaryIO, str, int], Iterator[Record]]
NO_ARTICLES = f"an archive without articles; put files named {', '.join(KINDS)} in it"
OFFICE = {"[Content_Types].xml", "mimetype"}  # what is no archive to its user: .xlsx, .odt, .epub


def records(stream: BinaryIO, source: str, skip: Skip, read: Read) -> Iterator[Record]:
    """Yield the records of an archive's members, by their names' order; `read` reads one: (stream, name, bytes).

    Members that are hidden, or of no kind that is read, are passed over as in folders; one that is broken or locked is
    skipped. Raises Skipped where it is no archive, has no article, or unpacks to more than any text would.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Skipped(f"no archive that can be read ({told(error)}); pack it again") from error
    with archive:
        members = archive.infolist()
        if OFFICE & {member.filename for member in members}:
            raise Skipped("a document of an office program; save its text as .txt")
        if is_bomb(sum(member.file_size for member in members), sum(member.compress_size for member in members)):
            raise Skipped(BOMB)
        members = sorted((member for member in members if _is_article(member)), key=lambda member: member.filename)
        if not members:
            raise Skipped(NO_ARTICLES)
        for member in members:
            yield from _member(archive, member, f"{source}/{member.filename}", skip, read)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, skip: Skip, read: Read) -> Iterator[Record]:
    try:
        if member.flag_bits & 1:
            raise Skipped("locked by a password; unpack it first")
        if is_bomb(member.file_size, member.compress_size):
            raise Skipped(BOMB)
        with archive.open(member) as unpacked:
            yield from read(unpacked, member.filename, member.file_size)  # type: ignore[arg-type]
    except Skipped as reason:
        skip(name, str(reason))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        skip(name, f"broken in its archive ({told(error)}); pack it again")


def _is_article(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not member.is_dir() and not hidden and kind_of(member.filename) not in {"", "zip"}
