"""Candidates → the date and the place of a statement: the most probable of each, where it is probable enough.

The weights are `kg train --only circumstances`'s: kg/weights/circumstances. Of several sentences that state the same,
each value has the probability of the one that speaks most for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg import bundle
from kg.extract.candidates import RULE, Candidate, Value
from kg.specs.circumstances import NAME, Circumstances, Kind, read_circumstances


@dataclass(frozen=True, slots=True)
class Odds:
    """How probable each value is, None standing for none of them; and which one rules pick, None for none."""

    values: Mapping[Value, float] = field(default_factory=dict)
    picked: Value = None


@cache
def bundled() -> Circumstances:
    """Return the weights that ship with the package; raises WeightsError or SpecError where they are damaged."""
    return read_circumstances(bundle.find("circumstances") / NAME)


def odds_of(candidates: Mapping[str, list[Candidate]], weights: Circumstances) -> dict[str, Odds]:
    """Return the odds by kind of circumstance."""
    return {kind: odds(rows, getattr(weights, kind)) for kind, rows in candidates.items()}


def odds(candidates: Iterable[Candidate], kind: Kind) -> Odds:
    """Return how probable each value is; what stands in several places is as probable as these together."""
    candidates = list(candidates)
    logits = [sum(kind.weights[name] for name in sorted(c.features & kind.weights.keys())) for c in candidates]
    highest = max(logits)
    found: dict[Value, float] = defaultdict(float)
    for candidate, logit in zip(candidates, logits, strict=True):
        found[candidate.value] += math.exp(logit - highest)
    whole = sum(found.values())
    picked = next((candidate.value for candidate in candidates if RULE in candidate.features), None)
    return Odds({value: part / whole for value, part in found.items()}, picked)


def merged(several: Iterable[Odds]) -> Odds:
    """Return for each value the highest probability that any sentence gives it, and the first that rules pick."""
    found: dict[Value, float] = {}
    picked: Value = None
    for one in several:
        picked = one.picked if picked is None else picked
        for value, probability in one.values.items():
            found[value] = max(found.get(value, 0.0), probability)
    return Odds(found, picked)


def best(found: Odds, kind: Kind) -> Value:
    """Return the most probable value, the first found of equals, or what rules pick; None where neither is enough."""
    values: dict[Value, float] = {value: part for value, part in found.values.items() if value is not None}
    value = max(values, key=values.__getitem__, default=None)
    if value is not None and values[value] >= kind.threshold:
        return value
    return found.picked if values.get(found.picked, 0.0) >= kind.picked else None
