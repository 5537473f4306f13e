"""A mailbox (.mbox, RFC 4155) → a record for each of its mails, read one mail at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import SpecError
from kg.ingest import mail
from kg.ingest.records import MAX_JSON_BYTES, Record, Skip, Skipped, told

# The line before a mail: who sent it, and when as ctime writes it. A sentence that begins with "From" has no such day.
FROM = re.compile(rb"From \S+ .{0,40}\b\d{1,2}:\d{2}\b")
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
NO_MAILBOX = 'no mailbox: its first line is none of "From sender day"; give one in mbox format, or mails as .eml'
TOO_LARGE = f"larger than {MAX_JSON_BYTES / 1e6:.0f} MB, the limit for one mail; save its text as .txt"
PIECE = 1 << 20  # bytes of a line that are read at once


def looks_like_mbox(head: bytes) -> bool:
    """Tell whether bytes start as a mailbox does."""
    return bool(FROM.match(head))


def records(stream: BinaryIO, source: str, path: str | None, skip: Skip) -> Iterator[Record]:
    """Yield the records of a mailbox's mails, known by their Message-ID; one without a text is skipped by its number.

    Raises Skipped where it is no mailbox.
    """
    for number, data in enumerate(_mails(stream), 1):
        try:
            if data is None:
                raise Skipped(TOO_LARGE)
            yield mail.record(data, source, None, path=path, where=f"mail {number}: ")
        except Skipped as reason:
            skip(source, f"mail {number}: {reason}")
        except SpecError:  # the package's own data: no mail's fault
            raise
        except Exception as error:  # a mail that breaks a parser must not stop the others
            skip(source, f"mail {number}: cannot be read ({told(error)}); give its text as .txt")


def _mails(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the mails without the line before them; None for one that is too large to be read."""
    if not looks_like_mbox(stream.readline(PIECE)):
        raise Skipped(NO_MAILBOX)
    lines: list[bytes] = []
    size, blank = 0, False
    while line := stream.readline(PIECE):
        if blank and looks_like_mbox(line):
            yield _whole(lines, size)
            lines, size, blank = [], 0, False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= MAX_JSON_BYTES:
            lines.append(line)
    yield _whole(lines, size)


def _whole(lines: list[bytes], size: int) -> bytes | None:
    return QUOTED.sub(rb"\1", b"".join(lines)) if size <= MAX_JSON_BYTES else None
