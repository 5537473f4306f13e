"""Which actor of the base an article's entity is: only where its names mean one of them and nothing speaks against it.

One word names no person by itself, except beside an office that the base knows somebody of that name to hold: who else
"Prabowo" may be is decided over all articles, with what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kg.actors.base import Actor, Base
from kg.actors.bodies import cut_from
from kg.actors.tables import key_of
from kg.actors.wholes import brief
from kg.model import Article, Entity, Statement
from kg.specs import exonyms


class Known:
    """The actors of one article's entities; offices that the article gives tell namesakes and short names apart."""

    def __init__(self, base: Base, article: Article, statements: Sequence[Statement]) -> None:
        self.base = base
        self._day = article.published.date() if article.published else None
        self._offices: dict[Entity, list[tuple[str, str]]] = {}
        self._heads: dict[Entity, list[Entity]] = {}
        for statement in statements:
            if statement.office and statement.object.type == "Organization":
                self._heads.setdefault(statement.object, []).append(statement.subject)
            if statement.office and statement.object.iso:
                self._offices.setdefault(statement.subject, []).append((statement.office, statement.object.iso))
        bodies = {
            e for s in statements for e in (s.subject, s.object, s.place, s.source) if e and e.type == "Organization"
        }
        self._brief = brief({body: body.names for body in sorted(bodies, key=lambda body: body.names)})
        self._found: dict[Entity, Actor | None] = {}

    def actor(self, entity: Entity) -> Actor | None:
        """Return the actor that an entity of the article is, or None."""
        if entity in self._brief:
            return None  # the article names the body in full
        if entity not in self._found:
            actor = actor_of(self.base, entity)
            if actor is None and entity.type == "Person":
                actor = self._in_office(entity)
            if actor is None and entity in self._heads:
                actor = self._headed(entity)
            states = {iso for _, iso in self._offices.get(entity, ())}
            apart = actor is not None and states and not states & _states(actor)
            self._found[entity] = None if apart else actor
        return self._found[entity]

    def _headed(self, entity: Entity) -> Actor | None:
        """Return the one body of a name of several whose office somebody holds whom the article gives one of it."""
        heads = (actor_of(self.base, head) for head in self._heads[entity])
        bodies = {office.of for head in heads if head is not None for office in head.offices}
        named = {a.key: a for name in _names(entity) for a in self.base.named(name, entity.type) if a.key in bodies}
        return named.popitem()[1] if len(named) == 1 else None

    def _in_office(self, entity: Entity) -> Actor | None:
        found: dict[str, Actor] = {}
        for title, iso in self._offices.get(entity, ()):
            for name in _names(entity):
                for actor in self.base.named(name, "Person"):
                    if _held(self.base, actor, title, iso, self._day):
                        found[actor.key] = actor
        return found.popitem()[1] if len(found) == 1 else None


def _held(base: Base, actor: Actor, title: str, of: str, day: date | None) -> bool:
    """Return whether an actor holds or held an office by a day; without one, whether ever."""
    asked = base.meanings(title)
    return any(
        office.of == of
        and asked & base.meanings(office.title["en"])
        and (day is None or (office.start or "") <= day.isoformat())
        for office in actor.offices
    )


def actor_of(base: Base, entity: Entity) -> Actor | None:
    """Return the one actor of the base that an entity's names mean, or None where none or several fit."""
    if entity.type == "Country":
        return None
    for name in _names(entity):
        if entity.type == "Person" and " " not in key_of(name):
            continue
        if entity.type == "Organization" and cut_from(name, _names(entity)):
            continue
        usual = exonyms().usual.get(name) if entity.type == "Organization" else None
        found = base.named(usual or name, entity.type)
        if usual:
            found = tuple(actor for actor in found if usual in actor.names.values())
        if len(found) > 1:
            by_name = [a for a in found if key_of(name) in {key_of(own) for own in a.names.values()}]
            found = tuple(by_name) if len(by_name) == 1 and entity.type != "Person" else found
        if len(found) == 1:
            return found[0]
    return None


def _names(entity: Entity) -> Iterable[str]:
    return entity.names or (entity.name,)


def _states(actor: Actor) -> set[str]:
    return {actor.iso or "", *(office.of for office in actor.offices)}
