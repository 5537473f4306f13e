"""The numbers of recipe.toml, typed, and the order of the relations in the weights."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import SpecError
from kg.vocab import ontology


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How many pieces are kept, and how exactly their scores are written."""

    pieces: int
    digits: int


@dataclass(frozen=True, slots=True)
class Names:
    """The training of names; see recipe.toml."""

    layers: int
    passes: float
    rate: float
    head_rate: float
    batch: int
    warmup: int
    exchanged: float


@dataclass(frozen=True, slots=True)
class Events:
    """The training of relations; see recipe.toml."""

    lower: int
    written: int
    mixed: int
    whole: int
    rate: float
    lower_factor: float
    head_factor: float
    batch: int
    warmup: int
    empty: float
    average: float
    factuality: float
    over_edges: float
    unseen: float
    exchanged: float
    exchanged_country: float

    def share(self, type_: str) -> float:
        """Return how often an entity of a type gets another name."""
        return self.exchanged_country if type_ == "Country" else self.exchanged


@dataclass(frozen=True, slots=True)
class Tuning:
    """The training that goes on from the bundled weights; see recipe.toml."""

    passes: float
    steps: int
    rate: float
    kept: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How scores become probabilities; see recipe.toml."""

    held_out: int
    threshold: float
    doubted: float
    doubted_sooner: dict[str, float]
    enough: int
    offices: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """All of it; `relations` are in the order of the scores."""

    relations: tuple[str, ...]
    vocabulary: Vocabulary
    names: Names
    events: Events
    tuning: Tuning
    calibration: Calibration

    @property
    def symmetric(self) -> tuple[bool, ...]:
        """Which relations know no direction."""
        known = ontology().relations
        return tuple(known[name].symmetric for name in self.relations)


@cache
def recipe() -> Recipe:
    """Return the recipe; raises SpecError where recipe.toml is wrong."""
    return parse_recipe(files("kg.train.encoder").joinpath("recipe.toml").read_text(encoding="utf-8"))


def parse_recipe(text: str) -> Recipe:
    """Return the recipe that a text in TOML gives; raises SpecError where it is wrong."""
    try:
        table = tomllib.loads(text)
        parts = (Vocabulary, Names, Events, Tuning, Calibration)
        given: dict[str, Any] = {part.__name__.lower(): part(**table[part.__name__.lower()]) for part in parts}
        listed: list[str] = table["relations"]
        if unknown := sorted(given["calibration"].doubted_sooner.keys() - set(ontology().relations)):
            raise ValueError(f"calibration.doubted_sooner: {unknown[0]} is no relation of the ontology")
    except (ValueError, TypeError, KeyError) as error:
        raise SpecError(f"kg/train/encoder/recipe.toml: {error}; correct the file") from error
    known = ontology().relations
    relations = [name for name in listed if name in known] + [name for name in known if name not in listed]
    return Recipe(tuple(relations), **given)
