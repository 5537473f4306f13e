"""The offices of the base of actors as records that the graph can write."""

from __future__ import annotations

from functools import cache

from kg.actors.base import Base, Office
from kg.gazetteer import country_label
from kg.model import Held
from kg.specs import languages
from kg.vocab import entity_iri

Names = tuple[tuple[str, str], ...]


@cache
def held(base: Base, office: Office) -> Held:
    """Return an office with the IRI and the names of the state or body that it is of."""
    iri, names = _body(base, office.of)
    title = tuple(sorted(office.title.items()))
    return Held(title, iri, names, office.start or "", office.end or "", office.seen or "")


def _body(base: Base, of: str) -> tuple[str, Names]:
    if len(of) == 2 and of.isupper():
        return entity_iri("Country", of, of), tuple((code, country_label(of, code)) for code in languages())
    for kind in ("Organization", "Place"):
        actor = base.get(entity_iri(kind, of))
        if actor is not None:
            return actor.iri(), tuple(sorted(actor.names.items()))
    return entity_iri("Organization", of), (("en", of),)
