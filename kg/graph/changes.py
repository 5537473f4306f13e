"""Changes of a store, each whole or not at all: articles' graphs, and what follows from them in the shared one."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.contents import Contents
from kg.graph.derive import derived, support
from kg.graph.store_errors import explaining
from kg.graph.terms import layout_quads
from kg.vocab import KG


class Changes(Contents):
    """A graph that changes: an article's graph and what follows from it in one transaction."""

    def become(self, graph: ox.NamedNode, new: set[ox.Quad]) -> None:
        """Put other quads in the place of an article's, in one transaction, with what follows from them."""
        old = set(self.quads(graph=graph))
        if new != old:
            self._replace(graph, old, new)

    def tell(self, gone: Iterable[ox.Triple], new: Iterable[ox.Triple]) -> None:
        """Take triples out of the shared graph that no article yields, and put others in, in one transaction."""
        lost, found = self._shared_quads(gone), self._shared_quads(new)
        if lost or found:
            self._guard()
            with explaining(self.path):
                self.inner.update(exchange(lost, found))

    @property
    def settled(self) -> bool:
        """Whether who is who was derived since articles last came or went."""
        return not self.shared(KG.unsettled)

    @settled.setter
    def settled(self, value: bool) -> None:
        mark = ox.Triple(self._shared, KG.unsettled, ox.Literal(True))
        if value != self.settled:
            self.tell([mark] if value else [], [] if value else [mark])

    def flush(self) -> None:
        """Write everything to disk. Once per batch: after each article it would take 15 times as long."""
        with explaining(self.path):
            self.inner.flush()

    def _extend(self, quads: Iterable[ox.Quad], *, bulk: bool = False) -> None:
        """Add quads, all or none of them: `bulk` writes files and takes them into the store in one step."""
        self._guard()
        with explaining(self.path):
            (self.inner.bulk_extend if bulk else self.inner.extend)(quads)

    def _guard(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path} is open for reading only")
        if self._flat:
            raise StoreError(f"{self.path} repeats triples over graphs: it can be queried, and not be added to")

    def _replace(self, graph: ox.NamedNode, old: set[ox.Quad], new: set[ox.Quad]) -> None:
        lost = derived(old) - derived(new) if old else set()
        with explaining(self.path):
            alone = {triple for triple in lost if not self.inner.query(support(triple, graph))}
        gained = [*(new - old), *self._shared_quads(derived(new)), *layout_quads(self._shared)]
        if not old:
            self._extend(gained)
            return
        gone = [*(old - new), *self._shared_quads(alone)]
        # We write no blank nodes, and DELETE DATA takes none; what others added goes first.
        foreign = [q for q in gone if any(isinstance(term, ox.BlankNode) for term in q.triple)]
        gone = [q for q in gone if q not in foreign] if foreign else gone
        self._guard()
        drop = "" if new else f" ; DROP SILENT GRAPH {graph}"  # or its name would stay
        with explaining(self.path):
            for quad in foreign:
                self.inner.remove(quad)
            # One update is one transaction: nobody sees, and no crash leaves, half an article.
            self.inner.update(f"{exchange(gone, gained)}{drop}")

    def _shared_quads(self, triples: Iterable[ox.Triple]) -> list[ox.Quad]:
        return [ox.Quad(t.subject, t.predicate, t.object, self._shared) for t in triples]


def exchange(gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> str:
    """Return the update that takes quads out and puts others in; none may have a blank node."""
    return f"DELETE DATA {{ {_data(gone)} }} ; INSERT DATA {{ {_data(new)} }}"


def _data(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.triple} }}" for q in quads)
