"""What the reconciliation service answers, each over the index of a snapshot: matches, columns, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.explore.index import Index
from kg.export import statements_of
from kg.reconcile import properties, protocol
from kg.reconcile.match import Query, candidates
from kg.reconcile.read import Actor
from kg.reconcile.words import description
from kg.web import previews

Json = dict[str, Any]
SUGGESTED = 10
READ = 12  # statements of an actor for its preview: some share a sentence, and reprints repeat them
EXTENDED = 1_000  # actors whose columns are asked for at a time
LONGEST = 300


def matched(index: Index, text: str, language: str) -> Json:
    """Return the candidates of each query of a batch."""

    def values(actor: Actor, name: str) -> list[str]:
        return properties.texts(properties.of(index.store, actor, name, _label(index, language)))

    return {
        key: {"result": [protocol.result(one, language) for one in candidates(index.who, query, values)]}
        for key, query in protocol.batch(text).items()
    }


def extended(index: Index, text: str, language: str) -> Json:
    """Return the values of properties for actors by their ids; those of nobody are empty."""
    ids, names = protocol.extension(text)
    if len(ids) > EXTENDED:
        raise protocol.TooManyError(f"columns are given for {EXTENDED} ids at a time")
    label = _label(index, language)
    rows: Json = {}
    for iri in ids:
        actor = index.who.by_iri(iri)
        rows[iri] = {
            name: [protocol.cell(value) for value in properties.of(index.store, actor, name, label)] if actor else []
            for name in names
        }
    return {"meta": protocol.meta(names, language), "rows": rows}


def preview(index: Index, iri: str, language: str) -> tuple[bool, str]:
    """Return whether somebody has the id, and the page to show."""
    actor = index.who.by_iri(iri)
    events = index.events(index.rows(index.number(iri))[:READ]) if actor else []
    by_sentence = {row.sentence: row for row in statements_of(index.store, events, language=language)}
    return actor is not None, previews.page(actor, list(by_sentence.values())[: previews.STATEMENTS], language)


def suggest_entities(index: Index, given: Mapping[str, str], language: str) -> Json:
    """Return the actors that a name, code or id begins or means, those in most articles first."""
    prefix, skipped = given.get("prefix", "")[:LONGEST], _number(given.get("cursor", ""))
    table = index.who
    found = [table.actors[at] for at in sorted(table.known(prefix))]
    begin = sorted(table.beginning(prefix), key=lambda at: (-table.actors[at].articles, table.actors[at].iri))
    found += [table.actors[at] for at in begin]
    if not found:
        found = [one.actor for one in candidates(table, Query(prefix, limit=skipped + SUGGESTED))]
    kinds = properties.types(language)
    return {
        "result": [
            {
                "id": actor.iri,
                "name": actor.label[language],
                "description": description(actor, language),
                "notable": [{"id": actor.type, "name": kinds.get(actor.type, actor.type)}],
            }
            for actor in list({actor.iri: actor for actor in found}.values())[skipped : skipped + SUGGESTED]
        ]
    }


def suggest_properties(index: Index, given: Mapping[str, str], language: str) -> Json:
    """Return the properties whose name or id has a word that begins so."""
    return {"result": _beginning(properties.known(language), given)}


def suggest_types(index: Index, given: Mapping[str, str], language: str) -> Json:
    """Return the types whose name or id has a word that begins so."""
    return {"result": _beginning(properties.types(language), given)}


def fly_entity(index: Index, given: Mapping[str, str], language: str) -> Json:
    """Return who an actor is, in a few words of HTML."""
    actor = index.who.by_iri(given.get("id", ""))
    if actor is None:
        raise LookupError("nobody here has this id")
    return {"id": actor.iri, "html": previews.flyout(actor, language)}


def fly_term(known: Callable[[str], Mapping[str, str]]) -> Callable[[Index, Mapping[str, str], str], Json]:
    """Return the flyout of types or properties: their name."""

    def fly(index: Index, given: Mapping[str, str], language: str) -> Json:
        id_ = given.get("id", "")
        if id_ not in known(language):
            raise LookupError("there is no such id")
        return {"id": id_, "html": f"<p>{known(language)[id_]}</p>"}

    return fly


def proposed(index: Index, given: Mapping[str, str], language: str) -> Json:
    """Return the properties that a table of a type may be extended by."""
    limit = _number(given.get("limit", ""))
    found = [{"id": id_, "name": name} for id_, name in properties.known(language).items()]
    answer: Json = {"properties": found[:limit] if limit else found, "type": given.get("type", "")}
    return answer | ({"limit": limit} if limit else {})


OFFERS: dict[str, Callable[[Index, Mapping[str, str], str], Json]] = {
    "suggest/entity": suggest_entities,
    "suggest/property": suggest_properties,
    "suggest/type": suggest_types,
    "flyout/entity": fly_entity,
    "flyout/property": fly_term(properties.known),
    "flyout/type": fly_term(properties.types),
    "properties": proposed,
}


def _beginning(known: Mapping[str, str], given: Mapping[str, str]) -> list[Json]:
    wanted, skipped = given.get("prefix", "").casefold().strip(), _number(given.get("cursor", ""))

    def begins(words: Iterable[str]) -> bool:
        return any(word.casefold().startswith(wanted) for word in words)

    found = [(id_, name) for id_, name in known.items() if begins((id_, name, *name.split()))]
    return [{"id": id_, "name": name} for id_, name in found[skipped:]]


def _label(index: Index, language: str) -> Callable[[str], str]:
    def label(iri: str) -> str:
        actor = index.who.by_iri(iri)
        return actor.label[language] if actor else iri.rpartition("/")[2]

    return label


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
