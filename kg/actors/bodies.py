"""Names of organisations and places compared: words, country, common nouns, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rigour.text import levenshtein

from kg import gazetteer
from kg.gazetteer import fold
from kg.specs import languages
from kg.specs.who import name_words

TYPO_FROM = 6  # letters; in shorter words one letter makes another word ("komisi", but "DPR", "DPD")
ACRONYM = (2, 12)  # letters
FEWEST_INITIALS = 3  # two letters beside the same words are too often another body's
COUNTRY = 5  # words of a country's official name ("Republic of Trinidad and Tobago")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name's own words in order; `iso` is the country that it names, `noun` the common noun that it consists of."""

    words: tuple[str, ...]
    iso: str | None
    noun: str
    whole: tuple[str, ...] = ()  # with the country, as acronyms count it

    @property
    def letters(self) -> str:
        """All its letters, so that "IM57" and "IM 57" are alike."""
        return "".join(self.words)

    @property
    def core(self) -> frozenset[str]:
        """Its words without the kinds that are often left out."""
        left = frozenset(self.words) - name_words().body.left_out
        return left or frozenset(self.words)


@lru_cache(maxsize=100_000)
def body_name(name: str, *, place: bool = False) -> BodyName:
    """Return a name as it is compared: without legal forms, and but for a place's with its country apart."""
    words = name_words().body
    tokens = re.findall(r"\w+", fold(name).replace("'", ""))
    iso, kept = None, []
    at = 0
    while at < len(tokens):
        size, code = (1, None) if place else _country_at(tokens, at)
        if code and (len(tokens) > size):
            iso = iso or code
            at += size
            continue
        word = tokens[at].casefold()
        if word not in words.dropped or len(tokens) == 1:
            kept.append(word)
        at += 1
    whole = [token.casefold() for token in tokens if token.casefold() not in words.dropped]
    if not kept or (len(kept) == 1 and iso and not _stands_alone(kept[0], tokens)):
        kept = [word for word in whole if word not in words.home] or [token.casefold() for token in tokens]
    plain = " ".join(kept)
    noun = words.alike.get(plain, plain) if plain in words.common else ""
    return BodyName(tuple(kept), iso, noun, tuple(whole))


def _stands_alone(word: str, tokens: list[str]) -> bool:
    """Say whether one word names a body without its country: "DPR RI" and "US Senate", but not "Bank Indonesia"."""
    return word in name_words().body.common or any(token.casefold() == word and token.isupper() for token in tokens)


def _country_at(tokens: list[str], at: int) -> tuple[int, str | None]:
    """Return how many tokens name a country from a place on, and its code."""
    home = name_words().body.home.get(tokens[at].casefold())
    if home:
        return 1, home
    for size in range(COUNTRY, 0, -1):
        found = _countries().get(" ".join(tokens[at : at + size]))
        if found and at + size <= len(tokens):
            return size, found
    return 0, None


@cache
def _countries() -> dict[str, str]:
    """Return countries and their people by name, as written, of all languages."""
    found: dict[str, str] = {}
    for code in languages():
        for name, meant in gazetteer.names(code).items():
            if meant.kind in ("country", "demonym"):
                found.setdefault(" ".join(re.findall(r"\w+", name)), meant.iso)
    return found


def same_words(a: BodyName, b: BodyName) -> tuple[int, int] | None:
    """Return how many words two names share as they are, and in another spelling; None where either has its own."""
    short, long = sorted((a.core, b.core), key=len)
    alike = short & long
    left, right = sorted(short - alike), sorted(long - alike)
    if len(left) != len(right):
        return None
    if all(_typo(x, y) for x, y in zip(left, right, strict=True)):
        return len(alike), len(left)
    return None


def _typo(x: str, y: str) -> bool:
    if min(len(x), len(y)) < TYPO_FROM or any(c.isdigit() for c in x + y):
        return False
    return levenshtein(x, y) <= (1 if min(len(x), len(y)) < 9 else 2)


