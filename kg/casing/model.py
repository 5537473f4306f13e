"""How a language writes its words: counts of each word's writings, and of which kind of writing follows which.

Lita, Ittycheriah, Roukos, Kambhatla, "tRuEcasIng" (2003): the most probable sequence by a hidden Markov model. A word
that no count knows is guessed by its last letters (Brants, "TnT", 2000). The counts are `kg train --only casing`'s.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg import bundle
from kg.errors import WeightsError

SMALL, TITLE, UPPER, NO_WORD = "l", "T", "U", "-"
KINDS = (SMALL, TITLE, UPPER)
START, OPENING = "^", "i"  # before the first word of a sentence, and that word, whose capital says nothing
JOINTS = frozenset("-'’.")  # within names and words: what stands before them is what a word follows
STATES = (START, OPENING, *KINDS, NO_WORD)
PART, SUFFIX = "casing", ".tsv"
_LETTERS = 4  # of a word's end
_BACK_OFF = 3.0  # words with the same end that count as much as all those with a shorter one
_NAMES = 8.0  # how much oftener than by its end a word is a name that nobody has counted
_FEW = 1.0  # counts that the guess by letters is worth

Counts = tuple[int, int, int]
Odds = dict[str, float]


@dataclass(frozen=True)
class Casing:
    """The counts of one language, by word in small letters, by a word's end, and by the state before.

    `mixed` are the writings that are neither small, nor as a name, nor in capitals ("YouTube").
    """

    words: Mapping[str, Counts]
    mixed: Mapping[str, str]
    log_ratios: Mapping[str, Odds]

    @cached_property
    def ends(self) -> Mapping[str, Sequence[int]]:
        """How many words of an end are mostly written in each way: only lines in capitals ask."""
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for word, counts in self.words.items():
            most = counts.index(max(counts))
            for end in ends_of(word):
                found[end][most] += 1
        return found

    def odds(self, word: str, more: Counts = (0, 0, 0)) -> Odds:
        """Return how probable each kind of writing is for a word, `more` counted in with what the weights know."""
        counts = [a + b for a, b in zip(self.words.get(word, (0, 0, 0)), more, strict=True)]
        guess, all_ = self._guess(word, met=any(counts)), sum(counts) + _FEW
        return {
            kind: (count + _FEW * guess[i]) / all_ for i, (kind, count) in enumerate(zip(KINDS, counts, strict=True))
        }

    def following(self, state: str) -> Odds:
        """Return how much more often than elsewhere each kind of writing stands after a state, as logarithms."""
        return self.log_ratios[state]

    def _guess(self, word: str, *, met: bool) -> list[float]:
        odds = [0.5, 0.45, 0.05]
        for end in ends_of(word):
            if row := self.ends.get(end):
                number = sum(row)
                odds = [(row[i] + _BACK_OFF * odds[i]) / (number + _BACK_OFF) for i in range(3)]
        if not met:
            odds[1] *= _NAMES
        return [one / sum(odds) for one in odds]


def ends_of(word: str) -> list[str]:
    """Return a word's ends, the shortest first, with its length, since acronyms are short."""
    return [f"{word[-n:]} {min(len(word), 5)}" for n in range(1, _LETTERS)] + [word[-_LETTERS:]]


@cache
def casing(language: str) -> Casing | None:
    """Return the bundled counts of a language, or None where there are none; raises WeightsError if damaged."""
    path = bundle.find(PART) / f"{language}{SUFFIX}"
    return read(path) if path.is_file() else None


def read(path: Path) -> Casing:
    """Return the counts of a file; raises WeightsError where a line is none."""
    words: dict[str, Counts] = {}
    mixed: dict[str, str] = {}
    after: dict[str, Counts] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        try:
            word, small, title, upper, *form = line.split("\t")
            counts = int(small), int(title), int(upper)
        except ValueError as error:
            raise WeightsError(f"{path}:{number}: no word with three counts; reinstall the package") from error
        if word.startswith("="):
            after[word[1:]] = counts
            continue
        words[word] = counts
        if form:
            mixed[word] = form[0]
    if missing := {*STATES} - {START} - after.keys():
        raise WeightsError(f"{path}: no counts for what follows {sorted(missing)[0]!r}; reinstall the package")
    log_ratios = {state: _log_ratios(row, after.values()) for state, row in after.items()}
    log_ratios[START] = dict.fromkeys(KINDS, 0.0)
    return Casing(words, mixed, log_ratios)


def _log_ratios(row: Counts, rows: Collection[Counts]) -> Odds:
    """Return the logarithms of how much more often than after all states each kind stands after one."""
    total = [sum(counts[i] for counts in rows) + 1 for i in range(3)]
    return {
        kind: math.log((row[i] + 1) / (sum(row) + 3)) - math.log(total[i] / sum(total)) for i, kind in enumerate(KINDS)
    }
