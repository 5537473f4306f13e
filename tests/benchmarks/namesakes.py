"""How many merges are false in an archive: `python -m benchmarks.namesakes [ARTICLES …]` in tests/ prints it.

Made-up actors of names that the base's persons have, given and family names mixed anew, so that many share one; over
ten years, with offices in provinces' bodies, misspelt, alone in an article by one name, and beside persons of the base.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.actors.base import Actor, base
from kg.actors.persons import person_name
from kg.actors.resolve import resolve
from kg.model import Local
from kg.vocab import article_iri, entity_iri

YEARS = range(2016, 2026)
OFFICES = ("KPU", "Polda", "Polres", "Bawaslu", "DPRD", "Kejari", "Dinas Kesehatan", "BPBD")
TITLES = ("Ketua", "Kepala", "Juru Bicara", "Anggota")
# Shares of mentions, roughly those of gold/actors: one in twelve persons stands in an article by one name only.
ALONE, MISSPELT, IN_OFFICE, OF_BASE, WITH_SHORT = 0.08, 0.02, 0.45, 0.2, 0.3
Truth = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Person:
    """Somebody made up, or of the base, with a body where they hold office."""

    name: str
    country: str
    body: str
    title: str


def actors(made: random.Random, count: int) -> list[Person]:
    """Return so many made-up persons of different names; the names are as common as the base's."""
    parts: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for actor in base():
        words = actor.names["en"].split()
        if actor.type == "Person" and actor.iso and len(words) == 2:
            parts[actor.iso][0].append(words[0])
            parts[actor.iso][1].append(words[1])
    towns = sorted(actor.names["id"] for actor in base() if actor.names["id"].startswith(("Kabupaten", "Kota")))
    states = [iso for iso in sorted(parts) if len(parts[iso][0]) > 30]
    known = {actor.names["en"] for actor in base()}
    found: dict[str, Person] = {}
    while len(found) < count:
        state = "ID" if made.random() < 0.6 else made.choice(states)
        name = f"{made.choice(parts[state][0])} {made.choice(parts[state][1])}"
        town = made.choice(towns).removeprefix("Kabupaten ").removeprefix("Kota ")
        if name not in known:
            body = f"{made.choice(OFFICES)} {town}" if state == "ID" else f"{made.choice(('Agency', 'Council'))} {town}"
            found[name] = Person(name, state, body, made.choice(TITLES))
    return list(found.values())


def articles(count: int, seed: int = 3) -> Iterator[tuple[Local, str]]:
    """Yield local names of so many articles, each with the actor that it means."""
    made = random.Random(seed)
    people = actors(made, max(50, count // 2))
    of_base = [actor for actor in base() if actor.type == "Person" and actor.iso and len(actor.names["en"].split()) > 1]
    made.shuffle(of_base)
    for number in range(count):
        article = article_iri(f"made-{number}")
        date = f"{made.choice(YEARS)}-0{made.randint(1, 9)}-1{made.randint(0, 9)}"
        found: dict[str, tuple[Local, str]] = {}
        for _ in range(made.randint(1, 4)):
            if made.random() < OF_BASE:
                actor: Actor = of_base[int(made.random() ** 3 * len(of_base))]
                person = Person(actor.names["en"], actor.iso or "", "", "")
            else:
                person = people[int(made.random() ** 2 * len(people))]
            name = _called(made, person.name)
            holds = person.body and made.random() < IN_OFFICE
            body = entity_iri("Organization", person.body)
            offices = ((person.title, body),) if holds else ()
            iri = entity_iri("Person", name)
            if iri in found:
                continue
            apart = frozenset({body} if holds else ())
            found[iri] = _local(article, "Person", name, date, offices, apart), f"person {person.name}"
            if holds:
                found[body] = _local(article, "Organization", person.body, date, (), frozenset({iri})), person.body
                short = person.body.split()[0]
                if person.country == "ID" and short != "Dinas" and made.random() < WITH_SHORT:
                    found.setdefault(
                        entity_iri("Organization", short),
                        (_local(article, "Organization", short, date, (), frozenset()), person.body),
                    )
        bodies = {truth for local, truth in found.values() if local.type == "Organization"}
        for local, truth in found.values():
            if (
                len(local.name.split()) > 1
                or local.type == "Person"
                or sum(b.startswith(local.name) for b in bodies) == 1
            ):
                yield local, truth


def _called(made: random.Random, name: str) -> str:
    draw = made.random()
    if draw < ALONE:
        return made.choice((name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1], name.rsplit(maxsplit=1)[-1]))
    if draw < ALONE + MISSPELT and len(name) > 9:
        at = made.randrange(len(name) - 4, len(name) - 1)
        return name[:at] + name[at + 1 :]
    return name


def _local(
    article: str, kind: str, name: str, date: str, offices: tuple[tuple[str, str], ...], apart: frozenset[str]
) -> Local:
    iri = entity_iri(kind, name)
    return Local(article, iri, kind, name, (name,), language="id", date=date, offices=offices, apart=apart)


def measured(count: int) -> dict[str, float]:
    """Return B-cubed precision and recall, also of the names that stand alone, and of misspelt ones by themselves."""
    said = list(articles(count))
    truth: Truth = {(local.article, local.iri): meant for local, meant in said}
    found = resolve([local for local, _ in said], base())
    by_iri: dict[str, Counter[str]] = defaultdict(Counter)
    by_actor: dict[str, Counter[str]] = defaultdict(Counter)
    for at, meant in truth.items():
        by_iri[found.actors[at].iri][meant] += 1
        by_actor[meant][found.actors[at].iri] += 1
    right = {
        at: by_iri[found.actors[at].iri][meant] / by_iri[found.actors[at].iri].total() for at, meant in truth.items()
    }
    whole = {at: by_actor[meant][found.actors[at].iri] / by_actor[meant].total() for at, meant in truth.items()}
    alone = [
        (local.article, local.iri) for local, _ in said if local.type == "Person" and person_name(local.name).short
    ]
    joined = [at for at in alone if by_iri[found.actors[at].iri].total() > 1]
    bodies = [(local.article, local.iri) for local, _ in said if local.type == "Organization"]
    return {
        "names": len(truth),
        "precision": sum(right.values()) / len(right),
        "recall": sum(whole.values()) / len(whole),
        "bodies precision": sum(right[at] for at in bodies) / len(bodies),
        "bodies recall": sum(whole[at] for at in bodies) / len(bodies),
        "alone": len(alone),
        "alone and joined": len(joined),
        "of them with their own": sum(right[at] > 0.5 for at in joined) / max(1, len(joined)),
    }


def main() -> None:
    """Print the figures for each number of articles."""
    for count in [int(word) for word in sys.argv[1:]] or [1_000, 10_000]:
        print(count, "articles:", ", ".join(f"{name} {value:.4g}" for name, value in measured(count).items()))


if __name__ == "__main__":
    main()
