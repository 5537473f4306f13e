"""Trained parts → the folder that `kg.encoder` loads, and its entry in the manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy

from kg import specs
from kg.encoder.model import PARTS
from kg.train.assemble import enter, entries
from kg.train.encoder.calibration import Curve
from kg.train.encoder.pretrained import Pretrained
from kg.train.encoder.recipe import recipe
from kg.train.encoder.vocabulary import Vocabulary
from kg.train.sources import ENCODER, LICENCES

VERSION = "0.2.0"
_NAME = "encoder"


def write_vocabulary(folder: Path, pretrained: Pretrained, vocabulary: Vocabulary) -> None:
    """Write pieces.json and embeddings.npy."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(vocabulary.pieces, ensure_ascii=False, separators=(",", ":"))
    (folder / "pieces.json").write_text(text, encoding="utf-8")
    numpy.save(folder / "embeddings.npy", numpy.ascontiguousarray(pretrained.words[vocabulary.rows]))


def settings(curve: Curve) -> dict[str, Any]:
    """Return what reading must know beside the weights; offices are told by titles, and their scores are no shares."""
    known = recipe()
    office = [specs.relations()[name].office for name in known.relations]
    slopes = [1.0 if held else round(curve.slope, 4) for held in office]
    intercepts = [0.0 if held else round(own, 4) for held, own in zip(office, curve.intercepts, strict=True)]
    return {
        "relations": list(known.relations),
        "votes": [0.0 if held else round(curve.vote, 4) for held in office],
        "calibration": [slopes, intercepts],
        "threshold": known.calibration.threshold,
        "doubted": _doubted(),
        "offices": known.calibration.offices,
    }


def _doubted() -> dict[str, float]:
    """Return below which probability reading leaves out what frames found, by relation."""
    known = recipe().calibration
    return dict.fromkeys(recipe().relations, known.doubted) | known.doubted_sooner


def write_settings(folder: Path, values: Mapping[str, Any]) -> None:
    """Write settings.json."""
    (folder / "settings.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def missing_parts(folder: Path) -> list[str]:
    """Return which parts are not there yet."""
    names = [*(f"{part}.onnx" for part in PARTS), "settings.json"]
    return [name for name in names if not (folder / name).is_file()]


def write_entry(out: Path, scores: Mapping[str, Any]) -> None:
    """Write the encoder's entry into OUT/manifest.toml, beside those that are there."""
    all_scores = dict(entries(out).get(_NAME, {}).get("scores", {})) | dict(scores)
    enter(out, _NAME, {"version": VERSION, "licence": LICENCES[_NAME], "data": ENCODER, "scores": all_scores})
