"""Floors: figures that extraction may not fall below, in a TOML file; they only rise.

A table is a set, of `gold`, `texts` and `lang`, or of the folders `first` and `second` whose agreement counts; paths
are relative to the file; with `reader = "fast"` they are read as by `kg extract --fast`. Its `floors` are precision and
f1 overall, the same of events (`events.f1`), NAME.f1 of a relation, NAME of a share.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from kg.errors import SpecError
from kg.evaluate.agreement import agreement, common
from kg.evaluate.gold import By, read_gold
from kg.evaluate.run import run
from kg.evaluate.scoring import Score, score

# A share or relation counted on fewer cases says more of chance than of extraction.
FEWEST = 10
Floors = dict[str, float]
Extract = Callable[[Path, str, bool], By]  # texts, language, whether without the encoder
READERS = ("default", "fast")


@dataclass(frozen=True, slots=True)
class FloorSet:
    """One table of the file: where its texts are, and its floors."""

    name: str
    given: dict[str, str]
    floors: Floors = field(default_factory=dict)

    def paths(self, beside: Path) -> dict[str, Path]:
        """Return the files and folders that it needs; paths are relative to the file of floors."""
        return {key: beside.parent / path for key, path in self.given.items() if key not in ("lang", "reader")}

    @property
    def fast(self) -> bool:
        """Whether its texts are read without the encoder."""
        return self.given.get("reader") == "fast"


def read_floors(path: Path) -> list[FloorSet]:
    """Return the sets of a file of floors; raises SpecError where it is malformed."""
    return parse_floors(path.read_text(encoding="utf-8"), str(path))


def parse_floors(text: str, name: str) -> list[FloorSet]:
    """Return the sets of a file's text; `name` is for the complaint."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{name}: {error}; correct the file") from error
    sets = []
    for key, value in table.items():
        given = {k: v for k, v in value.items() if k != "floors"}
        if set(given) - {"reader"} not in ({"gold", "texts", "lang"}, {"first", "second"}):
            raise SpecError(f"{name}: [{key}] needs gold, texts and lang, or first and second")
        if given.get("reader", READERS[0]) not in READERS:
            raise SpecError(f"{name}: [{key}] reader is {given['reader']!r}; use one of {', '.join(READERS)}")
        sets.append(FloorSet(key, given, {k: float(v) for k, v in value.get("floors", {}).items()}))
    return sets


def write_floors(path: Path, sets: list[FloorSet]) -> None:
    """Write the sets back, below the comment that heads the file."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = list(takewhile(lambda line: line.startswith("#"), old))
    for one in sets:
        lines += ["", f"[{one.name}]", *(f'{key} = "{value}"' for key, value in one.given.items())]
        lines += [f"[{one.name}.floors]", *(f'"{key}" = {value:.2f}' for key, value in one.floors.items())]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def measured(path: Path, sets: list[FloorSet], extract: Extract | None = None) -> dict[str, Floors]:
    """Return what each set reaches now; every folder of texts is read once."""
    extract = extract or (lambda texts, lang, fast: run(texts, lang, fast=fast).said)
    said: dict[tuple[Path, bool], By] = {}

    def of(texts: Path, lang: str, fast: bool) -> By:
        key = texts.resolve(), fast
        if key not in said:
            said[key] = extract(texts, lang, fast)
        return said[key]

    found = {}
    for one in sets:
        paths = one.paths(path)
        if "gold" in paths:
            lang = one.given["lang"]
            found[one.name] = figures(score(read_gold(paths["gold"]), of(paths["texts"], lang, one.fast), lang))
        else:  # folders of texts are named by their language
            first, second = (of(paths[key], paths[key].name, one.fast) for key in ("first", "second"))
            found[one.name] = {"agreement": agreement(*common(first, second)).value}
    return found


def figures(result: Score) -> Floors:
    """Return the figures of a score that floors are for."""
    overall = result.overall
    found = {"precision": overall.precision, "f1": overall.f1}
    if result.events.right + result.events.missed >= FEWEST:
        found |= {"events.precision": result.events.precision, "events.f1": result.events.f1}
    for name, tally in result.relations.items():
        if tally.right + tally.missed >= FEWEST:
            found[f"{name}.f1"] = tally.f1
    found |= {name: share.value for name, share in result.shares.items() if share.of >= FEWEST}
    return found


def fallen(floors: Mapping[str, float], reached: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the figures below their floor, with floor and figure; one that is no longer measured is let be."""
    return {
        key: (floor, reached[key]) for key, floor in floors.items() if key in reached and reached[key] < floor - 1e-9
    }


def raised(floors: Mapping[str, float], reached: Mapping[str, float]) -> Floors:
    """Return the floors after raising: what is reached, rounded down at the second decimal, where that is more."""
    new = {key: math.floor(value * 100 + 1e-9) / 100 for key, value in reached.items()}
    return {key: max(floors.get(key, 0.0), new.get(key, 0.0)) for key in dict.fromkeys((*floors, *new))}
