"""Which format an answer has: the Accept header of HTTP against what pyoxigraph can write."""

from __future__ import annotations

import re
from typing import TypeVar

import pyoxigraph as ox

Format = TypeVar("Format")

TABLES: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
# The W3C's formats for CSV and TSV have no booleans.
BOOLEANS = {name: format for name, format in TABLES.items() if not name.startswith("text/")}
GRAPHS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
ENDINGS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def choose(accept: str, offered: dict[str, Format]) -> tuple[str, Format] | None:
    """Return the offered media type that the Accept header likes best, or None; the first one where it says nothing."""
    best: tuple[float, int] | None = None
    chosen: str | None = None
    wanted = _parsed(accept)
    for place, name in enumerate(offered):
        quality = _quality(name, wanted)
        if quality > 0 and (best is None or (quality, -place) > best):
            best, chosen = (quality, -place), name
    return (chosen, offered[chosen]) if chosen else None


def _parsed(accept: str) -> list[tuple[str, float]]:
    ranges = []
    for part in accept.lower().split(",")[:100]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if found := re.fullmatch(r"q\s*=\s*([01](?:\.\d{0,3})?)", parameter):
                quality = min(float(found[1]), 1.0)
        if name:
            ranges.append((name, quality))
    return ranges or [("*/*", 1.0)]


def _quality(name: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that matches, as RFC 9110 says."""
    for pattern in (name, name.partition("/")[0] + "/*", "*/*"):
        for given, quality in ranges:
            if given == pattern:
                return quality
    return 0.0
