"""Offices of the base of actors: in the shared graph while an article names their holder, asked by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from graph.examples import ENGLISH_STATEMENTS
from kg.graph import Store, queries
from kg.graph.offices import HeldOffice, offices
from kg.model import Article, Entity, Held, Statement
from kg.vocab import KG, entity_iri

QUOTE = ENGLISH_STATEMENTS[0].evidence
STATE = Entity("Indonesia", "Country", ("Indonesia",), "ID", entity_iri("Country", "", "ID"))
NAMES = (("en", "Indonesia"), ("id", "Indonesia"))


def office(en: str, id_: str, since: str, until: str = "", seen: str = "") -> Held:
    return Held((("en", en), ("id", id_)), STATE.iri or "", NAMES, since, until, seen)


def person(name: str, *offices: Held) -> Entity:
    return Entity(name, "Person", (name,), None, entity_iri("Person", name), offices=offices)


FIRST = person("Ana Contoh", office("President", "Presiden", "2014-10-20", "2024-10-20"))
SECOND = person(
    "Eko Contoh", office("President", "Presiden", "2024-10-20"), office("Mayor", "Wali Kota", "2010", "2013")
)
THIRD = person("Fia Contoh", office("Minister of Justice", "Menteri Kehakiman", "2019", "", "2022-08-01"))


def says(doc: str, holder: Entity) -> tuple[Article, list[Statement]]:
    held = Statement(doc, "holdsOffice", holder, STATE, office="Presiden", evidence=QUOTE, language="id")
    return Article(doc, "x", "id"), [held]


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    for doc, holder in (("a", FIRST), ("b", SECOND), ("c", THIRD), ("d", replace(FIRST, names=("Ana",)))):
        store.add(*says(doc, holder))
    return store


def ask(store: Store, **parameters: str) -> list[tuple[str | None, ...]]:
    rows = store.query(queries.load("who-holds", **parameters)).dicts()
    columns = ("subject", "office_held", "since", "until", "status")
    return [tuple(row[column] for column in columns) for row in rows if not row["article"]]


def test_who_held_it_on_a_day(store: Store) -> None:
    assert ask(store, office="presiden", on="2020-10-06") == [
        ("Ana Contoh", "President", "2014-10-20", "2024-10-20", "former")
    ]
    assert [row[0] for row in ask(store, office="President", on="2025-01-01")] == ["Eko Contoh"]
    assert [row[0] for row in ask(store, office="wali kota", on="2013-05-01")] == ["Eko Contoh"]
    assert ask(store, office="wali kota", on="2014-01-01") == []


def test_former_is_told_from_present_and_an_old_source_from_both(store: Store) -> None:
    status = {(row[0], row[1]): row[4] for row in ask(store)}
    assert status["Ana Contoh", "President"] == "former" and status["Eko Contoh", "President"] == "present"
    assert status["Fia Contoh", "Minister of Justice"] == "held in 2022"
    assert ask(store, office="Minister of Justice", on="2025-01-01") == []


def test_they_are_read_back_by_holder_the_first_held_first(store: Store) -> None:
    body = {"en": "Indonesia", "id": "Indonesia"}
    mayor = HeldOffice({"en": "Mayor", "id": "Wali Kota"}, body, "2010", "2013")
    president = HeldOffice({"en": "President", "id": "Presiden"}, body, "2014-10-20", "2024-10-20")
    assert offices(store, FIRST.iri or "") == {FIRST.iri: [president]}
    found = offices(store)
    assert found[SECOND.iri or ""][0] == mayor and len(found) == 3
    assert found[THIRD.iri or ""][0].seen == "2022-08-01"
    assert offices(store, "no iri") == {}


def test_articles_stand_beside_it(store: Store) -> None:
    rows = store.query(queries.load("who-holds", actor="Eko Contoh", lang="id")).dicts()
    assert ("b", "as an article has it") in {(row["article"], row["status"]) for row in rows}
    assert {row["office_held"] for row in rows} == {"Presiden", "Wali Kota"}


def test_they_go_with_the_last_article_that_names_their_holder(store: Store) -> None:
    def held() -> int:
        return len(store.query(f"SELECT DISTINCT ?o WHERE {{ ?o a {KG.HeldOffice} }}").rows)

    assert held() == 4
    store.remove("a")
    assert held() == 4 and ask(store, actor="Ana Contoh")
    store.remove("d")
    assert held() == 3 and not ask(store, actor="Ana Contoh")
    assert not store.query(f"SELECT ?s WHERE {{ ?s {KG.heldFrom} ?o FILTER(STRSTARTS(STR(?s), '{FIRST.iri}#')) }}").rows


def test_an_office_that_was_superseded_is_shown_as_such_and_not_before(store: Store) -> None:
    when = {"early": "2020-10-06T07:00:00+07:00", "late": "2025-01-02T07:00:00+07:00"}
    for doc, day in when.items():
        (one, said) = says(doc, FIRST)
        store.add(replace(one, published=datetime.fromisoformat(day)), said)

    def told(**parameters: str) -> dict[str | None, str | None]:
        return {row["article"]: row["until"] for row in store.query(queries.load("offices", **parameters)).dicts()}

    # The office that was held when the article came out ended; one that says so afterwards speaks of another.
    everything = told(actor="Ana Contoh")
    assert everything["early"] == "2024-10-20" and everything["late"] is None
    assert everything.keys() == {"a", "d", "early", "late"}
    # As of a day, articles of that day and before are known, and what ended by then is over; undated ones are not.
    assert told(on="2020-10-05") == {}
    assert told(on="2020-10-06") == told(on="2020-10") == {"early": None}
    assert told(on="2024-12-31") == {"early": "2024-10-20"}
    assert told(on="2025-01-02").keys() == when.keys()
