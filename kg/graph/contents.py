"""What a store holds, read: quads by pattern, queries over the union of all graphs, and copies of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, QueryFailedError, StoreError
from kg.graph import formats, syntax
from kg.graph.queries import Query
from kg.graph.results import Result
from kg.graph.store_errors import explaining, short
from kg.graph.terms import GraphName, Subject, Term, shared_graph
from kg.graph.vet import vet
from kg.vocab import KG, prefixes


class Contents:
    """A graph in a pyoxigraph store, of the folder or file `path`. Queries see the union of all graphs."""

    def __init__(self, inner: ox.Store, path: Path | None = None, *, read_only: bool = False) -> None:
        self._inner: ox.Store | None = inner
        self.path, self.read_only = path, read_only
        self._flat = False  # the default graph holds the union already (see `Store.of`)
        self._marks = None if path else ox.Store()  # of a store in memory, which tells nobody of its files
        with explaining(path):
            marks = list(inner.quads_for_pattern(None, KG.layoutVersion, None))
        formats.check_layout(marks, path or "the store")
        graph = marks[0].graph_name if marks else None
        self._shared = graph if isinstance(graph, ox.NamedNode) else shared_graph()

    @property
    def inner(self) -> ox.Store:
        """The pyoxigraph store, for what this class has no word for."""
        if self._inner is None:
            raise StoreError("the store is closed")
        return self._inner

    @property
    def marks(self) -> ox.Store:
        """What says which file each article was read from (`kg.graph.origins`)."""
        return self.inner if self._marks is None else self._marks

    def quads(
        self,
        subject: Subject | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Return the quads that match; None matches anything. In a flat store each triple comes once."""
        if self._flat and graph is None:
            graph = ox.DefaultGraph()
        with explaining(self.path):  # a damaged block is met when it is read
            yield from self.inner.quads_for_pattern(subject, predicate, object, graph)

    def query(
        self,
        sparql: str | Query,
        *,
        base: str | None = None,
        default: Iterable[str] | None = None,
        named: Iterable[str] | None = None,
    ) -> Result:
        """Answer a SPARQL query, or a named one, over the union of all graphs; usual prefixes need no declaration.

        `default` and `named` are the graphs of another dataset, as SPARQL's protocol names it; `base` is what relative
        IRIs are relative to. A query that is refused, does not parse, names a graph in FROM that is not here, or fails,
        raises QueryError.
        """
        text = sparql.narrowed(self.query) if isinstance(sparql, Query) else sparql
        found = vet(text)
        for source in found.sources if default is None else ():
            if not self.inner.contains_named_graph(ox.NamedNode(source)):
                raise QueryError(f"FROM <{source[:200]}>: no graph here has that name, and nothing is fetched")
        own = default is None and named is None
        try:
            raw = self.inner.query(
                text,
                base_iri=base,
                prefixes=prefixes(),
                # A union default graph would silently override FROM.
                use_default_graph_as_union=own and not self._flat and not found.words & {"FROM"},
                default_graph=None if own else [ox.NamedNode(iri) for iri in default or ()],
                named_graphs=None if own else [ox.NamedNode(iri) for iri in named or ()],
            )
            return Result(raw)
        except SyntaxError as error:
            raise QueryError(syntax.explained(text, str(error))) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryFailedError(f"the query failed: {short(error)}") from error

    def shared(self, predicate: ox.NamedNode, object: Term | None = None) -> set[ox.Triple]:
        """Return the triples of the shared graph with a predicate."""
        return {quad.triple for quad in self.quads(None, predicate, object, self._shared)}

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self.inner)

    def __iter__(self) -> Iterator[ox.Quad]:
        if not self._flat:
            return self.quads()
        named = {quad.triple for quad in self.inner if not isinstance(quad.graph_name, ox.DefaultGraph)}
        return (q for q in self.inner if not isinstance(q.graph_name, ox.DefaultGraph) or q.triple not in named)

    def dump(self, path: str | Path, format: str | None = None) -> None:
        """Write everything to a file, in the format of its extension; the same graph gives the same bytes."""
        own = (quad for quad in self if quad.predicate not in (KG.origin, KG.unsettled))  # this store's own affairs
        formats.write(own, path, formats.format_of(f"x.{format}") if format else None)

    def snapshot(self, folder: str | Path) -> None:
        """Copy a store on disk to a new folder (by hard links) that can be read while this one is written."""
        if Path(folder).exists():
            raise StoreError(f"{folder} exists: name a new folder")
        with explaining(Path(folder)):
            self.inner.backup(str(folder))
