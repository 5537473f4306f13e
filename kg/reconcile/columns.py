"""A CSV with a column of names → the same with who is meant, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import KGError
from kg.reconcile.match import Candidate, Query, candidates, reason
from kg.reconcile.table import Table

ADDED = ("iri", "label", "score", "match", "wikidata")
DELIMITERS = ",;\t"  # what spreadsheets write


class ColumnError(KGError):
    """The table has no such column, or is no table."""


@dataclass(frozen=True, slots=True)
class Found:
    """One name of the column, how many rows have it, the best candidate, and why it was matched or not."""

    name: str
    rows: int
    best: Candidate | None
    why: str

    @property
    def matched(self) -> bool:
        """Whether the best candidate stands out."""
        return self.best is not None and self.best.match


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts as it was read: its header, its rows, and what stands between cells."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; one that is not there raises ColumnError with those that are."""
        if name not in self.header:
            raise ColumnError(f"there is no column {name!r}; there are {', '.join(self.header)}")
        at = self.header.index(name)
        return [row[at].strip() if at < len(row) else "" for row in self.rows]


def read(text: str) -> Sheet:
    """Read a CSV whose first row names the columns; commas, semicolons or tabs are told from that row."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows or not any(rows[0]):
        raise ColumnError("the table is empty: its first row should name the columns")
    return Sheet(rows[0], [row for row in rows[1:] if row], delimiter)


def match(table: Table, names: Sequence[str], types: frozenset[str] = frozenset()) -> dict[str, Found]:
    """Return for each name of a column who is meant; each is looked for once, empty cells not at all."""
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    found = {}
    for name, rows in counts.items():
        best = candidates(table, Query(name, types))
        found[name] = Found(name, rows, best[0] if best else None, reason(best))
    return found


def added(found: Found | None, language: str) -> list[str]:
    """Return the cells that a row gets: the best candidate, and whether it is a match."""
    if found is None or found.best is None:
        return ["", "", "", "false", ""]
    actor = found.best.actor
    return [
        actor.iri,
        actor.label[language],
        f"{found.best.score:g}",
        "true" if found.best.match else "false",
        actor.wikidata,
    ]


def headings(header: Sequence[str]) -> list[str]:
    """Return what the added columns are called; where the table has such a column already, with `kg_` before it."""
    return [f"kg_{name}" if name in header else name for name in ADDED]
