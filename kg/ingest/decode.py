"""Bytes → text: the encoding that the bytes say, repaired where they break it, and a refusal of what is no text."""

from __future__ import annotations

import codecs
import logging
import re

from kg.ingest.records import Skipped

log = logging.getLogger("kg.ingest")

BOMS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = "binary file, not text; give a .txt, .html, .jsonl, .csv, .docx, .pdf or feed file"
EMPTY = "empty; give a file with the article's text"
REPAIR = "kg-windows-1252"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _repair(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, so that a Latin-1 or mixed file keeps all its letters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "replace") for byte in broken), error.end


codecs.register_error(REPAIR, _repair)


def encoding_of(head: bytes, declared: str | None = None) -> str:
    """Return the encoding that the first bytes show; `declared` is what a header or page says, and is checked."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    sample = head[:4096]
    if len(sample) > 3 and sample.count(0) > len(sample) / 5:  # UTF-16 without a mark: every other byte is zero
        name = "utf-16-be" if sample[0::2].count(0) > sample[1::2].count(0) else "utf-16-le"
        letters = sample[: len(sample) // 2 * 2].decode(name, "replace")
        if sum("\t" <= letter <= "\u024f" for letter in letters) > 0.9 * len(letters):
            return name
    if declared and not _is_utf8(head):
        try:
            return codecs.lookup(declared.strip()).name
        except (LookupError, ValueError):
            pass
    return "utf-8"


def decode(data: bytes, source: str = "", declared: str | None = None) -> str:
    """Return the text of `data`, newlines as they are; raise Skipped where it is empty or no text."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Skipped(EMPTY)
    encoding = encoding_of(data, declared)
    if encoding == "utf-8" and b"\x00" in data:
        raise Skipped(BINARY)
    try:
        text = data.decode(encoding, REPAIR if encoding.startswith("utf-8") else "replace")
    except (UnicodeError, LookupError):  # a codec that is none of text, or that gives up at once
        text = data.decode("utf-8", REPAIR)
    check_text(text)
    if encoding == "utf-8" and not _is_utf8(data):
        log.warning("%s: not valid UTF-8; its other bytes are read as Windows-1252", source or "text")
    elif "\ufffd" in text:
        log.warning("%s: some bytes are no %s; they are read as U+FFFD", source or "text", encoding)
    return text


def check_text(text: str) -> None:
    """Raise Skipped where a decoded text is empty or mostly what nobody can read."""
    sample = text[:20_000]
    if not text.strip():
        raise Skipped(EMPTY)
    strange = len(CONTROL.findall(sample)) + sample.count("\ufffd")
    if strange > 0.05 * len(sample):
        raise Skipped(BINARY)


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # the last letter of a sample may be cut
    except UnicodeDecodeError:
        return False
    return True
