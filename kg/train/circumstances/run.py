"""`kg train --only circumstances` in one function: read annotated articles, weigh, try on other articles, write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from kg.specs.circumstances import KINDS, NAME
from kg.train.assemble import enter, quoted
from kg.train.circumstances.asked import Asked, asked
from kg.train.circumstances.fit import fitted
from kg.train.circumstances.folds import crossed
from kg.train.encoder.annotated import find_names, read_folder, set_names
from kg.train.sources import CIRCUMSTANCES, LICENCES

VERSION = "0.2.0"
PART = "circumstances"
# The lowest threshold, and the lowest for what rules pick, at which what is given is, cross-validated, right as often
# as what rules alone would pick.
THRESHOLDS = {"date": (0.3, 0.03), "place": (0.2, 0.1)}
_DIGITS = 2  # of weights that a few thousand statements tell


def train(articles: Path, out: Path, log: IO[str] | None = None) -> dict[str, dict[str, float]]:
    """Write OUT/circumstances and its entry in the manifest; return the cross-validated scores of each kind.

    Raises SourceError where the folder is no annotated one.
    """
    questions: list[Asked] = []
    for doc, annotated in read_folder(articles, None):
        set_names(doc, find_names(doc, annotated))
        questions += asked(doc, annotated)
    lines, scores = [f"# {line}" for line in _HEAD], {}
    for kind in KINDS:
        own = [question for question in questions if question.kind == kind]
        scores[kind] = crossed(own, *THRESHOLDS[kind]).scores
        weights = fitted([question.question() for question in own])
        threshold, picked = THRESHOLDS[kind]
        lines += ["", f"[{kind}]", f"threshold = {threshold}", f"picked = {picked}", ""]
        lines += [f"[{kind}.weights]", *_rows(weights)]
        if log:
            print(f"{kind}: {len(own)} questions, {len(weights)} weights", file=log, flush=True)
    (out / PART).mkdir(parents=True, exist_ok=True)
    (out / PART / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
    enter(out, PART, {"version": VERSION, "licence": LICENCES[PART], "data": CIRCUMSTANCES, "scores": scores})
    return scores


_HEAD = (
    "What speaks for a date or a place of an event, and what against it: natural logarithms of odds.",
    "Made by `kg train --only circumstances`; kg/extract/around.py and candidates.py say when a feature holds.",
)


def _rows(weights: Mapping[str, float]) -> list[str]:
    rounded = {name: round(weight, _DIGITS) for name, weight in weights.items()}
    return [f"{quoted(name)} = {weight}" for name, weight in sorted(rounded.items()) if weight]
