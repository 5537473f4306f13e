"""`kg reconcile`, and names in a language: `--lang` of queries and exports, and who is unknown."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, TURKEY

from kg import Graph
from kg.cli import main

TABLE = "no,nama\n1,Turkey\n2,TUR\n3,\n4,Aliyev\n5,Nobody At All\n6,Turkey\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "store"
    graph = Graph.open(folder)
    turki = replace(TURKEY, name="Turki")
    graph.store.add(ARTICLE, [replace(one, subject=turki) if one.subject == TURKEY else one for one in STATEMENTS])
    graph.store.add(ENGLISH, ENGLISH_STATEMENTS[:1])
    graph.close()
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def run_(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return (code, *capsys.readouterr())

    return run_


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def test_columns_are_added(run, store, table, tmp_path) -> None:
    out = tmp_path / "out.csv"
    code, said, err = run("reconcile", store, table, "--column", "nama", "-o", out)
    assert (code, said) == (0, "") and "Matched 2 of 4 names, in 3 of 6 rows" in err
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert list(rows[0]) == ["no", "nama", "iri", "label", "score", "match", "wikidata"]
    assert [row["match"] for row in rows] == ["true", "true", "false", "false", "false", "true"]
    assert rows[0]["iri"] == TURKEY.iri and rows[0]["wikidata"] == "Q43" and rows[0]["label"] == "Turkey"
    assert rows[3]["label"] == "Ilham Aliyev" and rows[2]["iri"] == rows[4]["iri"] == ""


def test_from_and_to_the_standard_streams(run, store, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.replace(",", ";").encode())))
    code, out, _ = run("reconcile", store, "-", "--column", "nama", "--lang", "id", "-o", "-")
    rows = list(csv.DictReader(io.StringIO(out), delimiter=";"))
    assert code == 0 and rows[1]["label"] == "Turki" and len(rows) == 6


def test_what_matched_and_what_did_not_and_why(run, store, table) -> None:
    code, out, _ = run("reconcile", store, table, "--column", "nama")
    lines = {line.split("  ")[0]: line for line in out.splitlines()}
    assert code == 0 and " yes " in lines["Turkey"]
    assert " no " in lines["Aliyev"] and "the short name of Ilham Aliyev" in lines["Aliyev"]
    assert "nobody here is called like that" in lines["Nobody At All"]


def test_a_type_restricts_and_own_columns_stay(run, store, tmp_path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('iri,nama\n=1+1,Turkey\n"a, b"\n', encoding="utf-8")
    _, out, _ = run("reconcile", store, table, "--column", "nama", "--type", "person", "-o", "-")
    assert out.splitlines() == [
        "iri,nama,kg_iri,label,score,match,wikidata",
        "=1+1,Turkey,,,,false,",
        '"a, b",,,,,false,',
    ]


@pytest.mark.parametrize("text", [None, b"", b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_bad_usage(run, store, tmp_path, text) -> None:
    table = tmp_path / "t.csv"
    if text is not None:
        table.write_bytes(text)
    code, out, err = run("reconcile", store, table, "--column", "nama")
    assert (code, out) == (2, "") and err.count("\n") == 1 and "t.csv" in err
    assert text != b"a,b\n1,2\n" or "there are a, b" in err


# ---- both languages


@pytest.mark.parametrize("actor", ["Turkey", "turki", "TR", "TUR", "Q43", "country:TR"])
def test_an_actor_by_any_name_code_or_id(run, store, actor) -> None:
    code, out, _ = run("query", store, "about", "--param", f"actor={actor}", "--format", "csv")
    assert code == 0 and len(out.splitlines()) == 3


def test_an_unknown_actor_is_told(run, store) -> None:
    code, out, err = run("query", store, "about", "--param", "actor=Turkistan")
    assert (code, out) == (2, "") and err == "kg: no actor here is called 'Turkistan'; did you mean Turki?\n"
    assert run("query", store, "visits", "--param", "actor=Q999")[0] == 2


def test_names_of_an_answer_are_in_the_language(run, store) -> None:
    def subjects(*options: str) -> set[str]:
        _, out, _ = run("query", store, "who-supports-whom", "--format", "csv", *options)
        return {row["subject"] for row in csv.DictReader(io.StringIO(out))}

    assert subjects() == subjects("--lang", "en") == {"Turkey"} and subjects("--lang", "id") == {"Turki"}
    assert subjects("--lang", "id", "--param", "lang=en") == {"Turkey"}
    code, _, err = run("query", store, "SELECT * { ?s ?p ?o }", "--lang", "id", "--format", "csv")
    assert code == 2 and "named queries" in err


def test_names_of_exports_are_in_the_language(run, store, tmp_path) -> None:
    for language, name in ((None, "Turkey"), ("en", "Turkey"), ("id", "Turki")):
        chosen = ["--lang", language] if language else []
        assert run("export", store, "-o", tmp_path / "x.csv", *chosen)[0] == 0
        rows = list(csv.DictReader((tmp_path / "x.csv").open(encoding="utf-8", newline="")))
        assert {row["subject"] for row in rows if row["subject_iso"] == "TR"} == {name}
        for suffix, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
            assert run("export", store, "-o", tmp_path / f"x{suffix}", *chosen)[0] == 0
            graph = read(tmp_path / f"x{suffix}")
            assert name in {data.get("label") for _, data in graph.nodes(data=True)}
    code, _, err = run("export", store, "-o", tmp_path / "x.ttl", "--lang", "id")
    assert code == 2 and "all languages" in err


def test_a_country_has_a_name_in_the_language_that_no_article_is_in(run, tmp_path) -> None:
    graph = Graph()
    turki = replace(TURKEY, name="Turki", names=("Turki",))
    graph.store.add(ARTICLE, [replace(one, subject=turki) for one in STATEMENTS if one.subject == TURKEY])
    graph.write(tmp_path / "x.ttl")
    _, out, _ = run("query", tmp_path / "x.ttl", "about", "--param", "actor=Turkey", "--format", "csv")
    assert out.splitlines()[1].startswith("Türkiye,")
    _, out, _ = run("query", tmp_path / "x.ttl", "about", "--param", "actor=Turkey", "--lang", "id", "--format", "csv")
    assert out.splitlines()[1].startswith("Turki,")
    assert [row.subject.label for row in graph.statements()] == ["Türkiye"]
