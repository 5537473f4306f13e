"""A store says who is who over all its articles, in whatever order they came, and forgets what goes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from graph.examples import entity, quote

from kg.actors.judgements import Judgements
from kg.cli import main
from kg.errors import SourceError, StoreError
from kg.export import statements as rows_of
from kg.graph import Store
from kg.graph.namings import actors, find, merges
from kg.graph.validate import validate
from kg.model import Article, Entity, Statement
from kg.pipeline import judging, who
from kg.vocab import DCTERMS, KG, entity_iri

PLACE = entity("Bandar Sena", "Place")
PEOPLE = ["Tarok Wibisana", "Tarok Wibisna", "Wibisana", "Lalang Zelansky", "Lalang Zelanskyy", "Tarok Wibisana"]


def article(number: int, person: str, other: Entity = PLACE) -> tuple[Article, list[Statement]]:
    text = f"{person} visited {other.name} on Monday, as article {number} of this newsroom says again today."
    name = f"made-{number}"
    statement = Statement(
        name, "visits", entity(person, "Person"), other, evidence=(quote(text, person),), language="en"
    )
    return Article(name, text, "en"), [statement]


BUILT = [article(number, person) for number, person in enumerate(PEOPLE)]


def store_of(built: list[tuple[Article, list[Statement]]], store: Store | None = None) -> Store:
    store = Store.memory() if store is None else store
    for _ in store.add_all(built):
        pass
    who.settle(store)
    return store


def labels(store: Store) -> set[str]:
    return {actor.label for actor in actors(store) if actor.type == "Person"}


def test_names_of_several_articles_are_one_actor() -> None:
    store = store_of(BUILT)
    assert labels(store) == {"Tarok Wibisana", "Lalang Zelanskyy"}
    assert len(find(store, "Wibisana").articles) == 4
    rows = list(rows_of(store))
    assert {row.subject.iri for row in rows if "Wibis" in row.subject.names[0]} == {entity_iri("Person", PEOPLE[0])}
    assert validate(store).conforms


def test_ten_orders_of_building_give_one_graph() -> None:
    once = set(store_of(BUILT))
    for seed in range(10):
        shuffled = BUILT[:]
        random.Random(seed).shuffle(shuffled)
        store = Store.memory()
        for at in range(0, len(shuffled), 1 + seed % 3):  # settled after each few, or at the end
            store_of(shuffled[at : at + 1 + seed % 3], store)
        assert set(store) == once


def test_removing_and_adding_back_gives_the_same_graph() -> None:
    store = store_of(BUILT)
    once = set(store)
    for gone in (0, 2, 5):
        store.remove(f"made-{gone}")
    who.settle(store)
    assert set(store) == set(store_of([BUILT[1], BUILT[3], BUILT[4]]))
    store_of([BUILT[5], BUILT[0], BUILT[2]], store)
    assert set(store) == once


def test_an_article_that_is_built_again_is_the_same() -> None:
    store = store_of(BUILT)
    assert [store.add(*one) for one in BUILT] == ["same"] * len(BUILT)
    assert all(store.knows(one) for one, _ in BUILT)


def test_the_union_of_graphs_built_apart_is_the_graph_built_together() -> None:
    union = Store.memory()
    for half in (BUILT[:3], BUILT[3:]):
        union.inner.extend(set(store_of(half)))
    who.settle(union)
    assert set(union) == set(store_of(BUILT))


def test_events_keep_their_iris_and_retired_actors_are_answered_for() -> None:
    alone, together = store_of(BUILT[1:2]), store_of(BUILT)
    events = {quad.subject for quad in alone.quads(None, KG.relation)}
    assert events <= {quad.subject for quad in together.quads(None, KG.relation)}
    old = entity_iri("Person", "Tarok Wibisna")
    found = [(q.subject.value, q.object.value) for q in together.quads(None, DCTERMS.isReplacedBy)]
    assert (old, entity_iri("Person", "Tarok Wibisana")) in found
    assert not list(alone.quads(None, DCTERMS.isReplacedBy))


def test_every_merge_says_why() -> None:
    store = store_of(BUILT)
    found = merges(store, entity_iri("Person", "Tarok Wibisana"))
    assert {merge.names for merge in found} == {
        ("Tarok Wibisana", "Tarok Wibisna"),
        ("Tarok Wibisana", "Wibisana"),
    }
    assert all(merge.reason and merge.score > 0 for merge in found)
    naming = {q.object for q in store.quads(None, KG.mergedNaming)}
    assert naming <= {q.subject for q in store.quads(None, KG.naming)}


def test_statements_of_a_run_are_told_with_their_actors() -> None:
    told = {one.id: found[0].subject for one, found in who.resolved(BUILT)}
    assert told["made-1"].iri == told["made-2"].iri == told["made-0"].iri
    assert told["made-1"].name == "Tarok Wibisana"
    assert told["made-1"].names == ("Tarok Wibisna",)  # what the article calls him
    assert list(who.resolved([])) == []


def test_nobody_visits_himself_by_two_names() -> None:
    # Two names of one statement are never merged, however alike they are.
    person = entity("Tarok Wibisana", "Person")
    text = "Tarok Wibisna met Tarok Wibisana on Monday."
    met = Statement("made-9", "meets", entity("Tarok Wibisna", "Person"), person, evidence=(quote(text, "Tarok"),))
    built = [(Article("made-9", text, "en"), [met])]
    assert len(find(store_of(built), "Tarok Wibisna").articles) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.open(tmp_path / "news")
    store_of(BUILT, store).close()
    return tmp_path / "news"


def test_a_merge_is_made_and_undone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = set(Store.load(folder))
    assert main(["actors", str(folder), "merge", "Tarok Wibisana", "Lalang Zelansky"]) == 0
    assert main(["actors", str(folder), "show", "Zelansky"]) == 1  # no article calls anybody that
    assert main(["actors", str(folder), "show", "Lalang Zelanskyy"]) == 0
    shown = capsys.readouterr().out
    assert "judged the same" in shown and "Wibisana" in shown
    assert main(["actors", str(folder), "undo"]) == 0
    assert set(Store.load(folder)) == before
    assert main(["actors", str(folder), "undo"]) == 1


def test_names_and_articles_are_split_off(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actors", str(folder), "split", "Tarok Wibisana", "Tarok Wibisna"]) == 0
    with Store.load(folder) as store:
        assert find(store, "Tarok Wibisna").iri == entity_iri("Person", "Tarok Wibisna")
    assert main(["actors", str(folder), "split", entity_iri("Person", "Tarok Wibisana"), "made-5"]) == 0
    with Store.load(folder) as store:
        both = [actor for actor in actors(store) if actor.label == "Tarok Wibisana"]
        assert sorted(len(actor.articles) for actor in both) == [1, 2]
    assert main(["actors", str(folder), "split", entity_iri("Person", "Tarok Wibisana"), "nothing"]) == 1
    assert "no name and no article" in capsys.readouterr().err


def test_judgements_survive_a_store_that_is_built_anew_and_go_to_another(folder: Path, tmp_path: Path) -> None:
    assert main(["actors", str(folder), "merge", "Tarok Wibisana", "Lalang Zelansky"]) == 0
    judged = set(Store.load(folder))
    shutil.rmtree(folder)
    store_of(BUILT, Store.open(folder)).close()
    assert set(Store.load(folder)) == judged
    other, file = tmp_path / "other", tmp_path / "judged.jsonl"
    store_of(BUILT, Store.open(other)).close()
    assert set(Store.load(other)) != judged
    assert main(["actors", str(folder), "export", str(file)]) == 0
    assert main(["actors", str(other), "import", str(file)]) == 0
    assert set(Store.load(other)) == judged


def test_tables_of_actors_are_remembered_beside_the_store(tmp_path: Path) -> None:
    table, folder = tmp_path / "own.csv", tmp_path / "news"
    table.write_text("key,type,en,aliases\nlalang-zelansky,Person,Lalang Zelansky,Mirna Osei\n")
    built = [article(1, "Mirna Osei"), article(2, "Lalang Zelansky"), article(3, "Tarok Wibisana")]
    with Store.open(folder) as store:
        for _ in store.add_all(built):
            pass
        who.settle(store, actors=[table])
        assert labels(store) == {"Lalang Zelansky", "Tarok Wibisana"}
    table.unlink()
    assert main(["actors", str(folder), "merge", "Lalang Zelansky", "Tarok Wibisana"]) == 0
    assert main(["actors", str(folder), "undo"]) == 0
    assert labels(Store.load(folder)) == {"Lalang Zelansky", "Tarok Wibisana"}


def test_doubtful_pairs_are_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = [article(1, "Tarok Santoso"), article(2, "Tarek Santoso"), article(3, "Mirna Lalang")]
    folder = tmp_path / "news"
    store_of(built, Store.open(folder)).close()
    with Store.open(folder) as store:
        pairs = judging.doubtful(store)
        assert pairs
        judging.answer(store, [(pairs[0], True)])
        assert len(judging.doubtful(store)) < len(pairs)
    assert len(Judgements.read(who.judgements_file(folder))) == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["show"], 2, "show takes the NAME of an actor"),
        (["merge", "A"], 2, "merge takes the names of two actors"),
        (["show", "Nobody At All"], 1, "names no actor"),
        (["import", "missing.jsonl"], 1, "does not exist"),
        (["export", "x.jsonl"], 1, "nothing has been judged"),
        (["merge", "Tarok Wibisana", "Bandar Sena"], 1, "only two of one type"),
        (["merge", "Tarok Wibisana", "Wibisana"], 1, "one actor already"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, says: str
) -> None:
    assert main(["actors", str(folder), *words]) == code
    err = capsys.readouterr().err
    assert says in err and err.count("\n") == 1


def test_a_folder_without_a_store_is_said(tmp_path: Path) -> None:
    assert main(["actors", str(tmp_path)]) == 1


def test_a_broken_judgement_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text('{"judgement": "maybe", "left": {"iri": "a"}, "right": {"iri": "b"}}\n')
    with pytest.raises(SourceError, match=r"line 1.*same or different"):
        Judgements.read(file)
    file.write_text("\nnothing\n")
    with pytest.raises(SourceError, match="line 2: no judgement"):
        Judgements.read(file)


def test_a_store_in_memory_keeps_no_judgements() -> None:
    with pytest.raises(StoreError, match="keeps no judgements"):
        judging.merge(store_of(BUILT), "Tarok Wibisana", "Lalang Zelansky")
