"""The base of actors: who is known by which names, holds which office, and when; the shipped table and the user's own.

base/actors.csv, base/offices.csv, base/titles.csv ─┐
--actors FILE … (the same columns) ─────────────────┤ base() → Base ─ named, get, holding, offices_of
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from kg.actors.tables import Rows, key_of, read_actors, read_offices, read_title_pairs, read_titles, table_of
from kg.vocab import base_iri

SHIPPED = Path(__file__).parent / "base"


@dataclass(frozen=True)
class Office:
    """An office that an actor holds or held: `of` is an ISO code or a body's key; dates are ISO years, months or days.

    `end` is None where it is open; `seen` is then the last day of which the source knows, where it has one.
    """

    title: dict[str, str] = field(hash=False)
    of: str
    start: str | None
    end: str | None
    seen: str | None = None

    def on(self, day: date | None) -> bool:
        """Return whether it is held on a day, as far as years and months tell; without a day, whether it is open."""
        if day is None:
            return self.end is None and self.seen is None
        text = day.isoformat()
        last = self.end or self.seen
        return (self.start or "") <= text and (last is None or text[: len(last)] <= last)


@dataclass(frozen=True)
class Actor:
    """A person, body or place of the base; `iso` is the country that it belongs to, `names` the usual ones."""

    key: str
    type: str
    iso: str | None
    names: dict[str, str] = field(hash=False)
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    offices: tuple[Office, ...] = field(default=(), hash=False)

    def iri(self) -> str:
        """Return the IRI, which is what an article's actor of the usual full name has."""
        return f"{base_iri()}entity/{self.type.lower()}/{self.key}"


class Base:
    """Looks actors up by name, IRI and office; a row becomes an `Actor` when it is first asked for."""

    def __init__(self, actors: Iterable[Rows], offices: Iterable[Rows], titles: dict[str, frozenset[str]]) -> None:
        self._rows = {(row["type"], row["key"]): row for rows in actors for row in rows}
        self._names: dict[str, list[tuple[str, str]]] = {}
        for at, row in self._rows.items():
            for name in {key_of(name) for name in (row["en"], row["id"], *row["aliases"].split("|")) if name}:
                self._names.setdefault(name, []).append(at)
        self._offices: dict[str, list[dict[str, str]]] = {}
        self._held: dict[str, list[tuple[str, str]]] = {}
        for rows in offices:
            for row in rows:
                self._offices.setdefault(row["key"], []).append(row)
                self._held.setdefault(row["of"], []).append(("Person", row["key"]))
        self._titles = titles
        self._made: dict[tuple[str, str], Actor] = {}

    def __iter__(self) -> Iterator[Actor]:
        return map(self._actor, self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def named(self, name: str, type: str | None = None) -> tuple[Actor, ...]:
        """Return every actor that a name, short name or acronym may stand for, in either language, sorted by key."""
        found = self._names.get(key_of(name), ())
        return tuple(self._actor(at) for at in sorted(found) if type is None or at[0] == type)

    def get(self, iri: str) -> Actor | None:
        """Return the actor of an IRI, or None."""
        kind, _, key = iri.removeprefix(f"{base_iri()}entity/").partition("/")
        at = (kind.capitalize(), key)
        return self._actor(at) if at in self._rows else None

    def holding(self, title: str, of: str, on: date | None = None) -> tuple[Actor, ...]:
        """Return who holds a title of a state (code) or body (key) on a day, without one at present; sorted by key.

        The title is meant in any language and length: "Menlu", "menteri luar negeri", "foreign minister".
        """
        asked = self.meanings(title)
        found = [self._actor(at) for at in sorted(set(self._held.get(of, ()))) if at in self._rows]
        return tuple(
            actor
            for actor in found
            if any(o.of == of and o.on(on) and asked & self.meanings(o.title["en"]) for o in actor.offices)
        )

    def offices_of(self, actor: Actor, on: date | None = None) -> tuple[Office, ...]:
        """Return an actor's offices on a day, or all of them, the first held first."""
        return actor.offices if on is None else tuple(office for office in actor.offices if office.on(on))

    def meanings(self, title: str) -> frozenset[str]:
        """Return the usual English titles, folded, that a title in any language stands for: itself where unknown."""
        asked = key_of(title)
        return self._titles.get(asked) or frozenset({asked})

    def _actor(self, at: tuple[str, str]) -> Actor:
        if at not in self._made:
            row = self._rows[at]
            offices = self._offices.get(at[1], ()) if at[0] == "Person" else ()
            names = {"en": row["en"], "id": row["id"] or row["en"]}
            self._made[at] = Actor(
                row["key"],
                row["type"],
                row["iso"] or None,
                names,
                tuple(filter(None, row["aliases"].split("|"))),
                row["wikidata"] or None,
                tuple(sorted(map(_office, offices), key=lambda o: (o.start or "", o.of, o.title["en"]))),
            )
        return self._made[at]


def _office(row: dict[str, str]) -> Office:
    title = {"en": row["title_en"], "id": row["title_id"] or row["title_en"]}
    return Office(title, row["of"], row["start"] or None, row["end"] or None, row.get("seen") or None)


@cache
def base(*more: Path) -> Base:
    """Return the base that is shipped, with the user's own files: a row of theirs replaces the shipped one of its key.

    A file is a table of actors or of offices, told by its header. Raises SourceError for a file that cannot be read
    or is wrong, with file, line and column.
    """
    actors, offices = [read_actors(SHIPPED / "actors.csv")], [read_offices(SHIPPED / "offices.csv")]
    for path in more:
        if table_of(path) == "offices":
            offices.append(read_offices(path, checked=True))
        else:
            actors.append(read_actors(path, checked=True))
    return Base(actors, offices, read_titles(SHIPPED / "titles.csv"))


@cache
def titles() -> dict[str, dict[str, str]]:
    """Return the usual titles of offices, in either language and as they are written, with both: en and id."""
    pairs = read_title_pairs(SHIPPED / "titles.csv")
    return {pair[language]: pair for language in ("id", "en") for pair in pairs}  # of two, English has the last word
