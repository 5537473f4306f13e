"""Rows → pyvis `Network`: the gate to pyvis.

pyvis holds nodes and edges and renders; the template, the layout and everything a reader sees are ours (why: a stock
page calls a CDN, runs scripts out of names, drops parallel edges and takes minutes).
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from pyvis.network import Network

from kg.view.layout import SPACING, positions
from kg.view.packing import Points
from kg.view.rows import Actor, Pair, Row, actors, pairs

VIS_JS = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"

# Shape and colour both tell the type, so that nobody has to tell colours apart (Okabe and Ito's palette, darkened to
# stand out against white; the page has a lighter set for the dark theme).
TYPES = {
    "Person": ("dot", "#2f6db3"),
    "Country": ("hexagon", "#1b8a5f"),
    "Organization": ("square", "#c77700"),
    "Place": ("diamond", "#8b5aa8"),
}
OTHER = ("triangle", "#6b7280")
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "tooltipDelay": 100,
        "keyboard": {"enabled": False},
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {
        "hoverWidth": 0.8,
        "selectionWidth": 1.2,
        "arrowStrikethrough": False,
        "smooth": False,
        "arrows": {"to": {"scaleFactor": 0.55}},
    },
}


def network(rows: list[Row], drawn: int = 1000, *, placed: bool = True, known: Points | None = None) -> Network:
    """Return a pyvis network of the rows' actors and pairs, the strongest pair first; so many are drawn first.

    A view around one actor needs no places: the page puts the others around it. Who has a place in `known` keeps it
    where most have one, so that a filter does not strew a map.
    """
    nodes, lines = actors(rows), pairs(rows)
    degree = Counter(iri for row in rows for iri in (row.subject.iri, row.object.iri))
    ties: nx.Graph = nx.Graph()
    ties.add_nodes_from(nodes)
    for line in lines:
        if line.first != line.second:  # several relations need room for their bends and labels
            kinds = len({rows[number].relation for number in line.rows}) if len(lines) <= 200 else 1
            ties.add_edge(
                line.first, line.second, weight=len(line.rows), length=SPACING * (0.85 + 0.15 * min(kinds, 6))
            )
    shown = {iri for line in lines[:drawn] for iri in (line.first, line.second)}
    where = (
        dict.fromkeys(nodes, (0.0, 0.0))
        if not placed
        else positions(ties, {iri: actor.name for iri, actor in nodes.items()}, sorted(shown), known)
    )

    net = Network(directed=True, cdn_resources="in_line")  # undirected, pyvis compares each edge with all others
    # `add_node` and `add_edge` scan all nodes at each call: fill the lists that they fill
    net.nodes = [_node(actor, where[iri], degree[iri]) for iri, actor in sorted(nodes.items())]
    net.edges = [_edge(line) for line in lines]
    net.options = OPTIONS
    return net


def _node(actor: Actor, at: tuple[float, float], degree: int) -> dict[str, Any]:
    shape, colour = TYPES.get(actor.type, OTHER)
    return {
        "id": actor.iri,
        "label": actor.name,
        "names": list(actor.names),
        "local": dict(actor.local),
        "codes": list(actor.codes),
        "type": actor.type,
        "shape": shape,
        "color": colour,
        "x": at[0],
        "y": at[1],
        "size": round(9 + min(15.0, 2.2 * degree**0.5), 1),
    }


def _edge(pair: Pair) -> dict[str, Any]:
    return {
        "from": pair.first,
        "to": pair.second,
        "rows": list(pair.rows),
        "width": round(1.2 + 1.1 * math.log2(len(pair.rows)), 2),
    }
