"""Who is who takes time in proportion to the names, also where one person is in most articles."""

from __future__ import annotations

import random
import time

import pytest

from kg.actors.resolve import resolve
from kg.model import Local
from kg.vocab import article_iri, entity_iri

FULL, SHORT = "Marvo Kelandiri", "Kelandiri"


def named(count: int) -> list[Local]:
    """Return so many articles' name of one person, in full or in short."""
    draw = random.Random(1)
    each = [(at, FULL if draw.random() < 0.5 else SHORT) for at in range(count)]
    return [Local(article_iri(f"a{at}"), entity_iri("Person", name), "Person", name, (name,)) for at, name in each]


def seconds(count: int) -> float:
    names = named(count)
    begun = time.process_time()
    found = resolve(names)
    spent = time.process_time() - begun
    assert len({actor.iri for actor in found.actors.values()}) == 1 and len(found.actors) == count
    return spent


@pytest.mark.slow
def test_a_person_in_all_articles_takes_no_more_than_others() -> None:
    seconds(500)  # what is loaded once
    few, many = seconds(4_000), seconds(32_000)
    assert many / few < 24, "eight times the names: eight times the work, and not sixty-four"
