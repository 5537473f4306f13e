"""Logits on articles that were held out, and what frames found in them → how reading makes probabilities of them.

Platt's scaling (1999) with more than one reason: a logistic curve whose slope and whose weight of a frame's find are
shared by all relations, with an intercept for each, held near nought so that a rare relation takes that of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy
import torch

from kg import specs
from kg.train.encoder.batches import batch_of
from kg.train.encoder.events import Pairs
from kg.train.encoder.examples import Example
from kg.train.encoder.learning import forward
from kg.train.encoder.recipe import recipe

_ROUNDS = 60
# How strongly a number is held where it would be without statements: slope 1, all others 0. An intercept of its own
# takes some twenty statements of the relation.
_SLOPE, _VOTE, _SHARED, _OWN = 0.1, 0.1, 1e-3, 4.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation of two entities of an article, and whether the article states it.

    The logit is that of its surest passage, without the frames' vote; `told` is whether frames found it.
    """

    relation: int
    logit: float
    told: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A probability is the logistic function of (logit + vote if told) * slope + the relation's intercept."""

    vote: float
    slope: float
    intercepts: tuple[float, ...]


def candidates(model: Pairs, examples: Iterable[Example]) -> list[Candidate]:
    """Return what reading would decide about; what is optional is left out, and offices, which titles tell."""
    symmetric = recipe().symmetric
    office = [specs.relations()[name].office for name in recipe().relations]
    best: dict[tuple[str, int, int, int], tuple[float, bool]] = {}
    right: dict[tuple[str, int, int, int], bool | None] = {}
    for example in examples:
        batch = batch_of([example])
        if batch is None:
            continue
        with torch.no_grad():
            logits = (forward(model, batch)[0] - model.vote * batch.told).numpy()
        for row, (_, subject, object_) in enumerate(batch.pairs):
            for relation, logit in enumerate(logits[row].tolist()):
                if office[relation] or (symmetric[relation] and subject > object_):
                    continue
                key = (example.article, relation, subject, object_)
                known, told = best.get(key, (logit, False))
                best[key] = max(known, logit), told or bool(batch.told[row, relation])
                if batch.stated[row, relation]:
                    right[key] = True
                elif batch.ignored[row, relation] and not right.get(key):
                    right[key] = None
    return [
        Candidate(key[1], *found, bool(right.get(key)))
        for key, found in best.items()
        if right.get(key, False) is not None
    ]


def fitted(found: Sequence[Candidate], relations: int) -> Curve:
    """Return the curve that fits best, by Newton's method; without candidates, logits are taken as they are."""
    if not found:
        return Curve(0.0, 1.0, (0.0,) * relations)
    own = numpy.array([[candidate.relation == i for i in range(relations)] for candidate in found], float)
    rest = numpy.array([(c.logit, c.told, 1.0) for c in found], float)
    inputs, right = numpy.hstack([rest, own]), numpy.array([c.right for c in found], float)
    held = numpy.array([_SLOPE, _VOTE, _SHARED] + [_OWN] * relations)
    start = numpy.array([1.0] + [0.0] * (relations + 2))
    weights = start.copy()
    for _ in range(_ROUNDS):
        guess = 1 / (1 + numpy.exp(-(inputs @ weights).clip(-30, 30)))
        down = inputs.T @ (guess - right) + held * (weights - start)
        bend = inputs.T @ (inputs * (guess * (1 - guess))[:, None]) + numpy.diag(held)
        step = numpy.linalg.solve(bend, down)
        weights = weights - step
        if abs(step).max() < 1e-6:
            break
    slope, vote, shared = weights[:3].tolist()
    return Curve(vote / slope, slope, tuple((shared + weights[3:]).tolist()))
