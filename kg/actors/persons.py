"""Names of persons compared part by part: which parts meet, how, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rigour.text import levenshtein, metaphone

from kg import specs
from kg.gazetteer import fold
from kg.specs.who import name_words

# Parts this long may differ by one letter, or by two: shorter ones are then often other names ("Budi", "Rudi").
ONE_OFF, TWO_OFF = 5, 9


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, folded; `sound` is its metaphone, `nick` the given names that it is a short form of."""

    text: str
    sound: str
    nick: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without titles and particles; `rank` is what tells a son from his father."""

    parts: tuple[Part, ...]
    rank: str
    titled: bool = False  # a title stuck to it

    @property
    def short(self) -> bool:
        """Whether it is one part only, which names nobody on its own."""
        return len(self.parts) < 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names meet: pairs of parts with the way they agree, and where the longer one has more.

    `more` holds "leading", "middle" or "trailing" per part that only one has; `ranks` says that one is a junior.
    """

    met: tuple[tuple[Part, Part, str], ...]
    more: tuple[tuple[str, Part], ...]
    ranks: bool


@lru_cache(maxsize=100_000)
def person_name(name: str) -> PersonName:
    """Return a name as it is compared; a name that is nothing but titles keeps its parts."""
    words = name_words().person
    tokens = [token for token in re.split(r"[^\w']+|_", fold(name).casefold().replace("'", "")) if token]
    rank = next((token for token in tokens[1:] if token in words.ranks), "")
    tokens = [token for token in tokens if token != rank or token == tokens[0]]
    before = len(tokens)
    while len(tokens) > 1 and (tokens[0] in words.before or tokens[0] in _titles()):
        tokens.pop(0)
    kept = [t for t in tokens if t not in words.particles] or tokens
    rank = {"junior": "jr", "senior": "sr"}.get(rank, rank)
    return PersonName(tuple(map(part, kept)), rank, len(tokens) < before)


@cache
def _titles() -> frozenset[str]:
    """Return the titles of one word of all languages, but for those that are names as well."""
    found = {
        word.casefold().rstrip(".")
        for code in specs.languages()
        for titles in [specs.language(code).titles]
        for word in (*titles.heads, *titles.fields)
        if " " not in word
    }
    return frozenset(found - name_words().person.common)


@lru_cache(maxsize=100_000)
def part(text: str) -> Part:
    """Return a part with its sound and the given names that it is a form of."""
    letters = re.sub(r"[^a-z]", "", text)
    return Part(text, metaphone(letters) if len(letters) > 1 else "", _nicknames().get(text, frozenset()))


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in name_words().person.nicknames:
        first, *_ = words = line.split()
        found |= {word: found.get(word, frozenset()) | {first} for word in words}
    return found


def same_part(a: Part, b: Part) -> str | None:
    """Return how two parts agree: "same", "sound", "spelling", "nickname", "initial"; None where they do not."""
    if a.text == b.text:
        return "same"
    short, long = sorted((a.text, b.text), key=len)
    if len(short) == 1:
        return "initial" if long.startswith(short) else None
    off = levenshtein(short, long) if len(long) - len(short) <= 2 else 3
    if a.sound and a.sound == b.sound and off <= 2 and len(short) >= 4:
        return "sound"
    if len(short) >= ONE_OFF and off <= (2 if len(short) >= TWO_OFF else 1):
        return "spelling"
    if len(short) >= ONE_OFF and len(short) == len(long) and off == 2 and sorted(short) == sorted(long):
        return "spelling"  # two letters have changed places
    return "nickname" if a.nick & b.nick else None


def compare(a: PersonName, b: PersonName) -> Likeness | None:
    """Return how two names meet; None where each has a part that the other lacks, which makes them two people's."""
    if len(a.parts) > len(b.parts):
        a, b = b, a
    free = list(range(len(b.parts)))
    met: list[tuple[Part, Part, str]] = []
    for own in sorted(a.parts, key=lambda one: (-len(one.text), one.text)):
        ways = [(_rank(how), at, how) for at in free if (how := same_part(own, b.parts[at]))]
        if not ways:
            if not _joined(a, b):
                return None
            return Likeness(tuple((one, one, "same") for one in b.parts), (), a.rank != b.rank)
        _, at, how = min(ways)
        free.remove(at)
        met.append((own, b.parts[at], how))
    taken = [at for at in range(len(b.parts)) if at not in free]
    more = tuple((_where(at, taken), b.parts[at]) for at in free)
    return Likeness(tuple(met), more, a.rank != b.rank)


def _joined(a: PersonName, b: PersonName) -> bool:
    """Say whether the names are the same letters, written in more or fewer parts."""
    return "".join(one.text for one in a.parts) == "".join(one.text for one in b.parts)


def _rank(how: str) -> int:
    return ("same", "sound", "spelling", "nickname", "initial").index(how)


def _where(at: int, taken: list[int]) -> str:
    return "leading" if at < min(taken) else "trailing" if at > max(taken) else "middle"


def blocks(name: PersonName) -> Iterator[str]:
    """Yield the keys under which names that may be one person's meet: parts, sounds, nicknames, and pairs of sounds."""
    sounds = sorted({one.sound or one.text for one in name.parts})
    for one in name.parts:
        yield f"p {one.text}"
        yield f"l {''.join(sorted(one.text))}"
        if len(one.sound) > 2:
            yield f"s {one.sound}"
    for at, first in enumerate(sounds):
        for second in sounds[at + 1 :]:
            yield f"ss {first} {second}"
    for nick in sorted({nick for one in name.parts for nick in one.nick}):
        for other in sounds:
            yield f"n {nick} {other}"
    yield f"j {''.join(sorted(''.join(one.text for one in name.parts)))}"
