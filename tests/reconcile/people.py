"""Actors of a small graph, made up but for countries and bodies, for the tests of matching."""

from __future__ import annotations

from kg.reconcile.read import Actor
from kg.reconcile.table import Table

BASE = "https://w3id.org/newskg/entity/"


def actor(
    kind: str, slug: str, *names: str, other: str = "", iso: str = "", wikidata: str = "", articles: int = 1
) -> Actor:
    label = {"en": names[0], "id": other or names[0]}
    every = tuple(dict.fromkeys([*names, label["id"]]))
    return Actor(f"{BASE}{kind.lower()}/{slug}", kind, label, every, iso, wikidata, articles)


ACTORS = [
    actor("Country", "TR", "Turkey", "Ankara", other="Turki", iso="TR", wikidata="Q43", articles=9),
    actor("Country", "NG", "Nigeria", iso="NG", wikidata="Q1033"),
    actor("Country", "US", "United States", "AS", other="Amerika Serikat", iso="US", wikidata="Q30", articles=5),
    actor("Organization", "united-nations", "United Nations", other="Perserikatan Bangsa-Bangsa", wikidata="Q1065"),
    actor("Organization", "osce-minsk-group", "OSCE Minsk Group", articles=3),
    actor("Organization", "ministry-foreign", "Kementerian Luar Negeri"),
    actor("Organization", "ppp-1", "Partai Persatuan", articles=4),
    actor("Organization", "ppp-2", "Partai Persatuan", articles=2),
    actor("Person", "satriya-wibawa", "Satriya Wibawa", "Wibawa", "Pak Sat", articles=6),
    actor("Person", "orhan-yildirimli", "Orhan Yıldırımlı", "Yıldırımlı", articles=2),
    actor("Person", "lena-brandeis", "Lena Brandeis"),
    actor("Person", "lena-brandais", "Lena Brandais"),
    actor("Place", "ankara", "Ankara", articles=2),
]
TABLE = Table.of(ACTORS)
