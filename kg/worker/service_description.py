"""The SPARQL 1.1 Service Description of a server, and what it can read and write."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.media_types import GRAPHS, TABLES
from kg.vocab import RDF, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}


def description(endpoint: str, format: ox.RdfFormat, *, writable: bool) -> bytes:
    """Return the description of the service at `endpoint`."""
    service, address = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")
    triples = [
        ox.Triple(service, RDF.type, SD.Service),
        ox.Triple(service, SD.endpoint, address),
        ox.Triple(service, SD.supportedLanguage, SD.SPARQL11Query),
        ox.Triple(service, SD.feature, SD.UnionDefaultGraph),
        ox.Triple(service, SD.defaultDataset, dataset),
        ox.Triple(dataset, RDF.type, SD.Dataset),
        ox.Triple(dataset, SD.defaultGraph, default),
        ox.Triple(default, RDF.type, SD.Graph),
        *(ox.Triple(service, SD.resultFormat, FORMATS[_NAMES[name]]) for name in (*TABLES, *GRAPHS) if name in _NAMES),
    ]
    if writable:
        triples.append(ox.Triple(service, SD.supportedLanguage, SD.SPARQL11Update))
        triples += [ox.Triple(service, SD.inputFormat, FORMATS[_NAMES[name]]) for name in GRAPHS]
    shown = {"sd": SD.iri} if format in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML) else None
    return ox.serialize(triples, format=format, prefixes=shown) or b""
