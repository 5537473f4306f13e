"""The file of counts: what it tells of a word, and what is wrong with it."""

import math

import pytest

from kg.casing.model import KINDS, START, STATES, casing, read
from kg.errors import WeightsError

AFTER = "".join(f"={state}\t6\t3\t1\n" for state in STATES)


def test_counts_and_more_tell_how_a_word_is_written(tmp_path):
    path = tmp_path / "xx.tsv"
    path.write_text(f"# a comment\n{AFTER}bakso\t9\t1\t0\nmcvale\t0\t4\t0\tMcVale\n", encoding="utf-8")
    found = read(path)
    odds = found.odds("bakso")
    assert math.isclose(sum(odds.values()), 1) and max(odds, key=odds.get) == "l"
    assert max(KINDS, key=found.odds("bakso", (0, 0, 90)).get) == "U"
    assert found.mixed == {"mcvale": "McVale"}
    assert found.odds("tobakso")["l"] > found.odds("xyzzy")["l"]  # by its end
    assert set(found.following(START).values()) == {0}


@pytest.mark.parametrize(("text", "told"), [(f"{AFTER}bakso\t9\n", ":7: no word"), ("bakso\t9\t1\t0\n", "no counts")])
def test_a_file_that_is_none_is_named(tmp_path, text, told):
    path = tmp_path / "xx.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError, match=told):
        read(path)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_bundled_counts_are_read(language):
    found = casing(language)
    assert found.odds("nato")["U"] > 0.9 and found.odds("di" if language == "id" else "the")["l"] > 0.9
    assert casing("pt") is None
