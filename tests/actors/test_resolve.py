"""Who is who across articles: kinds of names that are one actor's, and kinds that are not."""

from __future__ import annotations

import itertools
import random

import pytest

from actors.made import Base, country, local, who
from kg.actors.base import Actor, Office
from kg.actors.judgements import DIFFERENT, SAME, Judgement, Judgements
from kg.actors.resolve import resolve
from kg.model import Local
from kg.vocab import article_iri, entity_iri

TAROK = "Tarok Wibisana"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (TAROK, "Tarok Wibisna", "Person"),
        ("Abdel Karrim el-Zaydi", "Abdel Karrim al-Zaydi", "Person"),
        ("Mirko Zelanskyy", "Mirko Zelansky", "Person"),
        (TAROK, "Wibisana Tarok", "Person"),
        (TAROK, "Muhammad Tarok Wibisana", "Person"),
        ("Tarok Perkasa Wibisana", TAROK, "Person"),
        (TAROK, "Wamenaker Tarok Wibisana", "Person"),
        ("Partai Tarok", "Tarok", "Organization"),
        ("Komisi I DPR", "Komisi I DPR RI", "Organization"),
        ("Lembaga Tarok RI", "Lembaga Tarok", "Organization"),
        ("SRTA 33 Tarok Mirna", "Sekolah Rakyat Tinggi Atas 33 Tarok Mirna", "Organization"),
        ("KPU Tarok", "Komisi Pemilihan Umum Tarok", "Organization"),
        ("Foreign Bureau of the Republic of the Philippines", "Philippines Foreign Bureau", "Organization"),
        ("TM 57+ Institute", "TM57+ Institute", "Organization"),
        ("Provinsi Tarok", "Tarok", "Place"),
    ],
)
def test_one_actor(one: str, other: str, kind: str) -> None:
    found = resolve([local("a", one, kind), local("b", other, kind)])
    assert who(found, "a", one, kind) == who(found, "b", other, kind)
    assert len(found.merges) == 1
    assert found.merges[0].reason


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (TAROK, "Mirna Wibisana", "Person"),
        (TAROK, "Mirna Tarok Wibisana", "Person"),  # a daughter's name
        (TAROK, "Tarok Wibisana Jr.", "Person"),
        ("Budi Santoso", "Agus Santoso", "Person"),
        ("Komisi I DPR", "Komisi II DPR", "Organization"),
        ("Polda Tarok", "Polda Mirna", "Organization"),
        ("KPU Mirna", "Komisi Pemilihan Umum Tarok", "Organization"),
        ("PA Tarok", "Persatuan Atletik Tarok", "Organization"),  # or its Pengadilan Agama
        ("HAT", "PT Hasar Agung Tarok", "Organization"),
        ("New Tarok", "New Mirna", "Place"),
    ],
)
def test_two_actors(one: str, other: str, kind: str) -> None:
    found = resolve([local("a", one, kind), local("b", other, kind)])
    assert who(found, "a", one, kind) != who(found, "b", other, kind)


def test_a_daughter_in_her_fathers_office_is_he_after_all() -> None:
    office = ("Minister", "ID")
    locals_ = [local("a", TAROK, office=office), local("b", f"Lalang {TAROK}", office=office)]
    assert who(resolve(locals_), "a", TAROK) == who(resolve(locals_), "b", f"Lalang {TAROK}")


def test_the_same_name_centuries_apart_is_two_peoples() -> None:
    found = resolve([local("a", "Tarok Wibisana", date="1910-01-01"), local("b", "Tarok Wibisna", date="2020-01-01")])
    assert who(found, "a", TAROK) != who(found, "b", "Tarok Wibisna")


def test_a_short_name_joins_the_full_one() -> None:
    found = resolve([local("a", TAROK), local("b", TAROK), local("c", "Wibisana")])
    assert who(found, "c", "Wibisana") == who(found, "a", TAROK) == "person/tarok-wibisana"


def test_a_short_name_stays_apart_where_two_fit() -> None:
    found = resolve([local("a", TAROK), local("b", "Mirna Wibisana"), local("c", "Wibisana")])
    assert who(found, "c", "Wibisana") == "person/wibisana"


