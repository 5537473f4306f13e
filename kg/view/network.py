"""Rows → pyvis `Network`: the gate to pyvis.

pyvis holds nodes and edges and renders; the template, the layout and everything a reader sees are ours (why: a stock
page calls a CDN, runs scripts out of names, drops parallel edges and takes minutes).
"""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from pyvis.network import Network

from kg.view.layout import SPACING, positions
from kg.view.rows import Actor, Edge, Row, actors, edges

VIS_JS = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"

# Shape and colour both tell the type, so that nobody has to tell colours apart (Okabe and Ito's palette, darkened to
# stand out against white).
TYPES = {
    "Person": ("dot", "#2f6db3"),
    "Country": ("hexagon", "#1b8a5f"),
    "Organization": ("square", "#c77700"),
    "Place": ("diamond", "#8b5aa8"),
}
OTHER = ("triangle", "#6b7280")
COLOURS = {"asserted": "#8a94a3", "planned": "#5b87bd", "negated": "#c43d3d"}
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "multiselect": False,
                    "hideEdgesOnDrag": False, "tooltipDelay": 100},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"width": 1.4, "hoverWidth": 0.8, "selectionWidth": 1.2, "arrowStrikethrough": False,
              "arrows": {"to": {"scaleFactor": 0.55}}},
}


def network(rows: list[Row], labels: dict[str, str]) -> Network:
    """Return a pyvis network of the rows' actors and edges; `labels` are the relations' names for the reader."""
    nodes = actors(rows)
    lines = edges(rows)
    drawn: nx.Graph = nx.Graph()
    drawn.add_nodes_from(nodes)
    between = Counter(frozenset((line.subject, line.object)) for line in lines)
    for line in lines:
        if line.subject != line.object:  # several lines need room for their bends and labels
            parallel = between[frozenset((line.subject, line.object))]
            drawn.add_edge(line.subject, line.object, length=SPACING * (0.85 + 0.15 * min(parallel, 6)))
    degree = Counter(iri for line in lines for iri in (line.subject, line.object))
    where = positions(drawn, {iri: actor.name for iri, actor in nodes.items()})

    net = Network(directed=True, cdn_resources="in_line")  # undirected, pyvis keeps one of several parallel edges
    # `add_node` and `add_edge` scan all nodes at each call: fill the lists that they fill
    net.nodes = [_node(actor, where[iri], degree[iri]) for iri, actor in sorted(nodes.items())]
    net.edges = [_edge(number, line, bend, labels) for number, (line, bend) in enumerate(_bent(lines))]
    net.options = OPTIONS
    return net


def _node(actor: Actor, at: tuple[float, float], degree: int) -> dict[str, Any]:
    shape, colour = TYPES.get(actor.type, OTHER)
    return {"id": actor.iri, "label": actor.name, "names": list(actor.names), "type": actor.type, "shape": shape,
            "color": colour, "x": at[0], "y": at[1],
            "size": round(10 + min(14.0, 2.4 * degree ** 0.6), 1), "degree": degree}


def _bent(lines: list[Edge]) -> list[tuple[Edge, float]]:
    """Give each of several edges between two actors its own bend, the first straight where their number is odd."""
    pairs: dict[tuple[str, ...], list[Edge]] = {}
    for line in lines:
        pairs.setdefault(tuple(sorted((line.subject, line.object))), []).append(line)
    bends = {}
    for (first, *_), between in pairs.items():
        step = min(0.24, 0.9 / len(between))
        for number, line in enumerate(between):
            offset = (number - (len(between) - 1) / 2) * step
            # vis bends to one side of the direction of travel, so the other direction needs the other sign
            bends[line] = round(offset if line.subject == first else -offset, 3)
    return [(line, bends[line]) for line in lines]


def _edge(number: int, line: Edge, bend: float, labels: dict[str, str]) -> dict[str, Any]:
    edge: dict[str, Any] = {
        "id": number, "from": line.subject, "to": line.object, "relation": line.relation,
        "label": labels.get(line.relation, line.relation), "factuality": line.factuality, "disputed": line.disputed,
        "rows": list(line.rows), "arrows": "" if line.symmetric else "to",
        "color": COLOURS.get(line.factuality, COLOURS["asserted"]), "dashes": line.factuality == "planned",
        "width": round(1.3 + min(2.7, 0.5 * (len(line.rows) - 1)), 2),
        "smooth": False,
    }
    if bend:
        edge["smooth"] = {"enabled": True, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)}
    return edge
