"""The table while it is made: actors by key, offices, and which person of a later source is which of an earlier."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.actors.tables import ACTORS, OFFICES, key_of
from kg.vocab import slug

# Peoples whose last name is no family name, or whose family name is shared by too many to be a name by itself.
NO_FAMILY_NAME = frozenset({"ID", "MY", "SG", "BN", "TL", "TH", "MM", "KH", "LA", "VN", "CN", "TW", "HK", "KP", "KR"})
PARTICLES = frozenset(
    {"al", "el", "van", "von", "der", "de", "da", "di", "dos", "bin", "ben", "le", "la", "del", "ten"}
)


@dataclass
class Entry:
    """One actor while it is made."""

    key: str
    type: str
    iso: str
    en: str
    id: str
    source: str
    wikidata: str = ""
    aliases: list[str] = field(default_factory=list)

    def add(self, names: Iterable[str]) -> None:
        """Add aliases; "~X" stands for the name with X for its last word, and for X alone."""
        for name in names:
            known = {self.en, self.id, *self.aliases}
            full = f"{self.en.rpartition(' ')[0]} {name[1:]}" if name.startswith("~") else name
            self.aliases += [one for one in dict.fromkeys((full, name.lstrip("~"))) if one and one not in known]


class Table:
    """All actors and offices; what comes first is kept where a later source says it otherwise."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], Entry] = {}
        self.offices: list[dict[str, str]] = []
        self._held: dict[tuple[str, str, str], list[dict[str, str]]] = {}
        self._by_id: dict[str, Entry] = {}
        self._by_name: dict[str, list[Entry]] = {}

    def add(self, type: str, row: dict[str, str], source: str) -> Entry:
        """Return the actor that a row is of, made or found, with what the row adds."""
        entry = self._known(type, row)
        if entry is None:
            key, iso = slug(row["en"]), row.get("iso") or ""
            if (type, key) in self.entries:
                key = f"{key}-{iso.lower() or row.get('wikidata', '').lower()}"
            entry = Entry(key, type, iso, row["en"], row.get("id") or row["en"], source)
            self.entries.setdefault((type, key), entry)
        entry.wikidata = entry.wikidata or row.get("wikidata") or ""
        names = (row["en"], row.get("id") or "", *(row.get("aliases") or "").split("|"))
        entry.add(names if source == "hand" else names[2:])
        if entry.wikidata:
            self._by_id[entry.wikidata] = entry
        for name in {key_of(name) for name in (entry.en, entry.id, *entry.aliases) if " " in name}:
            found = self._by_name.setdefault(name, [])
            found += [] if entry in found else [entry]
        return entry

    def _known(self, type: str, row: dict[str, str]) -> Entry | None:
        same = self._by_id.get(row.get("wikidata") or "-")
        if same is not None and same.type == type:
            return same
        slugged = self.entries.get((type, slug(row["en"])))
        candidates = [*self._by_name.get(key_of(row["en"]), []), *([slugged] if slugged else [])]
        for entry in candidates:
            if entry.type != type:
                continue
            apart = bool(entry.wikidata and row.get("wikidata") and entry.wikidata != row["wikidata"])
            elsewhere = bool(entry.iso and row.get("iso") and entry.iso != row["iso"])
            if not apart and not elsewhere:
                return entry
        return None

    def hold(self, entry: Entry, title: tuple[str, str], of: str, dates: tuple[str, str, str], source: str) -> None:
        """Add that a person holds an office, unless an earlier source has it of an overlapping time."""
        start, end, seen = dates
        held = self._held.setdefault((entry.key, title[0], of), [])
        for known in held:
            if (known["end"][:4] or "9999") >= start[:4] and (end[:4] or "9999") >= known["start"][:4]:
                again = known["start"][:4] == start[:4] or known["end"] == end == ""
                if known["source"] != source or again:
                    return
        row = dict(zip(OFFICES, (entry.key, *title, of, start, end, seen, source), strict=True))
        held += [row]
        self.offices += [row]

    def write(self, folder: Path) -> None:
        """Write actors.csv and offices.csv, sorted, so that the same input gives the same bytes."""
        rows = []
        for entry in self.entries.values():
            if entry.type == "Person" and entry.iso not in NO_FAMILY_NAME:
                entry.add([family_name(entry.en)])
            cells = (entry.key, entry.type, entry.iso, entry.en, entry.id if entry.id != entry.en else "")
            rows.append(dict(zip(ACTORS, (*cells, "|".join(entry.aliases), entry.wikidata, entry.source), strict=True)))
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "actors.csv", ACTORS, sorted(rows, key=lambda row: (row["type"], row["key"])))
        by_time = sorted(self.offices, key=lambda row: (row["key"], row["start"], row["of"], row["title_en"]))
        write(folder / "offices.csv", OFFICES, by_time)


def family_name(name: str) -> str:
    """Return the last word of a name with the particles before it: "von der Leyen", "al-Sisi"; "" where none."""
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in PARTICLES:
        first -= 1
    last = " ".join(words[first:]) if first > 0 else ""
    return last if len(last) > 3 and last.rstrip(".") not in ("Junior",) and last.upper() != last else ""


def write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a table as CSV with one line a row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
