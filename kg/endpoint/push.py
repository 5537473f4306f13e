"""What waits in the copy → the endpoint, in batches. Each is right by itself, and may be sent twice.

With an article go the shared triples that follow from it, and with its former self those that nothing yields any more.
So whatever breaks off, articles that are there whole have their shared triples, and the next load writes the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kg.endpoint import state
from kg.endpoint.copy import MERGES, Copy, graphs
from kg.endpoint.lock import Lock
from kg.graph.derive import derived
from kg.graph.store import Store
from kg.graph.terms import layout_quads, shared_graph
from kg.vocab import KG, RDF

BATCH = 2_000  # quads in one operation; Virtuoso compiles some ten thousand at most
REQUEST = 4 * BATCH  # quads in one update; what is larger is a single long article, written in several
OnWritten = Callable[[int, int], None]  # articles written, of how many
OWN = (KG.origin, KG.unsettled)
Operation = tuple[str, int]  # as SPARQL, and its number of quads


def push(copy: Copy, store: Store, lock: Lock, judgements: Iterable[str], on_written: OnWritten | None = None) -> int:
    """Write what waits in the copy; return how many articles that changed. The lock is held, and nothing to be pulled.

    Raises EndpointError where the endpoint fails; what is written by then stays, and is not written again.
    """
    remote = copy.remote
    here = {graph.value for graph in store.article_graphs()}
    # what others wrote has no digest: it is given one, so that nobody need read it again
    changed = sorted(name for name in here if not copy.written.get(name, [""])[0] or copy.waits(store, name))
    dropped = sorted(set(copy.written) - here)
    lock.check()
    _merges(copy, store, judgements)
    done = 0
    for some in _batches(store, changed, dropped):
        lock.check()
        old = dict(graphs(remote, [name for name in some if name in copy.written]))
        for request in _requests(_batch(store, some, here, old)):
            remote.client.update(request)
        for name in some:
            if name in here:
                value = state.digest(store.quads(graph=ox.NamedNode(name)))
                copy.written[name] = [value, value]
            else:
                copy.written.pop(name, None)
        copy.save()
        done += len(some)
        if on_written:
            on_written(done, len(changed) + len(dropped))
    if lock.broke_off:
        lock.check()
        _whole(copy, store)
    return done


def _batches(store: Store, changed: list[str], dropped: list[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for name in [*changed, *dropped]:
        more = sum(1 for _ in store.quads(graph=ox.NamedNode(name)))
        if batch and size + more > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += more
    if batch:
        yield batch


def _batch(
    store: Store, names: list[str], here: set[str], old: dict[ox.NamedNode, set[ox.Quad]]
) -> Iterator[Operation]:
    """Yield the operations that make some articles what they are here; their digests come last."""
    shared = shared_graph()
    new: list[ox.Quad] = []
    marks: list[ox.Quad] = []
    gained = {quad.triple for quad in layout_quads(shared)}
    lost: set[ox.Triple] = set()
    for name in names:
        graph = ox.NamedNode(name)
        own = [quad for quad in store.quads(graph=graph) if quad.predicate not in OWN]
        new += own
        gained |= derived(own)
        lost |= derived(old.get(graph, ()))
        marks += [state.mark(graph, state.digest(own))] if name in here else []
        yield f"DELETE WHERE {{ GRAPH {state.state_graph()} {{ {graph} {KG.graphDigest} ?digest }} }}", 1
        # also where it is not known there: an engine that is not atomic may have kept a part of what broke off
        yield f"DROP SILENT GRAPH {graph}", len(old.get(graph, ()))
    gone = [quad for quad in _shared(lost - gained) if quad not in store.inner]
    for operation, quads in (("INSERT", new), ("DELETE", gone), ("INSERT", _shared(gained)), ("INSERT", marks)):
        yield from _data(operation, quads)


def _requests(operations: Iterable[Operation]) -> Iterator[str]:
    """Yield updates of several operations each: one for all of a batch, unless an article in it is a long one."""
    waiting: list[str] = []
    size = 0
    for text, quads in operations:
        if waiting and size + quads > REQUEST:
            yield " ;\n".join(waiting)
            waiting, size = [], 0
        waiting.append(text)
        size += quads
    if waiting:
        yield " ;\n".join(waiting)


def _data(operation: str, quads: Iterable[ox.Quad]) -> Iterator[Operation]:
    rest = iter(quads)
    while some := list(islice(rest, BATCH)):
        yield f"{operation} DATA {{ {data(some)} }}", len(some)


def _shared(triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    return [ox.Quad(triple.subject, triple.predicate, triple.object, shared_graph()) for triple in triples]


def data(quads: Iterable[ox.Quad]) -> str:
    """Return quads as SPARQL's QUADS DATA, those of a graph together."""
    found: dict[str, list[str]] = {}
    for quad in quads:
        found.setdefault(str(quad.graph_name), []).append(str(quad.triple))
    return "\n".join(f"GRAPH {graph} {{ {' . '.join(triples)} }}" for graph, triples in found.items())


def _merges(copy: Copy, store: Store, judgements: Iterable[str]) -> None:
    """Write what no article alone yields: the merges, and the judgements."""
    shared, graph = shared_graph(), state.state_graph()
    there = {q for p in MERGES for q in copy.remote.quads(None, p, None, shared)}
    there |= set(copy.remote.quads(None, RDF.type, KG.Merge, shared))
    here = {q for p in MERGES for q in store.quads(None, p, None, shared)}
    here |= set(store.quads(None, RDF.type, KG.Merge, shared))
    there |= {ox.Quad(graph, KG.judged, ox.Literal(line), graph) for line in state.judgements(copy.remote)}
    here |= {ox.Quad(graph, KG.judged, ox.Literal(line), graph) for line in judgements}
    _change(copy, there - here, here - there)


def _whole(copy: Copy, store: Store) -> None:
    """Make the whole shared graph what it is here: a load that broke off may have left anything."""
    shared = shared_graph()
    there = set(copy.remote.quads(None, None, None, shared))
    here = {quad for quad in store.quads(graph=shared) if quad.predicate not in OWN}
    _change(copy, there - here, here - there)


def _change(copy: Copy, gone: set[ox.Quad], new: set[ox.Quad]) -> None:
    for operation, quads in (("DELETE", sorted(gone, key=str)), ("INSERT", sorted(new, key=str))):
        for text, _ in _data(operation, quads):
            copy.remote.client.update(text)
