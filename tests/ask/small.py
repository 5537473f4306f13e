"""A hand-made store to ask: seven articles, invented persons, every relation, and all that a question can be about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kg import vocab
from kg.graph import Store
from kg.model import Article, Entity, Evidence, Held, Statement


def entity(kind: str, name: str, *names: str, iso: str | None = None, wikidata: str | None = None) -> Entity:
    """Return an entity as the link stage hands it on."""
    return Entity(name, kind, (name, *names), iso, vocab.entity_iri(kind, name, iso), wikidata)


def country(iso: str, english: str, indonesian: str | None = None) -> dict[str, Entity]:
    """Return a country by language: each article names it in its own."""
    one = entity("Country", english, iso=iso)
    return {"en": one, "id": replace(one, name=indonesian or english, names=(indonesian or english,))}


def held(title: tuple[str, str], body: Entity, names: tuple[str, str], since: str, until: str = "") -> Held:
    """Return an office of the base of actors; title and names of the body in English and Indonesian."""
    languages = ("en", "id")
    return Held(
        tuple(zip(languages, title, strict=True)),
        body.iri or "",
        tuple(zip(languages, names, strict=True)),
        since,
        until,
    )


COUNTRIES = {
    **{"TR": country("TR", "Turkey", "Turki"), "UA": country("UA", "Ukraine", "Ukraina")},
    **{
        "RU": country("RU", "Russia", "Rusia"),
        "ID": country("ID", "Indonesia"),
        "FR": country("FR", "France", "Prancis"),
    },
    **{"AZ": country("AZ", "Azerbaijan"), "AM": country("AM", "Armenia"), "PK": country("PK", "Pakistan")},
    **{"IR": country("IR", "Iran"), "IL": country("IL", "Israel"), "MY": country("MY", "Malaysia")},
}
FOREIGN = ("Minister of Foreign Affairs", "Menteri Luar Negeri")
TURKEY, INDONESIA = COUNTRIES["TR"]["en"], COUNTRIES["ID"]["en"]
PARTY = entity("Organization", "Partai Persatuan")
ACTORS = {
    "karaca": replace(
        entity("Person", "Mehmet Karaca", "Karaca"),
        offices=(held(FOREIGN, TURKEY, ("Turkey", "Turki"), "2016-05-24", "2023-06-03"),),
    ),
    "demir": replace(
        entity("Person", "Arslan Demir", "Demir"), offices=(held(FOREIGN, TURKEY, ("Turkey", "Turki"), "2023-06-03"),)
    ),
    "dewi": replace(
        entity("Person", "Dewi Anggraini", "Anggraini"),
        offices=(held(("President", "Presiden"), INDONESIA, ("Indonesia", "Indonesia"), "2024-10-20"),),
    ),
    "lestari": entity("Person", "Lestari Wulandari", "Lestari"),
    "morozov": entity("Person", "Ivan Morozov", "Morozov"),
    "olena": entity("Person", "Olena Hrytsenko", "Hrytsenko"),
    "leyla": entity("Person", "Leyla Mammadli"),
    "asean": entity("Organization", "ASEAN"),
    "minsk": entity("Organization", "OSCE Minsk Group"),
    "un": entity("Organization", "United Nations", "UN", "PBB"),
    "wire": entity("Organization", "Anka Wire"),
    "party1": replace(PARTY, iri=f"{PARTY.iri}-1"),
    "party2": replace(PARTY, iri=f"{PARTY.iri}-2"),
    **{name.lower(): entity("Place", name) for name in ("Baku", "Kyiv", "Jakarta", "Ankara")},
}
ARTICLES = {  # id: language, publisher, day of publication
    "a1": ("id", "Kabar Pagi", "2020-10-07"),
    "a2": ("en", "Daily Ledger", "2020-10-20"),
    "a3": ("en", "Daily Ledger", "2025-02-11"),
    "a4": ("id", "Kabar Pagi", "2025-03-20"),
    "a5": ("en", "Northern Post", "2025-06-02"),
    "a6": ("id", "Kabar Pagi", "2026-04-15"),
    "a7": ("en", "Northern Post", "2026-09-01"),
}
STATEMENTS = """
    v1 a1 karaca visits AZ planned 2020-10-06
    m1 a1 karaca meets leyla asserted 2020-10-06 at=baku
    s1 a1 TR supports AZ asserted 2020-10
    c1 a1 AM clashesWith AZ asserted 2020-09-27
    o1 a1 karaca holdsOffice TR asserted - office=Menteri_Luar_Negeri
    s2 a2 TR supports AZ asserted 2020-10-19 by=wire
    s3 a2 PK supports AZ asserted 2020-10-18
    s4 a2 IR supports AM negated 2020-10-18
    k1 a2 AM accuses TR asserted 2020-10-17 by=wire
    co1 a2 FR coChairs minsk asserted 2020
    co2 a2 RU coChairs minsk asserted 2020
    k2 a3 RU accuses UA asserted 2025-02-10
    k3 a3 UA accuses RU asserted 2025-02-11
    k4 a3 IR accuses IL asserted 2025-02-09
    x1 a3 RU attacks UA asserted 2025-02-09
    m2 a3 dewi meets olena asserted 2025-02-10 at=kyiv
    v2 a3 dewi visits UA asserted 2025-02-10
    u2 a3 un urges RU asserted 2025-02-12
    o2 a3 dewi holdsOffice ID asserted - office=President
    o6 a3 olena holdsOffice UA asserted - office=President
    x2 a4 RU attacks kyiv asserted 2025-03-18
    m3 a4 dewi meets morozov asserted 2025-03-19 at=jakarta
    v3 a4 morozov visits ID asserted 2025-03-18
    u1 a4 ID urges RU asserted 2025-03-20
    o3 a4 morozov holdsOffice RU asserted - office=Presiden
    x3 a5 IL attacks IR asserted 2025-06-01
    x4 a5 TR attacks AM negated -
    m4 a5 dewi meets morozov asserted 2025-05-30 at=ankara
    v4 a5 dewi visits TR asserted 2025-05-29
    g1 a5 ID agreesWith TR asserted 2025-05-30
    m5 a6 dewi meets morozov planned 2026-05
    m7 a6 lestari meets demir asserted 2026-04-14 at=ankara
    v5 a6 lestari visits TR asserted 2026-04-13
    ch1 a6 lestari chairs asean asserted 2026-04-15
    s5 a6 ID supports MY asserted 2026-04
    s7 a6 party2 supports MY asserted 2026-04-02
    o4 a6 demir holdsOffice TR asserted - office=Menlu
    o5 a6 lestari holdsOffice ID asserted - office=Menteri_Luar_Negeri
    m6 a7 olena meets morozov negated 2026-08-30
    v6 a7 dewi visits FR planned 2026-10
    u3 a7 un urges IL asserted 2026-08-31
    g2 a7 AM agreesWith AZ asserted 2026-08-29
    s6 a7 party1 supports dewi asserted 2026-08-28
