"""Weights in half precision on disk: half the size, and read by the same tagger, parser and recogniser.

A weight loses what lies beyond its eleventh binary digit, which moves fewer decisions than another seed of training.
"""

from __future__ import annotations

from pathlib import Path

import numpy
import srsly
from spacy.language import Language


def halve(folder: Path) -> None:
    """Rewrite the models of the pipeline saved in `folder` in half precision, in place."""
    for path in sorted(folder.glob("*/model")):
        saved = srsly.msgpack_loads(path.read_bytes())
        saved["params"] = [
            {name: _cast(value, "float16") for name, value in (params or {}).items()} for params in saved["params"]
        ]
        path.write_bytes(srsly.msgpack_dumps(saved))


def whole(nlp: Language) -> Language:
    """Return `nlp` with its weights in the precision that it computes in, in place."""
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, _cast(node.get_param(name), "float32"))
    return nlp


def _cast(value: object, precision: str) -> object:
    is_float = isinstance(value, numpy.ndarray) and value.dtype.kind == "f"
    return value.astype(precision) if is_float else value  # type: ignore[attr-defined]
