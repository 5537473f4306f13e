"""What a training begins with, and what it leaves in OUT/work/encoder for the next one.

A tuned job begins with the bundled weights, and ends as the average of these and of what it learnt, which forgets less
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from kg import bundle
from kg.errors import WeightsError
from kg.train.encoder.material import Job
from kg.train.encoder.recipe import recipe
from kg.train.encoder.restored import restore

State = dict[str, Tensor]
# The file of each part, in full precision.
_SAVED = {"names": "names.pt", "pairs": "events.pt"}
# The name of the embeddings among the weights.
_TABLE = "word.weight"


def begin(model: nn.Module, part: str, job: Job) -> State | None:
    """Go on from an earlier training in the same folder, or from the bundled weights, which are returned if so.

    Raises WeightsError where either is of another recipe.
    """
    if _resume(model, job.work / _SAVED[part], job) or not job.tuned:
        return None
    restore(model, bundle.find("encoder", bundle.ROOT) / f"{part}.onnx")
    job.say(f"goes on from the bundled {part}.onnx")
    return {name: values.clone() for name, values in model.state_dict().items()}


def average(model: nn.Module, before: State | None) -> None:
    """Make the model the average of the bundled weights that it was tuned from, if it was, and of what it is."""
    if before:
        kept = recipe().tuning.kept
        model.load_state_dict({k: kept * before[k] + (1 - kept) * values for k, values in model.state_dict().items()})


def save(model: nn.Module, part: str, job: Job) -> None:
    """Save what was trained; the table of embeddings is the pretrained model's, for whichever pieces are kept."""
    state = {name: value for name, value in model.state_dict().items() if not name.endswith(_TABLE)}
    torch.save(state, job.work / _SAVED[part])


def _resume(model: nn.Module, path: Path, job: Job) -> bool:
    """Go on from an earlier training in the same folder; return whether there is one."""
    if not path.is_file():
        return False
    try:
        state = {k: v for k, v in torch.load(path, weights_only=True).items() if not k.endswith(_TABLE)}
        table = {k: v for k, v in model.state_dict().items() if k.endswith(_TABLE)}
        model.load_state_dict(state | table)
    except (RuntimeError, AttributeError) as error:
        remedy = "remove it to train from the pretrained model"
        raise WeightsError(f"{path}: of another recipe ({str(error).splitlines()[0]}); {remedy}") from error
    job.say(f"goes on from {path}")
    return True
