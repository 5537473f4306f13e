"""The names of a store as they are kept: the same answers as reading them all, made once, whole, and for one state."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from ask.small import store as small

from kg.ask import ask
from kg.graph import kept, names_index, who
from kg.graph.store import Store
from kg.graph.terms import lexical

ODD = [
    "TURKI",
    "türkiye",
    "The U.N.",
    "pbb",
    "dewi anggraini",
    "TR",
    "Q43",
    "org:partai-persatuan-1",
    "",
    " ",
    "\udce9",
    "★",
    "Nobody",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as made:
        made.inner.extend(list(small()))
    return tmp_path / "store"


def kept_in(folder: Path) -> list[Path]:
    return sorted((folder.parent / f".{folder.name}-named").iterdir())


def is_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows whenever names are read anew."""
    fill, made = names_index._fill, []
    monkeypatch.setattr(names_index, "_fill", lambda table, store: (made.append(""), fill(table, store)))
    return made


def test_who_is_meant_is_the_same_as_without(folder: Path) -> None:
    with Store.load(folder) as store:
        known = names_index.of(store)
        names = [name.value for _, name, _ in who.names(store)]
        assert len(names) > 40
        for text in {*names, *map(str.upper, names), *(name[:-1] for name in names), *ODD}:
            assert who.find(store, text, known) == who.find(store, text), text
            assert who.near(store, text, known) == who.near(store, text), text
        assert list(known.names()) == [(actor, name.value) for actor, name, _ in who.names(store)]
        assert known.longest == max(name.count(" ") + 1 for name in names)
        assert {"President", "Presiden", "Menlu"} <= set(known.titles)


def test_what_is_no_actor_is_found_as_without(folder: Path) -> None:
    """Whatever has a name may be called so; only actors are suggested."""
    with Store.open(folder) as store:
        store.inner.update('INSERT DATA { <x:report> rdfs:label "Ivan Morozov" . [] rdfs:label "Nameless" }', prefixes={
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#"})  # fmt: skip
    with Store.load(folder) as store:
        known = names_index.of(store)
        for text in ("ivan morozov", "Nameless"):
            assert who.find(store, text, known) == who.find(store, text) != []
        assert lexical(who.find(store, "Ivan Morozov", known)[-1]) == "x:report"
        assert not known.has("Nameless")


def test_they_are_made_once_for_a_state_and_the_former_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = is_made(monkeypatch)
    for _ in range(3):
        with Store.load(folder) as store:
            assert ask(store, "who supports Azerbaijan?").rows
    assert len(made) == len(kept_in(folder)) == 1
    (before,) = kept_in(folder)
    with Store.open(folder) as store:
        store.remove("a6")
    with Store.load(folder) as store:
        assert not names_index.of(store).has("Lestari Wulandari")
    assert len(made) == 2
    assert [path.name for path in kept_in(folder)] != [before.name]
    assert len(kept_in(folder)) == 1


def test_a_snapshot_of_the_server_has_those_of_the_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = is_made(monkeypatch)
    for number in range(2):
        Store.open(folder, read_only=True).snapshot(folder.parent / f"taken-{number}")
        taken = Store.open(folder.parent / f"taken-{number}", read_only=True)
        assert ask(taken, "who supports Azerbaijan?", home=folder).rows
    assert len(made) == len(kept_in(folder)) == 1


@pytest.mark.parametrize("harm", ["cut", "empty", "gone", "no table"])
def test_damaged_ones_are_made_again(folder: Path, harm: str) -> None:
    with Store.load(folder) as store:
        names_index.of(store)
    (file,) = (path / names_index.FILE for path in kept_in(folder))
    data = file.read_bytes()
    {
        "cut": lambda: file.write_bytes(data[: len(data) // 3]),
        "empty": lambda: file.write_bytes(b""),
        "gone": file.unlink,
        "no table": lambda: file.write_bytes(b"\0" * len(data)),
    }[harm]()
    with Store.load(folder) as store:
        assert names_index.of(store).has("Morozov")
        assert ask(store, "who supports Azerbaijan?").rows
    assert len(kept_in(folder)) == 1


def test_where_nothing_can_be_kept_the_answer_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "place", full)
    with Store.load(folder) as store:
        assert ask(store, "who supports Azerbaijan?").rows
    assert not list(folder.parent.glob(".store-named"))


def _asked(folder: Path, told: multiprocessing.Queue) -> None:
    with Store.load(folder) as store:
        told.put(ask(store, "who supports Azerbaijan?").rows)


def test_two_processes_may_ask_at_once(folder: Path) -> None:
    start = multiprocessing.get_context("spawn")
    told = start.Queue()
    both = [start.Process(target=_asked, args=(folder, told)) for _ in range(2)]
    for one in both:
        one.start()
    assert told.get(timeout=180) == told.get(timeout=180) != ()
    for one in both:
        one.join()
        assert one.exitcode == 0
    assert len(kept_in(folder)) == 1  # and nothing half made beside it
