"""Logits on articles that were held out → slopes and intercepts that make probabilities of them, and a threshold.

Platt's scaling (1999): a logistic curve fitted for each relation that has enough statements to fit it on, and one for
all others together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy
import torch

from kg.train.encoder.batches import batch_of
from kg.train.encoder.events import Pairs
from kg.train.encoder.examples import Example
from kg.train.encoder.learning import Lower, forward
from kg.train.encoder.recipe import recipe

Curve = tuple[float, float]
_ROUNDS, _RIDGE = 50, 1e-6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation of two entities of an article: its surest passage's logit, and whether the article states it."""

    relation: int
    logit: float
    right: bool


def candidates(model: Pairs, lower: Lower, examples: Iterable[Example]) -> list[Candidate]:
    """Return what reading would decide about; what is optional is left out."""
    symmetric = recipe().symmetric
    best: dict[tuple[str, int, int, int], float] = {}
    right: dict[tuple[str, int, int, int], bool | None] = {}
    for example in examples:
        batch = batch_of([example])
        if batch is None:
            continue
        with torch.no_grad():
            logits = forward(model, lower([example], batch), batch)[0].numpy()
        for row, (_, subject, object_) in enumerate(batch.pairs):
            for relation, logit in enumerate(logits[row].tolist()):
                if symmetric[relation] and subject > object_:
                    continue
                key = (example.article, relation, subject, object_)
                best[key] = max(best.get(key, logit), logit)
                if batch.stated[row, relation]:
                    right[key] = True
                elif batch.ignored[row, relation] and not right.get(key):
                    right[key] = None
    return [
        Candidate(key[1], logit, bool(right.get(key)))
        for key, logit in best.items()
        if right.get(key, False) is not None
    ]


def platt(logits: numpy.ndarray, right: numpy.ndarray) -> Curve:
    """Return slope and intercept of the logistic curve that fits best, by Newton's method on Platt's soft targets."""
    yes, no = int(right.sum()), int((~right).sum())
    target = numpy.where(right, (yes + 1) / (yes + 2), 1 / (no + 2))
    inputs = numpy.stack([logits, numpy.ones_like(logits)], axis=1)
    curve = numpy.array([1.0, 0.0])
    for _ in range(_ROUNDS):
        guess = 1 / (1 + numpy.exp(-(inputs @ curve).clip(-30, 30)))
        slope = inputs.T @ (guess - target)
        bend = inputs.T @ (inputs * (guess * (1 - guess))[:, None]) + _RIDGE * numpy.eye(2)
        step = numpy.linalg.solve(bend, slope)
        curve = curve - step
        if abs(step).max() < 1e-6:
            break
    return float(curve[0]), float(curve[1])


def curves(found: Sequence[Candidate], relations: int, enough: int) -> list[Curve]:
    """Return a curve for each relation: its own where `enough` statements are there, else that of all together."""

    def fitted(some: Sequence[Candidate]) -> Curve:
        return platt(numpy.array([c.logit for c in some]), numpy.array([c.right for c in some]))

    if sum(c.right for c in found) < enough:
        return [(1.0, 0.0)] * relations
    shared = fitted(found)
    own = [[c for c in found if c.relation == relation] for relation in range(relations)]
    return [fitted(some) if sum(c.right for c in some) >= enough else shared for some in own]


def threshold(found: Sequence[Candidate], by: Sequence[Curve], precision: float) -> float | None:
    """Return the lowest probability from which statements are right as often as wanted; None where there is none."""
    probable = [(1 / (1 + numpy.exp(-(c.logit * by[c.relation][0] + by[c.relation][1]))), c.right) for c in found]
    lowest, right = None, 0
    for count, (probability, is_right) in enumerate(sorted(probable, reverse=True), 1):
        right += is_right
        if right / count >= precision:
            lowest = float(probability)
    return lowest
