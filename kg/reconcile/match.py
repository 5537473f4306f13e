"""A name → candidates, the best first, and whether one stands out.

The score (0 to 100) is how alike the name is to the actor's nearest one, with a little for how often the articles name
it; where values of properties were given, they count a quarter. `match` is true for at most one candidate, and only if

- the text is its id or code, or
- it has that very name (in any case, without accents, in any order of words), and nobody else who is wanted, or
- its name is another spelling (from `SPELT_SURELY` on), and nobody else comes as near as `APART` to it.

A part of a name never matches on its own: "Ilham" is a candidate for Ilham Aliyev, and no more. Nor does an acronym
that is merely made of a body's initials, nor the single word by which articles mention a person again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p

from kg.gazetteer import country
from kg.likeness import INITIALS, OTHER_WORD, folded, likeness
from kg.reconcile.read import Actor
from kg.reconcile.table import Table

LIMIT, MOST = 10, 100  # candidates where none is asked for, and at most
LEAST = 0.55  # likeness of a candidate: below it names share letters and no more
SPELT_SURELY = 0.95  # "Zelenskiy" and "Zelensky" have 0.956, "John Smith" and "John Smyth" 0.92
APART = 0.1
SAME = 0.98  # the same words, in any order
SHORT = 0.92  # a person's family name alone, as articles write it: below what matches by itself
POPULAR, PROPERTIES = 0.03, 0.25  # the shares of the score
Values = Callable[[Actor, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a name, types (any of them), values by property, and how many candidates are wanted."""

    name: str = ""
    types: frozenset[str] = frozenset()
    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be meant; `why` says how its name relates to the one looked for."""

    actor: Actor
    score: float
    features: dict[str, float]
    why: str
    match: bool = False


def candidates(table: Table, query: Query, values: Values = lambda actor, property: ()) -> list[Candidate]:
    """Return who may be meant, the best first; `values` gives an actor's values of a property."""
    meant = table.known(query.name) if query.name else set()
    numbers = meant | (table.near(query.name) if query.name else set())
    if not query.name:
        told = [value for given in query.properties.values() for value in given]
        numbers = {number for value in told for number in table.known(value) | table.near(value)}
    found = []
    for number in sorted(numbers):
        actor = table.actors[number]
        if query.types and actor.type not in query.types:
            continue
        candidate = _judged(query, actor, number in meant, table.most_articles, values)
        if candidate.features["name"] >= LEAST or number in meant or not query.name:
            found.append(candidate)
    found.sort(key=lambda one: (-one.score, -one.actor.articles, one.actor.iri))
    found = found[: query.limit]
    return [_matched(found[0], found[1:]), *found[1:]] if found else []


def _judged(query: Query, actor: Actor, meant: bool, most_articles: int, values: Values) -> Candidate:
    alike, why = (1.0, "its name, code or id") if meant else _nearest(query.name, actor) if query.name else (0.0, "")
    popular = log1p(actor.articles) / log1p(most_articles) if most_articles else 0.0
    features = {"name": round(alike, 4), "articles": float(actor.articles)}
    agreed = []
    for name, given in query.properties.items():
        own = values(actor, name)
        agreed.append(max((likeness(one, other) for one in given for other in own), default=0.0))
        features[f"property:{name}"] = round(agreed[-1], 4)
    whole = sum(agreed) / len(agreed) if agreed else 0.0
    if not query.name:
        alike, why = whole, "what is told of it"
    score = (1 - POPULAR) * alike + POPULAR * popular
    if agreed and query.name:
        score = (1 - PROPERTIES) * score + PROPERTIES * whole
    return Candidate(actor, round(100 * score, 2), features, why)


def _nearest(name: str, actor: Actor) -> tuple[float, str]:
    """Return how alike an actor's nearest name is, and in what way."""
    alike, nearest = max(((likeness(name, own), own) for own in actor.names), default=(0.0, ""))
    named = country(name)
    if actor.iso and named and named != actor.iso:
        return min(alike, OTHER_WORD - 0.1), "another country"  # Niger is no spelling of Nigeria
    short = actor.type == "Person" and _is_short(nearest, actor)
    if alike >= SAME:
        return (
            (SHORT, f"the short name of {actor.label['en']}, which others may have")
            if short
            else (alike, "the same name")
        )
    if alike >= SPELT_SURELY:
        return alike * SHORT if short else alike, f"a spelling of {nearest}"
    how = "the initials of" if alike == INITIALS else "a part of" if _is_part(name, nearest) else "somewhat like"
    return alike, f"{how} {nearest}"


def _is_short(name: str, actor: Actor) -> bool:
    """Say whether a name is one word of the actor's longer ones."""
    word = folded(name)
    return " " not in word and any(word != full and word in full.split() for full in map(folded, actor.label.values()))


def _is_part(name: str, whole: str) -> bool:
    return set(folded(name).split()) <= set(folded(whole).split())


def _matched(first: Candidate, others: Iterable[Candidate]) -> Candidate:
    name, second = first.features["name"], max((other.features["name"] for other in others), default=0.0)
    agreed = [value for feature, value in first.features.items() if feature.startswith("property:")]
    if not first.why or any(value < LEAST for value in agreed):
        clear = False  # what is told of it speaks against it
    elif name >= SAME:
        clear = second < SAME
    else:
        clear = name >= SPELT_SURELY and second <= name - APART
    return Candidate(first.actor, first.score, first.features, first.why, clear)


def reason(found: Sequence[Candidate]) -> str:
    """Return in words why the best candidate was matched, or why none was."""
    if not found:
        return "nobody here is called like that"
    first = found[0]
    rivals = [one for one in found[1:] if one.features["name"] > first.features["name"] - APART]
    if first.match or first.features["name"] < SPELT_SURELY or not rivals:
        return first.why
    return f"{first.why}, but {rivals[0].actor.label['en']} ({rivals[0].why}) is as near"
