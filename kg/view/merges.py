"""Why the names of an actor are one actor's, as the page tells it: each pair of names once, the least sure first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.actors.reasons import told
from kg.graph.namings import Merged
from kg.labels import LANGUAGES

MOST = 12  # pairs of names of one actor; a panel is read at a glance, and `kg actors` has all


def reasons(merges: Iterable[Merged]) -> list[dict[str, Any]]:
    """Return names, score and reason by language; a short name is merged anew in each article, and told once."""
    least: dict[tuple[str, ...], Merged] = {}
    for merge in sorted(merges, key=lambda merge: (merge.score, merge.names, merge.reason)):
        least.setdefault(merge.names, merge)
    return [
        {
            "names": list(merge.names),
            "score": merge.score,
            "because": {language: told(merge.reason, language) for language in LANGUAGES},
        }
        for merge in list(least.values())[:MOST]
    ]
