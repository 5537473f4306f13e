"""Gzip, in one piece or many, as a stream of which all is read that stands before a break; no end hides the break."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b"
PIECE = 65_536


class Unpacked(io.RawIOBase):
    """What a gzip file holds; `broken` says why it ends where it does, and is empty where that is its end."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(31)
        self._rest = b""
        self.broken = ""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; return 0 at the end, and at a break."""
        while not self.broken:
            data = self._rest or self._packed.read(PIECE)
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
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
            if not data:
                self.broken = "it is cut off"
        return 0
