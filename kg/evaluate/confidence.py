"""What confidence is worth: precision and recall at every threshold, and how often what is said to be sure is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.evaluate.scoring import Judged, Score
from kg.evaluate.tally import Tally

BINS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """The tally of what has at least this confidence."""

    threshold: float
    tally: Tally

    def to_json(self) -> dict[str, Any]:
        """Return threshold, counts and figures."""
        return {"threshold": self.threshold, **self.tally.to_json()}


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of about the same confidence: how many, their mean confidence, and how many of them are right."""

    low: float
    high: float
    count: int
    confidence: float
    right: int

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.count

    def to_json(self) -> dict[str, Any]:
        """Return edges, counts and shares."""
        return {
            "from": self.low,
            "to": self.high,
            "count": self.count,
            "confidence": round(self.confidence, 4),
            "right": self.right,
            "share": round(self.share, 4),
        }


@dataclass(frozen=True, slots=True)
class Confidence:
    """The curve from the surest statement on, and the bins that are not empty, of a score's events."""

    points: list[Point]
    bins: list[Bin]

    @property
    def error(self) -> float | None:
        """The expected calibration error: how far confidence and share right differ, over all statements."""
        count = sum(one.count for one in self.bins)
        return sum(one.count * abs(one.share - one.confidence) for one in self.bins) / count if count else None

    def at(self, threshold: float) -> Point | None:
        """Return the point of a threshold: the last one that is not below it."""
        return next((point for point in reversed(self.points) if point.threshold >= threshold), None)

    def to_json(self) -> dict[str, Any]:
        """Return curve, calibration and its error."""
        return {
            "curve": [point.to_json() for point in self.points],
            "calibration": {
                "error": None if self.error is None else round(self.error, 4),
                "bins": [one.to_json() for one in self.bins],
            },
        }


def confidence(score: Score) -> Confidence:
    """Return what the confidence of a score's events is worth; those without one do not count.

    Optional statements and repeats are neither right nor wrong. The curve ends at the least confidence that was read:
    read at `--min-confidence 0` for the whole of it.
    """
    told = [(one.confidence, one) for one in score.judged_events if one.confidence is not None]
    wanted = score.events.right + score.events.missed
    return Confidence(list(_points(told, wanted)), list(_bins(told)))


def _points(told: list[tuple[float, Judged]], wanted: int) -> Iterable[Point]:
    right = extra = 0
    ordered = sorted(told, key=lambda pair: -pair[0])
    for threshold, group in groupby(ordered, key=lambda pair: pair[0]):
        for _, one in group:
            right += one.right
            extra += not one.right
        yield Point(threshold, Tally(right, extra, wanted - right))


def _bins(told: list[tuple[float, Judged]]) -> Iterable[Bin]:
    for number in range(BINS):
        # rounded as confidences are, or 0.3 would be less than 3 * 0.1
        inside = [pair for pair in told if min(int(round(pair[0] * BINS, 6)), BINS - 1) == number]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            right = sum(one.right for _, one in inside)
            yield Bin(number / BINS, (number + 1) / BINS, len(inside), mean, right)
