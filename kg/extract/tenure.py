"""Offices and the encoder → how surely each is held, and who holds those that no name stands beside.

Titles are read by rules, whose wording is kept; the encoder says how probable it is that the person holds an office of
the body at all. A title whose body the text names ("the US president") is given to whom the encoder is sure of.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kg import specs
from kg.encoder import Encoder
from kg.extract.entities import Entities
from kg.extract.scored import NEGLIGIBLE, Found, Key
from kg.extract.titles import Office

# A holder is told from the others where he is twice as probable as the next: else it was another in half the cases.
APART = 2.0


def held(
    offices: Iterable[Office], found: Mapping[Key, Found], encoder: Encoder, entities: Entities
) -> Iterator[Office]:
    """Yield the offices that have a holder, each with its confidence, then those whose holder the encoder tells."""
    known = specs.relations()
    probable = {(person, body): one for (name, person, body), one in found.items() if known[name].office}
    taken = set()
    untold = []
    for office in offices:
        if office.body is None or office.body.entity < 0:
            continue
        if office.holder is None:
            untold += [] if office.several or office.weak else [office]
            continue
        pair = (office.holder.entity, office.body.entity)
        taken.add(pair)
        probability = probable[pair].probability if pair in probable else NEGLIGIBLE
        yield replace(office, confidence=_confidence(probability, encoder))
    for body, of_body in groupby(sorted(untold, key=_body), key=_body):
        one = _surest([o for (_, of), o in probable.items() if of == body], entities, encoder)
        if one is not None and (one.subject.entity, body) not in taken:
            start = one.subject.start
            office = min(of_body, key=lambda o: (abs(o.start - start), o.start))
            yield replace(office, holder=one.subject, confidence=one.probability)


def _body(office: Office) -> int:
    assert office.body is not None
    return office.body.entity


def _confidence(probability: float, encoder: Encoder) -> float:
    """Return how often an office that rules read is right where the encoder gives it a probability (Platt 1999)."""
    slope, intercept = encoder.settings["offices"]["calibration"]
    odds = probability / (1 - probability)
    return 1 / (1 + math.exp(-slope * math.log(odds) - intercept))


def _surest(candidates: Sequence[Found], entities: Entities, encoder: Encoder) -> Found | None:
    """Return the person who is probable enough to hold an office of a body, and far more than any other."""
    persons = [one for one in candidates if entities.clusters[one.subject.entity].type == "Person"]
    first, *others = sorted((one.probability for one in persons), reverse=True) or [0.0]
    if first < encoder.settings["offices"]["least"] or (others and first < APART * others[0]):
        return None
    return max(persons, key=lambda one: one.probability)
