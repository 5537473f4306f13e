"""Counts of statements, and the figures that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self


@dataclass(slots=True)
class Tally:
    """How many statements were right, added and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Self:
        """Return the sum of several: the micro average."""
        rows = list(tallies)
        return cls(sum(r.right for r in rows), sum(r.extra for r in rows), sum(r.missed for r in rows))

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return counts and figures."""
        return {
            "right": self.right,
            "extra": self.extra,
            "missed": self.missed,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


@dataclass(slots=True)
class Share:
    """How many of the matched statements that have an attribute have the right one."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float:
        """The share."""
        return self.right / self.of if self.of else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return counts and share."""
        return {"right": self.right, "of": self.of, "share": round(self.value, 4)}
