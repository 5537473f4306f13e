"""Mentions → the pairs that are asked about."""

from kg.encoder import Marked, Passage
from kg.encoder.pairs import REACH, questions

# Twelve words, the second of two pieces.
PASSAGE = Passage(0, 12, [0, *range(10, 23), 2], [1, 2, *range(4, 14)], [1, 3, *range(4, 14)])


def person(start, entity, sentence=0, **more):
    given = {"type": "Person", "kind": "name", "modifier": False} | more
    return Marked(start, start + 1, given["type"], given["kind"], entity, given["modifier"], sentence)


def test_ordered_pairs_of_different_entities():
    pairs, inputs = questions(PASSAGE, [person(0, 1), person(1, 2), person(5, 1)])
    assert pairs == [(0, 1), (1, 0), (1, 2), (2, 1)]
    assert inputs["subject"].tolist() == [0, 1, 1, 2] and inputs["object"].tolist() == [1, 0, 2, 1]
    assert inputs["first"].tolist() == [1, 2, 7] and inputs["last"].tolist() == [1, 3, 7]


def test_two_places_and_what_is_too_far_apart_are_no_pair():
    places = [person(0, 1, type="Place"), person(1, 2, type="Place"), person(2, 3)]
    assert questions(PASSAGE, places)[0] == [(0, 2), (1, 2), (2, 0), (2, 1)]
    assert questions(PASSAGE, [person(0, 1), person(5, 2, sentence=REACH + 1)])[0] == []


def test_words_of_a_mention_are_marked_with_type_and_kind():
    marks = questions(PASSAGE, [person(0, 1), person(1, 2, type="Country", kind="demonym")])[1]
    assert marks["marks"][0, :5].tolist() == [0, 1, 7, 8, 0]
    assert marks["kinds"][0, :5].tolist() == [0, 0, 1, 1, 0]


def test_features_tell_direction_and_company():
    mentions = [person(0, 1), person(1, 3), person(5, 2, sentence=1, modifier=True)]
    pairs, inputs = questions(PASSAGE, mentions)
    forth, back = (inputs["features"][pairs.index(pair)].tolist() for pair in ((0, 2), (2, 0)))
    assert forth[0] == REACH + 1 and back[0] == REACH - 1
    assert forth[1] == back[1] + 8  # the object comes after
    assert forth[2] == 24 + 1 + 8 and back[2] == 24 + 1 + 4  # one name between; which of the two only qualifies
    assert forth[3] == back[3] == 40
