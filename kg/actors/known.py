"""What the base knows of a name: the one actor that it surely means, or others that it may be like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.actors.bodies import body_name, cut_from
from kg.actors.interface import Known, KnownActor
from kg.actors.nodes import Node
from kg.actors.persons import compare, person_name
from kg.gazetteer import fold
from kg.model import Local
from kg.specs.who import name_words
from kg.vocab import entity_iri

COMMON = 60  # actors of the base with one part of a name; a part that more have finds none
LIFE = 75  # years


def meant(node: Node, base: Known | None) -> KnownActor | None:
    """Return the base's actor that a node means; None where there is none, or two fit."""
    if base is None:
        return None
    linked = base.get(node.iri)  # whom the article's own context pointed to
    names = [node.usual, *sorted(node.names, key=lambda name: (-node.names[name], -len(name), name))]
    for name in dict.fromkeys(names):
        if node.type == "Person" and name != node.usual and person_name(name).short:
            continue
        if node.type == "Organization" and cut_from(name, names):
            continue
        found = [actor for actor in base.named(name, node.type) if _fits(node, name, actor)]
        if len(found) > 1:
            found = _by_country(node, found)
        if len(found) > 1 and linked:
            found = [actor for actor in found if actor.iri() == linked.iri()] or found
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return linked if linked and _fits(node, node.usual, linked) else None


def _fits(node: Node, name: str, actor: KnownActor) -> bool:
    if actor.type != node.type:
        return False
    if node.country and actor.iso and node.country != actor.iso:
        return False
    if not node.country and node.type == "Organization" and _institution(name):
        return False  # any country's
    if node.type != "Person":
        return True
    if name != node.usual and not any(compare(node.person, person_name(own)) for own in spelt(actor)):
        return False
    years = [
        int(day[:4]) for office in actor.offices for day in (office.start, office.end) if day and day[:4].isdigit()
    ]
    dates = [int(day[:4]) for day in node.dates if day[:4].isdigit()]
    return not (years and dates) or (min(dates) - max(years) <= LIFE and min(years) - max(dates) <= LIFE)


def _institution(name: str) -> bool:
    """Say whether a name is a common noun for what every country has."""
    body = body_name(name)
    return bool(body.noun) and not body.iso and body.noun not in name_words().body.parties


def _by_country(node: Node, found: list[KnownActor]) -> list[KnownActor]:
    """Return those of the node's country, or of its offices', where that leaves any."""
    codes = {node.country} if node.country else set(node.countries)
    return [actor for actor in found if actor.iso in codes] or found


def spelt(actor: KnownActor) -> tuple[str, ...]:
    """Return all names of an actor, each once."""
    return tuple(dict.fromkeys((*actor.names.values(), *actor.aliases)))


def needs_country(local: Local, base: Known | None) -> bool:
    """Say whether a name means another body or place in each country: a common noun, or several actors of the base."""
    names = {local.name, *local.names}
    if local.type not in ("Organization", "Place"):
        return False
    if local.type == "Organization" and any(body_name(name).noun and not body_name(name).iso for name in names):
        return True
    return base is not None and len({actor.iso for actor in base.named(local.name, local.type) if actor.iso}) > 1


def says_country(local: Local) -> bool:
    """Say whether a body's name has its country in it."""
    return body_name(local.name).iso is not None


def node_of(actor: KnownActor) -> Node:
    """Return an actor of the base as a node without articles."""
    node = Node(
        f"{actor.type}\n{actor.iri()}\nbase",
        actor.iri(),
        actor.type,
        actor.iso if actor.type != "Person" else None,
        actor,
    )
    for language, name in actor.names.items():
        node.main[language, name] += 1
    node.names.update(spelt(actor))
    for office in actor.offices:
        state = len(office.of) == 2 and office.of.isupper()
        body = entity_iri("Country", office.of, office.of) if state else entity_iri("Organization", office.of)
        node.offices.update((title.casefold(), body) for title in office.title.values())
        node.dates += [day for day in (office.start, office.end) if day]
    if actor.iso and actor.type == "Person":
        node.countries[actor.iso] += 1
    return node


def bodies_of(actor: KnownActor, base: Known, day: str = "") -> set[str]:
    """Return the IRIs of the bodies in which an actor of the base holds office, on a day if one is given.

    Of a state's office the title says the body: "Commander of the National Armed Forces", "Panglima TNI".
    """
    found = set()
    for office in actor.offices:
        if day and not ((office.start or "") <= day and (not office.end or day[: len(office.end)] <= office.end)):
            continue
        if not (len(office.of) == 2 and office.of.isupper()):
            found.add(entity_iri("Organization", office.of))
            continue
        for title in office.title.values():
            words = title.split()
            tails = (body_name(" ".join(words[at:])).words for at in range(1, len(words)))
            found |= {_bodies(base)[office.of, tail] for tail in tails if (office.of, tail) in _bodies(base)}
    return found


@lru_cache(maxsize=2)
def _bodies(base: Known) -> dict[tuple[str, tuple[str, ...]], str]:
    """Return the base's bodies by country and the words of each name of theirs; not those of two bodies."""
    found: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for actor in base:
        if actor.type == "Organization" and actor.iso:
            for name in spelt(actor):
                found[actor.iso, body_name(name).words].add(actor.iri())
    return {at: next(iter(iris)) for at, iris in found.items() if len(iris) == 1}


def beside(nodes: list[Node], base: Known | None) -> list[Node]:
    """Return the base's actors whose names share a part with one that is not known, and those that are."""
    if base is None:
        return []
    index, actors = _index(base)
    wanted = {at for node in nodes if not node.known for name in (node.usual,) for at in _alike(name, index)}
    iris = {actors[at].iri(): actors[at] for at in sorted(wanted)}
    iris |= {node.known.iri(): node.known for node in nodes if node.known}
    return [node_of(iris[iri]) for iri in sorted(iris)]


def _alike(name: str, index: dict[str, list[int]]) -> Iterable[int]:
    for part in _parts(name):
        found = index.get(part, ())
        if len(found) <= COMMON:
            yield from found


@lru_cache(maxsize=2)
def _index(base: Known) -> tuple[dict[str, list[int]], list[KnownActor]]:
    actors = sorted(base, key=lambda actor: actor.iri())
    index: dict[str, list[int]] = defaultdict(list)
    for at, actor in enumerate(actors):
        for part in sorted({part for name in spelt(actor) for part in _parts(name)}):
            index[part].append(at)
    return index, actors


def _parts(name: str) -> Counter[str]:
    return Counter(part for part in fold(name).casefold().replace("-", " ").split() if len(part) > 2)
