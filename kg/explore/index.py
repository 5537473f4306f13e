"""A store's statements as columns of numbers, the newest first: who, which relation, whom, when. ~70 bytes for each.

Counting an actor's thirty thousand statements in the store takes seconds (each is four look-ups on disk); over columns
it takes milliseconds. The statements themselves stay in the store.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import numpy as np

from kg.explore import scan
from kg.explore.text_search import Lines, parts
from kg.graph.store import Store
from kg.reconcile import read
from kg.reconcile.table import Table
from kg.vocab import KG, OA, RDFS, SCHEMA, SKOS

Rows = np.ndarray
Tie = tuple[int, int, int, int]  # subject, relation, object, factuality
COLUMNS = (
    "subject",
    "object",
    "relation",
    "factuality",
    "article",
    "source",
    "publisher",
    "language",
    "event",
    "told",
    "sources",
    "disputed",
    "confidence",
    "name",
    "type",
)
STRINGS = ("actors", "relations", "factualities", "sources", "publishers", "languages", "types")
KINDS = ("names", "sentences", "headlines")
STEPS = scan.STEPS + 4


class Index:
    """The columns of a folder that `write` has made; actors, relations and all that has a name by number."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store, self.folder = store, folder
        for name in COLUMNS:
            setattr(self, name, np.load(folder / f"{name}.npy", mmap_mode="r"))
        self.strings: dict[str, list[str]] = json.loads((folder / "strings.json").read_text(encoding="utf-8"))
        self.actors = self.strings["actors"]
        self.relations = self.strings["relations"]
        self.factualities = self.strings["factualities"]
        self.many = max(1, len(self.actors))
        self.degree = np.bincount(self.subject, minlength=self.many) + np.bincount(self.object, minlength=self.many)
        # names are in the order of `ranked`, headlines in that of the articles; `said` ties statements to sentences
        self.names, self.sentences, self.headlines = (Lines(folder / f"{kind}.txt") for kind in KINDS)
        self.said = [np.load(folder / f"said-{end}.npy", mmap_mode="r") for end in ("rows", "lines")]
        self._numbers = {iri: number for number, iri in enumerate(self.actors)}
        self._by = [_starts(column, self.many) for column in (self.subject, self.object)]

    subject: np.ndarray
    object: np.ndarray
    relation: np.ndarray
    factuality: np.ndarray
    article: np.ndarray
    source: np.ndarray
    publisher: np.ndarray
    language: np.ndarray
    event: np.ndarray  # when it happened, where that is not known when it was told
    told: np.ndarray
    sources: np.ndarray
    disputed: np.ndarray
    confidence: np.ndarray  # 0 to 1, NaN where there is none
    name: np.ndarray  # of the event, as bytes
    type: np.ndarray  # of each actor

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.subject)

    def number(self, iri: str) -> int:
        """Return an actor's number, -1 for one that is in no statement."""
        return self._numbers.get(iri, -1)

    def rows(self, actor: int) -> Rows:
        """Return an actor's statements, the newest first."""
        if actor < 0:
            return np.zeros(0, dtype=np.int64)
        found = [order[starts[actor] : starts[actor + 1]] for order, starts in self._by]
        return np.unique(np.concatenate(found))

    def others(self, rows: Rows, actor: int) -> np.ndarray:
        """Return who stands at the other end of each of an actor's statements."""
        found: np.ndarray = np.where(self.subject[rows] == actor, self.object[rows], self.subject[rows])
        return found

    @cached_property
    def pairs(self) -> np.ndarray:
        """A number for the two actors of each statement, the same in both directions."""
        low, high = np.minimum(self.subject, self.object), np.maximum(self.subject, self.object)
        found: np.ndarray = low.astype(np.int64) * self.many + high
        return found

    @cached_property
    def agreement(self) -> np.ndarray:
        """How sources agree on each statement: a number of `kg.view.agreement.VALUES`."""
        return np.where(self.disputed, 2, np.where(self.sources > 1, 1, 0)).astype(np.int8)

    def ties(self, rows: Rows) -> dict[Tie, tuple[int, int, bool]]:
        """Return who is tied to whom, by how many statements, by how many sources at most, and whether disputed."""
        kinds, stances = len(self.relations), len(self.factualities)
        key = self.subject[rows].astype(np.int64) * self.many + self.object[rows]
        key = (key * kinds + self.relation[rows]) * stances + self.factuality[rows]
        found, number, counts = np.unique(key, return_inverse=True, return_counts=True)
        sources, disputed = np.zeros(len(found), dtype=np.int32), np.zeros(len(found), dtype=bool)
        np.maximum.at(sources, number, self.sources[rows])
        np.logical_or.at(disputed, number, self.disputed[rows])
        ties = {}
        for value, *told in zip(found.tolist(), counts.tolist(), sources.tolist(), disputed.tolist(), strict=True):
            rest, stance = divmod(value, stances)
            pair, kind = divmod(rest, kinds)
            subject, object_ = divmod(pair, self.many)
            ties[subject, kind, object_, stance] = told[0], told[1], told[2]
        return ties

    def events(self, rows: Rows) -> list[str]:
        """Return the IRIs of statements."""
        return [name.decode() for name in self.name[rows].tolist()]

    # ---- words

    @cached_property
    def who(self) -> Table:
        """Everyone who can be matched by a name, a code or an id: also who is only a place, a source or a publisher."""
        return Table.read(self.folder)

    @cached_property
    def ranked(self) -> np.ndarray:
        """The actors from the best connected on."""
        return ranked(self.degree)

    def saying(self, word: str) -> np.ndarray:
        """Say of each statement whether its sentences, its headline, or its actors' names hold the word."""
        named = np.zeros(self.many, dtype=bool)
        named[self.ranked[self.names.having(word)]] = True
        found: np.ndarray = named[self.subject] | named[self.object]
        rows, lines = self.said
        found[rows[self.sentences.having(word)[lines]]] = True
        found |= self.headlines.having(word)[self.article]
        return found


