"""A passage of an annotated article with other names in it, so that none of its actors is learnt by heart.

Names are exchanged in pieces, as reading sees them; what the article says stays. See `tagged.exchanged` for names.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from kg.encoder import Marked, Passage
from kg.encoder.passages import BEGIN, END, PLACES, Pieces
from kg.train.encoder.examples import Example
from kg.train.encoder.filled import NAMING
from kg.train.encoder.slots import Name


def renamed(
    example: Example,
    draw: Callable[[str], Name],
    shares: Callable[[str], float],
    cut: Pieces,
    rng: random.Random,
) -> Example:
    """Return the example with new names for some entities; `shares` tells how often one of a type gets one."""
    new: dict[int, Name] = {}
    for mention in example.mentions:
        if mention.kind in NAMING and mention.entity not in new and rng.random() < shares(mention.type):
            new[mention.entity] = draw(mention.type)
    words = [
        example.passage.pieces[first : last + 1]
        for first, last in zip(example.passage.first, example.passage.last, strict=True)
    ]
    taken: set[int] = set()
    for mention in sorted(example.mentions, key=lambda m: (m.start, m.end)):
        span = range(mention.start, mention.end)
        if mention.entity in new and mention.kind in NAMING and taken.isdisjoint(span):
            parts = _form(new[mention.entity], mention).split()
            words[span[0]] = [piece for part in parts for piece in cut(part, spaced=True)]
            for i in span[1:]:
                words[i] = []
            taken.update(span)
    passage = _passage(words)
    return replace(example, passage=passage) if len(passage.pieces) <= PLACES + 2 else example


def _form(name: Name, mention: Marked) -> str:
    if mention.kind == "demonym":
        return name.short
    one = mention.end - mention.start == 1
    return name.short if one and mention.type in {"Person", "Organization"} else name.full


def _passage(words: list[list[int]]) -> Passage:
    """Return the passage of some words; one that lost its pieces to the name that it stands in ends where that does."""
    pieces, first, last = [BEGIN], [], []
    for word in words:
        first.append(len(pieces) if word else len(pieces) - 1)
        pieces += word
        last.append(len(pieces) - 1)
    return Passage(0, len(words), [*pieces, END], first, last)
