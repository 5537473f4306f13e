"""What a worker answers, asked without a server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS, TURKEY
from graph.test_store import spoil

from kg.graph import Store
from kg.vocab import article_iri
from kg.worker.main import Worker
from kg.worker.messages import Request

ASKED = [
    Request(op="query", query="SELECT * { ?s ?p ?o }"),
    Request(op="named", name="who-met-whom"),
    Request(op="describe", iri=TURKEY.iri, ending="ttl"),
    Request(op="graph", graph=article_iri(ARTICLE.id)),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as store:
        store.add(ARTICLE, STATEMENTS)
        store.add(ENGLISH, ENGLISH_STATEMENTS)
    Store.open(tmp_path / "store").close()  # what is in the log becomes tables
    return tmp_path / "store"


@pytest.mark.parametrize("request_", ASKED, ids=lambda request: request.op)
def test_what_is_read_is_answered(path: Path, request_: Request) -> None:
    answer = Worker().answer(replace(request_, store=str(path), limit=1_000_000), b"")
    assert answer.status == 200 and answer.body


@pytest.mark.parametrize("request_", ASKED, ids=lambda request: request.op)
def test_a_damaged_store_is_told_and_not_where_it_lies(path: Path, request_: Request) -> None:
    spoil(path, 0)
    answer = Worker().answer(replace(request_, store=str(path), limit=1_000_000), b"")
    assert answer.status in (400, 500) and str(path.parent) not in answer.message and "\n" not in answer.message


def test_an_answer_does_not_grow_past_its_limit(path: Path) -> None:
    answer = Worker().answer(replace(ASKED[0], store=str(path), limit=100), b"")
    assert answer.status == 400 and "add LIMIT" in answer.message


def test_what_is_written_is_there_for_the_next_snapshot(path: Path, tmp_path: Path) -> None:
    worker, triple = Worker(), "<http://e/a> <http://e/b> <http://e/c>"
    done = worker.answer(Request(op="update", store=str(path), update=f"INSERT DATA {{ {triple} }}"), b"")
    assert (done.status, done.body) == (204, b"")
    taken = worker.answer(Request(op="snapshot", store=str(path), folder=str(tmp_path / "taken")), b"")
    assert taken.status == 200
    asked = Request(op="query", store=str(tmp_path / "taken"), query=f"ASK {{ {triple} }}", limit=1_000)
    assert worker.answer(asked, b"").body == b'{"head":{},"boolean":true}'
