"""The Python face."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg


@pytest.fixture
def graph(turtle):
    return kg.Graph.load(turtle)


def test_importing_kg_imports_nothing_heavy():
    code = "import sys, kg; print([m for m in ('spacy', 'rdflib', 'pyvis', 'pyoxigraph', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_public_name_hides_a_module():
    names = {path.stem for path in Path(kg.__file__).parent.iterdir()}
    hidden = {name for name in kg.__all__ if name in names}
    assert not hidden and callable(kg.build) and kg.pipeline.build is kg.build


def test_a_query_sees_plain_triples_without_prefixes_declared(graph):
    rows = graph.query("SELECT ?who ?what { ?who kg:supports ?what }").dicts()
    assert [row["who"].rpartition("/")[2] for row in rows] == ["TR"]
    assert not graph.query("ASK { ?x kg:attacks ?y }")  # negated: no plain triple


def test_a_wrong_query_is_an_error_of_ours(graph):
    with pytest.raises(kg.KGError, match="does not parse"):
        graph.query("SELEC ?x")


def test_networkx_and_rdflib(graph):
    assert graph.to_networkx().number_of_edges() == 3
    assert len(graph.to_rdflib()) > 50


def test_writing_and_loading_again_gives_the_same_bytes(graph, turtle, tmp_path):
    graph.write(tmp_path / "again.ttl")
    assert (tmp_path / "again.ttl").read_bytes() == turtle.read_bytes()


def test_a_notebook_shows_the_page_in_a_frame_that_can_do_little(graph):
    shown = graph._repr_html_()
    allowed = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
    assert shown.startswith("<iframe srcdoc=") and f'sandbox="{allowed}"' in shown
    assert "allow-same-origin" not in shown and shown.count("<") == 2


def test_the_page_has_labels_of_the_ontology_in_both_languages(graph, tmp_path):
    graph.explore(tmp_path / "x.html", title="Uji", lang="id")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert '<html lang="id">' in text and "<h1>Uji</h1>" in text and "mendukung" in text
    assert "Turki" in text and "Türkiye" in graph.page()  # a country's name in the page's language
    assert not list(tmp_path.glob(".*"))


def test_repr_says_what_it_holds(graph):
    assert "1 article" in repr(graph)


def test_an_article_that_breaks_a_rule_is_skipped_where_someone_listens(linked):
    doc = SimpleNamespace(user_data={"article": linked[0]})  # no tokens: extraction breaks
    heard = []
    assert list(kg.pipeline._statements_of(doc, lambda source, reason: heard.append((source, reason)))) == []
    assert heard[0][0] == "https://news.example/baku"
    assert "internal error" in heard[0][1]
    with pytest.raises(AttributeError):
        list(kg.pipeline._statements_of(doc, None))
