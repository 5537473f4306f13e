"""Public files of a folder → a `Table`: holders of offices, foreign ministers, Indonesia's regencies and cities.

`repositories.csv` names the file of each, its repository, commit and day: an office that is open there was last seen
that day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import babel

from kg.actors.make.hand import Titles, read
from kg.actors.make.table import Table
from kg.errors import SourceError
from kg.gazetteer import wikidata

SINCE = "1990"
FOREIGN = "Minister of Foreign Affairs"


def public_files(folder: Path, repositories: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield each public file with its row of repositories.csv; raises SourceError where one is missing."""
    for row in read(repositories):
        path = folder / row["file"]
        if not path.is_file():
            raise SourceError(f"{path}: missing: take it from {row['repository']}, as SOURCES.md says")
        yield path, row | {"source": row["repository"].rpartition("/")[2]}


def add_places(table: Table, folder: Path, repositories: Path) -> None:
    """Add Indonesia's regencies and cities."""
    for path, row in public_files(folder, repositories):
        if path.name == "kabupaten.json":
            add_regencies(table, json.loads(path.read_text(encoding="utf-8")), row["source"])


def add_persons(table: Table, titles: Titles, folder: Path, repositories: Path) -> None:
    """Add holders of offices, and foreign ministers."""
    for path, row in public_files(folder, repositories):
        if path.name == "foreign-ministers.csv":
            add_foreign(table, titles, read(path), row["source"], row["date"])
        elif path.suffix == ".csv":
            add_holders(table, titles, read(path), (row["iso"], row["source"], row["date"]))


def add_holders(table: Table, titles: Titles, rows: list[dict[str, str]], origin: tuple[str, str, str]) -> None:
    """Add holders of a state's offices since 1990 whose titles are among the usual ones."""
    iso, source, seen = origin
    for row in rows:
        title = titles.of(row["position"])
        known = bool(row["person"]) and not re.fullmatch(r"Q\d+", row["person"])
        if title is None or not known or (row["end"] or seen) < SINCE or not row["start"]:
            continue
        if row["end"] and row["start"][: len(row["end"])] > row["end"]:
            continue  # the source contradicts itself
        person = {"en": row["person"], "iso": iso, "wikidata": row["personID"]}
        entry = table.add("Person", person, source)
        table.hold(entry, title, iso, (row["start"], row["end"], "" if row["end"] else seen), source)


def add_foreign(table: Table, titles: Titles, rows: list[dict[str, str]], source: str, seen: str) -> None:
    """Add the foreign ministers of all states, as they were on the day of the file."""
    title = titles.usual[FOREIGN.casefold()]
    for row in rows:
        iso = _codes().get(row["country"])
        if iso and row["name"] and not re.fullmatch(r"Q\d+", row["name"]) and row["start"]:
            entry = table.add("Person", {"en": row["name"], "iso": iso, "wikidata": row["person"]}, source)
            table.hold(entry, title, iso, (row["start"], "", seen), source)


def add_regencies(table: Table, rows: list[dict[str, str]], source: str) -> None:
    """Add regencies and cities; of two that share a name, or share it with a province, each keeps its kind in it."""
    names = [" ".join(row["nama_kabupaten"].replace("Administrasi ", "").split()) for row in rows]
    bare = [name.partition(" ")[2] for name in names]
    places = [entry for entry in table.entries.values() if entry.type == "Place"]
    written = {name for entry in places for name in entry.aliases}
    taken = {name for entry in places for name in (entry.en, entry.id)}
    for name, plain in sorted(zip(names, bare, strict=True), key=lambda pair: (pair[0].startswith("Kab"), pair[0])):
        city = name.startswith("Kota ")
        full = f"{plain} City" if city else f"{plain} Regency"
        if name in written:
            continue
        kept = plain not in taken and (city or bare.count(plain) == 1)
        row = {"en": plain if kept else full, "id": plain if kept else name, "iso": "ID"}
        row["aliases"] = "|".join(one for one in (plain, name, full) if one not in (row["en"], row["id"]))
        entry = table.add("Place", row, source)
        taken.add(entry.en)


@cache
def _codes() -> dict[str, str]:
    territories = (code for code in map(str, babel.Locale("en").territories) if len(code) == 2 and code.isalpha())
    return {id_: code for code in sorted(territories) if (id_ := wikidata(code))}
