"""Local names for the tests of who is who, and a small base; nobody here is in the news."""

from __future__ import annotations

from collections.abc import Iterator

from kg.actors.base import Actor
from kg.actors.resolve import Resolution
from kg.model import Local
from kg.vocab import article_iri, entity_iri


def local(article: str, name: str, kind: str = "Person", *names: str, **more: object) -> Local:
    """Return a name of an article; `office` is a title with a country's code or a body's name, `apart` are names."""
    office = more.pop("office", None)
    offices = ()
    if office:
        title, of = office  # type: ignore[misc]
        offices = ((title, entity_iri("Country", of, of) if len(of) == 2 else entity_iri("Organization", of)),)
    apart = frozenset(entity_iri(*pair) for pair in more.pop("apart", ()))  # type: ignore[attr-defined, misc]
    given = {"language": "en", **more}
    iso = given.get("iso")
    iri = entity_iri(kind, name, iso)  # type: ignore[arg-type]
    return Local(article_iri(article), iri, kind, name, names or (name,), offices=offices, apart=apart, **given)  # type: ignore[arg-type]


def country(article: str, iso: str, **more: object) -> Local:
    """Return a country that an article speaks of."""
    return local(article, iso, "Country", iso=iso, **more)


def who(found: Resolution, article: str, name: str, kind: str = "Person") -> str:
    """Return the IRI of the actor that an article's name means, without what all have in common."""
    return found.actors[article_iri(article), entity_iri(kind, name)].iri.rpartition("/entity/")[2]


class Base:
    """A base as `kg.actors.base` is one, of a few actors."""

    def __init__(self, *actors: Actor) -> None:
        self.all = actors

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def get(self, iri: str) -> Actor | None:
        return next((actor for actor in self.all if actor.iri() == iri), None)

    def named(self, name: str, type: str | None = None) -> tuple[Actor, ...]:
        return tuple(
            actor
            for actor in self.all
            if type in (None, actor.type)
            and name.casefold() in {known.casefold() for known in (*actor.names.values(), *actor.aliases)}
        )
