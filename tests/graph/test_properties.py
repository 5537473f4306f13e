"""For whatever is stated, in whatever order: building is idempotent, ordered by nothing, and taken back exactly."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.examples import entity
from kg import vocab
from kg.export import statements as rows_of
from kg.graph import Store
from kg.model import FACTUALITIES, Article, Entity, Evidence, Statement

hostile = st.one_of(
    st.sampled_from(
        [
            '"',
            "<img src=x onerror=alert(1)>",
            "a\nb",
            "\u202eabc\u200f",
            "'; DROP ALL #",
            "\\",
            "{}",
            "é漢\U0001f600",
            "\x00",
            "\ud800",
            "]]>",
            "&amp;",
            "@prefix",
            " ",
        ]
    ),
    st.text(min_size=1, max_size=12),
)
names = st.sampled_from(["Ana", "Budi", "Citra", "Dewi"])
people = st.builds(lambda name, alias: entity(name, "Person", name, alias), names, hostile)
countries = st.sampled_from(
    [
        entity("Turkey", "Country", "Turki", iso="TR", wikidata="Q43"),
        entity("Armenia", "Country", iso="AM"),
        entity("Armenia", "Country", "Yerevan", iso="AM"),
    ]
)
odd = hostile.map(
    lambda name: Entity(name, "Organization", (name, name + "!"), None, vocab.entity_iri("Organization", name))
)
actors = st.one_of(people, countries, odd)
dates = st.sampled_from([None, "1994", "2020-10", "2020-10-06"])
sentences = st.builds(lambda text, start: Evidence(text, start, start + len(text)), hostile, st.integers(0, 999))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    subject = draw(actors)
    object_ = draw(actors.filter(lambda other: other.iri != subject.iri))
    return Statement(
        "",
        draw(st.sampled_from(["visits", "meets", "clashesWith", "accuses"])),
        subject,
        object_,
        draw(st.sampled_from(FACTUALITIES)),
        draw(dates),
        draw(st.none() | countries),
        tuple(draw(st.lists(actors, max_size=3, unique_by=lambda a: a.iri))),
        None,
        tuple(draw(st.lists(sentences, min_size=1, max_size=2))),
        draw(st.sampled_from(["id", "en"])),
    )


articles = st.lists(
    st.tuples(
        st.builds(
            Article,
            st.sampled_from("abc"),
            hostile,
            st.sampled_from(["id", "en"]),
            headline=st.none() | hostile,
            publisher=st.none() | hostile,
            url=st.none() | hostile,
        ),
        st.lists(statements(), max_size=4),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda pair: pair[0].id,
)
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def build(*pairs: tuple[Article, list[Statement]]) -> Store:
    store = Store.memory()
    for article, found in pairs:
        store.add(article, found)
    return store


@quick
@given(articles, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_twice_is_once(pairs: list[tuple[Article, list[Statement]]], random: object) -> None:
    once = build(*pairs)
    shuffled = [(article, found[::-1]) for article, found in reversed(pairs)]
    assert set(build(*shuffled)) == set(once)
    assert all(once.add(article, found) == "same" for article, found in shuffled)
    assert len({quad.triple for quad in once}) == len(once)


@quick
@given(articles)
def test_the_union_of_graphs_built_apart_is_the_graph_built_together(
    pairs: list[tuple[Article, list[Statement]]],
) -> None:
    apart = set().union(*(set(build(pair)) for pair in pairs))
    assert apart == set(build(*pairs))


@quick
@given(articles, statements())
def test_what_is_taken_back_was_never_there(pairs: list[tuple[Article, list[Statement]]], extra: Statement) -> None:
    store = build(*pairs)
    (article, found), rest = pairs[0], pairs[1:]
    store.add(article, [*found, extra])
    store.add(article, found)
    assert set(store) == set(build(*pairs))
    store.remove(article.id)
    assert set(store) == (set(build(*rest)) if rest else set(build(pairs[0])) & set(store))
    store.add(article, found)
    assert set(store) == set(build(*pairs))


@quick
@given(articles, st.sampled_from([".ttl", ".trig", ".nq", ".nt", ".jsonld"]))
def test_files_hold_everything(pairs: list[tuple[Article, list[Statement]]], suffix: str) -> None:
    store = build(*pairs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        store.dump(path)
        loaded = Store.load(path)
    assert set(loaded) == set(store) and list(rows_of(loaded)) == list(rows_of(store))


@quick
@given(statements())
def test_rows_give_back_what_was_stated(statement: Statement) -> None:
    (row,) = rows_of(build((Article("a", "x", statement.language), [statement])))
    assert row.factuality == statement.factuality and row.date == statement.date and row.relation == statement.relation
    assert {row.subject.iri, row.object.iri} == {statement.subject.iri, statement.object.iri}
    assert [node.iri for node in row.attribution] == [source.iri for source in statement.attribution]
    assert {s.start for s in row.evidence} == {e.start for e in statement.evidence}


def test_replacing_keeps_what_others_say() -> None:
    name = entity("Ana", "Person", "Ana", "Anna")
    visit = Statement("", "visits", name, entity("Turkey", "Country", iso="TR"), evidence=(Evidence("x", 0, 1),))
    first, second = Article("a", "x", "id"), Article("b", "x", "id")
    store = build((first, [visit]), (second, [visit]))
    store.add(first, [replace(visit, factuality="negated")])
    assert store.query("ASK { person:ana kg:visits country:TR ; skos:altLabel 'Anna'@id }")
    store.remove("b")
    assert not store.query("ASK { person:ana kg:visits country:TR }")
