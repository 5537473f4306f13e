"""Where each actor stands: computed once, seeded, so that a page looks the same on every run and draws at once.

Each connected component is laid out by itself, so that edges get their wished `length`, and the components are packed
in shelves; a large component is laid out community by community. Last, actors whose names would overprint are pushed
apart. Only networkx and numpy: networkx's spring layout is dense (no scipy) below 500 nodes, which `DENSE` respects.
"""
from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np

Point = tuple[float, float]
Points = dict[str, Point]

DENSE = 300  # above this many actors a single spring layout is slow and a hairball
SPACING = 140.0  # wished distance between neighbours, in the drawing's units (pixels at zoom 1)
ASPECT = 1.25  # the drawing beside the panel on a usual screen
NAMED = 800  # pushing names apart compares all with all
GAP = 110.0  # between components
LETTER, LINE = 7.2, 46.0  # a name's width per letter and height with its symbol, at zoom 1
ROOM = 2.2  # a drawing's area for each unit of its names' area
ROUNDS = 120
SEED = 7


def positions(graph: nx.Graph, names: dict[str, str]) -> Points:
    """Return whole-numbered coordinates for every node of an undirected graph, centred on the origin."""
    components = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    blocks = [_spread(_component(graph.subgraph(part)), names) for part in components]
    placed = _spread(_shelves(blocks), names) if blocks else {}
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in placed.items()}


def _component(graph: nx.Graph) -> Points:
    if len(graph) <= DENSE:
        return _stress(graph)
    groups = sorted((sorted(group) for group in nx.community.louvain_communities(graph, seed=SEED)),
                    key=lambda group: (-len(group), group))
    return _communities(graph, [part for group in groups for part in _chunks(group)])


def _stress(graph: nx.Graph) -> Points:
    """Place actors as far apart as their shortest path is long (stress majorisation), the long axis horizontal."""
    nodes = sorted(graph.nodes)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    wished = nx.floyd_warshall_numpy(graph, nodelist=nodes, weight="length")
    pull = 1 / (wished + np.eye(len(nodes))) ** 2
    np.fill_diagonal(pull, 0)
    at = _array(_spring(graph, SPACING * math.sqrt(len(nodes))), nodes)
    for _ in range(ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.hypot(apart[:, :, 0], apart[:, :, 1]), 1e-6)
        wanted = at[None, :, :] + apart * (wished / far)[:, :, None]
        at = (pull[:, :, None] * wanted).sum(axis=1) / pull.sum(axis=1)[:, None]
    at = at - at.mean(axis=0)
    axes = np.linalg.eigh(at.T @ at)[1][:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1, 1)  # an axis has no sign of its own
    at = at @ axes * [math.sqrt(ASPECT), 1 / math.sqrt(ASPECT)]
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, at, strict=True)}


def _chunks(group: Sequence[str]) -> list[Sequence[str]]:
    return [group[start:start + DENSE] for start in range(0, len(group), DENSE)]


