"""One set of labels for every treebank and pipeline."""

import pytest

from kg.nlp.labels import LABELS, base_label, entity_label


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("nsubj:pass", "nsubj:pass"),
        ("flat:name", "flat"),
        ("obl:tmod", "obl"),
        ("nmod:desc", "nmod"),
        ("obl:agent", "obl:agent"),
        ("advmod:emph", "advmod"),
        ("_", "dep"),
        ("SBV", "dep"),
    ],
)
def test_label_is_cut_to_the_set(given, wanted):
    assert base_label(given) == wanted
    assert wanted in LABELS


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("B-PERSON", "PER"),
        ("GPE", "LOC"),
        ("I-ORGANISATION", "ORG"),
        ("PLACE", "LOC"),
        ("NORP", None),
        ("O", None),
        ("DATE", None),
    ],
)
def test_names_have_three_types(given, wanted):
    assert entity_label(given) == wanted
