"""Scores of labels → names."""

import numpy

from kg.encoder.names import LABELS, decode


def scores(*best):
    rows = numpy.zeros((len(best), len(LABELS)), numpy.float32)
    for row, label in zip(rows, best, strict=True):
        row[LABELS.index(label)] = 5
    return rows


def test_names_of_one_word_and_of_several():
    labels = ("O", "U-Country", "B-Organization", "I-Organization", "L-Organization", "O")
    assert decode(scores(*labels)) == [(1, 2, "Country"), (2, 5, "Organization")]


def test_what_is_opened_is_closed_with_its_own_type():
    rows = scores("B-Person", "L-Place", "O")
    rows[1, LABELS.index("L-Person")] = 4  # nearly as good, and possible
    assert decode(rows) == [(0, 2, "Person")]


def test_a_name_does_not_run_over_the_end():
    rows = scores("O", "B-Person")
    rows[1, LABELS.index("U-Person")] = 3
    assert decode(rows) == [(1, 2, "Person")]


def test_no_words_no_names():
    assert decode(numpy.zeros((0, len(LABELS)), numpy.float32)) == []
