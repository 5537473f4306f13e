"""Canonical entities: one IRI per actor, whatever the language and spelling; an article's own names stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link import canonical, link
from kg.model import ENTITY_TYPES, Article, Entity, Evidence, Statement


def entity(type_: str, *names: str, iso: str | None = None) -> Entity:
    return Entity(names[0], type_, names, iso)


def iri(type_: str, name: str, language: str = "en", iso: str | None = None) -> str | None:
    return canonical(entity(type_, name, iso=iso), language).iri


@pytest.mark.parametrize(
    ("type_", "indonesian", "english", "tail"),
    [
        ("Organization", "Perserikatan Bangsa-Bangsa", "United Nations", "organization/united-nations"),
        ("Organization", "PBB", "the UN", "organization/united-nations"),
        ("Organization", "Uni Eropa", "EU", "organization/european-union"),
        ("Organization", "Dana Moneter Internasional", "IMF", "organization/international-monetary-fund"),
        ("Organization", "Gedung Putih", "White House", "organization/white-house"),
        ("Place", "Jenewa", "Geneva", "place/geneva"),
        ("Place", "Moskwa", "Moscow", "place/moscow"),
        ("Place", "Kiev", "Kyiv", "place/kyiv"),
        ("Person", "Mevlut Cavusoglu", "Mevlüt Çavuşoğlu", "person/mevlut-cavusoglu"),
        ("Place", "Bandung", "Bandung", "place/bandung"),
    ],
)
def test_one_iri_in_both_languages(type_: str, indonesian: str, english: str, tail: str) -> None:
    assert iri(type_, indonesian, "id") == iri(type_, english, "en")
    assert (iri(type_, english) or "").endswith(f"/entity/{tail}")


def test_a_country_is_its_code() -> None:
    assert iri("Country", "Turki", "id", "TR") == iri("Country", "Türkiye", "en", "TR")
    assert (iri("Country", "Turki", "id", "TR") or "").endswith("/country/TR")


def test_a_body_is_called_as_the_language_calls_it_and_keeps_the_articles_names() -> None:
    found = canonical(entity("Organization", "PBB"), "id")
    assert found.name == "Perserikatan Bangsa-Bangsa" and found.names[0] == "PBB" and "United Nations" in found.names
    assert found.wikidata == "Q1065"
    assert canonical(entity("Organization", "PBB"), "en").name == "United Nations"


def test_a_body_is_known_by_any_of_its_names() -> None:
    found = canonical(entity("Organization", "badan dunia itu", "PBB"), "id")
    assert found.wikidata == "Q1065"


def test_types_keep_namesakes_apart() -> None:
    assert len({iri(type_, "Madison") for type_ in ENTITY_TYPES}) == 4


def test_persons_are_not_looked_up_among_bodies() -> None:
    assert canonical(entity("Person", "Fatah"), "id").wikidata is None


@given(st.sampled_from(ENTITY_TYPES), st.text(min_size=1, max_size=30), st.sampled_from(["id", "en"]))
def test_any_name_gets_an_iri_that_is_stable(type_: str, name: str, language: str) -> None:
    once = canonical(entity(type_, name), language)
    assert once.iri and not set(once.iri) & set(' <>"{}|\\^`\n')
    assert once.names[0] == name and once.type == type_
    assert canonical(once, language).iri == once.iri


def statement(relation: str, subject: Entity, object_: Entity, language: str = "en") -> Statement:
    sentence = f"{subject.name} … {object_.name}."
    return Statement(
        "a", relation, subject, object_, evidence=(Evidence(sentence, 0, len(sentence)),), language=language
    )


def linked(*statements: Statement) -> list[Statement]:
    ((_, found),) = link([(Article("a", "", "en"), list(statements))])
    return found


def test_everything_in_a_statement_is_linked() -> None:
    un, geneva = entity("Organization", "UN"), entity("Place", "Geneva")
    said = Statement("a", "meets", un, entity("Person", "Mira Osei"), place=geneva, attribution=(un,), language="en")
    (found,) = linked(said)
    assert all(e and e.iri for e in (found.subject, found.object, found.place, found.source))
    assert found.source == found.subject and found.evidence == said.evidence


def test_nothing_relates_an_entity_to_itself() -> None:
    assert linked(statement("meets", entity("Organization", "PBB"), entity("Organization", "United Nations"))) == []


def test_a_stream_in_a_stream_out() -> None:
    articles = [(Article(str(n), "", "en"), []) for n in range(3)]
    assert [a.id for a, _ in link(iter(articles))] == ["0", "1", "2"]
    assert next(link(articles[0] for _ in iter(int, 1)))[0].id == "0", "one article at a time"


def test_statements_that_become_the_same_are_one() -> None:
    oslo = entity("Place", "Oslo")
    found = linked(
        statement("visits", entity("Organization", "UN"), oslo),
        statement("visits", entity("Organization", "United Nations"), oslo),
    )
    assert len(found) == 1 and len(found[0].evidence) == 2


def test_a_person_of_the_base_is_one_in_both_languages_by_any_full_name() -> None:
    found = canonical(entity("Person", "Volodymyr Zelenskiy", "Zelenskiy"), "en")
    assert found.name == "Volodymyr Zelensky" and found.wikidata == "Q3874799"
    assert found.iri == iri("Person", "Volodymyr Zelenskyy", "id")
    pope = canonical(entity("Person", "Paus Leo XIV"), "id")
    assert pope.name == "Paus Leo XIV" and "Leo XIV" in pope.names and pope.iri == iri("Person", "Pope Leo XIV")


def test_one_word_names_no_person_of_the_base_by_itself() -> None:
    assert canonical(entity("Person", "Zelenskiy"), "en").wikidata is None


def holder(name: str, office: str, iso: str, published: str | None) -> Entity:
    held = statement("holdsOffice", entity("Person", name), entity("Country", "X", iso=iso), "id")
    article = Article("a", "", "id", published=datetime.fromisoformat(published) if published else None)
    return next(link([(article, [replace(held, office=office)])]))[1][0].subject


def test_one_word_beside_an_office_that_the_base_knows_names_its_holder_of_that_day() -> None:
    assert (holder("Prabowo", "Presiden", "ID", "2025-03-01").iri or "").endswith("/prabowo-subianto")
    assert (holder("Prabowo", "Presiden", "ID", None).iri or "").endswith("/prabowo-subianto")
    assert (holder("Prabowo", "Presiden", "ID", "2020-03-01").iri or "").endswith("/prabowo")
    assert (holder("Prabowo", "Wali Kota", "ID", "2025-03-01").iri or "").endswith("/prabowo")


def test_a_namesake_in_another_states_office_is_somebody_else() -> None:
    assert holder("Imran Khan", "Perdana Menteri", "PK", "2020-01-01").wikidata == "Q155164"
    assert holder("Imran Khan", "Presiden", "KE", "2020-01-01").wikidata is None


def test_a_name_of_several_bodies_is_left_alone_unless_newsrooms_mean_one() -> None:
    assert canonical(entity("Organization", "PPP"), "id").name == "PPP"
    assert canonical(entity("Organization", "PPP", "Partai Persatuan Pembangunan"), "id").name != "PPP"
    assert (iri("Organization", "PBB", "id") or "").endswith("/united-nations")


def test_a_provinces_office_is_not_the_countrys_of_the_same_beginning() -> None:
    assert (iri("Organization", "KPU", "id") or "").endswith("/general-elections-commission")
    office = canonical(entity("Organization", "Kejaksaan Negeri Tarok", "Kejaksaan"), "id")
    assert (office.iri or "").endswith("/kejaksaan-negeri-tarok")
    beside = replace(
        statement("supports", entity("Organization", "KPU"), entity("Organization", "KPU Tarok")), language="id"
    )
    assert (linked(beside)[0].subject.iri or "").endswith("/organization/kpu")


@pytest.mark.parametrize(
    ("head", "tail"), [("Muhamad Mardiono", "united-development-party"), ("Bilawal Bhutto Zardari", "ppp")]
)
def test_who_heads_a_body_tells_which_of_its_namesakes_it_is(head: str, tail: str) -> None:
    led = replace(statement("holdsOffice", entity("Person", head), entity("Organization", "PPP")), office="Chairman")
    assert (linked(led)[0].object.iri or "").endswith(f"/{tail}")


@pytest.mark.parametrize(
    ("type_", "names"),
    [
        ("Organization", ("Gerindra", "Partai Gerindra", "Gerindra Party")),
        ("Organization", ("PDIP", "PDI-P", "PDI Perjuangan", "pdi perjuangan")),
        ("Organization", ("Golkar", "Partai Golkar")),
        ("Organization", ("Dewan Eropa", "Council of Europe")),
        ("Place", ("Jateng", "Jawa Tengah", "Central Java", "Provinsi Jawa Tengah")),
        ("Place", ("NYC", "New York City")),
        ("Person", ("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi")),
        ("Person", ("Joe Biden", "Joseph R. Biden")),
        ("Person", ("Mari Elka Pangestu", "Mari Pangestu")),
    ],
)
def test_spellings_are_one(type_: str, names: tuple[str, ...]) -> None:
    assert len({iri(type_, name) for name in names}) == 1


def test_a_democratic_party_is_not_always_that_of_the_united_states() -> None:
    assert iri("Organization", "Democratic Party") != iri("Organization", "US Democrats")
