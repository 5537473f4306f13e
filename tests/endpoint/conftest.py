"""Engines that run for the tests, each skipped where it is not installed; and a cache of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS

from endpoint import engines
from kg.graph import Store
from kg.pipeline import who

pytest.importorskip("httpx2", reason="httpx2 is not installed: pip install -e '.[test]'")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    for name in ("TOKEN", "LOGIN", "UPDATE", "TIMEOUT"):
        monkeypatch.delenv(f"KG_ENDPOINT_{name}", raising=False)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[engines.Engine]:
    """Each engine, empty."""
    if request.param == "oxigraph":
        if not engines.oxigraph_binary():
            pytest.skip("no server of Oxigraph: pip install oxigraph")
        with engines.oxigraph(tmp_path / "oxigraph", "--union-default-graph") as running:
            yield running
        return
    if not shutil.which("virtuoso-t"):
        pytest.skip("no Virtuoso: apt-get install virtuoso-opensource-7-bin")
    with engines.virtuoso(tmp_path / "virtuoso") as running:
        monkeypatch.setenv("KG_ENDPOINT_LOGIN", "dba:dba")
        monkeypatch.setenv("KG_ENDPOINT_UPDATE", running.update)
        yield running


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[engines.Engine]:
    """Oxigraph's server, empty."""
    if not engines.oxigraph_binary():
        pytest.skip("no server of Oxigraph: pip install oxigraph")
    with engines.oxigraph(tmp_path / "oxigraph", "--union-default-graph") as running:
        yield running


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A store of two hand-made articles."""
    folder = tmp_path / "two"
    with Store.open(folder) as store:
        store.add(ARTICLE, STATEMENTS)
        store.add(ENGLISH, ENGLISH_STATEMENTS)
        who.settle(store)
    return folder


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled articles, read by rules alone."""
    import kg

    folder = tmp_path_factory.mktemp("demo") / "store"
    graph = kg.Graph.open(folder)
    kg.build([Path(kg.__file__).parent / "demo" / "articles"], store=graph.store, fast=True)
    graph.close()
    return folder
