"""What is left of a graph above a confidence: as if nothing else had ever been read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.examples import (
    ARTICLE,
    CLASH,
    DENIED,
    ENGLISH,
    ENGLISH_STATEMENTS,
    MEETING,
    OFFICE,
    VISIT,
)
from kg.graph.confident import LeftOut, at_least, fits
from kg.graph.store import Store
from kg.graph.validate import validate
from kg.model import Statement
from kg.vocab import KG

FIRST = [
    replace(VISIT, confidence=0.9),
    replace(MEETING, confidence=0.5),
    replace(OFFICE, confidence=0.69),
    replace(CLASH, confidence=0.7),
    DENIED,
]
SECOND = [
    replace(statement, confidence=sure) for statement, sure in zip(ENGLISH_STATEMENTS, (0.3, 0.95, 0.2), strict=True)
]


def store(first: list[Statement], second: list[Statement]) -> Store:
    made = Store.memory()
    made.add(ARTICLE, first)
    made.add(ENGLISH, second)
    return made


def sure(statements: list[Statement], least: float) -> list[Statement]:
    return [one for one in statements if one.confidence is not None and one.confidence >= least]


@pytest.mark.parametrize(
    ("least", "left_out"), [(0.0, (0, 1)), (0.6, (3, 1)), (0.7, (4, 1)), (0.71, (5, 1)), (0.9, (5, 1))]
)
@pytest.mark.parametrize("ending", ["", ".trig", ".ttl"])
def test_what_is_left_is_the_graph_of_the_probable_statements(
    tmp_path: Path, ending: str, least: float, left_out: tuple[int, int]
) -> None:
    whole = store(FIRST, SECOND)
    if ending:
        whole.dump(tmp_path / f"x{ending}")
        whole = Store.load(tmp_path / f"x{ending}")
    before = set(whole)
    found, counted = at_least(whole, least)
    assert counted == LeftOut(*left_out)
    assert set(found) == set(store(sure(FIRST, least), sure(SECOND, least)))
    assert set(whole) == before and validate(found).conforms


def test_an_article_of_which_nothing_is_left_stays_with_its_publisher() -> None:
    found, counted = at_least(store(FIRST, SECOND), 1.0)
    assert counted == LeftOut(7, 1) and list(found.articles()) == ["support-2", "visit-1"]
    assert not list(found.quads(None, KG.relation)) and not list(found.quads(None, KG.report))
    named = {str(quad.object).rpartition("/")[2] for quad in found.quads(None, KG.naming)}
    assert named == {"anadolu-agency>", "kompas-com>", "the-post>"}


def test_what_another_article_is_sure_of_stays() -> None:
    """Both articles tell of the clash; the plain triple and the happening are those of the one that is left."""
    dated = replace(ENGLISH_STATEMENTS[2], date="1994", confidence=0.8)
    found, _ = at_least(store([replace(CLASH, confidence=0.1)], [dated]), 0.5)
    assert len(list(found.quads(None, KG.clashesWith))) == 2  # either way
    assert len(list(found.quads(None, KG.report))) == 1


def test_a_store_on_disk_stays_as_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as made:
        made.add(ARTICLE, FIRST)
    with Store.load(tmp_path / "store") as read:
        found, _ = at_least(read, 0.8)
        assert len(list(found.quads(None, KG.confidence))) == 1
    with Store.load(tmp_path / "store") as again:
        assert len(list(again.quads(None, KG.confidence))) == 4


@pytest.mark.parametrize("value", ["1.5", "-0.1", "nan", "sure", "", None])
def test_what_is_no_probability_is_none(value: str | None) -> None:
    assert fits(value, 0.0) is None


def test_a_statement_of_others_with_no_probability_is_counted_as_without() -> None:
    made = store(FIRST, [])
    event = next(made.quads(None, KG.confidence)).subject
    made.inner.update(f"DELETE WHERE {{ GRAPH ?g {{ {event} {KG.confidence} ?c }} }}")
    made.inner.update(f"INSERT DATA {{ GRAPH <https://x.example/g> {{ {event} {KG.confidence} 'sure' }} }}")
    assert at_least(made, 0.0)[1] == LeftOut(0, 2)


def test_a_flat_file_of_others_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    quads = list(store(FIRST, SECOND))
    twice = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("https://x.example/g")) for q in quads]
    path.write_bytes(ox.serialize([*quads, *twice], format=ox.RdfFormat.N_QUADS) or b"")
    found, counted = at_least(Store.load(path), 0.7)
    assert counted == LeftOut(4, 1)
    assert len(list(found.query("SELECT ?e { ?e kg:confidence ?c }").stream())) == 3
