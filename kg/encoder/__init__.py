"""The bundled encoder: words as vectors that know their sentence, names, and how two mentions are related.

Multilingual transformers serve both languages and every question. One finds the names of a passage; the other, told
where the mentions are, at its entrance and half-way up, says for each pair which relation the passage states of them.

A passage is read by itself and by one thread, so the same article gives the same numbers whatever is read beside it.
This package is the only one that knows ONNX Runtime and the tokenizer; it knows nothing of spaCy: words go in as text.

    Encoder.passages(words, ...)  words of an article → passages of at most `MOST` pieces
    bridges(passages, starts)     → passages over the edges of those
    Encoder.names(passage)        → spans of names with their types
    Encoder.pairs(passage, ...)   mentions of a passage → scores of relations for each ordered pair of them
"""

from __future__ import annotations

from functools import cache

from kg.encoder.bridges import bridges
from kg.encoder.model import Encoder
from kg.encoder.pairs import Marked, PairScores
from kg.encoder.passages import Passage

__all__ = ["Encoder", "Marked", "PairScores", "Passage", "bridges", "bundled"]


@cache
def bundled() -> Encoder:
    """Return the encoder that ships with the package; raises WeightsError where a file is missing or damaged."""
    return Encoder.load()
