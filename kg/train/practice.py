"""Name lists and sentence patterns → practice sentences with foreign names, for the name recogniser."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from kg.train.conllu import Sentence, Word

_SLOT = re.compile(r"\{([A-Z])\}")
_TYPES = {"P": "PER", "F": "PER", "C": "LOC", "L": "LOC", "O": "ORG"}
_DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def read_lists(lang: str = "id") -> dict[str, Any]:
    """Return the lists of ``people.toml`` and ``names_XX.toml`` beside this module."""
    names = ("people.toml", f"names_{lang}.toml")
    texts = (files("kg.train").joinpath(name).read_text(encoding="utf-8") for name in names)
    return {key: table for text in texts for key, table in tomllib.loads(text).items()}


class Names:
    """Draws names of each kind, the same ones for the same seed."""

    def __init__(
        self, lists: Mapping[str, Any], countries: list[str], cities: list[str], *, lang: str = "id", seed: int = 0
    ) -> None:
        self.days = _DAYS[lang]
        people, organisations = lists["people"], lists["organisations"]
        self.given, self.family = people["given"].split(), _phrases_or_words(people["family"])
        self.full = _phrases(people["indonesian"])
        self.fixed, self.of_country = _phrases(organisations["fixed"]), _phrases(organisations["of_country"])
        self.heads, self.fields = _phrases(organisations.get("heads", "")), _phrases(organisations.get("fields", ""))
        self.regions = _phrases(lists["places"]["regions"])
        self.demonyms = _phrases(lists["places"].get("demonyms", ""))
        self.countries, self.cities = countries, cities
        self.rng = random.Random(seed)  # noqa: S311 (variety, not secrecy)

    def draw(self, slot: str) -> str:
        """Return a name (or date) for the slot letter of a pattern."""
        rng = self.rng
        if slot == "F":
            local = rng.random() < 0.15
            return rng.choice(self.full) if local else f"{rng.choice(self.given)} {rng.choice(self.family)}"
        if slot == "P":
            return rng.choice(self.family) if rng.random() < 0.55 else self.draw("F")
        if slot == "C":
            return rng.choice(self.countries)
        if slot == "L":
            return rng.choice(rng.choice((self.cities, self.cities, self.regions, self.countries)))
        if slot == "O":
            return self._organisation()
        if slot == "D":
            day, month = rng.randint(1, 28), rng.randint(1, 12)
            return rng.choice((f"({day}/{month})", f"({day}/{month}/{rng.randint(1998, 2026)})"))
        if slot == "A":
            return rng.choice(self.demonyms)
        return rng.choice(self.days)

    def _organisation(self) -> str:
        kind = self.rng.random()
        if self.heads and kind < 0.4:
            owner = self.rng.choice(("", "", f" {self.rng.choice(self.countries)}"))
            return f"{self.rng.choice(self.heads)} {self.rng.choice(self.fields)}{owner}"
        if kind < 0.6:
            return self.rng.choice(self.of_country).replace("{C}", self.rng.choice(self.countries))
        return self.rng.choice(self.fixed)


def sentences(patterns: list[str], names: Names, rounds: int) -> Iterator[Sentence]:
    """Yield each pattern `rounds` times, every time with other names, tagged in BIO by words between spaces."""
    for _ in range(rounds):
        for pattern in patterns:
            yield fill(pattern, names)


def fill(pattern: str, names: Names) -> Sentence:
    """Return the pattern with names in its slots."""
    words: list[Word] = []
    at = 0
    for match in _SLOT.finditer(pattern):
        _append(words, pattern[at : match.start()], "O")
        _append(words, names.draw(match[1]), _TYPES.get(match[1], "O"))
        at = match.end()
    _append(words, pattern[at:], "O")
    return Sentence(words)


def _append(words: list[Word], text: str, label: str) -> None:
    if text[:1] == " " and words:
        words[-1].space = True
    for i, part in enumerate(text.split()):
        tag = "O" if label == "O" else ("I-" if i else "B-") + label
        words.append(Word(part, space=True, ent=tag))
    if words and text.strip():
        words[-1].space = text[-1:] == " "


def _phrases(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.split("|") if p.strip()]


def _phrases_or_words(text: str) -> list[str]:
    """Split family names at spaces, keeping "bin Salman", "Suu Kyi" and "Ben Ali" together."""
    joined = re.sub(r"\b(bin|Ben|Suu) (?=\w)", r"\1_", " ".join(text.split()))
    return [word.replace("_", " ") for word in joined.split()]


def lines(text: str) -> list[str]:
    """Return the non-empty lines of a pattern list."""
    return [line.strip() for line in text.splitlines() if line.strip()]
