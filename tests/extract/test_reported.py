"""What people at work found lost or wrong in real pages, kind by kind, by the weights and rules that are bundled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import nlp
from kg.encoder import bundled
from kg.extract import statements
from kg.model import Article, Statement

pytestmark = pytest.mark.weights
Told = set[tuple[str, str, str, str]]
Read = Callable[[str, str], list[Statement]]


@pytest.fixture(scope="module", params=["default", "fast"])
def read(request: pytest.FixtureRequest) -> Read:
    """The two ways of reading, as a function of a text of one paragraph and its language."""
    encoder = bundled() if request.param == "default" else None

    def said(text: str, language: str) -> list[Statement]:
        (doc,) = nlp.parse([Article("a", text, language, blocks=((0, len(text)),))], encoder=encoder)
        return statements(doc)

    return said


def told(found: list[Statement]) -> Told:
    return {(s.subject.name, s.relation, s.object.name, s.factuality) for s in found if s.relation != "holdsOffice"}


NEGATED = [
    ("France doesn’t support Belarus.", ("France", "supports", "Belarus")),
    ("Mexico didn’t invade Guatemala.", ("Mexico", "attacks", "Guatemala")),
    ("Spain wasn’t accusing Morocco of anything.", ("Spain", "accuses", "Morocco")),
    ("Germany hasn’t bombed Serbia, officials said in Berlin.", ("Germany", "attacks", "Serbia")),
    ("Japan won’t attack North Korea.", ("Japan", "attacks", "North Korea")),
]


@pytest.mark.parametrize(("text", "ends"), NEGATED)
def test_the_printers_apostrophe_denies_as_the_typewriters_does(
    read: Read, text: str, ends: tuple[str, str, str]
) -> None:
    found = read(text, "en")
    assert told(found) == told(read(text.replace("’", "'"), "en")) == {(*ends, "negated")}
    assert [e.sentence for s in found for e in s.evidence] == [text]  # as the page has it


@pytest.mark.parametrize(
    ("language", "text", "wanted", "unwanted"),
    [
        (
            "en",
            "India and Pakistan exchanged fire on Friday. Germany and Japan urged both sides to show restraint.",
            {(who, "urges", whom) for who in ("Germany", "Japan") for whom in ("India", "Pakistan")},
            {("Germany", "urges", "Japan"), ("Japan", "urges", "Germany")},
        ),
        (
            "id",
            "Armenia dan Azerbaijan saling tembak, Jumat. Jerman dan Jepang mendesak kedua pihak menahan diri.",
            {(who, "urges", whom) for who in ("Jerman", "Jepang") for whom in ("Armenia", "Azerbaijan")},
            {("Jerman", "urges", "Jepang"), ("Jepang", "urges", "Jerman")},
        ),
        ("id", "Hungaria menyampaikan permintaan maaf kepada Ukraina.", set(), {("Hungaria", "urges", "Ukraina")}),
        ("id", "Serbia meminta maaf kepada Kroasia.", set(), {("Serbia", "urges", "Kroasia")}),
        (
            "id",
            "Prabowo Subianto bersilaturahmi dengan Megawati Soekarnoputri.",
            {("Prabowo Subianto", "meets", "Megawati Soekarnoputri")},
            set(),
        ),
        (
            "id",
            "Pertemuan dengan Presiden Prabowo Subianto itu dihadiri Sri Mulyani Indrawati dan Bahlil Lahadalia.",
            {(who, "meets", "Prabowo Subianto") for who in ("Sri Mulyani Indrawati", "Bahlil Lahadalia")},
            set(),
        ),
        (
            "en",
            "The talks with Emmanuel Macron were attended by Olaf Scholz and Donald Tusk.",
            {(who, "meets", "Emmanuel Macron") for who in ("Olaf Scholz", "Donald Tusk")},
            {("Olaf Scholz", "meets", "Donald Tusk")},
        ),
        ("id", "KTT itu dihadiri Narendra Modi dan Xi Jinping.", set(), {("Narendra Modi", "meets", "Xi Jinping")}),
    ],
)
def test_who_does_what_to_whom(
    read: Read, language: str, text: str, wanted: set[tuple[str, str, str]], unwanted: set[tuple[str, str, str]]
) -> None:
    found = {row[:3] for row in told(read(text, language))}
    assert found >= wanted and not found & unwanted


def test_a_place_is_called_by_its_name(read: Read) -> None:
    (found,) = [s for s in read("Shigeru Ishiba mengunjungi kota Nagaoka pada Rabu.", "id") if s.relation == "visits"]
    assert found.object.name == "Nagaoka" and "kota Nagaoka" in found.object.names
