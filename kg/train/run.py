"""Training documents → a pipeline folder with its scores: the recipe behind `kg train`, stage by stage."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from importlib.resources import as_file, files
from io import StringIO
from pathlib import Path
from typing import IO, Any

from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from kg.nlp.language import LANGUAGES

Overrides = dict[str, Any]


def save_docs(docs: Sequence[Doc], path: Path, *, seed: int = 0) -> Path:
    """Write `docs`, shuffled by `seed`, in spaCy's binary format and return the path."""
    shuffled = list(docs)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=shuffled, store_user_data=False).to_disk(path)
    return path


def run_stage(
    config: str,
    out: Path,
    *,
    train: Path,
    dev: Path,
    lang: str,
    base: Path | None = None,
    overrides: Overrides | None = None,
    best: bool = False,
    log: IO[str] | None = None,
) -> Path:
    """Train ``configs/CONFIG.cfg`` on the documents at `train` and return the folder of the result.

    With `base`, its components are trained on instead of new ones. The result is the last step's, with `best` that of
    the step with the best score on `dev`; weights are averaged over the steps.
    """
    settings: Overrides = {"paths.train": str(train), "paths.dev": str(dev), "nlp.lang": LANGUAGES.get(lang, lang)}
    settings |= overrides or {}
    with as_file(files("kg.train") / "configs" / f"{config}.cfg") as path:
        loaded = load_config(path, overrides=settings, interpolate=False)
    if base is not None:
        loaded["components"] = {name: {"source": str(base)} for name in loaded["nlp"]["pipeline"]}
    nlp = init_nlp(loaded)
    out.mkdir(parents=True, exist_ok=True)
    train_loop(nlp, out, stdout=log or StringIO(), stderr=sys.stderr)
    return out / ("model-best" if best else "model-last")
