"""Scores of labels for each word → spans of names with their types: the best path that begins and ends what it opens.

Labels follow the BILOU scheme (Ratinov and Roth 2009); the path is Viterbi's.
"""

from __future__ import annotations

import numpy

TYPES = ("Person", "Organization", "Place", "Country")
LABELS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BILU"))
_NEVER = -1e4  # a score that no sum of others makes up for


def _may_follow(left: str, right: str) -> bool:
    opened, goes_on = left[0] in "BI", right[0] in "IL"
    return opened == goes_on and (not opened or left[2:] == right[2:])


_STEPS = numpy.array([[0.0 if _may_follow(a, b) else _NEVER for b in LABELS] for a in LABELS], dtype=numpy.float32)
_FIRST = numpy.array([0.0 if label[0] in "OBU" else _NEVER for label in LABELS], dtype=numpy.float32)
_LAST = numpy.array([0.0 if label[0] in "OLU" else _NEVER for label in LABELS], dtype=numpy.float32)


def decode(scores: numpy.ndarray) -> list[tuple[int, int, str]]:
    """Return (start, end, type) of the names in a passage, from scores of shape (words, labels)."""
    if not len(scores):
        return []
    best = scores[0] + _FIRST
    back = numpy.zeros(scores.shape, dtype=numpy.int64)
    for i in range(1, len(scores)):
        paths = best[:, None] + _STEPS
        back[i] = paths.argmax(0)
        best = paths.max(0) + scores[i]
    path = [int((best + _LAST).argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i][path[-1]]))
    return _spans([LABELS[label] for label in reversed(path)])


def _spans(labels: list[str]) -> list[tuple[int, int, str]]:
    spans, start = [], 0
    for i, label in enumerate(labels):
        if label[0] in "BU":
            start = i
        if label[0] in "LU":
            spans.append((start, i + 1, label[2:]))
    return spans
