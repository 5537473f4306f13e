"""Property graphs: Neo4j's import files, and Cypher that a parser of the language reads."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, TURKEY, VISIT
from graphglot import ast
from graphglot.dialect import Dialect

from kg import export
from kg.cli import main
from kg.errors import StoreError
from kg.export.cypher import literal, string
from kg.export.neo4j import write_folder
from kg.export.property_graph import label, relationship_type
from kg.graph import Store
from kg.model import Evidence

NEO4J = Dialect.get_or_raise("neo4j")
FILES = ("actors", "articles", "mentions", "statements")
HOSTILE = 'a "b" \\ \\" \\u0022}) DETACH DELETE n; // ` \' \r\n;\n\t\x00\u2028 {x: 1} \\'


@pytest.fixture
def store() -> Store:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, confidence=0.9), *STATEMENTS[1:]])
    store.add(ENGLISH, ENGLISH_STATEMENTS)
    return store


@pytest.fixture
def hostile() -> Store:
    store = Store.memory()
    said = replace(
        VISIT,
        subject=replace(TURKEY, names=(HOSTILE,)),
        evidence=(Evidence(HOSTILE, 0, len(HOSTILE)),),
        office=HOSTILE,
    )
    store.add(replace(ARTICLE, headline=HOSTILE), [said])
    return store


def folder(store: Store, path: Path) -> dict[str, list[dict[str, str]]]:
    write_folder(store, path)
    assert sorted(file.name for file in path.iterdir()) == [f"{name}.csv" for name in FILES]
    found = {}
    for name in FILES:
        with (path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


def parsed(store: Store, path: Path) -> list[ast.GqlProgram]:
    """Return the trees of a file's statements; each has a line of its own and parses as one statement."""
    export.write(store, path)
    lines = path.read_bytes().decode().split("\n")
    assert lines.pop() == ""
    trees = []
    for line in lines:
        assert line.isprintable() and line.endswith(";"), line
        checked = NEO4J.validate(line)
        assert checked.success, line
        (tree,) = NEO4J.parse(line)
        trees.append(tree)
    return trees


def texts(tree: ast.GqlProgram) -> list[str]:
    return [found.value for found in tree.find_all(ast.CharacterStringLiteral)]


def test_the_folder_has_the_headers_of_the_import(store: Store, tmp_path: Path) -> None:
    found = folder(store, tmp_path / "neo4j")
    actors = {row["iri:ID(Actor)"]: row for row in found["actors"]}
    articles = {row["iri:ID(Article)"]: row for row in found["articles"]}
    turkey = next(row for row in actors.values() if row["iso:string"] == "TR")
    assert turkey[":LABEL"] == "Actor;Country" and turkey["names:string[]"] == "Ankara;Turkey;Turki"
    assert turkey["wikidata:string"] == "Q43" and {row[":LABEL"] for row in articles.values()} == {"Article"}
    assert len(actors) == len(found["actors"]) == 8 and len(articles) == 2 and len(found["statements"]) == 8
    for row in found["statements"]:
        assert {row[":START_ID(Actor)"], row[":END_ID(Actor)"]} <= set(actors)
    for row in found["mentions"]:
        assert row[":START_ID(Article)"] in articles and row[":END_ID(Actor)"] in actors
    assert {row[":TYPE"] for row in found["mentions"]} == {"MENTIONS"}
    by_type = {row[":TYPE"]: row for row in found["statements"]}
    visit = by_type["VISITS"]
    assert (visit["date:string"], visit["date_from:date"], visit["confidence:double"]) == (
        "2020-10-06",
        "2020-10-06",
        "0.9",
    )
    assert visit["symmetric:boolean"] == "false" and visit["sentence_start:long"] == "0"
    assert visit["sentence:string"] == VISIT.evidence[0].sentence and visit["article:string"] == "visit-1"
    assert by_type["MEETS"]["date_to:date"] == "2020-10-31" and by_type["HOLDS_OFFICE"]["date_to:date"] == ""


