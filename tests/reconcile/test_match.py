"""Which candidates come, in which order, and when one is a match."""

from __future__ import annotations

import random

import pytest

from kg.reconcile.match import LIMIT, SHORT, SPELT_SURELY, Query, candidates, reason
from kg.reconcile.read import Actor
from kg.reconcile.table import Table
from reconcile.people import ACTORS, BASE, TABLE, actor


def best(name: str, *types: str) -> tuple[str, bool]:
    found = candidates(TABLE, Query(name, frozenset(types)))
    return (found[0].actor.iri.removeprefix(BASE), found[0].match) if found else ("", False)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Turkey", "country/TR"),
        ("TURKI", "country/TR"),
        ("Türkiye", "country/TR"),  # no name that the graph has
        ("TUR", "country/TR"),
        ("Q43", "country/TR"),
        (f"{BASE}country/TR", "country/TR"),
        ("country:TR", "country/TR"),
        ("perserikatan bangsa bangsa", "organization/united-nations"),
        ("The United Nations", "organization/united-nations"),
        ("Satriya Wibawa", "person/satriya-wibawa"),
        ("WIBAWA, Satriya", "person/satriya-wibawa"),
        ("Satria Wibawa", "person/satriya-wibawa"),
        ("pak sat", "person/satriya-wibawa"),
        ("Orhan Yildirimli", "person/orhan-yildirimli"),
        ("Lena Brandeis", "person/lena-brandeis"),  # the very name goes before a spelling
    ],
)
def test_who_stands_out_is_matched(name: str, who: str) -> None:
    assert best(name) == (who, True)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Wibawa", "person/satriya-wibawa"),  # the family name alone
        ("Satriya", "person/satriya-wibawa"),
        ("UN", "organization/united-nations"),  # mere initials
        ("Minsk Group", "organization/osce-minsk-group"),
        ("Kementerian Dalam Negeri", "organization/ministry-foreign"),
        ("Partai Persatuan", "organization/ppp-1"),  # two have the name; the one in more articles comes first
        ("Lena Brandys", "person/lena-brandais"),  # two are spelt so
        ("Niger", "country/NG"),  # another country
    ],
)
def test_who_does_not_stand_out_is_a_candidate(name: str, who: str) -> None:
    found = candidates(TABLE, Query(name))
    assert who in [one.actor.iri.removeprefix(BASE) for one in found] and not any(one.match for one in found)


@pytest.mark.parametrize("name", ["Vladivostok", "x", "?!", " ", "Ankarra Metropolitan Fire Brigade"])
def test_nobody(name: str) -> None:
    assert not any(one.match for one in candidates(TABLE, Query(name)))
    assert reason([]) == "nobody here is called like that"


def test_types_restrict() -> None:
    assert best("Ankara") == ("country/TR", False)  # the capital of which articles speak as of the country
    assert best("Ankara", "Place") == ("place/ankara", True)
    assert best("Turkey", "Person") == ("", False)


def test_a_name_is_compared_once_and_the_best_come_first() -> None:
    found = candidates(TABLE, Query("Lena Brandeis", limit=3))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True) and len(found) <= 3
    assert found[0].features["name"] == 1 and sum(one.match for one in found) == 1
    assert len(candidates(TABLE, Query("a"))) <= LIMIT


def test_properties_tell_namesakes_apart() -> None:
    country = {f"{BASE}organization/ppp-1": ["Indonesia"], f"{BASE}organization/ppp-2": ["Pakistan"]}

    def values(actor: Actor, name: str) -> list[str]:
        return country.get(actor.iri, []) if name == "country" else []

    found = candidates(TABLE, Query("Partai Persatuan", properties={"country": ["Pakistan"]}), values)
    assert found[0].actor.iri.endswith("ppp-2") and found[0].features["property:country"] == 1
    assert found[0].score - found[1].score > 10
    wrong = candidates(TABLE, Query("Turkey", properties={"country": ["Pakistan"]}), values)
    assert wrong and not wrong[0].match  # what is told of it speaks against it
    told = candidates(TABLE, Query(properties={"iso": ["NG"]}), lambda one, name: [one.iso] if one.iso else [])
    assert told[0].actor.iso == "NG"


def test_reasons() -> None:
    def why(name: str) -> str:
        return reason(candidates(TABLE, Query(name)))

    assert why("Turkey") == "its name, code or id" and why("Satriya Wibawa") == "the same name"
    assert why("Satria Wibawa") == "a spelling of Satriya Wibawa"
    assert why("Wibawa").startswith("the short name of Satriya Wibawa")
    assert why("UN") == "the initials of United Nations" and why("Minsk Group") == "a part of OSCE Minsk Group"
    assert why("Partai Persatuan").endswith("but Partai Persatuan (the same name) is as near")
    assert SHORT < SPELT_SURELY


def test_the_order_of_actors_and_a_written_table_change_nothing(tmp_path) -> None:
    mixed = ACTORS.copy()
    random.Random(3).shuffle(mixed)
    TABLE.write(tmp_path)
    names = ["Turki", "Satria", "Partai Persatuan", "Lena Brandys", "un", "Q30"]
    for table in (Table.of(mixed), Table.read(tmp_path)):
        for name in names:
            assert candidates(table, Query(name)) == candidates(TABLE, Query(name))


def test_among_many() -> None:
    chance = random.Random(5)
    syllables = ["ba", "ri", "ko", "tan", "wi", "su", "lem", "dar", "to", "ni", "har", "jo"]
    names = {" ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(2)) for _ in range(5000)}
    table = Table.of([*ACTORS, *(actor("Person", f"p{n}", name) for n, name in enumerate(sorted(names)))])
    found = candidates(table, Query("Satria Wibawa"))
    assert found[0].actor.iri.endswith("satriya-wibawa") and found[0].match
    for name in sorted(names)[::500]:
        assert candidates(table, Query(name.upper()))[0].actor.names[0] == name
