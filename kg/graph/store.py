"""The store: one face over pyoxigraph, in memory for files and tests, on disk for what grows.

Contents   what it holds, read: quads, queries, copies        contents.py
Changes    each one whole or not at all                       changes.py
Articles   how they come, are known, and go                   articles.py
Store      opened and closed                                  here
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import formats, snapshots
from kg.graph.articles import Articles
from kg.graph.store_errors import explained, explaining


class Store(Articles):
    """A graph of articles: `Store.memory()`, `Store.open(folder)`, or `Store.load(path)` to read whatever is there.

    Queries see the union of all graphs. Use it as a context manager, or `close()` it: what was added is then on disk.
    """

    read_from: Path | None = None  # the snapshot that is read in place of the folder, and stays as it is

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
