"""Trained layers → ONNX, one passage at a time and without padding, with matrices of eight bits.

Weights are rounded per channel beforehand, states as they come (dynamic quantisation): half the time and a quarter of
the size for about nothing in scores. Biases, norms and small tables stay as they are.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import onnx  # noqa: F401  (what PyTorch exports with: known to be missing before an hour has passed)
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.encoder.passages import PLACES
from kg.train.encoder.events import HEADS, POINT, READ, Pairs
from kg.train.encoder.learning import Namer
from kg.train.encoder.transformer import Transformer

_OPSET, _LENGTH, _MENTIONS = 17, 50, 3
# What `kg.encoder.model` gives and takes, and which axis of each is as long as the passage, or as it has mentions.
_UPPER = {
    "hidden": (1, "pieces"),
    "marks": (1, "pieces"),
    "kinds": (1, "pieces"),
    "first": (0, "mentions"),
    "last": (0, "mentions"),
    "subject": (0, "pairs"),
    "object": (0, "pairs"),
    "features": (0, "pairs"),
}
_SCORES = ("relations", "factuality")


class LowerPart(nn.Module):
    """Embedded pieces → states."""

    def __init__(self, encoder: Transformer) -> None:
        super().__init__()
        self.encoder = encoder
        # No passage is longer, and the table of all 512 places is larger than one likes.
        self.places = nn.Parameter(encoder.pos.weight[: PLACES + 2].detach().clone())

    def forward(self, embedded: Tensor) -> Tensor:
        """Return the states."""
        return self.encoder.embedded(embedded, self.places, _no_padding())


class NamesPart(nn.Module):
    """Embedded pieces → scores of labels."""

    def __init__(self, namer: Namer) -> None:
        super().__init__()
        self.lower, self.head = LowerPart(namer.enc), namer.head

    def forward(self, embedded: Tensor) -> Tensor:
        """Return the scores."""
        scores: Tensor = self.head(self.lower(embedded))
        return scores


class UpperPart(nn.Module):
    """States and mentions of one passage → scores of pairs: `Pairs.score` without a batch."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__()
        self.pairs = pairs

    def forward(  # noqa: PLR0917 (ONNX names inputs by their place)
        self,
        hidden: Tensor,
        marks: Tensor,
        kinds: Tensor,
        first: Tensor,
        last: Tensor,
        subject: Tensor,
        object: Tensor,
        features: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return the logits of relations and of factualities."""
        model = self.pairs
        states = model.marked(hidden, marks, kinds, _no_padding())[0]
        mention = torch.cat([states[first], states[last], states[0].expand(first.shape[0], -1)], -1)
        as_subject, as_object = model.ms(mention), model.mo(mention)
        point = model.q(mention).view(-1, 2, HEADS, POINT)
        keys, values = model.k(states).view(-1, HEADS, POINT), model.v(states).view(-1, HEADS, READ)
        one, other = (torch.einsum("mhd,lhd->mhl", point[:, side], keys) / POINT**0.5 for side in (0, 1))
        weights = torch.softmax(one[subject] + other[object], -1)
        read = torch.einsum("phl,lhd->phd", weights, values).reshape(subject.shape[0], -1)
        both = model.wc(read) + model.wp(as_subject[subject] * as_object[object]) + model.feat(features).sum(1)
        pair = functional.gelu(as_subject[subject] + as_object[object] + both)
        pair = functional.gelu(model.mid(pair))
        return model.out(pair), model.fact(pair)


def export_names(namer: Namer, path: Path) -> None:
    """Write names.onnx."""
    _export(NamesPart(namer), (_embedded(namer.enc),), path, axes={"embedded": 1, "labels": 1})


def export_lower(encoder: Transformer, path: Path) -> None:
    """Write lower.onnx."""
    _export(LowerPart(encoder), (_embedded(encoder),), path, axes={"embedded": 1, "hidden": 1})


def export_upper(pairs: Pairs, path: Path) -> None:
    """Write upper.onnx."""
    pieces = torch.zeros(1, _LENGTH, dtype=torch.long)
    ends = torch.arange(_MENTIONS) * 2 + 1
    asked = (torch.tensor([0, 1, 2, 0]), torch.tensor([1, 0, 0, 2]), torch.zeros(4, 4, dtype=torch.long))
    states = torch.randn(1, _LENGTH, pairs.mark.embedding_dim)
    axes = {name: axis for name, (axis, _) in _UPPER.items()} | dict.fromkeys(_SCORES, 0)
    _export(UpperPart(pairs), (states, pieces, pieces, ends, ends, *asked), path, axes=axes)


def _no_padding() -> Tensor:
    return torch.zeros(1, 1, 1, 1)


def _embedded(encoder: Transformer) -> Tensor:
    return torch.randn(1, _LENGTH, encoder.pos.embedding_dim)


def _export(part: nn.Module, inputs: tuple[Tensor, ...], path: Path, *, axes: dict[str, int]) -> None:
    """Write a part; `axes` are the inputs and outputs, in order, with the axis that may have any length."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = list(axes)
    with tempfile.TemporaryDirectory() as folder, _quiet():
        whole = Path(folder) / path.name
        torch.onnx.export(
            part.eval(),
            inputs,
            str(whole),
            input_names=names[: len(inputs)],
            output_names=names[len(inputs) :],
            dynamic_axes={name: {axis: _lengths(name)} for name, axis in axes.items()},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"]
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what the exporter says of its own future, and the quantiser of a step that is not needed here."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def _lengths(name: str) -> str:
    if name in _UPPER:
        return _UPPER[name][1]
    return "pairs" if name in _SCORES else "pieces"
