"""Graphviz files, read again by a parser of the language and, where it is installed, by Graphviz."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pydot
import pytest
from graph.examples import ARTICLE, STATEMENTS, VISIT

from kg import export
from kg.export.dot import quoted
from kg.graph import Store
from kg.model import Evidence

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pydot's, of pyparsing

HOSTILE = 'a "b" \\ \\N \\" ]; x -> y [label="z"] <b> &lt; AT&T\n// # \x00 \\'


def read(path: Path) -> pydot.Dot:
    (graph,) = pydot.graph_from_dot_file(str(path), encoding="utf-8")
    return graph


def plain(value: str) -> str:
    """Return what a quoted string stands for."""
    assert value[0] == value[-1] == '"'
    return value[1:-1].replace("\\\\", "\0").replace('\\"', '"').replace("\\n", "\n").replace("\0", "\\")


def test_nodes_and_edges_with_their_attributes(tmp_path: Path) -> None:
    store = Store.memory()
    store.add(ARTICLE, [replace(VISIT, confidence=0.9), *STATEMENTS[1:]])
    export.write(store, tmp_path / "x.dot")
    graph = read(tmp_path / "x.dot")
    assert graph.get_type() == "digraph" and len(graph.get_edges()) == 5
    nodes = {plain(node.get_name()): node for node in graph.get_nodes() if node.get_name() != "node"}
    assert set(nodes) == {node.iri for row in export.statements(store) for node in (row.subject, row.object)}
    edges = {plain(edge.get("label")): edge for edge in graph.get_edges()}
    visit = edges["visits"]
    assert {name: plain(visit.get(name)) for name in ("confidence", "date", "factuality", "style")} == {
        "confidence": "0.9",
        "date": "2020-10-06",
        "factuality": "planned",
        "style": "dashed",
    }
    assert plain(visit.get("tooltip")) == VISIT.evidence[0].sentence and plain(visit.get("URL")) == ARTICLE.url
    assert plain(nodes[plain(visit.get_destination())].get("label")) == "Azerbaijan"
    assert edges["clashesWith"].get("dir") == '"none"' and visit.get("dir") is None
    assert edges["attacks"].get("style") == '"dotted"' and edges["attacks"].get("confidence") is None


def test_no_text_leaves_its_quotes(tmp_path: Path) -> None:
    store = Store.memory()
    said = replace(VISIT, evidence=(Evidence(HOSTILE, 0, len(HOSTILE)),), office=HOSTILE)
    store.add(replace(ARTICLE, url=HOSTILE), [said])
    export.write(store, tmp_path / "x.dot")
    (edge,) = read(tmp_path / "x.dot").get_edges()
    told = HOSTILE.replace("\x00", "\ufffd")
    assert plain(edge.get("office")) == told
    assert plain(edge.get("tooltip")) == told.replace("&lt;", "&amp;lt;")  # what is drawn is read as HTML is
    if shutil.which("dot"):
        assert subprocess.run(["dot", "-Tsvg", str(tmp_path / "x.dot")], capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    ("text", "made"),
    [("a", '"a"'), ("\\", '"\\\\"'), ('"', '"\\""'), ('\\"', '"\\\\\\""'), ("a\r\nb\rc", '"a\\nb\\nc"'), ("", '""')],
)
def test_quoting(text: str, made: str) -> None:
    assert quoted(text) == made


def test_an_empty_graph(tmp_path: Path) -> None:
    export.write(Store.memory(), tmp_path / "x.dot")
    assert read(tmp_path / "x.dot").get_edges() == []
