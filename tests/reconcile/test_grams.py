"""Texts that share letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.reconcile.grams import Grams

TEXTS = ["satriya wibawa", "satria", "minsk group", "un", "united nations", "日本"]


def test_what_shares_most_comes_first(tmp_path) -> None:
    grams = Grams.of(TEXTS)
    assert grams.near("satriya wibawo", 1)[0] == 0 and grams.near("satrya", 2)[0] == 1
    assert grams.near("osce minsk group", 1) == [2] and grams.near("un", 1)[0] == 3 and grams.near("日本", 1) == [5]
    assert grams.near("zzz", 5) == [] and Grams.of([]).near("a", 5) == []
    grams.write(tmp_path)
    assert Grams.read(tmp_path).near("satriya", 3) == grams.near("satriya", 3)


LETTERS = st.characters(exclude_characters="\n", exclude_categories=["Cs"])


@given(st.lists(st.text(LETTERS, max_size=12), max_size=8))
def test_every_text_finds_itself(texts: list[str]) -> None:
    grams = Grams.of(texts)
    for text in filter(None, texts):
        assert text in [texts[at] for at in grams.near(text, 8)]
