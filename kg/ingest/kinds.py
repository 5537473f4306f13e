"""Which kind of source some bytes are: its name tells, its first bytes tell better, and how many bytes it may have."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.ingest import docx, html, mail, mbox, pdf, sitemaps
from kg.ingest.decode import encoding_of
from kg.ingest.records import MAX_CHARS, MAX_JSON_BYTES, MAX_PAGE_BYTES, Skipped

KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "tsv",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
    ".eml": "mail", ".mht": "mail", ".mhtml": "mail", ".mbox": "mbox",
    ".warc": "warc", ".zip": "zip", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
PACKED = ".gz"
# Bytes that are read at once; the other kinds are read piece by piece, however long they are. A character of a text
# takes up to four bytes.
LIMITS = {"text": 4 * MAX_CHARS, "html": MAX_PAGE_BYTES, "feed": MAX_PAGE_BYTES, "json": MAX_JSON_BYTES}
LIMITS |= dict.fromkeys(("mail", "docx", "pdf", "zip", "sitemap"), MAX_JSON_BYTES)  # with their pictures
STREAMED = frozenset({"jsonl", "csv", "tsv"})
MARKS = {b"WARC/": "warc", b"PK\x03\x04": "zip", pdf.MARK: "pdf"}  # the first bytes that no text has
# What begins like text, or may be decoded as some, and has none to read.
UNREADABLE = {
    b"{\\rtf": "Rich Text (.rtf)",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc)",
    b"%!PS": "PostScript (.ps)",
}


def kind_of(name: str) -> str:
    """Return the kind of a file that its name's ending tells, that of `.gz` aside; empty where it tells none."""
    return KINDS.get(Path(name.lower().removesuffix(PACKED)).suffix, "")


def stem_of(name: str) -> str:
    """Return a file's name without its folders and its ending, that of `.gz` too: its article's id."""
    path = Path(name)
    return Path(path.stem).stem if path.suffix.lower() == PACKED else path.stem


def sniff(head: bytes, kind: str) -> str:
    """Return the kind of a source: a page wins over its file's name, and without a name the first bytes tell.

    Raises Skipped for formats that hold texts and are not read.
    """
    if not kind or kind == "text":
        for mark, what in UNREADABLE.items():
            if head.startswith(mark):
                raise Skipped(f"{what} is not read; save it as .docx, .pdf or .txt")
    marked = next((MARKS[mark] for mark in MARKS if head.startswith(mark)), "")
    if marked and not kind:
        return "docx" if marked == "zip" and docx.MAIN.encode() in head else marked
    start = head[:4096].decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if kind in {"", "text", "feed"} and html.looks_like_page(start):
        return "html"
    if kind in {"", "feed"} and sitemaps.looks_like_sitemap(start):
        return "sitemap"
    if kind:
        return kind
    if mbox.looks_like_mbox(head):
        return "mbox"
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


def check_size(size: int, kind: str) -> None:
    """Raise Skipped where a source has more bytes than its kind may have."""
    if size > LIMITS[kind]:
        remedy = "give JSON Lines (.jsonl) instead" if kind == "json" else "split it into one file per article"
        raise Skipped(f"larger than {LIMITS[kind] / 1e6:,.0f} MB, the limit for one {kind} file; {remedy}")
