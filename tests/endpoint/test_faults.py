"""An endpoint that is down, dies within a load, is slow, refuses, or is full: nothing is lost, and a load resumes."""

# ruff: noqa: SIM117  the server is one thing, who asks it another
from __future__ import annotations

import pytest

from endpoint import engines
from endpoint.scripted import Said, scripted
from endpoint.test_engines import everything, quads
from kg.endpoint import Address, Client, Remote, client, lock, push
from kg.errors import KGError
from kg.pipeline import remote

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(client, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(lock, "PAUSE", 0.05)
    monkeypatch.setattr(push, "BATCH", 50)  # an article each


def behind(engine: engines.Engine) -> str:
    return engine.url.removesuffix("/query")


def test_an_endpoint_that_is_down_at_the_start_is_told_and_the_load_comes_later(two, tmp_path):
    if not engines.oxigraph_binary():
        pytest.skip("no server of Oxigraph: pip install oxigraph")
    port = engines.free_port()
    address = Address.parse(f"http://127.0.0.1:{port}/query")
    with pytest.raises(KGError, match="cannot be reached"):
        remote.load(two, address)
    with engines.oxigraph(tmp_path / "late", "--union-default-graph", port=port):
        assert remote.load(two, address) == (2, 2)
        assert everything(address.url) == quads(address.copy)


@pytest.mark.parametrize(
    "fault",
    [Said(500), Said(507), Said(401), Said(cut=True), Said(sleep=2)],
    ids=["dies", "full", "refuses", "cut", "slow"],
)
@pytest.mark.parametrize("after", [0, 1, 2, 3, 4], ids=lambda after: f"after-{after}")
def test_a_load_that_breaks_off_is_completed_by_the_next(oxigraph, two, fault, after):
    """After so many updates every further one fails, until the next load."""
    updates, broken = [], True

    def script(path: str, body: bytes) -> Said | None:
        if path.startswith("/update"):
            updates.append(body)
            if broken and len(updates) > after:
                return fault
        return None

    with scripted(script, behind(oxigraph)) as server:
        address = Address.parse(f"{server.url}/query?union-default-graph")
        with pytest.raises(KGError):
            remote.load(two, address, timeout=0.8 if fault.sleep else None)
        broken = False
        remote.load(two, address)
        assert everything(address.url) == quads(address.copy) == quads(two)


def test_an_update_whose_answer_is_lost_may_be_sent_again(oxigraph, two):
    """Every update is carried out, and the first answer to each never comes."""
    seen = set()

    def script(path: str, body: bytes) -> Said | None:
        if path.startswith("/update") and body not in seen:
            seen.add(body)
            import httpx2

            httpx2.post(
                f"{behind(oxigraph)}{path}", content=body, headers={"Content-Type": "application/sparql-update"}
            ).raise_for_status()
            return Said(body=b"lost", cut=True)
        return None

    with scripted(script, behind(oxigraph)) as server:
        address = Address.parse(f"{server.url}/query")
        remote.load(two, address)
        assert everything(address.url) == quads(two)


def test_what_a_killed_load_left_in_the_shared_graph_goes(oxigraph, two):
    address = Address.parse(oxigraph.url)
    remote.load(two, address)
    with Client(address) as asking:
        mark = '"elsewhere 1 dead 7"'
        graph = next(iter(Remote(asking).query("SELECT ?g { GRAPH ?g { ?g kg:layoutVersion ?v } }")))[0]
        state = str(graph).replace("graph/entities", "graph/endpoint")
        loading = "<https://w3id.org/newskg/ontology#loading>"
        asking.update(
            f"INSERT DATA {{ GRAPH {state} {{ {state} {loading} {mark} }} GRAPH {graph} {{ <urn:a> <urn:b> 1 }} }}"
        )
        held = lock.Lock(Remote(asking), stale=0.2)
        with held.held():
            assert held.broke_off
            from kg.endpoint.copy import Copy
            from kg.graph import Store

            copy = Copy(Remote(asking))
            with Store.open(copy.path) as store:
                push.push(copy, store, held, [])
    assert everything(address.url) == quads(two)


def test_two_loads_at_once_wait_for_each_other(oxigraph):
    with Client(Address.parse(oxigraph.url)) as asking:
        first, second = lock.Lock(Remote(asking)), lock.Lock(Remote(asking), wait=0.3)
        with first.held():
            with pytest.raises(KGError, match="another load has been writing"), second.held():
                raise AssertionError
            first.check()
        with second.held():
            with pytest.raises(KGError, match="taken the place"):
                first.check()
