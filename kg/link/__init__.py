"""Statement → Statement with canonical entities: one stable IRI per actor over all articles and both languages.

A country is known by its code, everyone else by the base of actors where a name means one of them alone (`known.py`),
or else by the normalised fullest name. What an article calls an entity (`names`) stays as it is, so that cleaning a
name here renames nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.actors.base import Actor, Base, base
from kg.link.known import Known, actor_of
from kg.link.offices import held
from kg.model import Article, Entity, Statement
from kg.specs import exonyms
from kg.vocab import entity_iri, ontology

Extracted = tuple[Article, list[Statement]]


def link(extracted: Iterable[Extracted], actors: Base | None = None) -> Iterator[Extracted]:
    """Yield each article with its statements, every entity canonical and with an IRI; `actors` is the shipped base.

    A statement whose two ends turn out to be the same entity ("PBB" and "United Nations") is dropped: no statement
    relates an entity to itself.
    """
    for article, statements in extracted:
        known = Known(actors or base(), article, statements)
        yield article, merged(_linked(statement, known) for statement in statements)


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Return one statement per relation and ends, with the evidence of all that linking has made the same.

    None relates an entity to itself.
    """
    found: dict[tuple[str, str | None, str | None], Statement] = {}
    for statement in statements:
        if statement.subject.iri == statement.object.iri:
            continue
        key = (statement.relation, statement.subject.iri, statement.object.iri)
        if ontology().relations[statement.relation].symmetric and (key[1] or "") > (key[2] or ""):
            key = (key[0], key[2], key[1])
        known = found.get(key)
        found[key] = replace(known, evidence=known.evidence + statement.evidence) if known else statement
    return list(found.values())


def _linked(statement: Statement, known: Known) -> Statement:
    def named(entity: Entity) -> Entity:
        return _named(entity, statement.language, known.base, known.actor(entity))

    return statement.with_entities(named)


def canonical(entity: Entity, language: str) -> Entity:
    """Return the entity under its usual name in a language, with its IRI and, where certain, its Wikidata id."""
    return _named(entity, language, base(), actor_of(base(), entity))


def _named(entity: Entity, language: str, actors: Base, actor: Actor | None) -> Entity:
    if entity.type == "Country":
        return replace(entity, iri=entity_iri("Country", entity.name, entity.iso))
    if actor is not None:
        names = tuple(dict.fromkeys((*entity.names, *actor.names.values())))
        name = actor.names.get(language) or actor.names["en"]
        offices = tuple(held(actors, office) for office in actor.offices)
        return replace(entity, name=name, names=names, wikidata=actor.wikidata, iri=actor.iri(), offices=offices)
    if entity.type == "Place" and (exonym := exonyms().places.get(entity.name)):
        return replace(entity, names=(*entity.names, exonym), iri=entity_iri("Place", exonym))
    return replace(entity, iri=entity_iri(entity.type, entity.name))
