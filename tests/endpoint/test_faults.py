"""An endpoint that is down, dies within a load, is slow, refuses, or is full: nothing is lost, and a load resumes."""

# ruff: noqa: SIM117  the server is one thing, who asks it another
from __future__ import annotations

import json
import shutil
import threading

import pyoxigraph as ox
import pytest

from endpoint import engines
from endpoint.scripted import Said, scripted
from endpoint.test_engines import everything, quads
from kg.endpoint import Address, Client, Remote, client, lock, push
from kg.endpoint import copy as copies
from kg.errors import KGError, StoreBusyError
from kg.graph import Store
from kg.pipeline import remote
from kg.vocab import KG, SCHEMA

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
            copy = copies.Copy(Remote(asking))
            with copy.opened() as store:
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


def test_a_load_that_derives_for_long_keeps_its_place(oxigraph):
    """Who is who over many articles takes minutes in which nothing is written; the mark changes all the same."""
    with Client(Address.parse(oxigraph.url)) as asking:
        first, second = (lock.Lock(Remote(asking), stale=0.6, wait=2.0) for _ in range(2))
        with first.held():
            with pytest.raises(KGError, match="another load has been writing"), second.held():
                raise AssertionError
            first.check()
        assert not second.broke_off and list(Remote(asking).quads(None, KG.loading)) == []


def test_who_slept_while_others_loaded_writes_nothing_more(oxigraph):
    """The other has come and gone, so that no mark is there: what this one derived is of before."""
    with Client(Address.parse(oxigraph.url)) as asking:
        first, second = lock.Lock(Remote(asking)), lock.Lock(Remote(asking))
        with first.held():
            asking.update(f"DELETE WHERE {{ GRAPH ?g {{ ?g {KG.loading} ?mark }} }}")  # as after a minute's sleep
            with second.held():
                pass
            asking.update(first._become("again"))  # its thread wakes up: it must not bring the mark back
            with pytest.raises(KGError, match="taken the place"):
                first.check()


def test_updates_that_go_elsewhere_are_told_before_anything_is_believed_written(oxigraph, two, tmp_path):
    with engines.oxigraph(tmp_path / "another") as elsewhere:
        address = Address.parse(oxigraph.url, update=elsewhere.update)
        with pytest.raises(KGError, match="address of updates"):
            remote.load(two, address)
        assert address.copy.exists() and "visit" not in str(copies_written(address))


def copies_written(address: Address) -> dict[str, list[str]]:
    return json.loads((address.folder / "written.json").read_text())


def test_a_copy_that_somebody_deleted_takes_nothing_from_the_endpoint(oxigraph, two):
    """A cleaner of caches takes the store, and leaves the small file beside it."""
    address = Address.parse(oxigraph.url)
    remote.load(two, address)
    there = everything(address.url)
    shutil.rmtree(address.copy)
    with remote.read(address).store as copy:
        assert len(copy.articles()) == 2
    shutil.rmtree(address.copy)
    with remote.written(address):
        pass
    assert everything(address.url) == there


def test_a_reading_that_breaks_off_leaves_nothing_that_seems_to_wait(oxigraph, two, tmp_path, monkeypatch):
    """Ctrl-C in the first reading of a large graph; then an article is changed there; then it is read again."""
    address = Address.parse(oxigraph.url)
    remote.load(two, address)
    here = monkeypatch.context
    with here() as patched:
        patched.setenv("KG_CACHE", str(tmp_path / "reader"))
        real, left = Store.become, iter([True, False])

        def breaks(store: Store, graph: object, quads: object) -> None:
            real(store, graph, quads)
            if not next(left):
                raise KeyboardInterrupt

        with here() as inner:
            inner.setattr(Store, "become", breaks)
            with pytest.raises(KeyboardInterrupt):
                remote.read(address)
    with remote.written(address) as work:
        for graph in work.store.article_graphs():
            more = ox.Quad(graph, SCHEMA.headline, ox.Literal("Changed there"), graph)
            work.store.become(graph, {*work.store.quads(graph=graph), more})
    with here() as patched:
        patched.setenv("KG_CACHE", str(tmp_path / "reader"))
        with remote.read(address).store as copy:
            assert len(list(copy.quads(None, SCHEMA.headline, ox.Literal("Changed there")))) == 2
        with remote.written(address) as work:
            pass
        assert work.changed == 0


def test_what_an_engine_kept_of_a_broken_article_goes(oxigraph, two):
    """One that is not atomic may hold a part of an article's graph, without that by which it is known."""
    address = Address.parse(oxigraph.url)
    with Store.load(two) as store, Client(address) as client:
        graph = store.article_graphs()[0]
        client.update(f"INSERT DATA {{ GRAPH {graph} {{ <urn:of:a> <urn:former> 1 }} }}")
    remote.load(two, address)
    assert everything(address.url) == quads(two)


def test_two_on_one_machine_take_turns(oxigraph, two, monkeypatch):
    address = Address.parse(oxigraph.url)
    remote.load(two, address)
    monkeypatch.setattr(copies, "PAUSE", 0.05)
    with Client(address) as client:
        mine, other = copies.Copy(Remote(client)), copies.Copy(Remote(client))
        with mine.opened():
            with pytest.raises(StoreBusyError, match="another kg on this machine"), other.opened(wait=0.2):
                raise AssertionError
            waiting = threading.Thread(target=lambda: remote.read(address).close())
            waiting.start()
            waiting.join(0.3)
            assert waiting.is_alive()
        waiting.join(30)
        assert not waiting.is_alive()
    assert (address.folder.stat().st_mode & 0o077) == 0
