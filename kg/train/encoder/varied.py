"""Passages of articles as one pass of the training sees them: cut in one of two ways, and with some words unseen.

The same sentences in other surroundings, and without some of their words, are new examples: a few thousand articles are
learnt by heart in two passes otherwise (record 8).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.encoder.passages import UNKNOWN
from kg.train.encoder.examples import Example


def one_cut(examples: Sequence[Example], share: float, rng: random.Random) -> Iterator[Example]:
    """Yield an article's passages or those over their edges, never both; `share` of the articles are cut the new way.

    An article of one passage has no edges, and is as it is.
    """
    edged = {e.article for e in examples if e.over_edge}
    chosen = {article for article in sorted(edged) if rng.random() < share}
    yield from (e for e in examples if e.over_edge == (e.article in chosen))


def unseen(example: Example, share: float, rng: random.Random) -> Example:
    """Return the example with a share of the words outside mentions made unknown."""
    taken = {i for mention in example.mentions for i in range(mention.start, mention.end)}
    passage = example.passage
    pieces = list(passage.pieces)
    for i, (first, last) in enumerate(zip(passage.first, passage.last, strict=True)):
        if i not in taken and rng.random() < share:
            pieces[first : last + 1] = [UNKNOWN] * (last + 1 - first)
    return replace(example, passage=replace(passage, pieces=pieces))
