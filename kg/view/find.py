"""Finding actors by name among hundreds of thousands: one text of all names, searched from the best connected on."""
from __future__ import annotations

from bisect import bisect_right
from typing import Any

from kg.export import nodes_of
from kg.view.index import Index
from kg.view.rows import Actors

KINDS = ("rdfs:label", "skos:altLabel", "skos:prefLabel")


class Names:
    """Every name of every actor of a store that takes part in a statement, in memory: some 60 bytes each."""

    def __init__(self, index: Index) -> None:
        self.store, self.degree = index.store, dict(zip(index.actors, index.degree.tolist(), strict=True))
        named: dict[str, list[str]] = {}
        for kind in KINDS:
            for row in self.store.query(f"SELECT ?x ?name WHERE {{ ?x {kind} ?name }}").dicts():
                if (row["x"] or "") in self.degree:
                    named.setdefault(row["x"] or "", []).append(" ".join((row["name"] or "").split()))
        self.iris = sorted(self.degree, key=lambda iri: (-self.degree[iri], iri))
        lines = ["\n".join(dict.fromkeys(["", *named.get(iri, [])])) for iri in self.iris]
        self.starts, at = [], 0
        for line in lines:
            self.starts.append(at)
            at += len(line.lower()) + 1
        self.text = "\n".join(line.lower() for line in lines) + "\n"

    def find(self, words: str, most: int = 12) -> list[str]:
        """Return the actors with a name that begins with the words, then those with a word that does, then any."""
        wanted = " ".join(words.lower().split())
        found: dict[str, None] = {}
        for before in ("\n", " ", "") if wanted else ():
            at = self.text.find(before + wanted)
            while at >= 0 and len(found) < most:
                place = bisect_right(self.starts, at + len(before)) - 1
                found[self.iris[place]] = None
                next_one = self.starts[place + 1] - 1 if place + 1 < len(self.starts) else len(self.text)
                at = self.text.find(before + wanted, max(next_one, at + 1))
        return list(found)[:most]

    def search(self, words: str, *, language: str = "en", most: int = 12) -> dict[str, Any]:
        """Return the suggestions for what was typed."""
        actors, nodes = Actors(language, {}), nodes_of(self.store, self.find(words, most), language=language)
        return {"actors": [{"id": iri, "name": actors(each).name, "type": each.type, "count": self.degree[iri],
                            "alias": ""} for iri, each in nodes.items()]}
