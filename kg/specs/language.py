"""What lang/XX/ says of a language: a field per file, a dataclass per file in the modules beside this one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints

from kg.specs.actors import Actors, Countries, Nicknames, Places, Regions, Titles
from kg.specs.grammar import Factuality, Grammar
from kg.specs.pages import Agencies, Detect, Furniture, Pagelines
from kg.specs.reading import Month, Ordered, Tokens, Weekday, Where, Words, bind, meant, read_toml


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says so: speech.toml."""

    verbs: Words
    according: Words
    bodies: Words
    media: Words
    reporters: Words
    back: Words


@dataclass(frozen=True, slots=True)
class Time:
    """Expressions of time beyond CLDR's months and weekdays: time.toml. Patterns are made of some, in their order."""

    months: dict[str, Month]
    weekdays: dict[str, Weekday]
    day_first: bool
    open: Words
    last: Ordered
    next: Ordered
    this: Ordered
    ago: Ordered
    earlier: Ordered
    year: Ordered
    month: Ordered
    days: dict[str, int]
    same: dict[str, int]
    since: Words
    background: Tokens
    begin: Tokens
    in_month: Ordered
    day: Ordered
    months_back: Ordered
    years_back: Ordered
    numbers: dict[str, int]
    several: Ordered


@dataclass(frozen=True, slots=True)
class Language:
    """All that lang/XX/ says of a language: a field per file."""

    code: str
    actors: Actors
    agencies: Agencies
    countries: Countries
    detect: Detect
    factuality: Factuality
    furniture: Furniture
    grammar: Grammar
    nicknames: Nicknames
    pagelines: Pagelines
    places: Places
    speech: Speech
    time: Time
    titles: Titles
    regions: Regions | None = None


def read_language(folder: Path, states: dict[str, frozenset[str]]) -> Language:
    """Return all that a folder of lang/ says; raises SpecError for the first of its files that is wrong.

    `states` are those of lang/governments.toml, by whose kinds titles go.
    """
    facets: dict[str, object] = {}
    hints = get_type_hints(Language)
    for name in (one.name for one in fields(Language) if one.name != "code"):
        kind = hints[name]
        file = folder / f"{name}.toml"
        if NoneType in get_args(kind):  # a facet that a language need not have
            if not file.is_file():
                continue
            kind = get_args(kind)[0]
        facets[name] = bind(read_toml(file), kind, Where(file))
    for file in sorted(folder.glob("*.toml")):
        if file.stem not in facets:
            raise Where(file).wrong("unknown file", meant(file.stem, facets))
    made = Language(code=folder.name, **facets)  # type: ignore[arg-type]  # each is of its hint
    for table in ("none_in", "only_in"):
        for kind_ in getattr(made.titles, table):
            if kind_ not in states:
                where = Where(folder / "titles.toml", f"{table}.{kind_}")
                raise where.wrong("unknown kind of state", meant(kind_, states))
    return made
