"""A store's statements as columns of numbers: who, which relation, whom, when. Some 60 bytes for each statement.

Counting an actor's thirty thousand statements in the store takes seconds (each is four look-ups on disk); over columns
it takes milliseconds. Building reads six predicates from end to end, about twenty seconds for a million statements,
once per snapshot. The statements themselves stay in the store.
"""
from __future__ import annotations

from array import array
from collections import Counter
from typing import Any

import numpy as np

from kg.graph.store import Store
from kg.vocab import KG, PROV, SCHEMA, SEM

Rows = np.ndarray
Tie = tuple[str, str, str, str]  # subject, relation, object, factuality


class Index:
    """The columns, sorted by event; actors, relations and factualities by number."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._actors: dict[str, int] = {}
        self._relations: dict[str, int] = {}
        self._factualities: dict[str, int] = {}
        days: dict[str, int] = {}
        articles: dict[str, int] = {}
        keys, codes, events = _scan(store, KG.subject, self._actors, names=True)
        self._keys, first = np.unique(keys, return_index=True)
        self.subject = codes[first]
        self.prefix = _common(min(events), max(events)) if events else ""
        self._events = np.array([event[len(self.prefix):].encode() for event in events], dtype=bytes)[first] if events \
            else np.zeros(0, dtype="S1")
        self.object = self._column(store, KG.object, self._actors)
        self.relation = self._column(store, KG.relation, self._relations)
        self.factuality = self._column(store, KG.factuality, self._factualities)
        self.day = _days(self._column(store, SEM.hasTimeStamp, days), days)
        self.told = _told(store, self._column(store, PROV.wasDerivedFrom, articles), articles)
        del self._keys
        known = (self.object >= 0) & (self.relation >= 0)
        for name in ("subject", "object", "relation", "factuality", "day", "told", "_events"):
            setattr(self, name, getattr(self, name)[known])
        self.actors = list(self._actors)
        self.relations = [iri.removeprefix(KG.iri) for iri in self._relations]
        self.factualities = [iri.removeprefix(KG.iri) for iri in self._factualities] or ["asserted"]
        self.many = max(1, len(self.actors))
        self.degree = np.bincount(self.subject, minlength=self.many) + np.bincount(self.object, minlength=self.many)
        self._by = [_starts(column, self.many) for column in (self.subject, self.object)]

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.subject)

    def _column(self, store: Store, predicate: Any, pool: dict[str, int]) -> np.ndarray:
        keys, codes, _ = _scan(store, predicate, pool)
        column = np.full(len(self._keys), -1, dtype=np.int32)
        if len(self._keys):
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            hit = self._keys[at] == keys
            column[at[hit]] = codes[hit]
        return column

    def number(self, iri: str) -> int:
        """Return an actor's number, -1 for one that is in no statement."""
        return self._actors.get(iri, -1)

    def rows(self, actor: int) -> Rows:
        """Return an actor's statements."""
        if actor < 0:
            return np.zeros(0, dtype=np.int64)
        found = [order[starts[actor]:starts[actor + 1]] for order, starts in self._by]
        return np.unique(np.concatenate(found))

    def others(self, rows: Rows, actor: int) -> np.ndarray:
        """Return who stands at the other end of each of an actor's statements."""
        return np.where(self.subject[rows] == actor, self.object[rows], self.subject[rows])

    def pairs(self) -> np.ndarray:
        """Return a number for the two actors of each statement, the same in both directions."""
        low, high = np.minimum(self.subject, self.object), np.maximum(self.subject, self.object)
        return low.astype(np.int64) * self.many + high

    def ties(self, rows: Rows) -> Counter[Tie]:
        """Count statements by subject, relation, object and factuality."""
        kinds, stances = len(self.relations), len(self.factualities)
        key = self.subject[rows].astype(np.int64) * self.many + self.object[rows]
        key = (key * kinds + self.relation[rows]) * stances + np.maximum(self.factuality[rows], 0)
        found, counts = np.unique(key, return_counts=True)
        ties: Counter[Tie] = Counter()
        for value, count in zip(found.tolist(), counts.tolist(), strict=True):
            rest, stance = divmod(value, stances)
            pair, kind = divmod(rest, kinds)
            subject, object_ = divmod(pair, self.many)
            ties[self.actors[subject], self.relations[kind], self.actors[object_], self.factualities[stance]] = count
        return ties

    def newest(self, rows: Rows, offset: int, limit: int) -> list[str]:
        """Return the IRIs of the events that were told last, from `offset` on."""
        order = np.lexsort((rows, -self.day[rows], -self.told[rows]))[offset:offset + limit]
        return [self.prefix + tail.decode() for tail in self._events[rows[order]].tolist()]


def _starts(column: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows in the order of a column, and where each of its values begins."""
    order = np.argsort(column, kind="stable")
    return order, np.searchsorted(column[order], np.arange(many + 1))


def _common(first: str, last: str) -> str:
    """Return what the first and the last of sorted texts, and so all of them, begin with."""
    return next((first[:at] for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]),
                first[:min(len(first), len(last))])


def _scan(store: Store, predicate: Any, pool: dict[str, int], *,
          names: bool = False) -> tuple[np.ndarray, np.ndarray, list[str]]:
    keys, codes, events = array("q"), array("i"), []
    # Streamed, not `rows`, which would hold them all; and a query, for a quad reads four terms from disk and this two.
    for solution in store.query(f"SELECT ?event ?value WHERE {{ ?event {predicate} ?value }}").stream():
        subject, value = (str(getattr(term, "value", "")) for term in solution)
        keys.append(hash(subject))
        codes.append(pool.setdefault(value, len(pool)))
        if names:
            events.append(subject)
    return np.array(keys, dtype=np.int64), np.array(codes, dtype=np.int32), events


def _days(codes: np.ndarray, texts: dict[str, int]) -> np.ndarray:
    """Return dates as numbers that sort, 20201006 for 2020-10-06; 0 where there is none."""
    values = [int(text[:10].replace("-", "").ljust(8, "0")) if text[:4].isdecimal()
              and text[:10].replace("-", "").isdecimal() else 0 for text in texts]
    return np.array([*values, 0], dtype=np.int32)[codes]


def _told(store: Store, codes: np.ndarray, articles: dict[str, int]) -> np.ndarray:
    """Return when each statement's article was published."""
    published: dict[str, int] = {}
    when = {}
    for quad in store.quads(None, SCHEMA.datePublished):
        text = str(getattr(quad.object, "value", ""))[:10]
        when[str(getattr(quad.subject, "value", ""))] = published.setdefault(text, len(published))
    return _days(np.array([*(when.get(iri, -1) for iri in articles), -1], dtype=np.int32), published)[codes]
