"""Local names → nodes: what surely is one actor because it bears one full name, with all that articles say of it.

A short name ("Prabowo", of one part) is a node for each article, as is not sure whom it means; a body named by a common
noun ("Senate") is one for each country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.actors.bodies import BodyName, body_name
from kg.actors.interface import KnownActor
from kg.actors.persons import PersonName, person_name
from kg.model import Local

Office = tuple[str, str]  # the title, folded, and the IRI of its country or body


@dataclass(slots=False)
class Node:
    """One name of one type, in one or several articles; `known` is the base's actor that it surely means."""

    key: str
    iri: str
    type: str
    country: str | None = None  # of a body: that it belongs to
    known: KnownActor | None = None
    whole: str | None = None  # of a short form of its article: the key of the node in full; empty for one on its own
    main: Counter[tuple[str, str]] = field(default_factory=Counter)  # (language, name) → articles
    names: Counter[str] = field(default_factory=Counter)
    articles: dict[str, str] = field(default_factory=dict)  # article → local name there
    offices: Counter[Office] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)  # of its offices
    company: Counter[str] = field(default_factory=Counter)
    apart: set[tuple[str, str]] = field(default_factory=set)  # (article, IRI) of what it cannot be
    dates: list[str] = field(default_factory=list)

    @cached_property
    def usual(self) -> str:
        """The name that most articles use, of equals the longest."""
        counts: Counter[str] = Counter()
        for (_, name), number in self.main.items():
            counts[name] += number
        return min(counts, key=lambda name: (-counts[name], -len(name), name)) if counts else self.iri

    @cached_property
    def person(self) -> PersonName:
        """Its usual name as a person's."""
        return person_name(self.usual)

    @cached_property
    def bodies(self) -> tuple[BodyName, ...]:
        """Its names as a body's or place's, the usual one first; a part of it ("House" of its committee) is none."""
        place = self.type == "Place"
        first = body_name(self.usual, place=place)
        ordered = sorted(self.names, key=lambda name: (-self.names[name], name))[:8]
        others = (body_name(name, place=place) for name in ordered)
        return tuple(dict.fromkeys((first, *(one for one in others if not one.core < first.core))))

    @property
    def short(self) -> bool:
        """Whether it is a person's name of one part."""
        return self.type == "Person" and self.person.short

    @cached_property
    def span(self) -> tuple[str, str]:
        """The first and the last of its dates, of which there must be one."""
        return min(self.dates), max(self.dates)

    @cached_property
    def first(self) -> tuple[str, str, str]:
        """Its local IRI, name and article, of several articles the first by IRI."""
        article = min(self.articles, default="")
        return self.iri, self.articles.get(article, self.usual), article

    def take(self, local: Local, company: Iterable[str], country_of: dict[str, str]) -> None:
        """Add an article that names it."""
        self.main[local.language or "", local.name] += 1
        self.names.update({local.name, *local.names})
        self.articles[local.article] = local.name
        for title, body in local.offices:
            self.offices[title.casefold(), body] += 1
            if body in country_of:
                self.countries[country_of[body]] += 1
        self.company.update(company)
        self.apart |= {(local.article, iri) for iri in local.apart}
        if local.date:
            self.dates.append(local.date)


def by_article(locals_: Iterable[Local]) -> dict[str, list[Local]]:
    """Return the local names of each article, in the order of their IRIs."""
    found: dict[str, list[Local]] = defaultdict(list)
    for local in locals_:
        found[local.article].append(local)
    return {article: sorted(found[article], key=lambda one: one.iri) for article in sorted(found)}
