"""Printed lines → paragraphs: what stands between two lines on the page tells whether the second goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.ingest.lines import TERMINAL

SAME_SIZE = 0.6  # points by which the fonts of one paragraph's lines may differ, as italics measure
WIDER = 1.25  # times the usual distance of lines above which a paragraph ends
INDENT = (0.6, 6)  # heights of the font by which a first line is set in; further right stands another column
NEAR = 4  # lines before and after one whose longest tells how wide its column is there
SHORT = 0.8  # of that width; where the next word would have fitted in so much of it, the line was ended on purpose
BULLET = re.compile(r"[•‣▪●○◦■]")
SOFT = "\u00ad"
HYPHENS = ("-", "\u2010", SOFT)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ALIKE = 4  # letters by which the second half of a doubled word is known: "berlari-lari", "undang-undangnya"


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a page: its text, where it begins (points from the left and from the foot), its font's height."""

    text: str
    x: float
    y: float
    size: float


def joined(lines: list[Printed]) -> Iterator[str]:
    """Yield the paragraphs of lines that are given in the order in which they are read."""
    usual, words = _distances(lines), _words(line.text for line in lines)
    paragraph = ""
    for number, line in enumerate(lines):
        paragraph = _mended(paragraph, line.text, words) if paragraph else line.text
        near = lines[max(0, number - NEAR) : number + NEAR + 1]
        if number + 1 == len(lines) or not _goes_on(line, lines[number + 1], usual, near):
            yield paragraph
            paragraph = ""


def _goes_on(line: Printed, following: Printed, usual: dict[int, float], near: list[Printed]) -> bool:
    if abs(line.size - following.size) > SAME_SIZE or BULLET.match(following.text):
        return False
    ended = bool(TERMINAL.search(line.text))
    down = line.y - following.y
    if down <= 0:  # the next column or page
        return not ended
    if down > WIDER * usual.get(round(line.size), line.size * 1.2):
        return False
    low, high = (times * line.size for times in INDENT)
    if ended and low < following.x - line.x < high:
        return False
    width = max(len(one.text) for one in near if abs(one.size - line.size) <= SAME_SIZE)
    fits = len(line.text) + 1 + len(following.text.split(" ", 1)[0]) < SHORT * width
    return not (fits and (ended or not (following.text[0].islower() or line.text.endswith(","))))


def _distances(lines: list[Printed]) -> dict[int, float]:
    """Return the usual distance of two lines by the height of their font: the most frequent of those it has."""
    found: dict[int, Counter[float]] = {}
    for line, following in pairwise(lines):
        if abs(line.size - following.size) <= SAME_SIZE and 0 < (down := line.y - following.y) < 3 * line.size:
            found.setdefault(round(line.size), Counter())[round(down, 1)] += 1
    return {size: min(counts, key=lambda down: (-counts[down], down)) for size, counts in found.items()}


def _mended(before: str, after: str, words: set[str]) -> str:
    """Return two lines as one; of a word that was broken the hyphen goes, of one that is written with it, it stays."""
    if not before.endswith(HYPHENS) or len(before) < 2 or not before[-2].isalpha() or not after[:1].islower():
        return f"{before} {after}"
    if before.endswith(SOFT):
        return before[:-1] + after
    left, right = re.split(r"\s", before[:-1])[-1].casefold(), WORD.match(after)
    second = right[0].casefold() if right else ""
    first = (WORD.findall(left) or [""])[-1]
    doubled = len(second) > 2 and second[:ALIKE] in first
    if f"{first}{second}" not in words and (doubled or f"{first}-{second}" in words):
        return f"{before[:-1]}-{after}"
    return before[:-1] + after


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(text)}
