"""The ontology as data: every relation of the model is there, in both languages, and IRIs are stable."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import vocab
from kg.errors import SpecError
from kg.model import ENTITY_TYPES, FACTUALITIES

RELATIONS = {
    "visits",
    "meets",
    "supports",
    "coChairs",
    "chairs",
    "clashesWith",
    "attacks",
    "accuses",
    "urges",
    "agreesWith",
    "holdsOffice",
}


def test_the_eleven_relations_with_their_classes_of_events() -> None:
    relations = vocab.ontology().relations
    assert set(relations) == RELATIONS
    assert {name for name, relation in relations.items() if relation.symmetric} == {
        "meets",
        "clashesWith",
        "agreesWith",
    }
    assert relations["visits"].event_class == "Visit"
    assert vocab.ontology().by_event_class["OfficeHolding"].name == "holdsOffice"
    for relation in relations.values():
        assert relation.domain and relation.domain <= set(ENTITY_TYPES)
        assert relation.range and relation.range <= set(ENTITY_TYPES)
        assert relation.symmetric or relation.inverse
        assert "scheduled to" in relation.comments["en"] and "dijadwalkan" in relation.comments["id"]


def test_domains_and_ranges_follow_the_guide() -> None:
    relations = vocab.ontology().relations
    assert relations["holdsOffice"].domain == {"Person"}
    assert relations["holdsOffice"].range == {"Country", "Organization", "Place"}
    assert relations["visits"].range == {"Country", "Place", "Organization"}
    assert relations["meets"].domain == relations["meets"].range == {"Person", "Country", "Organization"}
    assert "Place" in relations["attacks"].range and "Place" not in relations["accuses"].range


def test_everything_is_labelled_and_explained_in_english_and_indonesian() -> None:
    ontology = vocab.ontology()
    assert set(FACTUALITIES) <= set(ontology.labels)
    for name, labels in ontology.labels.items():
        assert set(labels) == {"en", "id"}, name
        assert set(ontology.comments[name]) == {"en", "id"}, name
    assert ontology.languages == ("en", "id")
    assert ontology.label("visits", "id") == "mengunjungi"
    assert ontology.label("visits", "xx") == "visits" and ontology.label("no such term") == "no such term"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mevlüt Çavuşoğlu", "mevlut-cavusoglu"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Diyarbakır", "diyarbakir"),
        ("\u202eevil\u200f", "evil"),
        ('a/../b"<>\n', "a-b"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert vocab.slug(name) == expected


def test_iris_hold_whatever_they_are_made_of() -> None:
    assert vocab.entity_iri("Country", "Turki", "tr").endswith("/entity/country/TR")
    assert vocab.entity_iri("Place", "Nagorno-Karabakh").endswith("/entity/place/nagorno-karabakh")
    assert vocab.slug("!!!") != vocab.slug("???")
    assert vocab.article_iri('a b/<"#') == vocab.article_iri("") + "a%20b%2F%3C%22%23"


def test_shapes_alignments_and_queries_use_only_terms_that_the_ontology_has() -> None:
    own = {"intensity", "quadClass", "plannedMatch"}  # of alignments.ttl
    known = set(vocab.ontology().labels) | own
    folder = vocab.ontology_file("kg.ttl").parent
    queries = Path(vocab.__file__).parent / "graph" / "queries"
    for path in (*folder.glob("*.ttl"), *queries.glob("*.rq")):
        used = set(re.findall(r"(?<![\w:])kg:(\w+)", path.read_text(encoding="utf-8")))
        assert used and used <= known, (path.name, used - known)


def test_the_base_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_BASE_IRI", "https://example.org/news/")
    assert vocab.article_iri("x") == "https://example.org/news/article/x"
    for bad in ("nonsense", "https://example.org/news", "https://exa mple.org/", "ftp://x/"):
        monkeypatch.setenv("KG_BASE_IRI", bad)
        with pytest.raises(SpecError, match="KG_BASE_IRI"):
            vocab.base_iri()


def test_a_broken_ontology_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "kg.ttl"
    bad.write_text(f"<{vocab.ONTOLOGY}x> <{vocab.ONTOLOGY}eventClass> <{vocab.ONTOLOGY}X> .")
    with pytest.raises(SpecError, match="kg:x needs exactly one"):
        vocab.read_ontology(bad)
    bad.write_text("this is no turtle")
    with pytest.raises(SpecError, match="kg"):
        vocab.read_ontology(bad)


def test_loading_is_quick_and_needs_no_rdflib() -> None:
    code = "import sys; from kg import vocab; vocab.ontology(); sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=180).returncode == 0