def test_a_short_name_joins_the_one_that_office_and_company_point_to() -> None:
    locals_ = [
        local("a", TAROK, office=("President", "ID")),
        local("b", "Mirna Wibisana", office=("Mayor", "Bandar")),
        local("c", "Wibisana", office=("President", "ID")),
        local("d", "Wibisana"),
        local("d", "Bandar", "Organization"),
        local("b", "Bandar", "Organization"),
        local("d", "Lurah Sena Kolopaking"),
        local("b", "Lurah Sena Kolopaking"),
    ]
    found = resolve(locals_)
    assert who(found, "c", "Wibisana") == "person/tarok-wibisana"
    assert who(found, "d", "Wibisana") == "person/mirna-wibisana"


def test_a_name_that_many_carry_means_nobody_in_particular() -> None:
    found = resolve([local("a", "Agus Wibisana"), local("b", "Agus")])
    assert who(found, "b", "Agus") == "person/agus"


def test_two_full_names_of_one_article_are_two_actors() -> None:
    locals_ = [local("a", TAROK), local("a", "Tarok Wibisna", apart=[("Person", TAROK)])]
    found = resolve(locals_)
    assert who(found, "a", TAROK) != who(found, "a", "Tarok Wibisna")


def test_no_chain_joins_what_contradicts_itself() -> None:
    # "Tarok Wibisana" is like both, and they are not like each other.
    names = ["Tarok Wibisana", "Tarok Wibisana Mirna", "Tarok Wibisana Lalang"]
    found = resolve([local(article, name) for article, name in zip("abc", names, strict=True)])
    assert who(found, "b", names[1]) != who(found, "c", names[2])


def test_bodies_named_by_common_nouns_belong_to_the_country_of_their_article() -> None:
    locals_ = [
        local("a", "Senate", "Organization"),
        country("a", "US"),
        local("b", "Senat", "Organization", language="id", apart=[("Country", "PH", "PH")]),
        country("b", "PH", language="id"),
        local("c", "US Senate", "Organization"),
    ]
    found = resolve(locals_)
    assert who(found, "a", "Senate", "Organization") == who(found, "c", "US Senate", "Organization")
    assert who(found, "a", "Senate", "Organization") == "organization/senate-us"
    assert who(found, "b", "Senat", "Organization") == "organization/senate-ph"


PARTIES = Base(
    Actor("ppt-id", "Organization", "ID", {"en": "Tarok Unity Party", "id": "Partai Persatuan Tarok"}, ("PPT",)),
    Actor("ppt-pk", "Organization", "PK", {"en": "Pakistan Peoples Tarok"}, ("PPT",)),
    Actor(
        "tarok-wibisana",
        "Person",
        "ID",
        {"en": TAROK},
        ("TW", "Gus Tarok", "Wibisana"),
        "Q1",
        (Office({"en": "President"}, "ID", "2024-10-20", None),),
    ),
)


def test_one_name_of_two_bodies_goes_by_country() -> None:
    locals_ = [
        local("a", "PPT", "Organization", language="id"),
        local("b", "PPT", "Organization"),
        country("b", "PK"),
    ]
    found = resolve(locals_, PARTIES)
    assert who(found, "a", "PPT", "Organization") == "organization/ppt-id"
    assert who(found, "b", "PPT", "Organization") == "organization/ppt-pk"


def test_the_base_gives_names_in_both_languages_and_wikidata() -> None:
    found = resolve([local("a", "Partai Persatuan Tarok", "Organization"), local("b", "TW")], PARTIES)
    actor = found.actors[article_iri("a"), entity_iri("Organization", "Partai Persatuan Tarok")]
    assert actor.named("en") == "Tarok Unity Party"
    assert actor.named("id") == "Partai Persatuan Tarok"
    assert who(found, "b", "TW") == "person/tarok-wibisana"


def test_a_misspelt_name_joins_the_base() -> None:
    found = resolve([local("a", "Tarok Wibisna", office=("President", "ID"))], PARTIES)
    assert who(found, "a", "Tarok Wibisna") == "person/tarok-wibisana"


