"""Who is meant by a name, a code or an id; and what is said where nobody is."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from graph.examples import ARTICLE, AZERBAIJAN, PRESIDENT, STATEMENTS, TURKEY, VISIT, entity
from kg.graph import Store, who
from kg.vocab import RDFS


@pytest.fixture(scope="module")
def store() -> Store:
    """A store of one Indonesian article, with a party of one name in two countries."""
    store = Store.memory()
    turki = replace(TURKEY, name="Turki", names=("Turki",))
    store.add(ARTICLE, [*STATEMENTS, replace(STATEMENTS[-1], subject=turki)])
    parties = [
        replace(entity("Partai Persatuan", "Organization"), iri=f"https://w3id.org/newskg/entity/organization/ppp-{n}")
        for n in (1, 2)
    ]
    store.add(replace(ARTICLE, id="x"), [replace(VISIT, subject=party) for party in parties])
    return store


@pytest.mark.parametrize(
    "text",
    [
        *("Turki", "TURKI", " turki ", "Turkey", "Türkiye", "turkiye", "TR", "tr", "TUR", "Q43", "q43", "wd:Q43"),
        *("country:TR", "http://www.wikidata.org/entity/Q43", TURKEY.iri),
    ],
)
def test_a_country_by_any_name_code_or_id(store: Store, text: str) -> None:
    assert [actor.value for actor in who.find(store, text)] == [TURKEY.iri]


@pytest.mark.parametrize("text", ["ilham aliyev", "Ilham Alıyev", "Ilham-Aliyev", "Aliyev"])
def test_a_person_by_any_name(store: Store, text: str) -> None:
    assert [actor.value for actor in who.find(store, text)] == [PRESIDENT.iri]


def test_several_of_one_name(store: Store) -> None:
    assert len(who.find(store, "partai persatuan")) == 2
    assert len(who.settled(store, {"actor": "Partai Persatuan", "lang": "id"})["actor"]) == 2


@pytest.mark.parametrize(
    "text", ["", " ", "Q99999999", "FR", "https://example.org/nobody", "http://[", '" } DROP ALL #']
)
def test_nobody(store: Store, text: str) -> None:
    assert who.find(store, text) == []
    assert who.settled(store, {}) == {}
    if text.strip():
        with pytest.raises(who.UnknownActorError, match="no actor here is called"):
            who.settled(store, {"actor": text})


def test_the_nearest_names_are_told(store: Store) -> None:
    assert "did you mean Ilham Aliyev?" in who.unknown(store, "Ilham Aliev")
    assert "did you mean" not in who.unknown(store, "Zzyzx")


def test_an_actor_without_a_name_of_its_own(store: Store) -> None:
    foreign = Store.memory()
    foreign.inner.add(ox.Quad(ox.BlankNode("x"), RDFS.label, ox.Literal("Someone")))
    assert who.settled(foreign, {"actor": "someone"}) == {"actor": "someone"}


def test_every_named_query_takes_them(store: Store) -> None:
    from kg import Graph

    graph = Graph(store)
    assert len(graph.query("about", actor="TUR")) == len(graph.query("about", actor="Turki")) > 0
    assert AZERBAIJAN.iso
    rows = graph.query("visits", actor="AZE", lang="en").dicts()
    assert {row["object"] for row in rows} == {"Azerbaijan"}
