"""Names alike: what is the same name, what another spelling, what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.likeness import INITIALS, OTHER_WORD, SPELT, folded, initials, likeness


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The P.B.B.", "pbb"),
        ("U.N. Women", "un women"),
        ("J. Doe", "j doe"),
        ("Türkiye", "turkiye"),
        ("Ağrı", "agri"),
        ("Al-Quds / Jerusalem", "al quds jerusalem"),
        ("D’Artagnan", "dartagnan"),
        ("  ", ""),
    ],
)
def test_a_name_is_folded(name: str, plain: str) -> None:
    assert folded(name) == plain


@pytest.mark.parametrize(
    ("one", "other"), [("Türkiye", "TURKIYE"), ("Mevlüt Çavuşoğlu", "mevlut cavusoglu"), ("U.N.", "The UN")]
)
def test_the_same_name(one: str, other: str) -> None:
    assert likeness(one, other) == 1


def test_kinds_of_likeness_keep_their_order() -> None:
    turned = likeness("Cavusoglu, Mevlut", "Mevlut Cavusoglu")
    spelt = likeness("Mevlut Chavushoglu", "Mevlut Cavusoglu")
    part = likeness("Cavusoglu", "Mevlut Cavusoglu")
    assert 1 > turned > spelt > part > likeness("Minsk", "Baku")
    assert likeness("OMG", "OSCE Minsk Group") == INITIALS and initials("bank of the east") == {"bote", "be"}


@pytest.mark.parametrize(
    ("one", "other"), [("Kementerian Luar Negeri", "Kementerian Dalam Negeri"), ("North Sea Group", "South Sea Group")]
)
def test_another_word_is_no_spelling(one: str, other: str) -> None:
    assert likeness(one, other) <= OTHER_WORD < SPELT


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1 and likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) == 1) == (folded(one) == folded(other) != "")
