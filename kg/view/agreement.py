"""Where sources agree: how many independent ones report a statement, and whether another one contradicts it.

As the named queries `corroborated` and `disputed` have it: a report counts for the same relation, participants and
date, and, where it is less exact (2020-10), for the more exact ones as well; prints of one text are one source; what is
denied supports nothing. A statement is disputed where the same is affirmed in one place and denied in another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kg.graph.store import Store
from kg.vocab import KG

VALUES = ("single", "several", "disputed")  # each statement is one of them


def shared_texts(store: Store) -> dict[str, str]:
    """Return, for each article whose text others have printed too, the first of them by name."""
    shared = f"SELECT ?mark WHERE {{ ?other {KG.fingerprint} ?mark }} GROUP BY ?mark HAVING (COUNT(?other) > 1)"
    first: dict[str, str] = {}
    prints: dict[str, set[str]] = defaultdict(set)
    for row in store.query(f"SELECT ?mark ?article {{ {{ {shared} }} ?article {KG.fingerprint} ?mark }}").dicts():
        prints[row["mark"] or ""].add(row["article"] or "")
    for articles in prints.values():
        for article in articles:
            first[article] = min(first.get(article, article), *articles)
    return first


def agreement(
    what: np.ndarray, dates: Sequence[str], date: np.ndarray, denied: np.ndarray, origin: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return each statement's number of independent sources, and whether it is disputed.

    `what` numbers relation and participants, `date` points into `dates`, `origin` numbers the article's text.
    """
    sources, disputed = np.ones(len(what), dtype=np.int32), np.zeros(len(what), dtype=bool)
    order = np.argsort(what, kind="stable")
    starts = [*np.flatnonzero(np.diff(what[order], prepend=-1)).tolist(), len(what)]
    for start, end in pairwise(starts):
        if end - start > 1:
            rows = order[start:end]
            no = denied[rows]
            disputed[rows] = no.any() and not no.all()
            sources[rows[~no]] = _counted([dates[at] for at in date[rows[~no]].tolist()], origin[rows[~no]].tolist())
    return sources, disputed


def _counted(dates: list[str], origins: list[int]) -> list[int]:
    """Return, for each of the reports on the same, the number of texts with its date or a less exact one."""
    by_date: dict[str, set[int]] = defaultdict(set)
    for date, origin in zip(dates, origins, strict=True):
        by_date[date].add(origin)
    whole = {
        date: set().union(own, *(by_date.get(date[:cut], set()) for cut in (4, 7) if cut < len(date)))
        for date, own in by_date.items()
    }
    return [len(whole[date]) for date in dates]
