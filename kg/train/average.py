"""Several trainings of one pipeline → the mean of their weights, which reads better than each of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy


def average(folders: Sequence[Path], out: Path) -> Path:
    """Save under `out` the pipeline whose weights are the mean of those at `folders`, and return `out`.

    They must have been trained on from one common stage: only then do their weights mean the same.
    """
    pipelines = [spacy.load(folder) for folder in folders]
    mean = pipelines[0]
    for name in mean.pipe_names:
        models = [nlp.get_pipe(name).model for nlp in pipelines]  # type: ignore[attr-defined]
        for nodes in zip(*(model.walk() for model in models), strict=True):
            for param in nodes[0].param_names:
                if nodes[0].has_param(param):
                    nodes[0].set_param(param, sum(node.get_param(param) for node in nodes) / len(nodes))
    mean.to_disk(out)
    return out
