"""The encoder as it ships → its layers in PyTorch: what tuning on articles of your own begins with.

A matrix of eight bits with a scale for each channel is multiplied out again. What rounding took is lost: the scores are
those of the shipped file all the same, and a few steps of training move them further.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy
import onnx
import torch
from onnx import ModelProto, helper, numpy_helper
from torch import nn

from kg import bundle
from kg.errors import WeightsError
from kg.train.encoder.pretrained import BLOCK, HEAD, Pretrained

_PLACES = "pos.weight"
_NOT_SHIPPED = ("word.weight", "vote")  # the embeddings are a file of their own; a vote is part of the calibration
_SQUARE, _NORMS = ("q", "k", "v", "ao"), ("aln", "oln")


def shipped() -> Pretrained:
    """Return the bundled encoder's pieces, embeddings and measures; its layers are noughts until they are restored.

    Raises WeightsError where a file is missing or damaged.
    """
    folder = bundle.find("encoder", bundle.ROOT)
    pieces, scores = zip(*json.loads((folder / "pieces.json").read_text(encoding="utf-8")), strict=True)
    words = numpy.load(folder / "embeddings.npy")
    hidden = words.shape[1] * BLOCK
    part = _load(folder / "pairs.onnx")
    numbers = _numbers(part)
    wide = [len(values) for name, values in numbers.items() if name.endswith(".fi.bias")]
    epsilon = next(
        helper.get_attribute_value(attribute)
        for node in part.graph.node
        if node.op_type == "LayerNormalization"
        for attribute in node.attribute
        if attribute.name == "epsilon"
    )
    tensors = {"emb.pos": numpy.zeros_like(numbers["places"]), "emb.type": numpy.zeros(hidden, numpy.float32)}
    layer: dict[str, tuple[int, ...]] = dict.fromkeys(_SQUARE, (hidden, hidden)) | dict.fromkeys(_NORMS, (hidden,))
    layer |= {"fi": (wide[0], hidden), "fo": (hidden, wide[0])}
    shapes = {f"l{i}.{name}": shape for i in range(len(wide)) for name, shape in layer.items()}
    for name, shape in (("emb.ln", (hidden,)), *shapes.items()):
        tensors[f"{name}.w"] = numpy.zeros(shape, numpy.float32)
        tensors[f"{name}.b"] = numpy.zeros(shape[0], numpy.float32)
    return Pretrained(hidden, len(wide), hidden // HEAD, wide[0], epsilon, [*pieces], [*scores], words, tensors)


def restore(model: nn.Module, path: Path) -> None:
    """Give the model the numbers of an exported part; raises WeightsError where the file is of another recipe."""
    part = _load(path)
    numbers = _numbers(part)
    found = {name.partition(".")[2]: values for name, values in numbers.items()} | _matrices(part, numbers)
    own = model.state_dict()
    for name, values in own.items():
        if name.endswith(_NOT_SHIPPED):
            continue
        given = numbers.get("places") if name.endswith(_PLACES) else found.get(name)
        if given is None or given.shape[1:] != tuple(values.shape[1:]):
            raise WeightsError(f"{path}: has no {name} of this recipe; train from the pretrained model (--pretrained)")
        # Of the table of places, only as many as passages reach are shipped.
        values[: len(given)] = torch.tensor(given)
    model.load_state_dict(own)


def _load(path: Path) -> ModelProto:
    try:
        return onnx.load(str(path))
    except Exception as error:  # protobuf's errors share no ancestor with others
        raise WeightsError(f"{path}: is no ONNX file ({type(error).__name__}); install the package again") from error


def _numbers(part: ModelProto) -> dict[str, numpy.ndarray]:
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in part.graph.initializer}


def _matrices(part: ModelProto, numbers: dict[str, numpy.ndarray]) -> dict[str, numpy.ndarray]:
    """Return the matrices by their names in the model: those of the bias that is added where they are used.

    The one matrix without a bias is called after its place in the graph.
    """
    biases = {
        _scope(node.name): name.partition(".")[2].removesuffix(".bias")
        for node in part.graph.node
        for name in node.input
        if node.op_type == "Add" and name.endswith(".bias")
    }
    found = {}
    for node in part.graph.node:
        name = next((name for name in node.input if name.endswith("_quantized") and name in numbers), None)
        if name is not None:
            scope = _scope(node.name)
            matrix = numbers[name].astype(numpy.float32) * numbers[name.replace("_quantized", "_scale")]
            found[biases.get(scope, scope) + ".weight"] = matrix.T
    return found


def _scope(name: str) -> str:
    """Return where a node stands: "/layers.0/qkv_1/MatMul_quant" in "layers.0/qkv_1"."""
    return name.strip("/").rpartition("/")[0]
