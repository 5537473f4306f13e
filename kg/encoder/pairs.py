"""Mentions of a passage → what the model is asked: which words they are, and each ordered pair of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from kg.encoder.names import TYPES
from kg.encoder.passages import Passage

# How a mention refers; the numbers are those that the model was trained with.
KINDS = {"name": 0, "demonym": 1, "anchor": 2, "title": 3, "pronoun": 4, "pair": 5}
_OTHER = 6
# Sentences that may lie between two mentions for one passage to relate them.
REACH = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention for the encoder: words of the passage, type, how it refers, whose entity, and its sentence's number."""

    start: int
    end: int
    type: str
    kind: str
    entity: int
    modifier: bool
    sentence: int


@dataclass(frozen=True, slots=True)
class PairScores:
    """Scores of ordered pairs of mentions: logits (pairs, relations) and (pairs, factualities)."""

    pairs: list[tuple[int, int]]
    relations: numpy.ndarray
    factuality: numpy.ndarray


def questions(passage: Passage, mentions: Sequence[Marked]) -> tuple[list[tuple[int, int]], dict[str, numpy.ndarray]]:
    """Return the ordered pairs of mentions of different entities within reach, and the model's inputs for them."""
    size = len(passage.pieces)
    marks, kinds = numpy.zeros((1, size), numpy.int64), numpy.zeros((1, size), numpy.int64)
    for mention in mentions:
        first, last, type_ = passage.first[mention.start], passage.last[mention.end - 1], TYPES.index(mention.type)
        marks[0, first], marks[0, first + 1 : last + 1] = 1 + 2 * type_, 2 + 2 * type_
        kinds[0, first : last + 1] = KINDS.get(mention.kind, _OTHER)
    pairs = [
        (i, j)
        for i, left in enumerate(mentions)
        for j, right in enumerate(mentions)
        if i != j
        and left.entity != right.entity
        and not (left.type == right.type == "Place")
        and abs(right.sentence - left.sentence) <= REACH
    ]
    features = [_features(mentions, i, j) for i, j in pairs]
    return pairs, {
        "marks": marks,
        "kinds": kinds,
        "first": numpy.array([passage.first[m.start] for m in mentions], numpy.int64),
        "last": numpy.array([passage.last[m.end - 1] for m in mentions], numpy.int64),
        "subject": numpy.array([i for i, _ in pairs], numpy.int64),
        "object": numpy.array([j for _, j in pairs], numpy.int64),
        "features": numpy.array(features, numpy.int64).reshape(-1, 4),
    }


def _features(mentions: Sequence[Marked], i: int, j: int) -> tuple[int, int, int, int]:
    """Return four features as rows of one table: sentences apart, words apart, what stands between, the two types."""
    left, right = mentions[i], mentions[j]
    apart = right.start - left.start
    words = min(7, (abs(apart) + 1).bit_length() - 1)
    low, high = min(left.end, right.end), max(left.start, right.start)
    between = sum(m.entity not in (left.entity, right.entity) and low <= m.start < high for m in mentions)
    return (
        right.sentence - left.sentence + REACH,
        8 + words + (8 if apart > 0 else 0),
        24 + min(3, between) + 4 * left.modifier + 8 * right.modifier,
        40 + TYPES.index(left.type) * len(TYPES) + TYPES.index(right.type),
    )
