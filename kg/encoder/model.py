"""The encoder's parts in ONNX Runtime, and the table of its pieces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy

from kg import bundle
from kg.encoder.names import decode
from kg.encoder.pairs import Marked, PairScores, questions
from kg.encoder.passages import Passage, Pieces, dequantise, passages

# Layers that find names; those that relate mentions.
PARTS = ("names", "pairs")


class Encoder:
    """A loaded encoder; see the package for what it answers."""

    def __init__(self, folder: Path) -> None:
        """Load from a folder with pieces.json, embeddings.npy, settings.json and the parts, *.onnx."""
        self.cut = Pieces([(piece, score) for piece, score in _json(folder / "pieces.json")])
        self.table = numpy.load(folder / "embeddings.npy")
        self.settings: dict[str, Any] = _json(folder / "settings.json")
        self._names, self._pairs = (_session(folder / f"{part}.onnx") for part in PARTS)

    @classmethod
    def load(cls) -> Encoder:
        """Return the bundled encoder; raises WeightsError where a file is missing or not the one that was trained."""
        return cls(bundle.find("encoder"))

    def passages(
        self,
        words: Sequence[str],
        spaced: Sequence[bool],
        blocks: Sequence[tuple[int, int]],
        starts: Sequence[bool],
    ) -> list[Passage]:
        """Return the passages of an article; see `kg.encoder.passages.passages`."""
        return list(passages(words, spaced, blocks, starts, self.cut))

    def names(self, passage: Passage) -> list[tuple[int, int, str]]:
        """Return (start, end, type) of the names, in words of the article."""
        (labels,) = self._names.run(None, {"embedded": self._embedded(passage)})
        return [(passage.start + a, passage.start + b, t) for a, b, t in decode(labels[0][passage.first])]

    def pairs(self, passage: Passage, mentions: Sequence[Marked]) -> PairScores:
        """Return the scores of all ordered pairs of `mentions`, whose words are counted from the passage's start."""
        pairs, inputs = questions(passage, mentions)
        if not pairs:
            return PairScores([], numpy.zeros((0, 0), numpy.float32), numpy.zeros((0, 3), numpy.float32))
        relations, factuality = self._pairs.run(None, {"embedded": self._embedded(passage), **inputs})
        return PairScores(pairs, relations, factuality)

    def _embedded(self, passage: Passage) -> numpy.ndarray:
        return dequantise(self.table, passage.pieces)[None]


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: sums are taken in one order, and processes (`--jobs`) do not fight for cores.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
