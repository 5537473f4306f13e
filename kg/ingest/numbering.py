"""Blocks → the items of the numbered lists in them, whose line breaks a page has lost: "1. Mira Osei2. Ken Adu"."""

from __future__ import annotations

import itertools
import re

Span = tuple[int, int]

# A number that hangs on the end of a word, with a stop or bracket, before a new item: "Osei2. Ken", "Adu)3) Ana".
_HANGING = re.compile(r"(?<=[^\W\d_]|[)\]\"”'’%])(?P<number>\d{1,2})[.)]\s+(?=[\"“'‘(]?[^\W\d_])")
_FIRST = re.compile(r"(?:^|[:.\s])\s*1[.)]\s+\S")
# Numbers in a row that make a list although its "1." is not to be seen: two may be chance ("G7. … G8. …").
_ENOUGH = 3


def items(text: str, span: Span) -> list[Span]:
    """Return a block's span cut before each number of a list that hangs on the word before it; else the span alone."""
    start, end = span
    row: list[re.Match[str]] = []
    for found in _HANGING.finditer(text, start, end):
        if int(found["number"]) == (int(row[-1]["number"]) + 1 if row else 2):
            row.append(found)
    if not row or (len(row) < _ENOUGH and not _FIRST.search(text[start : row[0].start()])):
        return [span]
    edges = [start, *(found.start() for found in row), end]
    return list(itertools.pairwise(edges))
