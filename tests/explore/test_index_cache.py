"""How an index is kept: made once for a state of the store, read again, and never taken for another state's."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys

import pytest

from explore.newsroom import fill
from kg import export
from kg.explore import index_cache
from kg.graph import kept
from kg.graph.store import Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as made:
        fill(made, 12)
    return tmp_path / "store"


def snapshot(store, name: str):
    folder = store.parent / name
    Store.open(store, read_only=True).snapshot(folder)
    return folder


def apart(path, folder) -> list[str]:
    """Make an index in a process of its own, as the server does; return what was told."""
    command = [sys.executable, "-m", "kg.explore.index_cache", str(path), str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def run(path, folder) -> list[str]:
    """Make an index here, which is sooner done; return what was told."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        index_cache.make(path, folder)
    return told.getvalue().splitlines()


def test_an_index_is_made_once_for_a_state_of_the_store(store):
    one, two = snapshot(store, "one"), snapshot(store, "two")
    folder = index_cache.place(store, one)
    assert folder == index_cache.place(store, two) and folder.parent.parent == store.parent
    assert index_cache.read(folder, one) is None
    steps = apart(one, folder)
    assert steps[-1].split()[0] == steps[-1].split()[1] == str(len(steps))
    index = index_cache.read(folder, two)
    assert index and len(index) == len(list(export.statements(Store.open(two, read_only=True))))
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_another_state_of_the_store_has_another_index_and_the_former_goes(store):
    before = index_cache.place(store, snapshot(store, "one"))
    run(store.parent / "one", before)
    with Store.open(store) as written:
        fill(written, 14)
    after = index_cache.place(store, snapshot(store, "two"))
    assert after != before and index_cache.read(after, store.parent / "two") is None
    run(store.parent / "two", after)
    assert [path.name for path in after.parent.iterdir()] == [after.name]


@pytest.mark.parametrize("harm", ["cut", "gone", "strings"])
def test_a_damaged_index_is_no_index_and_is_made_again(store, harm):
    path = snapshot(store, "one")
    folder = index_cache.place(store, path)
    run(path, folder)
    if harm == "cut":
        os.truncate(folder / "object.npy", 150)
    elif harm == "gone":
        (folder / "names.txt").unlink()
    else:
        (folder / "strings.json").write_text('{"actors": [')
    assert index_cache.read(folder, path) is None
    run(path, folder)
    assert index_cache.read(folder, path)


def test_what_a_killed_process_left_is_taken_away_and_never_read(store):
    path = snapshot(store, "one")
    folder = index_cache.place(store, path)
    left = folder.parent / f"{kept.MAKING}999999999-x"
    left.mkdir()
    run(path, folder)
    assert not left.exists() and index_cache.read(folder, path)
