"""One happening seen by several sources; reprints of one text are one source; and all of it taken back again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from graph.examples import ARMENIA, AZERBAIJAN, TURKEY, quote
from kg.graph import Store, queries
from kg.graph.fingerprints import fingerprints
from kg.model import Article, Statement

WORDS = [f"kata{n}" for n in range(4000)]


def written(seed: int, count: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def article(name: str, day: int, text: str) -> Article:
    return Article(name, f"Turkey visits Azerbaijan. {text}", "en", published=datetime(2020, 10, day, tzinfo=UTC))


def visit(of: Article, date: str | None = "2020-10-06", factuality: str = "asserted") -> Statement:
    return Statement(
        of.id, "visits", TURKEY, AZERBAIJAN, factuality, date, evidence=(quote(of.text, "Turkey"),), language="en"
    )


def ask(store: Store, **parameters: str) -> list[tuple[str | None, ...]]:
    rows = store.query(queries.load("corroborated", **parameters)).dicts()
    columns = ("subject", "relation", "object", "date", "sources", "articles")
    return [tuple(row[name] for name in columns) for row in rows]


A, B, C = (article(name, day, written(day)) for name, day in (("a", 6), ("b", 8), ("c", 7)))
REPRINT = replace(C, id="c2", text=C.text.replace("kata1 ", "").replace("Turkey visits", "Turkey  visits") + " (end)")
SEEN = ("Turkey", "visits", "Azerbaijan", "2020-10-06")


def built(*pairs: tuple[Article, Statement]) -> Store:
    store = Store.memory()
    for one, statement in pairs:
        store.add(one, [statement])
    return store


def test_sources_are_counted_with_first_and_last_seen() -> None:
    store = built((A, visit(A)), (B, visit(B, factuality="planned")), (C, visit(C)))
    assert ask(store) == [(*SEEN, "3", "3")]
    (row,) = store.query(queries.load("corroborated")).dicts()
    assert row["first"].startswith("2020-10-06") and row["last"].startswith("2020-10-08")
    assert "visits" in row["sentence"]
    happening = f"<{row['happening']}>"
    assert len(store.query(f"SELECT ?s {{ {happening} kg:evidence ?s }}")) == 3
    assert len(store.query(f"SELECT ?s {{ {happening} kg:seen ?s }}")) == 3
    assert ask(store, actor="country:AZ") and ask(store, actor="Turki") and not ask(store, actor="Armenia")
    assert store.query("ASK { ?h a kg:Happening }") and not ask(built((A, visit(A))))


def test_a_reprint_is_no_second_source() -> None:
    assert ask(built((C, visit(C)), (REPRINT, visit(REPRINT)))) == []
    store = built((C, visit(C)), (REPRINT, visit(REPRINT)), (A, visit(A)))
    assert ask(store) == [(*SEEN, "2", "3")]


def test_only_compatible_dates_are_one_happening() -> None:
    assert ask(built((A, visit(A, "2020-10")), (B, visit(B)))) == [(*SEEN, "2", "2")]
    assert ask(built((A, visit(A, "2020")), (B, visit(B)), (C, visit(C, "2020-10")))) == [
        (*SEEN, "3", "3"),
        ("Turkey", "visits", "Azerbaijan", "2020-10", "2", "2"),
    ]
    assert ask(built((A, visit(A, "2020-10-07")), (B, visit(B)))) == []
    assert ask(built((A, visit(A, None)), (B, visit(B)))) == []  # nothing says that it is the same one
    assert ask(built((A, visit(A, None)), (B, visit(B, None)))) == [(*SEEN[:3], None, "2", "2")]


def test_what_is_denied_corroborates_nothing() -> None:
    assert ask(built((A, visit(A)), (B, visit(B, factuality="negated")))) == []


def test_either_order_of_a_symmetric_relation_is_the_same() -> None:
    clash = replace(visit(A), relation="clashesWith", subject=ARMENIA)
    other = replace(clash, subject=AZERBAIJAN, object=ARMENIA)
    assert [row[:3] for row in ask(built((A, clash), (B, other)))] == [("Armenia", "clashesWith", "Azerbaijan")]


def test_no_order_matters_and_removal_takes_back_exactly() -> None:
    pairs = [(A, visit(A)), (B, visit(B)), (REPRINT, visit(REPRINT, "2020-10")), (C, visit(C))]
    whole = set(built(*pairs))
    for order in permutations(pairs):
        store = built(*order)
        assert set(store) == whole
        store.remove("b")
        assert set(store) == set(built(*(pair for pair in pairs if pair[0] is not B)))


@pytest.mark.parametrize("seed", range(10))
def test_near_copies_share_a_fingerprint_and_others_do_not(seed: int) -> None:
    rng = random.Random(seed)
    text = written(seed)
    words = text.split()
    for _ in range(4):  # a few words changed, a dateline before, a line behind
        words[rng.randrange(len(words))] = "lain"
    copy = "JAKARTA, KOMPAS.com - " + " ".join(words) + " Baca juga yang lain."
    first, near, far = (
        set(fingerprints(Article(name, body, "id")))
        for name, body in (("a", text), ("b", copy), ("c", written(seed + 100)))
    )
    assert first & near and not first & far
    assert fingerprints(Article("s", "Hanya beberapa kata saja.", "id")) == ()
    half = " ".join([*text.split()[:150], *written(seed + 200, 150).split()])
    assert len(first & set(fingerprints(Article("h", half, "id")))) <= 4