def test_an_article_that_calls_it_the_same_changes_no_iri() -> None:
    locals_ = [local("a", TAROK), local("b", TAROK), local("c", "Tarok Wibisna")]
    more = [*locals_, local("d", TAROK)]
    assert who(resolve(locals_), "c", "Tarok Wibisna") == who(resolve(more), "c", "Tarok Wibisna")


def test_the_order_of_articles_does_not_matter() -> None:
    names = [TAROK, "Tarok Wibisna", "Wibisana", "Mirna Wibisana", "Tarok", "Lalang Zelansky", "Zelansky", "Zelanskyy"]
    locals_ = [local(f"{name}-{n}", name) for n, name in itertools.product(range(2), names)]
    locals_ += [local(f"x{n}", "Senate", "Organization") for n in range(3)] + [country("x1", "US"), country("x2", "PR")]
    locals_ += [body(f"y{n % 4}", name) for n, name in enumerate(["KPU", "KPU Mirna", "KPU Lalang", "KPU RI"] * 3)]
    once = resolve(locals_)
    for seed in range(10):
        random.Random(seed).shuffle(locals_)
        again = resolve(locals_)
        assert again.actors == once.actors
        assert again.merges == once.merges
        assert again.doubtful == once.doubtful


COMMISSION = Base(
    Actor("election-commission", "Organization", "ID", {"en": "Tarok Commission"}, ("KPU", "KPU RI", "Komisi III"))
)


def body(article: str, name: str, *names: str, **more: object) -> Local:
    return local(article, name, "Organization", *names, **more)


def test_a_short_form_means_the_body_that_its_article_names_in_full() -> None:
    locals_ = [body("a", "KPU"), body("a", "KPU Mirna"), body("b", "KPU"), body("c", "KPU Mirna")]
    found = resolve(locals_, COMMISSION)
    assert who(found, "a", "KPU", "Organization") == who(found, "a", "KPU Mirna", "Organization")
    assert who(found, "a", "KPU", "Organization") == who(found, "c", "KPU Mirna", "Organization")
    assert who(found, "b", "KPU", "Organization") == "organization/election-commission"
    assert any("short for KPU Mirna in its article" in merge.reason for merge in found.merges)
    assert found.actors[article_iri("a"), entity_iri("Organization", "KPU")].named("en") == "KPU Mirna"


def test_a_short_form_beside_two_full_ones_means_neither_for_sure() -> None:
    locals_ = [body("a", "KPU"), body("a", "KPU Mirna"), body("a", "KPU Lalang"), body("b", "KPU")]
    found = resolve(locals_, COMMISSION)
    assert len({who(found, "a", name, "Organization") for name in ("KPU", "KPU Mirna", "KPU Lalang")}) == 3
    assert who(found, "b", "KPU", "Organization") != who(found, "a", "KPU", "Organization")


def test_a_body_of_the_whole_country_is_not_that_of_a_town_in_its_article() -> None:
    found = resolve([body("a", "KPU", "KPU", "KPU RI"), body("a", "KPU Mirna")], COMMISSION)
    assert who(found, "a", "KPU", "Organization") == "organization/election-commission"


def test_a_partys_branch_is_not_the_party() -> None:
    found = resolve([body("a", "Partai Tarok"), body("a", "Partai Tarok Mirna")])
    assert len({who(found, "a", name, "Organization") for name in ("Partai Tarok", "Partai Tarok Mirna")}) == 2


def test_a_councils_part_is_none_of_parliament() -> None:
    locals_ = [body("a", "Komisi III"), body("a", "DPRD Mirna"), body("b", "Komisi III")]
    found = resolve(locals_, COMMISSION)
    assert who(found, "b", "Komisi III", "Organization") == "organization/election-commission"
    assert who(found, "a", "Komisi III", "Organization") != who(found, "b", "Komisi III", "Organization")


def test_a_company_by_its_first_word_is_no_person() -> None:
    accused = {"roles": (("accuses", "object"),)}
    found = resolve([local("a", "Zelan", **accused), body("a", "Zelan Air"), local("b", "Zelan", **accused)])
    assert who(found, "a", "Zelan") == who(found, "a", "Zelan Air", "Organization")
    assert who(found, "b", "Zelan") == "person/zelan"


