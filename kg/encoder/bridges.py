"""Passages → further ones over their edges: the last sentences of one, and the first of the next.

What is related over an edge would be out of reach otherwise; and what is read in two surroundings is found more surely,
for the surest passage counts. It costs the pairs' model a second reading of most of the text (record 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.encoder.passages import MOST, PLACES, Passage

# Pieces from either side of an edge: half a passage each.
_SIDE = MOST // 2


def bridges(passages: Sequence[Passage], starts: Sequence[bool]) -> Iterator[Passage]:
    """Yield one passage for each edge between two; `starts` says with which words of the article a sentence begins.

    Where no sentence is short enough, the one at the edge is taken whole, unless both together are too long.
    """
    for left, right in pairwise(passages):
        begins = [i for i in range(left.start, left.end) if starts[i] or i == left.start]
        ends = [i for i in range(right.start + 1, right.end) if starts[i]] + [right.end]
        fits = (i for i in begins if len(left.pieces) - 1 - left.first[i - left.start] <= _SIDE)
        begin = next(fits, begins[-1])
        end = next((i for i in reversed(ends) if right.last[i - 1 - right.start] <= _SIDE), ends[0])
        before = left.pieces[left.first[begin - left.start] : -1]
        after = right.pieces[1 : right.last[end - 1 - right.start] + 1]
        if len(before) + len(after) > PLACES - 2:
            continue
        back = left.first[begin - left.start] - 1
        yield Passage(
            begin,
            end,
            [left.pieces[0], *before, *after, left.pieces[-1]],
            [place - back for place in left.first[begin - left.start :]]
            + [place + len(before) for place in right.first[: end - right.start]],
            [place - back for place in left.last[begin - left.start :]]
            + [place + len(before) for place in right.last[: end - right.start]],
        )
