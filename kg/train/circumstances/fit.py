"""Questions with their right answers → a weight for each feature.

A conditional logistic model (McFadden 1974): of a question's candidates each has the probability that the weights of
its features give it beside the others. Where several stand for the right value, their probabilities are summed. Weights
are held near nought (ridge); L-BFGS (Liu and Nocedal 1989) finds them, from nought, without chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy

Array = numpy.ndarray

_ROUNDS = 120
_KEPT = 8  # steps that L-BFGS remembers
_FLAT = 1e-5  # relative gain below which a further round is of no use
_HALVINGS = 20
# How strongly each weight is held near nought, in questions; between 0.5 and 4 cross-validation saw no difference.
HELD = 2.0
# A feature of fewer candidates says nothing that would hold elsewhere.
LEAST = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one event: the features of each candidate, and which of them are right; at least one is."""

    candidates: tuple[frozenset[str], ...]
    right: tuple[bool, ...]


def fitted(questions: Sequence[Question], *, held: float = HELD, least: int = LEAST) -> dict[str, float]:
    """Return the weights of the features that at least `least` candidates have, by name."""
    counts = Counter(name for q in questions for candidate in q.candidates for name in candidate)
    names = sorted(name for name, count in counts.items() if count >= least)
    if not names:
        return {}
    loss = _Loss(questions, {name: i for i, name in enumerate(names)}, held)
    return dict(zip(names, _lowest(loss, numpy.zeros(len(names))).tolist(), strict=True))


class _Loss:
    """The negative log likelihood of the right answers, with its gradient."""

    def __init__(self, questions: Sequence[Question], index: dict[str, int], held: float) -> None:
        rows = [(k, candidate) for k, q in enumerate(questions) for candidate in q.candidates]
        pairs = [(n, index[f]) for n, (_, candidate) in enumerate(rows) for f in candidate if f in index]
        self.row, self.feature = (numpy.array(column, numpy.int64) for column in zip(*pairs, strict=True))
        self.group = numpy.array([k for k, _ in rows])
        self.starts = numpy.searchsorted(self.group, numpy.arange(len(questions)))
        self.right = numpy.array([right for q in questions for right in q.right], bool)
        self.size, self.held = len(index), held

    def __call__(self, weights: Array) -> tuple[float, Array]:
        logits = numpy.bincount(self.row, weights[self.feature], len(self.group))
        logits -= numpy.maximum.reduceat(logits, self.starts)[self.group]
        likely = numpy.exp(logits)
        right = numpy.where(self.right, likely, 0.0)
        whole, part = (numpy.add.reduceat(values, self.starts) for values in (likely, right))
        wrong = likely / whole[self.group] - right / part[self.group]
        down = numpy.bincount(self.feature, wrong[self.row], self.size) + self.held * weights
        return float(numpy.log(whole / part).sum() + self.held / 2 * weights @ weights), down


def _lowest(loss: _Loss, weights: Array) -> Array:
    """Return where the loss is lowest."""
    value, down = loss(weights)
    steps: list[tuple[Array, Array]] = []
    for _ in range(_ROUNDS):
        way = -_bent(down, steps)
        size = 1.0 if steps else min(1.0, 1 / float(abs(down).sum()))
        for _ in range(_HALVINGS):
            new_value, new_down = loss(weights + size * way)
            if new_value <= value + 1e-4 * size * float(down @ way):
                break
            size /= 2
        else:
            break
        step, change = size * way, new_down - down
        gain = value - new_value
        weights, value, down = weights + step, new_value, new_down
        if step @ change > 0:
            steps = [*steps, (step, change)][-_KEPT:]
        if gain < _FLAT * abs(value):
            break
    return weights


def _bent(down: Array, steps: Sequence[tuple[Array, Array]]) -> Array:
    """Return the gradient times the inverse bend of the loss, as the last steps show it."""
    found, shares = down.copy(), []
    for step, change in reversed(steps):
        shares.append(float(step @ found) / float(step @ change))
        found -= shares[-1] * change
    if steps:
        step, change = steps[-1]
        found *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        found += step * (share - float(change @ found) / float(step @ change))
    return found
