"""A store, read from end to end → columns of numbers: who, which relation, whom, when, published where, said by whom.

What it costs is that the store looks up each IRI on disk: three microseconds for each of millions. So values that many
statements share are asked for once, with all who have them, and two predicates are read at a time.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from kg.graph.confident import probability
from kg.graph.store import Store
from kg.view.agreement import agreement, shared_texts
from kg.vocab import KG, PROV, RDF, SCHEMA, SEM, ontology

Columns = dict[str, np.ndarray]
Strings = dict[str, list[str]]
Pool = dict[bytes, int]  # terms as TSV writes them
Found = tuple[list[bytes], list[int], list[bytes]]  # values, how many have each, and who
Tell = Callable[[], None]
# column: its predicate, what its values are, and whether many statements share one
OF_EVENTS = {
    "subject": (KG.subject, "actors", False),
    "object": (KG.object, "actors", False),
    "article": (PROV.wasDerivedFrom, "articles", False),
    "relation": (KG.relation, "relations", True),
    "factuality": (KG.factuality, "factualities", True),
    "date": (SEM.hasTimeStamp, "dates", True),
    "source": (KG.source, "sources", True),
    "confidence": (KG.confidence, "confidences", True),
}
OF_ARTICLES = {
    "publisher": (SCHEMA.publisher, "publishers", True),
    "language": (SCHEMA.inLanguage, "languages", True),
    "time": (SCHEMA.datePublished, "times", False),
}
STEPS = len(OF_EVENTS) + len(OF_ARTICLES)  # how often `columns` tells that it got on
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def columns(store: Store, tell: Tell = lambda: None) -> tuple[Columns, Strings]:
    """Return the statements' columns, the newest first, and the strings that they number."""
    pools: dict[str, Pool] = {pool: {} for _, pool, _ in (*OF_EVENTS.values(), *OF_ARTICLES.values())}
    found: Columns = {}
    with ThreadPoolExecutor(2) as threads:  # the store answers without Python's lock
        answers = threads.map(
            lambda asked: _scan(store, asked[0], shared=asked[2]), (*OF_EVENTS.values(), *OF_ARTICLES.values())
        )
        keys = np.zeros(0, dtype=np.int64)
        for name, (_, pool, _) in OF_EVENTS.items():
            values, counts, members = next(answers)
            if name == "subject":
                events = sorted(set(members))
                found["name"], keys = np.array(events, dtype=bytes), _keys(events)
            found[name] = _column(values, counts, members, keys, pools[pool])
            tell()
        keys = _keys([article[1:-1] for article in pools["articles"]])
        for name, (_, pool, _) in OF_ARTICLES.items():
            found[name] = np.append(_column(*next(answers), keys, pools[pool]), -1)[found["article"]]
            tell()
    return _ordered(store, found, {name: [*map(_plain, pool)] for name, pool in pools.items()})


def _ordered(store: Store, found: Columns, strings: Strings) -> tuple[Columns, Strings]:
    """Leave out what is no whole statement, and put the newest first."""
    told, dated = _days(strings["times"])[found["time"]], _days(strings["dates"])[found["date"]]
    rank = np.append(np.argsort(np.argsort(strings["times"])), -1)[found["time"]]
    whole = np.flatnonzero((found["object"] >= 0) & (found["relation"] >= 0) & (found["article"] >= 0))
    found["event"], found["told"] = np.where(dated > 0, dated, told), told
    day = np.where(told > 0, told, dated)
    order = whole[np.lexsort((whole, -found["event"][whole], -rank[whole], -day[whole]))]
    found = {name: column[order] for name, column in found.items()}
    strings["relations"] = [_local(iri) for iri in strings["relations"]]
    strings["factualities"] = [_local(iri) for iri in strings["factualities"]] or ["asserted"]
    found["factuality"] = np.where(
        found["factuality"] < 0, _number(strings["factualities"], "asserted"), found["factuality"]
    )
    symmetric = np.array([name in _symmetric() for name in strings["relations"]] or [False])
    ends = [found["subject"].astype(np.int64), found["object"].astype(np.int64)]
    swap = symmetric[found["relation"]] & (ends[0] > ends[1])
    low, high = np.where(swap, ends[1], ends[0]), np.where(swap, ends[0], ends[1])
    many = max(1, len(strings["actors"]))
    texts = shared_texts(store)
    numbers = {text: number for number, text in enumerate(strings["articles"])}
    origin = np.array([numbers.get(texts.get(iri, iri), at) for at, iri in enumerate(strings["articles"])] or [0])
    found["sources"], found["disputed"] = agreement(
        (low * many + high) * len(symmetric) + found["relation"],
        [*strings["dates"], ""],
        found["date"],
        found["factuality"] == _number(strings["factualities"], "negated"),
        origin[found["article"]],
    )
    sure = (*map(probability, strings["confidences"]), None)
    found["confidence"] = np.array([math.nan if value is None else value for value in sure])[found["confidence"]]
    found["type"], strings["types"] = _types(store, strings["actors"])
    return found, strings


