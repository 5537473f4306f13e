"""Line → its words, and those of them in capitals that usual writing would not have so: lines, leads and passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_DASH = re.compile(r"\s*[,(/][^.]{0,60}?(?:\s-\s|\s?(?:--|[–—])\s?)|\s?(?:-|--|[–—])\s")
_LABEL = re.compile(r"[^:\n]{2,80}:(?=\s*\S)")
SHARE = 0.8  # of a line's words of two letters and more: "KPK TAHAN BUPATI dan WAKILNYA" is in capitals as well
PASSAGE = 5  # words in capitals side by side that no row of acronyms is, within a line that goes on otherwise
LABELS = 2  # labels of speakers ("SECRETARY X: I met …") of which one alone is a headline


@dataclass(frozen=True, slots=True)
class Capitals:
    """Words `first` to before `end` of a line, in capitals; `lead` where the line opens so and goes on otherwise."""

    first: int
    end: int
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words with their places, and what of it is in capitals."""

    text: str
    words: Sequence[re.Match[str]]
    capitals: Sequence[Capitals]


def any_capitals(lines: Iterable[str]) -> bool:
    """Return whether any line has words in capitals that may want restoring: quick, and for most articles no."""
    return any(_worth_a_look(line) for line in lines)


def lines_of(texts: Sequence[str]) -> list[Line]:
    """Return the lines of an article; the labels of a transcript's speakers stay, for they tell whose turn it is."""
    labels = [_label(text) for text in texts]
    spoken = sum(end > 0 for end in labels) >= LABELS
    return [_line(text, end if spoken else 0) for text, end in zip(texts, labels, strict=True)]


def _label(text: str) -> int:
    match = _LABEL.match(text)
    return match.end() if match and match[0].isupper() else 0


def _line(text: str, after: int) -> Line:
    words = list(WORD.finditer(text))
    if not _worth_a_look(text):
        return Line(text, words, ())
    begin = next((i for i, word in enumerate(words) if word.start() >= after), len(words))
    return Line(text, words, tuple(_capitals(text, words, begin)))


def _worth_a_look(text: str) -> bool:
    """Return whether a line opens with a word in capitals or has as many side by side as make a passage."""
    run, first = 0, True
    for match in _LETTERS.finditer(text):
        run = run + 1 if match[0].isupper() else 0
        if run and (first or run >= PASSAGE):
            return True
        first = False
    return False


def _capitals(text: str, words: Sequence[re.Match[str]], begin: int) -> Iterator[Capitals]:
    named = [i for i in range(begin, len(words)) if len(words[i][0]) > 1 and words[i][0].isalpha()]
    upper = [i for i in named if words[i][0].isupper()]
    if len(upper) > 1 and len(upper) >= SHARE * len(named):
        yield Capitals(begin, len(words))
        return
    for is_upper, group in groupby(named, key=lambda i: words[i][0].isupper()):
        run = list(group)
        first, end = run[0], run[-1] + 1
        lead = first == named[0]
        if not is_upper or (lead and _DASH.match(text, words[end - 1].end())):
            continue  # a dateline: "JAKARTA, KOMPAS -"
        if lead and text[words[end - 1].end() :].lstrip()[:1] != ":":
            yield Capitals(first, end, lead=True)
        elif len(run) >= PASSAGE:
            yield Capitals(first, end)