def test_a_row_of_the_folder_is_a_line(hostile: Store, tmp_path: Path) -> None:
    found = folder(hostile, tmp_path / "neo4j")
    (row,) = found["statements"]
    told = HOSTILE.replace("\n", " ").replace("\r", " ").replace("\x00", "\ufffd")
    assert row["sentence:string"] == told and len(told) == len(HOSTILE)
    lines = (tmp_path / "neo4j" / "statements.csv").read_bytes().split(b"\n")
    assert len(lines) == 3 and b"\r" not in lines[1]
    names = next(row["names:string[]"] for row in found["actors"] if row["iso:string"] == "TR")
    assert ";" not in names  # one name, and a semicolon would make it two


def test_a_folder_of_something_else_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").touch()
    with pytest.raises(StoreError, match=r"other files \(mine\.txt\)"):
        write_folder(store, tmp_path / "x")
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["mine.txt"]
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "none" / "x"):
        with pytest.raises(StoreError, match="cannot be made a folder"):
            write_folder(store, path)
    folder(store, tmp_path / "twice")
    assert len(folder(store, tmp_path / "twice")["statements"]) == 8


def test_cypher_parses(store: Store, tmp_path: Path) -> None:
    trees = parsed(store, tmp_path / "x.cypher")
    told = [texts(tree) for tree in trees]
    assert len(trees) == 2 + 8 + 2 + 8 + len(folder(store, tmp_path / "neo4j")["mentions"])
    line = next(line for line in (tmp_path / "x.cypher").read_text(encoding="utf-8").splitlines() if "VISITS" in line)
    for typed in ('date_from: date("2020-10-06")', "confidence: 0.9", "symmetric: false", "sentence_start: 0"):
        assert typed in line
    assert "office" not in line and "null" not in line
    assert any(VISIT.evidence[0].sentence in found for found in told)
    types = {name.identifier.name for tree in trees for name in tree.find_all(ast.LabelName)}
    assert {"Actor", "Article", "Country", "Person", "VISITS", "HOLDS_OFFICE", "MENTIONS"} <= types


def test_no_text_leaves_its_string_in_cypher(hostile: Store, tmp_path: Path) -> None:
    trees = parsed(hostile, tmp_path / "x.cypher")
    told = [text for tree in trees for text in texts(tree)]
    assert told.count(HOSTILE) >= 4  # name, headline, office, sentence


@pytest.mark.parametrize("text", ["", "\\", '"', "'", "\\\\u0022", "\\uu0022", "a\nb", "\x85\ufeff", "é 😀", HOSTILE])
def test_a_string_comes_back(text: str) -> None:
    (tree,) = NEO4J.parse(f"RETURN {string(text)}")
    assert texts(tree) == [text]
    undone = string(text).replace("\\u0022", '"')  # as older servers do before they look at other escapes
    assert undone == string(text)


def test_literals_are_typed() -> None:
    value = {"a": None, "b": True, "c": 3, "d": 0.5, "e": date(2020, 2, 1), "f": ("x", 'y"'), "g": ()}
    assert literal(value) == '{b: true, c: 3, d: 0.5, e: date("2020-02-01"), f: ["x", "y\\""], g: []}'


def test_names_of_labels_are_letters() -> None:
    assert label("Per`son) DELETE") == "Per_son__DELETE" and label("") == "_" and label("Négara") == "N_gara"
    assert relationship_type("holdsOffice") == "HOLDS_OFFICE" and relationship_type("x`]->()") == "X______"


def test_the_command_tells_how_to_import(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.dump(tmp_path / "g.trig")
    assert main(["export", str(tmp_path / "g.trig"), "-o", f"{tmp_path / 'out'}/", "--as", "neo4j"]) == 0
    assert "neo4j-admin database import full" in capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert main(["export", str(tmp_path / "g.trig"), "-o", str(tmp_path / "x.csv"), "--as", "neo4j"]) == 2
    assert "name a folder" in capsys.readouterr().err


def test_an_empty_store(tmp_path: Path) -> None:
    assert all(rows == [] for rows in folder(Store.memory(), tmp_path / "x").values())
    assert len(parsed(Store.memory(), tmp_path / "x.cypher")) == 2