def _communities(graph: nx.Graph, groups: list[Sequence[str]]) -> Points:
    """Place each community's disc by how the communities are tied, then its members inside the disc."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    ties: nx.Graph = nx.Graph()
    ties.add_nodes_from(range(len(groups)))
    for first, second in graph.edges:
        if home[first] != home[second]:
            weight = ties.get_edge_data(home[first], home[second], {"weight": 0})["weight"]
            ties.add_edge(home[first], home[second], weight=weight + 1)
    radius = np.array([SPACING * 0.62 * math.sqrt(len(group)) for group in groups])
    centre = _array(_spring(ties, float(radius.sum()) / 2), list(range(len(groups))))
    size = 2 * np.stack([radius + GAP / 2] * 2, axis=1)
    centre = _push(centre, size, rounds=200)
    placed: Points = {}
    for number, group in enumerate(groups):
        for node, (x, y) in _spring(graph.subgraph(group), float(radius[number])).items():
            placed[node] = (x + float(centre[number][0]), y + float(centre[number][1]))
    return placed


def _spring(graph: nx.Graph, scale: float) -> dict:
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    ordered: nx.Graph = nx.Graph()  # the layout follows node order: fix it
    ordered.add_nodes_from(sorted(graph.nodes))
    ordered.add_edges_from(sorted(tuple(sorted(pair)) for pair in graph.edges))
    k = 1.6 / math.sqrt(len(ordered))
    found = nx.spring_layout(ordered, k=k, iterations=200 if len(ordered) < 150 else 80, seed=SEED, scale=scale)
    return {node: (float(x) * math.sqrt(ASPECT), float(y) / math.sqrt(ASPECT)) for node, (x, y) in found.items()}


def _shelves(blocks: list[Points]) -> Points:
    """Pack the components in rows, like books, in the width that comes nearest to the shape of a screen."""
    boxes = [_box(block) for block in blocks]
    sizes = [(right - left + GAP, bottom - top + 2 * LINE) for left, top, right, bottom in boxes]
    widest = max(width for width, _ in sizes)
    corners = min((_rows(sizes, widest * stretch / 8) for stretch in range(8, 33)),
                  key=lambda found: max(x + w for (x, _), (w, _) in zip(found, sizes, strict=True)) / ASPECT
                  + max(y + h for (_, y), (_, h) in zip(found, sizes, strict=True)))
    placed = {node: (px - box[0] + x, py - box[1] + y)
              for block, box, (x, y) in zip(blocks, boxes, corners, strict=True) for node, (px, py) in block.items()}
    left, top, right, bottom = _box(placed)
    return {node: (px - (left + right) / 2, py - (top + bottom) / 2) for node, (px, py) in placed.items()}


def _rows(sizes: list[tuple[float, float]], wanted: float) -> list[Point]:
    """Return each box's corner; a box goes on top of the last one where the row is high enough for both."""
    corners: list[Point] = []
    x = y = row = column = used = 0.0  # a row's height; a column's width, and how much of its height is used
    for width, height in sizes:
        if used and used + height <= row and width <= column:
            corners.append((x, y + used))
            used += height
            continue
        x, column = x + column, width
        if x and x + width > wanted:
            x, y, row = 0.0, y + row, 0.0
        corners.append((x, y))
        row, used = max(row, height), height
    return corners


def _box(points: Points) -> tuple[float, float, float, float]:
    xs, ys = zip(*points.values(), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _spread(points: Points, names: dict[str, str]) -> Points:
    """Push actors apart until no name lies on another's; in a larger drawing the page culls names instead."""
    nodes = sorted(points)
    if not 1 < len(nodes) <= NAMED:
        return points
    size = np.array([[min(len(names[node]), 34) * LETTER + 18, LINE] for node in nodes])
    at = _array(points, nodes)
    extent = np.ptp(at, axis=0) + size.mean(axis=0)
    at = at * max(1.0, math.sqrt(ROOM * size.prod(axis=1).sum() / extent.prod()))
    placed = _push(at, size, rounds=250)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, placed, strict=True)}


def _array(points: dict, nodes: Sequence) -> np.ndarray:
    return np.array([points[node] for node in nodes], dtype=float)


def _push(centre: np.ndarray, size: np.ndarray, *, rounds: int) -> np.ndarray:
    """Move overlapping boxes apart along the axis where they overlap less, half each, until none overlaps."""
    half = (size[:, None, :] + size[None, :, :]) / 2
    for _ in range(rounds):
        apart = centre[:, None, :] - centre[None, :, :]
        overlap = half - np.abs(apart)
        overlap[np.arange(len(centre)), np.arange(len(centre))] = -1
        hit = (overlap > 0.5).all(axis=2)
        if not hit.any():
            break
        shorter = overlap[:, :, 1] <= overlap[:, :, 0]
        # two boxes on one spot part by their order, so that the result does not hang on chance
        side = np.where(apart == 0, np.sign(np.arange(len(centre))[:, None] - np.arange(len(centre)))[:, :, None],
                        np.sign(apart))
        step = np.where(hit[:, :, None], overlap * side * 0.5, 0.0)
        step[:, :, 0][shorter] = 0
        step[:, :, 1][~shorter] = 0
        centre = centre + step.sum(axis=1) * 0.9
    return centre
