"""Who an actor is to event coders: the country it acts for, and the sectors that its offices or its name tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.actors.base import base
from kg.actors.bodies import body_name
from kg.export.rows import Node, StatementRow
from kg.gazetteer import codes_of, fold, names
from kg.graph.store import Store
from kg.specs import language, languages
from kg.specs.sectors import Sector, sector_of_body, sector_of_title, sectors
from kg.vocab import KG, PROV, RDF, RDFS, SCHEMA, base_iri

_HELD = f"""SELECT ?who ?title ?body ?name ?from ?until ?seen WHERE {{
  ?who {KG.held} ?held . ?held {KG.heldTitle} ?title ; {KG.heldAt} ?body ; {KG.heldAtName} ?name .
  FILTER (LANG(?title) IN ("en", "") && LANG(?name) IN ("en", ""))
  OPTIONAL {{ ?held {KG.heldFrom} ?from }} OPTIONAL {{ ?held {KG.heldUntil} ?until }}
  OPTIONAL {{ ?held {KG.heldSeen} ?seen }} }}"""
_STATED = f"""SELECT ?who ?title ?body (SAMPLE(?label) AS ?name) ?article ?from WHERE {{
  ?e {RDF.type} {KG.OfficeHolding} ; {KG.subject} ?who ; {KG.object} ?body ; {KG.office} ?title ;
     {KG.factuality} {KG.asserted} ; {PROV.wasDerivedFrom} ?article .
  ?body {RDFS.label} ?label .
  OPTIONAL {{ ?article {SCHEMA.datePublished} ?from }} }} GROUP BY ?who ?title ?body ?article ?from"""


@dataclass(frozen=True, slots=True)
class Office:
    """An office: title, IRI and name of its body, from and until when ("" if unknown), the article that states it."""

    title: str
    body: str
    name: str
    since: str
    until: str
    article: str = ""

    def on(self, day: str) -> bool:
        """Say whether it was held on a day, as far as years and months tell."""
        begun = not self.since or self.since[: len(day)] <= day
        return begun and (not self.until or day[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Role:
    """An actor on a day: ISO 3166-1 alpha-3 code, or IGO and its like; sectors, the main one first; title of office."""

    country: str = ""
    iso: str = ""
    sectors: tuple[Sector, ...] = ()
    title: str = ""

    def sector_codes(self, scheme: str) -> list[str]:
        """Return the codes of its sectors, without what the actor code says already."""
        codes = dict.fromkeys(filter(None, (sector.code(scheme) for sector in self.sectors)))
        return [code for code in codes if code != self.country]


class Roles:
    """Tells roles from what a store knows of offices: of the same article first, then the base's, then others'."""

    def __init__(self, store: Store) -> None:
        self._stated: dict[str, list[Office]] = defaultdict(list)
        self._held: dict[str, list[Office]] = defaultdict(list)
        for row in sorted(store.query(_STATED).dicts(), key=str):
            told = {name: value or "" for name, value in row.items()}
            self._stated[told["who"]].append(
                Office(told["title"], told["body"], told["name"], told["from"][:10], "", told["article"])
            )
        for row in sorted(store.query(_HELD).dicts(), key=str):
            told = {name: value or "" for name, value in row.items()}
            last = told["until"] or told["seen"]
            self._held[told["who"]].append(Office(told["title"], told["body"], told["name"], told["from"], last))

    def of(self, node: Node, row: StatementRow, day: str) -> Role:
        """Return the role in which an actor takes part in a statement that happened, or was told, on a day."""
        if node.type == "Country":
            return _role(node.iso or "")
        if node.type == "Organization":
            sector = next(filter(None, map(sector_of_body, (node.label, *node.names))), None)
            return _role(_country_of_body(node.iri, node.label), [sector] if sector else [])
        if node.type == "Place":
            return _role(_country_of_place(node.label))
        return self._person(node, row, day)

    def _person(self, node: Node, row: StatementRow, day: str) -> Role:
        stated, held = self._stated.get(node.iri, []), self._held.get(node.iri, [])
        here = [office for office in stated if office.article == row.article.iri]
        now = [office for office in held if not day or office.on(day)]
        offices = here or now or [office for office in stated if not day or office.on(day)]
        found = [sector for office in offices if (sector := _sector(office))]
        if not found and held and not now:  # the base knows offices, and all were over
            offices, found = held, [sector for sector in sectors() if sector.plover == "ELI"]
        known = base().get(node.iri)
        countries = [*map(_country_of_office, [*offices, *now, *held]), known.iso if known else None]
        iso = next(filter(None, countries), "")
        title = offices[0].title if offices else ""
        return _role(iso, found, title)


def _role(iso: str, found: list[Sector] | None = None, title: str = "") -> Role:
    """Put code and sectors together: who acts for an IGO acts for no country; what has none may have its own code."""
    kept = tuple(dict.fromkeys(found or ()))
    beyond = kept[0].beyond if kept else ""
    country = (codes_of(iso)[1:] or ("",))[0]
    if beyond == "IGO":
        country = iso = ""
    return Role(country or beyond, iso if country else "", kept, title)


def _sector(office: Office) -> Sector | None:
    """Return the sector of an office: its body's, or where that is a country or place, what the title tells."""
    of_title = sector_of_title(office.title)
    if _kind(office.body) != "organization" or (of_title and of_title.plover == "ELI"):
        return of_title
    return sector_of_body(office.name) or of_title


def _kind(iri: str) -> str:
    return iri.removeprefix(f"{base_iri()}entity/").partition("/")[0]


def _country_of_office(office: Office) -> str:
    if _kind(office.body) == "country":
        return office.body.rpartition("/")[2]
    if _kind(office.body) == "organization":
        return _country_of_body(office.body, office.name)
    return _country_of_place(office.name)


@cache
def _country_of_body(iri: str, name: str) -> str:
    known = base().get(iri)
    sector = sector_of_body(name)
    if sector and sector.beyond == "IGO":
        return ""
    own = known.iso if known else body_name(name).iso
    return own or next(_bodies_of(name), "")


def _bodies_of(name: str) -> Iterator[str]:
    for code in languages():
        for iso, bodies in language(code).actors.bodies_of.items():
            if name in bodies:
                yield iso


@cache
def _country_of_place(name: str) -> str:
    for code in languages():
        found = names(code).get(fold(name))
        if found:
            return found.iso
    return ""
