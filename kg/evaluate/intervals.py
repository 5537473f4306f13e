"""How far figures would differ on other articles of the same kind: the bootstrap over documents (Efron 1979).

Statements of one article are found or missed together, so documents are drawn, not statements. The draws have a seed:
the same counts give the same intervals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy

from kg.evaluate.tally import Tally

DRAWS = 1000
SHARE = 95  # per cent of the draws that lie within
_SEED = 20201006

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Intervals:
    """The ranges of precision, recall and F1 that hold 95 % of the draws."""

    precision: Range
    recall: Range
    f1: Range

    def to_json(self) -> dict[str, list[float]]:
        """Return the ranges."""
        return {name: [round(edge, 4) for edge in getattr(self, name)] for name in ("precision", "recall", "f1")}


def intervals(documents: Iterable[Tally]) -> Intervals | None:
    """Return the intervals of the sum of documents' tallies; one document, or none, tells nothing of others."""
    counts = numpy.array([(t.right, t.extra, t.missed) for t in documents], dtype=float)
    if len(counts) < 2:
        return None
    random = numpy.random.default_rng(_SEED)
    drawn = random.multinomial(len(counts), numpy.full(len(counts), 1 / len(counts)), size=DRAWS) @ counts
    right, extra, missed = drawn.T
    return Intervals(
        _range(right, right + extra), _range(right, right + missed), _range(2 * right, 2 * right + extra + missed)
    )


def _range(part: numpy.ndarray, whole: numpy.ndarray) -> Range:
    shares = numpy.divide(part, whole, out=numpy.zeros_like(part), where=whole > 0)
    low, high = numpy.percentile(shares, [(100 - SHARE) / 2, (100 + SHARE) / 2])
    return float(low), float(high)
