"""Candidates → choice: probabilities, several sentences, the threshold; and a wrong file of weights."""

import math

import pytest

from kg.errors import SpecError
from kg.extract.candidates import Candidate
from kg.extract.chooser import Odds, best, bundled, merged, odds
from kg.specs.circumstances import KINDS, Kind, read_circumstances

KIND = Kind(0.4, 0.2, {"near": 1.0, "far": -1.0, "none": 0.5})


def candidate(value, *features):
    return Candidate(value, frozenset(features))


def test_odds_are_those_of_the_weights_and_unknown_features_say_nothing():
    rows = [candidate(None, "none"), candidate("2021", "near", "unheard of"), candidate("2020", "far")]
    found = odds(rows, KIND).values
    assert sum(found.values()) == pytest.approx(1)
    assert found["2021"] / found["2020"] == pytest.approx(math.exp(2))
    assert found["2021"] / found[None] == pytest.approx(math.exp(0.5))


def test_a_value_that_stands_in_two_places_is_as_probable_as_both():
    once = odds([candidate(None), candidate(1), candidate(2)], KIND).values
    twice = odds([candidate(None), candidate(1), candidate(1), candidate(2)], KIND).values
    assert once[1] == pytest.approx(1 / 3)
    assert twice[1] == pytest.approx(2 / 4)


def test_of_several_sentences_the_one_that_speaks_most_for_a_value_counts():
    found = merged([Odds({None: 0.9, 1: 0.1}), Odds({None: 0.3, 1: 0.5, 2: 0.2}, 2), Odds({1: 0.1}, 1)])
    assert found == Odds({None: 0.9, 1: 0.5, 2: 0.2}, 2)
    assert best(found, KIND) == 1


def test_nothing_is_given_below_the_threshold_whatever_speaks_for_none():
    assert best(Odds({None: 0.61, 1: 0.39}), KIND) is None
    assert best(Odds({None: 0.6, 1: 0.4}), KIND) == 1
    assert best(Odds(), KIND) is None


def test_what_rules_pick_is_given_where_it_is_half_as_probable_and_nothing_else_is_enough():
    assert odds([candidate(None), candidate(1, "rule"), candidate(2)], KIND).picked == 1
    assert best(Odds({None: 0.5, 1: 0.2, 2: 0.3}, 1), KIND) == 1
    assert best(Odds({None: 0.51, 1: 0.19, 2: 0.3}, 1), KIND) is None
    assert best(Odds({None: 0.2, 1: 0.3, 2: 0.5}, 1), KIND) == 2


def test_entity_number_nought_is_a_value():
    assert best(Odds({None: 0.1, 0: 0.9}), KIND) == 0


def test_the_bundled_weights_are_read():
    for name in KINDS:
        kind = getattr(bundled(), name)
        assert 0 < kind.threshold < 1
        assert kind.weights["none"] or kind.weights["rule"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("threshold = 0.5", "threshold = 5.0", "date.threshold = 5.0: is no probability"),
        ("threshold = 0.5", 'threshold = "high"', 'date.threshold = "high": must be a number with a point'),
        ("threshold = 0.5", "", "date.threshold: missing key; add threshold = 1.0"),
        ("picked = 0.2", "picked = -1.0", "date.picked = -1.0: is no probability"),
        ("near = -0.5", "near = true", "date.weights.near = true: must be a number with a point"),
        ("[date.weights]", "[date.wieghts]", "date.wieghts"),
        ("[place]", "[palace]", "palace"),
    ],
)
def test_a_wrong_weight_is_named_by_its_key(old, new, says, tmp_path):
    file = tmp_path / "weights.toml"
    text = "\n".join(f"[{kind}]\nthreshold = 0.5\npicked = 0.2\n[{kind}.weights]\nnear = -0.5\n" for kind in KINDS)
    file.write_text(text)
    assert read_circumstances(file).place.weights == {"near": -0.5}
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(SpecError) as error:
        read_circumstances(file)
    assert str(error.value).startswith(f"{file}: {says}")
    assert "\n" not in str(error.value)
