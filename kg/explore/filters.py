"""Filters over the columns of an index: which statements are left, and how many each value would leave.

A value's count is taken under all other filters, but not under those of its own kind: it tells what ticking would give.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.explore.index import Index
from kg.graph.confident import probability
from kg.view.agreement import VALUES

FACETS = ("relation", "type", "factuality", "agreement", "publisher", "source", "language")
MOST = 200  # values that a filter may name
DAYS = 560  # a histogram over more days counts by month


@dataclass(frozen=True)
class Filters:
    """What is wanted: `only` these values of a kind, or all `without` these; words; dates; a confidence."""

    only: tuple[tuple[str, frozenset[str]], ...] = ()
    without: tuple[tuple[str, frozenset[str]], ...] = ()
    text: str = ""
    start: str = ""
    end: str = ""
    by: str = "event"
    confidence: float = 0.0  # the least; with 0 also what has none is left

    @classmethod
    def read(cls, asked: Sequence[tuple[str, str]]) -> Filters:
        """Return the filters of an address: `relation=`, `no-relation=` …, `text`, `start`, `end`, `by`, `confidence`.

        Raises ValueError for a date or confidence that is none.
        """
        values = {
            name: frozenset([value for key, value in asked if key == name][:MOST])
            for name in (*FACETS, *(f"no-{facet}" for facet in FACETS))
        }
        given = dict(asked)
        for date in (given.get("start", ""), given.get("end", "")):
            if date and not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
                raise ValueError("a date is written 2020-10-06")
        least = given.get("confidence", "") or "0"
        if probability(least) is None:
            raise ValueError("a confidence is a number from 0 to 1")
        return cls(
            tuple((facet, values[facet]) for facet in FACETS if values[facet]),
            tuple((facet, values[f"no-{facet}"]) for facet in FACETS if values[f"no-{facet}"]),
            " ".join(given.get("text", "").lower().split())[:MOST],
            given.get("start", ""),
            given.get("end", ""),
            "published" if given.get("by") == "published" else "event",
            float(least),
        )

    @property
    def active(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filters(by=self.by)


class Filtered:
    """What filters leave of an index."""

    def __init__(self, index: Index, filters: Filters) -> None:
        self.index, self.filters = index, filters
        self.failed = {facet: gone for facet in FACETS if (gone := self._gone(facet)) is not None}
        if filters.text:
            self.failed["text"] = ~np.logical_and.reduce([index.saying(word) for word in filters.text.split()[:20]])
        day = index.told if filters.by == "published" else index.event
        start, end = (int(date.replace("-", "")) if date else 0 for date in (filters.start, filters.end))
        if start or end:
            self.failed["dates"] = (day < start) | ((day > end) if end else False) | (day == 0)
        if filters.confidence:
            self.failed["confidence"] = ~(index.confidence >= filters.confidence)  # what has none is left out
        self.fails = sum((gone.astype(np.uint8) for gone in self.failed.values()), np.zeros(len(index), dtype=np.uint8))
        self.mask = self.fails == 0
        self.day = day

    def _gone(self, facet: str) -> np.ndarray | None:
        """Return which statements the filter of one kind takes away."""
        only, without = dict(self.filters.only).get(facet), dict(self.filters.without).get(facet)
        if only is None and without is None:
            return None
        values = self.values(facet)
        gone = np.array(
            [
                (only is not None and value not in only) or (without is not None and value in without)
                for value in values
            ],
            dtype=bool,
        )
        found: np.ndarray
        if facet == "type":
            actors = gone[self.index.type]
            found = actors[self.index.subject] | actors[self.index.object]
        else:
            found = gone[self.codes(facet)]
        return found

    def values(self, facet: str) -> list[str]:
        """Return the values of a kind by number; the last is what has none."""
        if facet == "agreement":
            return [*VALUES]
        pools = {"factuality": "factualities"}
        return [*self.index.strings[pools.get(facet, f"{facet}s")], ""]

    def codes(self, facet: str) -> np.ndarray:
        """Return each statement's value of a kind by number; -1 where it has none."""
        found: np.ndarray = getattr(self.index, facet)
        return found

    def of(self, rows: np.ndarray | None = None) -> np.ndarray:
        """Return those of the statements (of all where not given) that are left, the newest first."""
        return np.flatnonzero(self.mask) if rows is None else rows[self.mask[rows]]

    def counts(self, facet: str, rows: np.ndarray | None = None) -> Counter[str]:
        """Return how many statements (actors, for their type) each value has, under all other filters."""
        rows = self.but(facet, rows)
        values = self.values(facet)
        if facet == "type":
            seen = np.zeros(self.index.many, dtype=bool)
            seen[self.index.subject[rows]] = seen[self.index.object[rows]] = True
            codes = self.index.type[seen[: len(self.index.type)]]
        else:
            codes = self.codes(facet)[rows] % len(values)
        found = np.bincount(codes, minlength=len(values)).tolist()
        return Counter({value: count for value, count in zip(values, found, strict=True) if count})

    def rated(self, rows: np.ndarray | None = None) -> tuple[int, int]:
        """Return how many statements have a confidence, and how many none, under all other filters."""
        known = ~np.isnan(self.index.confidence[self.but("confidence", rows)])
        return int(known.sum()), int((~known).sum())

    def histogram(self, rows: np.ndarray | None = None) -> dict[str, int]:
        """Return how many statements each day has, or each month where that would be many, under all other filters."""
        return self.days(self.but("dates", rows))

    def days(self, rows: np.ndarray) -> dict[str, int]:
        """Return how many of the statements each day has, or each month where that would be many."""
        days = self.day[rows]
        found, counts = np.unique(days[days > 0], return_counts=True)
        if len(found) <= DAYS:
            return {
                f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}": count
                for day, count in zip(found.tolist(), counts.tolist(), strict=True)
            }
        months: Counter[str] = Counter()
        for day, count in zip(found.tolist(), counts.tolist(), strict=True):
            months[f"{day // 10000:04}-{day // 100 % 100:02}"] += count
        return dict(months)

    def but(self, filter_: str, rows: np.ndarray | None = None) -> np.ndarray:
        """Return the statements that all filters but one leave."""
        fails = self.fails - self.failed[filter_] if filter_ in self.failed else self.fails
        return np.flatnonzero(fails == 0) if rows is None else rows[fails[rows] == 0]
