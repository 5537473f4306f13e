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
_PAIRS = {
    "embedded": (1, "pieces"),
    "marks": (1, "pieces"),
    "kinds": (1, "pieces"),
    "first": (0, "mentions"),
    "last": (0, "mentions"),
    "subject": (0, "pairs"),
    "object": (0, "pairs"),
    "features": (0, "pairs"),
}
_SCORES = ("relations", "factuality")


class NamesPart(nn.Module):
    """Embedded pieces → scores of labels."""

    def __init__(self, namer: Namer) -> None:
        super().__init__()
        self.namer, self.places = namer, _places(namer.enc)

    def forward(self, embedded: Tensor) -> Tensor:
        """Return the scores."""
        scores: Tensor = self.namer.head(self.namer.enc.embedded(embedded, self.places, _no_padding()))
        return scores


class PairsPart(nn.Module):
    """A passage and its mentions → scores of pairs: `Pairs.score` without a batch."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__()
        self.pairs, self.places = pairs, _places(pairs.lower)

    def forward(  # noqa: PLR0917 (ONNX names inputs by their place)
        self,
        embedded: Tensor,
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
        read = model.read(embedded, marks, kinds, self.places, _no_padding())
        states = model.marked(read, marks, kinds, _no_padding())[0]
        mention = torch.cat([states[first], states[last], states[0].expand(first.shape[0], -1)], -1)
        as_subject, as_object = model.ms(mention), model.mo(mention)
        point = model.q(mention).view(-1, 2, HEADS, POINT)
        keys, values = model.k(states).view(-1, HEADS, POINT), model.v(states).view(-1, HEADS, READ)
        one, other = (torch.einsum("mhd,lhd->mhl", point[:, side], keys) / POINT**0.5 for side in (0, 1))
        weights = torch.softmax(one[subject] + other[object], -1)
        seen = torch.einsum("phl,lhd->phd", weights, values).reshape(subject.shape[0], -1)
        both = model.wc(seen) + model.wp(as_subject[subject] * as_object[object]) + model.feat(features).sum(1)
        pair = functional.gelu(as_subject[subject] + as_object[object] + both)
        pair = functional.gelu(model.mid(pair))
        return model.out(pair), model.fact(pair)


def export_names(namer: Namer, path: Path) -> None:
    """Write names.onnx."""
    _export(NamesPart(namer), (_embedded(namer.enc),), path, axes={"embedded": 1, "labels": 1})


def export_pairs(pairs: Pairs, path: Path) -> None:
    """Write pairs.onnx."""
    pieces = torch.zeros(1, _LENGTH, dtype=torch.long)
    ends = torch.arange(_MENTIONS) * 2 + 1
    asked = (torch.tensor([0, 1, 2, 0]), torch.tensor([1, 0, 0, 2]), torch.zeros(4, 4, dtype=torch.long))
    axes = {name: axis for name, (axis, _) in _PAIRS.items()} | dict.fromkeys(_SCORES, 0)
    _export(PairsPart(pairs), (_embedded(pairs.lower), pieces, pieces, ends, ends, *asked), path, axes=axes)


def _places(encoder: Transformer) -> nn.Parameter:
    """Return the table of places as far as passages reach: that of all 512 is larger than one likes."""
    return nn.Parameter(encoder.pos.weight[: PLACES + 2].detach().clone())


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
    if name in _PAIRS:
        return _PAIRS[name][1]
    return "pairs" if name in _SCORES else "pieces"
