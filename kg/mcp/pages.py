"""Answers that fit a model's context: lists in pages with a cursor, long texts cut, and what was left out said."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from kg.mcp.reader import RefusedError

# Characters of one answer: some five thousand tokens, of which a context takes many; a statement has some 900.
LARGEST = 20_000
TEXT = 700  # characters of one text, as of a sentence: longer ones are lists that were taken for sentences
MOST = 100  # entries of a page
_CURSOR = re.compile(r"(\d{1,9})-([0-9a-f]{8})")

Json = dict[str, Any]


def key(tool: str, asked: Json) -> str:
    """Return what tells a question from others, whatever the page."""
    told = json.dumps([tool, {name: value for name, value in asked.items() if value not in (None, "")}], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]


def offset(cursor: str | None, question: str) -> int:
    """Return where the page of a cursor begins; raises RefusedError for one of another question, or that is none."""
    if not cursor:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if not found:
        raise RefusedError("cursor: give the next_cursor of an earlier answer as it stands")
    if found[2] != question:
        raise RefusedError("cursor: it is of another question; ask with the same arguments, or without a cursor")
    return int(found[1])


def page(data: Json, name: str, question: str, *, start: int, total: int) -> Json:
    """Return an answer whose list `name` is the page from `start` on, cut to what fits, and how to get the rest."""
    entries = [shortened(entry) for entry in data[name]]
    told = {**data, name: entries, "shown": "", "next_cursor": "", "note": ""}
    room = LARGEST - 300 - len(dumped({**told, name: []}))
    kept: list[Any] = []
    for entry in entries:
        room -= len(dumped(entry)) + 1
        if room < 0 and kept:
            break
        kept.append(entry)
    end = start + len(kept)
    told = {
        **data,
        name: kept,
        "total": total,
        "shown": f"{start + 1} to {end} of {total}" if kept else f"0 of {total}",
    }
    if end < total:
        cut = len(entries) - len(kept)
        why = f"; {cut} more of this page did not fit in {LARGEST:,} characters" if cut else ""
        told |= {
            "next_cursor": f"{end}-{question}",
            "note": f"{total - end} left out{why}: ask again with the same arguments and this cursor, or for less",
        }
    return told


def shortened(value: Any) -> Any:
    """Return a value whose long texts are cut, with how much was; lists and objects all through."""
    if isinstance(value, str):
        return value if len(value) <= TEXT else f"{value[:TEXT]}… ({len(value) - TEXT:,} characters more)"
    if isinstance(value, list):
        return [shortened(one) for one in value]
    return {name: shortened(one) for name, one in value.items()} if isinstance(value, dict) else value


def whole(text: str) -> str:
    """Return a text in one piece, cut where it is too long for a context."""
    if len(text) <= LARGEST:
        return text
    return f"{text[:LARGEST]}\n# … {len(text) - LARGEST:,} characters more are left out: ask for less, with LIMIT say"


def dumped(data: Any) -> str:
    """Return JSON without blanks."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
