"""A shortest path between two actors, under the filters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kg.explore import page_data
from kg.explore.filters import Filtered
from kg.explore.page_data import Data, Ties

STEPS = 6


def path(filtered: Filtered, first: str, last: str, *, language: str = "en") -> Data:
    """Return the ties along a shortest path, found from both ends; nothing where there is none in six steps."""
    page_data.check_iris(first, last)
    index = filtered.index
    ends = [index.number(first), index.number(last)]
    seen: list[dict[int, int]] = [{end: -1} for end in ends]
    edges = [[end] for end in ends]
    meeting = ends[0] if ends[0] == ends[1] else -1
    for _ in range(STEPS):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        if meeting >= 0 or min(ends) < 0 or not edges[side]:
            break
        found: dict[int, int] = {}
        for near in edges[side]:
            for far in np.unique(index.others(filtered.of(index.rows(near)), near)).tolist():
                if far not in seen[side]:
                    seen[side][far] = found[far] = near
        edges[side] = sorted(found)
        meeting = min((far for far in found if far in seen[1 - side]), default=-1)
    way = [meeting] if meeting >= 0 else []
    while way and (before := seen[0][way[0]]) >= 0:
        way.insert(0, before)
    while way and (after := seen[1][way[-1]]) >= 0:
        way.append(after)
    ties: Ties = {}
    for one, other in pairwise(way):
        rows = filtered.of(index.rows(one))
        ties |= index.ties(rows[index.others(rows, one) == other])
    return (
        page_data.of_ties(index, ties, language, wanted=[first, last])
        | page_data.of_filters(filtered, language)
        | {"total": {"statements": sum(count for count, *_ in ties.values()), "pairs": max(0, len(way) - 1)}}
    )
