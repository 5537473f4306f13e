"""How sure it is that two nodes are one actor: log-odds, added up from weights.toml, with the reasons in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from math import log2

from kg.actors.bodies import acronym, part_abbreviated, same_words
from kg.actors.nodes import Node
from kg.actors.persons import Likeness, Part, compare
from kg.specs.who import name_words, weights

DECADES, LIFE = 30, 75  # years between two articles: a career, and a life


@dataclass(slots=True)
class Score:
    """Log-odds with what they are made of."""

    value: float = 0.0
    reasons: list[str] = field(default_factory=list)
    acronym: bool = False

    def add(self, value: float, reason: str) -> None:
        """Add a weight; one of zero leaves no trace."""
        if value:
            self.value += value
            self.reasons.append(f"{reason} {value:+.1f}")


@dataclass(frozen=True, slots=True)
class Carriers:
    """How many actors carry each part of a person's name, in the collection and in the base."""

    counts: dict[str, int]

    def worth(self, part: Part) -> float:
        """Return what it is worth that two names share a part: little where many carry it."""
        w = weights()["name"]
        if len(part.text) == 1:
            return w["initial"]
        start = w["common"] if part.text in name_words().person.common else w["rare"]
        return max(w["least"], start - w["carrier"] * log2(max(1, self.counts.get(part.text, 1))))


def pair(a: Node, b: Node, carriers: Carriers) -> Score | None:
    """Return how sure it is that two nodes are one; None where the names speak against it."""
    if a.type != b.type:
        return None
    score = _persons(a, b, carriers) if a.type == "Person" else _bodies(a, b)
    if score is None:
        return None
    context(score, a, b)
    return score


def _persons(a: Node, b: Node, carriers: Carriers) -> Score | None:
    likeness = compare(a.person, b.person)
    if likeness is None:
        return None
    score = Score()
    names(score, likeness, carriers)
    if a.short and b.short and likeness.met[0][2] == "same":
        score.add(weights()["name"]["again"], "the same short name")
    return score


def names(score: Score, likeness: Likeness, carriers: Carriers) -> None:
    """Add what two persons' names say."""
    w = weights()["name"]
    for own, other, how in likeness.met:
        worth = min(carriers.worth(own), carriers.worth(other))
        called = own.text if how == "same" else f"{own.text}/{other.text} ({how})"
        score.add(round(worth * (1.0 if how == "same" else w[how]), 2), called)
    if len(likeness.met) > 1:
        for where, part in likeness.more:
            kind = "leading_left_out" if where == "leading" and part.text in name_words().person.left_out else where
            score.add(w[kind], f"{part.text} in one only")
    if likeness.ranks:
        score.add(w["rank"], "junior or senior in one only")


def _bodies(a: Node, b: Node) -> Score | None:
    w = weights()["body"]
    best: Score | None = None
    for x in a.bodies:
        for y in b.bodies:
            found = Score()
            if x.noun and x.noun == y.noun:
                found.add(w["same"], f"both {x.noun}")
            elif (shared := same_words(x, y)) is not None:
                whole, spelt = shared
                if spelt and not whole:
                    found.add(w["word"] * w["spelling"] * spelt, "spelt alike")
                else:
                    value = w["same"] if not spelt else min(w["same"], w["word"] * (whole + w["spelling"] * spelt))
                    found.add(value, "the same words" if not spelt else "the same words but for spelling")
            elif (partly := part_abbreviated(x, y)) is not None:
                found.add(
                    min(w["same"], w["word"] * partly[0] + w["initials"] * partly[1]),
                    f"initials of {partly[1]}, and the same words",
                )
            elif x.letters == y.letters and len(x.letters) > 3:
                found.add(w["joined"], "the same letters")
            elif short := acronym(x, y) or acronym(y, x):
                found.add(round(w[short[0]] * short[1], 2), f"{short[0]} of {short[1]}")
                found.acronym = True
            else:
                continue
            if best is None or found.value > best.value:
                best = found
    if best is not None and best.acronym and a.articles.keys() & b.articles.keys():
        best.add(w["one_article"], "in one article")
    if best is not None and a.country and b.country:
        best.add(w["country"] if a.country == b.country else w["other_country"], f"countries {a.country}, {b.country}")
    if best is not None and (a.country is None) != (b.country is None) and any(name.noun for name in a.bodies):
        best.add(w["no_country"], "the country of one is not known")
    return best


def context(score: Score, a: Node, b: Node) -> None:
    """Add what offices, company and time say, for two nodes of one type."""
    w = weights()["context"]
    if a.offices.keys() & b.offices.keys():
        score.add(w["office"], "the same office")
    elif _office_bodies(a) & _office_bodies(b):
        score.add(w["body"], "an office of the same body")
    elif a.type == "Person" and a.countries and b.countries:
        if a.countries.keys() & b.countries.keys():
            score.add(w["country"], "offices of one country")
        else:
            score.add(w["other_country"], "offices of other countries")
    both = len(a.company.keys() & b.company.keys())
    score.add(min(w["most_company"], w["company"] * both), f"{both} others met in both")
    years = apart(a, b)
    if years > LIFE:
        score.add(w["century"], f"{years} years apart")
    elif years > DECADES:
        score.add(w["decades"], f"{years} years apart")


def _office_bodies(node: Node) -> set[str]:
    return {body for _, body in node.offices if "/entity/country/" not in body}


def apart(a: Node, b: Node) -> int:
    """Return how many years lie between the two; 0 where they overlap or one is undated."""
    if not (a.dates and b.dates):
        return 0
    first, second = sorted([a.span, b.span])
    return max(0, _year(second[0]) - _year(first[1]))


def _year(day: str) -> int:
    try:
        return date.fromisoformat((day + "-01-01")[:10]).year
    except ValueError:
        return int(day[:4]) if day[:4].isdigit() else 0