"""


def store() -> Store:
    """Return the store; the sentence of each statement is its id and a full stop."""
    lines = [line.split() for line in STATEMENTS.strip().splitlines()]
    made = Store.memory()
    for name, (language, publisher, day) in ARTICLES.items():
        own = [words for words in lines if words[1] == name]
        text = " ".join(f"{words[0]}." for words in own)
        published = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        article = Article(name, text, language, headline=f"News of {day}", published=published, publisher=publisher)
        made.add(article, [_statement(words, language, text) for words in own])
    return made


def _statement(words: list[str], language: str, text: str) -> Statement:
    id_, article, subject, relation, object_, factuality, date, *rest = words
    more = dict(pair.split("=") for pair in rest)
    start = text.index(f"{id_}.")
    return Statement(
        article,
        relation,
        _actor(subject, language),
        _actor(object_, language),
        factuality,
        None if date == "-" else date,
        place=_actor(more["at"], language) if "at" in more else None,
        attribution=(_actor(more["by"], language),) if "by" in more else (),
        office=more["office"].replace("_", " ") if "office" in more else None,
        evidence=(Evidence(f"{id_}.", start, start + len(id_) + 1),),
        language=language,
    )


def _actor(key: str, language: str) -> Entity:
    return COUNTRIES[key][language] if key in COUNTRIES else ACTORS[key]
