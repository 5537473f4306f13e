"""Where each actor stands: computed once, seeded, so that a page looks the same on every run and draws at once.

The strongest pairs are what a page draws first, so their actors are laid out first and the others go beside whom they
know best. Each connected component is laid out by itself and the components are packed in shelves; a large component
is laid out community by community. Only networkx and numpy: networkx's spring layout is dense (no scipy) below 500
nodes, which `DENSE` respects.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np

from kg.view.packing import ASPECT, Points, array, pack, points_of, push, shelves, spread

DENSE = 300  # above this many actors a single spring layout is slow
STRESS = 150  # above this many it is a hairball
SPACING = 140.0  # wished distance between neighbours, in the drawing's units (pixels at zoom 1)
ROUNDS = 120
MOSTLY = 0.5  # of a map that is kept
SEED = 7
SYMBOL = (64.0, 52.0)  # room for a symbol where names are culled
GOLDEN = math.pi * (3 - math.sqrt(5))


def positions(
    graph: nx.Graph, names: dict[str, str], core: Sequence[str] | None = None, known: Points | None = None
) -> Points:
    """Return whole-numbered coordinates for every node of an undirected graph, centred on the origin.

    `core` are the nodes that a page shows first, all where it is not given. Where most of them are `known` from another
    map, they stay.
    """
    first = graph if core is None else graph.subgraph(core)
    placed = {node: known[node] for node in first if node in known} if known else {}
    if len(placed) < MOSTLY * len(first):
        components = sorted(
            (sorted(part) for part in nx.connected_components(first)), key=lambda part: (-len(part), part)
        )
        blocks = [spread(_component(first.subgraph(part)), names) for part in components]
        placed = spread(shelves(blocks), names) if blocks else {}
    if len(placed) < len(graph):
        _beside(graph, placed)
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in placed.items()}


def _component(graph: nx.Graph) -> Points:
    if len(graph) <= STRESS:
        return _stress(graph)
    groups = sorted(
        (sorted(group) for group in nx.community.louvain_communities(_ordered(graph), seed=SEED)),
        key=lambda group: (-len(group), group),
    )
    return _communities(graph, [part for group in groups for part in _chunks(group)])


def _stress(graph: nx.Graph) -> Points:
    """Place actors as far apart as their shortest path is long (stress majorisation), the long axis horizontal."""
    nodes = sorted(graph.nodes)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    wished = nx.floyd_warshall_numpy(graph, nodelist=nodes, weight="length")
    pull = 1 / (wished + np.eye(len(nodes))) ** 2
    np.fill_diagonal(pull, 0)
    at = _spring(graph, SPACING * math.sqrt(len(nodes)), nodes)
    for _ in range(ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.hypot(apart[:, :, 0], apart[:, :, 1]), 1e-6)
        wanted = at[None, :, :] + apart * (wished / far)[:, :, None]
        at = (pull[:, :, None] * wanted).sum(axis=1) / pull.sum(axis=1)[:, None]
    at = at - at.mean(axis=0)
    axes = np.linalg.eigh(at.T @ at)[1][:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1, 1)  # an axis has no sign of its own
    return points_of(nodes, at @ axes * [math.sqrt(ASPECT), 1 / math.sqrt(ASPECT)])


def _chunks(group: Sequence[str]) -> list[Sequence[str]]:
    return [group[start : start + DENSE] for start in range(0, len(group), DENSE)]


def _communities(graph: nx.Graph, groups: list[Sequence[str]]) -> Points:
    """Pack the communities' discs, those with many ties side by side, then fill each disc with its members."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    ties: nx.Graph = nx.Graph()
    ties.add_nodes_from(range(len(groups)))
    for first, second in graph.edges:
        if home[first] != home[second]:
            weight = ties.get_edge_data(home[first], home[second], {"weight": 0})["weight"]
            ties.add_edge(home[first], home[second], weight=weight + 1)
    radius = np.array([SPACING * 0.42 * math.sqrt(len(group)) + 20 for group in groups])
    centre = pack(_spring(ties, float(radius.sum()) / 2, list(range(len(groups)))), radius)
    placed: Points = {}
    for number, group in enumerate(groups):
        placed |= points_of(group, _disc(graph.subgraph(group), group, float(radius[number])) + centre[number])
    return placed


def _disc(graph: nx.Graph, nodes: Sequence[str], radius: float) -> np.ndarray:
    """Fill a disc evenly: a spring layout says in which direction and how far out among all."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    at = _spring(graph, radius, nodes)
    at = at - at.mean(axis=0)
    out = np.argsort(np.argsort(np.hypot(*at.T), kind="stable"), kind="stable")
    angle = np.arctan2(at[:, 1], at[:, 0])
    far = radius * np.sqrt((out + 0.5) / len(nodes))
    even = np.stack([np.cos(angle), np.sin(angle)], axis=1) * far[:, None]
    return push(even, np.tile(SYMBOL, (len(nodes), 1)), rounds=60)


def _beside(graph: nx.Graph, placed: Points) -> None:
    """Place the rest: each beside the placed actor that it is tied to most, on a spiral around that one."""
    used: dict[str, int] = {}
    waiting = sorted(set(graph) - set(placed))
    below = (0.0, max((y for _, y in placed.values()), default=0.0) + SPACING)
    while waiting:
        later, anchors = [], {}
        for node in waiting:
            known = [(-graph[node][other].get("weight", 1), other) for other in graph[node] if other in placed]
            anchors[node] = min(known)[1] if known else ""
        for node in waiting:
            if anchors[node] or all(not anchor for anchor in anchors.values()):
                turn = used[anchors[node]] = used.get(anchors[node], 0) + 1
                x, y = placed.get(anchors[node], below)
                far = SYMBOL[0] * math.sqrt(turn + 0.5)
                placed[node] = x + far * math.cos(turn * GOLDEN), y + far * math.sin(turn * GOLDEN)
            else:
                later.append(node)
        waiting = later


def _ordered(graph: nx.Graph) -> nx.Graph:
    """Return a copy with nodes and edges in order: layouts and communities follow it."""
    copy: nx.Graph = nx.Graph()
    copy.add_nodes_from(sorted(graph.nodes))
    edges = graph.edges(data="weight", default=1)
    copy.add_weighted_edges_from(sorted((*sorted(pair), weight) for *pair, weight in edges))
    return copy


def _spring(graph: nx.Graph, scale: float, nodes: Sequence) -> np.ndarray:
    if len(graph) == 1:
        return np.zeros((1, 2))
    ordered = _ordered(graph)
    k = 1.6 / math.sqrt(len(ordered))
    found = nx.spring_layout(
        ordered, k=k, iterations=200 if len(ordered) < 150 else 80, seed=SEED, scale=scale, weight=None
    )
    return array(found, nodes) * [math.sqrt(ASPECT), 1 / math.sqrt(ASPECT)]
