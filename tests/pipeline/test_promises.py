"""What a build promises: nothing that was reported is lost, no half article stays, and the same command resumes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from benchmarks import corpus

from kg.cli import main
from kg.errors import StoreError
from kg.graph import Store
from kg.graph.rdf import article_quads
from kg.pipeline.who import settle
from kg.vocab import article_iri

DRIVER = [sys.executable, str(Path(__file__).parent / "driver.py")]
COUNT = 200


def killed(store: Path, after: int) -> list[str]:
    """Build, and end it with SIGKILL a little after so many articles were reported; return what it said."""
    with subprocess.Popen([*DRIVER, str(store), str(COUNT)], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        said = []
        for line in build.stdout:
            said.append(line.strip())
            if len(said) > after:
                break
        time.sleep(random.Random(after).random() * 0.05)
        build.kill()
        return [*said, *(line.strip() for line in build.stdout)]


@pytest.fixture(scope="module")
def expected() -> Store:
    store = Store.memory()
    for _ in store.add_all(corpus.statements(COUNT)):
        pass
    settle(store)
    return store


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 90, 140])
def test_kill_nine_loses_nothing_and_the_same_command_resumes(tmp_path: Path, after: int, expected: Store) -> None:
    said = killed(tmp_path / "store", after)
    whole = {article_iri(article.id): article_quads(article, found) for article, found in corpus.statements(COUNT)}
    if (tmp_path / "store" / "CURRENT").exists():
        with Store.open(tmp_path / "store") as store:
            there = set(store.articles())
            assert {line for line in said if line.startswith("a")} <= there
            for name in there:  # all of it, or nothing
                assert set(store.quads(graph=ox.NamedNode(article_iri(name)))) == whole[article_iri(name)]
    done = subprocess.run([*DRIVER, str(tmp_path / "store"), str(COUNT)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "end"
    assert sum(line.startswith("known") for line in done.stdout.splitlines()) >= len(said) - 2
    with Store.load(tmp_path / "store") as store:
        assert set(store) == set(expected)


def test_two_builders_of_one_store_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with subprocess.Popen([*DRIVER, str(tmp_path / "store"), "4000"], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "open\n"
        (tmp_path / "x.txt").write_text("Joko Widodo bertemu Volodymyr Zelensky di Kyiv pada Rabu (29/6/2022).")
        assert main(["build", str(tmp_path / "x.txt"), "--store", str(tmp_path / "store")]) == 1
        error = capsys.readouterr().err
        assert "another process" in error and error.count("\n") == 1
        assert other.stdout.readline() == "a0\n"
        other.kill()
    assert main(["remove", str(tmp_path / "store"), "a0"]) == 0


@pytest.mark.slow
def test_known_articles_are_not_parsed_again(tmp_path: Path) -> None:
    subprocess.run([*DRIVER, str(tmp_path / "store"), "50"], capture_output=True, check=True)
    with Store.load(tmp_path / "store") as store:
        before = set(store)
    again = subprocess.run([*DRIVER, str(tmp_path / "store"), "50"], capture_output=True, text=True, check=True)
    assert again.stdout.splitlines() == ["open", *(f"known a{n}" for n in range(50)), "end"]
    with Store.load(tmp_path / "store") as store:
        assert set(store) == before


def test_what_changed_is_known_to_have_changed() -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from graph.examples import ARTICLE, STATEMENTS

    store = Store.memory()
    store.add(ARTICLE, STATEMENTS)
    assert store.knows(ARTICLE)
    changes = {
        "text": ARTICLE.text + "!",
        "url": "https://example.org/other",
        "headline": None,
        "id": "other",
        "authors": ("Ardi P.", "Tia"),
        "published": datetime(2020, 10, 6, tzinfo=UTC),
        "publisher": "Detik.com",
        "agency": None,
        "language": "en",
        "related": (),
    }
    for name, value in changes.items():
        assert not store.knows(replace(ARTICLE, **{name: value})), name


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted")
def test_a_full_disk(tmp_path: Path, expected: Store) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False, capture_output=True
    ).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        store, written = Store.open(disk / "store"), []
        with pytest.raises(StoreError) as caught:
            built = corpus.statements(5_000)
            for _ in store.add_all(built, batch=16):
                written.append(1)
            store.flush()
        assert "full" in str(caught.value) and "\n" not in str(caught.value)
        del store
        with Store.load(disk / "store") as store:
            assert 0 < len(written) <= len(store.articles())
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_folder_that_may_not_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("Joko Widodo bertemu Volodymyr Zelensky di Kyiv pada Rabu (29/6/2022).")
    assert main(["build", str(tmp_path / "x.txt"), "--store", "/proc/store"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.weights
def test_processes_give_the_same_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = corpus.write(tmp_path, 70, length=6, texts=[corpus.DEMO])  # the same wherever the tests run
    for jobs in ("1", "2"):
        assert main(["build", str(path), "-o", str(tmp_path / f"{jobs}.nq"), "--jobs", jobs]) == 0
    assert (tmp_path / "1.nq").read_bytes() == (tmp_path / "2.nq").read_bytes()
    assert "70 articles" in capsys.readouterr().err


@pytest.mark.weights
def test_remove_by_path_and_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Presiden Joko Widodo bertemu Presiden Volodymyr Zelensky di Kyiv pada Rabu (29/6/2022)."
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{text}\n\nIni berita {name}.")
    files, store = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], str(tmp_path / "store")
    assert main(["build", *files, "--store", store]) == 0
    before = set(Store.load(store))
    assert main(["remove", store, files[1]]) == 0
    assert main(["remove", store, "b"]) == 1 and "no article b" in capsys.readouterr().err
    with Store.load(store) as left:
        assert list(left.articles()) == ["a"] and set(left) < before
    assert main(["build", *files, "--store", store]) == 0
    assert "1 unchanged" in capsys.readouterr().err
    assert set(Store.load(store)) == before
    assert main(["remove", str(tmp_path / "none"), "x"]) == 1
