"""What lies in a table comes back as it was; and what a worker does with a row needs no Spark."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

import kg.ingest
from kg.errors import SourceError
from kg.graph.lines import article_lines, quads_of, shared_lines
from kg.graph.local_names import locals_of
from kg.graph.rdf import article_quads
from kg.ingest import readers
from kg.model import Article, Entity, Evidence, Held, Resolved, Statement
from kg.spark import records, sources
from kg.spark.articles import month, of_row
from kg.spark.columns import ARTICLES, batched
from kg.spark.settings import Settings

OFFICE = Held((("en", "Minister"), ("id", "Menteri")), "https://x.example/b", (("en", "Body"),), "2020", "", "2024-05")
WHO = Entity('Ana \u2028 "Q"', "Person", ("Ana", "A."), None, "https://x.example/ana", "Q1", (OFFICE,))
WHERE = Entity("Turki", "Country", ("Turki",), "TR", "https://x.example/TR")


def test_statements_come_back(linked):
    _, found = linked
    quote = Evidence("Ana …", 3, 8, (3, 6), None)
    one = Statement("d", "visits", WHO, WHERE, "planned", "2020-10", WHERE, (WHO, WHERE), "x", (quote,), "en", 0.93)
    for those in ([one], found, []):
        assert records.statements_of(records.statements_text(those)) == those


def test_an_article_comes_back(linked):
    article, _ = linked
    others = [
        replace(article, published=datetime(2020, 1, 1, tzinfo=UTC), authors=("A", "B"), related=("x",), given="y"),
        replace(article, published=datetime(2020, 1, 1, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
        Article("bare", "", "id"),
    ]
    for one in (article, *others):
        assert records.article_of(records.article_text(one)) == one


def test_local_names_and_those_whom_they_mean_come_back(linked):
    article, found = linked
    names = locals_of(article_quads(article, found))
    assert names and records.locals_of(records.locals_text(names)) == names
    meant = {"a": Resolved("b", {"id": "Nama", "": "x"}, "Q1", "Place"), "c": Resolved("c")}
    again = records.meant_of(records.meant_text(meant))
    assert {iri: (one.iri, one.names, one.wikidata, one.type) for iri, one in again.items()} == {
        iri: (one.iri, one.names, one.wikidata, one.type) for iri, one in meant.items()
    }
    assert records.meant_of(None) == {}


def test_lines_are_quads(linked):
    quads = article_quads(*linked)
    lines = article_lines(quads)
    assert quads_of(lines) == quads and lines.count("\n") == len(quads)


def row(data: bytes | None, source: str) -> dict:
    return {"place": 3, "block": 0, "nth": 7, "source": source, "data": data}


def test_a_line_a_file_and_a_page_are_read(tmp_path):
    said = "Presiden Norwegia mengunjungi Oslo pada hari Senin dan bertemu dengan Perdana Menteri Swedia."
    (tmp_path / "senin.txt").write_text(said)
    given = {
        "line": row(f'{{"id": "senin", "text": "{said}", "date": "2031-02-03"}}'.encode(), "x.jsonl.gz"),
        "path": row(None, str(tmp_path / "senin.txt")),
        "bytes": row(said.encode(), "s3a://bucket/news/senin.txt"),
    }
    for name, one in given.items():
        (found,) = of_row(one, Settings())
        article = records.article_of(found["article"])
        assert (article.id, article.text, found["nth"], found["at"]) == ("senin", said, 7, 0), name
        assert found["month"] == ("2031-02" if name == "line" else "undated") == month(article)


@pytest.mark.parametrize("data", [b"", b"  ", b"\r"])
def test_an_empty_line_is_nothing(data):
    assert list(of_row(row(data, "x.jsonl.gz"), Settings())) == []


def test_half_surrogates_are_what_the_graph_makes_of_them():
    """JSON can carry them, and no table and no file can."""
    said = "Presiden Norwegia mengunjungi Oslo pada hari Senin dan bertemu dengan Perdana Menteri Swedia."
    half = "\\ud800"
    line = f'{{"id": "a{half}", "publisher": "K{half}", "url": "https://x.example/{half}", "text": "{said}{half}"}}'
    (found,) = of_row(row(line.encode(), "x.jsonl"), Settings())
    (table,) = batched([found], ARTICLES)
    assert table.num_rows == 1
    (whole,) = kg.ingest.read([_lines(line)])
    for one in (records.article_of(found["article"]), replace(whole, id=found["id"])):
        quads = article_quads(one, [])
        assert found["id"] == "a?" and {str(q) for q in quads} == {str(q) for q in article_quads(whole, [])}


def _lines(line: str):
    return lambda skip: readers.read_bytes(line.encode(), "x.jsonl", skip, path="x.jsonl")


def test_an_article_that_breaks_what_reads_it_is_a_row(monkeypatch):
    def breaks(record, lang):
        raise RecursionError("too deep")

    monkeypatch.setattr(kg.ingest.article, "build", breaks)
    (found,) = of_row(row(b'{"text": "Ya."}', "x.jsonl"), Settings())
    assert found["reason"] == "internal error, RecursionError: too deep; leave it out, and report it"


def test_a_table_of_actors_that_is_changed_is_told_from_the_former():
    one = Settings(actors=("a.csv",), digests=("12",))
    assert one.to_json()["actors"] == ["a.csv 12"] != Settings(actors=("a.csv",), digests=("34",)).to_json()["actors"]


def test_lines_of_the_shared_graph_end_where_they_end():
    from pyoxigraph import Literal, NamedNode, Triple

    name = Literal("Ana\u2028B\x85C")
    assert len(shared_lines([Triple(NamedNode("urn:a"), NamedNode("urn:b"), name)])) == 1
    assert shared_lines([]) == []


def test_a_name_that_spark_cannot_carry_is_told(tmp_path):
    (tmp_path / "b.txt").write_text("Ya.")
    odd = tmp_path / os.fsdecode(b"a\xff.txt")
    odd.write_text("Ya.")
    for path in (str(tmp_path), str(odd)):
        with pytest.raises(SourceError, match="UTF-8 only"):
            list(sources._files([path]))


@pytest.mark.parametrize("data", [b'{"id": 1}', b"{", b"\xff\xfe\x00", b'{"text": "  "}'])
def test_what_is_no_article_is_a_row_with_the_reason(data):
    (found,) = of_row(row(data, "x.jsonl"), Settings())
    assert found["reason"] and "article" not in found and not found["reason"].startswith("line 1")
    assert found["record"] == data.decode("utf-8", "replace")


def test_of_articles_at_which_reading_breaks_only_those_are_lost(monkeypatch, linked):
    from kg.spark import reading

    article, found = linked
    chunk = [replace(article, id=f"a{number}") for number in range(5)]

    def read(articles, _how, on_skip):
        for one in articles:
            if one.id == "a1":
                on_skip("x", "no sense in it")
            elif one.id == "a3" and len(chunk) > 0:
                raise ValueError("parser")
            else:
                yield one, found

    monkeypatch.setattr(reading, "read", read)
    got = {one.id: outcome for one, outcome in reading.built(chunk, None)}
    assert list(got) == ["a0", "a1", "a2", "a3", "a4"]
    assert got["a0"] == got["a2"] == got["a4"] == found
    assert got["a1"] == "no sense in it" and "ValueError: parser" in got["a3"]


def test_a_failed_job_is_told_in_javas_own_words():
    errors = pytest.importorskip("py4j.protocol")

    from kg.spark import engine

    told = engine.failure(
        errors.Py4JError("An error occurred while calling o85.parquet.\n: java.io.IOException: no room\n\tat x")
    )
    assert "java.io.IOException: no room" in str(told) and "o85" not in str(told)
