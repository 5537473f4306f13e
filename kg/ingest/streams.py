"""Streams that are read once, from their start to their end: pipes, standard input, and what is packed."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b"
PIECE = 65_536
# Deflate packs a thousand times at most, and texts, tables and archives of pages three to thirty times.
RATIO = 200
FREE = 16_000_000  # bytes under which the ratio says nothing: a short text of one letter
BOMB = f"unpacks to more than {RATIO} times its size, as no text does; unpack it first if it is sound"


def is_bomb(size: int, packed: int) -> bool:
    """Tell whether bytes unpack to more than a text would."""
    return size > max(FREE, RATIO * packed)


class Unpacked(io.RawIOBase):
    """What a gzip file of one piece or many holds, all that stands before a break; `broken` says why it ends there."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(31)
        self._rest = b""
        self._taken = self._given = 0
        self.broken = ""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; return 0 at the end, and at a break."""
        while not self.broken:
            if not (data := self._rest):
                data = self._packed.read(PIECE)
                self._taken += len(data)
            if not data and self._member.eof:
                return 0
            if self._member.eof:
                if not (data := data.lstrip(b"\0")):  # what pads the file
                    self._rest = b""
                    continue
                self._member = zlib.decompressobj(31)
            try:
                piece = self._member.decompress(data, len(buffer))
            except zlib.error as error:
                self.broken = str(error)
                return 0
            self._rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            self._given += len(piece)
            if is_bomb(self._given, self._taken):
                self.broken = BOMB.partition(";")[0]
                return 0
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
            if not data:
                self.broken = "it is cut off"
        return 0


class Joined(io.RawIOBase):
    """A stream with its first bytes, already read, put back before it: pipes cannot be rewound."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the head, then from the rest."""
        data = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def read_up_to(self, limit: int) -> bytes:
        """Return everything up to a limit."""
        data = bytes(self._head[:limit])
        self._head = memoryview(b"")
        return data + self._rest.read(max(0, limit - len(data)))
