"""Names of persons and bodies compared."""

from __future__ import annotations

import pytest

from kg.actors.bodies import acronym, body_name, same_words
from kg.actors.persons import compare, person_name


def ways(one: str, other: str) -> list[str] | None:
    found = compare(person_name(one), person_name(other))
    return found and sorted(how for _, _, how in found.met)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Tarok Wibisana", "Wibisana Tarok", ["same", "same"]),
        ("Abdel Karrim el-Zaydi", "Abdel-Karrim al-Zaydi", ["same", "same", "same"]),
        ("Tarok Sigit Wibisna", "Tarok Sigit Wibisana", ["same", "same", "sound"]),
        ("Mirko Zelanskyy", "Mirko Zelansky", ["same", "sound"]),
        ("Bill Quarnby", "William Quarnby", ["nickname", "same"]),
        ("Joseph R. Quarnby", "Joe Quarnby", ["nickname", "same"]),
        ("J. Quarnby", "Joe Quarnby", ["initial", "same"]),
        ("Wamenaker Tarok Wibisana", "Tarok Wibisana", ["same", "same"]),
    ],
)
def test_parts_meet(one: str, other: str, how: list[str]) -> None:
    assert ways(one, other) == how
    assert ways(other, one) == how


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tarok Wibisana", "Mirna Wibisana"), ("Budi Wibisana", "Rudi Wibisana"), ("Tarok Wibisana", "Tarok Zelansky")],
)
def test_another_given_name_is_another_person(one: str, other: str) -> None:
    assert compare(person_name(one), person_name(other)) is None


def test_a_son_is_not_his_father() -> None:
    found = compare(person_name("Tarok Wibisana"), person_name("Tarok Wibisana Jr."))
    assert found is not None
    assert found.ranks


def test_what_the_longer_name_has_more_is_told_by_its_place() -> None:
    found = compare(person_name("Mirna Tarok Wibisana"), person_name("Tarok Wibisana"))
    assert found is not None
    assert [(where, part.text) for where, part in found.more] == [("leading", "mirna")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Partai Tarok", "Tarok"),
        ("Komisi I DPR", "Komisi I DPR RI"),
        ("PT Tarok Wibisana Tbk", "Tarok Wibisana"),
        ("The Quarnby Foundation", "Quarnby Foundation"),
        ("Komisi Perlindungan Tarok", "Komisi Perlindungn Tarok"),
    ],
)
def test_the_same_words_but_for_their_kind(one: str, other: str) -> None:
    assert same_words(body_name(one), body_name(other)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Komisi I DPR", "Komisi II DPR"),
        ("Polda Tarok", "Polda Wibisana"),
        ("Quarnby", "Quarnby City"),
        ("Kota Tarok", "Kota Mirna"),
    ],
)
def test_other_words_are_another_body(one: str, other: str) -> None:
    assert same_words(body_name(one), body_name(other)) is None


def test_a_country_in_a_name_is_told_apart_from_it() -> None:
    assert body_name("US Senate").iso == "US"
    assert body_name("DPR RI").iso == "ID"
    assert body_name("Bank Indonesia").words == ("bank", "indonesia")  # its name, and no bank of Indonesia
    assert body_name("New Mexico", place=True).words == ("new", "mexico")


def test_common_nouns_of_both_languages_are_one() -> None:
    assert body_name("House").noun == body_name("US House of Representatives").noun == body_name("DPR").noun


@pytest.mark.parametrize(
    ("short", "long", "how"),
    [
        ("PTW", "Perkumpulan Tarok Wibisana", ("initials", 3)),
        ("Kejagung", "Kejaksaan Agung", ("syllables", 2)),
        ("Jateng", "Jawa Tengah", ("syllables", 2)),
        ("BT", "Bank Tarok", ("initials", 2)),
        ("Tarok", "Bank Tarok", None),
    ],
)
def test_acronyms(short: str, long: str, how: tuple[str, int] | None) -> None:
    assert acronym(body_name(short), body_name(long)) == how
