"""The tables that are written by hand → a `Table`."""

from __future__ import annotations

import csv
from pathlib import Path

from kg.actors.make.table import Table
from kg.actors.tables import key_of
from kg.errors import SourceError

TYPES = {"bodies": "Organization", "places": "Place", "persons": "Person"}


class Titles:
    """The usual titles, English and Indonesian, by every wording that stands for one of them alone."""

    def __init__(self, path: Path) -> None:
        self.rows = read(path)
        self.usual = {key_of(row["en"]): (row["en"], row["id"]) for row in self.rows}
        means: dict[str, set[tuple[str, str]]] = {}
        for row in self.rows:
            for name in row["aliases"].split("|"):
                means.setdefault(key_of(name), set()).add((row["en"], row["id"]))
        self._aliases = {name: found.pop() for name, found in means.items() if len(found) == 1}

    def of(self, position: str) -> tuple[str, str] | None:
        """Return the usual title that a source's position is."""
        return self.usual.get(key_of(position)) or self._aliases.get(key_of(position))


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column; raises SourceError where one has more or fewer columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise SourceError(f"{path}: line {number}: not as many columns as its first line has")
    return rows


def add_actors(table: Table, folder: Path) -> None:
    """Add the bodies, places and persons that are written by hand."""
    for name, type_ in TYPES.items():
        for path in sorted((folder / name).glob("*.csv")):
            for row in read(path):
                table.add(type_, row, "hand")


def add_offices(table: Table, titles: Titles, folder: Path) -> None:
    """Add the offices that are written by hand; raises SourceError for a title, or a body, that no table has."""
    for path in sorted((folder / "offices").glob("*.csv")):
        for number, row in enumerate(read(path), 2):
            title = titles.usual.get(key_of(row["title"]))
            if title is None:
                raise SourceError(f"{path}: line {number}, column title: {row['title']!r} is not in titles.csv")
            add_office(table, title, row, path, number)


def add_office(table: Table, title: tuple[str, str], row: dict[str, str], path: Path, number: int) -> None:
    """Add one office, and its holder, who belongs to the country of the office where no other row says which."""
    of, iso = row["of"], row["of"]
    if len(of) != 2 or not of.isupper():
        found = [table.entries[type_, of] for type_ in ("Organization", "Place") if (type_, of) in table.entries]
        if not found:
            raise SourceError(f"{path}: line {number}, column of: no actor has the key {of!r}")
        iso = ""
    person = {"en": row["person"], "iso": iso, "aliases": row["aliases"], "wikidata": row.get("wikidata", "")}
    entry = table.add("Person", person, "hand")
    entry.iso = entry.iso or (iso or found[0].iso)
    table.hold(entry, title, of, (row["start"], row["end"], ""), "hand")
