"""How a word is written by the article that has it elsewhere, and by the lists of names: actors, countries, bodies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import babel

from kg import gazetteer, specs
from kg.actors.base import base
from kg.casing.capitals import WORD, Line
from kg.casing.model import KINDS, NO_WORD, SMALL, TITLE, UPPER, Counts

_OWN = 5  # what a writing of the article itself counts beside the language's
_LISTED = 3
_STOPS = frozenset(".?!:")
_SMALLEST = 2  # words of a name that is looked for as a whole: a single one may be another word ("Turkey", "May")

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Names of several words by their words in small letters, names of one word, months, and particles."""

    phrases: Mapping[Forms, Forms]
    beginnings: frozenset[Forms]
    single: Mapping[str, frozenset[str]]
    months: Mapping[str, str]
    particles: frozenset[str]

    def match(self, words: Sequence[str], start: int) -> Forms:
        """Return the words of the longest listed name that begins at a place, as they are written; none if none is."""
        found: Forms = ()
        for end in range(start + 1, len(words) + 1):
            key = tuple(words[start:end])
            if key not in self.beginnings:
                break
            found = self.phrases.get(key, found)
        return found


@cache
def lists(language: str) -> Lists:
    """Return what the base of actors, the gazetteer and the lists of bodies have."""
    phrases: dict[Forms, Forms] = {}
    single: defaultdict[str, set[str]] = defaultdict(set)
    for name in _names(language):
        forms = tuple(WORD.findall(name))
        key = tuple(form.lower() for form in forms)
        if len(forms) == 1 and forms[0].isalpha():
            single[key[0]].add(forms[0])
        elif sum(form.isalpha() for form in forms) >= _SMALLEST and not name.isupper():
            phrases.setdefault(key, forms)
    beginnings = frozenset(key[:n] for key in phrases for n in range(1, len(key) + 1))
    return Lists(
        phrases,
        beginnings,
        {word: frozenset(forms) for word, forms in single.items()},
        _months(language),
        frozenset(specs.language(language).grammar.name.particles),
    )


def _months(language: str) -> dict[str, str]:
    names = babel.Locale(language).months["format"]
    return {name.lower(): name for width in ("wide", "abbreviated") for name in names[width].values()}


def _names(language: str) -> Iterator[str]:
    for actor in base():
        yield actor.names[language] if language in actor.names else actor.names["en"]
        yield from actor.aliases
    yield from (name for name, meant in gazetteer.names(language).items() if meant.kind != "demonym")
    yield from specs.language(language).actors.organizations.known


def kind_of(form: str) -> str:
    """Return in which way a word is written; one of mixed letters ("YouTube") counts as a name."""
    if not form.isalpha() or form.lower() == form.upper():
        return NO_WORD
    if form.islower():
        return SMALL
    return UPPER if form.isupper() and len(form) > 1 else TITLE


def opening(words: Sequence[str]) -> Iterator[bool]:
    """Yield for each word whether a sentence begins with it, so that its capital says nothing."""
    first, before = True, ""
    for word in words:
        yield first
        if word.isalnum():
            first = False
        elif word in _STOPS and not (word == "." and len(before) == 1):  # "J. Smith", "U.S. troops" go on
            first = True
        before = word


@dataclass(frozen=True, slots=True)
class Own:
    """The writings of an article's words where it is in usual writing, but for those that open a sentence."""

    forms: Mapping[str, Counter[str]]

    def counts(self, word: str, listed: Lists) -> Counts:
        """Return how often article and lists write a word in each way, as often as that counts."""
        rows = dict.fromkeys(KINDS, 0)
        for form, number in self.forms.get(word, {}).items():
            rows[kind_of(form)] += _OWN * number
        for form in listed.single.get(word, ()):
            rows[kind_of(form)] += _LISTED
        return rows[SMALL], rows[TITLE], rows[UPPER]

    def form(self, word: str) -> str | None:
        """Return how the article writes a word most often where it writes it as a name, or None."""
        named = [form for form, _ in self.forms.get(word, Counter()).most_common() if kind_of(form) == TITLE]
        return named[0] if named else None


def own(lines: Iterable[Line]) -> Own:
    """Return an article's own writings."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        words = [match[0] for match in line.words]
        shouted = {i for part in line.capitals for i in range(part.first, part.end)}
        for i, (word, opens) in enumerate(zip(words, opening(words), strict=True)):
            if not opens and i not in shouted and kind_of(word) != NO_WORD:
                found[word.lower()][word] += 1
    return Own(found)
