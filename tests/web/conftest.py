"""Two servers for the tests: one that reads a small store, one that writes an empty one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from graph.examples import ARTICLE, ENGLISH, ENGLISH_STATEMENTS, STATEMENTS

from kg.graph import Store
from web.running import served


@dataclasses.dataclass
class Server:
    """A running server: its address, its store, and a client."""

    url: str
    store: Path
    client: httpx.Client

    def ask(self, query: str, accept: str = "text/csv", **more: object) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server of two articles."""
    folder = tmp_path_factory.mktemp("served") / "store"
    with Store.open(folder) as store:
        store.add(ARTICLE, STATEMENTS)
        store.add(ENGLISH, ENGLISH_STATEMENTS)
    with served(folder) as url, httpx.Client(base_url=url, timeout=180) as client:
        yield Server(url, folder, client)


@pytest.fixture(scope="session")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that anybody on this machine may write."""
    folder = tmp_path_factory.mktemp("written") / "store"
    with served(folder, "--write", "--open") as url, httpx.Client(base_url=url, timeout=180) as client:
        yield Server(url, folder, client)
