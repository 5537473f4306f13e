"""The names that a store has, as questions use them: actors by any name, peoples for countries, titles of office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import gazetteer
from kg.actors.base import SHIPPED
from kg.actors.tables import key_of, read_titles
from kg.graph import names_index, who
from kg.graph.store import Store
from kg.graph.terms import SCHEMA_TYPES
from kg.vocab import RDF, entity_iri

SHORTEST = 4  # letters of a country's name in small letters: "us" and "in" are words, "US" and "IN" codes


@dataclass(frozen=True, slots=True)
class Found:
    """The actors that a part of a question names, by IRI, with the words that name them."""

    text: str
    iris: tuple[str, ...]
    types: frozenset[str]


class Names:
    """Looks up spans of words; made once for a question.

    `home` is the folder of the store itself where a snapshot of it is asked: the names are kept there.
    """

    def __init__(self, store: Store, home: Path | None = None) -> None:
        self.store, self.index = store, names_index.of(store, home)
        self.longest = self.index.longest + 1
        self._known = read_titles(SHIPPED / "titles.csv")
        literals = self.index.titles
        self._titles = {literal: self._known.get(key_of(literal), frozenset({key_of(literal)})) for literal in literals}
        self._words = {key_of(literal) for literal in literals} | set(self._known)

    def actor(self, span: Sequence[str], language: str) -> Found | None:
        """Return whom a span of words names as a whole, or None; of a people its country: "Turkish"."""
        text = " ".join(span)
        if not (span[0][0].isalnum() and span[-1][-1].isalnum()):
            return None  # "Iran ," is a name and a comma
        if ":" not in text and not self.index.has(text):
            iso = self._country(text, language)
            if iso is None:
                return None
            text = entity_iri("Country", "", iso)
        found = [one for one in who.find(self.store, text, self.index) if isinstance(one, ox.NamedNode)]
        return Found(" ".join(span), tuple(one.value for one in found), self._types(found)) if found else None

    def absent(self, text: str, language: str) -> bool:
        """Say whether a text names a country, which the store then does not have."""
        return self._country(text, language) is not None

    def titles(self, span: Sequence[str]) -> tuple[str, ...] | None:
        """Return the titles of the store, in small letters, that mean what a span says, in any language and length.

        None where the span is no title; nothing where the store has none of its meaning.
        """
        asked = key_of(" ".join(span))
        if asked not in self._words or asked != " ".join(span).lower():
            return None
        meanings = self._known.get(asked, frozenset({asked}))
        return tuple(sorted({literal.lower() for literal, meant in self._titles.items() if meant & meanings}))

    def _country(self, text: str, language: str) -> str | None:
        if len(text) < SHORTEST and not text.isupper():
            return None
        named = gazetteer.names(language).get(gazetteer.fold(text))
        if named and named.kind == "demonym":
            return named.iso
        return gazetteer.country(text) if text[:1].isupper() or len(text) > SHORTEST else None

    def _types(self, actors: Sequence[ox.NamedNode]) -> frozenset[str]:
        kinds = {quad.object for actor in actors for quad in self.store.quads(actor, RDF.type)}
        return frozenset(kind.value.rpartition("#")[2] for kind in SCHEMA_TYPES if kind in kinds)
