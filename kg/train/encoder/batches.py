"""Examples → batches of like length, and their tensors."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy
import torch
from torch import Tensor

from kg.encoder.pairs import questions
from kg.train.encoder.events import Asked
from kg.train.encoder.examples import Example
from kg.train.encoder.pooling import Groups
from kg.train.encoder.recipe import recipe

_PAD, _ALIKE = 1, 8
Item = TypeVar("Item")
# An entity pair of a passage: number of the example in its batch, subject, object.
Pair = tuple[int, int, int]


def batches(
    items: Sequence[Item], most: int, length: Callable[[Item], int], rng: random.Random | None = None
) -> list[list[Item]]:
    """Return batches of at most `most` pieces with their padding; shuffled by `rng` where there is one."""
    order = list(range(len(items)))
    if rng:
        rng.shuffle(order)  # the sort is stable: those of like length stay shuffled
    order.sort(key=lambda i: length(items[i]) // (_ALIKE if rng else 1))
    found: list[list[Item]] = []
    longest = 0
    for i in order:
        size = length(items[i])
        if not found or max(longest, size) * (len(found[-1]) + 1) > most:
            found.append([])
            longest = 0
        found[-1].append(items[i])
        longest = max(longest, size)
    if rng:
        rng.shuffle(found)
    return found


def padded(pieces: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return the pieces of several passages as one table, and where there is a piece in it."""
    size = max(map(len, pieces))
    table = torch.full((len(pieces), size), _PAD)
    for row, numbers in zip(table, pieces, strict=True):
        row[: len(numbers)] = torch.tensor(numbers)
    lengths = torch.tensor([len(numbers) for numbers in pieces])
    return table, torch.arange(size)[None] < lengths[:, None]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch for relations: what is asked, how pairs of mentions are grouped, and the answers for each group."""

    pieces: Tensor
    asked: Asked
    groups: Groups
    pairs: list[Pair]
    stated: Tensor
    ignored: Tensor
    factuality: Tensor  # -1 where nothing is stated
    told: Tensor
    weight: Tensor


def batch_of(examples: Sequence[Example]) -> Batch | None:
    """Return the batch of some examples, None where there is no pair to ask about."""
    pieces, mask = padded([example.passage.pieces for example in examples])
    asked: dict[str, list[Any]] = {name: [] for name in ("passage", "first", "last", "subject", "object", "features")}
    marks, kinds = torch.zeros_like(pieces), torch.zeros_like(pieces)
    numbers: dict[Pair, int] = {}
    of: list[int] = []
    before = 0
    for row, example in enumerate(examples):
        pairs, inputs = questions(example.passage, example.mentions)
        size = len(example.passage.pieces)
        marks[row, :size] = torch.from_numpy(inputs["marks"][0])
        kinds[row, :size] = torch.from_numpy(inputs["kinds"][0])
        asked["passage"].append(numpy.full(len(example.mentions), row))
        for name in ("first", "last", "features"):
            asked[name].append(inputs[name])
        for name in ("subject", "object"):
            asked[name].append(inputs[name] + before)
        before += len(example.mentions)
        for i, j in pairs:
            pair = (row, example.mentions[i].entity, example.mentions[j].entity)
            of.append(numbers.setdefault(pair, len(numbers)))
    if not numbers:
        return None
    tensors = {name: torch.from_numpy(numpy.concatenate(parts)).long() for name, parts in asked.items()}
    reverse = torch.tensor([numbers.get((row, object_, subject), -1) for row, subject, object_ in numbers])
    return Batch(
        pieces,
        Asked(mask, marks, kinds, **tensors),
        Groups(torch.tensor(of), len(numbers), reverse),
        list(numbers),
        *_answers(examples, numbers),
    )


def _answers(examples: Sequence[Example], numbers: dict[Pair, int]) -> Iterator[Tensor]:
    shape = (len(numbers), len(recipe().relations))
    stated, ignored, told = torch.zeros(shape), torch.zeros(shape, dtype=torch.bool), torch.zeros(shape)
    factuality = torch.full(shape, -1)
    for row, example in enumerate(examples):
        for (relation, subject, object_), value in example.stated.items():
            group = numbers.get((row, subject, object_))
            if group is None:
                continue
            if value is None:
                ignored[group, relation] = True
            else:
                stated[group, relation], factuality[group, relation] = 1, value
        for relation, subject, object_ in example.told:
            group = numbers.get((row, subject, object_))
            if group is not None:
                told[group, relation] = 1
    weight = torch.tensor([examples[row].weight for row, _, _ in numbers])
    yield from (stated, ignored, factuality.max(1).values, told, weight)
