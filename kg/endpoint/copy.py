"""An endpoint's copy on this machine: a store that is read from the endpoint, and each time only what has changed.

    ENDPOINT'S FOLDER/HOST-PATH     the copy, a store like any other; what is built into it waits to be written there
    ENDPOINT'S FOLDER/written.json  by article: the digest there, and the digest here, when both were last the same

What differs from the second digest was changed here and waits; whoever changed it there meanwhile, the waiting is kept.
What is about to be read is marked before, so that a reading that breaks off leaves nothing that seems to wait.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from kg.endpoint import state
from kg.endpoint.client import EndpointError
from kg.endpoint.remote import PAGE, Remote
from kg.errors import StoreBusyError
from kg.graph.files import whole_file
from kg.graph.store import Store
from kg.graph.terms import lexical, shared_graph
from kg.vocab import DCTERMS, KG, RDF

MERGES = (KG.merged, KG.mergedNaming, KG.mergedName, KG.mergeReason, KG.mergeScore, DCTERMS.isReplacedBy)
AT_ONCE = 200  # graphs in one request
WAIT, PAUSE = 600.0, 0.5  # seconds for another process on this machine that has the copy open; between two looks
_UNREAD = "…"  # in place of the digest here: it was being read, and holds anything


class Copy:
    """The copy of one endpoint."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.folder = remote.client.address.folder
        self.path = remote.client.address.copy
        self._file = self.folder / "written.json"
        self.written: dict[str, list[str]] = {}

    @contextmanager
    def opened(self, wait: float = WAIT) -> Iterator[Store]:
        """Give the copy's store, when no other process on this machine has it; raise StoreBusyError after a while."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what a login shows is its owner's
        begun = time.monotonic()
        while True:
            made = not (self.path / "CURRENT").is_file()
            try:
                store = Store.open(self.path)
                break
            except StoreBusyError as error:
                if time.monotonic() - begun > wait:
                    url = self.remote.client.address.url
                    raise StoreBusyError(
                        f"{url}: another kg on this machine has been at work on it for {wait:g} s; wait for it to end"
                    ) from error
                time.sleep(PAUSE)
        with store:
            # Of a copy that somebody deleted nothing is known; or all of it would seem to have been removed here.
            self.written = {} if made else self._read()
            yield store

    def _read(self) -> dict[str, list[str]]:
        try:
            written: dict[str, list[str]] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return written

    def save(self) -> None:
        """Keep what is written."""
        with whole_file(self._file) as file:
            file.write(json.dumps(self.written).encode())

    def pull(self, store: Store) -> bool:
        """Read into the copy what has changed at the endpoint; say if anything had. What waits here is kept."""
        there = state.digests(self.remote)
        here = {graph.value for graph in store.article_graphs()}
        gone = {name for name in self.written if name not in there}
        changed = [name for name, value in there.items() if not value or self.written.get(name, [""])[0] != value]
        for name in gone:
            if name in here and not self.waits(store, name):
                store.become(ox.NamedNode(name), set())
            self.written.pop(name)
        taken = [name for name in changed if name not in here or not self.waits(store, name)]
        if taken:
            self.written |= {name: ["", _UNREAD] for name in taken}
            self.save()
        for graph, quads in self._taken(taken, there):
            store.become(graph, quads)
        for name in set(changed) - set(taken):
            self.written[name] = [there[name], ""]
        if changed or gone:
            merges = set(self._merges())
            old = {quad.triple for predicate in MERGES for quad in store.quads(None, predicate, None, shared_graph())}
            old |= store.shared(RDF.type, KG.Merge)
            store.tell(old - merges, merges - old)
        store.flush()
        self.save()
        return bool(changed or gone)

    def waits(self, store: Store, name: str) -> bool:
        """Say whether an article was changed here since it was last the same there."""
        known = self.written.get(name, ["", ""])[1]
        return known != _UNREAD and known != state.digest(store.quads(graph=ox.NamedNode(name)))

    def _taken(self, names: list[str], there: dict[str, str]) -> Iterator[tuple[ox.NamedNode, set[ox.Quad]]]:
        for graph, quads in graphs(self.remote, names):
            self.written[graph.value] = [there[graph.value], state.digest(quads)]
            yield graph, quads

    def _merges(self) -> Iterator[ox.Triple]:
        graph = shared_graph()
        for predicate in MERGES:
            yield from (quad.triple for quad in self.remote.quads(None, predicate, None, graph))
        yield from (quad.triple for quad in self.remote.quads(None, RDF.type, KG.Merge, graph))


def graphs(remote: Remote, names: Iterable[str]) -> Iterator[tuple[ox.NamedNode, set[ox.Quad]]]:
    """Yield graphs of an endpoint with their quads; each batch is counted, so that no answer that was cut is taken."""
    wanted = sorted(names)
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        values = " ".join(f"<{name}>" for name in some)
        counts = remote.client.ask(
            f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        )[0]
        sizes = {lexical(row[counts.vars.index("g")]): int(lexical(row[counts.vars.index("n")])) for row in counts}
        for batch in _batches(some, sizes):
            yield from _read(remote, batch, sizes)


def _batches(names: list[str], sizes: dict[str, int]) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        if batch and sum(sizes.get(one, 0) for one in [*batch, name]) > PAGE:
            yield batch
            batch = []
        batch.append(name)
    if batch:
        yield batch


def _read(remote: Remote, names: list[str], sizes: dict[str, int]) -> Iterator[tuple[ox.NamedNode, set[ox.Quad]]]:
    values = " ".join(f"<{name}>" for name in names)
    pattern = f"VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"
    found: dict[str, set[ox.Quad]] = {name: set() for name in names}
    if sum(sizes.get(name, 0) for name in names) > PAGE:
        rows = remote.rows(("g", "s", "p", "o"), pattern)
    else:
        result = remote.client.ask(f"SELECT ?g ?s ?p ?o WHERE {{ {pattern} }}")[0]
        at = [result.vars.index(name) for name in ("g", "s", "p", "o")] if len(result) else []
        rows = (tuple(row[i] for i in at) for row in result)
    for g, s, p, o in rows:
        found[lexical(g)].add(ox.Quad(s, p, o, g))  # type: ignore[arg-type]
    for name, quads in found.items():
        if len(quads) != sizes.get(name, 0):
            raise EndpointError(
                f"{remote.client.address.url}: {name} has {sizes.get(name, 0)} triples, and {len(quads)} came: "
                "somebody is writing there, or the server cuts answers; try again"
            )
        yield ox.NamedNode(name), quads
