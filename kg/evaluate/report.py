"""Scores and what confidence is worth → one HTML page: tables, and two drawings as inline SVG; it runs no script."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from kg.evaluate.confidence import Confidence, Point
from kg.evaluate.intervals import Intervals
from kg.evaluate.scoring import Score
from kg.evaluate.tally import Tally

SIDE, MARGIN = 320, 44  # of a drawing's square, and what is left around it for its words
TICKS = tuple(n / 5 for n in range(6))
SHOWN = tuple(n / 10 for n in range(9, -1, -1))  # thresholds of the table


def page(scores: Mapping[str, Score], found: Confidence, threshold: float | None) -> str:
    """Return the page of some sets by name, the last of which is all of them.

    `found` is of all that was read, `threshold` is what statements had to reach: it is marked on the curve.
    """
    template = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("report.html")
    marked = found.at(threshold) if threshold is not None else None
    return template.render(
        rows=[row for name, score in scores.items() for row in _rows(name, score)],
        relations=list(scores.values())[-1].relations,
        found=found,
        threshold=threshold,
        marked=marked and (marked, *_place(marked.tally.recall, marked.tally.precision)),
        curve=" ".join(_pair(p.tally.recall, p.tally.precision) for p in found.points),
        dots=[(*_place(p.tally.recall, p.tally.precision), p) for p in _tenths(found)],
        circles=[(*_place(b.confidence, b.share), 3 + 9 * (b.count / _most(found)) ** 0.5, b) for b in found.bins],
        line=" ".join(_pair(b.confidence, b.share) for b in found.bins),
        points=_tenths(found),
        ticks=[(tick, *_place(tick, tick)) for tick in TICKS],
        side=SIDE,
        margin=MARGIN,
        whole=SIDE + 2 * MARGIN,
    )


def _rows(name: str, score: Score) -> list[tuple[str, str, int, Tally, Intervals | None]]:
    tallies, ranges = {"events": score.events, "all": score.overall}, score.intervals
    return [(name, of, len(score.documents), tally, ranges[of]) for of, tally in tallies.items()]


def _tenths(found: Confidence) -> list[Point]:
    """Return the curve's points at round thresholds, each once."""
    return list({point.threshold: point for at in SHOWN if (point := found.at(at))}.values())


def _most(found: Confidence) -> int:
    return max(one.count for one in found.bins)


def _place(x: float, y: float) -> tuple[float, float]:
    return round(MARGIN + x * SIDE, 1), round(MARGIN + (1 - y) * SIDE, 1)


def _pair(x: float, y: float) -> str:
    return "{},{}".format(*_place(x, y))
