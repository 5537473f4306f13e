"""Lines of an article → the same lines as they are usually written, character for character."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.casing.capitals import Capitals, Line, any_capitals, lines_of
from kg.casing.known import Lists, Own, kind_of, lists, opening, own
from kg.casing.model import JOINTS, KINDS, NO_WORD, OPENING, START, TITLE, UPPER, Casing, Odds, casing

_ACRONYM = 0.05  # share of writings in capitals from which a lead's word stays as it is
_SHORT = 3  # letters of a word that alone, before usual writing, is more often an acronym
_COMMON = 1000  # times that such a word is met in small letters where it is none ("THE", "DAN")
_SURNAME = 5  # letters from which a word that nothing knows, among words that are known, is a name
_SLACK = 3  # small words of a name ("of the") that its acronym has no letters of
_LEAST = 1e-6
_APOSTROPHES = frozenset("'’ʼ`")


def restored(texts: Sequence[str], language: str, counts: Casing | None = None) -> list[str]:
    """Return the lines with what is in capitals as usually written; each as long as it was, most of them unchanged.

    `counts` are by default the bundled ones. A language without counts, and an article without such lines, is given
    back as it is. Raises WeightsError where the counts are damaged.
    """
    if not any_capitals(texts) or (counts := counts or casing(language)) is None:
        return list(texts)
    lines = lines_of(texts)
    knowledge = _Knowledge(counts, own(lines), lists(language))
    return [knowledge.restored(line) if line.capitals else line.text for line in lines]


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What is known of the writing of an article's words."""

    counts: Casing
    own: Own
    lists: Lists

    def restored(self, line: Line) -> str:
        words = [match[0] for match in line.words]
        small = [_small(word) for word in words]
        fixed = dict(self._fixed(line, words, small))
        if all(fixed.get(i) == word for i, word in enumerate(words)):
            return line.text  # a lead that is an acronym, as most are
        odds = [
            _certain(fixed[i]) if i in fixed else self.counts.odds(word, self.own.counts(word, self.lists))
            for i, word in enumerate(small)
        ]
        opens = list(opening(words))
        kinds = _decoded(words, odds, opens, self.counts)
        letters = list(line.text)
        for i, match in enumerate(line.words):
            form = fixed[i] if i in fixed else self._form(small[i], kinds[i])
            if form != words[i] and len(form) == len(words[i]):
                letters[match.start() : match.end()] = words[i][:1] + form[1:] if opens[i] else form
        return "".join(letters)

    def _fixed(self, line: Line, words: Sequence[str], small: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield what needs no guess: words in usual writing, those of listed names, a lead's acronyms, and the like."""
        shouted = {i: part for part in line.capitals for i in range(part.first, part.end)}
        i = 0
        while i < len(words):
            part = shouted.get(i)
            name = self.lists.match(small[: len(words) if part is None or part.lead else part.end], i) if part else ()
            for k, form in enumerate(name):
                yield i + k, form if i + k in shouted else words[i + k]
            if not name:
                if part is None or not words[i].isalpha() or (part.lead and not self._no_acronym(i, small, part)):
                    yield i, words[i]
                elif (told := self._by_signs(line, i, words, small)) is not None:
                    yield i, told
            i += len(name) or 1

    def _by_signs(self, line: Line, i: int, words: Sequence[str], small: Sequence[str]) -> str | None:
        """Return the writing of a word that the signs and numbers around it tell, or None."""
        before, after = "".join(words[max(0, i - 1) : i]), "".join(words[i + 1 : i + 2])
        if before in _APOSTROPHES and i > 1 and len(words[i - 2]) > 1 and _joined(line, i):
            return small[i]  # "IRAN'S", "MA'RUF"; "O'BRIEN" has one letter before
        if after == "." and len(words[i]) == 1:
            return words[i]  # an initial
        if after == "-" and small[i] in self.lists.particles:
            return small[i]  # "AL-SHABAAB"
        if before == "(" and after == ")" and _spells(small[i], small[: i - 1]):
            return words[i]
        if before.isdigit() or after.isdigit():
            return self.lists.months.get(small[i])  # "MAY 5": no auxiliary
        return None

    def _no_acronym(self, i: int, small: Sequence[str], part: Capitals) -> bool:
        """Return whether a word in capitals before usual writing is one by the article or the language."""
        run = [word for word in small[part.first : part.end] if word.isalpha()]
        speak, known = [self._speaks(word) for word in run], self._speaks(small[i])
        if len(small[i]) <= _SHORT and (len(run) == 1 or False in speak):
            return known is True and self.counts.words.get(small[i], (0, 0, 0))[0] >= _COMMON
        if known is not None:
            return known
        return len(run) > 1 and len(small[i]) >= _SURNAME and False not in speak

    def _speaks(self, word: str) -> bool | None:
        """Return whether a word's writings speak for a word (True), for an acronym (False), or there are none."""
        told = self.own.counts(word, self.lists)
        rows = [a + b for a, b in zip(self.counts.words.get(word, (0, 0, 0)), told, strict=True)]
        return not told[2] and rows[2] < _ACRONYM * sum(rows) if any(rows) else None

    def _form(self, word: str, kind: str) -> str:
        if kind == UPPER:
            return word.upper()
        if kind == TITLE:
            return self.own.form(word) or self.counts.mixed.get(word) or word[:1].upper() + word[1:]
        return word


def _small(word: str) -> str:
    """Return a word in small letters, as long as it was: "İ" would become two characters."""
    return "".join("i" if char == "İ" else char.lower() for char in word)


def _joined(line: Line, i: int) -> bool:
    """Return whether a word, the sign before it and the word before that stand without a space between."""
    return line.words[i - 2].end() + 1 == line.words[i].start()


def _spells(acronym: str, words: Sequence[str]) -> bool:
    """Return whether the words before a bracket begin with the letters of the acronym in it, the last of them last."""
    letters = list(acronym)
    for word in reversed([one for one in words if one.isalpha()][-len(acronym) - _SLACK :]):
        if letters and word[0] == letters[-1]:
            letters.pop()
    return not letters and len(acronym) > 1


def _certain(form: str) -> Odds | None:
    kind = kind_of(form)
    return None if kind == NO_WORD else {one: float(one == kind) for one in KINDS}


def _decoded(words: Sequence[str], odds: Sequence[Odds | None], opens: Sequence[bool], counts: Casing) -> Sequence[str]:
    """Return the kind of each word on the most probable path (Viterbi)."""
    scores: dict[str, float] = {START: 0.0}
    steps: list[dict[str, tuple[str, str]]] = []  # for each word, the state reached → the one before, and the kind
    for word, own_odds, first in zip(words, odds, opens, strict=True):
        reached: dict[str, float] = {}
        step: dict[str, tuple[str, str]] = {}
        for state, score in scores.items():
            for after, kind, more in _moves(word, state, own_odds, first, counts):
                if after not in reached or reached[after] < score + more:
                    reached[after], step[after] = score + more, (state, kind)
        scores = reached
        steps.append(step)
    kinds: list[str] = []
    state = max(scores, key=scores.__getitem__)
    for step in reversed(steps):
        state, kind = step[state]
        kinds.append(kind)
    return kinds[::-1]


def _moves(
    word: str, state: str, odds: Mapping[str, float] | None, first: bool, counts: Casing
) -> Iterator[tuple[str, str, float]]:
    if odds is None:
        yield (state if word in JOINTS else NO_WORD), NO_WORD, 0.0
        return
    for kind in KINDS:
        after = OPENING if first and kind != UPPER else kind
        yield after, kind, math.log(odds[kind] + _LEAST) + (0.0 if first else counts.following(state)[kind])