def ranked(degree: np.ndarray) -> np.ndarray:
    """Return the actors from the best connected on."""
    return np.lexsort((np.arange(len(degree)), -degree))


def write(folder: Path, columns: scan.Columns, strings: scan.Strings) -> None:
    """Write columns and strings."""
    for name in COLUMNS:
        np.save(folder / f"{name}.npy", columns[name])
    kept = {name: strings[name] for name in STRINGS}
    (folder / "strings.json").write_text(json.dumps(kept), encoding="utf-8")


def make(store: Store, folder: Path, tell: Callable[[], None] = lambda: None) -> None:
    """Read a store and write its index into a folder; `tell` hears of each of `STEPS` steps."""
    columns, strings = scan.columns(store, tell)
    write(folder, columns, strings)
    many = len(strings["actors"])
    degree = np.bincount(columns["subject"], minlength=many) + np.bincount(columns["object"], minlength=many)
    _names(store, folder, strings["actors"], ranked(degree))
    tell()
    events = {name: row for row, name in enumerate(columns["name"].tolist())}
    rows, lines = array("i"), array("i")
    known: dict[str, int] = {}
    for event, sentence in scan.joined(store, [KG.evidence, OA.hasSelector, OA.exact]):
        if (row := events.get(event.encode())) is not None:
            rows.append(row)
            lines.append(known.setdefault(sentence, len(known)))
    np.save(folder / "said-rows.npy", np.array(rows, dtype=np.int32))
    np.save(folder / "said-lines.npy", np.array(lines, dtype=np.int32))
    Lines.write(folder / "sentences.txt", known)
    tell()
    headlines = dict(scan.pairs(store, f"?e {SCHEMA.headline} ?v"))
    Lines.write(folder / "headlines.txt", (headlines.get(iri, "") for iri in strings["articles"]))
    tell()
    Table.of(read.actors(store)).write(folder)
    tell()


def _names(store: Store, folder: Path, actors: list[str], order: np.ndarray) -> None:
    known = dict.fromkeys(actors)
    found: dict[str, dict[str, None]] = {}
    for predicate in (RDFS.label, SKOS.altLabel, SKOS.prefLabel):
        for iri, name in scan.pairs(store, f"?e {predicate} ?v"):
            if iri in known:
                found.setdefault(iri, {})[name] = None
    Lines.write(folder / "names.txt", (parts([*found.get(actors[number], ())]) for number in order.tolist()))


def _starts(column: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows in the order of a column, and where each of its values begins."""
    order = np.argsort(column, kind="stable")
    return order, np.searchsorted(column[order], np.arange(many + 1))
