"""What is new since a day, by publication: actors, ties and relations that nothing before it told of."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kg.explore import page_data
from kg.explore.filters import Filtered
from kg.explore.index import Index
from kg.explore.page_data import Data
from kg.vocab import ontology

WEEK = 7
MOST = 200  # ties of a kind, the strongest
ACTORS = 60


def news(filtered: Filtered, since: str = "", *, language: str = "en") -> Data:
    """Return what is new under the filters but those of dates; since a week before the newest where no day is given.

    What has no day of publication was there before. Raises ValueError for a day that is none.
    """
    index, rows = filtered.index, filtered.but("dates")
    told = index.told[rows]
    newest = _iso(int(told.max())) if len(rows) and told.max() else ""
    since = _day(since) if since else _before(newest)
    late = told >= int(since.replace("-", "") or 0) if newest else np.zeros(len(rows), dtype=bool)
    fresh, old = rows[late], rows[~late]
    pairs, ties = index.pairs, _ties(index)
    unknown = ~np.isin(pairs[fresh], pairs[old])
    other = ~unknown & ~np.isin(ties[fresh], ties[old])
    kept_pairs, many_pairs = _strongest(pairs[fresh[unknown]])
    kept_ties, many_ties = _strongest(ties[fresh[other]])
    shown = fresh[(unknown & np.isin(pairs[fresh], kept_pairs)) | (other & np.isin(ties[fresh], kept_ties))]
    actors = _actors(index, fresh, old)
    named = [index.actors[at] for at, _ in actors[:ACTORS]]
    found = {
        "since": since,
        "newest": newest,
        "statements": len(fresh),
        "articles": len(np.unique(index.article[fresh])),
        "actors": [[index.actors[at], count] for at, count in actors[:ACTORS]],
        "pairs": [[index.actors[int(pair) // index.many], index.actors[int(pair) % index.many]] for pair in kept_pairs],
        "total": {"actors": len(actors), "pairs": many_pairs, "ties": many_ties},
    }
    return (
        page_data.of_ties(index, index.ties(shown), language, wanted=named)
        | page_data.of_filters(filtered, language)
        | {"news": found, "total": {"statements": len(fresh), "pairs": many_pairs + many_ties}}
    )


def _ties(index: Index) -> np.ndarray:
    """Return a number for the pair, relation and direction of each statement; symmetric relations have none."""
    known = ontology().relations
    both = np.array([name in known and known[name].symmetric for name in index.relations], dtype=bool)
    way = np.where(both[index.relation] if len(both) else False, 0, index.subject > index.object)
    found: np.ndarray = (index.pairs * max(1, len(index.relations)) + index.relation) * 2 + way
    return found


def _strongest(keys: np.ndarray) -> tuple[np.ndarray, int]:
    found, counts = np.unique(keys, return_counts=True)
    return found[np.lexsort((found, -counts))[:MOST]], len(found)


def _actors(index: Index, fresh: np.ndarray, old: np.ndarray) -> list[tuple[int, int]]:
    """Return who was not named before, with the number of statements, those of most first."""
    before = np.zeros(index.many, dtype=bool)
    before[index.subject[old]] = before[index.object[old]] = True
    loops = index.subject[fresh] == index.object[fresh]
    counts = np.bincount(index.subject[fresh], minlength=index.many)
    counts = counts + np.bincount(index.object[fresh[~loops]], minlength=index.many)
    new = np.flatnonzero(~before & (counts > 0))
    return [(int(at), int(counts[at])) for at in new[np.lexsort((new, -counts[new]))]]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("a date is written 2020-10-06") from None


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(WEEK)).isoformat() if day else ""
