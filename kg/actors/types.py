"""Type conflicts settled over all articles: what one takes for a body, and the base, or most, for a place.

A type is changed only where every relation that the article states of the entity allows the other type.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from kg.actors.interface import Known
from kg.actors.persons import person_name
from kg.actors.wholes import of_kind
from kg.gazetteer import fold
from kg.model import Local
from kg.vocab import ontology

Articles = dict[str, list[Local]]


def settled(articles: Articles, base: Known | None) -> Articles:
    """Return the local names with the types that the base has for them, or else most articles."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for locals_ in articles.values():
        for local in locals_:
            counts[_key(local.name)][local.type] += 1
    parts = _parts(articles, base)
    return {
        article: [
            _settled(_in_article(local, locals_, parts), counts[_key(local.name)], parts, base) for local in locals_
        ]
        for article, locals_ in articles.items()
    }


def _in_article(local: Local, locals_: list[Local], parts: set[str]) -> Local:
    """Return one name that no person is known by as a body's, where its article has the body in full."""
    if local.type != "Person" or not person_name(local.name).short or _key(local.name) in parts:
        return local
    bodies = (other.names for other in locals_ if other.type == "Organization")
    return _as(local, "Organization") if any(of_kind(local.name, names) for names in bodies) else local


def _key(name: str) -> str:
    return fold(name).casefold()


def _parts(articles: Articles, base: Known | None) -> set[str]:
    """Return the parts of all full names of persons: a short name among them may be a person's, whatever else it is."""
    names = {local.name for locals_ in articles.values() for local in locals_ if local.type == "Person"}
    names |= {name for actor in base or () if actor.type == "Person" for name in actor.names.values()}
    full = [name for name in map(person_name, names) if not name.short]
    return {part.text for name in full for part in name.parts}


def _settled(local: Local, counts: Counter[str], parts: set[str], base: Known | None) -> Local:
    if local.type == "Country" or (base and tuple(base.named(local.name, local.type))):
        return local
    if local.type == "Person" and person_name(local.name).short and _key(local.name) in parts:
        return local
    known = {actor.type for actor in base.named(local.name)} if base else set()
    if len(known) == 1:
        return _as(local, next(iter(known)))
    if " " not in local.name:  # "Washington" is a man and a city
        return local
    best = min(counts, key=lambda kind: (-counts[kind], kind))
    return _as(local, best) if counts[best] > counts[local.type] and best != "Country" else local


def _as(local: Local, kind: str) -> Local:
    """Return the local name with another type, where its statements allow that."""
    relations = ontology().relations
    for relation, end in local.roles:
        found = relations.get(relation)
        if found is None or kind not in (found.domain if end == "subject" else found.range):
            return local
    return replace(local, type=kind)
