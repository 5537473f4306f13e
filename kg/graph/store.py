"""The store: one face over pyoxigraph, in memory for files and tests, on disk for what grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

import pyoxigraph as ox

from kg.errors import QueryError, QueryFailedError, StoreError
from kg.graph import formats, origins, snapshots, syntax
from kg.graph.derive import derived, support
from kg.graph.local_names import said
from kg.graph.queries import Query
from kg.graph.rdf import article_quads
from kg.graph.results import Result
from kg.graph.store_errors import explained, explaining, short
from kg.graph.terms import GraphName, Subject, Term, layout_quads, shared_graph, text
from kg.graph.vet import vet
from kg.model import Article, Statement
from kg.vocab import KG, SCHEMA, XSD, article_iri, prefixes

Outcome = Literal["new", "changed", "same"]
FLUSH_EVERY = 512  # articles
BULK_FROM = 16  # articles; fewer are written faster through the log than as files of their own, many three times slower


class Store:
    """A graph of articles: `Store.memory()`, `Store.open(folder)`, or `Store.load(path)` to read whatever is there.

    Queries see the union of all graphs. Use it as a context manager, or `close()` it: what was added is then on disk.
    """

    def __init__(self, inner: ox.Store, path: Path | None = None, *, read_only: bool = False) -> None:
        self._inner: ox.Store | None = inner
        self.path, self.read_only = path, read_only
        self.read_from: Path | None = None  # the snapshot that is read in place of the folder, and stays as it is
        self._flat = False  # the default graph holds the union already (see `of`)
        self._marks = None if path else ox.Store()  # of a store in memory, which tells nobody of its files
        with explaining(path):
            marks = list(inner.quads_for_pattern(None, KG.layoutVersion, None))
        formats.check_layout(marks, path or "the store")
        graph = marks[0].graph_name if marks else None
        self._shared = graph if isinstance(graph, ox.NamedNode) else shared_graph()

    # ---- opening

    @classmethod
    def memory(cls) -> Store:
        """Return an empty store in memory."""
        return cls(ox.Store())

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Store:
        """Open the store in a folder; for writing, a missing or empty folder becomes a new store."""
        path = Path(path)
        try:
            is_store = (path / "CURRENT").is_file()
            empty = not path.exists() or (path.is_dir() and not any(path.iterdir()))
            if not is_store and (read_only or not empty):
                remedy = "make one with `kg build … --store`" if empty else "name an empty folder, or a store's"
                raise StoreError(f"{path} holds no store: {remedy}")
            inner = ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
        except (OSError, RuntimeError, ValueError) as error:
            raise explained(path, error) from error
        return cls(inner, path, read_only=read_only)

    @classmethod
    def load(cls, path: str | Path) -> Store:
        """Return what a file (by its extension) or the folder of a store holds, for reading.

        A store is read as it is at this moment, whatever others write to it meanwhile.
        """
        if Path(path).is_dir():
            return cls._view(Path(path))
        return cls.of(formats.read(path), Path(path))

    @classmethod
    def of(cls, quads: Sequence[ox.Quad], path: Path | None = None) -> Store:
        """Return a store in memory of quads; `path` is where they were read."""
        inner = ox.Store()
        inner.bulk_extend(quads)
        store = cls(inner, path)
        # Others may repeat a triple over graphs, and the union would return each: the default graph is then made it.
        triples = {quad.triple for quad in quads}
        if len(triples) < len(inner):
            inner.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
            store._flat = True
        return store

    @classmethod
    def _view(cls, path: Path) -> Store:
        view = snapshots.view(path) if (path / "CURRENT").is_file() else None
        if view is None:
            return cls.open(path, read_only=True)
        with explaining(path):
            store = cls(ox.Store.read_only(str(view)), path, read_only=True)
        store.read_from = view
        return store

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

    def close(self) -> None:
        """Write everything to disk and give the folder free."""
        if self._inner is not None and self.path and not self.read_only:
            self.flush()
        self._inner = None
        if self.read_from:
            snapshots.forget(self.read_from)
            self.read_from = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- writing

    def add(self, article: Article, statements: Iterable[Statement]) -> Outcome:
        """Put an article in the place of its former self, in one transaction; say what that changed."""
        graph = ox.NamedNode(article_iri(article.id))
        new = self._quads_of(article, statements)
        old = set(self.quads(graph=graph))
        if new == said(old):
            return "same"
        self._replace(graph, old, new)
        return "changed" if old else "new"

    def add_all(self, built: Iterable[tuple[Article, list[Statement]]], *, batch: int = 64) -> Iterator[Outcome]:
        """Add many articles, `batch` of new ones to a transaction; yield each outcome when it is written."""
        waiting: dict[ox.NamedNode, set[ox.Quad]] = {}
        unflushed = 0
        for article, statements in built:
            graph = ox.NamedNode(article_iri(article.id))
            if graph in waiting or next(self.quads(graph=graph), None):
                yield from self._write_new(waiting)
                yield self.add(article, statements)
            else:
                waiting[graph] = self._quads_of(article, statements)
            if len(waiting) >= batch:
                unflushed += len(waiting)
                yield from self._write_new(waiting)
                if unflushed >= FLUSH_EVERY and self.path:  # who serves the store meanwhile sees what is flushed
                    self.flush()
                    unflushed = 0
        yield from self._write_new(waiting)

    def knows(self, article: Article) -> bool:
        """Say whether the article is here as it is now: same text, same metadata, by this version of the software."""
        if not self.digest_of(article.id):
            return False
        graph = ox.NamedNode(article_iri(article.id))
        # What the article itself tells, and not how it names those of whom its statements speak as well.
        bare = {quad for quad in article_quads(article, ()) if "#naming-" not in str(quad.subject)}
        there = {quad for subject in {quad.subject for quad in bare} for quad in self.quads(subject, None, None, graph)}
        return bare == {quad for quad in said(there) if quad.predicate != KG.origin}

    def id_for(self, article: Article) -> str:
        """Return the id under which the store has an article that is read, or under which it can come beside others.

        The same file gives the same article, else the same address does, else the same id with the same text; an id
        that another file's article has is made longer by a part of the text's hash.
        """
        return origins.id_for(self, article)

    def found_in(self, article: Article) -> None:
        """Remember the file in which an article that the store knows was found this time."""
        new, old = origins.mark(self, article), origins.of(self, article.id)
        if new and new != old:
            self._guard()
            with explaining(self.path):
                self.marks.update(f"DELETE DATA {{ {_data([old] if old else [])} }} ; INSERT DATA {{ {_data([new])} }}")

    def _quads_of(self, article: Article, statements: Iterable[Statement]) -> set[ox.Quad]:
        """Return what the article's graph will hold; a store in memory notes the article's file elsewhere."""
        quads, mark = article_quads(article, statements), origins.mark(self, article)
        if self._marks is not None:
            self._marks.remove_graph(ox.NamedNode(article_iri(article.id)))
            self._marks.extend([mark] if mark else [])
        elif mark:
            quads.add(mark)
        return quads

    def _write_new(self, waiting: dict[ox.NamedNode, set[ox.Quad]]) -> Iterator[Outcome]:
        if waiting:
            quads = set().union(*waiting.values())
            count = len(waiting)
            self._extend(
                [*quads, *self._shared_quads(derived(quads)), *layout_quads(self._shared)], bulk=count >= BULK_FROM
            )
            waiting.clear()
            for _ in range(count):
                yield "new"

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
                self.inner.update(f"DELETE DATA {{ {_data(lost)} }} ; INSERT DATA {{ {_data(found)} }}")

    @property
    def settled(self) -> bool:
        """Whether who is who was derived since articles last came or went."""
        return not self.shared(KG.unsettled)

    @settled.setter
    def settled(self, value: bool) -> None:
        mark = ox.Triple(self._shared, KG.unsettled, ox.Literal(True))
        if value != self.settled:
            self.tell([mark] if value else [], [] if value else [mark])

    def article_graphs(self) -> list[ox.NamedNode]:
        """Return the graphs of all articles, sorted."""
        found = {quad.graph_name for quad in self.quads(None, KG.articleId)}
        return sorted((graph for graph in found if isinstance(graph, ox.NamedNode)), key=str)

    def shared(self, predicate: ox.NamedNode, object: Term | None = None) -> set[ox.Triple]:
        """Return the triples of the shared graph with a predicate."""
        return {quad.triple for quad in self.quads(None, predicate, object, self._shared)}

    def remove(self, article_id: str) -> bool:
        """Take an article back, and of the shared graph exactly what it alone supported; say if it was there."""
        graph = ox.NamedNode(article_iri(article_id))
        old = set(self.quads(graph=graph)) or self._elsewhere(article_id)
        if not old:
            return False
        graph_name = next(iter(old)).graph_name
        assert isinstance(graph_name, ox.NamedNode)
        self._replace(graph_name, old, set())
        if self._marks is not None:
            self._marks.remove_graph(graph_name)
        return True

    def article_ids(self, name: str) -> list[str]:
        """Return the ids of the articles that a name means: an id, an address, or a file's path; empty for none."""
        if next(self.quads(None, KG.articleId, text(name)), None):
            return [name]
        known = next(self.quads(None, SCHEMA.url, ox.Literal(text(name).value, datatype=XSD.anyURI)), None)
        found = next(self.quads(known.subject, KG.articleId), None) if known else None
        return [_value(found.object)] if found else origins.in_file(self, name)

    def digest_of(self, article_id: str) -> str | None:
        """Return the SHA-256 of the text of an article; None where the store does not have it."""
        graph = ox.NamedNode(article_iri(article_id))
        return next((_value(quad.object) for quad in self.quads(graph, KG.textSha256, None, graph)), None)

    def _elsewhere(self, article_id: str) -> set[ox.Quad]:
        """Find an article that was built under another base IRI."""
        found = next(self.quads(None, KG.articleId, text(article_id)), None)
        return set(self.quads(graph=found.graph_name)) if found else set()

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
            self.inner.update(f"DELETE DATA {{ {_data(gone)} }} ; INSERT DATA {{ {_data(gained)} }}{drop}")

    def _shared_quads(self, triples: Iterable[ox.Triple]) -> list[ox.Quad]:
        return [ox.Quad(t.subject, t.predicate, t.object, self._shared) for t in triples]

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

    def flush(self) -> None:
        """Write everything to disk. Once per batch: after each article it would take 15 times as long."""
        with explaining(self.path):
            self.inner.flush()

    # ---- reading

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

    def articles(self) -> dict[str, str]:
        """Return the SHA-256 of the text of each article, by article id."""
        hashes = {q.subject: q.object for q in self.quads(None, KG.textSha256)}
        ids = {q.object: hashes.get(q.subject) for q in self.quads(None, KG.articleId)}
        return {_value(key): _value(value) for key, value in sorted(ids.items(), key=lambda item: str(item[0]))}

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


def _data(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.triple} }}" for q in quads)


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
