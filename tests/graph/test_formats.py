"""Files: the same bytes for the same graph, the same graph for the same file, whole or not at all."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, VISIT
from kg.errors import StoreError
from kg.graph import Store, formats
from kg.graph.files import whole_file
from kg.graph.rdflib_copy import to_graph, to_rdflib

NASTY = 'a"b\\c <img src=x onerror=alert(1)>\r\n\t\u202e\u200f é 漢 \U0001f600 {} @prefix . """'


def built(*, reverse: bool = False) -> Store:
    store = Store.memory()
    nasty = replace(ARTICLE, id="x#/ y", headline=NASTY)
    pairs = [(ARTICLE, STATEMENTS), (ENGLISH, ENGLISH_STATEMENTS), (nasty, [VISIT])]
    for article, statements in reversed(pairs) if reverse else pairs:
        store.add(article, list(reversed(statements)) if reverse else statements)
    return store


@pytest.mark.parametrize("suffix", formats.FORMATS)
def test_the_same_graph_gives_the_same_bytes_and_comes_back(suffix: str, tmp_path: Path) -> None:
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    built().dump(one)
    built(reverse=True).dump(other)
    assert one.read_bytes() == other.read_bytes()
    loaded = Store.load(one)
    assert set(loaded) == set(built())  # graphs too, even from formats that have none
    loaded.dump(other)
    assert one.read_bytes() == other.read_bytes()


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from graph.test_formats import built;"
        "[built().dump(f'{sys.argv[2]}.{e}') for e in ('ttl', 'trig', 'jsonld', 'rdf')]"
    )
    tests = str(Path(__file__).parent.parent)
    for name, seed in (("a", "1"), ("b", "2")):
        subprocess.run(
            [sys.executable, "-c", code, tests, str(tmp_path / name)],
            check=True,
            timeout=180,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    for suffix in ("ttl", "trig", "jsonld", "rdf"):
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


@pytest.mark.parametrize(("suffix", "name"), [(".ttl", "turtle"), (".nt", "nt"), (".rdf", "xml")])
def test_rdflib_reads_the_same_triples(suffix: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    built().dump(path)
    assert isomorphic(rdflib.Graph().parse(path, format=name), to_graph(built()))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(("suffix", "name"), [(".trig", "trig"), (".nq", "nquads"), (".jsonld", "json-ld")])
def test_rdflib_reads_the_same_graphs(suffix: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    built().dump(path)
    dataset = rdflib.Dataset()
    dataset.parse(path, format=name)
    expected = to_rdflib(built())
    assert {(*q[:3], str(q[3])) for q in dataset.quads()} == {(*q[:3], str(q[3])) for q in expected.quads()}


def test_turtle_reads_well(tmp_path: Path) -> None:
    built().dump(tmp_path / "x.ttl")
    text = (tmp_path / "x.ttl").read_text(encoding="utf-8")
    assert "\nperson:mevlut-cavusoglu a schema:Person ,\n        kg:Person ;\n    rdfs:label " in text
    assert "    kg:visits country:AZ .\n" in text and '"2020-10-06"^^xsd:date' in text and "oa:start 0 ." in text
    declared = {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")}
    assert "owl:" in declared and "sh:" not in declared


def test_control_characters_survive_everywhere_but_in_xml(tmp_path: Path) -> None:
    store = Store.memory()
    store.add(replace(ENGLISH, headline="a\x01b\rc"), [])
    for suffix in formats.FORMATS:
        store.dump(tmp_path / f"x{suffix}")
        headline = Store.load(tmp_path / f"x{suffix}").query("SELECT ?h { ?a schema:headline ?h }").table()
        assert headline == [("a\ufffdb\rc" if suffix == ".rdf" else "a\x01b\rc",)]
    read = rdflib.Graph().parse(tmp_path / "x.rdf", format="xml")
    assert rdflib.Literal("a\ufffdb\rc", lang="en") in set(read.objects())


def test_files_of_others_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix : <http://e/> . :a :b [ :c 'd' ] . <rel> :b 1.50 .")
    store = Store.load(tmp_path / "x.ttl")
    assert len(store.query("SELECT * { ?s ?p ?o }")) == 3
    store.dump(tmp_path / "y.trig")
    assert len(Store.load(tmp_path / "y.trig")) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.ttl", b"<http://a> <http://b", "line 1 is no valid Turtle"),
        ("x.nq", b"\xff\xfe\x00\x01", "N-Quads"),
        ("x.rdf", b"<rdf:RDF", "RDF/XML"),
        ("x.jsonld", b"{", "JSON-LD"),
        ("x.doc", b"", "names no RDF format"),
        ("x.jsonld", b'{"@context": "https://schema.org/", "name": "x"}', "JSON-LD"),
        ("x", b"", "names no RDF format"),
    ],
)
def test_bad_files_give_one_line(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError, match=message) as caught:
        Store.load(tmp_path / name)
    assert name in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store.load(tmp_path / "x.ttl")
    with pytest.raises(StoreError, match=r"x does not exist: build it with `kg build … --store x`"):
        Store.load(tmp_path / "x")


def test_an_entity_bomb_is_no_bomb(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE r [<!ENTITY l0 "lol">{entities}]><rdf:RDF xmlns:rdf="{rdflib.RDF}" xmlns:e="http://e/">'
        '<rdf:Description rdf:about="http://e/a"><e:p>&l9;</e:p></rdf:Description></rdf:RDF>'
    )
    (tmp_path / "x.rdf").write_text(bomb)
    with pytest.raises(StoreError, match="entities"):
        Store.load(tmp_path / "x.rdf")
    long = bomb.replace("lol", "x" * 5000)
    (tmp_path / "x.rdf").write_text(long.replace(entities, "").replace("l9", "l0"))
    with pytest.raises(StoreError, match="entities"):
        Store.load(tmp_path / "x.rdf")
    (tmp_path / "x.rdf").write_text(bomb.replace(entities, "").replace("l9", "l0"))
    assert len(Store.load(tmp_path / "x.rdf")) == 1


def test_files_appear_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    target.write_text("before")
    with pytest.raises(RuntimeError), whole_file(target) as file:
        file.write(b"half")
        raise RuntimeError
    assert target.read_text() == "before" and [path.name for path in tmp_path.iterdir()] == ["x.txt"]
    with whole_file(target) as file:
        file.write(b"after")
    assert target.read_text() == "after" and target.stat().st_mode & 0o044


@pytest.mark.parametrize("where", ["missing/x.ttl", "."])
def test_where_nothing_can_be_written(where: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        built().dump(tmp_path / where, "ttl")
    assert "\n" not in str(caught.value)


def test_sorting_does_not_depend_on_the_order_of_quads() -> None:
    quads = list(built())
    texts = set()
    for seed in range(3):
        random.Random(seed).shuffle(quads)
        texts.add("".join(formats.Writer(formats.vocab.prefixes(), graphs=True).document(quads)))
    assert len(texts) == 1