def begun(short: BodyName, long: BodyName) -> tuple[str, ...]:
    """Return the words by which a name goes on where another ends; none where it does not begin with it."""
    size = len(short.words)
    return long.words[size:] if size and long.words[:size] == short.words else ()


def territorial(name: BodyName) -> bool:
    """Say whether a name begins with what every province, regency or council has: "KPU", "Polres", "Komisi III"."""
    return not name_words().body.territorial.isdisjoint(name.words[:1])


def cut_from(name: str, names: Iterable[str]) -> bool:
    """Say whether a name is but the beginning of an office's longer one, so that it alone means another body."""
    own = body_name(name)
    return territorial(own) and any(begun(own, body_name(other)) for other in names)


def part_abbreviated(a: BodyName, b: BodyName) -> tuple[int, int] | None:
    """Return how many words two names share, and how many one gives as the initials of one word of the other.

    As in "KPU Tarok" and "Komisi Pemilihan Umum Tarok": all other words are the same, in one order.
    """
    short, long = sorted((a.words, b.words), key=len)
    size = len(long) - len(short) + 1  # the words that one stands for
    if size < FEWEST_INITIALS or len(short) < 2:
        return None
    for at, letters in enumerate(short):
        if len(letters) == size and short[:at] == long[:at] and short[at + 1 :] == long[at + size :]:
            return (len(short) - 1, size) if letters == "".join(word[0] for word in long[at : at + size]) else None
        if letters != long[at]:
            break
    return None


def acronym(short: BodyName, long: BodyName) -> tuple[str, int] | None:
    """Say how one name abbreviates the other: ("initials" or "syllables", how many letters or pieces), or None."""
    if len(short.words) != 1 or len(long.whole) < 2 or not ACRONYM[0] <= len(short.words[0]) <= ACRONYM[1]:
        return None
    letters = short.words[0]
    if letters in _initials(long):
        return "initials", len(letters)
    pieces = _pieces(letters, long.words) or _pieces(letters, long.whole)
    return ("syllables", pieces) if pieces else None


def _initials(name: BodyName) -> set[str]:
    return {"".join(word[0] for word in words) for words in (name.words, name.whole) if len(words) > 1}


@lru_cache(maxsize=50_000)
def _pieces(letters: str, words: tuple[str, ...]) -> int:
    """Return the number of words whose beginnings or ends make up the letters, each with two letters or more; or 0.

    As Indonesian makes them: "Kejagung" of Kejaksaan Agung, "Jateng" of Jawa Tengah. Every word gives a piece.
    """

    def fits(at: int, number: int) -> bool:
        if number == len(words):
            return at == len(letters)
        word = words[number]
        rest = len(words) - number - 1
        for size in range(min(len(word), len(letters) - at - 2 * rest), 1, -1):
            piece = letters[at : at + size]
            if (word.startswith(piece) or (number and word.endswith(piece) and size > 2)) and fits(
                at + size, number + 1
            ):
                return True
        return False

    return len(words) if fits(0, 0) else 0


def blocks(name: BodyName) -> Iterator[str]:
    """Yield the keys under which names that may be one body's meet: words, letters, initials, beginnings."""
    core = sorted(name.core)
    for at, first in enumerate(core):
        yield f"w {first}"
        for second in core[at + 1 :]:
            yield f"ww {first} {second}"
    yield f"j {''.join(sorted(name.letters))[:40]}"
    if len(name.words) == 1:
        yield f"a {name.words[0]}"
        yield f"b {name.words[0][:2]} {name.words[0][-1]}"
    if name.noun:
        yield f"c {name.noun}"
    for letters in sorted(_initials(name)):
        yield f"a {letters}"
    if len(name.words) > 1:
        last = name.words[-1]
        for end in sorted({last[-1], *last[1:4]}):
            yield f"b {name.words[0][:2]} {end}"
