"""Articles into an endpoint, and out of it: worked on in its copy here, where who is who is derived, and then written.

The copy is pulled before (only what has changed is read) and once more under the endpoint's lock, so that several who
load meet in one graph: whoever comes later derives who is who over the articles of all.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.actors.judgements import Judgements
from kg.api import Graph
from kg.endpoint import Address, Client, Remote, state
from kg.endpoint.copy import Copy
from kg.endpoint.lock import Lock
from kg.endpoint.push import OnWritten, push
from kg.errors import KGError
from kg.graph.store import Store
from kg.pipeline import who
from kg.vocab import KG

FOLLOWED = 30.0  # seconds between two looks
log = logging.getLogger("kg.endpoint")


def read(address: Address, *, timeout: float | None = None) -> Graph:
    """Return the graph of an endpoint, read into its copy here and as it is at this moment."""
    with _client(address, timeout) as client:
        copy = Copy(Remote(client))
        with copy.opened() as store:
            waiting = [name for name in _graphs(store) if copy.waits(store, name)] if copy.written else []
            copy.pull(store)
        if waiting:
            log.warning("%s: %d articles wait here and are not there yet; load or build again", address, len(waiting))
    return Graph.load(copy.path)


@dataclass
class Work:
    """The copy that is worked on, and after the block how many articles changed at the endpoint."""

    store: Store
    changed: int = 0


@contextmanager
def written(address: Address, *, timeout: float | None = None, on_written: OnWritten | None = None) -> Iterator[Work]:
    """Give the copy of an endpoint to be added to or removed from; what the block did to it is then written there.

    Where the endpoint fails, what the block did waits in the copy, and the next such block writes it too.
    """
    with _client(address, timeout) as client:
        remote = Remote(client)
        copy = Copy(remote)
        with copy.opened() as store:
            copy.pull(store)
            if _judge(store, state.judgements(remote)):
                store.settled = False
            work = Work(store)
            yield work
            if not store.settled:
                who.settle(store)
            store.flush()
            lock = Lock(remote)
            with lock.held():
                came, judged = copy.pull(store), _judge(store, state.judgements(remote))
                if came or judged or not store.settled:
                    who.settle(store)
                lines = [json.dumps(one.to_json(), ensure_ascii=False) for one in _judged(store)]
                work.changed = push(copy, store, lock, lines, on_written)


@contextmanager
def followed(address: Address, *, every: float = FOLLOWED) -> Iterator[Path]:
    """Give the folder of an endpoint's copy, and read there what changes for as long as the block lasts.

    Where the endpoint cannot be reached meanwhile, the copy stays as it was read last, and a warning says so.
    """
    read(address).close()
    ended = threading.Event()

    def follow() -> None:
        while not ended.wait(every):
            try:
                read(address).close()
            except Exception as error:  # a full disk, whatever it is: the server goes on, and so does looking
                log.warning("%s; what was read last stays", error, exc_info=not isinstance(error, KGError))

    threading.Thread(target=follow, daemon=True).start()
    try:
        yield address.copy
    finally:
        ended.set()


def load(
    source: str | Path, address: Address, *, timeout: float | None = None, on_written: OnWritten | None = None
) -> tuple[int, int]:
    """Write the graph of a file or store to an endpoint, beside what is there.

    Return how many articles it has, and how many of all changed there: others too, where they name the same actors.
    """
    with (
        Graph.load(source).store as given,
        written(address, timeout=timeout, on_written=on_written) as work,
    ):
        store = work.store
        names = _graphs(given)
        judged = who.judgements_of(given) if Path(source).is_dir() else None
        if _judge(store, judged.read_text(encoding="utf-8").splitlines() if judged and judged.exists() else ()):
            store.settled = False
        changed = [
            name
            for name in names
            if state.digest(_own(given, name)) != state.digest(store.quads(graph=ox.NamedNode(name)))
        ]
        if changed:
            store.settled = False
            for name in changed:
                store.become(ox.NamedNode(name), _own(given, name))
    return len(names), work.changed


def _own(store: Store, name: str) -> set[ox.Quad]:
    return {quad for quad in store.quads(graph=ox.NamedNode(name)) if quad.predicate != KG.origin}


def _graphs(store: Store) -> list[str]:
    return [graph.value for graph in store.article_graphs()]


def _client(address: Address, timeout: float | None) -> Client:
    return Client(address, timeout=timeout)


def _judged(store: Store) -> Judgements:
    return Judgements.read(who.judgements_of(store))


def _judge(store: Store, lines: Iterable[str]) -> bool:
    """Add judgements to those beside the copy, where a pair is not judged already; say if any was new."""
    path = who.judgements_of(store)
    assert path
    own = _judged(store)
    known = len(own)
    others = path.with_name(f"{path.name}.others")
    others.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for one in Judgements.read(others):
        if not own.has(one.left, one.right):
            own.put(one)
    others.unlink()
    if len(own) > known:
        own.write(path)
    return len(own) > known
