"""What lies in a table comes back as it was; and what a worker does with a row needs no Spark."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kg.graph.lines import article_lines, quads_of
from kg.graph.local_names import locals_of
from kg.graph.rdf import article_quads
from kg.model import Article, Entity, Evidence, Held, Resolved, Statement
from kg.spark import records
from kg.spark.articles import month, of_row
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
