"""Boxes and discs on a plane: packing them, and pushing them apart until none overlaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Point = tuple[float, float]
Points = dict[str, Point]

ASPECT = 1.2  # the drawing's width to its height on a usual screen
GAP = 110.0  # between components
LETTER, LINE = 7.2, 46.0  # a name's width per letter and height with its symbol, at zoom 1
ROOM = 2.2  # a drawing's area for each unit of its names' area
NAMED = 150  # with more actors not every name is shown at once: the page culls names instead


def shelves(blocks: list[Points]) -> Points:
    """Pack the components in rows, like books, in the width that comes nearest to the shape of a screen."""
    boxes = [box(block) for block in blocks]
    sizes = [(right - left + GAP, bottom - top + 2 * LINE) for left, top, right, bottom in boxes]
    widest = max(width for width, _ in sizes)
    corners = min(
        (_rows(sizes, widest * stretch / 8) for stretch in range(8, 33)),
        key=lambda found: (
            max(x + w for (x, _), (w, _) in zip(found, sizes, strict=True)) / ASPECT
            + max(y + h for (_, y), (_, h) in zip(found, sizes, strict=True))
        ),
    )
    placed = {
        node: (px - around[0] + x, py - around[1] + y)
        for block, around, (x, y) in zip(blocks, boxes, corners, strict=True)
        for node, (px, py) in block.items()
    }
    left, top, right, bottom = box(placed)
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


def box(points: Points) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom."""
    xs, ys = zip(*points.values(), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def spread(points: Points, names: dict[str, str]) -> Points:
    """Push actors apart until no name lies on another's, where there are few enough to name them all."""
    nodes = sorted(points)
    if not 1 < len(nodes) <= NAMED:
        return points
    size = np.array([[min(len(names[node]), 34) * LETTER + 18, LINE] for node in nodes])
    at = array(points, nodes)
    extent = np.ptp(at, axis=0) + size.mean(axis=0)
    at = at * max(1.0, math.sqrt(ROOM * size.prod(axis=1).sum() / extent.prod()))
    return points_of(nodes, push(at, size, rounds=250))


def array(points: dict, nodes: Sequence) -> np.ndarray:
    """Return the nodes' points as rows of an array."""
    return np.array([points[node] for node in nodes], dtype=float)


def points_of(nodes: Sequence[str], at: np.ndarray) -> Points:
    """Return the rows of an array as the nodes' points."""
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, at, strict=True)}


def push(centre: np.ndarray, size: np.ndarray, *, rounds: int) -> np.ndarray:
    """Move overlapping boxes apart along the axis where they overlap less, half each, until none overlaps."""
    half = (size[:, None, :] + size[None, :, :]) / 2
    number = np.arange(len(centre))
    # two boxes on one spot part by their order, so that the result does not hang on chance
    order = np.sign(number[:, None] - number)[:, :, None]
    for _ in range(rounds):
        apart = centre[:, None, :] - centre[None, :, :]
        overlap = half - np.abs(apart)
        overlap[number, number] = -1
        hit = (overlap > 0.5).all(axis=2)
        if not hit.any():
            break
        shorter = overlap[:, :, 1] <= overlap[:, :, 0]
        step = np.where(hit[:, :, None], overlap * np.where(apart == 0, order, np.sign(apart)) * 0.5, 0.0)
        step[:, :, 0][shorter] = 0
        step[:, :, 1][~shorter] = 0
        centre = centre + step.sum(axis=1) * 0.9
    return centre


def pack(centre: np.ndarray, radius: np.ndarray, *, rounds: int = 260) -> np.ndarray:
    """Draw discs together to a dense oval without overlap, keeping who is beside whom."""
    number = np.arange(len(centre))
    wished = radius[:, None] + radius[None, :]
    for turn in range(rounds):
        if turn < rounds - 60:
            centre = centre * [1 - 0.02 / ASPECT, 1 - 0.02 * ASPECT]
        apart = centre[:, None, :] - centre[None, :, :]
        far = np.hypot(apart[:, :, 0], apart[:, :, 1])
        same = far < 1e-6
        angle = number * 2.4
        apart = np.where(same[:, :, None], np.stack([np.cos(angle), np.sin(angle)], axis=1)[:, None, :], apart)
        far = np.where(same, 1.0, far)
        overlap = np.maximum(wished - np.where(same, 0.0, far), 0)
        overlap[number, number] = 0
        centre = centre + (apart / far[:, :, None] * overlap[:, :, None] * 0.4).sum(axis=1)
    return centre
