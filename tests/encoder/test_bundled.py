"""The encoder that ships: it loads, and reads an article alike whatever is read beside it."""

import numpy
import pytest

from kg import encoder
from kg.encoder import Marked
from kg.vocab import ontology

WORDS = ["Presiden", "Joko", "Widodo", "bertemu", "Perdana", "Menteri", "Anwar", "Ibrahim", "di", "Jakarta", "."]


@pytest.fixture(scope="module")
def bundled():
    return encoder.bundled()


def passage(bundled, words=WORDS):
    starts = [i == 0 for i in range(len(words))]
    return bundled.passages(words, [word != "." for word in words], [(0, len(words))], starts)[0]


@pytest.mark.weights
def test_names_have_types(bundled):
    found = {" ".join(WORDS[a:b]): kind for a, b, kind in bundled.names(passage(bundled))}
    assert found == {"Joko Widodo": "Person", "Anwar Ibrahim": "Person", "Jakarta": "Place"}


@pytest.mark.weights
def test_relations_are_those_of_the_ontology(bundled):
    assert set(bundled.settings["relations"]) <= set(ontology().relations)
    assert set(bundled.settings["doubted"]) == set(bundled.settings["relations"])
    assert all(0 < least < bundled.settings["threshold"] < 1 for least in bundled.settings["doubted"].values())


@pytest.mark.weights
def test_a_meeting_is_seen_between_the_two_who_meet(bundled):
    mentions = [
        Marked(1, 3, "Person", "name", 0, False, 0),
        Marked(6, 8, "Person", "name", 1, False, 0),
        Marked(9, 10, "Place", "name", 2, False, 0),
    ]
    scores = bundled.pairs(passage(bundled), mentions)
    row = scores.relations[scores.pairs.index((0, 1))]
    assert bundled.settings["relations"][int(row.argmax())] == "meets"


@pytest.mark.weights
def test_the_same_numbers_whatever_was_read_before(bundled):
    mentions = [Marked(1, 3, "Person", "name", 0, False, 0), Marked(6, 8, "Person", "name", 1, False, 0)]
    first = bundled.pairs(passage(bundled), mentions)
    bundled.names(passage(bundled, ["Rusia", "menyerang", "Ukraina", "."] * 20))
    again = bundled.pairs(passage(bundled), mentions)
    assert numpy.array_equal(first.relations, again.relations)
    assert numpy.array_equal(first.factuality, again.factuality)
