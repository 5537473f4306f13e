"""What lang/XX/ says of actors, places and titles, and their names: a dataclass per file, which describes its keys."""

from __future__ import annotations

from dataclasses import dataclass

from kg.specs.reading import AnyOrdered, AnyTokens, AnyWords, Ordered, Tokens, Words


@dataclass(frozen=True, slots=True)
class Organizations:
    """How names of organisations begin, end, or are known."""

    last: Words
    first: Words
    known: Words
    organs: Words


@dataclass(frozen=True, slots=True)
class Actors:
    """How unnamed participants lead to named actors: actors.toml."""

    anchors: Words
    group_only: Words
    attitudes: Words
    people_as_country: Words
    headed: Words
    forces: Words
    plural: Words
    ministries: Tokens
    pronouns_speaker: Tokens
    pronouns_person: Tokens
    reflexive: Tokens
    pronouns_body: AnyTokens
    pair: Words
    capital_nouns: Words
    pair_persons: Tokens
    pair_countries: Tokens
    definite: Words
    country_nouns: Words
    body_nouns: Words
    separators: Words
    also_called: AnyWords
    bodies_of: dict[str, Ordered]
    organizations: Organizations


@dataclass(frozen=True, slots=True)
class Countries:
    """Names of countries and their people, by ISO 3166-1 code: countries.toml."""

    names: dict[str, Ordered]
    demonyms: dict[str, Ordered]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Nicknames:
    """Short names of public figures, and the full ones: nicknames.toml."""

    nicknames: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words in and before names of places."""

    before: Words
    locative: Words
    kinds: Words
    waters: Words
    seats: Words


@dataclass(frozen=True, slots=True)
class Places:
    """Capitals by country, and how names of places are known: places.toml."""

    capitals: dict[str, Ordered]
    heads: PlaceWords


@dataclass(frozen=True, slots=True)
class Regions:
    """Provinces and districts of the newsrooms' home country: regions.toml, which a language need not have."""

    country: str
    provinces: Ordered
    regions: Ordered


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of office: titles.toml. `none_in` and `only_in` go by the kinds of lang/governments.toml."""

    heads: Words
    national: Words
    weak: Words
    strip: Words
    of: Words
    honorifics: Words
    fields: Words
    as_: Words
    counterpart: Words
    home: str
    home_unsaid: bool
    home_titles: Words
    chairing: Words
    chaired: Words
    appointing: Words
    organ_heads: AnyWords
    portfolio: AnyWords
    body: AnyWords
    former: Words
    joins: AnyWords
    acting: AnyWords
    ordinals: AnyWords
    ordinal_prefix: str
    boards: AnyWords
    seats: AnyWords
    staff: AnyWords
    prospective: Words
    leading: Tokens
    none_in: dict[str, AnyOrdered]
    only_in: dict[str, AnyOrdered]
    own_heads: dict[str, AnyOrdered]
    own_bodies: dict[str, AnyOrdered]
