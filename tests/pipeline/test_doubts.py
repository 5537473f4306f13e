"""The doubtful pairs as they are kept: those of one state of the store and of what was judged, found once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.actors.judgements import Judgements
from kg.graph import Store, kept
from kg.model import Merge
from kg.pipeline import doubts, judging, who
from pipeline.test_who import article, store_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    built = [article(1, "Tarok Santoso"), article(2, "Tarek Santoso"), article(3, "Mirna Lalang")]
    store_of(built, Store.open(tmp_path / "news")).close()
    return tmp_path / "news"


def looked(home: Path, name: str) -> list[Merge]:
    """Return what a server finds over a snapshot that it takes now."""
    taken = home.parent / name
    if not taken.exists():
        Store.open(home, read_only=True).snapshot(taken)
    return doubts.of(Store.open(taken, read_only=True), home)


def test_they_are_found_once_for_what_they_depend_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved: list[str] = []
    real = who.resolution
    monkeypatch.setattr(who, "resolution", lambda *args, **more: (resolved.append(""), real(*args, **more))[1])
    pairs = looked(home, "one")
    assert pairs == looked(home, "one") == looked(home, "two") != []
    assert len(resolved) == 1
    with Store.open(home) as store:
        assert pairs == judging.doubtful(store)
        judging.answer(store, [(pairs[0], False)])
    before = len(resolved)
    assert looked(home, "three") == pairs[1:]
    assert looked(home, "three") == pairs[1:]
    assert len(resolved) == before + 1
    assert len(list((home.parent / ".news-doubtful").iterdir())) == 1


def test_a_table_of_actors_that_came_since_counts(home: Path) -> None:
    assert looked(home, "one")
    folder = home.with_name("news.actors")
    folder.mkdir()
    (folder / "0-x.csv").write_text("key,type,iso,en,id,aliases,wikidata\nts,Person,,Tarok Santoso,,Tarek Santoso,\n")
    found = judging.doubtful(Store.open(home, read_only=True), Judgements.read(who.judgements_file(home)), home)
    assert looked(home, "one") == found


@pytest.mark.parametrize("harm", ["", "[", '[["x"]]', "{}"])
def test_damaged_ones_are_found_again(home: Path, harm: str) -> None:
    pairs = looked(home, "one")
    (file,) = (home.parent / ".news-doubtful").glob("*/*.json")
    file.write_text(harm)
    assert looked(home, "one") == pairs
    assert doubts._read(file) == pairs


def test_where_nothing_can_be_kept_they_are_found_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.tempfile, "mkdtemp", full)
    assert looked(home, "one")
