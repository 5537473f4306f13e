"""Statement → Statement with canonical entities: one stable IRI per actor over all articles and both languages.

A country is known by its code, a body or place by the table of names in the two languages or else, like a person, by
its normalised fullest name. What an article calls an entity (`names`) stays as it is, so that cleaning a name here
renames nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from kg.gazetteer import fold
from kg.model import Article, Entity, Statement
from kg.specs import Body, bodies
from kg.vocab import entity_iri, ontology

Extracted = tuple[Article, list[Statement]]


def link(extracted: Iterable[Extracted]) -> Iterator[Extracted]:
    """Yield each article with its statements, every entity canonical and with an IRI.

    A statement whose two ends turn out to be the same entity ("PBB" and "United Nations") is dropped: no statement
    relates an entity to itself.
    """
    for article, statements in extracted:
        linked = [_linked(statement) for statement in statements]
        yield article, merged(s for s in linked if s.subject.iri != s.object.iri)


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Return one statement per relation and ends, with the evidence of all that linking has made the same."""
    found: dict[tuple[str, str | None, str | None], Statement] = {}
    for statement in statements:
        key = (statement.relation, statement.subject.iri, statement.object.iri)
        if ontology().relations[statement.relation].symmetric and (key[1] or "") > (key[2] or ""):
            key = (key[0], key[2], key[1])
        known = found.get(key)
        found[key] = replace(known, evidence=known.evidence + statement.evidence) if known else statement
    return list(found.values())


def _linked(statement: Statement) -> Statement:
    return replace(
        statement,
        subject=canonical(statement.subject, statement.language),
        object=canonical(statement.object, statement.language),
        place=canonical(statement.place, statement.language) if statement.place else None,
        attribution=tuple(canonical(source, statement.language) for source in statement.attribution),
    )


def canonical(entity: Entity, language: str) -> Entity:
    """Return the entity under its usual name in a language, with its IRI and, where certain, its Wikidata id."""
    if entity.type == "Country":
        return replace(entity, iri=entity_iri("Country", entity.name, entity.iso))
    if entity.type == "Organization":
        for name in entity.names or (entity.name,):
            body = _bodies().get(_key(name))
            if body is not None:
                names = tuple(dict.fromkeys((*entity.names, *body.shown.values())))
                return replace(
                    entity,
                    name=body.shown.get(language) or body.en,
                    names=names,
                    wikidata=body.wikidata,
                    iri=entity_iri("Organization", body.en),
                )
    if entity.type == "Place":
        exonym = bodies().places.get(entity.name)
        if exonym:
            return replace(entity, names=(*entity.names, exonym), iri=entity_iri("Place", exonym))
    return replace(entity, iri=entity_iri(entity.type, entity.name))


def _key(name: str) -> str:
    return fold(name).casefold().removeprefix("the ").replace("-", " ")


@cache
def _bodies() -> dict[str, Body]:
    return {_key(name): body for body in bodies().body for name in (*body.shown.values(), *body.names)}
