"""Articles and statements for the tests of graph and export: small, hand-made, with everything a statement can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from kg import vocab
from kg.model import Article, Entity, Evidence, Statement


def entity(name: str, kind: str, *names: str, iso: str | None = None, wikidata: str | None = None) -> Entity:
    """Return an entity as the link stage hands it on."""
    return Entity(name, kind, names or (name,), iso, vocab.entity_iri(kind, name, iso), wikidata)


TURKEY = entity("Turkey", "Country", "Ankara", "Turki", iso="TR", wikidata="Q43")
ARMENIA = entity("Armenia", "Country", iso="AM", wikidata="Q399")
AZERBAIJAN = entity("Azerbaijan", "Country", iso="AZ", wikidata="Q227")
MINISTER = entity("Mevlut Cavusoglu", "Person", "Mevlut Cavusoglu", "Cavusoglu")
PRESIDENT = entity("Ilham Aliyev", "Person", "Ilham Aliyev", "Aliyev")
AGENCY = entity("Anadolu Agency", "Organization")
MINISTRY = entity("Kementerian Luar Negeri Turki", "Organization")
MINSK = entity("OSCE Minsk Group", "Organization")
BAKU = entity("Baku", "Place")

TEXT = (
    "Menlu Turki Mevlut Cavusoglu akan mengunjungi Azerbaijan pada Selasa (6/10/2020), dikutip Anadolu Agency. "
    "Dia akan bertemu Presiden Azerbaijan Ilham Aliyev di Baku. Armenia dan Azerbaijan bertempur. "
    "Turki membantah menyerang Armenia."
)


def quote(text: str, beginning: str) -> Evidence:
    """Return the sentence of the text that begins so."""
    start = text.index(beginning)
    end = text.find(". ", start)
    end = len(text) if end < 0 else end + 1
    return Evidence(text[start:end], start, end)


ARTICLE = Article(
    "visit-1",
    TEXT,
    "id",
    headline='Menlu Turki "kunjungi" Azerbaijan',
    published=datetime(2020, 10, 5, 14, 6, tzinfo=timezone(timedelta(hours=7))),
    authors=("Ardi P.", "Tia S."),
    publisher="Kompas.com",
    dateline="ANKARA",
    agency="Anadolu Agency",
    related=("Perang Karabakh",),
    url="https://example.org/read/1?a=b c",
)
VISIT = Statement(
    "visit-1",
    "visits",
    MINISTER,
    AZERBAIJAN,
    "planned",
    "2020-10-06",
    attribution=(AGENCY, MINISTRY),
    evidence=(quote(TEXT, "Menlu"),),
)
MEETING = Statement(
    "visit-1", "meets", MINISTER, PRESIDENT, "planned", "2020-10", place=BAKU, evidence=(quote(TEXT, "Dia"),)
)
OFFICE = Statement("visit-1", "holdsOffice", PRESIDENT, AZERBAIJAN, office="Presiden", evidence=(quote(TEXT, "Dia"),))
CLASH = Statement(
    "visit-1",
    "clashesWith",
    ARMENIA,
    AZERBAIJAN,
    date="1994",
    attribution=(AGENCY,),
    evidence=(quote(TEXT, "Armenia"),),
)
DENIED = Statement("visit-1", "attacks", TURKEY, ARMENIA, "negated", evidence=(quote(TEXT, "Turki membantah"),))
STATEMENTS = [VISIT, MEETING, OFFICE, CLASH, DENIED]

ENGLISH_TEXT = "Turkey supports Azerbaijan. Armenia accused Turkey. Armenia and Azerbaijan clashed."
ENGLISH = Article("support-2", ENGLISH_TEXT, "en", headline="Turkey backs Azerbaijan", publisher="The Post")
TURKEY_EN = replace(TURKEY, names=("Turkey",))
ENGLISH_STATEMENTS = [
    Statement("support-2", relation, subject, object_, evidence=(quote(ENGLISH_TEXT, beginning),), language="en")
    for relation, subject, object_, beginning in (
        ("supports", TURKEY_EN, AZERBAIJAN, "Turkey"),
        ("accuses", ARMENIA, TURKEY_EN, "Armenia acc"),
        ("clashesWith", AZERBAIJAN, ARMENIA, "Armenia and"),
    )
]
