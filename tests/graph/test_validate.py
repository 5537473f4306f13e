"""Shapes: what the guide allows conforms; each thing that can be wrong is found, once, in both languages."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib

from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, entity
from kg import vocab
from kg.graph import Store
from kg.graph.validate import validate
from kg.model import ENTITY_TYPES, Article, Statement
from kg.vocab import KG, OA, RDF, RDFS, SEM, XSD

QUOTE = ENGLISH_STATEMENTS[0].evidence


def both() -> Store:
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    return store


def test_what_we_build_conforms() -> None:
    report = validate(both())
    assert report.conforms and report.rows == []
    assert (None, rdflib.SH.conforms, rdflib.Literal(True)) in report.graph


def test_shapes_and_ontology_say_the_same() -> None:
    """Each relation between each two types, all in one graph: exactly those outside domain and range are reported."""
    store = Store.memory()
    wrong = set()
    statements = []
    for relation in vocab.ontology().relations.values():
        for one, other in itertools.product(ENTITY_TYPES, repeat=2):
            pair = (f"a {relation.name} {one} {other}", one), (f"b {relation.name} {one} {other}", other)
            subject, object_ = (entity(name, kind) for name, kind in pair)
            statements.append(Statement("t", relation.name, subject, object_, evidence=QUOTE, language="en"))
            if one not in relation.domain or other not in relation.range:
                wrong |= {subject.iri, object_.iri}
    store.add(Article("t", "x", "en"), statements)
    rows = validate(store).rows
    assert {row.focus for row in rows if "/entity/" in row.focus} <= wrong
    plain = {(row.focus if row.path == "" else row.value) for row in rows if "/entity/" in row.focus}
    events = {row.value for row in rows if "/event/" in row.focus}
    bad_ends = {
        end.iri
        for s in statements
        for end, allowed in (
            (s.subject, vocab.ontology().relations[s.relation].domain),
            (s.object, vocab.ontology().relations[s.relation].range),
        )
        if end.type not in allowed
    }
    assert events == bad_ends and plain == bad_ends


Damage = Callable[[Store], None]


def swap(
    predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal | None, of: ox.NamedNode | ox.Literal | None = None
) -> Damage:
    """Return what gives the first quad with the predicate another object, or takes it away."""

    def damage(store: Store) -> None:
        quads = sorted(store.quads(None, predicate, of), key=str)
        store.inner.remove(quads[0])
        if value is not None:
            store.inner.add(ox.Quad(quads[0].subject, predicate, value, quads[0].graph_name))

    return damage


def bare(store: Store) -> None:
    store.inner.add(
        ox.Quad(
            ox.NamedNode(vocab.entity_iri("Country", "", "TR")),
            KG.meets,
            ox.NamedNode(vocab.entity_iri("Country", "", "AM")),
            KG.x,
        )
    )


@pytest.mark.parametrize(
    ("damage", "message", "pesan"),
    [
        (swap(KG.factuality, KG.perhaps), "asserted, planned or negated", "dinyatakan, direncanakan"),
        (swap(KG.factuality, None, KG.negated), "asserted, planned or negated", "dinyatakan, direncanakan"),
        (swap(KG.evidence, None), "sentence as evidence", "kalimat bukti"),
        (swap(KG.subject, None), "one subject", "satu subjek"),
        (swap(KG.relation, KG.loves), "has kg:relation", "memiliki kg:relation"),
        (swap(OA.start, ox.Literal(900)), "starts before", "mendahului"),
        (swap(OA.start, ox.Literal(-1)), "counted from 0", "dihitung dari 0"),
        (swap(OA.end, None), "has an end", "memiliki akhir"),
        (swap(OA.end, ox.Literal(1000)), "as long as", "panjang kalimat"),
        (swap(OA.exact, ox.Literal("")), "quoted exactly", "dikutip persis"),
        (swap(OA.hasSource, None), "belongs to one article", "satu artikel"),
        (swap(SEM.hasTimeStamp, ox.Literal("2020-13-45", datatype=XSD.date)), "a day, a month or a year", "bulan"),
        (swap(SEM.hasTimeStamp, ox.Literal("Tuesday")), "a day, a month or a year", "bulan"),
        (swap(RDFS.label, None, ox.Literal("Ilham Aliyev")), "has a label", "memiliki label"),
        (swap(RDF.type, None, KG.Country), "actor", "pelaku"),
        (swap(KG.iso, ox.Literal("tr")), "two capital letters", "huruf besar"),
        (swap(KG.textSha256, ox.Literal("0")), "SHA-256", "SHA-256"),
        (bare, "needs an asserted", "memerlukan peristiwa"),
        (swap(KG.supports, None), "is missing", "tidak ada"),
    ],
)
def test_each_damage_is_found(damage: Damage, message: str, pesan: str) -> None:
    store = both()
    damage(store)
    report = validate(store)
    assert not report.conforms and any(message in row.message for row in report.rows), report.rows
    assert any(pesan in row.message for row in validate(store, language="id").rows)
    assert all("\n" not in row.message for row in report.rows)
    again = rdflib.Graph().parse(data=report.turtle(), format="turtle")
    assert (None, rdflib.SH.conforms, rdflib.Literal(False)) in again
    assert len(list(again.objects(None, rdflib.SH.result))) >= len(report.rows)


def test_an_empty_graph_conforms() -> None:
    assert validate(Store.memory()).conforms


def test_each_quote_is_looked_for_in_the_texts() -> None:
    articles = [ARTICLE, ENGLISH]
    report = validate(both(), articles=[*articles, Article("another", "x", "en")])
    assert report.conforms and report.compared == 2
    changed = replace(ENGLISH, text="So: " + ENGLISH.text, sha256="")
    report = validate(both(), articles=[ARTICLE, changed])
    assert {row.message for row in report.rows} == {
        "the article's text is the one that was built",
        "the article has the quoted sentence at its offsets",
    }
    moved = both()  # as long as before, and elsewhere: only the text can tell
    sentence = next(moved.quads(None, OA.exact, None)).object
    for selector in [quad.subject for quad in moved.quads(None, OA.exact, sentence)]:
        place = ox.NamedNode(selector.value.replace("#quote=", "#position="))
        for predicate in (OA.start, OA.end):
            (quad,) = moved.quads(place, predicate)
            moved.inner.remove(quad)
            moved.inner.add(ox.Quad(place, predicate, ox.Literal(int(quad.object.value) + 1), quad.graph_name))
    assert validate(moved).conforms
    (row,) = validate(moved, articles=articles).rows
    assert row.value == sentence.value and "at its offsets" in row.message
    assert "pada posisinya" in validate(moved, articles=articles, language="id").rows[0].message
