"""Answers to SPARQL as a model reads them: columns and rows with short IRIs, a graph as Turtle."""

from __future__ import annotations

import json
import re
from typing import Any

from kg.mcp import pages
from kg.vocab import prefixes
from kg.worker.messages import Answer

ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]*[\w])?")  # what may follow a prefix without escapes


def told(answer: Answer, question: str, *, start: int, limit: int) -> dict[str, Any]:
    """Return a page of rows, the answer to an ASK, or a graph; `start` is the first row wanted."""
    if answer.type == "text/turtle":
        return {"turtle": pages.whole(answer.body.decode("utf-8", "replace"))}
    found = json.loads(answer.body)
    if "boolean" in found:
        return {"boolean": found["boolean"]}
    names, rows = found["head"].get("vars", []), found["results"]["bindings"]
    shown = [[_cell(row.get(name)) for name in names] for row in rows[start : start + limit]]
    return pages.page({"columns": names, "rows": shown}, "rows", question, start=start, total=len(rows))


def _cell(term: dict[str, Any] | None) -> Any:
    if term is None:
        return None
    if term["type"] == "uri":
        return short(term["value"])
    return f"_:{term['value']}" if term["type"] == "bnode" else term["value"]


def short(iri: str) -> str:
    """Return an IRI with a prefix that queries may use undeclared, where it can be written so."""
    for name, space in sorted(prefixes().items(), key=lambda known: -len(known[1])):
        if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
            return f"{name}:{iri[len(space) :]}"
    return iri
