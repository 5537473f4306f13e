"""When two names mean the same actor, and two statements the same thing: the guide's section "Matching"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg import specs
from kg.vocab import ontology

_ARTICLE = re.compile(r"^(?:the|a|an|sang|si|para) ")
_APOSTROPHES = str.maketrans("", "", "'’`")


def normal(name: str | None) -> str:
    """Return a name as it is compared: without case, marks, punctuation and a leading article."""
    decomposed = unicodedata.normalize("NFKD", name or "").casefold().replace("ı", "i")
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.sub(r"[\W_]+", " ", plain.translate(_APOSTROPHES)).strip()
    return _ARTICLE.sub("", words)


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor or place as gold or a prediction names it; `name` is for showing, `names` are normalised."""

    name: str
    type: str
    iso: str | None
    names: frozenset[str]

    @classmethod
    def of(cls, type_: str, iso: str | None, names: Iterable[str], name: str | None = None) -> Actor:
        """Return the actor with surface names."""
        listed = list(names)
        known = frozenset(normal(n) for n in listed) - {""}
        return cls(name or (listed[0] if listed else "?"), type_, (iso or "").upper() or None, known)

    @classmethod
    def from_json(cls, entity: Mapping[str, Any]) -> Actor:
        """Return the actor of a statement line."""
        name = entity.get("name") or ""
        return cls.of(entity.get("type") or "", entity.get("iso"), [name, *(entity.get("names") or ())], name)

    @property
    def last_words(self) -> frozenset[str]:
        """The last words of a person's names, by which articles call him again."""
        return frozenset(n.split()[-1] for n in self.names) if self.type == "Person" else frozenset()

    def same(self, other: Actor, shared: Mapping[str, int] | None = None) -> bool:
        """Return whether both are one; a person's last word suffices unless several (`shared`) have it."""
        if self.iso and other.iso:
            return self.iso == other.iso
        if self.names & other.names:
            return True
        return any((shared or {}).get(word, 1) == 1 for word in self.last_words & other.last_words)


Pair = tuple[Actor, Actor]


def is_office(relation: str) -> bool:
    """Return whether a relation is the one between a person and the body of an office."""
    known = specs.relations().get(relation)
    return known is not None and known.office


def pairs_match(relation: str, one: Pair, other: Pair, shared: Mapping[str, int] | None = None) -> bool:
    """Return whether two pairs are the same ends of a relation; a symmetric one has no order."""
    (s1, o1), (s2, o2) = one, other
    if s1.same(s2, shared) and o1.same(o2, shared):
        return True
    known = ontology().relations.get(relation)
    return known is not None and known.symmetric and s1.same(o2, shared) and o1.same(s2, shared)
