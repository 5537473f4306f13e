"""The trained pipelines and extraction together, on the bundled articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from promises import check, outside

from kg import ingest, nlp
from kg.actors.base import Base, base
from kg.extract import statements
from kg.link import link
from kg.model import Article, Statement
from kg.specs import ROOT

pytestmark = pytest.mark.weights

DEMO = ROOT / "demo" / "articles"
# The same events told in Indonesian and in English.
PARALLEL = [("arab-saudi-iran-beijing", "saudi-iran-beijing"), ("jokowi-kyiv-moskwa", "jokowi-kyiv-moscow")]
Read = dict[str, tuple[Article, list[Statement]]]


def read(paths: list[Path]) -> Read:
    found: Read = {}
    for doc in nlp.parse(ingest.read(paths)):
        said = statements(doc)
        check(doc, said)
        ((article, linked),) = link([(doc.user_data["article"], said)])
        found[article.id] = (article, linked)
    return found


@pytest.fixture(scope="session")
def bundled() -> Read:
    """The bundled articles, read once; every promise is checked on the way."""
    return read(sorted(DEMO.iterdir()))


def key(s: Statement) -> tuple[str, frozenset[str | None]]:
    return s.relation, frozenset((s.subject.iri, s.object.iri))


def test_all_are_read_and_state_something(bundled: Read) -> None:
    assert len(bundled) == 6
    for article, found in bundled.values():
        assert len(found) >= 10, article.id


@pytest.mark.parametrize(("indonesian", "english"), PARALLEL)
def test_the_same_events_in_both_languages(bundled: Read, indonesian: str, english: str) -> None:
    first, second = ({key(s): s for s in bundled[name][1]} for name in (indonesian, english))
    common = first.keys() & second.keys()
    smaller = min(len(first), len(second))
    assert len(common) >= 0.5 * smaller, f"{len(common)} of {smaller}"
    same = [k for k in common if first[k].factuality == second[k].factuality]
    assert len(same) >= 0.8 * len(common)


def test_evidence_is_where_it_says_in_the_text_as_read(bundled: Read) -> None:
    for article, found in bundled.values():
        for s in found:
            for e in s.evidence:
                assert article.text[e.start : e.end] == e.sentence
                assert any(a <= e.start and e.end <= b for a, b in article.blocks), (article.id, e)
            assert [e.start for e in s.evidence] == sorted({e.start for e in s.evidence}), s


def test_the_same_text_twice_gives_the_same(bundled: Read) -> None:
    again = read([DEMO / "karabakh-gencatan-senjata.txt", DEMO / "saudi-iran-beijing.txt"])
    for name, result in again.items():
        assert result == bundled[name]


def test_nothing_relates_an_entity_to_itself(bundled: Read) -> None:
    for _, found in bundled.values():
        for s in found:
            assert s.subject.iri and s.object.iri and s.subject.iri != s.object.iri, s


def test_offices_have_their_titles(bundled: Read) -> None:
    for article, found in bundled.values():
        offices = [s for s in found if s.relation == "holdsOffice"]
        assert offices
        for s in offices:
            assert s.office and s.office in article.text, s


def test_both_ends_lie_in_the_evidence(bundled: Read) -> None:
    assert not [s for _, found in bundled.values() for s in outside(found)]


def offices(text: str, language: str, known: Base) -> list[tuple[str, str, str | None]]:
    article = Article("a", text, language, blocks=((0, len(text)),))
    (doc,) = nlp.parse([article])
    return [
        (s.subject.name, s.office or "", s.object.iso)
        for s in statements(doc, actors=known)
        if s.relation == "holdsOffice"
    ]


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Base:
    folder = tmp_path_factory.mktemp("actors")
    people, held = folder / "people.csv", folder / "held.csv"
    people.write_text(
        "key,type,iso,en,aliases\nbudi-contohnya,Person,ID,Budi Contohnya,\njohn-sample,Person,GB,John Sample,\n"
    )
    held.write_text(
        "key,title_en,of,start,end\nbudi-contohnya,President,ID,2019,\njohn-sample,Prime Minister,GB,2001,2005\n"
    )
    return base(people, held)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "id",
            "Rusia menyerang Ukraina. Presiden Budi Contohnya mengunjungi Turki.",
            ("Budi Contohnya", "Presiden", "ID"),
        ),
        (
            "en",
            "India welcomed the move. Prime Minister John Sample met the foreign minister in Delhi on Monday.",
            ("John Sample", "Prime Minister", "GB"),
        ),
    ],
)
def test_a_bare_title_takes_its_country_from_the_base(
    language: str, text: str, found: tuple[str, str, str], known: Base
) -> None:
    assert offices(text, language, known) == [found]


def test_where_no_state_is_named_none_is_given(known: Base) -> None:
    assert offices("Presiden Budi Contohnya menyerahkan bantuan kepada para petani.", "id", known) == []
