"""Everyone who can be matched, found by letters, initials, codes and ids; kept in files beside the explorer's index."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from kg.gazetteer import country
from kg.likeness import folded, initials
from kg.reconcile.grams import Grams
from kg.reconcile.read import Actor
from kg.vocab import WD, entity_iri, prefixes

FILE = "reconcile.json"
NEAR = 40  # names of each kind that are compared letter by letter: namesakes of a frequent name are fewer
LONGEST = 300  # letters of a name that are compared: what is longer is no name


class Table:
    """Actors by number, and their folded names."""

    def __init__(self, actors: list[Actor], names: list[str], owners: list[int], grams: Grams) -> None:
        self.actors, self.names, self.owners, self.grams = actors, names, owners, grams
        self.most_articles = max((actor.articles for actor in actors), default=0)

    @classmethod
    def of(cls, actors: list[Actor]) -> Table:
        """Return the table of actors."""
        pairs = [(name, number) for number, actor in enumerate(actors) for name in _folded(actor.names)]
        names = [name for name, _ in pairs]
        return cls(actors, names, [number for _, number in pairs], Grams.of(names))

    @classmethod
    def read(cls, folder: Path) -> Table:
        """Read the table that `write` has left in a folder."""
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        actors = [Actor(iri, type_, label, tuple(names), *rest) for iri, type_, label, names, *rest in told["actors"]]
        return cls(actors, told["names"], told["owners"], Grams.read(folder))

    def write(self, folder: Path) -> None:
        """Write the table into a folder."""
        told = {"actors": [_told(actor) for actor in self.actors], "names": self.names, "owners": self.owners}
        (folder / FILE).write_text(json.dumps(told), encoding="utf-8")
        self.grams.write(folder)

    def near(self, text: str) -> set[int]:
        """Return the actors that a text may mean, by number: those whose names have letters or initials in common."""
        wanted = folded(text[:LONGEST])
        rows = set(self.grams.near(wanted, NEAR)) if wanted else set()
        found = {self.owners[row] for row in rows} | set(self._initials.get(wanted, ()))
        return found.union(*(self._exact.get(short, ()) for short in initials(wanted)))

    def by_iri(self, iri: str) -> Actor | None:
        """Return the actor with an IRI."""
        at = self._ids.get(iri)
        return None if at is None else self.actors[at]

    def known(self, text: str) -> set[int]:
        """Return the actors that a text means as an id or code: an IRI, Q43, TR, TUR, or a country's name."""
        text = text.strip()
        prefix, colon, local = text.partition(":")
        iri = prefixes()[prefix] + local if colon and prefix in prefixes() else text
        found = self._ids.get(iri.removeprefix(WD.iri))
        if found is None and (iso := country(text)):
            found = self._ids.get(entity_iri("Country", "", iso))
        if found is None and text[:1] == "q":
            found = self._ids.get(text.upper())
        return set() if found is None else {found}

    def beginning(self, text: str) -> set[int]:
        """Return the actors with a name, or a word of one, that begins with a text."""
        wanted = folded(text[:LONGEST])
        if not wanted:
            return set()
        return {
            self.owners[bisect_right(self._begins, hit.start()) - 1]
            for hit in re.finditer(rf"[\n ]{re.escape(wanted)}", self._lines)
        }

    @cached_property
    def _lines(self) -> str:
        return "\n" + "\n".join(self.names) + "\n"

    @cached_property
    def _begins(self) -> list[int]:
        return [0, *accumulate(len(name) + 1 for name in self.names[:-1])]

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {key: at for at, actor in enumerate(self.actors) for key in (actor.wikidata, actor.iri) if key}

    @cached_property
    def _exact(self) -> dict[str, list[int]]:
        return _grouped(zip(self.names, self.owners, strict=True))

    @cached_property
    def _initials(self) -> dict[str, list[int]]:
        named = zip(self.names, self.owners, strict=True)
        return _grouped((short, owner) for name, owner in named for short in initials(name))


def _told(actor: Actor) -> list[Any]:
    """Return an actor's values in their order; `dataclasses.astuple` copies each."""
    return [getattr(actor, name) for name in Actor.__slots__]


def _folded(names: Iterable[str]) -> dict[str, None]:
    found = dict.fromkeys(folded(name[:LONGEST]) for name in names)
    found.pop("", None)
    return found


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, value in pairs:
        if key:
            found[key].append(value)
    return found