def _scan(store: Store, predicate: object, *, shared: bool, among: str = "") -> Found:
    """Return the values of a predicate, how many have each, and who."""
    if not shared:
        answer = store.query(f"SELECT ?v ?e WHERE {{ {among} ?e {predicate} ?v }}").serialize("tsv")
        cells = answer.replace(b"\n", b"\t").split(b"\t")[2:-1]
        return cells[::2], [1] * (len(cells) // 2), [cell[1:-1] for cell in cells[1::2]]
    # A blank node has no name: it must not spoil its group.
    answer = store.query(
        f'SELECT ?v (GROUP_CONCAT(COALESCE(STR(?e), "")) AS ?all) WHERE {{ {among} ?e {predicate} ?v }} GROUP BY ?v'
    ).serialize("tsv")
    groups = [line.partition(b"\t")[::2] for line in answer.split(b"\n")[1:-1]]
    members = [cell[1:-1].split() for _, cell in groups]
    return [value for value, _ in groups], [len(each) for each in members], [each for all_ in members for each in all_]


def _keys(names: Sequence[bytes]) -> np.ndarray:
    """Return the names' hashes: two of some millions meet once in a million times."""
    return np.fromiter(map(hash, names), dtype=np.int64, count=len(names))


def _column(values: list[bytes], counts: list[int], members: list[bytes], keys: np.ndarray, pool: Pool) -> np.ndarray:
    """Return the value of each key's owner by number, -1 where there is none; of several the first by name."""
    codes = np.repeat(
        np.array([pool.setdefault(value, len(pool)) for value in values] or [0], dtype=np.int32), counts or [0]
    )
    column, order, asked = np.full(len(keys), -1, dtype=np.int32), np.argsort(keys), _keys(members)
    at = np.minimum(np.searchsorted(keys, asked, sorter=order), len(keys) - 1)
    rows = order[at] if len(keys) else at
    hit = keys[rows] == asked if len(keys) else np.zeros(0, dtype=bool)
    rows, codes = rows[hit], codes[hit]
    if len(rows) and np.bincount(rows).max() > 1:
        last = np.lexsort((np.argsort(np.argsort([*pool]))[codes],))[::-1]
        rows, codes = rows[last], codes[last]
    column[rows] = codes
    return column


def _plain(value: bytes) -> str:
    """Return the bare text of a term as TSV writes it."""
    term = value.decode()
    if term.startswith('"'):
        text = term[1 : term.rindex('"')]
        return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text) if "\\" in text else text
    return term[1:-1] if term.startswith("<") else term


def pairs(store: Store, pattern: str) -> Iterable[list[str]]:
    """Return every ?e with its ?v, as texts."""
    answer = store.query(f"SELECT ?e ?v WHERE {{ {pattern} }}").serialize("csv").decode()
    return (pair for pair in list(csv.reader(io.StringIO(answer)))[1:] if len(pair) == 2)


def joined(store: Store, way: Sequence[object]) -> Iterable[list[str]]:
    """Return what each ?e has at the end of a way of predicates, as pairs of texts.

    Each in a query of its own: so the store joins the answers in memory, and does not look up each on disk.
    """
    names = ["e", *(f"x{at}" for at in range(1, len(way))), "v"]
    parts = (
        f"{{ SELECT ?{a} ?{b} WHERE {{ ?{a} {predicate} ?{b} }} }}"
        for predicate, (a, b) in zip(way, pairwise(names), strict=True)
    )
    return pairs(store, " ".join(parts))


def _types(store: Store, actors: list[str]) -> tuple[np.ndarray, list[str]]:
    """Return each actor's class of the ontology, the first by name."""
    kinds = {name for relation in ontology().relations.values() for name in relation.domain | relation.range}
    wanted = " ".join(str(KG[name]) for name in sorted(kinds))
    pool: Pool = {}
    column = _column(
        *_scan(store, RDF.type, shared=True, among=f"VALUES ?v {{ {wanted} }}"),
        _keys([iri.encode() for iri in actors]),
        pool,
    )
    names = [*(_local(_plain(kind)) for kind in pool), "Entity"]
    return np.where(column < 0, len(pool), column).astype(np.int16), names


def _days(texts: list[str]) -> np.ndarray:
    """Return dates as numbers that sort, 20201006 for 2020-10-06, 20201001 for 2020-10; at the end 0, for none."""
    found = [re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text) for text in texts]
    return np.array(
        [*(int(date[1] + (date[2] or "01") + (date[3] or "01")) if date else 0 for date in found), 0], dtype=np.int32
    )


def _number(strings: list[str], value: str) -> int:
    if value not in strings:
        strings.append(value)
    return strings.index(value)


def _local(iri: str) -> str:
    return iri.removeprefix(KG.iri)


def _symmetric() -> frozenset[str]:
    return frozenset(name for name, relation in ontology().relations.items() if relation.symmetric)
