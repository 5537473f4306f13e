"""Statement rows → networks: a networkx multigraph, GraphML and GEXF."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from kg.export.rows import Node, StatementRow, statements
from kg.graph.store import Store

if TYPE_CHECKING:
    import networkx as nx

# XML cannot hold these, however escaped; article texts sometimes do.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_networkx(store: Store, *, language: str = "en") -> nx.MultiDiGraph:
    """Return entities as nodes (by IRI) and statements as edges (keyed by the event's IRI).

    A symmetric relation is one edge with `symmetric` true. Attributes that are unknown are left out.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    for row in statements(store, language=language):
        for node in (row.subject, row.object):
            graph.add_node(node.iri, **_known(_node(node)))
        graph.add_edge(row.subject.iri, row.object.iri, key=row.iri, **_known(_edge(row)))
    return graph


def graphml(store: Store, *, language: str = "en") -> bytes:
    """Return the network as GraphML."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_graphml_xml(_clean(to_networkx(store, language=language)), buffer, named_key_ids=True)
    return buffer.getvalue()


def gexf(store: Store, *, language: str = "en") -> bytes:
    """Return the network as GEXF, without the date of writing: the same graph gives the same bytes."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_gexf(_clean(to_networkx(store, language=language)), buffer)
    namespace = "http://www.gexf.net/1.2draft"
    ET.register_namespace("", namespace)
    root = ET.fromstring(buffer.getvalue())  # noqa: S314 - written two lines above
    for meta in root.iter(f"{{{namespace}}}meta"):
        meta.attrib.pop("lastmodifieddate", None)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="utf-8")


def _node(node: Node) -> dict[str, Any]:
    return {"label": node.label, "type": node.type, "iso": node.iso, "wikidata": node.wikidata}


def _edge(row: StatementRow) -> dict[str, Any]:
    # GEXF takes `start` and `end` for times, so offsets have other names here.
    elsewhere = ("subject", "object", "iri", "start", "end")
    facts = {name: value for name, value in row.flat().items() if name.split("_")[0] not in elsewhere}
    return {
        "label": row.relation,
        **facts,
        "sentence_start": row.start,
        "sentence_end": row.end,
        "symmetric": row.symmetric,
    }


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _clean(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Make every text fit for XML."""
    for _, attributes in graph.nodes(data=True):
        attributes.update(_texts(attributes))
    for _, _, attributes in graph.edges(data=True):
        attributes.update(_texts(attributes))
    return graph


def _texts(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items() if isinstance(value, str)}