def test_a_company_of_a_persons_name_leaves_the_person() -> None:
    accused = {"roles": (("accuses", "object"),)}
    found = resolve([local("a", "Tarok", **accused), body("a", "Tarok Group"), local("b", TAROK)])
    assert who(found, "a", "Tarok") == "person/tarok-wibisana"


def test_a_rare_name_spelt_twice_in_one_article_is_one_persons() -> None:
    office = ("Chair", "Bandar")
    locals_ = [
        local("a", "Mochtar Zaliffuddin", office=office),
        local("b", "Zaliffuddin", office=office),
        local("b", "Zalifuddin", office=office),
    ]
    found = resolve(locals_)
    assert who(found, "b", "Zaliffuddin") == who(found, "b", "Zalifuddin") == "person/mochtar-zaliffuddin"


FORCES = Base(
    Actor("forces", "Organization", "ID", {"en": "Indonesian Tarok Forces", "id": "Angkatan Tarok"}, ("TTK",)),
    Actor(
        "agus-lalang",
        "Person",
        "ID",
        {"en": "Agus Lalang"},
        (),
        None,
        (Office({"en": "Commander of the Tarok Forces", "id": "Panglima TTK"}, "ID", "2023-11", "2025-06"),),
    ),
)


@pytest.mark.parametrize(("date", "known"), [("2025-05-26", True), ("2022-05-26", False), ("2025-09-01", False)])
def test_a_common_name_means_who_is_in_office_in_the_body_of_the_article(date: str, known: bool) -> None:
    locals_ = [
        local("a", "Agus", date=date, language="id"),
        body("a", "Angkatan Tarok", date=date, language="id"),
        local("b", "Agus Mirna"),
        local("c", "Agus Lalang", date="2024-01-01"),
    ]
    assert (who(resolve(locals_, FORCES), "a", "Agus") == "person/agus-lalang") == known


def test_places_of_one_name_go_by_country() -> None:
    base = Base(
        Actor("palace-id", "Place", "ID", {"en": "Tarok Palace"}, ("Balai",)),
        Actor("palace-sg", "Place", "SG", {"en": "The Balai of Mirna"}, ("Balai",)),
    )
    locals_ = [local("a", "Balai", "Place", language="id"), local("b", "Balai", "Place"), country("b", "SG")]
    found = resolve(locals_, base)
    assert who(found, "a", "Balai", "Place") == "place/palace-id"
    assert who(found, "b", "Balai", "Place") == "place/palace-sg"


def names(*iris: str) -> list[tuple[str, str]]:
    return [(entity_iri("Person", iri), "") for iri in iris]


def judged(*judgements: Judgement) -> Judgements:
    found = Judgements()
    for judgement in judgements:
        found.put(judgement)
    return found


def test_judged_the_same_joins_whatever_the_names() -> None:
    locals_ = [local("a", TAROK), local("b", "Lalang Zelansky")]
    found = resolve(locals_, None, judged(Judgement.of(SAME, *names(TAROK, "Lalang Zelansky"))))
    assert who(found, "a", TAROK) == who(found, "b", "Lalang Zelansky")


def test_judged_different_keeps_apart_what_is_alike() -> None:
    locals_ = [local("a", TAROK), local("b", "Tarok Wibisna")]
    found = resolve(locals_, None, judged(Judgement.of(DIFFERENT, *names(TAROK, "Tarok Wibisna"))))
    assert who(found, "a", TAROK) != who(found, "b", "Tarok Wibisna")


def test_one_article_of_a_name_may_be_judged_to_mean_another() -> None:
    iri = entity_iri("Person", TAROK)
    locals_ = [local(article, TAROK) for article in "abc"]
    found = resolve(locals_, None, judged(Judgement.of(DIFFERENT, (iri, ""), (iri, article_iri("c")))))
    assert who(found, "a", TAROK) == who(found, "b", TAROK) == "person/tarok-wibisana"
    assert who(found, "c", TAROK) != "person/tarok-wibisana"
