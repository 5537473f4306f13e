"""The names of a store, found without reading them all: a table in SQLite, kept beside the store per state of it.

    .NAME-named/FINGERPRINT/names.sqlite

A store of 75,000 actors takes seconds to be read through, and each question would do so several times. A store in
memory, or one that is open for writing, has a table in memory that lasts for one question.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph import kept, who
from kg.graph.store import Store
from kg.graph.terms import lexical
from kg.likeness import folded
from kg.vocab import KG

LAYOUT = 1
FILE = "names.sqlite"
TABLES = """
    CREATE TABLE nodes (id INTEGER PRIMARY KEY, node TEXT, actor INTEGER);
    CREATE TABLE names (rank INTEGER PRIMARY KEY, name TEXT, folded TEXT, owner INTEGER);
    CREATE TABLE titles (title TEXT);
    CREATE TABLE facts (longest INTEGER);
"""
INDEX = "CREATE INDEX by_folded ON names (folded);"
CALLED = "SELECT node, actor, name FROM names JOIN nodes ON nodes.id = names.owner WHERE folded = ? ORDER BY rank"


class NamesIndex:
    """Who is called what: what `who` asks (`who.Known`), and the titles of office."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self._table = table
        self.longest: int = table.execute("SELECT longest FROM facts").fetchone()[0]
        self.titles: tuple[str, ...] = tuple(row[0] for row in table.execute("SELECT title FROM titles ORDER BY title"))

    def has(self, name: str) -> bool:
        """Say whether an actor is called so, but for case, accents and points."""
        return bool(self.like(name))

    def called(self, text: str) -> set[who.Node]:
        """Return all that is called exactly so, in any case: actors, and whatever else has a name."""
        text = who.tidied(text)
        rows = self._table.execute(CALLED, (folded(text),))
        return {_node(node) for node, _, name in rows if name.lower() == text.lower()}

    def like(self, text: str) -> set[who.Node]:
        """Return the actors that are called so, but for case, accents and points."""
        wanted = folded(who.tidied(text))
        return {_node(node) for node, actor, _ in self._table.execute(CALLED, (wanted,)) if actor} if wanted else set()

    def names(self) -> Iterator[tuple[ox.NamedNode, str]]:
        """Yield every name of every actor, in the order of `who.names`."""
        rows = "SELECT node, name FROM names JOIN nodes ON nodes.id = names.owner WHERE actor ORDER BY rank"
        return ((ox.NamedNode(node[1:-1]), name) for node, name in self._table.execute(rows))


def of(store: Store, home: Path | None = None) -> NamesIndex:
    """Return the names of a store: those that are kept beside it, which are made where there are none yet.

    `home` is the folder of the store itself, where what is open is a snapshot of it.
    """
    snapshot, home = (store.path, home) if home else (store.read_from, store.path)
    if snapshot is None or home is None:
        return _made(store)
    try:
        folder = kept.place(home, snapshot, "named", LAYOUT)
        found = _read(folder / FILE)
        if found is None:
            with kept.making(folder, lambda: _read(folder / FILE) is not None) as made:
                table = sqlite3.connect(made / FILE)
                _fill(table, store)
                table.close()
            found = _read(folder / FILE)
        return found or _made(store)
    except (OSError, sqlite3.Error):  # where nothing may be written, or nothing has room
        return _made(store)


def _made(store: Store) -> NamesIndex:
    table = sqlite3.connect(":memory:")
    _fill(table, store)
    return NamesIndex(table)


def _read(file: Path) -> NamesIndex | None:
    """Return the names of a file, or None where there is none, or none that can be read."""
    try:
        # immutable: no lock is taken and nothing is written beside it, as it never changes
        table = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        pages, size = (table.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return NamesIndex(table) if pages * size == file.stat().st_size else None
    except (OSError, sqlite3.Error, TypeError):
        return None


def _node(text: str) -> who.Node:
    return ox.NamedNode(text[1:-1]) if text.startswith("<") else ox.BlankNode(text[2:])


def _fill(table: sqlite3.Connection, store: Store) -> None:
    actors = {str(actor) for actor in who.actors(store)}
    ids: dict[str, int] = {}
    names: list[tuple[str, str, int]] = []
    longest = 1
    for kind in who.NAMES:
        for quad in store.quads(None, kind):
            node, name = str(quad.subject), quad.object
            if not isinstance(name, ox.Literal) or isinstance(quad.subject, ox.Triple):
                continue
            plain = folded(name.value)
            if node in actors:
                longest = max(longest, plain.count(" ") + 1)
            names.append((name.value, plain, ids.setdefault(node, len(ids))))
    titles = {lexical(quad.object) for kind in (KG.office, KG.heldTitle) for quad in store.quads(None, kind)}
    with table:
        table.executescript(TABLES)
        table.executemany("INSERT INTO nodes VALUES (?, ?, ?)", ((id_, one, one in actors) for one, id_ in ids.items()))
        table.executemany("INSERT INTO names (name, folded, owner) VALUES (?, ?, ?)", names)
        table.executemany("INSERT INTO titles VALUES (?)", ((title,) for title in titles))
        table.execute("INSERT INTO facts VALUES (?)", (longest,))
        table.executescript(INDEX)
