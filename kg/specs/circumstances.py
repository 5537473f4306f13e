"""What speaks for a date or a place of an event, as `kg train --only circumstances` weighed it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from kg.specs.reading import Where, bind, read_toml

NAME = "weights.toml"


@dataclass(frozen=True, slots=True)
class Kind:
    """From which probability a value is given, and the weight of each feature (natural logarithm of odds).

    Where no value is as probable as `threshold`, the one that rules pick is given if it is as probable as `picked`.
    """

    threshold: float
    picked: float
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One table for each kind of circumstance: weights/circumstances/weights.toml."""

    date: Kind
    place: Kind


KINDS = tuple(field.name for field in fields(Circumstances))


def read_circumstances(file: Path) -> Circumstances:
    """Return the weights of a file; raises SpecError with file, key and value where it is wrong."""
    found = bind(read_toml(file), Circumstances, Where(file))
    for name in KINDS:
        for key in ("threshold", "picked"):
            value = getattr(getattr(found, name), key)
            if not 0 < value < 1:
                where = Where(file, f"{name}.{key}")
                raise where.wrong("is no probability", "write a number between 0.0 and 1.0", value)
    return found
